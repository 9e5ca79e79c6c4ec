"""A registered moment has come: what is due is read from the log, so that a missed or doubled wake does no harm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from plans.core.command import ClockCommand
from plans.core.kind import WakePoint
from plans.core.outcome import Refusal
from plans.core.policy import Policy, after, pause
from plans.core.registry import decides
from plans.warning.case import Case
from plans.warning.expiry import ask_expiry, expiry_at
from plans.warning.state import WarningCase
from plans.warning.taking import ProposalRung
from plans.warning.waking import escalate, steps_of


@dataclass(frozen=True, kw_only=True, slots=True)
class WarningWake(ClockCommand):
    """Remind of what waits, climb with who is silent, ask what comes after the end."""


@decides(WarningWake)
def wake(case: Case, command: WarningWake) -> Refusal | None:
    """Do what has fallen due, each thing once."""
    proposal = case.warning.proposal
    at = proposal_at(case.warning, case.policy)
    if proposal is not None and at is not None and at <= case.now:
        case.record(ProposalRung(ordinal=proposal.rung + 1))
    escalate(case)
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
    if (at := proposal_at(warning, policy)) is not None:
        points.append(WakePoint("proposed", at, "warning"))
    first: dict[int, datetime] = {}
    for step in steps_of(warning, policy):
        first[step.step] = min(step.at, first.get(step.step, step.at))
    points += [WakePoint(f"waking:{number}", moment, "warning") for number, moment in first.items()]
    if (at := expiry_at(warning, policy)) is not None:
        points.append(WakePoint("expiry", at, "warning"))
    return points
