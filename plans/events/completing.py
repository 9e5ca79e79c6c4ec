"""Events that complete what is known: edited messages, and short answers to what a report still lacks."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from plans.events.base import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class EditNoticed(Event, name="edit-noticed", personal=("before", "text")):
    """A recorded message was edited; nothing changes until a person adopts it.

    Attributes:
        message: which one. before, text: its words. source: whose word it is.
        facts: the figures that it now tells otherwise.
    """

    message: str
    before: str | None = None
    text: str | None = None
    source: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    place: str = ""
    occurred_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class EditSettled(Event, name="edit-settled"):
    """A duty officer adopted an edit (its facts are stated in an event of their own) or left the record as it was."""

    message: str
    adopted: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ElementAnswered(Event, name="element-answered"):
    """Somebody said that there is none (``none``), that it is not known, or that it is being verified."""

    element: str
    answer: str
    source: str
