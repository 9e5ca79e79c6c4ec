"""The scale of time as it is drawn: hours and days below, the steps of the course by their numbers above, and now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.pictures import fonts
from bot.pictures.scale import Scale
from bot.pictures.sheet import LEFT, RIGHT, SMALL, Sheet
from bot.render.times import day
from plans.times import BEIJING

DISC = 7.5
"""Radius of a numbered disc."""


def disc(sheet: Sheet, x: float, y: float, number: int) -> None:
    """Draw a number in a disc."""
    sheet.mark("disc", x, y, "ink", radius=DISC)
    sheet.words(x, y + 4, str(number), size=SMALL, colour="paper", bold=True, anchor="middle")


def draw_axis(sheet: Sheet, axis: Scale, steps: Sequence[datetime], end: datetime, word: str) -> None:
    """Draw the scale below what is there.

    Args:
        steps: the moments of the numbered steps. word: what the moment ``end`` is called.
    """
    sheet.gap(8)
    at_end = axis.at(end)
    text = f"{word} {end.astimezone(BEIJING):%H:%M}"
    half = fonts.width(text, SMALL, bold=True) / 2
    sheet.words(min(max(at_end, LEFT + half), RIGHT - half), sheet.y + 11, text, size=SMALL, bold=True, anchor="middle")
    top, y = sheet.y + 14, sheet.y + 14 + 2 * DISC + 6
    sheet.line(at_end, top - 1, at_end, y + 4, "ink", thick=1.2)
    sheet.line(LEFT, y, RIGHT, y, "faint")
    for number, (true, shown) in enumerate(_apart([axis.at(moment) for moment in steps]), 1):
        sheet.line(true, y + 3, true, y - 2, "ink")
        sheet.line(true, y - 2, shown, y - 5, "ink", thick=0.7)
        disc(sheet, shown, top + DISC, number)
    for middle in axis.breaks:
        sheet.mark("break", middle, y, "faint", radius=4)
    last_day, dated = None, False
    for place, moment in axis.labels(40):
        local = moment.astimezone(BEIJING)
        sheet.line(place, y, place, y + 3, "faint")
        half = fonts.width(f"{local:%H:%M}", SMALL) / 2
        x = min(max(place, LEFT + half), RIGHT - half)
        sheet.words(x, y + 13, f"{local:%H:%M}", size=SMALL, colour="faint", anchor="middle")
        if local.date() != last_day:
            words = day(moment, end)
            half = fonts.width(words, SMALL) / 2
            x = min(max(place, LEFT + half), RIGHT - half)
            sheet.words(x, y + 26, words, size=SMALL, colour="faint", anchor="middle")
            last_day, dated = local.date(), True
    sheet.y = y + (29 if dated else 16)


def _apart(places: Sequence[float]) -> list[tuple[float, float]]:
    """Return each place with the one at which its disc does not cover another's."""
    gap = 2 * DISC + 1
    shown: list[float] = []
    for place in places:
        shown.append(max(place, LEFT + DISC, shown[-1] + gap if shown else 0))
    limit = RIGHT - DISC
    for index in range(len(shown) - 1, -1, -1):
        shown[index] = min(shown[index], limit)
        limit = shown[index] - gap
    return list(zip(places, shown, strict=True))
