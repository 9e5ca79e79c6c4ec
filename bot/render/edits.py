"""Messages that were edited after they had been recorded."""

from __future__ import annotations

from bot.render import naming
from bot.render.facts import statement
from bot.render.registry import renders
from bot.render.text import Text, fill, written, written_block
from bot.render.times import at
from bot.render.values import label
from bot.render.view import View
from bot.texts import edits as t
from bot.texts import words as w
from bot.texts.unsure import UNREAD
from plans.core.notice import Notice

MOST_RAW = 600
"""Characters of each of the two wordings."""


@renders("edit")
def edit(notice: Notice, view: View) -> Text:
    """Both wordings, and what the new one says otherwise."""
    params = notice.params
    changes = [
        statement(view, params["facts"]),
        t.EDIT_PLACE.format(place=written(str(params["place"]), 40)) if params["place"] else "",
        t.EDIT_TIME.format(time=at(params["occurred"], view.now)) if params["occurred"] else "",
        *(t.EDIT_RAISED.format(label=label(view, name)) for name in params.get("raised", ())),
    ]
    asked = w.LIST.join(dict.fromkeys(label(view, name) for name in params.get("unsure", ())))
    numbers = w.LIST.join(written(number, 12) for number in params.get("unread", ()))
    summary = w.COMMA.join(part for part in changes if part)
    return fill(
        t.EDIT,
        number=naming.number(view),
        source=naming.source(view, str(params["source"])),
        time=at(view.now, view.now),
        before=written_block(str(params["before"]), MOST_RAW) or w.UNSTATED,
        after=written_block(str(params["after"]), MOST_RAW) or w.UNSTATED,
        changes=t.EDIT_CHANGES.format(changes=summary) if summary else "" if asked else t.EDIT_NOTHING,
        asked=t.EDIT_ASKED.format(labels=asked) if asked else "",
        unread=UNREAD.format(numbers=numbers) if numbers else "",
    )
