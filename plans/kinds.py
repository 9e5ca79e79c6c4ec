"""Every kind of case there is, and what is asked of a case of any kind. Whoever reads logs imports from here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Protocol, overload

from plans.core import decide as core
from plans.core.command import Actor, Command, Shown
from plans.core.event import Recorded
from plans.core.fold import apply
from plans.core.fold import fold as fold_any
from plans.core.kind import WakePoint, kind_of, kinds
from plans.core.notices import asked_again, notices
from plans.core.outcome import CaseOutcome, Refusal, S
from plans.core.policy import DEFAULT_POLICY, Policy
from plans.core.revisions import objects, revision_of
from plans.core.state import CaseState
from plans.desk import instructions  # noqa: F401  # of INSTRUCTED: its chasing alone names no other topic of it
from plans.desk.announcements import ANNOUNCED
from plans.desk.chasing import INSTRUCTED
from plans.desk.directing import DRILL
from plans.desk.entry_kind import ENTRY
from plans.desk.handovers import HANDOVER
from plans.desk.spot_checks import SPOT_CHECK
from plans.duty.kind import DUTY
from plans.incident.case import Outcome
from plans.incident.kind import INCIDENT
from plans.incident.state import Incident
from plans.model import Plan
from plans.warning.kind import WARNING

__all__ = [
    "ANNOUNCED", "DRILL", "DUTY", "ENTRY", "HANDOVER", "INCIDENT", "INSTRUCTED", "SPOT_CHECK", "WARNING", "apply",
    "asked_again", "decide", "fold", "fold_any", "kind_of", "kinds", "notices", "objects", "revision_of", "wakes",
]  # fmt: skip


class _Decide(Protocol):
    """``plans.core.decide.decide``, with the outcome that each kind of case has."""

    @overload
    def __call__(
        self, plan: Plan, state: Incident | None, command: Command, actor: Actor, *, now: datetime, stream: str = "",
        cause: str = "", policy: Policy = DEFAULT_POLICY, shown: Shown | None = None,
    ) -> Outcome | Refusal: ...  # fmt: skip

    @overload
    def __call__(
        self, plan: Plan, state: S | None, command: Command, actor: Actor, *, now: datetime, stream: str = "",
        cause: str = "", policy: Policy = DEFAULT_POLICY, shown: Shown | None = None,
    ) -> CaseOutcome[S] | Refusal: ...  # fmt: skip

    def __call__(self, *args: Any, **options: Any) -> Any:
        """See :func:`plans.core.decide.decide`."""


decide: _Decide = core.decide  # type: ignore[assignment]  # a kind's outcome is a subclass that only the kind knows


def fold(stream: str, log: Iterable[Recorded]) -> Incident:
    """Return the incident that a log tells."""
    incident: Incident = fold_any(stream, log)
    return incident


def wakes(case: CaseState, policy: Policy) -> Sequence[WakePoint]:
    """Return the next moment of everything that waits in a case, in the case's own time."""
    return kind_of(case.stream).wakes(case, policy)
