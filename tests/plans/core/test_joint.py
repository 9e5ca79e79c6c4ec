"""Levels that several roles decide together: each says yes, the last yes declares, nobody decides for another."""

from __future__ import annotations

import itertools

import pytest

from plans import commands as c
from plans import events as e
from plans.decide import Outcome, Refusal
from plans.load import load_text
from tests.factories import DUTY, Life, person
from tests.plans.test_guide import EXAMPLE

TEXT = EXAMPLE.replace("    declared_by: [commander]\n", "    declared_by: [commander, deputy]\n    jointly: true\n")
TEXT = TEXT.replace(
    "  director: {", '  deputy: {title: 副指挥长, rank: 1, holders: [区政府办副主任], clause: "3"}\n  director: {'
)
PLAN = load_text(TEXT, "pool")
COMMANDER, DEPUTY, DIRECTOR = (person(name, name) for name in ("commander", "deputy", "director"))
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
    life.do(c.Declare(level="Ⅱ"), first, "+6m")
    assert life.incident.response_level is None
    assert life.proposal.to_roles == (second.id,)
    life.do(c.Declare(level="Ⅱ"), second, "+7m")
    assert life.incident.response_level == "Ⅱ"
    [declared] = [item.event for item in life.incident.events if isinstance(item.event, e.Declared)]
    assert declared.jointly == ("commander", "deputy")
    assert life.incident.agreed == {}


def test_one_who_holds_both_roles_decides():
    life = larger()
    life.do(c.Declare(level="Ⅱ"), BOTH, "+6m")
    assert life.incident.response_level == "Ⅱ"


def test_nobody_says_yes_twice_and_others_may_not():
    life = larger()
    life.do(c.Declare(level="Ⅱ"), COMMANDER, "+6m")
    again = life.decide(c.Declare(level="Ⅱ"), COMMANDER, "+7m")
    assert isinstance(again, Refusal) and again.key == "already_agreed" and again.who == ("副指挥长",)
    for other in (DIRECTOR, DUTY, person("passer")):
        refused = life.decide(c.Declare(level="Ⅱ"), other, "+7m")
        assert isinstance(refused, Refusal) and refused.key == "not_yours_to_declare"
    assert life.incident.response_level is None


def test_a_spoken_yes_is_recorded_and_owed_its_signature():
    life = larger()
    said = c.RecordOral(of="commander", decides="declare", level="Ⅱ", spoken_by="钱七", spoken_id="commander")
    life.do(said, DUTY, "+6m")
    assert life.incident.response_level is None
    assert [item.signer for item in life.incident.unsigned] == ["commander"]
    life.do(c.Sign(), COMMANDER, "+7m")
    assert life.incident.unsigned == []
    life.do(c.Declare(level="Ⅱ"), DEPUTY, "+8m")
    assert life.incident.response_level == "Ⅱ"


def test_the_seat_rings_for_the_missing_and_goes_on_ringing():
    life = larger()
    life.do(c.Declare(level="Ⅱ"), COMMANDER, "+6m")
    [told] = [notice for _, notice in life.told if notice.key == "agreed"]
    assert told.to == "seat" and told.ring and told.params["missing"] == ("deputy",)
    asked = len([notice for _, notice in life.told if notice.to == "role:deputy"])
    life.until("+30m")
    assert len([notice for _, notice in life.told if notice.to == "role:deputy"]) > asked
    assert not [n for at, n in life.told if n.to == "role:commander" and n.key == "proposal_again"]


def test_a_yes_without_a_proposal_asks_the_others():
    life = reported(deaths=0)
    assert life.incident.proposal is None
    life.do(c.Declare(level="Ⅱ"), COMMANDER, "+6m")
    assert (life.proposal.level, life.proposal.to_roles) == ("Ⅱ", ("deputy",))
    life.do(c.Update(facts={"injuries": 1}), DUTY, "+7m")
    assert life.proposal.level == "Ⅱ"
    life.do(c.Declare(level="Ⅱ"), DEPUTY, "+8m")
    assert life.incident.response_level == "Ⅱ"


def test_a_no_takes_back_what_the_others_said():
    life = larger()
    life.do(c.Declare(level="Ⅱ"), COMMANDER, "+6m")
    life.do(c.DeclineProposal(), DEPUTY, "+7m")
    assert life.incident.agreed == {}
    assert isinstance(life.decide(c.Declare(level="Ⅱ"), DEPUTY, "+8m"), Outcome)
    assert life.incident.response_level is None


def test_a_level_that_one_decides_stays_one_persons_word():
    life = reported(deaths=1)
    life.do(c.Declare(level="Ⅲ"), DIRECTOR, "+6m")
    assert life.incident.response_level == "Ⅲ"
    assert [item.event for item in life.incident.events if isinstance(item.event, e.Agreed)] == []
