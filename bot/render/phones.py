"""Numbers that were looked up: shown ``0356-…`` to read and ``+86356…`` to tap."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from bot.render.chat import Line
from bot.render.message import Message
from bot.render.naming import in_list
from bot.render.text import written
from bot.render.times import at, day
from bot.texts import phones as t
from bot.texts.words import LIST, STATES
from plans.directory import Amendment, Entry, Hit
from plans.directory.numbers import dialled
from plans.model import Plan

MOST = 8
"""Numbers in one answer."""

Known = Callable[[Hit], Amendment | None]


def numbers(query: str, hits: Sequence[Hit], plans: Iterable[Plan], now: datetime, change_of: Known) -> Message:
    """Return the lines that were found.

    Args:
        plans: those that the hits may be of.
        change_of: returns what an administrator changed about a line.
    """
    if not hits:
        return Message(t.NONE.format(query=written(query, 24)))
    return _listed(t.FOUND.format(query=written(query, 24)), hits, plans, now, change_of)


def units_at_hand(number: int, hits: Sequence[Hit], plans: Iterable[Plan], now: datetime, change_of: Known) -> Message:
    """Return the lines of the units that are called in the running incident."""
    return _listed(t.AT_HAND.format(number=number), hits, plans, now, change_of)


def _listed(head: str, hits: Sequence[Hit], plans: Iterable[Plan], now: datetime, change_of: Known) -> Message:
    by_id = {plan.id: plan for plan in plans}
    lines = [head]
    for hit in hits[:MOST]:
        template = t.HIT_LABEL if hit.label else t.HIT
        lines.append(template.format(unit=hit.unit, kind=written(hit.kind, 12), label=written(hit.label, 24)))
        lines.append(t.HIT_NUMBER.format(number=hit.dial, tap=hit.tap).rstrip())
        if (change := change_of(hit)) is not None:
            lines.append(_change(change, by_id.get(hit.plan), now))
    if len(hits) > MOST:
        lines.append(t.MORE.format(count=len(hits) - MOST))
    sources = [by_id[plan_id] for plan_id in dict.fromkeys(hit.plan for hit in hits[:MOST]) if plan_id in by_id]
    titles = [_source(plan) for plan in sources]
    if any(not hit.plan for hit in hits[:MOST]):
        titles.append(t.SOURCE_LISTED)
    lines.append(t.SOURCE.format(plans=LIST.join(titles)))
    return Message("\n".join(lines))


def _source(plan: Plan) -> str:
    if plan.in_force is None:
        return t.SOURCE_UNDATED.format(title=plan.title)
    return t.SOURCE_DATED.format(title=plan.title, year=plan.in_force.year)


def _change(change: Amendment, plan: Plan | None, now: datetime) -> str:
    template = {"added": t.ADDED, "checked": t.CHECKED}.get(change.way, t.CHANGED)
    was = dialled(change.was, plan.jurisdiction.area_code if plan is not None else "")
    return template.format(day=day(change.at, now), was=was)


def duty_number(line: Entry | None) -> Message:
    """Return the one number that a group of others than officials is shown."""
    if line is None:
        return Message(t.DUTY_UNKNOWN)
    return Message(t.DUTY_LINE.format(number=line.dial, tap=line.tap))


def inline_words(key: str, **values: str) -> tuple[str, str, str]:
    """Return title, hint and text of a result that is no number: ``stranger`` or ``none``."""
    title, hint, text = t.INLINE[key]
    return title, hint, text.format(**values)


def inline_incident(row: Line, plan: str, username: str, now: datetime) -> tuple[str, str, str]:
    """Return title, hint and text of an incident: what is sent into a chat, perhaps of parents, says no figure."""
    number = in_list(row.number, drill=row.drill)
    state = STATES[row.state]
    return (
        t.INLINE_INCIDENT_TITLE.format(number=number, state=state),
        t.INLINE_INCIDENT_HINT.format(plan=plan, time=at(row.reported_at, now)),
        t.INLINE_INCIDENT_TEXT.format(number=number, state=state, username=username),
    )
