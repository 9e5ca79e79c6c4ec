"""Calls for help: every plan × level says what the plan demands, every role × way may what it may, each is answered."""

from __future__ import annotations

from datetime import timedelta

import pytest

from plans.core.command import Actor, Command
from plans.core.keys import aid_of
from plans.core.outcome import Refusal
from plans.core.policy import Policy
from plans.incident.aid import AidAsked, AskAid
from plans.incident.aid_answers import STATUSES, AidRung, AnswerAid
from plans.incident.aid_demand import AidNotNeeded, AidWanted, DoWithoutAid, demanded
from plans.incident.closing import Reject
from plans.incident.ending import End
from plans.incident.judging import Judge
from plans.incident.levels import Declare
from plans.incident.merging import absorption
from plans.incident.undo import Undo
from plans.kinds import fold_any, revision_of
from plans.load import load_all
from tests.factories import (
    CAMPUS,
    COMMANDER,
    DEPUTY,
    DIRECTOR,
    DUTY,
    SCHOOL,
    STRANGER,
    WATER,
    Life,
    declared,
    liaison,
    person,
)
from tests.plans.core.test_on_site import LEVELS, WAYS, running

PLANS = load_all()
COMMANDS = (AskAid(to="市政府"), AnswerAid(), DoWithoutAid(reason="无"))
FIRE = "区消防救援大队"
FIREMAN = liaison(FIRE)
PAUSES = Policy().aid


def kept(life: Life, kind: type) -> list:
    return [item.event for item in life.incident.events if isinstance(item.event, kind)]


def refused(life: Life, command: Command, by: Actor) -> str:
    found = life.decide(command, by)
    assert isinstance(found, Refusal), found
    return found.key


def told(life: Life, key: str) -> list:
    return [notice for _, notice in life.told if notice.key == key]


@pytest.mark.parametrize(("plan", "level"), [pytest.param(*pair, id=f"{pair[0].id}-{pair[1]}") for pair in LEVELS])
def test_the_seat_is_told_at_the_levels_that_demand_it_until_somebody_has_asked(plan, level):
    life = running(plan, level)
    rules = demanded(plan, level)
    wanted = kept(life, AidWanted)
    if not rules:
        assert not wanted and not told(life, "aid_wanted") and not life.incident.aid_lacking
        life.until("+3d")
        assert not kept(life, AidRung)
        return
    assert [(item.level, item.to, item.clauses) for item in wanted] == [
        (level, tuple(rule.to for rule in rules), tuple(rule.clause for rule in rules))
    ]
    [notice] = told(life, "aid_wanted")
    assert notice.to == "seat" and [press.args["to"] for press in notice.buttons] == [rule.to for rule in rules]
    life.run_to(life.now + PAUSES[0])
    [again] = told(life, "aid_again")
    assert again.to == "seat" and again.ring
    for rule in rules:
        life.do(AskAid(to=rule.to), DUTY)
    assert not life.incident.aid_lacking and {item.clause for item in kept(life, AidAsked)} == set(wanted[0].clauses)


@pytest.mark.parametrize(
    ("plan", "role"),
    [
        pytest.param(plan, role, id=f"{plan.id}-{role or 'nobody'}")
        for plan in PLANS.values()
        for role in ("duty", "reporter", "liaison", "admin", "", *plan.roles)
    ],
)
def test_whoever_works_on_it_in_the_office_may_record_a_call_and_its_answer_nobody_else(plan, role):
    life = Life(plan).report()
    by = person(f"p-{role}", *([role] if role else []))
    found = life.decide(AskAid(to="上级", what="人"), by)
    if role not in ("duty", *plan.roles):
        assert isinstance(found, Refusal) and found.key == "not_yours_to_ask_aid"
        life.decide(AskAid(to="上级", what="人"), DUTY)
        assert refused(life, AnswerAid(), by) == "staff_only"
        return
    assert not isinstance(found, Refusal)
    [request] = life.incident.aid.values()
    assert (request.to, request.what, request.status, request.unit) == ("上级", "人", "open", "")
    life.do(AnswerAid(words="20分钟到"), by)
    assert life.incident.aid[request.sequence].status == "promised"


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("command", COMMANDS, ids=lambda item: type(item).__name__)
def test_no_way_without_authority_asks_or_answers(command, way):
    life = declared("Ⅰ")
    life.do(AskAid(to="上级指挥部"), DUTY)
    before = dict(life.incident.aid)
    for by in (DUTY, COMMANDER, FIREMAN):
        found = life.decide(command, person(by.id, *by.roles, units=tuple(by.units), via=way))
        assert isinstance(found, Refusal)
    assert life.incident.aid == before


@pytest.mark.parametrize(
    "rule", [pytest.param((plan, rule), id=f"{plan.id}-{rule.to}") for plan in PLANS.values() for rule in plan.aid]
)
def test_a_call_names_the_clause_under_which_it_is_made(rule):
    plan, rule = rule
    life = Life(plan).report() if not rule.levels else running(plan, rule.levels[0])
    if rule.units:
        for name in rule.units:
            life.do(AskAid(unit=name, what="救护车2辆"), DUTY)
    else:
        life.do(AskAid(to=rule.to), DUTY)
    assert {item.clause for item in kept(life, AidAsked)} == {rule.clause}


def test_a_unit_asks_the_office_and_is_told_what_comes_of_it():
    life = declared("Ⅱ")
    life.do(AskAid(what="云梯车1台"), FIREMAN)
    [request] = life.incident.aid.values()
    assert (request.unit, request.to, request.recorded) == (FIRE, "", False)
    [asked] = told(life, "aid_by_unit")
    assert asked.to == "seat" and asked.guard == aid_of(request.sequence)
    life.do(AnswerAid(request=request.sequence, words="市支队派出"), DUTY)
    [notice] = told(life, "aid_answered_unit")
    assert notice.to == f"unit:{FIRE}"
    other = liaison("区教育局")
    assert refused(life, AnswerAid(request=request.sequence, status="arrived"), other) == "staff_only"
    assert refused(life, AnswerAid(request=request.sequence, status="refused"), FIREMAN) == "staff_only"
    life.do(AnswerAid(status="arrived"), FIREMAN)
    assert life.incident.aid[request.sequence].status == "arrived"


def test_whoever_reported_asks_for_the_school_that_was_called():
    life = Life().report(unit="事发学校")
    life.do(Judge(fact="capacity", option="local"), DUTY)
    life.do(Declare(level="Ⅲ"), DIRECTOR)
    life.do(AskAid(what="救护车2辆"), SCHOOL)
    [request] = life.incident.aid.values()
    assert request.unit in life.incident.calls and request.clause == "4.3.3 措施(3)"


def test_what_is_said_twice_is_asked_once_and_what_is_over_is_over():
    life = declared("Ⅱ")
    life.do(AskAid(to="市政府", what="专家"), DUTY)
    assert refused(life, AskAid(to="市政府", what="专家"), DUTY) == "aid_stands"
    life.do(AskAid(to="市政府", what="帐篷100顶"), DUTY)
    assert refused(life, AnswerAid(), DUTY) == "aid_which"
    for number, status in zip(life.incident.aid, ("refused", "withdrawn"), strict=True):
        assert revision_of(life.incident, aid_of(number)) is not None
        life.do(AnswerAid(request=number, status=status), DUTY)
        assert revision_of(life.incident, aid_of(number)) is None
        for again in STATUSES:
            assert refused(life, AnswerAid(request=number, status=again), DUTY) == "aid_settled"
    assert refused(life, AnswerAid(), DUTY) == "no_such_aid"


@pytest.mark.parametrize(
    ("command", "key"),
    [
        (AskAid(), "aid_to_whom"),
        (AskAid(to="市" * 41), "aid_too_long"),
        (AskAid(to="市政府", what="车" * 201), "aid_too_long"),
        (AskAid(unit="没有的单位", what="车"), "aid_to_whom"),
        (AskAid(unit=FIRE), "aid_for_what"),
        (AnswerAid(status="来了"), "aid_unknown_answer"),
        (AnswerAid(request=999), "no_such_aid"),
        (DoWithoutAid(reason="无"), "aid_not_demanded"),
    ],
    ids=lambda item: item if isinstance(item, str) else "",
)
def test_what_is_wrong_is_refused_with_what_to_do(command, key):
    found = declared("Ⅱ").decide(command, DUTY)
    assert isinstance(found, Refusal) and found.key == key


def test_no_moment_lies_ahead_and_no_answer_before_the_question():
    life = declared("Ⅱ")
    assert refused(life, AskAid(to="市政府", at=life.now + timedelta(minutes=5)), DUTY) == "time_ahead"
    life.do(AskAid(to="市政府", at=life.now - timedelta(minutes=3)), DUTY)
    assert refused(life, AnswerAid(at=life.now - timedelta(minutes=9)), DUTY) == "aid_before"
    life.do(AnswerAid(at=life.now - timedelta(minutes=1)), DUTY)


def test_a_call_without_an_answer_is_asked_about_again_and_a_units_climbs_until_somebody_answers():
    life = declared("Ⅱ")
    life.do(AskAid(to="市政府"), DUTY)
    life.do(AskAid(what="云梯车1台"), FIREMAN)
    mine, units = life.incident.aid
    start = life.now
    life.run_to(start + sum(PAUSES[:3], timedelta()))
    rung: dict[int, list[tuple[timedelta, tuple[str, ...]]]] = {mine: [], units: []}
    for item in life.incident.events:
        if isinstance(item.event, AidRung):
            rung[item.event.request].append((item.at - start, item.event.audience))
    assert [audience for _, audience in rung[mine]] == [("seat",)] * 3
    assert rung[units][0][1][0] == "seat" and "director" in rung[units][0][1]
    assert {"deputy", "commander"} <= set(rung[units][1][1])
    life.do(AnswerAid(request=mine), DUTY)
    life.do(AnswerAid(request=units, status="refused", words="没有"), DUTY)
    before = len(kept(life, AidRung))
    life.run_to(life.now + timedelta(days=2))
    assert len(kept(life, AidRung)) == before


def test_what_is_wanted_is_added_to_what_one_tap_asked():
    life = declared("Ⅱ")
    life.do(AskAid(to="市政府"), DUTY)
    assert refused(life, AskAid(to="市政府"), DUTY) == "aid_stands"
    life.do(AskAid(to="市政府", what="专家3名"), DUTY)
    [request] = life.incident.aid.values()
    assert (
        request.what == "专家3名"
        and [notice.params["sequence"] for notice in told(life, "aid_asked")] == [request.sequence] * 2
    )
    assert refused(life, AskAid(to="市政府"), DUTY) == "aid_stands"
    life.do(Undo(), DUTY)
    assert [item.what for item in life.incident.aid.values()] == [""]


def test_what_is_not_asked_for_has_its_reason_and_rings_no_more():
    life = running(PLANS["jincheng-energy"], "Ⅱ")
    assert refused(life, DoWithoutAid(), DUTY) == "aid_reason"
    life.do(DoWithoutAid(reason="本市电厂足够"), DUTY)
    assert kept(life, AidNotNeeded)[0].reason == "本市电厂足够" and not life.incident.aid_lacking
    life.run_to(life.now + timedelta(days=1))
    assert not kept(life, AidRung)


def test_what_was_taken_back_is_asked_of_nobody_and_wanted_again():
    life = running(PLANS["jincheng-energy"], "Ⅱ")
    life.do(AskAid(to="周边城市"), DUTY)
    assert not life.incident.aid_lacking
    life.do(Undo(), DUTY)
    assert life.incident.aid_lacking == ("周边城市",) and not life.incident.aid


def test_a_unit_takes_back_its_own_call_and_nobody_elses():
    life = declared("Ⅱ")
    life.do(AskAid(what="云梯车1台"), FIREMAN)
    assert refused(life, Undo(), STRANGER) == "nothing_to_undo"
    life.do(Undo(), FIREMAN)
    assert not life.incident.aid


@pytest.mark.parametrize("status", ["open", "promised"])
def test_a_call_that_waits_goes_with_the_incident_into_another(status):
    life, other = declared("Ⅱ"), declared("Ⅱ")
    life.do(AskAid(what="云梯车1台"), FIREMAN)
    life.do(AskAid(to="市政府", what="专家"), DUTY)
    life.do(AnswerAid(request=max(life.incident.aid), status="refused"), DUTY)
    if status == "promised":
        life.do(AnswerAid(request=min(life.incident.aid), status="promised"), DUTY)
    other.do(absorption(life.incident), DUTY)
    [moved] = kept(other, AidAsked)
    assert (moved.unit, moved.what, moved.status, moved.moved) == (FIRE, "云梯车1台", status, life.incident.number)
    assert [item.status for item in other.incident.aid.values()] == [status]


def test_what_came_may_be_said_after_the_end_and_nothing_more_is_asked_then():
    life = declared("Ⅱ")
    life.do(AskAid(to="市政府", what="专家"), DUTY)
    life.do(End(reason="处置完毕"), DEPUTY)
    assert refused(life, AskAid(to="市政府", what="帐篷"), DUTY) == "not_running"
    life.run_to(life.now + timedelta(hours=2))
    assert not kept(life, AidRung)
    life.do(AnswerAid(status="withdrawn", words="不再需要"), DUTY)
    assert [item.status for item in life.incident.aid.values()] == ["withdrawn"]


def test_nothing_rings_of_a_case_that_is_over():
    life = declared("Ⅱ")
    life.do(AskAid(to="市政府"), DUTY)
    life = Life(CAMPUS).report()
    life.do(AskAid(to="市政府"), DUTY)
    life.do(Reject(reason="误报"), DUTY)
    life.run_to(life.now + timedelta(days=1))
    assert not kept(life, AidRung)


def test_it_reads_the_same_from_its_log():
    life = declared("Ⅰ")
    life.do(AskAid(to="上级指挥部", what="人", taker="张三"), DUTY)
    life.do(AskAid(what="云梯车1台"), FIREMAN)
    life.do(AnswerAid(request=max(life.incident.aid), words="马上"), DUTY)
    life.run_to(life.now + timedelta(hours=1))
    again = fold_any(life.incident.stream, life.incident.events)
    assert (again.aid, again.aid_wanted) == (life.incident.aid, life.incident.aid_wanted)


def test_the_water_plan_asks_above_with_the_declaration():
    life = Life(WATER).report()
    life.do(Declare(level="Ⅰ", reason="情况紧急"), person("chief", "commander"))
    [notice] = told(life, "aid_wanted")
    assert [press.args["to"] for press in notice.buttons] == ["上级指挥部"]
    assert kept(life, AidWanted)[0].clauses == ("4.3.1(2)",)
