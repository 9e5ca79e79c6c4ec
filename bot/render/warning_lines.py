"""A warning in a line: in lists, beside incidents, in any chat, and a headline for each of its stages."""

from __future__ import annotations

from datetime import datetime

from bot.render import warning_pieces as pieces
from bot.render.cases import CaseView
from bot.render.message import Message
from bot.render.text import Text, fill, joined
from bot.render.warning_pieces import issuer, listed, period, the_warning, title
from bot.texts import warning as t
from bot.texts import words as w
from plans.warning.state import WarningCase


def headlines(view: CaseView) -> tuple[str, ...]:
    """Return a headline for each stage: who said what."""
    return tuple(
        t.HEADLINE.format(issuer=issuer(stage.content, view.plan), act=t.ACTS[stage.act], title=title(stage.content))
        for stage in the_warning(view).stages
    )


def listing(views: list[CaseView]) -> Message:
    """Return all warnings that are open, a line each."""
    if not views:
        return Message(t.LIST_NONE)
    lines: list[Text | str] = [fill(t.LIST_HEAD, count=len(views))]
    for view in views:
        warning = the_warning(view)
        lines.append(
            fill(
                t.LIST_LINE, number=pieces.marked_number(view), title=title(warning.content),
                state=t.STATES[warning.state],
                span=period(warning.content, view.now), **{
                    name: count for name, count in pieces.answered(warning).items() if name != "done"
                },
            )
        )  # fmt: skip
    text = joined(lines)
    return Message(text.plain, text.entities)


def asked_for(warning: WarningCase, query: str) -> bool:
    """Return whether a query names a warning: 预警, 预警3, its hazard or colour."""
    bare = query.removeprefix(t.WORD).strip()
    if query.startswith(t.WORD) and (not bare or bare.isdecimal()):
        return not bare or int(bare) == warning.number
    return query in title(warning.content)


def inline(warning: WarningCase, now: datetime) -> tuple[str, str, str]:
    """Return title, hint and text of a warning in force, for any chat: what, until when, its number, and no more."""
    content = warning.content
    said = {
        "title": title(content), "state": t.STATES[warning.state], "span": period(content, now),
        "number": t.NUMBER.format(number=warning.number),
    }  # fmt: skip
    mark = w.DRILL if warning.drill else ""
    heading, text = mark + t.INLINE_TITLE.format(**said), mark + t.INLINE_TEXT.format(**said) + mark
    return heading, t.INLINE_HINT.format(**said), text


def line_in_force(warning: WarningCase, now: datetime) -> str:
    """Return one line beside incidents: a warning is in force."""
    name = listed(warning.number, drill=warning.drill)
    return t.STATUS_LINE.format(title=title(warning.content), number=name, span=period(warning.content, now))
