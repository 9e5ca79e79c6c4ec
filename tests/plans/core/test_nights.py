"""Generated sets of open cases over a night: every deadline has its ring, and nobody is rung more than the bound."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.outgoing.due_together import DUE
from bot.scheduler import EARLY
from plans.core.command import SYSTEM
from plans.core.kind import AHEAD
from plans.core.notice import Notice
from plans.incident.filing import File
from plans.incident.levels import Declare
from plans.incident.reminders import Reminded
from plans.incident.seat import TakeHandling
from plans.incident.wake import Wake
from plans.kinds import wakes
from plans.times.night import is_night
from plans.warning.issuing import IssueWarning
from plans.warning.state import PASS_ON
from plans.warning.wake import WarningWake
from tests import factories
from tests.factories import BEIJING, CAMPUS, DUTY, report
from tests.plans.warning import life as warnings

DUSK = datetime(2026, 3, 2, 22, 0, tzinfo=BEIJING)
DAWN = datetime(2026, 3, 3, 7, 30, tzinfo=BEIJING)
COMMANDER = factories.person("chief", *CAMPUS.roles)

FIRST, EACH_MORE = 26, 20
"""Rings of the duty seat in a night for the first open case of which nobody does anything, and for each further one."""

LEADER_FIRST, LEADER_MORE = 11, 10
"""The same of one who leads."""


@dataclass
class Incident:
    """An incident that begins at some minute of the night, and what the office does about it."""

    minute: int
    number: int
    acts: tuple[str, ...] = ()
    life: factories.Life = field(init=False)

    def begin(self) -> list[Notice]:
        start = DUSK + timedelta(minutes=self.minute)
        self.life = factories.Life(start=start, now=start, number=self.number)
        self.life.do(report(reported_at=start, occurred_at=start, number=self.number), DUTY)
        minutes = 1
        for act in self.acts:
            at = f"+{minutes}m"
            if act == "taken":
                self.life.decide(TakeHandling(), DUTY, at)
            elif act == "declared":
                self.life.decide(Declare(level="Ⅲ", reason="研判"), COMMANDER, at)
            elif act == "told":
                self.life.decide(File(report="首报", channel="电话"), DUTY, at)
            minutes += 1
        return self._fresh(0)

    def points(self) -> Iterable[Any]:
        return wakes(self.life.incident, self.life.policy)

    def wake(self, now: datetime, *, ahead: bool) -> list[Notice]:
        before, self.life.now = len(self.life.told), max(self.life.now, now)
        self.life.decide(Wake(ahead=ahead), SYSTEM)
        return self._fresh(before)

    def _fresh(self, before: int) -> list[Notice]:
        return [notice for _, notice in self.life.told[before:]]


@dataclass
class Warned:
    """A warning that is passed on at some minute of the night, and which nobody answers or lifts."""

    minute: int
    colour: str
    life: warnings.Life = field(init=False)

    def begin(self) -> list[Notice]:
        start = DUSK + timedelta(minutes=self.minute)
        self.life = warnings.Life(CAMPUS, now=start)
        content = warnings.heavy_rain(colour=self.colour, starts=start, ends=start + timedelta(hours=4))
        assert self.life.take(content) is None
        told = list(self.life.told)
        assert self.life.do(IssueWarning(way=PASS_ON, recipients=("甲校", "乙校"))) is None
        return [*told, *self.life.told]

    def points(self) -> Iterable[Any]:
        return wakes(self.life.warning, self.life.policy)

    def wake(self, now: datetime, *, ahead: bool) -> list[Notice]:
        self.life.now, self.life.told = max(self.life.now, now), []
        assert self.life.do(WarningWake(ahead=ahead), warnings.SYSTEM) is None
        return self.life.told


INCIDENTS = st.tuples(
    st.integers(0, 8 * 60),
    st.lists(st.sampled_from(["taken", "declared", "told"]), max_size=3, unique=True).map(tuple),
)
WARNINGS = st.tuples(st.integers(0, 5 * 60), st.sampled_from(["红", "橙", "黄", "蓝", ""]))


def pass_night(cases: list[Any]) -> Counter[str]:
    """Wake the cases as the scheduler does, and count who is rung: one ring for all that is said in one moment."""
    rings: Counter[str] = Counter()

    def say(notices: list[Notice], at: datetime) -> None:
        heard = {str(item.to) for item in notices if item.ring and not item.edits}
        rings.update(heard if is_night(at) else ())

    waiting, open_cases = sorted(cases, key=lambda case: case.minute), list[Any]()
    while True:
        following = [DUSK + timedelta(minutes=case.minute) for case in waiting[:1]]
        following += [point.at for case in open_cases for point in case.points()]
        now = min(following, default=DAWN)
        if now >= DAWN:
            return rings
        if waiting and DUSK + timedelta(minutes=waiting[0].minute) <= now:
            case = waiting.pop(0)
            say(case.begin(), now)
            open_cases.append(case)
            continue
        told: list[Notice] = []
        alone: list[list[Notice]] = []
        for case in open_cases:
            points = list(case.points())
            due = any(point.at <= now for point in points)
            if due or any(point.kind in EARLY and point.falls_due(now, ahead=True) for point in points):
                said = case.wake(now, ahead=True)
                told += [item for item in said if item.type.joins_as == DUE]
                alone.append([item for item in said if item.type.joins_as != DUE])
        say(told, now)
        for some in alone:  # what is a question of its own rings beside it
            say(some, now)


@settings(max_examples=25, deadline=None)
@given(st.lists(INCIDENTS, min_size=1, max_size=4), st.lists(WARNINGS, max_size=2))
def test_every_deadline_has_its_ring_and_nobody_is_rung_more_than_the_bound(incidents, warned):
    cases: list[Any] = [Incident(minute, number, acts) for number, (minute, acts) in enumerate(incidents, 1)]
    cases += [Warned(minute, colour) for minute, colour in warned]
    rings = pass_night(cases)
    assert rings["seat"] <= FIRST + EACH_MORE * (len(cases) - 1), rings
    for role in CAMPUS.roles:
        assert rings[f"role:{role}"] <= LEADER_FIRST + LEADER_MORE * (len(cases) - 1), rings
    for name, count in rings.items():
        if name.startswith("unit:"):
            assert count <= 3 * len(cases), (name, count)
    for case in cases[: len(incidents)]:
        rung = [
            (key, item.at)
            for item in case.life.incident.events
            if isinstance(item.event, Reminded)
            for key in item.event.keys
        ]
        for instance in case.life.incident.instances.values():
            due = max(instance.due, instance.arose_at)
            left = instance.status == "open" or (instance.settled_at is not None and instance.settled_at > due)
            certain = instance.by_office and not instance.possible
            if certain and left and due + AHEAD < DAWN and instance.filed_at is None:
                late = due + case.life.policy.immediate
                assert any(key == instance.key and due - AHEAD <= at <= late for key, at in rung), (instance, rung)


def test_the_bound_is_not_far_above_what_comes():
    left = Incident(60, 1, ("taken", "declared"))
    rings = pass_night([left, Warned(60, "红")])
    assert rings["seat"] > FIRST / 2
