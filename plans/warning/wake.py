"""A registered moment has come: what is due is read from the log, so that a missed or doubled wake does no harm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from plans.core.command import ClockCommand
from plans.core.kind import CALL, WakePoint, slack_of
from plans.core.outcome import Refusal
from plans.core.policy import Policy, after, pause
from plans.core.registry import decides
from plans.warning.case import Case
from plans.warning.expiry import ask_expiry, expiry_at
from plans.warning.proposals import ProposalRung
from plans.warning.state import WarningCase
from plans.warning.waking import BY_TELEPHONE, escalate, steps_of

PROPOSED, WAKING, EXPIRY = "proposed", "waking:", "expiry"
"""Keys of what waits; that of those who are silent with the step that they come to."""

AT_MOST = timedelta(minutes=5)
"""So much earlier the seat is told again, beside what it is told of other cases."""


@dataclass(frozen=True, kw_only=True, slots=True)
class WarningWake(ClockCommand):
    """Remind of what waits, climb with who is silent, ask what comes after the end."""


@decides(WarningWake)
def wake(case: Case, command: WarningWake) -> Refusal | None:
    """Do what has fallen due, each thing once; beside other cases also what may be said somewhat earlier."""
    due = {point.key for point in wakes(case.warning, case.policy) if point.falls_due(case.now, ahead=command.ahead)}
    proposal = case.warning.proposal
    if proposal is not None and PROPOSED in due:
        case.record(ProposalRung(ordinal=proposal.rung + 1))
    escalate(case, {int(key.removeprefix(WAKING)) for key in due if key.startswith(WAKING)})
    if EXPIRY in due:
        ask_expiry(case)
    return None


def proposal_at(warning: WarningCase, policy: Policy) -> datetime | None:
    """Return when the seat is reminded next that a warning waits."""
    proposal = warning.proposal
    if proposal is None or not warning.open:
        return None
    return after(proposal.rung_at or proposal.at, pause(policy.proposal, proposal.rung))


def wakes(warning: WarningCase, policy: Policy) -> Sequence[WakePoint]:
    """Return the next moment of everything that waits; recipients of one step are one of them, however many."""
    points = []
    if (at := proposal_at(warning, policy)) is not None and (proposal := warning.proposal) is not None:
        points.append(WakePoint(PROPOSED, at, "warning", slack_of(at - (proposal.rung_at or proposal.at))))
    first: dict[int, datetime] = {}
    for step in steps_of(warning, policy):
        first[step.step] = min(step.at, first.get(step.step, step.at))
    points += [
        # Nobody is called before his time: only the list of the duty seat may come with what else it is told.
        WakePoint(f"{WAKING}{number}", moment, "warning", AT_MOST)
        if number > BY_TELEPHONE
        else WakePoint(f"{WAKING}{number}", moment, CALL)
        for number, moment in first.items()
    ]
    if (at := expiry_at(warning, policy)) is not None:
        ends = warning.stage.content.ends if warning.stage is not None else None
        again = ends is not None and at > ends
        points.append(WakePoint(EXPIRY, at, "warning", AT_MOST if again else timedelta()))
    return points
