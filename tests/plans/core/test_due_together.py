"""A hundred open incidents: how often the seat is told, when what is due soon is said with what is due."""

from __future__ import annotations

from datetime import timedelta

from bot.scheduler import EARLY
from plans.core.command import SYSTEM
from plans.core.kind import WakePoint
from plans.incident.reminders import Reminded
from plans.incident.wake import Wake
from plans.obligations.wakes import wakes
from tests.factories import DUTY, START, Life, report, span

MANY = 100
QUARTER, DAY = 15, 90
"""Moments at which the seat may be told something in the worst quarter of an hour, and in a day."""


class Office:
    """Many incidents, woken as the scheduler wakes them: those that are due, and beside them what may be said early."""

    def __init__(self, count: int) -> None:
        self.lives = []
        self.moments: list[timedelta] = []
        for number in range(count):
            life = Life(start=START + timedelta(seconds=number), now=START + timedelta(seconds=number))
            life.do(report(reported_at=life.start, occurred_at=life.start, number=number), DUTY)
            self.lives.append(life)
        self.points: list[list[WakePoint]] = [wakes(life.incident, life.policy) for life in self.lives]

    def run(self, until: timedelta) -> None:
        while True:
            now = min(point.at for points in self.points for point in points)
            if now - START > until:
                return
            said = False
            for number, life in enumerate(self.lives):
                points = self.points[number]
                if any(at.at <= now or (at.kind in EARLY and at.at - at.slack <= now) for at in points):
                    life.now = max(now, life.now)
                    events = life.do(Wake(ahead=True), SYSTEM)
                    self.points[number] = wakes(life.incident, life.policy)
                    said = said or any(isinstance(item, Reminded) and "seat" in item.audience for item in events)
            if said:
                self.moments.append(now - START)


def test_the_seat_of_a_hundred_incidents_is_told_at_few_moments_and_nothing_is_forgotten():
    office = Office(MANY)
    office.run(span("+24h"))
    worst = max(
        sum(at <= moment < at + timedelta(minutes=15) for moment in office.moments) for at in office.moments
    )  # fmt: skip
    assert worst <= QUARTER, worst
    assert len(office.moments) <= DAY, len(office.moments)
    end = START + span("+24h")
    for life in office.lives:
        for item in life.incident.open_instances:
            if item.by_office and not item.possible and item.due < end:
                assert item.reminded, f"{item.key} was never reminded of"
                assert [at for at in item.reminded if abs(at - item.due) <= timedelta(minutes=11)], "at its deadline"
