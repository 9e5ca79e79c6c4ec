"""An incident as the log tells it: ``fold(events) -> Incident``."""

from plans.incident.fold import apply, fold
from plans.incident.records import Call, Claim, Correction, Decision, Filing, Instance, Proposal, Request
from plans.incident.state import CASUALTIES, OPEN_STATES, RUNNING, Incident

__all__ = [
    "CASUALTIES",
    "OPEN_STATES",
    "RUNNING",
    "Call",
    "Claim",
    "Correction",
    "Decision",
    "Filing",
    "Incident",
    "Instance",
    "Proposal",
    "Request",
    "apply",
    "fold",
]
