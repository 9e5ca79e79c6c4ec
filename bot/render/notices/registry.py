"""Which function words which notice."""

from __future__ import annotations

from collections.abc import Callable

from bot.render.text import Text
from bot.render.view import View
from plans.notices import Notice

Words = Callable[[Notice, View], Text]
WORDS: dict[str, Words] = {}


def words(*keys: str) -> Callable[[Words], Words]:
    """Register the function for these keys of notices."""

    def register(function: Words) -> Words:
        for key in keys:
            WORDS[key] = function
        return function

    return register
