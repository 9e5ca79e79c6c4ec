"""``fold(events) -> Incident``. What was undone is left out of the state; it stays in the log."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from plans import events as e
from plans.incident import changes, choosing, completing, filing, knowing, levels, repairs, timing  # noqa: F401  each registers what its events do
from plans.incident.registry import APPLIERS
from plans.incident.state import Incident


def fold(stream: str, log: Iterable[e.Recorded]) -> Incident:
    """Return the incident that the log tells."""
    recorded = list(log)
    undone = {number for item in recorded if isinstance(item.event, e.Undone) for number in item.event.sequences}
    incident = Incident(stream=stream, undone=frozenset(undone))
    for item in recorded:
        _add(incident, item)
    return incident


def apply(incident: Incident, more: Iterable[e.Recorded]) -> Incident:
    """Return the incident after more events; the argument is left as it was."""
    added = list(more)
    if any(isinstance(item.event, e.Undone) for item in added):
        return fold(incident.stream, [*incident.events, *added])
    twin = incident.fork()
    for item in added:
        _add(twin, item)
    return twin


def _add(incident: Incident, item: e.Recorded) -> None:
    incident.events.append(item)
    incident.sequence = item.sequence
    if item.sequence not in incident.undone:
        function = APPLIERS.get(type(item.event))
        before = changes.said(incident) if changes.speaking(item.event) else None
        if function is not None:
            function(incident, cast(Any, item.event), item)
        changes.note(incident, item, before)
