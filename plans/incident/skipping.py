"""Reports past a level (越级上报): to whom, when and why, where the plan allows it; whoever is owed stays owed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from plans.acting import carries_out
from plans.core.command import Command
from plans.core.event import Event, Recorded
from plans.core.keys import SEAT
from plans.core.notice import Notice
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides, tells
from plans.incident.case import Case, NoticeContext
from plans.incident.filing import Filed
from plans.incident.instances import find_instance, no_such
from plans.incident.past import figures_at
from plans.incident.records import Instance
from plans.incident.records_beside import Skip
from plans.incident.state import Incident
from plans.model import Obligation, Plan

# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class SkipLevel(Command):
    """Record that a report went past a level.

    Attributes:
        obligation: key of the instance, or id of its rule.
        to: whom it was made to; the plan need not know the body.
        shown: number in the log up to which the words knew that were read out; 0 = all that was known at the call.
    """

    obligation: str
    to: str
    channel: str = ""
    called_at: datetime | None = None
    taker: str = ""
    reason: str = ""
    shown: int = 0


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class LevelSkipped(Event, name="level-skipped", personal=("name", "reason")):
    """A report was made past those to whom it is owed; what was told is the filing of the same command.

    Attributes:
        key: of the instance; its recipients stay owed. together: the plan has them told at the same time.
    """

    key: str
    clause: str
    recipient: str
    at: datetime
    together: bool = False
    by: str
    name: str | None = None
    reason: str | None = None

    undoable = True


# --- what the plan says


def rule_of(plan: Plan, instance: Instance) -> Obligation | None:
    """Return the rule of an instance where the plan allows to skip a level, else None."""
    return next((rule for rule in plan.obligations if rule.id == instance.rule and rule.skip_level), None)


# --- what may happen


@carries_out("command", "skip", "Obligation.skip_level", "Obligation.skip_together")
@decides(SkipLevel)
def skip(case: Case, command: SkipLevel) -> Refusal | None:
    """Record a report past a level, with the figures that were told; nobody is taken off the list by it."""
    if not case.staff:
        return Refusal(key="staff_only", who=("duty",))
    instance = find_instance(case, command.obligation)
    if instance is None:
        return no_such(case, command.obligation)
    rule = rule_of(case.plan, instance)
    if rule is None:
        return Refusal(key="no_skipping", clause=instance.clause, params={"report": instance.report})
    clause, at = rule.skip_clause or rule.clause, command.called_at or case.now
    if not command.to.strip():
        return Refusal(key="skip_to_whom", clause=clause, params={"report": instance.report})
    if command.to in instance.to:
        return Refusal(key="skip_is_owed", clause=clause, params={"report": instance.report, "to": command.to})
    problem = case.ahead(at)
    if problem is not None:
        return problem
    if any(item.key == instance.key and item.recipient == command.to for item in case.incident.skips):
        return Refusal(key="skipped_already", clause=clause, params={"report": instance.report, "to": command.to})
    channel = command.channel or ("电话" if instance.channel == "any" else instance.channel)
    case.record(
        LevelSkipped(
            key=instance.key,
            clause=clause,
            recipient=command.to.strip(),
            at=at,
            together=rule.skip_together,
            by=case.actor.id,
            name=case.actor.name or None,
            reason=command.reason.strip() or None,
        ),
        Filed(
            report=instance.report,
            recipient=command.to.strip(),
            channel=channel,
            called_at=at,
            taker=command.taker or None,
            by=case.actor.id,
            name=case.actor.name or None,
            figures=figures_at(case.incident, at, command.shown),
        ),
    )
    return None


# --- what it does to the incident


@applies(LevelSkipped)
def _on_skipped(incident: Incident, event: LevelSkipped, item: Recorded) -> None:
    incident.skips += (
        Skip(item.sequence, event.key, event.clause, event.recipient, event.at, event.reason or "", event.name or ""),
    )


# --- who is told


@tells(LevelSkipped)
def _tell_skipped(event: LevelSkipped, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    """The seat reads who is owed the report all the same."""
    yield Notice(
        kind="note",
        key="level_skipped",
        to=SEAT,
        priority=2,
        obligations=(event.key,),
        params={"key": event.key, "recipient": event.recipient, "together": event.together, "clause": event.clause},
    )
