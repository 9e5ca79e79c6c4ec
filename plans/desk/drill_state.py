"""What a drill that is played by a script holds: its items, how far they have come, and who says what was seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import ClassVar

from plans.desk.state import DeskState

KIND = "drill"

REPORT, INJECT, LOOK = "report", "inject", "look"
"""What an item is: the report that the program makes, words for somebody, a look of those who evaluate."""

MET, UNMET, UNSEEN = "met", "unmet", "unseen"
VERDICTS = (MET, UNMET, UNSEEN)


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """One item of a script.

    Attributes:
        at: after the beginning. to: the audience of an inject; who: as it is called.
        note: for the director alone.
        played_at: when it was played, or asked of those who evaluate; skipped: it was left out.
        verdicts: of a look, by who gave it. words: what was written to it, with who wrote it.
    """

    number: int
    at: timedelta
    kind: str
    text: str
    to: str = ""
    who: str = ""
    note: str = ""
    played_at: datetime | None = None
    skipped: bool = False
    verdicts: Mapping[str, str] = field(default_factory=dict)
    words: tuple[tuple[str, str], ...] = ()

    @property
    def waits(self) -> bool:
        """Whether it has still to come."""
        return self.played_at is None and not self.skipped


@dataclass(slots=True)
class Drill(DeskState):
    """One drill.

    Attributes:
        director, evaluators: people, by our ids.
        items: by number, in the script's order.
        begun_at: when it began; since: when it began or last went on.
        shift: by how much later than the script all that waits is played.
        held_at: since when it is held; held_for: the number of the real incident that holds it, 0 for none.
        moves: how often its times changed.
    """

    OPEN_STATES: ClassVar[frozenset[str]] = frozenset({"ready", "running", "held"})
    COLLECTIONS: ClassVar[tuple[str, ...]] = ("files", "items")

    title: str = ""
    script: str = ""
    goals: tuple[str, ...] = ()
    director: str = ""
    evaluators: tuple[str, ...] = ()
    items: dict[int, Item] = field(default_factory=dict)
    begun_at: datetime | None = None
    since: datetime | None = None
    over_at: datetime | None = None
    shift: timedelta = timedelta()
    held_at: datetime | None = None
    held_for: int = 0
    moves: int = 0

    def due(self, item: Item) -> datetime | None:
        """Return when an item is played, None before the beginning."""
        return self.begun_at + item.at + self.shift if self.begun_at is not None else None

    @property
    def next(self) -> Item | None:
        """The next item that the director lets go: none of the looks."""
        return next((item for item in self.waiting if item.kind != LOOK), None)

    @property
    def looking(self) -> tuple[str, ...]:
        """Who says what was met: those who evaluate, else the director."""
        return self.evaluators or (self.director,)

    @property
    def looks(self) -> tuple[Item, ...]:
        """The looks, in order."""
        return tuple(item for item in self.items.values() if item.kind == LOOK)

    @property
    def waiting(self) -> list[Item]:
        """What has still to come, in order."""
        return sorted((item for item in self.items.values() if item.waits), key=lambda item: (item.at, item.number))
