"""What becomes of a report that went up by a reporting line: it arrives, is taken, fails, or nobody takes it.

That it was taken makes it the report that was owed; where it cannot be delivered, or nobody there takes it, the seat is
told to ring. How the case above stands comes with it (``plans.incident.superiors``). What is heard of a case that went
into another one is passed on to that.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from plans.core import keys
from plans.core.command import SYSTEM, Command
from plans.core.event import Event, Recorded
from plans.core.keys import SEAT, Key
from plans.core.notice import Notice, NoticeType, declare
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides, guards, tells
from plans.incident.case import Case, NoticeContext
from plans.incident.filing import SHARED, Filed
from plans.incident.owed import filing_buttons
from plans.incident.records_beside import Submission
from plans.incident.state import KIND, Incident
from plans.incident.submitting import WRITTEN, left_of
from plans.incident.superiors import CaseAbove, Course, Question, hear

# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class HearBack(Command):
    """What is known now of what went up by a line; only the program itself says it. What is known already is nothing.

    Attributes:
        earlier: lines that led from the same office to the same one before, and into the same cases.
        submission: number of one that has arrived (``arrived``) or failed (``failed``: why); 0 where none is meant.
        heard: the office above has answered at all: the attributes behind it say how its case stands.
        phone: number of its duty line. number: of its case.
        taken: somebody has taken it; ``taken_at``, ``taker``: when and who, as far as is known.
        level: of response. merged: number of the case that it went into.
        passed: how the case above stands, of a case that went into this one.
    """

    line: str
    earlier: tuple[str, ...] = ()
    submission: int = 0
    arrived: bool = False
    failed: str = ""
    phone: str = ""
    heard: bool = False
    number: int = 0
    taken: bool = False
    taken_at: datetime | None = None
    taker: str = ""
    level: str | None = None
    course: Course = "running"
    merged: int = 0
    questions: tuple[Question, ...] = ()
    passed: CaseAbove | None = None

    any_state = True


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class SubmissionArrived(Event, name="submission-arrived"):
    """The office above has it on record; ``duty_line``: its number."""

    submission: int
    number: int = 0
    duty_line: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class SubmissionTaken(Event, name="submission-taken", personal=("taker",)):
    """Somebody of the office above has taken it."""

    submission: int
    number: int
    taken_at: datetime
    taker: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class SubmissionFailed(Event, name="submission-failed"):
    """It cannot be delivered; ``why`` is a key of the texts."""

    submission: int
    why: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SubmissionUnanswered(Event, name="submission-unanswered"):
    """Nobody of the office above took it in time: the seat was told to ring."""

    submission: int


# --- what may happen


@decides(HearBack)
def hear_back(case: Case, command: HearBack) -> Refusal | None:
    """Record what is new of what is known; the same once more records nothing."""
    if case.actor != SYSTEM:
        return Refusal(key="staff_only", who=("duty",))
    named = case.incident.submissions.get(command.submission)
    if named is not None and named.line == command.line and named.state == "sent":  # what has arrived fails no more
        if command.failed:
            case.record(SubmissionFailed(submission=named.sequence, why=command.failed))
        elif command.arrived:
            case.record(SubmissionArrived(submission=named.sequence, number=command.number, duty_line=command.phone))
    it = case_above(case.incident, command)
    if it is not None:
        if command.taken:
            for item in there(case.incident, command):
                if item.state == "arrived":
                    _take(case, item, command)
        hear(case, it)
    return None


def there(incident: Incident, command: HearBack) -> list[Submission]:
    """Return what went up into the case above of which is heard: by this line, or into the same case by an earlier."""
    return [
        item
        for item in incident.submissions.values()
        if item.state != "failed"
        and item.line in (command.line, *command.earlier)
        and (item.number in (0, command.number) or not command.number)
    ]


def case_above(incident: Incident, command: HearBack) -> CaseAbove | None:
    """Return how the case above stands, as it is heard; None where nothing is, or nothing ever went up into it."""
    mine = there(incident, command)
    if command.passed is not None or not command.heard or not mine:
        return command.passed
    return CaseAbove(
        command.line, mine[-1].place, command.number or mine[-1].number, command.level, command.course, command.merged,
        command.questions, tuple(dict.fromkeys(name for item in mine for name in item.to)), mine[0].at,
    )  # fmt: skip


def _take(case: Case, item: Submission, command: HearBack) -> None:
    """Note that it was taken, and the report that it is: made when it was submitted, to whom it is owed still."""
    at = max(min(command.taken_at or case.now, case.now), item.at)
    case.record(
        SubmissionTaken(
            submission=item.sequence, number=command.number, taken_at=at, taker=command.taker or None
        )
    )  # fmt: skip
    instance = case.incident.instances.get(item.key)
    if not item.files or instance is None or instance.status != "open" or case.incident.state in ("closed", "merged"):
        return
    left = left_of(case, instance)
    case.record(
        *(
            Filed(
                report=item.report,
                recipient=name,
                channel=WRITTEN,
                called_at=item.at,
                taker=command.taker or None,
                by=SYSTEM.id,
                figures=dict(item.figures),
                obligation=item.key if item.report not in SHARED else "",
            )
            for name in item.to
            if name in left
        )
    )


# --- what it does to the incident


def _change(incident: Incident, which: int, **changes: Any) -> None:
    if which in incident.submissions:
        incident.submissions[which] = replace(incident.submissions[which], **changes)


@applies(SubmissionArrived)
def _on_arrived(incident: Incident, event: SubmissionArrived, item: Recorded) -> None:
    _change(
        incident, event.submission, state="arrived", number=event.number, arrived_at=item.at,
        phone=event.duty_line,
    )  # fmt: skip


@applies(SubmissionTaken)
def _on_taken(incident: Incident, event: SubmissionTaken, item: Recorded) -> None:
    _change(
        incident, event.submission, state="taken", number=event.number, taken_at=event.taken_at,
        taker=event.taker or "",
    )  # fmt: skip


@applies(SubmissionFailed)
def _on_failed(incident: Incident, event: SubmissionFailed, item: Recorded) -> None:
    _change(incident, event.submission, state="failed", why=event.why)


@applies(SubmissionUnanswered)
def _on_unanswered(incident: Incident, event: SubmissionUnanswered, item: Recorded) -> None:
    _change(incident, event.submission, rung=True)


@guards(KIND)
def _open(incident: Incident) -> Iterator[Key]:
    yield from (keys.submission(item.sequence) for item in incident.submissions.values() if item.state != "taken")


# --- who is told


declare(
    NoticeType("submission_failed", fallback_to_group=True),
    NoticeType("submission_unanswered", fallback_to_group=True),
)


@tells(SubmissionTaken)
def _tell_taken(event: SubmissionTaken, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    yield Notice(kind="note", key="submission_taken", to=SEAT, priority=2, params={"submission": event.submission})


def _told_since(incident: Incident, number: int) -> bool:
    """Whether everybody for whom a report went up has heard it otherwise since."""
    item = incident.submissions[number]
    told = {one.recipient for one in incident.filings if one.sequence > number and one.report == item.report}
    return set(item.to) <= told


def _leading_on(number: int, context: NoticeContext) -> dict[str, Any]:
    """Return what a notice that asks to ring hangs on, and its buttons."""
    instance = context.after.submissions[number].key
    is_open = context.is_open(instance)
    return {
        "guard": keys.submission(number), "params": {"submission": number},
        "obligations": (instance,) if is_open else (), "buttons": filing_buttons(instance) if is_open else (),
    }  # fmt: skip


@tells(SubmissionFailed)
def _tell_failed(event: SubmissionFailed, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    told, more = _told_since(context.after, event.submission), _leading_on(event.submission, context)
    yield Notice(
        kind="reminder", key="submission_failed", to=SEAT, priority=2 if told else 1, ring=not told, **more
    )  # fmt: skip


@tells(SubmissionUnanswered)
def _tell_unanswered(event: SubmissionUnanswered, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    if not _told_since(context.after, event.submission):
        more = _leading_on(event.submission, context)
        yield Notice(kind="reminder", key="submission_unanswered", to=SEAT, priority=1, ring=True, **more)
