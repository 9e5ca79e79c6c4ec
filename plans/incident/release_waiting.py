"""A statement for the public that waits: reminded of by the clock, or submitted to the body that publishes instead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from plans.acting import carries_out
from plans.core import keys
from plans.core.command import Command
from plans.core.event import Event, Recorded
from plans.core.notice import Notice, NoticeType, declare
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides, tells
from plans.incident.case import Case, NoticeContext
from plans.incident.records_beside import Statement
from plans.incident.releasing import acting, pending, rule_of
from plans.incident.state import Incident

# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class SubmitRelease(Command):
    """The draft was submitted to the body that publishes instead.

    Attributes:
        release: number of the draft in the log. taker: who took it there.
    """

    release: int
    taker: str = ""


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class ReleaseSubmitted(Event, name="release-submitted", personal=("name", "taker")):
    """A statement was submitted to the body that publishes instead."""

    release: int
    clause: str
    publisher: str
    by: str
    name: str | None = None
    taker: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ReleaseRung(Event, name="release-rung"):
    """A statement that waits was reminded of."""

    release: int
    ordinal: int


# --- what may happen


@decides(SubmitRelease)
def submit(case: Case, command: SubmitRelease) -> Refusal | None:
    """Note that it was submitted; what is published here is published."""
    if not case.staff:
        return Refusal(key="staff_only", who=("duty",))
    statement = pending(case, command.release)
    if isinstance(statement, Refusal):
        return statement
    rule = rule_of(case.plan, case.incident.event_level)
    if rule is None or not rule.above or rule.above != statement.publisher:
        return Refusal(key="release_not_above", clause=statement.clause)
    if statement.approval and not statement.approved:
        return Refusal(key="release_not_approved", clause=statement.clause, params={"approval": statement.approval})
    case.record(
        ReleaseSubmitted(
            release=command.release, clause=statement.clause, publisher=statement.publisher, by=case.actor.id,
            name=case.actor.name or None, taker=command.taker.strip() or None,
        )
    )  # fmt: skip
    return None


# --- what it does to the incident


def _change(incident: Incident, number: int, **changes: object) -> None:
    statement = incident.statements.get(number)
    if statement is not None:
        changed: Statement = replace(statement, **changes)  # type: ignore[arg-type]
        incident.statements[number] = changed


@applies(ReleaseSubmitted)
def _on_submitted(incident: Incident, event: ReleaseSubmitted, item: Recorded) -> None:
    _change(incident, event.release, changed=item.sequence, status="submitted", published_at=item.at)


@applies(ReleaseRung)
def _on_rung(incident: Incident, event: ReleaseRung, item: Recorded) -> None:
    _change(incident, event.release, rung=event.ordinal, rung_at=item.at)


# --- who is told


declare(NoticeType("release_again", asks_to_decide=True, stamps=True, joins_as="due"))


@carries_out("clock", "release", "Release")
@tells(ReleaseRung)
def _tell_rung(event: ReleaseRung, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    """Whoever acts next is asked again, with what he needs for it."""
    statement = context.after.statements.get(event.release)
    if statement is None or statement.status != "draft":
        return
    for to, presses in acting(context.plan, context.after, event.release):
        yield Notice(
            kind="reminder", key="release_again", to=to, priority=1, ring=True, guard=keys.statement(event.release),
            params={"sequence": event.release}, buttons=presses,
        )  # fmt: skip
