"""Tables as a file gives them: cells of text with the row that they stood in, and what of the file was not read.

What cannot be seen is no part of a cell: two cells that look the same are the same.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_UNSEEN = frozenset("\u00ad\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0") | {
    chr(code)
    for first, last in ((0x180B, 0x180F), (0xFE00, 0xFE0F), (0xE0000, 0xE0FFF))
    for code in range(first, last + 1)
}
"""Characters of other classes that a screen leaves out: fillers, selectors of a variant."""

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""Beginnings of a cell that a spreadsheet takes for a formula, or leaves out to find one behind."""


class Figure(str):
    """The text of a cell that the spreadsheet keeps as a number: 12.10 was cut to 12.1 there, a leading 0 is gone."""

    __slots__ = ()


class Fault(str):
    """What is wrong with a cell that has no value that can be read: a formula without result."""

    __slots__ = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """One sheet.

    Attributes:
        rows: number as the file counts them from 1, and cells; rows without any text are left out.
        name: of the sheet, empty where a file is one table.
        unread: what of it was not read, in words.
    """

    rows: tuple[tuple[int, list[str]], ...]
    name: str = ""
    unread: tuple[str, ...] = ()


def plain(text: str) -> str:
    """Return text without what cannot be seen, in ordinary widths; line breaks and ideographic spaces stay."""
    return unicodedata.normalize("NFKC", visible(text).replace("\u3000", "\ufdd0")).replace("\ufdd0", "\u3000")


def visible(text: str) -> str:
    """Return text without what cannot be seen: marks of direction, fillers, control characters, a sheet's escapes."""
    text = _ESCAPED.sub(_unescaped, text).replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n")
    text = text.replace("\u2028", "\n").replace("\u2029", "\n").replace("\u0085", "\n")
    return "".join(char for char in text if char in "\n\t" or not _hidden(char))


def _hidden(char: str) -> bool:
    return char in _UNSEEN or unicodedata.category(char) in ("Cc", "Cf", "Cs") or _ILLEGAL.match(char) is not None


def _unescaped(match: re.Match[str]) -> str:
    return chr(int(match[1], 16))


def safe(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula, and that says the same when it is read again."""
    return f"'{cell}" if cell.startswith((*FORMULA, "'")) else cell


def unsafe(cell: str) -> str:
    """Return what a cell said before :func:`safe` wrote it."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith((*FORMULA, "'")) else cell


def legible(text: str) -> str:
    """Return text that every format can hold: without control characters, halves of characters and non-characters."""
    return _ILLEGAL.sub("", text.replace("\v", "\n"))
