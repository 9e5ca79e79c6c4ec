"""An incident as the log tells it: ``fold(events) -> Incident``."""

from plans.incident.fold import apply, fold
from plans.incident.records import Basis, Call, Claim, Correction, Decision, Doubt, Filing, Instance, Proposal, Request
from plans.incident.state import CASUALTIES, EVENT_LEVEL, OPEN_STATES, RUNNING, Incident

__all__ = [
    "CASUALTIES",
    "EVENT_LEVEL",
    "OPEN_STATES",
    "RUNNING",
    "Basis",
    "Call",
    "Claim",
    "Correction",
    "Decision",
    "Doubt",
    "Filing",
    "Incident",
    "Instance",
    "Proposal",
    "Request",
    "apply",
    "fold",
]
