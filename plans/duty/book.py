"""A book is opened for a bearer and a year, follows its plan and bearer, is closed, or turned into the next one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from plans.core.command import Command
from plans.core.event import Event, Recorded
from plans.core.keys import to_head, to_role, to_unit
from plans.core.notice import Notice
from plans.core.outcome import Refusal
from plans.core.policy import MORNING
from plans.core.registry import applies, decides, revises, tells
from plans.duty.case import Case, NoticeContext, duties_of
from plans.duty.instances import add_instances, begin_periods
from plans.duty.state import KIND, DutyBook
from plans.times import BEIJING

# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenBook(Command):
    """Open the book of a bearer for a year.

    Attributes:
        carried: what the book before it had not settled, as ``as_data`` makes it.
        last_done: days on which duties of more than a year were done last, by their ids.
    """

    plan: str
    plan_version: str
    plan_hash: str
    jurisdiction: str
    number: int
    year: int
    bearer_kind: str
    bearer: str
    title: str
    kinds: tuple[str, ...] = ()
    carried: tuple[dict[str, Any], ...] = ()
    last_done: dict[str, str] | None = None

    opens = True


@dataclass(frozen=True, kw_only=True, slots=True)
class AdoptPlan(Command):
    """The plan has a new version: periods that run keep theirs, the next ones follow it.

    Attributes:
        plan_hash: of the new version; the shell looks it up, and the old one.
        changed: duties that are new in it, or recur otherwise than before.
    """

    plan_version: str = ""
    plan_hash: str = ""
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class CloseBook(Command):
    """The bearer is no more, or bears nothing here any more."""

    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ReopenBook(Command):
    """The bearer is there again, or its duties are chased again."""

    any_state = True


@dataclass(frozen=True, kw_only=True, slots=True)
class DescribeBearer(Command):
    """The bearer has another name, or is of another kind, and bears the duties of that from the next periods on."""

    title: str
    kinds: tuple[str, ...] = ()


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class BookOpened(Event, name="duty-book-opened"):
    """A book was opened; the attributes are those of ``OpenBook``."""

    plan: str
    plan_version: str
    plan_hash: str
    jurisdiction: str
    number: int
    year: int
    bearer_kind: str
    bearer: str
    title: str
    kinds: tuple[str, ...] = ()
    carried: tuple[dict[str, Any], ...] = ()
    last_done: dict[str, str] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanAdopted(Event, name="duty-plan-adopted"):
    """The next periods follow another version of the plan.

    Attributes:
        changed: duties whose period is another from now on; ended: those that are no more.
    """

    plan_version: str
    plan_hash: str
    changed: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class BookTurned(Event, name="duty-book-turned"):
    """The year is over: what was not settled goes on in the next year's book."""

    carried: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class BookClosed(Event, name="duty-book-closed", personal=("reason",)):
    """Nothing is chased any more; what was done and missed stays."""

    by: str
    reason: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class BookReopened(Event, name="duty-book-reopened"):
    """What a closed book tells is chased again."""

    by: str


@dataclass(frozen=True, kw_only=True, slots=True)
class BearerDescribed(Event, name="duty-bearer-described"):
    """The bearer is called so from now on, and is of these kinds."""

    title: str
    kinds: tuple[str, ...] = ()


# --- what may happen


@decides(OpenBook)
def open_book(case: Case, command: OpenBook) -> Refusal | None:
    """The program opens it, or an administrator; nobody else's duties are opened by him."""
    if not case.actor.roles & {"system", "admin", "duty", *case.plan.roles} or case.actor.via != "direct":
        return Refusal(key="staff_only", who=("admin",))
    if not duties_of(case.plan, command.bearer_kind, command.bearer, command.kinds):
        return Refusal(key="bears_no_duty", params={"name": command.title})
    case.record(
        BookOpened(
            plan=command.plan, plan_version=command.plan_version, plan_hash=command.plan_hash,
            jurisdiction=command.jurisdiction, number=command.number, year=command.year,
            bearer_kind=command.bearer_kind, bearer=command.bearer, title=command.title, kinds=command.kinds,
            carried=command.carried, last_done=command.last_done,
        )
    )  # fmt: skip
    begin_periods(case)
    return None


@decides(AdoptPlan)
def adopt_plan(case: Case, command: AdoptPlan) -> Refusal | None:
    """Take over a new version; ``case.plan`` is that version by now."""
    book, plan = case.book, case.plan
    if command.plan_hash in ("", book.plan_hash):
        return Refusal(key="same_as_before")
    own = {duty.id: duty for duty in duties_of(plan, book.bearer_kind, book.bearer, book.kinds)}
    known = {name for name, _ in book.instances}
    case.record(
        PlanAdopted(
            plan_version=command.plan_version, plan_hash=command.plan_hash,
            changed=tuple(name for name in own if name in command.changed), ended=tuple(sorted(known - own.keys())),
        )
    )  # fmt: skip
    begin_periods(case)
    return None


@decides(CloseBook)
def close_book(case: Case, command: CloseBook) -> Refusal | None:
    """The office closes it, or the program when the list of bodies or the plan has the bearer no more."""
    if not case.keeps:
        return Refusal(key="staff_only", who=("admin",))
    case.record(BookClosed(by=case.actor.id, reason=command.reason or None))
    return None


@decides(ReopenBook)
def reopen_book(case: Case, command: ReopenBook) -> Refusal | None:
    """A closed book goes on with the periods that run now; nothing was owed meanwhile."""
    if not case.keeps:
        return Refusal(key="staff_only", who=("admin",))
    if case.book.state != "closed":
        return Refusal(key="same_as_before")
    case.record(BookReopened(by=case.actor.id))
    begin_periods(case)
    return None


@decides(DescribeBearer)
def describe_bearer(case: Case, command: DescribeBearer) -> Refusal | None:
    """Take over what the office's list says of the bearer now."""
    if not case.keeps:
        return Refusal(key="staff_only", who=("admin",))
    if (command.title, command.kinds) == (case.book.title, case.book.kinds):
        return Refusal(key="same_as_before")
    case.record(BearerDescribed(title=command.title, kinds=command.kinds))
    begin_periods(case)
    return None


# --- what it does to the book


@applies(BookOpened)
def _on_opened(book: DutyBook, event: BookOpened, item: Recorded) -> None:
    book.state, book.plan, book.plan_version, book.plan_hash = (
        "open", event.plan, event.plan_version, event.plan_hash,
    )  # fmt: skip
    book.jurisdiction, book.number, book.year = event.jurisdiction, event.number, event.year
    book.bearer_kind, book.bearer, book.title, book.kinds = (
        event.bearer_kind, event.bearer, event.title, event.kinds,
    )  # fmt: skip
    begins = datetime.combine(date(event.year, 1, 1), MORNING, tzinfo=BEIJING)
    book.since = min(begins, item.at) if event.carried else item.at
    book.last_done = {name: date.fromisoformat(day) for name, day in (event.last_done or {}).items()}
    add_instances(book, event.carried, item)


@applies(PlanAdopted)
def _on_adopted(book: DutyBook, event: PlanAdopted, item: Recorded) -> None:
    book.plan_version, book.plan_hash = event.plan_version, event.plan_hash


@applies(BookTurned)
def _on_turned(book: DutyBook, event: BookTurned, item: Recorded) -> None:
    book.state = "turned"


@applies(BookClosed)
def _on_closed(book: DutyBook, event: BookClosed, item: Recorded) -> None:
    book.state, book.closing = "closed", event.reason or ""


@applies(BookReopened)
def _on_reopened(book: DutyBook, event: BookReopened, item: Recorded) -> None:
    book.state, book.closing, book.reopened_at, book.begun_until = "open", "", item.at, None


@applies(BearerDescribed)
def _on_described(book: DutyBook, event: BearerDescribed, item: Recorded) -> None:
    book.title, book.kinds = event.title, event.kinds


@revises(KIND, "book")
def _of_the_whole(book: DutyBook, of: str) -> int | None:
    return 0


# --- who is told


def bearers_audience(book: DutyBook) -> Any:
    """Return to whom messages about a book go."""
    return to_role(book.bearer) if book.bearer_kind == "role" else to_unit(book.bearer)


def heads_audience(book: DutyBook) -> Any:
    """Return who is above the bearer: the head of a unit or body, nobody of a role."""
    return to_head(book.bearer) if book.bearer_kind != "role" else None


@tells(PlanAdopted)
def _tell_adopted(event: PlanAdopted, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    if event.changed or event.ended:
        yield Notice(
            kind="duty", key="duty_plan_adopted", to=bearers_audience(context.after), priority=3,
            params={"changed": event.changed, "ended": event.ended},
        )  # fmt: skip
