"""Which function words which notice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.render.message import Message
from bot.render.text import Text
from bot.render.view import View
from plans.core.event import Event
from plans.core.notice import Notice, Press

Words = Callable[[Notice, View], Text]


Presses = Callable[[Notice, View], tuple[Press, ...]]


Values = Callable[[Mapping[str, Any], View], dict[str, str]]
Label = Callable[[Press, View], str]
Drawing = TypeVar("Drawing", bound=Callable[..., Message])
E = TypeVar("E", bound=Event)


@dataclass(frozen=True, slots=True)
class Rendering:
    """How a notice is worded.

    Attributes:
        presses: buttons for what the reader does next, where the core gives none.
    """

    words: Words
    presses: Presses | None = None


WORDED: dict[str, Rendering] = {}

DRAWN: dict[str, Callable[..., Message]] = {}
EXPLAINED: dict[str, Values] = {}
LABELLED: dict[str, Label] = {}
SETTLED: dict[tuple[str, type[Event]], Callable[[View, str, Any], str]] = {}


def renders(*keys: str, presses: Presses | None = None) -> Callable[[Words], Words]:
    """Register the function that words the notices of these keys."""

    def register(function: Words) -> Words:
        for key in keys:
            _once(WORDED, key, Rendering(function, presses))
        return function

    return register


def draws(*keys: str) -> Callable[[Drawing], Drawing]:
    """Register the function that makes the whole message of these keys from a view alone."""

    def register(function: Drawing) -> Drawing:
        for key in keys:
            _once(DRAWN, key, function)
        return function

    return register


def explains(*keys: str) -> Callable[[Values], Values]:
    """Register what refusals of these keys say beside their plain parameters: (parameters, view) -> words by name."""

    def register(function: Values) -> Values:
        for key in keys:
            _once(EXPLAINED, key, function)
        return function

    return register


def labels(*keys: str) -> Callable[[Label], Label]:
    """Register what makes a label from a press: of ``choice:local`` the key is ``choice``."""

    def register(function: Label) -> Label:
        for key in keys:
            _once(LABELLED, key, function)
        return function

    return register


def settles(event: type[E], *kinds: str) -> Callable[[Callable[[View, str, E], str]], Callable[[View, str, E], str]]:
    """Register how it is said that an event settled an object of these kinds: (view, rest of its name, event).

    Nothing is said where the event was about another one of the kind.
    """

    def register(function: Callable[[View, str, E], str]) -> Callable[[View, str, E], str]:
        for kind in kinds:
            _once(SETTLED, (kind, event), function)
        return function

    return register


def _once(table: dict[Any, Any], key: object, value: object) -> None:
    if key in table:
        raise ValueError(f"{key!r} is worded twice")
    table[key] = value
