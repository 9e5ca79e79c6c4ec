"""Notices about edited messages."""

from __future__ import annotations

from bot.render import naming
from bot.render.notices.asking import stated
from bot.render.notices.registry import words
from bot.render.text import Text, fill, written, written_block
from bot.render.times import at
from bot.render.view import View
from bot.texts import edits as edits_texts
from bot.texts import words as w
from plans.notices import Notice

MOST_RAW = 600
"""Characters of each of the two wordings."""


@words("edit")
def edit(notice: Notice, view: View) -> Text:
    """Both wordings, and what the new one says otherwise."""
    params = notice.params
    changes = [
        stated(view, params["facts"]),
        edits_texts.EDIT_PLACE.format(place=written(str(params["place"]), 40)) if params["place"] else "",
        edits_texts.EDIT_TIME.format(time=at(params["occurred"], view.now)) if params["occurred"] else "",
    ]
    said = w.COMMA.join(part for part in changes if part)
    return fill(
        edits_texts.EDIT,
        number=naming.number(view),
        source=naming.source(view, str(params["source"])),
        time=at(view.now, view.now),
        before=written_block(str(params["before"]), MOST_RAW) or w.UNSTATED,
        after=written_block(str(params["after"]), MOST_RAW) or w.UNSTATED,
        changes=edits_texts.EDIT_CHANGES.format(changes=said) if said else edits_texts.EDIT_NOTHING,
    )
