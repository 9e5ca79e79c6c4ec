"""Commands that complete what is known: an edited message, and short answers to what a report still lacks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from plans.commands.base import Command


@dataclass(frozen=True, kw_only=True, slots=True)
class NoteEdit(Command):
    """A message that is recorded was edited: the record stays, and what changed is proposed to the duty seat.

    Attributes:
        message: which one, as the shell knows it.
        before, after: its words.
        facts: the figures that it now tells otherwise.
    """

    message: str
    before: str
    after: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    place: str = ""
    occurred_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class SettleEdit(Command):
    """「采用」 or 「不采用」 the edit that was noted with this number in the log."""

    sequence: int
    adopt: bool
    unreachable: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerElement(Command):
    """A short answer to an element of the first report that is lacking.

    Attributes:
        element: the fact's id, ``place``, ``occurred``, ``nature``, or the element's own name.
        answer: ``none`` (无), ``unknown`` (不详) or ``verifying`` (正在核实).
    """

    element: str
    answer: str
