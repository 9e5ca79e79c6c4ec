"""What a command comes to: events, or a refusal that says why, under which clause, and who may."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from plans.core.event import Recorded
from plans.core.state import CaseState

S = TypeVar("S", bound=CaseState)


@dataclass(frozen=True, kw_only=True, slots=True)
class Refusal:
    """A refusal to a person; a value, never an exception.

    Attributes:
        key: of the sentence in the texts.
        clause: the plan's clause that it rests on, or empty for a rule of the program.
        who: those who may: role ids of the plan, and ``duty``, ``admin`` and the like.
        params: what the sentence needs.
        confirm: not refused for good: the same command with this flag set goes through.
    """

    key: str
    clause: str = ""
    who: tuple[str, ...] = ()
    params: Mapping[str, Any] = field(default_factory=dict)
    confirm: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseOutcome(Generic[S]):
    """New events and the case before and after them. No events: the command changed nothing."""

    before: S | None
    after: S
    recorded: tuple[Recorded, ...]
    note: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)
