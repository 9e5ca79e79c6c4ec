"""What the state of every kind of case holds. Built by ``fold`` only; everybody else treats it as immutable."""

from __future__ import annotations

import copy
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from operator import is_
from typing import Any, ClassVar, Self, TypeVar

from plans.core.event import Recorded

T = TypeVar("T")


@dataclass(slots=True)
class CaseState:
    """One case. ``sequence`` is the number of the last event.

    Attributes:
        COLLECTIONS: fields that a fork copies; what they hold is immutable and shared.
        OPEN_STATES: states in which it still takes commands other than opening it again.
        plan, plan_version, plan_hash: the plan that it runs under, pinned to its content.
        number: by which people call it, within a jurisdiction and year. origin: the chat that it came from.
        entry, entry_number: stream and number of the entry of the duty log that it was opened from; empty, 0 for none.
        offset: how far the own time is ahead of the clock: a drill that was jumped; one that was paused lies behind.
        paused: its clock stands, stood_at: at this own moment.
        undone: numbers of the events that were taken back.
        worked_out: see ``once``; a fork has nothing of it.
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
    stood_at: datetime | None = None
    origin: str = ""
    entry: str = ""
    entry_number: int = 0
    worked_out: dict[Hashable, tuple[tuple[object, ...], Any]] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    @property
    def open(self) -> bool:
        """Whether it still runs."""
        return self.state in self.OPEN_STATES

    def own_time(self, clock: datetime) -> datetime:
        """Return the case's own moment at a moment of the clock: a drill's, which may stand."""
        return self.stood_at if self.stood_at is not None else clock + self.offset

    def once(self, name: Hashable, work: Callable[..., T], *of: object) -> T:
        """Return what ``work(*of)`` finds of this very state, which is done once for the same objects.

        Args:
            name: of what is found; the state keeps one answer for each.
        """
        known = self.worked_out.get(name)
        if known is None or len(known[0]) != len(of) or not all(map(is_, known[0], of)):
            known = self.worked_out[name] = of, work(*of)
        found: T = known[1]
        return found

    def fork(self) -> Self:
        """Return a copy that can be added to."""
        twin = copy.copy(self)
        for name in ("events", "changed", *self.COLLECTIONS):
            setattr(twin, name, getattr(self, name).copy())
        twin.worked_out = {}
        return twin
