"""Drills and their own clock."""

from __future__ import annotations

from datetime import timedelta

from bot.render import naming
from bot.render.registry import renders
from bot.render.text import Text, fill
from bot.render.times import at, span
from bot.render.view import View
from bot.texts import drills as t
from bot.texts import words as w
from plans.core.notice import Notice


def in_minutes(length: timedelta) -> str:
    """Return a length to the nearest minute, seconds where it is shorter than one."""
    minute = timedelta(minutes=1)
    return span(minute * round(length / minute) if length > minute else length)


def own_clock(view: View) -> str:
    """Return by how much a drill's own time differs from the clock on the wall; empty where it does not."""
    by = view.incident.offset
    if abs(by) < timedelta(minutes=1):
        return ""
    return (t.AHEAD if by > timedelta() else t.BEHIND).format(span=in_minutes(abs(by)))


def _clock(view: View) -> str:
    return own_clock(view) and own_clock(view) + w.STOP


@renders("drill_paused")
def drill_paused(notice: Notice, view: View) -> Text:
    """The drill stands still."""
    return fill(t.DRILL_PAUSED, number=naming.number(view), time=at(view.now, view.now))


@renders("drill_resumed")
def drill_resumed(notice: Notice, view: View) -> Text:
    """The drill goes on."""
    stood = timedelta(seconds=int(notice.params.get("stood", 0)))
    said = t.STOOD.format(span=in_minutes(stood)) if stood else ""
    return fill(
        t.DRILL_RESUMED, number=naming.number(view), time=at(view.now, view.now), stood=said, clock=_clock(view)
    )


@renders("drill_jumped")
def drill_jumped(notice: Notice, view: View) -> Text:
    """跳到下一时限."""
    length = timedelta(seconds=int(notice.params["seconds"]))
    return fill(
        t.DRILL_JUMPED, number=naming.number(view), span=span(length), time=at(view.now, view.now), clock=_clock(view)
    )
