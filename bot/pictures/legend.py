"""What the marks of a picture mean: those that stand in it, and no others."""

from __future__ import annotations

from collections.abc import Sequence

from bot.pictures import fonts
from bot.pictures.clocks import Clock
from bot.pictures.sheet import LEFT, RIGHT, SMALL, Colour, Shape, Sheet
from bot.texts import pictures as t

_CLOCKS: dict[str, tuple[Shape, Colour]] = {
    "due": ("due", "faint"), "told": ("disc", "good"), "told_late": ("triangle", "late"),
}  # fmt: skip
_UNITS: dict[str, tuple[Shape, Colour]] = {
    "called": ("stroke", "faint"), "received": ("ring", "good"), "set_out": ("arrow", "good"),
    "arrived": ("disc", "good"), "cannot": ("cross", "late"),
}  # fmt: skip


def draw_legend(sheet: Sheet, owed: Sequence[Clock], *, with_units: bool, with_breaks: bool) -> None:
    """Draw what the marks on the lanes mean; a row's own mark has its word beside it."""
    rows: list[dict[str, tuple[Shape, Colour]]] = []
    if owed:
        rows.append(_CLOCKS)
    if with_units:
        rows.append(_UNITS)
    if with_breaks:
        rows.append({"break": ("break", "faint")})
    if rows:
        sheet.gap(8)
    for row in rows:
        x, sheet.y = LEFT, sheet.y + 15
        for key, (shape, colour) in row.items():
            words = t.LEGEND[key]
            wide = 14 + fonts.width(words, SMALL) + 10
            if x + wide - 10 > RIGHT:
                x, sheet.y = LEFT, sheet.y + 15
            sheet.mark(shape, x + 5, sheet.y - 4, colour)
            sheet.words(x + 14, sheet.y, words, size=SMALL, colour="faint")
            x += wide
    sheet.gap(4)
    sheet.paragraph(t.LEGEND["uneven"], size=SMALL, colour="faint")
