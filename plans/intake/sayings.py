"""The kinds of words of the table ``later``, found in a text."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, NamedTuple

from plans.intake.lexicon import any_of
from plans.intake.reading import Span

Kind = Literal["mistaken", "off", "told_dead", "lives", "unhurt", "already", "unchanged", "home", "apart"]


class Heard(NamedTuple):
    """Words of a kind, and where they stand."""

    words: str
    span: Span


@cache
def _pattern(kind: Kind) -> re.Pattern[str]:
    return any_of("later", kind)


def said_of(kind: Kind, text: str, start: int = 0) -> Heard | None:
    """The first words of a kind; None where there are none."""
    match = _pattern(kind).search(text, start)
    return Heard(match[0], match.span()) if match else None
