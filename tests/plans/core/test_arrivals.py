"""After 收到: when units will be there, who is asked about it and when, each once; and no more in one incident."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plans.core.notice import Notice
from plans.core.policy import DEFAULT_POLICY
from plans.incident.answering import minutes_of
from plans.incident.arrivals import LONGEST, MINUTES, AskNoArrivals, ExpectArrival
from plans.incident.joint_calls import next_answers, together
from plans.incident.levels import Declare
from plans.incident.undo import Undo
from plans.incident.units import Acknowledge
from plans.obligations.wakes import wakes
from tests.factories import DIRECTOR, DUTY, SCHOOL, Life, liaison, person, span

FIRE, HEALTH, POLICE = "区消防救援大队", "区卫生健康和体育局", "市公安局城区分局"
WORDS = ("arrival_asked", "arrivals_waited_for")


def called(level: str = "Ⅲ") -> Life:
    """Return a life in which a level called its units twelve minutes after the beginning."""
    life = Life().report("+10m")
    everybody = person("chief", *life.plan.roles)
    life.do(Declare(level=level, reason="研判", units=(FIRE, HEALTH, POLICE)), everybody, "+12m")
    assert {FIRE, HEALTH, POLICE} <= life.incident.calls.keys()
    return life


def said(life: Life) -> list[tuple[timedelta, Notice]]:
    return [(at, notice) for at, notice in life.told if notice.key in WORDS]


def test_a_unit_that_named_a_time_is_asked_once_past_it_and_the_seat_is_told_once():
    life = called()
    life.do(Acknowledge(), liaison(FIRE), "+13m")
    life.do(ExpectArrival(minutes=20), liaison(FIRE), "+14m")
    call = life.incident.calls[FIRE]
    assert (call.status, call.expected_at) == ("已出发", life.moment("+34m"))
    life.until("+20h")
    grace, again = DEFAULT_POLICY.arrival
    asked, told = [item for item in said(life) if "idle" not in item[1].params or not item[1].params["idle"]]
    assert (asked[0], asked[1].to, asked[1].ring) == (span("+34m") + grace, f"unit:{FIRE}", True)
    assert (told[0], told[1].to, told[1].params["late"]) == (asked[0] + again, "seat", (FIRE,))


@pytest.mark.parametrize("way", ["arrived", "cannot", "later", "again"])
def test_whatever_a_unit_says_next_ends_the_question_or_begins_it_anew(way: str):
    life = called()
    life.do(ExpectArrival(minutes=10), liaison(FIRE), "+13m")
    life.do(AskNoArrivals(), DUTY, "+14m")  # of the others nothing is heard here
    life.do(AskNoArrivals(again=True), DUTY, "+15m")
    for unit in (HEALTH, POLICE):
        life.do(Acknowledge(status="已到场"), liaison(unit), "+16m")
    if way == "arrived":
        life.do(Acknowledge(status="已到场"), liaison(FIRE), "+22m")
    elif way == "cannot":
        life.do(Acknowledge(status="来不了"), liaison(FIRE), "+22m")
    elif way == "later":
        life.do(ExpectArrival(minutes=60), liaison(FIRE), "+22m")
    life.until("+3h")
    moments = [at for at, notice in said(life) if notice.key == "arrival_asked"]
    expected = {"arrived": [], "cannot": [], "later": [span("+87m")], "again": [span("+28m")]}
    assert moments == expected[way]


@pytest.mark.parametrize(("level", "minutes"), [("Ⅰ", 10), ("Ⅱ", 15), ("Ⅲ", 15)])
def test_who_said_received_and_nothing_since_is_named_to_the_seat_once_with_all_others(level: str, minutes: int):
    life = called(level)
    for at, unit in (("+13m", FIRE), ("+15m", HEALTH), ("+18m", POLICE)):
        life.do(Acknowledge(), liaison(unit), at)
    life.do(Acknowledge(status="已出发"), liaison(POLICE), "+19m")
    life.until("+24h")
    [(moment, word)] = [item for item in said(life) if item[1].params.get("idle")]
    assert moment == span("+13m") + timedelta(minutes=minutes)
    assert (word.to, word.ring, set(word.params["idle"])) == ("seat", True, {FIRE, HEALTH})
    assert not [item for item in said(life) if item[1].key == "arrival_asked"], (
        "who set out without a time is not asked"
    )


def test_what_was_only_told_by_telephone_carries_a_time_too_and_the_seat_is_asked_where_nobody_is_bound():
    life = Life().report("+10m")
    everybody = person("chief", *life.plan.roles)
    command = Declare(level="Ⅲ", reason="研判", units=(FIRE, HEALTH, POLICE), unreachable=frozenset({FIRE}))
    life.do(command, everybody, "+12m")
    life.do(ExpectArrival(unit=FIRE, minutes=30), DUTY, "+14m")
    call = life.incident.calls[FIRE]
    assert (call.recorded, call.status, call.expected_at) == (True, "已出发", life.moment("+44m"))
    life.until("+2h")
    of_fire = [
        (at, notice.key)
        for at, notice in said(life)
        if FIRE in (*notice.params.get("late", ()), notice.params.get("unit"))
    ]
    assert of_fire == [(span("+49m"), "arrivals_waited_for")]
    assert life.refuse(ExpectArrival(unit=HEALTH, minutes=5), SCHOOL).key == "not_your_unit"


def test_it_may_be_ended_for_one_case_and_begun_again_and_it_is_in_the_log():
    life = called()
    life.do(Acknowledge(), liaison(FIRE), "+13m")
    assert life.refuse(AskNoArrivals(), liaison(FIRE)).key == "staff_only"
    life.do(AskNoArrivals(), DUTY, "+14m")
    assert life.incident.unasked is not None
    assert life.refuse(AskNoArrivals(), DIRECTOR).key == "arrivals_unasked"
    life.until("+40m")
    assert not said(life)
    life.do(AskNoArrivals(again=True), DIRECTOR, "+41m")
    life.until("+42m")
    assert [notice.params["idle"] for _, notice in said(life)] == [(FIRE,)]
    names = [item.event.NAME for item in life.incident.events]
    assert names.count("arrivals-unasked") == 2
    life.do(AskNoArrivals(), DUTY, "+43m")
    life.do(Undo(), DUTY, "+43m")
    assert life.incident.unasked is None


def test_taking_back_a_time_leaves_the_unit_on_its_way():
    life = called()
    life.do(Acknowledge(status="已出发"), liaison(FIRE), "+13m")
    life.do(ExpectArrival(minutes=10), liaison(FIRE), "+14m")
    life.do(Undo(), liaison(FIRE), "+14m")
    call = life.incident.calls[FIRE]
    assert (call.status, call.expected_at) == ("已出发", None)


@pytest.mark.parametrize("minutes", [0, -1, LONGEST + 1])
def test_no_time_beyond_half_a_day_and_none_in_the_past(minutes: int):
    assert called().refuse(ExpectArrival(minutes=minutes), liaison(FIRE)).key == "arrival_when"


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        ("已出发，约20分钟", 20), ("半小时后到", 30), ("一个半小时", 90), ("二十分钟", 20), ("１５分", 15),
        ("两小时", 120), ("出发了", None), ("已出发，20分钟前走的", None),
    ],
)  # fmt: skip
def test_a_time_is_read_from_words(words: str, minutes: int | None):
    assert minutes_of(words) == minutes


def test_one_person_for_several_units_answers_once_for_all_or_for_one():
    both, life = person("both", "liaison", units=(FIRE, HEALTH)), called()
    calls = [notice for _, notice in life.told if notice.key == "call" and notice.params["unit"] in (FIRE, HEALTH)]
    joint = together(life.incident, calls)
    assert joint.params == {"units": (FIRE, HEALTH)}
    assert [item.label for item in joint.buttons] == ["all_received", "answer_alone", "answer_alone"]
    life.do(Acknowledge(units=(FIRE, HEALTH)), both, "+13m")
    assert {unit: call.status for unit, call in life.incident.calls.items() if unit in (FIRE, HEALTH)} == {
        FIRE: "收到", HEALTH: "收到",
    }  # fmt: skip
    labels = [item.args.get("status", item.label) for item in next_answers(life.incident, (FIRE, HEALTH))]
    assert labels == ["已出发", "已到场", "来不了", "undo", "answer_alone", "answer_alone"]
    life.do(ExpectArrival(minutes=10, units=(HEALTH,)), both, "+14m")
    assert (life.incident.calls[FIRE].status, life.incident.calls[HEALTH].status) == ("收到", "已出发")
    life.do(Acknowledge(status="已出发", units=(FIRE, HEALTH)), both, "+15m")
    offered = next_answers(life.incident, (FIRE, HEALTH))
    assert [item.args["minutes"] for item in offered if item.label == "expect_in"] == list(MINUTES)


ACTS = st.sampled_from(
    [
        Acknowledge(), Acknowledge(status="已出发"), Acknowledge(status="已到场"), Acknowledge(status="来不了"),
        *(ExpectArrival(minutes=minutes) for minutes in (*MINUTES, 7)), Undo(),
    ]
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from([FIRE, HEALTH, POLICE]), ACTS, st.integers(0, 40)), max_size=8))
def test_whatever_units_say_each_time_is_asked_about_once_and_nothing_rings_for_ever(acts):
    life, at = called(), 12
    named = 0
    for unit, act, pause in acts:
        at += pause
        life.decide(act, liaison(unit), f"+{at}m")
        named += isinstance(act, ExpectArrival)
    life.until(f"+{at + 26 * 60}m")
    asked = [notice for _, notice in said(life) if notice.key == "arrival_asked"]
    assert len(asked) <= named
    assert len(said(life)) - len(asked) <= named + 8, "the seat: once for a time, once for a 收到"
    assert not [point for point in wakes(life.incident, life.policy) if point.kind in ("arrival", "idle")]
