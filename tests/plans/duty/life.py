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
from plans.duty.chasing import BookWake
from plans.duty.state import DutyBook, Instance
from plans.kinds import decide, fold_any, notices, wakes
from plans.model import Plan
from plans.times import BEIJING

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
class Life:
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
    def book(self) -> DutyBook:
        state: DutyBook = fold_any(STREAM, self.log)
        return state

    def do(self, command: Command, by: Actor = HEAD, shown: Shown | None = None) -> Refusal | None:
        before = self.book if self.log else None
        outcome = decide(
            self.plan, before, command, by, now=self.now, stream=STREAM, cause=f"c{len(self.log)}",
            policy=self.policy, shown=shown,
        )  # fmt: skip
        if isinstance(outcome, Refusal):
            return outcome
        self.log += outcome.recorded
        self.told += [
            (self.now, notice) for notice in notices(self.plan, outcome.before, outcome.after, outcome.recorded)
        ]
        return None

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
        end, since = self.now + timedelta(days=days), len(self.told)
        while True:
            points = [point.at for point in wakes(self.book, self.policy)]
            if not points or min(points) > end:
                break
            self.now = max(self.now, min(points))
            served = len(self.log)
            assert self.do(BookWake(), SYSTEM) is None
            assert len(self.log) > served, f"a wake that does nothing comes back for ever: {points}"
        self.now = end
        return self.told[since:]
