"""What the log holds of each thing owed: by which filing each recipient heard it, though the rules ask no more."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from datetime import datetime

from plans.core.event import Recorded, Undone
from plans.core.fold import apply, fold
from plans.core.policy import Policy
from plans.incident.owed import ObligationFiled, ObligationSuperseded, ObligationWaived
from plans.incident.records import Filing, Instance
from plans.incident.state import Incident
from plans.model import Plan
from plans.obligations.demands import demanded
from plans.obligations.wanted import CORRECTION, covering

_SETTLING = (ObligationFiled, ObligationWaived, ObligationSuperseded)


def coverage(plan: Plan, incident: Incident, instance: Instance, policy: Policy) -> dict[str, Filing | None]:
    """Return each recipient that heard what an instance owed, with the filing; None where the report itself reached it.

    Of an open instance as the incident stands. One that was filed, waived or fell away is read as the incident stood
    then: what was demanded, and what had been said, at the moment that settled it.
    """
    return coverages(plan, incident, [instance], policy)[instance.key]


def coverages(
    plan: Plan, incident: Incident, instances: Iterable[Instance], policy: Policy
) -> dict[str, dict[str, Filing | None]]:
    """Return the same of many instances by their keys; the log is read once, up to each moment that settled one."""
    standing = [
        item for item in incident.events if item.sequence not in incident.undone and not isinstance(item.event, Undone)
    ]
    ends = _ends(standing)
    settled: dict[int, list[Instance]] = {}
    for instance in instances:
        before = ends.get(instance.key) if instance.status != "open" else None
        settled.setdefault(_NOW if before is None else before, []).append(instance)
    found: dict[str, dict[str, Filing | None]] = {}
    then: Incident = fold(incident.stream, ())
    place = 0
    for before in sorted(settled):
        if before == _NOW:
            then = incident
        else:
            upto = next((number for number in range(place, len(standing)) if standing[number].sequence >= before), None)
            upto = len(standing) if upto is None else upto
            then, place = apply(then, standing[place:upto]), upto
        demands = demanded(plan, then, policy)
        for instance in settled[before]:
            item = demands.get(instance.key)
            filings = covering(item, then) if item is not None else _by_kind(then, instance)
            found[instance.key] = {name: filing for name, filing in filings.items() if name in instance.to}
    return found


_NOW = sys.maxsize
"""After every number of a log."""


def _ends(standing: Sequence[Recorded]) -> dict[str, int]:
    """Return by instance before which number in the log it was still demanded: the last that settled it."""
    firsts: dict[tuple[datetime, str], int] = {}
    ends: dict[str, int] = {}
    for item in standing:
        same = (item.at, item.cause)
        firsts.setdefault(same, item.sequence)
        if isinstance(item.event, _SETTLING):
            # What took the ground from under it came with the same command: it was still demanded before that.
            ends[item.event.key] = firsts[same] if isinstance(item.event, ObligationSuperseded) else item.sequence
    return ends


def _by_kind(incident: Incident, instance: Instance) -> dict[str, Filing | None]:
    """Return who was told by the report's kind alone: of an instance that another plan's rules had opened."""
    kinds = {instance.report, *(("续报",) if instance.rule == CORRECTION else ())}
    filings: dict[str, Filing | None] = {}
    for filing in incident.filings:
        fits = filing.report in kinds and instance.channel in ("any", filing.channel)
        if fits and filing.recipient in instance.to and filing.sequence > instance.after:
            filings.setdefault(filing.recipient, filing)
    return filings
