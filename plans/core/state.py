"""What the state of every kind of case holds. Built by ``fold`` only; everybody else treats it as immutable."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from datetime import timedelta
from typing import ClassVar, Self

from plans.core.event import Recorded


@dataclass(slots=True)
class CaseState:
    """One case. ``sequence`` is the number of the last event.

    Attributes:
        COLLECTIONS: fields that a fork copies; what they hold is immutable and shared.
        OPEN_STATES: states in which it still takes commands other than opening it again.
        plan, plan_version, plan_hash: the plan that it runs under, pinned to its content.
        number: by which people call it, within a jurisdiction and year. origin: the chat that it came from.
        entry, entry_number: stream and number of the entry of the duty log that it was opened from; empty, 0 for none.
        offset: how far the case's own time is ahead of the clock (a drill that was jumped). paused: its clock stands.
        undone: numbers of the events that were taken back.
        changed: when each thing that may be confirmed last changed (``plans.core.revisions``).
    """

    COLLECTIONS: ClassVar[tuple[str, ...]] = ()
    OPEN_STATES: ClassVar[frozenset[str]] = frozenset()

    stream: str
    events: list[Recorded] = field(default_factory=list)
    sequence: int = 0
    undone: frozenset[int] = frozenset()
    changed: dict[str, int] = field(default_factory=dict)
    state: str = ""
    plan: str = ""
    plan_version: str = ""
    plan_hash: str = ""
    jurisdiction: str = ""
    number: int = 0
    year: int = 0
    drill: bool = False
    paused: bool = False
    offset: timedelta = timedelta()
    origin: str = ""
    entry: str = ""
    entry_number: int = 0

    @property
    def open(self) -> bool:
        """Whether it still runs."""
        return self.state in self.OPEN_STATES

    def fork(self) -> Self:
        """Return a copy that can be added to."""
        twin = copy.copy(self)
        for name in ("events", "changed", *self.COLLECTIONS):
            setattr(twin, name, getattr(self, name).copy())
        return twin
