"""Statistics of invented months, as the picture of a month is given them."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

from plans.statistics.statistics import (
    Answers,
    Duties,
    Incidents,
    Part,
    Reports,
    Slice,
    SpotChecks,
    Spread,
    Statistics,
    Warnings,
)
from plans.times import BEIJING
from plans.times.calendar_periods import CalendarPeriod

NOBODY = Answers(key="", title="", plan="", called=0, answered=0, silent=0, declined=0, time=None)


def _spread(count: int, median: int) -> Spread | None:
    if not count:
        return None
    return Spread(count=count, median=median, lower=median // 2, upper=2 * median, worst=5 * median)


def month(incidents: int = 0, units: int = 0, *, seed: int = 1, of_drills: bool = False) -> Statistics:
    """November 2026 with so many incidents, in which so many units were called."""
    chance = random.Random(seed)
    days = [date(2026, 11, 1) + timedelta(days=number) for number in range(30)]
    by_day = {day: 0 for day in days}
    for _ in range(incidents):
        by_day[chance.choice(days)] += 1
    kinds = ("校园治安事件", "突发公共卫生事件（食物中毒、传染病）", "道路交通", "火灾", "")
    parts = [incidents // len(kinds)] * len(kinds)
    parts[0] += incidents - sum(parts)
    by_kind = [(title, number) for title, number in zip(kinds, parts, strict=True) if number]
    called = [
        Answers(
            key=f"u{number}", title=f"晋城市城区第{number}应急救援队", plan="p", called=5, answered=number % 6,
            silent=5 - number % 6, declined=0, time=_spread(number % 6, chance.randrange(40, 4000)),
        )
        for number in range(units)
    ]  # fmt: skip
    answered = sum(unit.answered for unit in called)
    whole = Answers(
        key="", title="", plan="", called=5 * units, answered=answered, silent=5 * units - answered, declined=0,
        time=_spread(answered, 300),
    )  # fmt: skip
    reports = tuple(
        Reports(
            stage=stage, names=names, owed=4 * incidents, in_time=3 * incidents, late=incidents - 2 * (incidents > 2),
            raised=0, missed=int(incidents > 2), overdue=int(incidents > 2), pending=0, waived=0,
            lateness=_spread(incidents, 700), sources=(),
        )
        for stage, names in (("first", ("首报", "快报")), ("follow_up", ("续报",)), ("final", ("终报",)))
    )  # fmt: skip
    duties = Duties(
        key="", title="", plan="", number=10 * units, done=7 * units, late=units, missed=units, not_applicable=units,
        returned=0, open=0,
    )  # fmt: skip
    return Statistics(
        jurisdiction="某市某区", places=(), plans=(), period=CalendarPeriod(kind="month", first=days[0], last=days[-1]),
        at=datetime(2026, 11, 30, 17, 30, tzinfo=BEIJING), own=(), of_drills=of_drills, drills=2, behind=0,
        incidents=Incidents(
            number=incidents, open=min(1, incidents), rejected=0, merged=0, by_plan=(), by_response=(),
            by_kind=tuple(Part(key=title, title=title, number=number) for title, number in by_kind),
            by_level=(Part(key="一般", title="一般", number=incidents),) if incidents else (),
        ),
        course=tuple(Slice(first=day, last=day, incidents=number) for day, number in by_day.items()),
        reports=reports, others=(), answers=whole, units=tuple(called), levels=(), corrections=1, waivers=2,
        warnings=Warnings(
            number=units and 2, in_force=0, by_colour=(Part(key="red", title="红色", number=2),) if units else (),
            by_kind=(), woken=whole if units else NOBODY, units=(), measures=(),
        ),
        spot_checks=SpotChecks(asked=0, in_time=0, late=0, silent=0, time=None),
        duties=duties if units else None, by_duty=(), by_bearer=(),
    )  # fmt: skip
