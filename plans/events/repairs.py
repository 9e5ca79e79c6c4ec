"""Events of the end of a case, and of repairs on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from plans.events.base import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class Closed(Event, name="closed", personal=("name",)):
    """The case was closed (归档)."""

    by: str
    name: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Reopened(Event, name="reopened", personal=("reason",)):
    """A closed case was opened again, to ``ended``."""

    by: str
    reason: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Rejected(Event, name="rejected", personal=("reason",)):
    """The report was a mistake (误报). ``told`` heard it and are owed a correction."""

    by: str
    reason: str | None
    told: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Merged(Event, name="merged"):
    """The incident went into another (并案)."""

    into: str
    number: int
    by: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Absorbed(Event, name="absorbed", personal=("text",)):
    """Another incident came into this one; its figures become claims of their own sources.

    Attributes:
        confirmed: fact -> the sources in ``claims`` whose figure had been confirmed there; what only was said stays
            so. None in logs from before it was kept: everything counts as said.
        raised: closed facts that were raised there without a value.
    """

    other: str
    number: int
    claims: dict[str, dict[str, Any]] = field(default_factory=dict)
    told: tuple[str, ...] = ()
    text: str | None = None
    confirmed: dict[str, list[str]] | None = None
    raised: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Undone(Event, name="undone"):
    """A mistaken acknowledgement, filing or verification was taken back within a minute."""

    sequences: tuple[int, ...]
    what: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DrillPaused(Event, name="drill-paused"):
    """A drill was paused; ``paused`` False = it goes on."""

    paused: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class DrillJumped(Event, name="drill-jumped"):
    """A live drill skipped to its next deadline; the offset counts for this incident alone."""

    seconds: int
