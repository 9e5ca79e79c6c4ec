"""Which function decides which command: the table of contents of all that can happen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from plans import commands as c
from plans.commands import Actor, Command
from plans.decide import facts, filing, levels, lifecycle, units
from plans.decide.case import Case
from plans.decide.outcome import Outcome, Refusal
from plans.decide.reassess import reassess
from plans.decide.wake import wake
from plans.incident import Incident
from plans.model import Plan
from plans.obligations import DEFAULT_POLICY, Policy

_DECIDERS: dict[type[Command], Callable[[Case, Any], Refusal | None]] = {
    c.Report: lifecycle.report,
    c.AddEvidence: lifecycle.add_evidence,
    c.TakeHandling: lifecycle.take_handling,
    c.TakeOver: lifecycle.take_over,
    c.Verify: facts.verify,
    c.Judge: facts.judge,
    c.Determine: facts.determine,
    c.Update: facts.update,
    c.Correct: facts.correct,
    c.Resolve: facts.resolve,
    c.Declare: levels.declare,
    c.RecordOral: levels.record_oral,
    c.DeclineProposal: levels.decline,
    c.End: levels.end,
    c.Sign: levels.sign,
    c.Acknowledge: units.acknowledge,
    c.File: filing.file,
    c.RingInVain: filing.ring_in_vain,
    c.RequestVerification: filing.request,
    c.Waive: filing.waive,
    c.Close: lifecycle.close,
    c.Reopen: lifecycle.reopen,
    c.Reject: lifecycle.reject,
    c.Merge: lifecycle.merge,
    c.Absorb: lifecycle.absorb,
    c.DenyDuplicate: lifecycle.deny_duplicate,
    c.Undo: lifecycle.undo,
    c.PauseDrill: lifecycle.pause,
    c.JumpDrill: lifecycle.jump,
    c.Wake: wake,
}

_ANY_WAY = (c.Report, c.Update, c.AddEvidence)
"""What may come in any way (anonymous, forwarded, edited, through a bot): it carries no authority."""

_ANY_STATE = (c.Report, c.AddEvidence, c.Reopen, c.Undo, c.Wake, c.File, c.Waive, c.Sign, c.TakeOver, c.RingInVain)


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
) -> Outcome | Refusal:
    """Return the events that the command comes to, with all that follows from them, or a refusal.

    Args:
        incident: as folded from the log; None only for :class:`plans.commands.Report`, which opens ``stream``.
        now: the incident's moment, aware (a drill's own offset included).
        cause: what asked for it; events of one cause are taken back together.
    """
    if incident is None and not isinstance(command, c.Report):
        return Refusal(key="no_incident")
    if actor.via != "direct" and not isinstance(command, _ANY_WAY):
        return Refusal(key="no_authority_that_way", params={"via": actor.via})
    if incident is not None and not incident.open and not isinstance(command, _ANY_STATE):
        return Refusal(key="not_running", params={"state": incident.state})
    case = Case(
        plan=plan, incident=incident or Incident(stream=stream), actor=actor, now=now, policy=policy, cause=cause
    )
    refusal = _DECIDERS[type(command)](case, command)
    if refusal is not None:
        return refusal
    if case.recorded:
        reassess(case)
    return Outcome(before=incident, after=case.incident, recorded=tuple(case.recorded))
