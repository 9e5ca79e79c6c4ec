"""From the report to the closed file."""

from __future__ import annotations

from plans import commands as c
from plans import events as e
from plans.decide.case import Case
from plans.decide.checks import check_facts, is_first_death
from plans.decide.choosing import weigh
from plans.decide.outcome import Refusal
from plans.incident import RUNNING
from plans.incident.records import Evidence


def report(case: Case, command: c.Report) -> Refusal | None:
    """Record a report. Nothing is asked before it stands in the log; a time in the future is not believed.

    Office is what this plan and jurisdiction know of: a duty officer of another one is a reporter like anybody. Only
    whoever holds the seat here has the case in hand by reporting it; for everybody else the seat is rung.
    """
    known = {name: data for name, data in command.facts.items() if check_facts(case, {name: data}) is None}
    raised = tuple(name for name in command.raised if check_facts(case, {}, (name,)) is None)
    occurred, basis = command.occurred_at, command.occurred_basis or "stated"
    if occurred is None or occurred > command.reported_at:
        occurred, basis = command.reported_at, "assumed"
    candidates = tuple(item for item in command.candidates if any(item == cls.id for cls in case.plan.classes))
    if command.begins_drill and not (case.staff or (case.actor.via == "direct" and "admin" in case.actor.roles)):
        return Refusal(key="drill_by_office", who=case.titles(("duty",)))
    on_duty = case.actor.via == "direct" and "duty" in case.actor.roles
    source = "duty" if on_duty else "reporter"
    if command.source not in ("", "duty"):
        source = command.source
    first_death = is_first_death(case, known)
    case.record(
        e.Reported(
            text=command.text,
            source=source,
            reporter=case.actor.name or None,
            reporter_id=case.actor.id,
            informant=(command.informant if case.staff else "") or None,
            unit=command.unit,
            origin=command.origin,
            plan=command.plan,
            plan_version=command.plan_version,
            plan_hash=command.plan_hash,
            jurisdiction=command.jurisdiction,
            number=command.number,
            year=command.year,
            drill=command.drill,
            reported_at=command.reported_at,
            occurred_at=occurred,
            occurred_basis=basis,
            occurred_text=command.occurred_text,
            place=command.place,
            event_class=candidates[0] if len(candidates) == 1 else "",
            candidates=candidates,
            facts=known,
            raised=raised,
            evidence=command.evidence,
            said_at=command.said_at,
            flags=command.flags,
        )
    )
    weigh(case, command)
    if first_death:
        case.record(e.DeathUnconfirmed(value=known["deaths"], source=case.incident.source))
    if on_duty and command.seated:
        case.record(e.HandlingTaken(by=case.actor.id, name=case.actor.name or None))
    case.record(*(e.DuplicateSuspected(other=stream, number=number) for stream, number in command.duplicates))
    return None


def add_evidence(case: Case, command: c.AddEvidence) -> Refusal | None:
    """Put a photo, voice message, file or place with the incident; a named place tells where it is if nobody has."""
    if command.reference in case.incident.evidence:
        return Refusal(key="nothing_new")
    source = "duty" if case.staff else case.actor.id
    case.record(
        e.EvidenceAdded(
            kind=command.kind,
            reference=command.reference,
            caption=command.caption or None,
            source=source,
            sent_at=command.sent_at,
            name=command.name or None,
        )
    )
    if command.kind == "venue" and command.name and not case.incident.place:
        case.record(e.SceneStated(place=command.name))
    return None


def keep_evidence(case: Case, command: c.KeepEvidence) -> Refusal | None:
    """A file was fetched: its digest, its sender and the time it was sent at stand in the log."""
    found = _waited_for(case, command.reference)
    if found is None:
        return Refusal(key="nothing_new")
    case.record(
        e.EvidenceKept(
            kind=found.kind,
            reference=found.reference,
            digest=command.digest,
            size=command.size,
            sender=found.sender,
            sent_at=found.at,
        )
    )
    return None


def lose_evidence(case: Case, command: c.LoseEvidence) -> Refusal | None:
    """A file cannot be fetched."""
    found = _waited_for(case, command.reference)
    if found is None:
        return Refusal(key="nothing_new")
    case.record(e.EvidenceLost(kind=found.kind, reference=found.reference, why=command.reason))
    return None


def _waited_for(case: Case, reference: str) -> Evidence | None:
    """Return what was sent and is not settled yet; only the program itself fetches files."""
    found = case.incident.evidence.get(reference)
    if "system" not in case.actor.roles or found is None or found.digest or found.lost:
        return None
    return found


def take_handling(case: Case, command: c.TakeHandling) -> Refusal | None:
    """「我来处理」."""
    if not case.staff:
        return Refusal(key="staff_only", who=case.titles(("duty",)))
    if case.incident.handled_by:
        own = case.incident.handled_by == case.actor.id
        return Refusal(key="already_handled", params={"name": case.incident.handler_name, "own": own})
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
    """归档; refused while the office's obligations are open, which it lists.

    What others owed (学校 → 镇街) the office cannot file: unconfirmed, it stays in the record as it is. What would be
    owed only at a level that nobody has determined goes with the case, whose record says that the level was overtaken.
    """
    if not case.staff:
        return Refusal(key="staff_only", who=case.titles(("duty",)))
    if case.incident.state != "ended":
        return Refusal(key="close_needs_end", params={"state": case.incident.state})
    doubt = case.incident.doubt
    left = [
        item
        for item in case.incident.open_instances
        if item.by_office and not (item.possible and doubt is not None and item.opened_sequence > doubt.first)
    ]
    if left:
        shown = [
            {
                "key": item.key,
                "report": item.report,
                "clause": item.clause,
                "to": list(item.to),
                "possible": item.possible,
            }
            for item in left
        ]
        return Refusal(key="open_obligations", clause=left[0].clause, params={"open": shown})
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
    problem = before_end(case)
    if problem:
        return problem
    if not command.reason.strip():
        return Refusal(key="reason_to_reject", confirm="reason")
    case.record(e.Rejected(by=case.actor.id, reason=command.reason, told=tuple(case.incident.told())))
    return None


def before_end(case: Case) -> Refusal | None:
    """Return why the actor cannot decide about the case as a whole now."""
    if not case.staff:
        return Refusal(key="staff_only", who=case.titles(("duty",)))
    if case.incident.state not in RUNNING:
        return Refusal(key="not_running", params={"state": case.incident.state})
    return None
