"""Which function decides which command: the table of contents of all that can happen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from plans import commands as c
from plans import events as e
from plans.commands import Actor, Command, Shown
from plans.decide import (
    choosing,
    completing,
    drills,
    facts,
    filing,
    judging,
    levels,
    lifecycle,
    merging,
    repairs,
    units,
)
from plans.decide.calling import call_what_became_plain
from plans.decide.case import Case
from plans.decide.outcome import Outcome, Refusal
from plans.decide.reassess import reassess
from plans.decide.wake import wake
from plans.incident import RUNNING, Incident
from plans.incident.changes import revision_of
from plans.model import Plan
from plans.obligations import DEFAULT_POLICY, Policy

_DECIDERS: dict[type[Command], Callable[[Case, Any], Refusal | None]] = {
    c.Report: lifecycle.report,
    c.AddEvidence: lifecycle.add_evidence,
    c.NoteEdit: completing.note_edit,
    c.SettleEdit: completing.settle_edit,
    c.AnswerElement: completing.answer_element,
    c.KeepEvidence: lifecycle.keep_evidence,
    c.LoseEvidence: lifecycle.lose_evidence,
    c.TakeHandling: lifecycle.take_handling,
    c.TakeOver: lifecycle.take_over,
    c.ChoosePlan: choosing.choose_plan,
    c.Verify: judging.verify,
    c.Judge: judging.judge,
    c.Determine: judging.determine,
    c.Update: facts.update,
    c.Correct: facts.correct,
    c.Resolve: facts.resolve,
    c.Declare: levels.declare,
    c.RecordOral: levels.record_oral,
    c.DeclineProposal: levels.decline,
    c.End: levels.end,
    c.Sign: levels.sign,
    c.Acknowledge: units.acknowledge,
    c.CallMore: units.call_more,
    c.NameBody: units.name_body,
    c.File: filing.file,
    c.RingInVain: filing.ring_in_vain,
    c.RequestVerification: filing.request,
    c.Waive: filing.waive,
    c.Close: lifecycle.close,
    c.Reopen: lifecycle.reopen,
    c.Reject: lifecycle.reject,
    c.Merge: merging.merge,
    c.Absorb: merging.absorb,
    c.DenyDuplicate: merging.deny_duplicate,
    c.Undo: repairs.undo,
    c.PauseDrill: drills.pause,
    c.JumpDrill: drills.jump,
    c.Wake: wake,
}

_ANY_WAY = (c.Report, c.Update, c.AddEvidence, c.NoteEdit)
"""What may come in any way (anonymous, forwarded, edited, through a bot): it carries no authority then."""

_ANY_STATE = (c.AddEvidence, c.KeepEvidence, c.LoseEvidence, c.Reopen, c.Sign, c.Wake)
_UNTIL_CLOSED = (c.Undo, c.File, c.Waive, c.RingInVain, c.TakeOver)
"""Also after a rejection: a correction may be owed then."""


def decide(
    plan: Plan,
    incident: Incident | None,
    command: Command,
    actor: Actor,
    *,
    now: datetime,
    stream: str = "",
    cause: str = "",
    policy: Policy = DEFAULT_POLICY,
    shown: Shown | None = None,
) -> Outcome | Refusal:
    """Return the events that the command comes to, with all that follows from them, or a refusal.

    Args:
        incident: as folded from the log; None only for :class:`plans.commands.Report`, which opens ``stream``.
        now: the incident's moment, aware (a drill's own offset included).
        cause: what asked for it; events of one cause are taken back together.
        shown: what was confirmed, as it was shown; after a change of that nothing is done.
    """
    case = Case(
        plan=plan, incident=incident or Incident(stream=stream), actor=actor, now=now, policy=policy, cause=cause
    )
    refusal = _not_here(case, incident, command) or _DECIDERS[type(command)](case, command)
    if refusal is not None and not refusal.confirm:
        return refusal
    if shown is not None and incident is not None and revision_of(incident, shown.object) != shown.revision:
        return Refusal(key="changed_since")
    if refusal is not None:
        return refusal
    if case.recorded:
        _taken_over(case, command)
        if not isinstance(command, c.Wake):
            call_what_became_plain(case, getattr(command, "unreachable", frozenset()))
        reassess(case)
    return Outcome(before=incident, after=case.incident, recorded=tuple(case.recorded))


def _taken_over(case: Case, command: Command) -> None:
    """Whatever the duty officer does about a running case, somebody has taken it: nobody is told otherwise."""
    incident, actor = case.incident, case.actor
    if isinstance(command, c.Report) or incident.handled_by or incident.state not in RUNNING:
        return
    if actor.via == "direct" and "duty" in actor.roles:
        case.record(e.HandlingTaken(by=actor.id, name=actor.name or None))


def _not_here(case: Case, incident: Incident | None, command: Command) -> Refusal | None:
    """Return why such a command cannot be asked of such an incident, or in such a way, by anybody."""
    if incident is None:
        return None if isinstance(command, c.Report) else Refusal(key="no_incident")
    if isinstance(command, c.Report):
        return Refusal(key="already_reported", params={"number": incident.number})
    if case.actor.via != "direct" and not isinstance(command, _ANY_WAY):
        return _that_way(case, command)
    if incident.open or isinstance(command, _ANY_STATE):
        return None
    if isinstance(command, _UNTIL_CLOSED) and incident.state not in ("closed", "merged"):
        return None
    return Refusal(key="not_running", params={"state": incident.state})


def _that_way(case: Case, command: Command) -> Refusal:
    """Refuse what came in a way that carries no authority, with the clause and who may."""
    level = command.level if isinstance(command, c.Declare | c.RecordOral) else case.incident.response_level
    response = case.response(level) if isinstance(command, c.Declare | c.RecordOral | c.End) else None
    if response is None:
        return Refusal(key="no_authority_that_way", params={"via": case.actor.via})
    who = levels.declarers(case, response) if not isinstance(command, c.End) else levels.enders(case)
    clause = response.clause if isinstance(command, c.End) else levels.clause_of(case, response)
    return Refusal(key="no_authority_that_way", clause=clause, who=case.titles(who), params={"via": case.actor.via})
