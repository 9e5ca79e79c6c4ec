"""The clocks of an incident as rows: what was owed by when, when it was told, in time, late or open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.pictures import fonts
from bot.pictures.moments import when
from bot.pictures.scale import Scale
from bot.pictures.sheet import LEFT, RIGHT, ROOM, SMALL, Colour, Shape, Sheet
from bot.render import View, duties, naming
from bot.render.times import span
from bot.texts import pictures as t
from bot.texts import words as w
from plans.incident.records import Instance

LOOKS: dict[str, tuple[Shape, Colour]] = {
    "filed": ("tick", "good"),
    "late": ("triangle", "late"),
    "overdue": ("warning", "late"),
    "pending": ("ring", "open"),
    "at_once": ("ring", "open"),
    "possible": ("diamond", "neutral"),
    "waived": ("square", "neutral"),
    "superseded": ("square", "neutral"),
    "unknown": ("ring", "neutral"),
}
"""Shape and colour of each status; the word stands beside it."""

MOST, WIDE = 20, 9
"""Clocks that are drawn; with more than the second each has one line of words less."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Clock:
    """One thing owed.

    Attributes:
        name, due, outcome, detail: in words. status: a key of ``LOOKS``.
        told: when each recipient heard it. ended: when nothing was owed any more, None = it is still open.
        is_at_once: the plan says 立即, so that no moment is marked.
    """

    name: str
    due: str
    outcome: str
    detail: str
    status: str
    instance: Instance
    told: tuple[datetime, ...]
    ended: datetime | None
    is_at_once: bool


def clocks(view: View) -> list[Clock]:
    """Return everything that was owed, the earliest due first; what was only possible and fell away is left out."""
    items = [
        item
        for item in duties.owed(view, tuple(view.incident.instances))
        if not (item.instance.possible and item.instance.status == "superseded")
    ]
    return [_clock(view, item) for item in sorted(items, key=lambda item: (item.instance.due, item.instance.key))]


def _clock(view: View, item: duties.Owed) -> Clock:
    instance, is_task = item.instance, duties.is_task(item)
    status = instance.status_at(view.now)
    if not instance.by_office and instance.status == "open" and not instance.possible:
        status = "unknown"  # nobody here knows whether another has reported what it owes
    elif status == "overdue" and duties.is_immediate(item):
        status = "at_once"
    name = duties.name(item)
    if not instance.by_office and item.rule is not None:
        name = t.BEARER.format(name=naming.unit_name(view, item.rule.bearer), report=name)
    due = t.DUE_AT_ONCE if duties.is_immediate(item) else t.DUE.format(due=w.BY.format(when=when(view, instance.due)))
    told = tuple(sorted(item.heard.values()))
    ended = instance.filed_at or instance.settled_at if instance.status != "open" else None
    return Clock(
        name=name, due=due, outcome=_outcome(view, instance, status, is_task=is_task),
        detail=_detail(view, item, is_task=is_task), status=status, instance=instance, told=told, ended=ended,
        is_at_once=duties.is_immediate(item),
    )  # fmt: skip


def _outcome(view: View, instance: Instance, status: str, *, is_task: bool) -> str:
    words = t.STATUS[status].format(verb=t.VERB_TASK if is_task else t.VERB)
    now = view.now
    match status:
        case "filed" if instance.filed_at is not None:
            return f"{words} {when(view, instance.filed_at)}"
        case "late" if instance.filed_at is not None:
            late = t.LATE_BY.format(span=span(instance.filed_at - instance.due))
            return f"{words} {when(view, instance.filed_at)}{w.COMMA}{late}"
        case "overdue":
            return words + w.COMMA + t.OVER_BY.format(span=span(now - instance.due))
        case "pending":
            left = t.LEFT.format(span=span(instance.due - now)) if instance.due > now else t.DUE_NOW
            return words + w.COMMA + left
        case "waived" | "superseded" if instance.settled_at is not None:
            return f"{words} {when(view, instance.settled_at)}"
    return words


def _detail(view: View, item: duties.Owed, *, is_task: bool) -> str:
    """Return how many of how many heard it, and who: those that are left, while it is open."""
    if is_task or not item.instance.to:
        return ""
    if item.instance.possible and item.instance.status == "open":
        return t.TO.format(names=duties.names(view, item.instance.to))
    to, heard = item.instance.to, [name for name in item.instance.to if name in item.heard]
    count = t.OF_ALL.format(done=len(heard), all=len(to))
    if item.left:
        return count + w.COMMA + t.LACKS.format(names=duties.names(view, item.left))
    return count + w.COMMA + t.TOLD.format(names=duties.names(view, tuple(heard))) if heard else count


def moments(found: Sequence[Clock]) -> list[datetime]:
    """Return the moments that the scale must have room for."""
    return [
        moment
        for clock in found
        for moment in (clock.instance.opened_at, clock.instance.due, *clock.told, clock.ended)
        if moment is not None
    ]


def chosen(found: Sequence[Clock]) -> list[Clock]:
    """Return the clocks that are drawn: of too many first what is open, then what was late, and of those the last."""
    urgent = ("overdue", "at_once", "pending", "late", "unknown", "possible", "filed", "waived", "superseded")
    latest = sorted(range(len(found)), key=lambda number: (urgent.index(found[number].status), -number))
    return [found[number] for number in sorted(latest[:MOST])]


def draw_clocks(sheet: Sheet, view: View, found: Sequence[Clock], scale: Scale, end: datetime) -> None:
    """Draw a row for each clock: its words, and its lane on the scale of time."""
    sheet.heading(t.DUTIES.format(count=len(found)))
    if not found:
        sheet.paragraph(t.DUTIES_NONE, colour="faint")
        sheet.say(t.DUTIES_NONE)
    shown = chosen(found)
    for clock in shown:
        _row(sheet, clock, scale, end, with_detail=len(shown) <= WIDE)
    for clock in found:
        words = t.SAID.format(name=clock.name, due=clock.due, outcome=clock.outcome, detail=clock.detail)
        sheet.say(words if clock.detail else words.rstrip(w.SEMICOLON))
    if left := [clock for clock in found if clock not in shown]:
        verb = t.VERB
        counted = {clock.status: sum(item.status == clock.status for item in left) for clock in left}
        counts = w.COMMA.join(
            t.COUNT.format(word=t.STATUS[status].format(verb=verb), count=count) for status, count in counted.items()
        )
        sheet.paragraph(t.MORE.format(count=len(left), counts=counts), size=SMALL, colour="faint")


def _row(sheet: Sheet, clock: Clock, scale: Scale, end: datetime, *, with_detail: bool) -> None:
    shape, colour = LOOKS[clock.status]
    base = sheet.y + 15
    used = sheet.words(RIGHT, base, clock.outcome, bold=True, colour=colour, anchor="end", room=ROOM * 0.7)
    sheet.mark(shape, RIGHT - used - 8, base - 4.2, colour, radius=4.6)
    room = ROOM - used - 20
    name = sheet.words(LEFT, base, clock.name, bold=True, room=room)
    if not with_detail and name + 5 + fonts.width(clock.due, SMALL) <= room:
        sheet.words(LEFT + name + 5, base, clock.due, size=SMALL, colour="faint")
    else:
        base += 14.5
        detail = t.DETAIL.format(due=clock.due, detail=clock.detail) if clock.detail else clock.due
        sheet.words(LEFT, base, detail, size=SMALL, colour="faint")
    _lane(sheet, clock, scale, end, base + 10)
    sheet.y = base + 15.5


def _lane(sheet: Sheet, clock: Clock, scale: Scale, end: datetime, y: float) -> None:
    instance, (_, colour) = clock.instance, LOOKS[clock.status]
    opened, due = scale.at(instance.opened_at), scale.at(max(instance.due, instance.opened_at))
    last = scale.at(clock.ended or end)
    sheet.bar(LEFT, y - 0.5, ROOM, 1, "rule")
    sheet.bar(min(opened, due), y - 3, max(abs(due - opened), 1.0), 6, "band", round=1)
    if instance.opened_at <= end:
        sheet.bar(opened, y - 1.5, max(last - opened, 1.0), 3, colour if clock.status != "possible" else "neutral")
    if not clock.is_at_once:
        sheet.mark("due", due, y, "faint", radius=4)
    for moment in clock.told:
        late = moment > instance.due and (clock.status == "late" or not clock.is_at_once)
        sheet.mark("triangle" if late else "disc", scale.at(moment), y, "late" if late else "good", radius=3)
