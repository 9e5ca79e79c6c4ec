"""Tables in a terminal where a Chinese character is two columns wide."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

LEAST = 8
"""No column gets narrower."""


def width(text: str) -> int:
    """Return how many columns a text takes."""
    return sum(_width(char) for char in text)


def _width(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Cc", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1  # ambiguous ones (Ⅲ, ─) as terminals have them


def pad(text: str, columns: int) -> str:
    """Return a text filled with spaces to so many columns."""
    return text + " " * max(columns - width(text), 0)


def wrap(text: str, columns: int) -> list[str]:
    """Return a text in lines of at most so many columns; Latin words and numbers stay whole where they fit."""
    lines, line, used = [], "", 0
    for word in _words(text.replace("\n", " ")):
        size = width(word)
        if used + size > columns and line:
            lines.append(line.rstrip())
            line, used = "", 0
        if size > columns:
            for char in word:
                if used + _width(char) > columns:
                    lines.append(line)
                    line, used = "", 0
                line, used = line + char, used + _width(char)
            continue
        if line or not word.isspace():
            line, used = line + word, used + size
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


_CLOSING = "，。、；：！？）》”’】〕,.;:!?)%"
_OPENING = "（《“‘【〔("


def _words(text: str) -> Iterable[str]:
    """Yield pieces that are not broken: a Latin word or number, a Chinese character with the marks around it."""
    piece = ""
    for char in text:
        latin = char.isascii() and not char.isspace()
        goes_on = latin and piece[-1:].isascii() and not piece.isspace()
        if piece and (goes_on or char in _CLOSING or piece[-1] in _OPENING):
            piece += char
            continue
        if piece:
            yield piece
        piece = char
    if piece:
        yield piece


_COLUMNS: ContextVar[int] = ContextVar("columns", default=0)
_UNWRAPPED = 1_000_000


@contextmanager
def unwrapped() -> Iterator[None]:
    """Let lines be as long as they are, so that what they hold can be looked for."""
    token = _COLUMNS.set(_UNWRAPPED)
    try:
        yield
    finally:
        _COLUMNS.reset(token)


def terminal() -> int:
    """Return how many columns there are to write in."""
    return _COLUMNS.get() or max(min(shutil.get_terminal_size((100, 24)).columns, 140), 40)


def table(rows: Iterable[Sequence[str]], head: Sequence[str] = (), columns: int = 0, indent: int = 2) -> list[str]:
    """Return rows as aligned lines; the last column takes what is left and is wrapped.

    Args:
        head: titles of the columns.
        columns: the width of all; left out, the terminal's.
    """
    body = [[cell.strip() for cell in row] for row in rows]
    if not body:
        return []
    sizes = [max(width(row[i]) for row in (*body, *([list(head)] if head else []))) for i in range(len(body[0]))]
    room = (columns or terminal()) - indent - 2 * (len(sizes) - 1)
    sizes = _fitted(sizes, room)
    lines = _row(head, sizes, indent) if head else []
    if head:
        lines.append(" " * indent + "  ".join("─" * size for size in sizes))
    for row in body:
        lines += _row(row, sizes, indent)
    return lines


def _fitted(sizes: list[int], room: int) -> list[int]:
    """Return widths that fit: the wide columns share what the narrow ones leave."""
    sizes = [max(size, 1) for size in sizes]
    cap = max(sizes)
    while cap > LEAST and sum(min(size, cap) for size in sizes) > room:
        cap -= 1
    spare = room - sum(min(size, cap) for size in sizes)
    return [min(size, cap + (spare if size > cap and i == len(sizes) - 1 else 0)) for i, size in enumerate(sizes)]


def _row(row: Sequence[str], sizes: list[int], indent: int) -> list[str]:
    cells = [wrap(cell, size) for cell, size in zip(row, sizes, strict=True)]
    return [
        (
            " " * indent
            + "  ".join(pad(cell[i] if i < len(cell) else "", size) for cell, size in zip(cells, sizes, strict=True))
        ).rstrip()
        for i in range(max(len(cell) for cell in cells))
    ]


def heading(text: str) -> list[str]:
    """Return a title of a part, with a line above it."""
    return ["", f"■ {text}"]
