"""Levels that several roles decide together: each says yes, the last yes declares, nobody decides for another."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import timedelta

import pytest

from plans.core.command import Acting
from plans.core.outcome import Refusal
from plans.incident.case import Outcome
from plans.incident.corrections import Correct
from plans.incident.facts import Update
from plans.incident.levels import Agreed, Declare, Declared
from plans.incident.oral import RecordOral
from plans.incident.proposals import DeclineProposal
from plans.incident.signing import Sign
from plans.load import load_text
from tests.factories import DUTY, START, Life, person
from tests.plans.test_guide import EXAMPLE

TEXT = EXAMPLE.replace("    declared_by: [commander]\n", "    declared_by: [commander, deputy]\n    jointly: true\n")
TEXT = TEXT.replace(
    "  director: {", '  deputy: {title: 副指挥长, rank: 1, holders: [区政府办副主任], clause: "3"}\n  director: {'
)
PLAN = load_text(TEXT, "pool")
COMMANDER, DEPUTY, DIRECTOR = (person(name, name) for name in ("commander", "deputy", "director"))
MAJOR = """  - level: Ⅰ
    clause: "3"
    conditions: [{clause: "3", text: 重大事件, when: {event_level: 重大}}]
    declared_by: [commander, deputy]
    jointly: true
    measures: [全体到场]
"""
TWO = load_text(
    TEXT.replace("[一般, 较大]", "[一般, 较大, 重大]")
    .replace(
        "levels:\n  rows:\n",
        "levels:\n  rows:\n"
        '    - {id: major, level: 重大, clause: "1", evidence: 10人以上死亡, when: {deaths: {ge: 10}}}\n',
    )
    .replace("responses:\n", f"responses:\n{MAJOR}"),
    "pool",
)
BOTH = person("both", "commander", "deputy")


def reported(**facts) -> Life:
    life = Life(PLAN).report("+5m", DUTY, facts={"missing": 0, **facts})
    return life


def larger() -> Life:
    life = reported(deaths=4)
    assert life.proposal.level == "Ⅱ"
    assert life.proposal.to_roles == ("commander", "deputy")
    return life


@pytest.mark.parametrize(("first", "second"), list(itertools.permutations((COMMANDER, DEPUTY))))
def test_the_last_yes_declares_whoever_says_it(first, second):
    life = larger()
    life.do(Declare(level="Ⅱ"), first, "+6m")
    assert life.incident.response_level is None
    assert life.proposal.to_roles == (second.id,)
    life.do(Declare(level="Ⅱ"), second, "+7m")
    assert life.incident.response_level == "Ⅱ"
    [declared] = [item.event for item in life.incident.events if isinstance(item.event, Declared)]
    assert declared.jointly == ("commander", "deputy")
    assert life.incident.agreed == {}


def test_one_who_holds_both_roles_decides():
    life = larger()
    life.do(Declare(level="Ⅱ"), BOTH, "+6m")
    assert life.incident.response_level == "Ⅱ"


def test_nobody_says_yes_twice_and_others_may_not():
    life = larger()
    life.do(Declare(level="Ⅱ"), COMMANDER, "+6m")
    again = life.decide(Declare(level="Ⅱ"), COMMANDER, "+7m")
    assert isinstance(again, Refusal) and again.key == "already_agreed" and again.who == ("deputy",)
    for other in (DIRECTOR, DUTY, person("passer")):
        refused = life.decide(Declare(level="Ⅱ"), other, "+7m")
        assert isinstance(refused, Refusal) and refused.key == "not_yours_to_declare"
    assert life.incident.response_level is None


def test_a_spoken_yes_is_recorded_and_owed_its_signature():
    life = larger()
    said = RecordOral(of="commander", decides="declare", level="Ⅱ", spoken_by="钱七", spoken_id="commander")
    life.do(said, DUTY, "+6m")
    assert life.incident.response_level is None
    assert [item.signer for item in life.incident.unsigned] == ["commander"]
    life.do(Sign(), COMMANDER, "+7m")
    assert life.incident.unsigned == []
    life.do(Declare(level="Ⅱ"), DEPUTY, "+8m")
    assert life.incident.response_level == "Ⅱ"


def test_the_seat_rings_for_the_missing_and_goes_on_ringing():
    life = larger()
    life.do(Declare(level="Ⅱ"), COMMANDER, "+6m")
    [told] = [notice for _, notice in life.told if notice.key == "agreed"]
    assert told.to == "seat" and told.ring and told.params["missing"] == ("deputy",)
    asked = len([notice for _, notice in life.told if notice.to == "role:deputy"])
    life.until("+30m")
    assert len([notice for _, notice in life.told if notice.to == "role:deputy"]) > asked
    assert not [n for at, n in life.told if n.to == "role:commander" and n.key == "proposal_again"]


def test_a_yes_without_a_proposal_asks_the_others():
    life = reported(deaths=0)
    assert life.incident.proposal is None
    life.do(Declare(level="Ⅱ"), COMMANDER, "+6m")
    assert (life.proposal.level, life.proposal.to_roles) == ("Ⅱ", ("deputy",))
    life.do(Update(facts={"injuries": 1}), DUTY, "+7m")
    assert life.proposal.level == "Ⅱ"
    life.do(Declare(level="Ⅱ"), DEPUTY, "+8m")
    assert life.incident.response_level == "Ⅱ"


def test_a_no_takes_back_what_the_others_said():
    life = larger()
    life.do(Declare(level="Ⅱ"), COMMANDER, "+6m")
    life.do(DeclineProposal(), DEPUTY, "+7m")
    assert life.incident.agreed == {}
    assert isinstance(life.decide(Declare(level="Ⅱ"), DEPUTY, "+8m"), Outcome)
    assert life.incident.response_level is None


def test_a_level_that_one_decides_stays_one_persons_word():
    life = reported(deaths=1)
    life.do(Declare(level="Ⅲ"), DIRECTOR, "+6m")
    assert life.incident.response_level == "Ⅲ"
    assert [item.event for item in life.incident.events if isinstance(item.event, Agreed)] == []


LENT = replace(
    DEPUTY, roles=DEPUTY.roles | {"commander"}, acting=(Acting("commander", "某commander", START + timedelta(days=9)),)
)


def test_who_acts_for_another_says_one_yes_and_not_two():
    """共同研究 is of two persons: what was lent for a time makes no meeting of one."""
    life = larger()
    life.do(Declare(level="Ⅱ"), LENT, "+6m")
    assert life.incident.response_level is None
    assert life.proposal.to_roles == ("commander",)
    again = life.decide(Declare(level="Ⅱ"), LENT, "+7m")
    assert isinstance(again, Refusal) and again.key == "already_agreed"
    life.do(Declare(level="Ⅱ"), COMMANDER, "+8m")
    assert life.incident.response_level == "Ⅱ"


def test_who_acts_for_one_of_them_says_his_yes_as_such():
    other = replace(DIRECTOR, roles=DIRECTOR.roles | {"commander"}, acting=LENT.acting)
    life = larger()
    life.do(Declare(level="Ⅱ"), other, "+6m")
    assert life.proposal.to_roles == ("deputy",)
    [said] = [item for item in life.incident.decisions if item.kind == "agree"]
    assert (said.role, said.acting_for, said.acting_until) == ("commander", "某commander", LENT.acting[0].until)
    life.do(Declare(level="Ⅱ"), DEPUTY, "+7m")
    assert life.incident.response_level == "Ⅱ"


def test_a_yes_ends_with_the_proposal_that_it_was_said_to():
    """Figures that are taken back and come again are asked about anew, of everybody."""
    life = larger()
    life.do(Declare(level="Ⅱ"), COMMANDER, "+6m")
    life.do(Correct(facts={"deaths": 0}), DUTY, "+7m")
    assert life.incident.proposal is None
    life.do(Update(facts={"deaths": 4}, sure=True), DUTY, "+2h")
    assert life.proposal.to_roles == ("commander", "deputy")
    life.do(Declare(level="Ⅱ"), DEPUTY, "+2h1m")
    assert life.incident.response_level is None


def test_a_yes_to_less_takes_no_proposal_of_more_away():
    life = Life(TWO).report("+5m", DUTY, facts={"missing": 0, "deaths": 11})
    assert life.proposal.level == "Ⅰ"
    life.do(Declare(level="Ⅱ", reason="先启动Ⅱ级"), DEPUTY, "+6m")
    assert life.proposal.level == "Ⅰ" and not life.proposal.declined
    rung = [notice for _, notice in life.told if notice.to == "role:commander" and notice.params.get("level") == "Ⅱ"]
    assert rung, "the other is asked about it all the same"
    life.until("+40m")
    assert any(n.key == "proposal_again" and n.params["level"] == "Ⅰ" for _, n in life.told)
    life.do(Declare(level="Ⅱ", reason="先启动Ⅱ级"), COMMANDER, "+41m")
    assert life.incident.response_level == "Ⅱ"


def test_worse_facts_ask_anew_and_what_was_said_to_less_is_no_yes_any_more():
    life = Life(TWO).report("+5m", DUTY, facts={"missing": 0, "deaths": 4})
    life.do(Declare(level="Ⅱ"), COMMANDER, "+6m")
    life.do(Update(facts={"deaths": 11}), DUTY, "+7m")
    assert life.proposal.level == "Ⅰ"
    life.do(Declare(level="Ⅱ", reason="先启动Ⅱ级"), DEPUTY, "+8m")
    assert life.incident.response_level is None


def test_a_no_to_more_than_the_facts_say_leaves_what_they_say_asked():
    life = Life(TWO).report("+5m", DUTY, facts={"missing": 0, "deaths": 4})
    life.do(Declare(level="Ⅰ", reason="形势严峻"), DEPUTY, "+6m")
    life.do(DeclineProposal(reason="没有必要"), COMMANDER, "+7m")
    assert (life.proposal.level, life.proposal.declined) == ("Ⅱ", False)
