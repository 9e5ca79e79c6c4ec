"""Clauses and sentences of a warning: a colon ends a clause as a comma does, but for the one in 13:05; so does 】."""

from __future__ import annotations

from collections.abc import Iterator

from plans.intake.reading import Span

_ENDS = "。;!?\n"
_PAUSES = ",:【】"


def clause(text: str, span: Span) -> Span:
    """The clause around a stretch of text."""
    start, end = span
    while start and not _stops(text, start - 1, _ENDS + _PAUSES):
        start -= 1
    while end < len(text) and not _stops(text, end, _ENDS + _PAUSES):
        end += 1
    return start, end


def sentence(text: str, span: Span) -> Span:
    """The sentence around a stretch of text."""
    start, end = span
    while start and text[start - 1] not in _ENDS:
        start -= 1
    while end < len(text) and text[end] not in _ENDS:
        end += 1
    return start, end


def clauses(text: str, stretch: Span) -> Iterator[Span]:
    """The clauses of a stretch, in order."""
    start = stretch[0]
    for at in range(*stretch):
        if _stops(text, at, _ENDS + _PAUSES):
            yield start, at
            start = at + 1
    yield start, stretch[1]


def breath(text: str, at: int) -> int:
    """Where the clauses begin that speak of one thing: behind a colon or a full stop."""
    while at and not _stops(text, at - 1, "。!?\n:"):
        at -= 1
    return at


def _stops(text: str, at: int, stops: str) -> bool:
    if text[at] not in stops:
        return False
    return text[at] != ":" or not (text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit())
