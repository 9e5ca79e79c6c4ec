"""The end of a response, and what is owed after it."""

from __future__ import annotations

from bot.render import duties, naming
from bot.render.citing import cite
from bot.render.delegating import acting
from bot.render.labels import press
from bot.render.levels import event_at
from bot.render.registry import renders, settles
from bot.render.text import Text, fill, joined, written
from bot.render.times import at
from bot.render.view import View
from bot.texts import ending as t
from bot.texts import words as w
from plans.core import keys
from plans.core.notice import Notice, Press
from plans.incident.ending import Ended


def _review(notice: Notice, view: View) -> tuple[Press, ...]:
    return (press("review", "review", keys.RECORD),)


@renders("ended", presses=_review)
def ended(notice: Notice, view: View) -> Text:
    """The response, or the incident without one, has ended."""
    event, item = event_at(view, int(notice.params["sequence"]), Ended)
    role, time = naming.role(view.plan, event.role), at(event.spoken_at or item.at, view.now)
    level = view.incident.response_level
    if level is None:
        declared = t.ENDED_PLAIN.format(role=role, time=time)
    elif event.oral:
        declared = t.ENDED_ORAL.format(
            role=role,
            name=written(event.spoken_by or "", 16),
            time=time,
            level=level,
            recorded=written(event.recorded_by or "", 16) or w.NAME_UNKNOWN,
        )
    else:
        declared = t.ENDED_DECLARED.format(
            role=role + acting(event.acting_for or "", event.acting_until, view.now), time=time, level=level
        )
    rule = next((rule for rule in view.plan.ends if rule.clause == event.clause), None)
    return fill(
        t.ENDED,
        title=naming.title(view),
        declared=declared,
        citation=cite(event.clause, rule.reading if rule else None),
        reason=w.REASON.format(reason=written(event.reason, 120)) if event.reason else "",
    )


def _close(notice: Notice, view: View) -> tuple[Press, ...]:
    return (press("close", "close", "course"), *_review(notice, view))


@renders("after_end", presses=_close)
def after_end(notice: Notice, view: View) -> Text:
    """What is still owed after the end."""
    lines = [
        t.AFTER_REPORT.format(
            name=duties.name(item),
            due=duties.due(view, item),
            citation=duties.citation(item),
            names=duties.names(view, item.left),
        )
        for item in duties.duties_of_office(view)
        if not duties.is_task(item)
    ]
    if view.incident.unsigned:
        roles = list(dict.fromkeys(item.role for item in view.incident.unsigned))
        lines.append(t.AFTER_SIGN.format(roles=naming.roles(view.plan, roles)))
    lines.extend(
        t.AFTER_WORK.format(
            name=duties.name(item),
            text=item.rule.text,
            by=naming.unit_name(view, item.rule.bearer),
            due=duties.due(view, item),
            citation=duties.citation(item),
        )
        for item in duties.owed(view)
        if item.rule is not None and duties.is_task(item)
    )
    return fill(t.AFTER_END, number=naming.number(view), items=joined(lines))


@renders("after_tasks")
def after_tasks(notice: Notice, view: View) -> Text:
    """A unit learns what it has to see to after the end, by when and under which clause."""
    keys = tuple(str(key) for key in notice.params["keys"])
    items = [
        t.AFTER_TASK.format(
            name=duties.name(item), text=item.rule.text, due=duties.due(view, item), citation=duties.citation(item)
        )
        for item in duties.owed(view, keys)
        if item.rule is not None
    ]
    return fill(
        t.AFTER_TASKS,
        title=naming.title(view),
        level=view.incident.response_level or "",
        unit=naming.unit_name(view, str(notice.params["unit"])),
        items=joined(items),
        phone=naming.seat_phone(view),
    )


@renders("ended_unit")
def ended_unit(notice: Notice, view: View) -> Text:
    """A called unit learns of the end."""
    return fill(
        t.ENDED_UNIT,
        title=naming.title(view),
        level=view.incident.response_level or "",
        time=at(view.incident.ended_at, view.now),
        unit=naming.unit_name(view, str(notice.params["unit"])),
    )


@settles(Ended, "standing", "course")
def _ended_before(view: View, of: str, event: Ended) -> str:
    return t.OUTRUN_ENDED.format(role=naming.role(view.plan, event.role))
