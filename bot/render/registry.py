"""Which function words which notice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from bot.render.message import Message
from bot.render.text import Text
from bot.render.view import View
from plans.notices import Notice, Press

Words = Callable[[Notice, View], Text]


Presses = Callable[[Notice, View], tuple[Press, ...]]


Drawing = TypeVar("Drawing", bound=Callable[..., Message])


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


def renders(*keys: str, presses: Presses | None = None) -> Callable[[Words], Words]:
    """Register the function that words the notices of these keys."""

    def register(function: Words) -> Words:
        for key in keys:
            _new(key)
            WORDED[key] = Rendering(function, presses)
        return function

    return register


def draws(*keys: str) -> Callable[[Drawing], Drawing]:
    """Register the function that makes the whole message of these keys from a view alone."""

    def register(function: Drawing) -> Drawing:
        for key in keys:
            _new(key)
            DRAWN[key] = function
        return function

    return register


def _new(key: str) -> None:
    if key in WORDED or key in DRAWN:
        raise ValueError(f"the notice {key} is worded twice")
