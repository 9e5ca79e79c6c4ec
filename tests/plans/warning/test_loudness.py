"""What each person gets that rings in a night with a warning, for every plan and colour: the message budget."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from functools import cache

import pytest

from plans.kinds import wakes
from plans.load import load_all
from plans.times import BEIJING
from plans.warning.issuing import IssueWarning, LiftWarning
from plans.warning.loudness import LOW, rings_again
from plans.warning.state import COLOURS, PASS_ON
from plans.warning.taking import TakeChange
from plans.warning.wake import WarningWake
from plans.warning.waking import AnswerWarning
from tests.plans.warning.life import SYSTEM, Life, heavy_rain

PLANS = load_all()
EVENING = datetime(2026, 7, 1, 22, 0, tzinfo=BEIJING)
MORNING = datetime(2026, 7, 2, 7, 30, tzinfo=BEIJING)
ANSWERS, SILENT, UNREACHABLE = "答的", "不答的", "没绑定的"
RECIPIENTS = (ANSWERS, SILENT, UNREACHABLE)
CASES = [(plan, colour) for plan in PLANS for colour in (*COLOURS, "")]

SEAT = {"红": 10, "橙": 9, "黄": 3, "蓝": 3, "": 9}
"""Rings of the duty seat in the worst night: brought, its list for each who is silent, its end; and again where it is
grave."""


@cache
def night(name: str, colour: str) -> tuple[Counter[str], Counter[str]]:
    """A warning from 22:00 that is over at 5:00, which nobody lifts: what rings, and all that comes, by audience."""
    plan = PLANS[name]
    life, rings, told = Life(plan, now=EVENING), Counter[str](), Counter[str]()

    def count() -> None:
        for notice in life.told:
            if not notice.edits:
                told[str(notice.to)] += 1
                rings[str(notice.to)] += notice.ring
        life.told = []

    level = next((item.level for item in plan.warnings if colour and item.colour == colour), "")
    content = heavy_rain(colour=colour, level=level, starts=EVENING, ends=EVENING + timedelta(hours=7))
    assert life.take(content) is None
    count()
    life.now += timedelta(minutes=1)
    order = IssueWarning(way=PASS_ON, recipients=RECIPIENTS, unreachable=frozenset({UNREACHABLE}))
    assert life.do(order) is None
    count()
    assert life.do(AnswerWarning(recipient=ANSWERS)) is None
    count()
    while (at := min(point.at for point in wakes(life.warning, life.policy))) < MORNING:
        life.now = max(life.now, at)
        assert life.do(WarningWake(), SYSTEM) is None
        count()
    return rings, told


@pytest.mark.parametrize(("plan", "colour"), CASES)
def test_who_is_called_is_rung_once_and_once_more_where_he_stays_silent(plan: str, colour: str):
    rings, told = night(plan, colour)
    assert (rings[f"unit:{ANSWERS}"], told[f"unit:{ANSWERS}"]) == (1, 1)
    assert (rings[f"unit:{SILENT}"], told[f"unit:{SILENT}"]) == (2, 2)
    assert told[f"unit:{UNREACHABLE}"] == 0


@pytest.mark.parametrize(("plan", "colour"), CASES)
def test_the_seat_is_rung_as_often_as_its_colour_is_grave_and_told_all_the_same(plan: str, colour: str):
    rings, told = night(plan, colour)
    assert rings["seat"] == SEAT[colour]
    assert 8 <= told["seat"] <= 10, "what does not ring is there all the same"


@pytest.mark.parametrize(("plan", "colour"), CASES)
def test_the_group_is_rung_once_and_no_leader_is(plan: str, colour: str):
    rings, told = night(plan, colour)
    assert (rings["group"], told["group"]) == (1, 1)
    leaders = [to for to in told if to.startswith("role:")]
    assert not any(rings[to] for to in leaders) and all(told[to] == 1 for to in leaders)


@pytest.mark.parametrize(("plan", "colour"), CASES)
def test_a_group_reads_four_messages_from_issue_to_lifting_at_most(plan: str, colour: str):
    life = Life(PLANS[plan], now=EVENING)
    told, rings = Counter[str](), 0
    content = heavy_rain(colour=colour, starts=EVENING, ends=EVENING + timedelta(hours=3))
    assert life.take(content) is None
    later = heavy_rain(colour=colour, starts=EVENING, ends=EVENING + timedelta(hours=6))
    raised = heavy_rain(colour="红" if colour != "红" else "橙", starts=EVENING, ends=EVENING + timedelta(hours=6))
    for act, change in (("issue", None), ("extend", later), ("raise", raised), ("lift", None)):
        if act == "lift":
            assert life.do(LiftWarning(reason="气象台通知")) is None
        else:
            assert change is None or life.do(TakeChange(content=change)) is None
            assert life.do(IssueWarning(way=PASS_ON, recipients=RECIPIENTS)) is None
        for notice in life.told:
            if not notice.edits and notice.to == "group":
                told[notice.key] += 1
                rings += notice.ring
        life.now += timedelta(minutes=1)
    assert told == {"warning_card": 3, "warning_lifted": 1}
    assert rings <= 2, "what is issued and what is raised"


@pytest.mark.parametrize("colour", (*COLOURS, ""))
@pytest.mark.parametrize(
    ("hour", "minute", "night_hours"),
    [(21, 59, False), (22, 0, True), (3, 0, True), (7, 29, True), (7, 30, False), (12, 0, False)],
)
def test_only_what_is_not_grave_and_only_at_night_is_said_again_without_a_ring(colour, hour, minute, night_hours):
    life = Life(PLANS["jincheng-chengqu-campus"])
    life.take(heavy_rain(colour=colour))
    moment = datetime(2026, 7, 1, hour, minute, tzinfo=BEIJING)
    assert rings_again(life.warning, moment) == (colour not in LOW or not night_hours)


@pytest.mark.parametrize(("plan", "colour"), CASES)
def test_when_its_time_is_over_nobody_is_called_to_it_until_it_is_extended(plan: str, colour: str):
    """The seat is asked about its end all the same; who rings schools for hours that have passed helps nobody."""
    life = Life(PLANS[plan], now=EVENING)
    level = next((item.level for item in life.plan.warnings if colour and item.colour == colour), "")
    ends = EVENING + timedelta(hours=3)
    assert life.take(heavy_rain(colour=colour, level=level, starts=EVENING, ends=ends)) is None
    order = IssueWarning(way=PASS_ON, recipients=RECIPIENTS, unreachable=frozenset({UNREACHABLE}))
    assert life.do(order) is None

    def until(end: datetime) -> list[str]:
        told = life.pass_time(end - life.now)
        return [notice.key for notice in told if notice.key in ("warning_call_again", "warning_ring_list")]

    assert until(ends - timedelta(minutes=1)), "while it lasts, those who are silent are rung"
    assert until(ends + timedelta(days=3)) == []
    now = life.now = ends + timedelta(days=3)
    longer = heavy_rain(colour=colour, level=level, starts=EVENING, ends=now + timedelta(hours=5))
    assert life.do(TakeChange(act="extend", content=longer)) is None
    assert life.do(IssueWarning(way=PASS_ON, recipients=RECIPIENTS, unreachable=frozenset({UNREACHABLE}))) is None
    assert until(now + timedelta(hours=4)), "it goes on, and so does the ladder"
