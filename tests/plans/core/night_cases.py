"""Open cases of every kind in the core alone, and a night that passes over them as the scheduler lets it pass."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.outgoing.due_together import LEFT_ALONE
from bot.scheduler import EARLY
from plans.core.command import SYSTEM, Actor, Command
from plans.core.event import Recorded
from plans.core.kind import CALL, kind_of
from plans.core.notice import Notice
from plans.core.outcome import Refusal
from plans.core.policy import DEFAULT_POLICY
from plans.desk.announcements import Announce, OpenAnnouncement
from plans.desk.entries import WriteEntry
from plans.desk.entry_state import Want
from plans.desk.handovers import OpenHandover
from plans.desk.instructions import GiveInstruction, OpenInstruction
from plans.desk.spot_checks import PlanSpotCheck, SpotCheckWake
from plans.duty.book import OpenBook
from plans.incident.filing import File
from plans.incident.judging import Judge
from plans.incident.levels import Declare
from plans.incident.seat import TakeHandling
from plans.kinds import decide, fold_any, notices, wakes
from plans.times import BEIJING
from plans.times.night import is_night
from plans.warning.issuing import IssueWarning
from plans.warning.state import PASS_ON
from plans.warning.wake import WarningWake
from tests import factories
from tests.factories import CAMPUS, DUTY, report
from tests.plans.warning import life as warnings

DUSK = datetime(2026, 3, 2, 22, 0, tzinfo=BEIJING)
DAWN = datetime(2026, 3, 3, 7, 30, tzinfo=BEIJING)
COMMANDER = factories.person("chief", *CAMPUS.roles)
UNITS = tuple(unit.id for unit in CAMPUS.units[:3])
OPENED: dict[str, Any] = {
    "plan": CAMPUS.id, "plan_version": CAMPUS.version, "plan_hash": "h", "jurisdiction": CAMPUS.jurisdiction.name,
    "number": 1, "year": 2026,
}  # fmt: skip


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
            elif act == "judged":
                self.life.decide(Judge(clause="4.3.2(1)"), DUTY, at)
            elif act == "declared":
                self.life.decide(Declare(level="Ⅲ", reason="研判", units=UNITS), COMMANDER, at)
            elif act == "told":
                self.life.decide(File(report="首报", channel="电话"), DUTY, at)
            minutes += 1
        return self._fresh(0)

    def points(self) -> Iterable[Any]:
        return wakes(self.life.incident, self.life.policy)

    def wake(self, now: datetime, *, ahead: bool) -> list[Notice]:
        before, self.life.now = len(self.life.told), max(self.life.now, now)
        self.life.decide(kind_of("incident:1").wake(ahead=ahead), SYSTEM)
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


@dataclass
class Other:
    """A case of another kind that begins at some minute of the night, and which nobody answers.

    Attributes:
        opens: makes the commands with which it begins, and who gives each.
        ahead: the minute of the first; those behind it come a minute later each.
    """

    kind: str
    minute: int
    opens: Callable[[datetime], list[tuple[Command, Actor]]]
    log: list[Recorded] = field(default_factory=list)

    @property
    def stream(self) -> str:
        return f"{self.kind}:1"

    @property
    def state(self) -> Any:
        return fold_any(self.stream, self.log)

    def begin(self) -> list[Notice]:
        now, said = DUSK + timedelta(minutes=self.minute), list[Notice]()
        for command, by in self.opens(now):
            said += self._do(command, by, now)
        return said

    def points(self) -> Iterable[Any]:
        return wakes(self.state, DEFAULT_POLICY)

    def wake(self, now: datetime, *, ahead: bool) -> list[Notice]:
        command: Any = kind_of(self.stream).wake(ahead=ahead)
        if isinstance(command, SpotCheckWake):
            asked = ({"person": "duty", "title": "值班席", "name": "某人", "reachable": True},)
            command = SpotCheckWake(ahead=ahead, people=asked)
        return self._do(command, SYSTEM, now)

    def _do(self, command: Command, by: Actor, now: datetime) -> list[Notice]:
        before = self.state if self.log else None
        outcome = decide(CAMPUS, before, command, by, now=now, stream=self.stream, cause=f"c{len(self.log)}")
        assert not isinstance(outcome, Refusal), outcome
        self.log += outcome.recorded
        return notices(CAMPUS, outcome.before, outcome.after, outcome.recorded)


TO = tuple(f"unit:{name}" for name in UNITS)
BY = Actor(id="duty", name="值班员", confirmed=True, roles=frozenset({"duty"}))


def entry(minute: int, due: int) -> Other:
    """Return an entry of the log that wants an answer so many minutes later."""
    return Other("entry", minute, lambda now: [
        (WriteEntry(**OPENED, text="市政府来电", said_at=now, wants=(Want(at=now + timedelta(minutes=due)),)), BY)
    ])  # fmt: skip


def instruction(minute: int, due: int, *, urgent: bool) -> Other:
    """Return an instruction that is given to three units and due so many minutes later."""
    return Other("instruction", minute, lambda now: [
        (OpenInstruction(**OPENED, text="全区排查", giver="王副区长", giver_id="", recipients=TO, urgent=urgent,
                         due=now + timedelta(minutes=due)), BY),
        (GiveInstruction(), BY),
    ])  # fmt: skip


def announcement(minute: int, *, urgent: bool) -> Other:
    """Return a notice to three units."""
    return Other("announcement", minute, lambda now: [
        (OpenAnnouncement(**OPENED, text="明早8点开会", recipients=TO, urgent=urgent), BY), (Announce(), BY),
    ])  # fmt: skip


def draft(minute: int) -> Other:
    """Return a notice that was written and not sent."""
    return Other("announcement", minute, lambda now: [
        (OpenAnnouncement(**OPENED, text="明早8点开会", recipients=TO), BY)
    ])  # fmt: skip


def handover(minute: int) -> Other:
    """Return a hand-over under which nobody signs."""
    return Other("handover", minute, lambda now: [
        (OpenHandover(**OPENED, giver="wang", giver_name="王值班", taker_name="李值班", seats=(CAMPUS.id,),
                      titles=(CAMPUS.title,), leader="赵主任", leader_id="chief"), BY)
    ])  # fmt: skip


def spot_check(minute: int, at: int) -> Other:
    """Return a spot check whose moment lies so many minutes ahead; the rules decide whether it is held."""
    return Other("spotcheck", minute, lambda now: [(PlanSpotCheck(**OPENED, at=now + timedelta(minutes=at)), SYSTEM)])


def book(minute: int) -> Other:
    """Return a bearer's book of duties."""
    return Other("duty", minute, lambda now: [
        (OpenBook(plan=CAMPUS.id, plan_version=CAMPUS.version, plan_hash="h", number=1, year=2026,
                  jurisdiction=CAMPUS.jurisdiction.name, bearer_kind="body", bearer="b-1", title="第一小学",
                  kinds=("学校", "小学")), SYSTEM)
    ])  # fmt: skip


SAME = {"person:duty": "seat", "person:chief": "role:commander"}
"""Who is the same person: audience -> the one under which he is counted."""


@dataclass
class Night:
    """Who was rung when. ``acted``: by the first word of what somebody has just done; ``told``: by a clock.

    Attributes:
        keys: of the notices that rang, with the moment and the kind of case.
    """

    acted: dict[str, list[datetime]] = field(default_factory=lambda: defaultdict(list))
    told: dict[str, list[datetime]] = field(default_factory=lambda: defaultdict(list))
    keys: list[tuple[datetime, str, str]] = field(default_factory=list)

    def at_night(self, who: str) -> int:
        """Return how often somebody was rung in the night, by whatever."""
        return sum(map(is_night, (*self.acted[who], *self.told[who])))

    def worst_hour(self, who: str) -> int:
        """Return how often somebody was rung by clocks in the worst hour."""
        moments = self.told[who]
        return max((sum(at <= other < at + timedelta(hours=1) for other in moments) for at in moments), default=0)


def pass_night(cases: list[Any], until: datetime = DAWN) -> Night:
    """Wake the cases as the scheduler does: one ring for all that is said to one person in one moment."""
    night = Night()

    def say(said: list[tuple[Any, list[Notice]]], at: datetime, rings: dict[str, list[datetime]]) -> None:
        heard, deciding = set[str](), set[str]()
        for case, told in said:
            for item in told:
                if item.ring and not item.edits and not (item.type.can_wait and is_night(at)):
                    name = SAME.get(str(item.to), str(item.to))
                    heard.add(name)
                    deciding |= {name} if item.type.asks_to_decide else set()
                    night.keys.append((at, item.key, getattr(case, "kind", type(case).__name__)))
        for name in heard:
            last = max((moment for moment in (*night.acted[name], *night.told[name])), default=None)
            led = rings is night.told and name.startswith("role:") and name not in deciding
            if not (led and last is not None and at - last < LEFT_ALONE):
                rings[name].append(at)

    waiting, open_cases = sorted(cases, key=lambda case: case.minute), list[Any]()
    points: dict[int, list[Any]] = {}
    while True:
        following = [DUSK + timedelta(minutes=case.minute) for case in waiting[:1]]
        following += [point.at for case in open_cases for point in points[id(case)]]
        now = min(following, default=until)
        if now >= until:
            return night
        if waiting and DUSK + timedelta(minutes=waiting[0].minute) <= now:
            case = waiting.pop(0)
            say([(case, case.begin())], now, night.acted)
            open_cases.append(case)
            points[id(case)] = list(case.points())
            continue
        said = []
        gathers = any(point.at <= now and point.kind != CALL for case in open_cases for point in points[id(case)])
        for case in open_cases:
            own = points[id(case)]
            due = any(point.at <= now for point in own)
            if due or (gathers and any(point.kind in EARLY and point.falls_due(now, ahead=True) for point in own)):
                said.append((case, case.wake(now, ahead=gathers)))
                points[id(case)] = list(case.points())
        say(said, now, night.told)
