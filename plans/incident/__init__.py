"""An incident as the log tells it: ``fold(events) -> Incident``."""

from plans.incident.fold import apply, fold
from plans.incident.state import (
    CASUALTIES,
    OPEN_STATES,
    Call,
    Claim,
    Decision,
    Filing,
    Incident,
    Instance,
    Proposal,
)

__all__ = [
    "CASUALTIES",
    "OPEN_STATES",
    "Call",
    "Claim",
    "Decision",
    "Filing",
    "Incident",
    "Instance",
    "Proposal",
    "apply",
    "fold",
]
