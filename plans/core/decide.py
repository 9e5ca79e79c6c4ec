"""``decide(plan, case, command, actor, now) -> outcome | refusal``: all that can happen to a case of any kind."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from plans.core.command import Actor, Command, Shown
from plans.core.kind import kind_of
from plans.core.outcome import CaseOutcome, Refusal, S
from plans.core.policy import DEFAULT_POLICY, Policy
from plans.core.registry import DECIDERS
from plans.core.revisions import revision_of
from plans.model import Plan


def decide(
    plan: Plan,
    state: S | None,
    command: Command,
    actor: Actor,
    *,
    now: datetime,
    stream: str = "",
    cause: str = "",
    policy: Policy = DEFAULT_POLICY,
    shown: Shown | None = None,
) -> CaseOutcome[S] | Refusal:
    """Return the events that the command comes to, with all that follows from them, or a refusal.

    Args:
        state: as folded from the log; None only for a command that opens a case, of the kind that ``stream`` says.
        now: the case's moment, aware (a drill's own offset included), as though its clock did not stand.
        cause: what asked for it; events of one cause are taken back together.
        shown: what was confirmed, as it was shown; after a change of that nothing is done.
    """
    if state is None and not command.opens:
        return Refusal(key="no_incident")
    kind = kind_of(state.stream if state is not None else stream)
    opened = state if state is not None else kind.state(stream)
    stands = opened.stood_at if opened.stood_at is not None else now
    case: Any = kind.case(
        plan=plan, state=opened, actor=actor, now=stands, policy=policy, cause=cause, would_be=max(now, stands)
    )  # fmt: skip
    refusal = (kind.refuses(case, command) if state is not None else None) or DECIDERS[type(command)](case, command)
    if refusal is not None and not refusal.confirm:
        return refusal
    if shown is not None and state is not None and revision_of(state, shown.object) != shown.revision:
        return Refusal(key="changed_since")
    if refusal is not None:
        return refusal
    if case.recorded:
        kind.follows(case, command)
    outcome: CaseOutcome[S] = kind.outcome(before=state, after=case.state, recorded=tuple(case.recorded))
    return outcome
