"""What a drill that is played by a script holds: its items, how far they have come, and who says what was seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, ClassVar

from plans.desk.state import DeskState

KIND = "drill"

REPORT, INJECT, LOOK = "report", "inject", "look"
"""What an item is: the report that the program makes, words for somebody, a look of those who evaluate."""

MET, LATE, UNMET, UNSEEN = "met", "late", "unmet", "unseen"
VERDICTS = (MET, UNMET, UNSEEN)
"""What those who evaluate say; late is what the program sees by the clock."""

SILENT = "silent"
"""The finding that units never answered: one for all of them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    """What the program saw of what a look expects.

    Attributes:
        done: it is so; ``at``: since when. late: behind a deadline of the plan, or the span that the script gives.
        lacking: what was not so: ``response_level``, ``answered:消防`` …
    """

    done: bool
    at: datetime | None = None
    late: bool = False
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Mending:
    """The instruction that a finding became, and how that stands: ``draft given done``."""

    instruction: str
    number: int
    stands: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """One item of a script.

    Attributes:
        at: after the beginning. to: the audience of an inject; who: as it is called.
        note: for the director alone.
        played_at: when it was played, or asked of those who evaluate; early: the director let it go.
        skipped: it was left out.
        expects: of a look, what the program sees by itself; in which of the script's incidents, counted from 1.
        checked: what it saw.
        verdicts: of a look, by who gave it. words: what was written to it, with who wrote it.
    """

    number: int
    at: timedelta
    kind: str
    text: str
    to: str = ""
    who: str = ""
    note: str = ""
    expects: Mapping[str, Any] = field(default_factory=dict)
    incident: int = 1
    played_at: datetime | None = None
    early: bool = False
    skipped: bool = False
    checked: Checked | None = None
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
        missed: it is held since the program was away, and what came meanwhile was not played.
        moves: how often its times changed.
        incidents: those that the script brought about, in order: their numbers by their logs.
        holds: when it was held, until when, and by which real incident; 0 where the director held it.
        silent: units that were called and never answered, as it stood at the end.
        mended: by finding, what became of it.
    """

    OPEN_STATES: ClassVar[frozenset[str]] = frozenset({"ready", "running", "held"})
    COLLECTIONS: ClassVar[tuple[str, ...]] = ("files", "holds", "incidents", "items", "mended")

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
    missed: bool = False
    moves: int = 0
    incidents: dict[str, int] = field(default_factory=dict)
    holds: list[tuple[datetime, datetime | None, int]] = field(default_factory=list)
    silent: tuple[str, ...] = ()
    mended: dict[str, Mending] = field(default_factory=dict)

    def due(self, item: Item) -> datetime | None:
        """Return when an item is played, None before the beginning."""
        return self.begun_at + item.at + self.shift if self.begun_at is not None else None

    @property
    def counts(self) -> bool:
        """Whether it was what a duty asks for: an incident, something played to somebody, something seen."""
        played = {item.kind for item in self.items.values() if item.played_at is not None}
        seen = any(item.verdicts or item.checked is not None for item in self.looks)
        return bool(self.incidents) and INJECT in played and seen

    @property
    def next(self) -> Item | None:
        """The next item that the director lets go: none of the looks."""
        return next((item for item in self.waiting if item.kind != LOOK), None)

    def stood(self, since: datetime, until: datetime) -> timedelta:
        """Return how long it was held between two moments: so long nobody is late."""
        spans = [min(until, end or until) - max(since, begin) for begin, end, _ in self.holds]
        return sum((span for span in spans if span > timedelta()), timedelta())

    def incident_of(self, item: Item) -> str:
        """Return the log of the incident in which a look is looked at; empty where that has not begun."""
        streams = list(self.incidents)
        return streams[item.incident - 1] if 0 < item.incident <= len(streams) else ""

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
