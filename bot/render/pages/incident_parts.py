"""What the page of an incident is made of, part by part."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.render.pages.clock import Clock
from bot.render.pages.tile import Tile
from bot.render.pages.timeline import Moment


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """One figure: what counts, and what each source last said."""

    label: str
    counted: str
    said: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Heard:
    """One recipient of a report; ``number`` only where the reader may see it."""

    name: str
    heard: bool
    text: str
    number: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Owed:
    """One report that was owed, open or not."""

    name: str
    by: str
    citation: str
    status: str
    open: bool
    clock: Clock | None
    recipients: tuple[Heard, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class UnitRow:
    """One unit that was called."""

    name: str
    status: str
    silent: bool
    time: str
    took: str
    note: str
    number: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Sent:
    """A message as it is listed."""

    time: str
    to: str
    what: str
    state: str
    good: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Material:
    """A file that came with the incident; ``number`` names it in an address, None while it is not kept."""

    number: int
    kind: str
    time: str
    words: str
    note: str
    kept: bool
    picture: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class IncidentPage:
    """One incident before one reader.

    Attributes:
        head: (name, value) pairs of what is said first. notes: warnings in force, doubts, who commands at the scene.
        office: whether the reader works on it, so that the last three are there.
    """

    tile: Tile
    title: str
    head: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    figures: tuple[Figure, ...]
    owed: tuple[Owed, ...]
    units: tuple[UnitRow, ...]
    office: bool
    timeline: tuple[Moment, ...] = ()
    messages: tuple[Sent, ...] = ()
    older: int = 0
    materials: tuple[Material, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A message of the outbox as the page needs it: the key of its notice, and whom it went to."""

    at: datetime
    to: str
    notice: str
    state: str
