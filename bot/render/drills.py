"""Drills and their own clock."""

from __future__ import annotations

from datetime import timedelta

from bot.render import naming
from bot.render.registry import renders
from bot.render.text import Text, fill
from bot.render.times import at, span
from bot.render.view import View
from bot.texts import drills as t
from plans.core.notice import Notice


@renders("drill_paused")
def drill_paused(notice: Notice, view: View) -> Text:
    """The drill stands still."""
    return fill(t.DRILL_PAUSED, number=naming.number(view), time=at(view.now, view.now))


@renders("drill_resumed")
def drill_resumed(notice: Notice, view: View) -> Text:
    """The drill goes on."""
    return fill(t.DRILL_RESUMED, number=naming.number(view), time=at(view.now, view.now))


@renders("drill_jumped")
def drill_jumped(notice: Notice, view: View) -> Text:
    """跳到下一时限."""
    length = timedelta(seconds=int(notice.params["seconds"]))
    return fill(t.DRILL_JUMPED, number=naming.number(view), span=span(length), time=at(view.now, view.now))
