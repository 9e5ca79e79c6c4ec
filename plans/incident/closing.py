"""The end of a case: closed, opened again, or rejected as a mistake (误报)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plans.core.command import Command
from plans.core.event import Event, Recorded
from plans.core.keys import GROUP, REPORTER, SEAT, to_unit
from plans.core.notice import Notice, NoticeType, declare
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides, tells
from plans.incident.case import Case, NoticeContext
from plans.incident.records import Correction
from plans.incident.revisions import revision
from plans.incident.state import RUNNING, Incident
from plans.obligations.rules import tasks_after

# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class Close(Command):
    """Close the case; refused while obligations are open."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reopen(Command):
    """Open a closed case again, to ``ended``."""

    reason: str = ""

    any_state = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Reject(Command):
    """误报."""

    reason: str = ""


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class Closed(Event, name="closed", personal=("name",)):
    """The case was closed (归档)."""

    by: str
    name: str | None = None

    touches = ("course",)


@dataclass(frozen=True, kw_only=True, slots=True)
class Reopened(Event, name="reopened", personal=("reason",)):
    """A closed case was opened again, to ``ended``."""

    by: str
    reason: str | None = None

    touches = ("course",)


@dataclass(frozen=True, kw_only=True, slots=True)
class Rejected(Event, name="rejected", personal=("reason",)):
    """The report was a mistake (误报). ``told`` heard it and are owed a correction."""

    by: str
    reason: str | None
    told: tuple[str, ...] = ()

    touches = ("course",)


# --- what may happen


@decides(Close)
def close(case: Case, command: Close) -> Refusal | None:
    """归档; refused while the office's obligations are open, which it lists.

    What others owed (学校 → 镇街) the office cannot file: unconfirmed, it stays in the record as it is. So do tasks
    after the end, which take longer than a case is kept open; whoever closes it reads which are not done. What would be
    owed only at a level that nobody has determined goes with the case, whose record says that the level was overtaken.
    """
    if not case.staff:
        return Refusal(key="staff_only", who=("duty",))
    if case.incident.state != "ended":
        return Refusal(key="close_needs_end", params={"state": case.incident.state})
    doubt = case.incident.doubt
    tasks = {task.id for task in tasks_after(case.plan)}
    open_ones = [
        item
        for item in case.incident.open_instances
        if item.by_office
        and item.rule not in tasks
        and not (item.possible and doubt is not None and item.opened_sequence > doubt.first)
    ]
    if open_ones:
        listing = [
            {
                "key": item.key,
                "report": item.report,
                "clause": item.clause,
                "to": list(item.to),
                "possible": item.possible,
            }
            for item in open_ones
        ]
        return Refusal(key="open_obligations", clause=open_ones[0].clause, params={"open": listing})
    case.record(Closed(by=case.actor.id, name=case.actor.name or None))
    return None


@decides(Reopen)
def reopen(case: Case, command: Reopen) -> Refusal | None:
    """Open a closed case again."""
    if not case.staff:
        return Refusal(key="staff_only", who=("duty",))
    if case.incident.state != "closed":
        return Refusal(key="not_closed", params={"state": case.incident.state})
    if not command.reason.strip():
        return Refusal(key="reason_to_reopen", confirm="reason")
    case.record(Reopened(by=case.actor.id, reason=command.reason))
    return None


@decides(Reject)
def reject(case: Case, command: Reject) -> Refusal | None:
    """误报, at any time before the end; those who were told are owed a correction."""
    problem = before_end(case)
    if problem:
        return problem
    if not command.reason.strip():
        return Refusal(key="reason_to_reject", confirm="reason")
    case.record(Rejected(by=case.actor.id, reason=command.reason, told=tuple(case.incident.last_filings())))
    return None


def before_end(case: Case) -> Refusal | None:
    """Return why the actor cannot decide about the case as a whole now."""
    if not case.staff:
        return Refusal(key="staff_only", who=("duty",))
    if case.incident.state not in RUNNING:
        return Refusal(key="not_running", params={"state": case.incident.state})
    return None


# --- what it does to the incident


@applies(Closed)
def _on_closed(incident: Incident, event: Closed, item: Recorded) -> None:
    incident.state, incident.closed_at = "closed", item.at


@applies(Reopened)
def _on_reopened(incident: Incident, event: Reopened, item: Recorded) -> None:
    incident.state, incident.closed_at = "ended", None


@applies(Rejected)
def _on_rejected(incident: Incident, event: Rejected, item: Recorded) -> None:
    incident.state, incident.proposal, incident.question = "rejected", None, ""
    incident.doubts = {}
    if event.told:
        ordinal = len(incident.corrections) + 1
        incident.corrections.append(Correction(item.sequence, item.at, event.told, ordinal, {}, {}, "rejected"))


revision("course", "response")


# --- who is told


declare(NoticeType("rejected_reporter", neutral=True))


@tells(Closed)
def _tell_closed(event: Closed, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    yield Notice(kind="closed", key="closed", to=GROUP, priority=3)
    tasks = {task.id for task in tasks_after(context.plan)}
    left = tuple(item.key for item in context.after.open_instances if item.rule in tasks and not item.possible)
    if left:
        yield Notice(kind="note", key="closed_before_tasks", to=SEAT, priority=2, params={"keys": left})


@tells(Reopened)
def _tell_reopened(event: Reopened, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    yield Notice(kind="note", key="reopened", to=GROUP, priority=2, params={"reason": event.reason or ""})


@tells(Rejected)
def _tell_rejected(event: Rejected, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    yield Notice(kind="note", key="rejected", to=GROUP, priority=2, params={"reason": event.reason or ""})
    yield Notice(kind="note", key="rejected_reporter", to=REPORTER, priority=2)
    for unit in context.called():
        yield Notice(kind="note", key="rejected_unit", to=to_unit(unit), priority=1, params={"unit": unit})
