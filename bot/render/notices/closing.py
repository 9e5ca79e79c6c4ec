"""Notices about the file: closed, reopened, a mistake, merged; and about a drill's own clock."""

from __future__ import annotations

from datetime import timedelta

from bot.render import naming
from bot.render.card import state
from bot.render.notices.registry import words
from bot.render.text import Text, fill, written
from bot.render.times import at, span
from bot.render.view import View
from bot.texts import closing as closing_texts
from bot.texts import drills as drills_texts
from bot.texts import merging as merging_texts
from bot.texts import words as w
from plans.notices import Notice


@words("closed")
def closed(notice: Notice, view: View) -> Text:
    """归档."""
    return fill(closing_texts.CLOSED, title=naming.title(view), time=at(view.now, view.now))


@words("reopened")
def reopened(notice: Notice, view: View) -> Text:
    """Open again."""
    return fill(
        closing_texts.REOPENED,
        title=naming.title(view),
        time=at(view.now, view.now),
        state=state(view),
        reason=_reason(notice),
    )


@words("rejected")
def rejected(notice: Notice, view: View) -> Text:
    """误报."""
    return fill(closing_texts.REJECTED, title=naming.title(view), time=at(view.now, view.now), reason=_reason(notice))


@words("rejected_reporter")
def rejected_reporter(notice: Notice, view: View) -> Text:
    """The reporter learns of it without reproach."""
    return fill(closing_texts.REJECTED_REPORTER, number=naming.number(view), time=at(view.now, view.now))


@words("merged")
def merged(notice: Notice, view: View) -> Text:
    """并案."""
    return fill(
        merging_texts.MERGED, title=naming.title(view), time=at(view.now, view.now), into=int(notice.params["number"])
    )


@words("merged_reporter")
def merged_reporter(notice: Notice, view: View) -> Text:
    """The reporter learns where it goes on."""
    into = int(notice.params["number"])
    return fill(merging_texts.MERGED_REPORTER, number=naming.number(view), into=into, time=at(view.now, view.now))


def _reason(notice: Notice) -> str:
    reason = written(str(notice.params.get("reason") or ""), 160)
    return w.REASON.format(reason=reason) if reason else ""


@words("drill_paused")
def drill_paused(notice: Notice, view: View) -> Text:
    """The drill stands still."""
    return fill(drills_texts.DRILL_PAUSED, number=naming.number(view), time=at(view.now, view.now))


@words("drill_resumed")
def drill_resumed(notice: Notice, view: View) -> Text:
    """The drill goes on."""
    return fill(drills_texts.DRILL_RESUMED, number=naming.number(view), time=at(view.now, view.now))


@words("drill_jumped")
def drill_jumped(notice: Notice, view: View) -> Text:
    """跳到下一时限."""
    length = timedelta(seconds=int(notice.params["seconds"]))
    return fill(drills_texts.DRILL_JUMPED, number=naming.number(view), span=span(length), time=at(view.now, view.now))
