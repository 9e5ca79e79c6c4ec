"""A person's word that worse facts overtake is asked for anew at once: every plan × determinable level × facts."""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest

from plans.classify.outcome import tables_of
from plans.classify.reach import reach
from plans.core.command import Command
from plans.core.event import decode, encode
from plans.incident.closing import Close
from plans.incident.corrections import Correct
from plans.incident.ending import End
from plans.incident.facts import Update
from plans.incident.judging import Determine, Judge, Verify
from plans.incident.levels import Declare
from plans.incident.owed import Waive
from plans.incident.proposals import DeclineProposal
from plans.kinds import fold
from plans.lint.sweep import facts_meeting
from plans.load import plan_facts
from plans.model import BELOW, Plan
from plans.overtaken import HARM
from plans.values import Interval, Options, as_data
from tests.factories import COMMANDER, DIRECTOR, DUTY, SCHOOL, Life, person
from tests.plans.data.shipped import IDS, plan

PLANS = {name: plan(name) for name in IDS}
GRADED = tuple(name for name in IDS if PLANS[name].levels is not None)
UNGRADED = ("jincheng-chengqu-campus", "shanting-overall")
"""Plans that have event levels and no table for them."""
UNLEVELLED = ("dehui-education-duties", "jincheng-energy")
"""Plans without event levels: nobody can determine one."""

RESPONSES = {
    "jincheng-public-health": {"一般": "Ⅲ", "较大": "Ⅱ", "重大": "Ⅰ", "特别重大": "Ⅰ"},  # 5.2.1–5.2.3
    "jincheng-transit": {"一般": "Ⅲ", "较大": "Ⅱ", "重大": "Ⅰ", "特别重大": "Ⅰ"},  # 4.3.1–4.3.3
    "jincheng-water-rescue": {"一般": "Ⅲ", "较大": "Ⅱ", "重大": "Ⅰ", "特别重大": "Ⅰ"},  # 4.3.1–4.3.3
    "linan-campus": {"一般": "Ⅳ", "较大": "Ⅲ", "重大": "Ⅱ", "特别重大": "Ⅰ"},  # 3 组织指挥
}
"""The response that each event level starts, read from the sources."""

CLOCKS: dict[str, list[tuple[str, tuple[str, ...], tuple[str, ...]]]] = {
    # plan -> rules of the office, and from which determined level to which worse one they become possible
    "jincheng-transit": [("first-direct", ("一般", "较大"), ("重大", "特别重大"))],  # 4.2
    "jincheng-water-rescue": [("city-direct", ("一般", "较大"), ("重大", "特别重大"))],  # 4.2
    "jincheng-public-health": [("first-half-hour", ("一般",), ("较大", "重大", "特别重大"))],  # 4.1.3
    "linan-campus": [  # 3 信息发布
        ("info-4h", ("潜在", "一般", "较大"), ("重大", "特别重大")),
        ("press-24h", ("潜在", "一般", "较大"), ("重大", "特别重大")),
    ],
    "jincheng-chengqu-campus": [  # 4.1.2
        ("first-phone", ("一般",), ("较大", "重大", "特别重大")),
        ("direct-phone", ("一般", "较大"), ("重大", "特别重大")),
        ("direct-written", ("一般", "较大"), ("重大", "特别重大")),
    ],
    "shanting-overall": [("district-report-larger", ("一般",), ("较大", "重大", "特别重大"))],  # 4.4(3)
}


@dataclass(frozen=True)
class Row:
    """Facts that reach a level: everything open is counted, what the row does not name as none."""

    plan: Plan
    event_class: str
    level: str
    row: str
    facts: dict[str, Any]


@cache
def rows(name: str) -> tuple[Row, ...]:
    """Return for every row of the level table and every class facts that meet it and nothing else that is open."""
    return tuple(_rows(name))


def _rows(name: str) -> Iterator[Row]:
    of = PLANS[name]
    tables = tables_of(of)
    order = (BELOW, *of.event_levels)
    for kind in of.classes:
        for row in tables.table(kind.id).rows:
            met = facts_meeting(tables, row.when, "")
            known = plan_facts(of)
            for fact, item in known.items():
                if fact in met or not item.open or fact == "endangered":
                    continue
                met[fact] = Options(frozenset([item.choices[0].id])) if item.choices else Interval(0, 0)
            if "endangered" not in met:  # whoever came to harm was in danger, and nobody else
                harmed = [
                    item.at_least or 0 for name, item in met.items() if name in HARM and isinstance(item, Interval)
                ]
                met["endangered"] = Interval(sum(harmed), sum(harmed))
            found = reach(of, met, (kind.id,))
            assert order.index(found.possible[0]) >= order.index(row.level), row.id
            levels = kind.levels or of.event_levels
            if found.possible[0] in levels:
                yield Row(of, kind.id, found.possible[0], row.id, {key: as_data(item) for key, item in met.items()})


def determined(of: Plan, level: str | None, kind: str = "", facts: dict[str, Any] | None = None) -> Life:
    """Return an incident whose event level the duty officer determined before anything worse was known."""
    return _begun(of.id, level, kind, tuple((facts or {}).items())).branch()


@cache
def _begun(name: str, level: str | None, kind: str, facts: tuple[tuple[str, Any], ...]) -> Life:
    life = Life(PLANS[name])
    life.report(facts={}, candidates=(kind,) if kind else ())
    life.do(Verify(facts=dict(facts)), DUTY, "+11m")
    life.do(Determine(level=level), DUTY, "+12m")
    return life


def asked(life: Life, since: int = 0) -> list[Any]:
    return [item for _, item in life.told[since:] if item.key == "overtaken"]


def beyond(life: Life, command: Command, by=DUTY, at: str = "+20m") -> list[Any]:
    """Let the facts come; return the questions that ring."""
    since = len(life.told)
    life.do(command, by, at)
    return asked(life, since)


def above(of: Plan, kind: str, level: str) -> tuple[str, ...]:
    own = next((item.levels for item in of.classes if item.id == kind), ()) or of.event_levels
    return own[own.index(level) + 1 :]


def pairs(name: str) -> Iterator[tuple[Row, str]]:
    for row in rows(name):
        own = next(item.levels for item in row.plan.classes if item.id == row.event_class) or row.plan.event_levels
        for level in own:
            yield row, level


def chosen(name: str) -> list[tuple[Row, str]]:
    """Return one row that is beyond for each class, level reached and level determined."""
    order = (BELOW, *PLANS[name].event_levels)
    found = {
        (row.event_class, row.level, level): (row, level)
        for row, level in pairs(name)
        if order.index(row.level) > order.index(level)
    }
    return list(found.values())


def test_the_table_speaks_of_every_plan():
    assert {*GRADED, *UNGRADED, *UNLEVELLED} == set(IDS)
    assert set(RESPONSES) == set(GRADED) and set(CLOCKS) == {*GRADED, *UNGRADED}
    counted = {name: len(list(pairs(name))) for name in GRADED}
    assert min(counted.values()) > 30, counted


@pytest.mark.parametrize("name", GRADED)
@pytest.mark.parametrize("way", ["the duty officer states them", "somebody else does"])
def test_facts_beyond_a_determination_ring_at_once_and_facts_within_it_say_nothing(name, way):
    order = (BELOW, *PLANS[name].event_levels)
    for row, level in pairs(name):
        life = determined(row.plan, level, row.event_class)
        found = beyond(life, Update(facts=row.facts), DUTY if way.startswith("the duty") else SCHOOL)
        label = (row.row, row.event_class, level)
        if order.index(row.level) <= order.index(level):
            assert not found and life.incident.doubt is None, label
            continue
        (notice,) = found
        assert (notice.to, notice.priority, notice.ring) == ("seat", 1, True), label
        offered = [press.args["level"] for press in notice.buttons]
        assert row.level in offered and level in offered and "" in offered, label
        doubt = life.incident.doubt
        assert doubt is not None and (doubt.held, doubt.reached) == (level, row.level), label
        # A first death that only somebody else tells may also be none.
        assert doubt.surely == row.level or life.incident.death_unconfirmed, label


@pytest.mark.parametrize("name", GRADED)
def test_the_proposal_follows_the_facts_and_not_the_determination_that_they_overtook(name):
    for row, level in chosen(name):
        life = determined(row.plan, level, row.event_class)
        earlier = RESPONSES[name].get(level)
        assert (life.incident.proposal.level if life.incident.proposal else None) == earlier
        since = len(life.told)
        life.do(Update(facts=row.facts), DUTY, "+20m")
        expected = RESPONSES[name][row.level]
        assert life.proposal.level == expected, (row.row, level)
        response = next(item for item in row.plan.responses if item.level == expected)
        assert life.proposal.to_roles == response.declared_by
        if expected != earlier:  # where two levels start the same response, its proposal goes on
            rung = {item.to for _, item in life.told[since:] if item.key == "proposal" and item.ring}
            assert rung == {f"role:{role}" for role in response.declared_by}


@pytest.mark.parametrize("name", sorted(CLOCKS))
def test_the_clocks_of_the_worse_level_count_as_possible_and_those_of_the_determined_one_go_on(name):
    of = PLANS[name]
    seen = set()
    cases: list[tuple[str, str, dict[str, Any], str]] = (
        [(row.event_class, row.level, row.facts, level) for row, level in chosen(name)]
        if name in GRADED
        else [(of.classes[0].id, worst, {"deaths": 1}, level) for level in of.event_levels for worst in of.event_levels]
    )
    for kind, reached, facts, level in cases:
        if reached not in above(of, kind, level):
            continue
        life = determined(of, level, kind)
        certain = {key for key, item in life.incident.instances.items() if not item.possible and item.status == "open"}
        life.do(Update(facts=facts), DUTY, "+20m")
        for rule, held, worse in CLOCKS[name]:
            if level in held and reached in worse:
                assert life.status(rule) == "possible", (rule, level, reached)
                seen.add(rule)
        still = {key for key, item in life.incident.instances.items() if not item.possible and item.status == "open"}
        assert certain <= still
    assert seen == {rule for rule, _, _ in CLOCKS[name]}


@pytest.mark.parametrize("name", UNGRADED)
@pytest.mark.parametrize("fact", ["deaths", "missing", "injuries", "serious_injuries", "ill"])
def test_without_a_table_every_rise_of_casualties_asks_whether_the_level_stands(name, fact):
    of = PLANS[name]
    for level in of.event_levels:
        life = determined(of, level, of.classes[0].id, {fact: 2})
        assert not beyond(life, Update(facts={fact: 2}, text="同前"), DUTY, "+15m")
        assert not beyond(life, Update(facts={fact: 1}, sure=True), DUTY, "+16m")
        life = determined(of, level, of.classes[0].id, {fact: 2})
        found = beyond(life, Update(facts={fact: 3}))
        if not above(of, "", level):
            assert not found  # nothing is above 特别重大
            continue
        (notice,) = found
        assert (notice.to, notice.priority, notice.ring) == ("seat", 1, True)
        assert [press.args["level"] for press in notice.buttons] == [*above(of, "", level), level, ""]


@pytest.mark.parametrize("name", [*GRADED, *UNGRADED])
def test_who_said_that_nothing_can_be_told_is_asked_when_the_facts_tell_more(name):
    of = PLANS[name]
    kind = "accident" if name == "linan-campus" else of.classes[0].id
    life = determined(of, None, kind, {"deaths": 0})
    facts = {"deaths": 40, "ill": 200} if name == "jincheng-public-health" else {"deaths": 40}
    (notice,) = beyond(life, Update(facts=facts))
    assert (notice.to, notice.ring) == ("seat", True)
    of_kind = next((one.levels for one in of.classes if one.id == kind), ()) or of.event_levels
    assert [press.args["level"] for press in notice.buttons] == [*of_kind, ""]
    life.do(Determine(level=None), DUTY, "+21m")
    assert life.incident.doubt is None and not beyond(life, Update(facts=facts, text="再说一次"), DUTY, "+22m")


@pytest.mark.parametrize("name", UNLEVELLED)
def test_a_plan_without_event_levels_has_none_to_determine(name):
    life = Life(PLANS[name]).report(facts={}, candidates=())
    assert life.refuse(Determine(level="一般"), DUTY).key == "unknown_event_level"
    life.do(Update(facts={"deaths": 12}), DUTY, "+20m")
    assert not asked(life)


def test_in_the_energy_plan_worse_facts_raise_the_proposal_and_a_refusal_is_overtaken():
    life = Life(PLANS["jincheng-energy"]).report(facts={"users_out_pct": 35}, candidates=("power",))
    assert life.proposal.level == "Ⅲ"
    life.do(Declare(level="Ⅲ"), DIRECTOR, "+15m")
    life.do(Update(facts={"users_out_pct": 55}), DUTY, "+20m")
    assert life.proposal.level == "Ⅱ"


@pytest.mark.parametrize("state", ["reported", "responding", "ended"])
def test_the_transit_night_of_twelve_dead(state):
    """4.3: verified 一般, then twelve dead."""
    life = determined(PLANS["jincheng-transit"], "一般", "crash", {"deaths": 0})
    assert life.proposal.level == "Ⅲ"
    if state != "reported":
        life.do(Declare(level="Ⅲ"), DIRECTOR, "+15m")
    if state == "ended":
        life.do(End(), DIRECTOR, "+16m")
    (notice,) = beyond(life, Update(facts={"deaths": 12}))
    assert any("1.5.2" in line for line in notice.params["because"])
    assert (life.proposal.level if life.incident.proposal else None) == ("Ⅰ" if state != "ended" else None)
    if state != "ended":
        assert life.proposal.to_roles == ("commander",)
    direct = life.instance("first-direct")
    assert direct.possible and direct.status == "open"
    life.do(Determine(level="重大"), DUTY, "+22m")
    assert life.incident.doubts == {}
    assert not life.instance("first-direct").possible


def test_facts_verified_in_the_same_breath_as_a_lower_level_are_asked_about():
    life = Life(PLANS["jincheng-transit"]).report(facts={}, candidates=("crash",))
    (notice,) = beyond(life, Verify(facts={"deaths": 12}, event_level="一般"), DUTY, "+12m")
    assert notice.ring and life.incident.event_level == "一般" and life.proposal.level == "Ⅰ"


def test_who_gives_the_word_again_has_answered_for_these_facts_and_no_others():
    life = determined(PLANS["jincheng-transit"], "一般", "crash", {"deaths": 0})
    assert beyond(life, Update(facts={"deaths": 4}))
    since = len(life.told)
    life.do(Determine(level="一般", reason="其中三人与事件无关"), DUTY, "+21m")
    assert life.incident.doubt is None and not asked(life, since)
    assert life.proposal.level == "Ⅲ"
    assert not beyond(life, Update(facts={"deaths": 5}), DUTY, "+22m")
    assert beyond(life, Update(facts={"deaths": 12}), DUTY, "+23m")
    assert life.refuse(Determine(level="一般"), SCHOOL, "+24m").key == "not_yours_to_determine"


def test_the_same_level_is_not_determined_twice_while_nothing_is_beyond_it():
    life = determined(PLANS["jincheng-transit"], "一般", "crash", {"deaths": 0})
    assert life.refuse(Determine(level="一般"), DUTY, "+15m").key == "already_determined"


def test_a_rumour_of_the_worse_leaves_the_proposal_and_becomes_certain_when_it_is_confirmed():
    life = determined(PLANS["jincheng-transit"], "一般", "crash", {"deaths": 0})
    (notice,) = beyond(life, Update(facts={"deaths": 12}), SCHOOL)
    assert notice.ring and not life.incident.doubts["event_level"].certain
    assert life.proposal.level == "Ⅲ"
    assert life.instance("first-direct").possible
    (notice,) = beyond(life, Update(facts={"deaths": 12}), DUTY, "+21m")
    assert life.incident.doubts["event_level"].surely == "重大" and life.proposal.level == "Ⅰ"


def test_facts_that_were_wrong_let_the_word_stand_again():
    life = determined(PLANS["jincheng-transit"], "一般", "crash", {"deaths": 0})
    beyond(life, Update(facts={"deaths": 12}))
    since = len(life.told)
    life.do(Correct(facts={"deaths": 0}, reason="误传"), DUTY, "+25m")
    assert life.incident.doubt is None
    assert ("word_stands", "seat") in life.keys(since)
    assert life.proposal.level == "Ⅲ" and life.instance("first-direct").status == "superseded"


def test_a_question_that_nobody_answers_is_asked_again_and_climbs():
    life = determined(PLANS["jincheng-transit"], "一般", "crash", {"deaths": 0})
    beyond(life, Update(facts={"deaths": 12}))
    since = len(life.told)
    life.until("+50m")
    rung = [(at.total_seconds() / 60 - 20, item.to) for at, item in life.told[since:] if item.key == "overtaken_again"]
    assert rung == [
        (3, "seat"),
        (8, "seat"), (8, "role:director"),
        (18, "seat"), (18, "role:director"), (18, "role:deputy"),
    ]  # fmt: skip
    assert all(item.ring and item.priority == 1 for _, item in life.told[since:] if item.key == "overtaken_again")
    life.do(Determine(level="重大"), DIRECTOR, "+51m")
    since = len(life.told)
    life.until("+3h")
    assert not [item for _, item in life.told[since:] if item.key.startswith("overtaken")]


def test_what_only_may_be_owed_is_said_with_the_question_and_not_a_second_time():
    life = determined(PLANS["jincheng-transit"], "一般", "crash", {"deaths": 0})
    (notice,) = beyond(life, Update(facts={"deaths": 12}))
    assert life.instance("first-direct").key in notice.params["possible"]
    since = len(life.told)
    life.until("+22m")
    assert "reminder_possible" not in {key for key, _ in life.keys(since)}


def test_a_lower_class_word_is_overtaken_by_the_class_as_well():
    """共 12 人腹泻 is nothing by the table of food; as an unexplained illness it is 较大 (9.1 较大(5))."""
    life = Life(PLANS["jincheng-public-health"]).report(facts={"ill": 12, "deaths": 0}, candidates=("food",))
    life.do(Verify(event_level="一般"), DUTY, "+12m")
    assert beyond(life, Update(event_class="unexplained"))


def test_casualties_that_rise_after_a_judgement_ask_for_it_again():
    """Campus 4.3: whether the forces suffice was judged of fewer casualties."""
    life = Life().report()
    life.do(Judge(fact="capacity", option="local"), DUTY, "+12m")
    life.do(Declare(level="Ⅲ"), DIRECTOR, "+15m")
    (notice,) = beyond(life, Update(facts={"injuries": 9}))
    assert (notice.params["subject"], notice.to, notice.ring) == ("capacity", "seat", True)
    assert [press.args["option"] for press in notice.buttons] == ["local", "district", "beyond"]
    life.do(Judge(fact="capacity", option="local"), DUTY, "+21m")
    assert life.incident.doubts == {}
    assert beyond(life, Update(facts={"deaths": 1}), DUTY, "+22m")
    life.do(Judge(fact="capacity", option="beyond"), DUTY, "+23m")
    assert life.incident.doubts == {} and life.proposal.level == "Ⅰ"
    assert not beyond(life, Update(facts={"deaths": 2}), DUTY, "+24m")  # nothing is higher


def test_not_now_is_overtaken_by_more_harm_and_by_nothing_else():
    life = Life(PLANS["jincheng-transit"]).report(
        facts={"deaths": 3, "missing": 0, "injuries": 4}, candidates=("crash",)
    )
    life.do(Determine(level="较大"), DUTY, "+12m")
    life.do(DeclineProposal(), COMMANDER, "+13m")
    life.do(Update(facts={"injuries": 2}, sure=True), DUTY, "+14m")
    assert life.proposal.declined
    life.do(Update(facts={"deaths": 5}), DUTY, "+15m")
    assert (life.proposal.level, life.proposal.declined) == ("Ⅱ", False)


def test_a_case_that_is_closed_over_the_question_says_that_its_level_was_overtaken():
    life = Life(PLANS["jincheng-transit"]).report(facts={"deaths": 0}, candidates=("crash",))
    life.do(Determine(level="较大"), DUTY, "+12m")
    life.do(End(reason="处置完毕"), DUTY, "+13m")
    life.do(Update(facts={"deaths": 12}), DUTY, "+14m")
    for item in life.incident.open_instances:
        if not item.possible:
            life.do(Waive(obligation=item.key, reason="试验"), DUTY, "+15m")
    assert life.status("first-direct") == "possible"
    life.do(Close(), DUTY, "+16m")
    assert life.incident.doubt is not None and life.status("first-direct") == "superseded"
    since = len(life.told)
    life.until("+5h")
    assert life.keys(since) == []


def test_everybody_who_is_asked_may_answer():
    for of in PLANS.values():
        for role in of.determined_by:
            assert role == "duty" or role in of.roles
    life = determined(PLANS["jincheng-transit"], "一般", "crash", {"deaths": 0})
    beyond(life, Update(facts={"deaths": 12}))
    life.until("+50m")
    for _, notice in life.told:
        if notice.key == "overtaken_again" and notice.buttons:
            role = "duty" if notice.to == "seat" else notice.to.removeprefix("role:")
            found = life.decide(Determine(level="一般"), person("x", role), "")
            assert not hasattr(found, "key")
            break


def test_the_log_alone_tells_the_same():
    life = determined(PLANS["jincheng-transit"], "一般", "crash", {"deaths": 0})
    beyond(life, Update(facts={"deaths": 12}))
    life.until("+30m")
    log = [
        dataclasses.replace(item, event=decode(item.event.NAME, item.event.VERSION, encode(item.event)))
        for item in life.incident.events
    ]
    assert fold(life.incident.stream, log).doubts == life.incident.doubts != {}
