"""Which function makes the notices of which event."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from plans import events as e
from plans.incident import Incident
from plans.model import Plan
from plans.notices.notice import Notice


@dataclass(frozen=True, slots=True)
class Told:
    """What a maker sees: the plan, the incident before and after the command, and all of its events."""

    plan: Plan
    before: Incident | None
    after: Incident
    events: tuple[e.Recorded, ...]

    def is_open(self, key: str) -> bool:
        """Whether an obligation instance is still open after the command."""
        instance = self.after.instances.get(key)
        return instance is not None and instance.status == "open"

    def called(self) -> list[str]:
        """Return the units that take part and can be reached."""
        return [unit for unit, call in self.after.calls.items() if call.involved and call.reachable]


E = TypeVar("E", bound=e.Event)
Maker = Callable[[E, e.Recorded, Told], Iterator[Notice]]

MAKERS: dict[type[e.Event], Callable[[Any, e.Recorded, Told], Iterator[Notice]]] = {}


def on(kind: type[E]) -> Callable[[Maker[E]], Maker[E]]:
    """Register who is told what of an event."""

    def register(function: Maker[E]) -> Maker[E]:
        MAKERS[kind] = cast(Callable[[Any, e.Recorded, Told], Iterator[Notice]], function)
        return function

    return register
