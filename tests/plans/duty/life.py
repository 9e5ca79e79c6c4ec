"""A bearer's book in the core alone: commands in order, the clock moved by hand."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from plans.calendar import OfficeCalendar, Term
from plans.core.command import SYSTEM, Actor, Command, Shown
from plans.core.event import Recorded
from plans.core.notice import Notice
from plans.core.outcome import Refusal
from plans.core.policy import DEFAULT_POLICY, Policy
from plans.duty.book import OpenBook
from plans.duty.state import DutyBook, Instance
from plans.model import Plan
from plans.times import BEIJING
from tests.plans.case_life import CaseLife

STREAM = "duty:1"
SCHOOL = "b-1"
HEAD = Actor(id="head-1", name="林校长", confirmed=True, roles=frozenset({"head"}), units=frozenset({SCHOOL}))
SECTION = Actor(id="duty-1", name="安全科", roles=frozenset({"duty"}))

CALENDAR = OfficeCalendar(
    terms=(
        Term(name="上学期", first=date(2026, 9, 1), last=date(2027, 1, 22)),
        Term(name="下学期", first=date(2027, 2, 22), last=date(2027, 7, 9)),
    )
)


@dataclass
class Life(CaseLife):
    """One book."""

    plan: Plan
    now: datetime = datetime(2026, 9, 1, 8, 0, tzinfo=BEIJING)
    policy: Policy = field(default_factory=lambda: replace(DEFAULT_POLICY, calendar=CALENDAR))
    kind: str = "body"
    bearer: str = SCHOOL
    kinds: tuple[str, ...] = ("学校", "小学")
    log: list[Recorded] = field(default_factory=list)
    told: list[tuple[datetime, Notice]] = field(default_factory=list)

    def __post_init__(self) -> None:
        assert self.do(
            OpenBook(
                plan=self.plan.id, plan_version=self.plan.version, plan_hash="h", number=1, year=self.now.year,
                jurisdiction=self.plan.jurisdiction.name, bearer_kind=self.kind, bearer=self.bearer, title="第一小学",
                kinds=self.kinds,
            ),
            SYSTEM,
        ) is None  # fmt: skip

    @property
    def stream(self) -> str:
        return STREAM

    @property
    def book(self) -> DutyBook:
        state: DutyBook = self.state
        return state

    def do(self, command: Command, by: Actor = HEAD, shown: Shown | None = None) -> Refusal | None:
        told = self.decided(command, by, shown)
        return told if isinstance(told, Refusal) else None

    def heard(self, told: list[Notice]) -> None:
        self.told += [(self.now, notice) for notice in told]

    def refused(self, command: Command, by: Actor = HEAD) -> Refusal:
        refusal = self.do(command, by)
        assert refusal is not None
        return refusal

    def instance(self, key: str) -> Instance:
        found = self.book.of(key)
        assert found is not None
        return found

    def pass_days(self, days: float) -> list[tuple[datetime, Notice]]:
        """Serve every wake of a span; return what was told meanwhile."""
        return list(self.woken(timedelta(days=days)))
