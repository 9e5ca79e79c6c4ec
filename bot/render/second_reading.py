"""Two readings of one message: both values with the words, and a button for each."""

from __future__ import annotations

from typing import Any

from bot.render import naming
from bot.render.registry import labels, renders
from bot.render.text import Text, fill, written
from bot.render.values import amount_of, fact_of, label
from bot.render.view import View
from bot.texts import second_reading as t
from plans.core.notice import Notice, Press

_WORDS = 40
"""Characters of the message that are shown of each figure."""


@renders("read_twice")
def read_twice(notice: Notice, view: View) -> Text:
    """What each reader reads, one figure a line."""
    lines = []
    for name in notice.params["facts"]:
        doubt = view.incident.read_twice[str(name)]
        words = t.READ_TWICE_WORDS.format(words=written(doubt.words, _WORDS)) if doubt.words else ""
        template = t.READ_TWICE_NEW if doubt.first is None else t.READ_TWICE_ITEM
        first, second = (_value(view, doubt.fact, data) for data in (doubt.first, doubt.second))
        lines.append(template.format(label=label(view, doubt.fact), first=first, second=second, words=words))
    return fill(t.READ_TWICE, number=naming.number(view), items="\n".join(lines))


def _value(view: View, fact: str, data: Any) -> str:
    return amount_of(data, fact_of(view, fact)) if data is not None else ""


@labels("second_reading")
def _second(item: Press, view: View) -> str:
    """Return the figure that the second reader read."""
    fact = str(item.args["fact"])
    return t.SECOND.format(label=label(view, fact), value=_value(view, fact, item.args["second"]))


@labels("first_reading")
def _first(item: Press, view: View) -> str:
    """Return that the first reader was right."""
    fact, data = str(item.args["fact"]), item.args["first"]
    if data is None:
        return t.FIRST_NONE.format(label=label(view, fact))
    return t.FIRST.format(label=label(view, fact), value=_value(view, fact, data))
