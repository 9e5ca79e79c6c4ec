"""Figures that do not count before somebody has chosen: the question, and their lines on card, worksheet and record."""

from __future__ import annotations

from bot.render import naming
from bot.render.registry import labels, renders
from bot.render.text import Text, fill, written
from bot.render.times import at
from bot.render.values import amount_of, fact_of, label, named, plainly
from bot.render.view import View
from bot.texts import unsure as t
from bot.texts import words as w
from plans.core.notice import Notice, Press
from plans.incident.records_said import Unsure

MOST_WORDS = 60
"""Characters of the words that are quoted."""

MOST_LINES = 4
MOST_NUMBERS = 5


@renders("figure_asked")
def figure_asked(notice: Notice, view: View) -> Text:
    """A figure is not sure, falls or is only said: its words, and a button for each way to mean it."""
    found = view.incident.unsure[str(notice.params["key"])]
    template = {"read": t.ASKED_READ, "fall": t.ASKED_FALL, "said": t.ASKED_SAID}[found.why]
    return fill(
        template,
        number=naming.number(view),
        label=label(view, found.fact),
        source=naming.source(view, found.source),
        time=at(found.at, view.now),
        words=written(found.words, MOST_WORDS),
        **({"value": _values(view, found)} if found.why == "said" else {"now": plainly(view, found.fact)}),
    )


def unsure_lines(view: View, *, words: bool = False) -> list[str]:
    """Return a line for each figure that does not count yet; with its words only where no others read along."""
    if view.incident.state == "merged":
        return []  # they wait where it went
    found = list(view.incident.unsure.values())
    lines = [_line(view, item, words=words) for item in found[-MOST_LINES:]]
    more = len(found) - len(lines)
    return [*lines, t.MORE.format(count=more)] if more else lines


def unread_line(view: View) -> str:
    """Return 未读懂的数字, for the duty seat alone; empty where every number was read."""
    numbers = list(dict.fromkeys(view.incident.unread))[:MOST_NUMBERS]
    return t.UNREAD.format(numbers=w.LIST.join(written(number, 12) for number in numbers)) if numbers else ""


def _line(view: View, item: Unsure, *, words: bool) -> str:
    values = _values(view, item)
    fall = t.LINE_FALL if values else t.LINE_BACK
    line = {"read": t.LINE_READ, "fall": fall, "said": t.LINE_SAID}[item.why].format(
        label=label(view, item.fact),
        values=values,
        source=naming.source(view, item.source),
        time=at(item.at, view.now),
    )
    return t.LINE_WORDS.format(line=line, words=written(item.words, MOST_WORDS)) if words and item.words else line


def _values(view: View, item: Unsure) -> str:
    """Return the figures that may be chosen."""
    fact = fact_of(view, item.fact)
    return w.OR.join(amount_of(one["value"], fact) for one in item.options if one.get("value") is not None)


@labels("figure_is")
def _figure_is(item: Press, view: View) -> str:
    """Return a figure that may be chosen."""
    name, value = str(item.args["fact"]), item.args["value"]
    if value is None:
        return t.TAKEN_BACK.format(label=label(view, name))
    return t.FIGURE_IS.format(label=named(view, name), value=amount_of(value, fact_of(view, name)))


@labels("as_it_was")
def _as_it_was(item: Press, view: View) -> str:
    """Return that it stays as it was."""
    name = str(item.args["fact"])
    return (t.AS_IT_WAS if name in view.incident.claims else t.NOT_SAID).format(label=label(view, name))
