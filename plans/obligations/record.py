"""What the log holds of each thing owed: by which filing each recipient heard it, though the rules ask no more."""

from __future__ import annotations

from plans.assess import environment
from plans.core.event import Undone
from plans.core.fold import fold
from plans.core.policy import Policy
from plans.incident.owed import ObligationFiled, ObligationSuperseded, ObligationWaived
from plans.incident.records import Filing, Instance
from plans.incident.state import Incident
from plans.model import Plan
from plans.obligations.wanted import CORRECTION, covering, wanted

_SETTLING = (ObligationFiled, ObligationWaived, ObligationSuperseded)


def coverage(plan: Plan, incident: Incident, instance: Instance, policy: Policy) -> dict[str, Filing | None]:
    """Return each recipient that heard what an instance owed, with the filing; None where the report itself reached it.

    Of an open instance as the incident stands. One that was filed, waived or fell away is read as the incident stood
    then: what was demanded, and what had been said, at the moment that settled it.
    """
    then = _as_it_was(incident, instance)
    demanded = wanted(plan, then, environment(plan, then), policy)
    item = next((item for item in demanded if item.key == instance.key), None)
    filings = covering(item, then) if item is not None else _by_kind(then, instance)
    return {name: filing for name, filing in filings.items() if name in instance.to}


def _as_it_was(incident: Incident, instance: Instance) -> Incident:
    """Return the incident as it stood when an instance was settled, what was undone left out."""
    if instance.status == "open":
        return incident
    standing = [item for item in incident.events if item.sequence not in incident.undone]
    last = next(
        (
            item for item in reversed(standing)
            if isinstance(item.event, _SETTLING) and item.event.key == instance.key
        ),
        None,
    )  # fmt: skip
    if last is None:
        return incident
    before = last.sequence
    if isinstance(last.event, ObligationSuperseded):
        # What took the ground from under it came with the same command: it was still demanded before that.
        same = [item.sequence for item in standing if item.at == last.at and item.cause == last.cause]
        before = min(same)
    kept = [item for item in standing if item.sequence < before and not isinstance(item.event, Undone)]
    then: Incident = fold(incident.stream, kept)
    return then


def _by_kind(incident: Incident, instance: Instance) -> dict[str, Filing | None]:
    """Return who was told by the report's kind alone: of an instance that another plan's rules had opened."""
    kinds = {instance.report, *(("续报",) if instance.rule == CORRECTION else ())}
    filings: dict[str, Filing | None] = {}
    for filing in incident.filings:
        fits = filing.report in kinds and instance.channel in ("any", filing.channel)
        if fits and filing.recipient in instance.to and filing.sequence > instance.after:
            filings.setdefault(filing.recipient, filing)
    return filings
