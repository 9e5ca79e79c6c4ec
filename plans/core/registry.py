"""Which function decides a command, applies an event, tells of it, asks its question again, knows a revision."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from plans.core.command import Command
from plans.core.event import Event, Recorded
from plans.core.keys import Key
from plans.core.notice import Notice
from plans.core.outcome import Refusal

C = TypeVar("C", bound=Command)
E = TypeVar("E", bound=Event)
K = TypeVar("K")
X = TypeVar("X")

Decider = Callable[[K, C], Refusal | None]
Applier = Callable[[K, E, Recorded], None]
Teller = Callable[[E, Recorded, X], Iterator[Notice]]
Question = Callable[[K, E, Recorded, Key], bool]
Revision = Callable[[Any, str], int | None]

DECIDERS: dict[type[Command], Callable[[Any, Any], Refusal | None]] = {}
APPLIERS: dict[type[Event], Callable[[Any, Any, Recorded], None]] = {}
TELLERS: dict[type[Event], Callable[[Any, Recorded, Any], Iterator[Notice]]] = {}
QUESTIONS: dict[type[Event], Callable[[Any, Any, Recorded, Key], bool]] = {}
QUESTIONS_OF_STATE: dict[str, Callable[[Any], Notice | None]] = {}
REVISIONS: dict[tuple[str, str], Revision] = {}
GUARDS: dict[str, list[Callable[[Any], Iterable[Key]]]] = {}
ANSWERED: dict[str, list[Callable[[Any], Iterable[Key]]]] = {}
OVERTAKEN: dict[str, list[Callable[[Any], Iterable[Key]]]] = {}


def decides(command: type[C]) -> Callable[[Decider[K, C]], Decider[K, C]]:
    """Register what a command comes to: (case, command) -> a refusal, or None when its events are recorded."""

    def register(function: Decider[K, C]) -> Decider[K, C]:
        _once(DECIDERS, command, function)
        return function

    return register


def applies(event: type[E]) -> Callable[[Applier[K, E]], Applier[K, E]]:
    """Register what an event does to the state: (state, event, its place in the log)."""

    def register(function: Applier[K, E]) -> Applier[K, E]:
        _once(APPLIERS, event, function)
        return function

    return register


def tells(event: type[E]) -> Callable[[Teller[E, X]], Teller[E, X]]:
    """Register who is told what of an event: (event, its place in the log, context) -> notices."""

    def register(function: Teller[E, X]) -> Teller[E, X]:
        _once(TELLERS, event, function)
        return function

    return register


def asks(event: type[E]) -> Callable[[Question[K, E]], Question[K, E]]:
    """Register whether an event asked about an object, and it is open still: (state, event, its place, object)."""

    def register(function: Question[K, E]) -> Question[K, E]:
        _once(QUESTIONS, event, function)
        return function

    return register


def asks_of_state(name: Key) -> Callable[[Callable[[X], Notice | None]], Callable[[X], Notice | None]]:
    """Register a question that no single event asked: (context) -> the notice, None where nothing is left to ask."""

    def register(function: Callable[[X], Notice | None]) -> Callable[[X], Notice | None]:
        _once(QUESTIONS_OF_STATE, str(name), function)
        return function

    return register


def revises(kind: str, *names: str) -> Callable[[Revision], Revision]:
    """Register the revision of what buttons of a kind of case act on: (state, which one) -> a number in the log."""

    def register(function: Revision) -> Revision:
        for name in names:
            _once(REVISIONS, (kind, name), function)
        return function

    return register


def guards(kind: str) -> Callable[[Callable[[K], Iterable[Key]]], Callable[[K], Iterable[Key]]]:
    """Register what is open in a kind of case: (state) -> the guards of notices that are still worth sending."""

    def register(function: Callable[[K], Iterable[Key]]) -> Callable[[K], Iterable[Key]]:
        GUARDS.setdefault(kind, []).append(function)
        return function

    return register


def answered(kind: str) -> Callable[[Callable[[K], Iterable[Key]]], Callable[[K], Iterable[Key]]]:
    """Register what was answered though it is open still: (state) -> guards of which nobody is asked again.

    What was sent keeps its buttons, for more is done with them; what waits to say the same again is dropped.
    """

    def register(function: Callable[[K], Iterable[Key]]) -> Callable[[K], Iterable[Key]]:
        ANSWERED.setdefault(kind, []).append(function)
        return function

    return register


def overtaken(kind: str) -> Callable[[Callable[[K], Iterable[Key]]], Callable[[K], Iterable[Key]]]:
    """Register what was said and holds no more: (state) -> guards of messages that say so, though they were settled."""

    def register(function: Callable[[K], Iterable[Key]]) -> Callable[[K], Iterable[Key]]:
        OVERTAKEN.setdefault(kind, []).append(function)
        return function

    return register


def _once(table: dict[Any, Any], key: Any, function: Any) -> None:
    if key in table:
        raise ValueError(f"{table[key].__module__} and {function.__module__} both register {key}")
    table[key] = function
