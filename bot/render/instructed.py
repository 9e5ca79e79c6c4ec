"""What leaders said about an incident (批示): a line of the worksheet, and the element of a report that asks for it."""

from __future__ import annotations

from bot.render.text import written
from bot.render.times import When, at
from bot.render.view import View
from bot.texts import instructions as t
from bot.texts import words as w
from plans.incident.instructions import WITHDRAWN
from plans.incident.records_beside import Instructed

MOST_TEXT = 60
"""Characters of an instruction in a line."""

MOST_LONG = 300
"""Characters of it in a report."""


def asks_for_it(name: str) -> bool:
    """Return whether an element of a form is the one in which instructions stand."""
    return any(word in name for word in t.WORDS_OF)


def element(view: View, name: str, *, when: When = at, most: int = MOST_TEXT) -> str:
    """Return what was said, by whom and when, and how far it is carried out; empty where nothing was said.

    Args:
        when: how a moment is written. most: characters of each.
    """
    if not asks_for_it(name):
        return ""
    said = [item for item in view.incident.instructions.values() if item.stands != WITHDRAWN]
    return w.SEMICOLON.join(_said(view, item, when, most) for item in sorted(said, key=lambda item: item.given_at))


def _said(view: View, item: Instructed, when: When, most: int) -> str:
    way = t.BY_WAY.format(way=item.way) if item.way else ""
    stands = t.ELEMENT_STANDS[item.stands].format(told=item.told, finished=item.finished)
    return t.ELEMENT.format(
        time=when(item.given_at, view.now), giver=written(item.giver, 20), way=way,
        text=written(item.text, most).rstrip(w.STOP), stands=stands,
    )  # fmt: skip


def sheet_lines(view: View) -> list[str]:
    """Return the instructions that somebody has still to carry out, a line each."""
    lines = []
    for item in view.incident.instructions.values():
        if item.open:
            due = ""
            if item.due is not None:
                late = t.SHEET_LATE if item.due <= view.now else t.SHEET_DUE
                due = late.format(time=at(item.due, view.now))
            lines.append(
                t.SHEET.format(
                    giver=written(item.giver, 20), time=at(item.given_at, view.now), text=written(item.text, MOST_TEXT),
                    finished=item.finished, told=item.told, due=due,
                )
            )  # fmt: skip
    return lines
