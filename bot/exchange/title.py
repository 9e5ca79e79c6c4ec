"""Where the title of a paper is broken into lines: balanced, and between its pieces where that is possible."""

from __future__ import annotations

from functools import cache
from math import ceil, inf

from bot.texts.paper import NO_LINE_BEGINS


def title_lines(pieces: tuple[str, ...], most: int) -> list[str]:
    """Return the lines of a title.

    Args:
        pieces: are kept together where a line has room.
        most: characters in a line.
    """
    text = " ".join("".join(pieces).split())
    count = ceil(len(text) / most)
    if count <= 1:
        return [text]
    between, at = set(), 0
    for piece in pieces[:-1]:
        at += len(piece)
        between.add(at)
    aim = len(text) / count

    def cost(start: int, end: int) -> float:
        """Return how bad a line is: far from the others' length, or ending within a piece or a number."""
        if end == len(text):
            broken = 0.0
        elif text[end] in NO_LINE_BEGINS or (text[end - 1].isascii() and text[end].isascii()):
            broken = 200.0
        else:
            broken = 0.0 if end in between else 60.0
        return (end - start - aim) ** 2 + broken

    @cache
    def best(start: int, lines: int) -> tuple[float, tuple[int, ...]]:
        """Return the cost and the ends of so many lines from a place on."""
        if lines == 1:
            return (cost(start, len(text)), (len(text),)) if len(text) - start <= most else (inf, ())
        choices = []
        for end in range(start + 1, min(start + most, len(text) - 1) + 1):
            rest, ends = best(end, lines - 1)
            choices.append((cost(start, end) + rest, (end, *ends)))
        return min(choices, default=(inf, ()))

    total, ends = best(0, count)
    if total == inf:
        total, ends = best(0, count + 1)
    starts = (0, *ends[:-1])
    return [text[start:end].strip() for start, end in zip(starts, ends, strict=True)]
