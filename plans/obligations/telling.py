"""What each recipient was last told, and whether it is still right."""

from __future__ import annotations

from collections.abc import Iterable

from plans.incident.figures import figures
from plans.incident.records import Filing, Instance
from plans.incident.state import Incident


def heard(incident: Incident) -> dict[str, Filing]:
    """Return the last report that each recipient was given."""
    return incident.last_filings()


def differing(incident: Incident, recipients: Iterable[str]) -> set[str]:
    """Return the casualty facts of which some recipient was last told something else."""
    last, current = heard(incident), figures(incident)
    return {
        fact
        for name in recipients
        for fact in {*current, *last[name].figures}
        if last[name].figures.get(fact) != current.get(fact)
    }


def reached(incident: Incident, standing: Instance, recipients: Iterable[str]) -> bool:
    """Return whether any of them was told anything since a follow-up arose: else its figures only went back."""
    names = set(recipients)
    return any(filing.sequence > standing.opened_sequence and filing.recipient in names for filing in incident.filings)
