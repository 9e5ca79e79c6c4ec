"""Where a clause ends: at a mark, or at a blank between words that are not Latin."""

from __future__ import annotations

from collections.abc import Iterator

from plans.intake.patterns import lazy

STOPS = "。;!?\n"
"""Marks that end a sentence."""
_MARK = lazy(r"[,。;!?\n]|\s(?!\Z)", sparse=True)


def clause_end(text: str, at: int) -> int:
    """Where the clause ends that begins here, before its mark."""
    for mark in _MARK.finditer(text, at):
        here = mark.start()
        if not mark[0].isspace() or mark[0] == "\n":
            return here
        if here:
            before, behind = text[here - 1], text[here + 1]
            if not (before.isascii() or (behind.isascii() and not behind.isdigit())):
                return here
    return len(text)


def clauses(text: str, most: int) -> Iterator[tuple[int, int, bool]]:
    """Start and end of each clause, and whether its sentence ends with it; not more than so many."""
    at = 0
    for _ in range(most):
        if at >= len(text):
            return
        end = clause_end(text, at)
        if end > at:
            yield at, end, end >= len(text) or text[end] in STOPS
        at = end + 1
