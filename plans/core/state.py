"""What the state of every kind of case holds. Built by ``fold`` only; everybody else treats it as immutable."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import ClassVar, Self

from plans.core.event import Recorded


@dataclass(slots=True)
class CaseState:
    """One case. ``sequence`` is the number of the last event.

    Attributes:
        COLLECTIONS: fields that a fork copies; what they hold is immutable and shared.
        undone: numbers of the events that were taken back.
        changed: when each thing that may be confirmed last changed (``plans.core.revisions``).
    """

    COLLECTIONS: ClassVar[tuple[str, ...]] = ()

    stream: str
    events: list[Recorded] = field(default_factory=list)
    sequence: int = 0
    undone: frozenset[int] = frozenset()
    changed: dict[str, int] = field(default_factory=dict)

    def fork(self) -> Self:
        """Return a copy that can be added to."""
        twin = copy.copy(self)
        for name in ("events", "changed", *self.COLLECTIONS):
            setattr(twin, name, getattr(self, name).copy())
        return twin
