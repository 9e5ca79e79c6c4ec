"""What a superior wants verified (核实): asked of us, with a clock that starts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from plans.core.command import Command
from plans.core.event import Event, Recorded
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides
from plans.incident.case import Case
from plans.incident.filing import strange
from plans.incident.records import Request
from plans.incident.state import Incident
from plans.obligations.starts import recipients

# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class RequestVerification(Command):
    """A superior asks for something to be verified."""

    recipient: str = ""
    question: str = ""
    requested_at: datetime | None = None


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class VerificationRequested(Event, name="verification-requested", personal=("question",)):
    """A superior asked for something to be verified; ``key``: of the question that came by a reporting line."""

    recipient: str
    requested_at: datetime
    question: str | None = None
    key: str = ""


# --- what may happen


@decides(RequestVerification)
def request(case: Case, command: RequestVerification) -> Refusal | None:
    """A superior wants something verified: its clock starts."""
    if not case.staff:
        return Refusal(key="staff_only", who=("duty",))
    at: datetime = command.requested_at or case.now
    problem = case.ahead(at)
    if problem is not None:
        return problem
    rule = next((item for item in case.plan.obligations if item.clock.from_ == "requested"), None)
    if rule is None:
        return Refusal(key="plan_has_no_verification")
    recipient = command.recipient or recipients(case.plan, rule)[0]
    problem = strange(case, (recipient,))
    if problem:
        return problem
    case.record(VerificationRequested(recipient=recipient, requested_at=at, question=command.question or None))
    return None


def of_request(key: str, request: int) -> bool:
    """Return whether an obligation is the answer that a request wants: its key names what it arose from.

    Args:
        request: number of the request in the log.
    """
    return key.split(":")[1:2] == [str(request)]


# --- what it does to the incident


@applies(VerificationRequested)
def _on_requested(incident: Incident, event: VerificationRequested, item: Recorded) -> None:
    incident.requests.append(
        Request(item.sequence, event.recipient, event.requested_at, event.question or "", event.key)
    )
