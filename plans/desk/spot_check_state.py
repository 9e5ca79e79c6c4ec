"""The state of a spot check (抽查): when it is due, whom it asks, who has answered."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import ClassVar

from plans.desk.state import DeskState

KIND = "spotcheck"

TOO_LATE = timedelta(minutes=15)
"""A check that could not be held in time is still held so much later; then it is left out, and that is said."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """Somebody who is asked.

    Attributes:
        title: as what he is on duty (值班席, 带班领导 …). name: as he is called. reachable: he can be written to.
        answered_at: when he answered; seconds: how long that took.
    """

    title: str
    name: str = ""
    reachable: bool = True
    answered_at: datetime | None = None
    seconds: int = 0


@dataclass(slots=True)
class SpotCheck(DeskState):
    """One check.

    Attributes:
        at: the moment that was drawn, None where somebody called it at once. by: who called it, empty for the program.
        asked_at: when it was held. within: an answer that takes longer is late.
        asked: by person. dropped: why it was not held.
    """

    OPEN_STATES: ClassVar[frozenset[str]] = frozenset({"planned", "asked"})
    COLLECTIONS: ClassVar[tuple[str, ...]] = ("files", "asked")

    at: datetime | None = None
    by: str = ""
    asked_at: datetime | None = None
    within: timedelta = timedelta(seconds=60)
    asked: dict[str, Asked] = field(default_factory=dict)
    dropped: str = ""

    @property
    def closes_at(self) -> datetime | None:
        """When the time for an answer is over."""
        return self.asked_at + self.within if self.asked_at is not None else None

    def late(self, item: Asked) -> bool:
        """Return whether an answer took longer than it may."""
        return item.answered_at is not None and timedelta(seconds=item.seconds) > self.within

    @property
    def silent(self) -> tuple[str, ...]:
        """Who was asked and has not answered, by id."""
        return tuple(person for person, item in self.asked.items() if item.answered_at is None)
