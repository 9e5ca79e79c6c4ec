"""What of the program carries out what a plan says: every act is written down where the code is that does it.

>>> @carries_out("clock", "report", "Obligation")      # doctest: +SKIP
... def wakes(…)

:mod:`plans.coverage` holds the acts against the clauses of a plan. To look a clause up is no act.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

Kind = Literal["reading", "question", "right", "command", "call", "clock", "list", "check", "warning", "duty"]
"""reading: levels and facts follow from a report. right: it says who may. clock: somebody is reminded at a moment.
list: it stands on a page that people work by. check: it is held against what is entered. warning, duty: cases of their
own."""

T = TypeVar("T", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True, order=True)
class Act:
    """One thing that the program does."""

    kind: Kind
    name: str


@dataclass(frozen=True, slots=True)
class Registered:
    """An act with the code that does it.

    Attributes:
        parts: what of a plan it carries out: a model (``Obligation``), or one key of it (``Response.measures``).
    """

    act: Act
    parts: tuple[str, ...]
    by: Callable[..., Any]


REGISTERED: list[Registered] = []


def carries_out(kind: Kind, name: str, *parts: str) -> Callable[[T], T]:
    """Register a function or a class as what carries out parts of a plan.

    Args:
        name: of the act; several pieces of code may do one.
        parts: see :class:`Registered`; ``Plan.in_force`` is an entry of the plan itself.
    """

    def register(by: T) -> T:
        REGISTERED.append(Registered(Act(kind, name), parts, by))
        return by

    return register
