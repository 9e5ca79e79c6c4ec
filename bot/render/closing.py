"""Cases that are closed, opened again, or rejected as a mistake (误报)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.render import duties, naming
from bot.render.card import state
from bot.render.citing import cite
from bot.render.framing import framed
from bot.render.labels import press, stamped
from bot.render.message import Key, Message
from bot.render.naming import seat_phone
from bot.render.registry import explains, renders, settles
from bot.render.text import Text, fill, joined, written
from bot.render.times import at
from bot.render.view import View
from bot.texts import closing as t
from bot.texts import words as w
from plans.core.notice import Notice
from plans.incident.closing import Closed


@renders("closed")
def closed(notice: Notice, view: View) -> Text:
    """归档."""
    return fill(t.CLOSED, title=naming.title(view), time=at(view.now, view.now))


@renders("closed_before_tasks")
def closed_before_tasks(notice: Notice, view: View) -> Text:
    """What of the tasks after the end was not done when the case was closed."""
    keys = tuple(str(key) for key in notice.params["keys"])
    names = w.LIST.join(duties.name(item) for item in duties.owed(view, keys))
    return fill(t.CLOSED_BEFORE_TASKS, title=naming.title(view), count=len(keys), names=names)


@renders("reopened")
def reopened(notice: Notice, view: View) -> Text:
    """Open again."""
    return fill(
        t.REOPENED,
        title=naming.title(view),
        time=at(view.now, view.now),
        state=state(view),
        reason=_reason(notice),
    )


@renders("rejected")
def rejected(notice: Notice, view: View) -> Text:
    """误报."""
    return fill(t.REJECTED, title=naming.title(view), time=at(view.now, view.now), reason=_reason(notice))


@renders("rejected_reporter")
def rejected_reporter(notice: Notice, view: View) -> Text:
    """The reporter learns of it without reproach."""
    return fill(t.REJECTED_REPORTER, number=naming.number(view), time=at(view.now, view.now))


def _reason(notice: Notice) -> str:
    reason = written(str(notice.params.get("reason") or ""), 160)
    return w.REASON.format(reason=reason) if reason else ""


@renders("rejected_unit")
def rejected_unit(notice: Notice, view: View) -> Text:
    """A called unit learns that it was a mistake."""
    unit = naming.unit_name(view, str(notice.params["unit"]))
    return joined(
        (
            fill(t.REJECTED_UNIT, title=naming.title(view), time=at(view.now, view.now), unit=unit),
            seat_phone(view),
        )
    )


def many_to_reject(
    view: View, name: str, titles: Sequence[str], cases: dict[str, int], rest: Sequence[str], anchor: str
) -> Message:
    """Show which reports are to be 不属实 together, with the button that confirms this list and no other.

    Args:
        titles: of the reports shown. cases: their logs, each with the revision of what was known of it.
        rest: the logs of further ones, for the next list.
        anchor: the log that the button belongs to.
    """
    head = t.REJECT_MANY.format(count=len(titles), name=name)
    foot = t.REJECT_MANY_MORE.format(count=len(rest)) if rest else t.REJECT_MANY_ALL
    args = {"cases": cases, "rest": list(rest), "name": name, "count": len(titles)}
    key = Key(
        t.REJECT_MANY_KEY.format(count=len(titles)),
        stamped(press("reject_all", "reject_all", "report", **args), view.incident), anchor,
    )  # fmt: skip
    return replace(framed(view, "\n".join([head, *titles, foot])), rows=((key,),))


@explains("open_obligations")
def _open(params: Mapping[str, Any], view: View) -> dict[str, str]:
    """Return what is still owed."""
    items = params["open"]
    entries = [
        t.OPEN_ITEM.format(
            report=item["report"],
            clause=cite(str(item["clause"])),
            to=w.LIST.join(naming.unit_name(view, str(name)) for name in item["to"]),
        )
        for item in items
    ]
    return {"count": str(len(items)), "open": w.SEMICOLON.join(entries)}


@settles(Closed, "course")
def _closed_before(view: View, of: str, event: Closed) -> str:
    return t.OUTRUN_CLOSED.format(name=naming.person(event.name))
