"""From the report to the closed file, and the repairs on the way."""

from __future__ import annotations

from datetime import timedelta

from plans import commands as c
from plans import events as e
from plans.decide.case import Case
from plans.decide.facts import check_facts
from plans.decide.outcome import Refusal
from plans.obligations import wakes


def report(case: Case, command: c.Report) -> Refusal | None:
    """Record a report. Nothing is asked before it stands in the log; a time in the future is not believed."""
    known = {name: data for name, data in command.facts.items() if check_facts(case, {name: data}) is None}
    occurred, basis = command.occurred_at, command.occurred_basis or "stated"
    if occurred is None or occurred > command.reported_at:
        occurred, basis = command.reported_at, "assumed"
    candidates = tuple(item for item in command.candidates if any(item == cls.id for cls in case.plan.classes))
    by_staff = case.staff
    case.record(
        e.Reported(
            text=command.text, source=command.source or ("duty" if by_staff else "reporter"), reporter=case.actor.name or None,
            reporter_id=case.actor.id, informant=command.informant or None, unit=command.unit, origin=command.origin,
            plan=command.plan, plan_version=command.plan_version, plan_hash=command.plan_hash, jurisdiction=command.jurisdiction,
            number=command.number, year=command.year, drill=command.drill, reported_at=command.reported_at, occurred_at=occurred,
            occurred_basis=basis, occurred_text=command.occurred_text, place=command.place,
            event_class=candidates[0] if len(candidates) == 1 else "", candidates=candidates, facts=known,
            raised=command.raised, evidence=command.evidence,
        )
    )  # fmt: skip
    if by_staff:
        case.record(e.HandlingTaken(by=case.actor.id, name=case.actor.name or None))
    case.record(*(e.DuplicateSuspected(other=stream, number=number) for stream, number in command.duplicates))
    return None


def add_evidence(case: Case, command: c.AddEvidence) -> Refusal | None:
    """Keep a photo, voice message or file."""
    source = "duty" if case.staff else case.actor.id
    case.record(
        e.EvidenceAdded(kind=command.kind, reference=command.reference, caption=command.caption or None, source=source)
    )
    return None


def take_handling(case: Case, command: c.TakeHandling) -> Refusal | None:
    """「我来处理」."""
    if not case.staff:
        return Refusal(key="staff_only", who=case.titles(("duty",)))
    if case.incident.handled_by:
        return Refusal(
            key="already_handled",
            params={"name": case.incident.handler_name, "own": case.incident.handled_by == case.actor.id},
        )
    case.record(e.HandlingTaken(by=case.actor.id, name=case.actor.name or None))
    return None


def take_over(case: Case, command: c.TakeOver) -> Refusal | None:
    """「我接班」: what is open goes with the seat."""
    if not case.staff:
        return Refusal(key="staff_only", who=case.titles(("duty",)))
    if case.incident.seat == case.actor.id:
        return Refusal(key="already_on_seat")
    keys = tuple(item.key for item in case.incident.open_instances)
    case.record(e.SeatTaken(by=case.actor.id, name=case.actor.name or None, open_obligations=keys))
    return None


def close(case: Case, command: c.Close) -> Refusal | None:
    """归档; refused while obligations are open, which it lists."""
    if not case.staff:
        return Refusal(key="staff_only", who=case.titles(("duty",)))
    if case.incident.state != "ended":
        return Refusal(key="close_needs_end", params={"state": case.incident.state})
    open_ones = case.incident.open_instances
    if open_ones:
        return Refusal(
            key="open_obligations",
            clause=open_ones[0].clause,
            params={
                "open": [
                    {"key": item.key, "report": item.report, "clause": item.clause, "to": list(item.to)}
                    for item in open_ones
                ]
            },
        )
    case.record(e.Closed(by=case.actor.id, name=case.actor.name or None))
    return None


def reopen(case: Case, command: c.Reopen) -> Refusal | None:
    """Open a closed case again."""
    if not case.staff:
        return Refusal(key="staff_only", who=case.titles(("duty",)))
    if case.incident.state != "closed":
        return Refusal(key="not_closed", params={"state": case.incident.state})
    if not command.reason.strip():
        return Refusal(key="reason_to_reopen", confirm="reason")
    case.record(e.Reopened(by=case.actor.id, reason=command.reason))
    return None


def reject(case: Case, command: c.Reject) -> Refusal | None:
    """误报, at any time before the end; those who were told are owed a correction."""
    problem = _before_end(case)
    if problem:
        return problem
    if not command.reason.strip():
        return Refusal(key="reason_to_reject", confirm="reason")
    case.record(e.Rejected(by=case.actor.id, reason=command.reason, told=tuple(case.incident.told())))
    return None


def merge(case: Case, command: c.Merge) -> Refusal | None:
    """并案, by a duty officer's word only."""
    problem = _before_end(case)
    if problem:
        return problem
    if command.into == case.incident.stream:
        return Refusal(key="merge_into_itself")
    if case.incident.response_level is not None:
        return Refusal(
            key="merge_after_declaration", params={"level": case.incident.response_level, "into": command.number}
        )
    case.record(e.Merged(into=command.into, number=command.number, by=case.actor.id))
    return None


def absorb(case: Case, command: c.Absorb) -> Refusal | None:
    """Take in another incident; its figures become claims, nothing is summed."""
    if case.incident.state not in ("reported", "responding"):
        return Refusal(key="not_running", params={"state": case.incident.state})
    if not case.staff:
        return Refusal(key="staff_only", who=case.titles(("duty",)))
    case.record(
        e.Absorbed(
            other=command.other, number=command.number, claims={name: dict(value) for name, value in command.claims.items()},
            told=command.told, text=command.text or None,
        )
    )  # fmt: skip
    current = case.incident.occurred_at
    if command.occurred_at is not None and current is not None and command.occurred_at < current:
        case.record(e.OccurrenceChanged(occurred_at=command.occurred_at, previous=current, basis="merged"))
    return None


def deny_duplicate(case: Case, command: c.DenyDuplicate) -> Refusal | None:
    """「不是同一件」."""
    if not case.staff:
        return Refusal(key="staff_only", who=case.titles(("duty",)))
    if command.other not in case.incident.suspected:
        return Refusal(key="nothing_suspected")
    case.record(e.DuplicateDenied(other=command.other))
    return None


def _before_end(case: Case) -> Refusal | None:
    if not case.staff:
        return Refusal(key="staff_only", who=case.titles(("duty",)))
    if case.incident.state not in ("reported", "responding"):
        return Refusal(key="not_running", params={"state": case.incident.state})
    return None


_UNDOABLE = (e.UnitAnswered, e.Filed, e.Verified)


def undo(case: Case, command: c.Undo) -> Refusal | None:
    """Take back one's own last acknowledgement, filing or verification while its minute runs."""
    last = next(
        (
            item
            for item in reversed(case.incident.events)
            if item.actor == case.actor.id
            and item.sequence not in case.incident.undone
            and isinstance(item.event, _UNDOABLE)
        ),
        None,
    )
    if last is None:
        return Refusal(key="nothing_to_undo")
    if case.now - last.at > case.policy.undo:
        return Refusal(key="undo_too_late", params={"at": last.at, "seconds": int(case.policy.undo.total_seconds())})
    if last.cause:
        together = [item for item in case.incident.events if item.cause == last.cause]
    else:
        together = [
            item for item in case.incident.events if item.at == last.at and item.actor == last.actor and not item.cause
        ]
    first = min(item.sequence for item in together if isinstance(item.event, _UNDOABLE))
    sequences = tuple(
        item.sequence for item in together if item.sequence >= first and item.sequence not in case.incident.undone
    )
    case.record(e.Undone(sequences=sequences, what=last.event.NAME))
    return None


def pause(case: Case, command: c.PauseDrill) -> Refusal | None:
    """One tap pauses a drill; a second lets it go on."""
    if not case.incident.drill:
        return Refusal(key="not_a_drill")
    if not case.staff and "admin" not in case.actor.roles:
        return Refusal(key="staff_only", who=case.titles(("duty", "admin")))
    if case.incident.paused == command.paused:
        return Refusal(key="already_paused" if command.paused else "not_paused")
    case.record(e.DrillPaused(paused=command.paused))
    return None


def jump(case: Case, command: c.JumpDrill) -> Refusal | None:
    """跳到下一时限: the offset of this drill alone grows."""
    if not case.incident.drill:
        return Refusal(key="not_a_drill")
    if not case.staff and "admin" not in case.actor.roles:
        return Refusal(key="staff_only", who=case.titles(("duty", "admin")))
    at = min((item.due for item in case.incident.open_instances if item.due > case.now), default=None)
    at = at or min((point.at for point in wakes(case.incident, case.policy)), default=None)
    if command.by is None and (at is None or at <= case.now):
        return Refusal(key="no_deadline_ahead")
    by = command.by if command.by is not None else (at - case.now if at else timedelta())
    if by <= timedelta():
        return Refusal(key="no_deadline_ahead")
    case.record(e.DrillJumped(seconds=int(by.total_seconds())))
    return None
