"""Which function applies which event."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from plans import events as e
from plans.incident.state import Incident

E = TypeVar("E", bound=e.Event)
Applier = Callable[[Incident, E, e.Recorded], None]

APPLIERS: dict[type[e.Event], Callable[[Incident, Any, e.Recorded], None]] = {}


def on(kind: type[E]) -> Callable[[Applier[E]], Applier[E]]:
    """Register what an event does to the incident."""

    def register(function: Applier[E]) -> Applier[E]:
        APPLIERS[kind] = function
        return function

    return register
