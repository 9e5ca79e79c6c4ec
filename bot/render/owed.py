"""Reports that are owed: reminders, what became due at once, clocks that opened late."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.render import duties, naming
from bot.render.labels import press
from bot.render.registry import explains, renders
from bot.render.report import correction
from bot.render.text import Text, fill, joined, written
from bot.render.times import at, span
from bot.render.values import shortly, told_figures
from bot.render.view import View
from bot.render.worksheet import numbered_keys
from bot.texts import owed as t
from bot.texts import words as w
from plans.core import keys
from plans.core.notice import Notice, Press
from plans.incident.records import Request
from plans.incident.requests import of_request


@renders("reminder")
def reminder(notice: Notice, view: View) -> Text:
    """What is still owed, to whom; the seat learns who is reminded next, a leader whom to ask."""
    items = duties.owed(view, notice.obligations)
    if items and all(not item.instance.by_office for item in items):
        lines = [_other(view, item) for item in items]
        return fill(t.REMINDER_OTHERS, number=naming.number(view), items=joined(lines))
    listing = joined(_line(view, item) if item.instance.by_office else _other(view, item) for item in items)
    if notice.to == keys.SEAT:
        return fill(
            t.REMINDER,
            head=_head(view, items),
            number=naming.number(view),
            items=listing,
            climb=_climb(view, items),
            quiet=quiet(view, notice),
        )
    return fill(
        t.REMINDER_LEADER,
        head=_head(view, items),
        number=naming.number(view),
        items=listing,
        seat=written(view.seat, 16) or w.NAME_UNKNOWN,
        phone=naming.seat_number(view) or w.NO_NUMBER,
    )


def quiet(view: View, notice: Notice) -> str:
    """Return the question whether a case is over that nobody has touched for days, perhaps nothing."""
    days = max(notice.params.get("quiet", (0,)), default=0)
    act = t.REMINDER_QUIET_CLOSE if view.incident.state == "ended" else t.REMINDER_QUIET_END
    return t.REMINDER_QUIET.format(days=days, act=act) if days else ""


def _head(view: View, items: list[duties.Owed]) -> str:
    clocks = [item.instance.due for item in items if not duties.is_immediate(item) and not item.instance.possible]
    if any(due < view.now for due in clocks):
        return t.REMINDER_OVERDUE
    if not clocks:
        return t.REMINDER_NOW
    if min(clocks) == view.now:
        return t.REMINDER_DUE
    return t.REMINDER_LEFT.format(span=span(min(clocks) - view.now))


def _line(view: View, item: duties.Owed) -> str:
    if item.instance.possible:
        return _possible(view, item)
    return t.REMINDER_ITEM.format(
        name=duties.name(item),
        due=duties.due(view, item),
        overdue=overdue_for(view, item),
        citation=duties.citation(item),
        left=duties.lacks(view, item),
    )


def overdue_for(view: View, item: duties.Owed) -> str:
    """Return for how long something is overdue, perhaps nothing; 立即 has no moment to be late of."""
    if duties.is_immediate(item) or item.instance.due >= view.now:
        return ""
    return t.REMINDER_LATE.format(span=span(view.now - item.instance.due))


def _other(view: View, item: duties.Owed) -> str:
    bearer = naming.unit_name(view, item.rule.bearer) if item.rule is not None else ""
    template = t.REMINDER_TASK_ITEM if duties.is_task(item) else t.REMINDER_OTHER_ITEM
    return template.format(
        name=duties.name(item),
        bearer=bearer,
        due=duties.due(view, item),
        citation=duties.citation(item),
        left=duties.lacks(view, item),
    )


def _climb(view: View, items: list[duties.Owed]) -> str:
    """Return when the next step of the ladder is reminded besides, and who that is."""
    steps: list[tuple[datetime, str]] = [
        (duties.target(view, item) + offset, role)
        for item in items
        for role, offset in view.policy.climb
        if duties.target(view, item) + offset > view.now and role in view.plan.roles
    ]
    if not steps:
        return ""
    when, role = min(steps)
    return t.REMINDER_CLIMB.format(time=at(when, view.now), role=naming.role(view.plan, role))


@renders("reminder_possible")
def reminder_possible(notice: Notice, view: View) -> Text:
    """Determine the level by then: what would be owed."""
    items = duties.owed(view, notice.obligations)
    if all(duties.is_unsure(item) for item in items):
        lines = [_line(view, item) for item in items]
        return fill(t.REMINDER_UNSURE, number=naming.number(view), items=joined(lines))
    first = min((item for item in items if not duties.is_unsure(item)), key=lambda item: item.instance.due)
    lines = [_possible(view, item) for item in items]
    due = duties.due(view, first)
    by = due if duties.is_immediate(first) else t.REMINDER_POSSIBLE_BY.format(due=due)
    return fill(t.REMINDER_POSSIBLE, number=naming.number(view), by=by, items=joined(lines))


def _possible(view: View, item: duties.Owed) -> str:
    return t.REMINDER_POSSIBLE_ITEM.format(
        applies=item.rule.applies if item.rule is not None else item.instance.rule,
        name=duties.name(item),
        due=duties.due(view, item),
        citation=duties.citation(item),
    )


@renders("reminder_beside")
def reminder_beside(notice: Notice, view: View) -> Text:
    """Perhaps the same as another incident, whose reminders serve until that is decided or something is overdue."""
    lines = [_line(view, item) for item in duties.owed(view, notice.obligations) if item.instance.by_office]
    number = naming.number(view)
    return fill(t.REMINDER_BESIDE, number=number, other=int(notice.params["number"]), items=joined(lines))


def _read_script(notice: Notice, view: View) -> tuple[Press, ...]:
    """Return the way to the script: the duty seat acts on it at once."""
    return tuple(press("script", "read_script", keys.obligation(key), key=key) for key in notice.obligations[:1])


@renders("raised", presses=_read_script)
def raised(notice: Notice, view: View) -> Text:
    """A raised level opened clocks that ran out before: calm, report now, marked 上调后补报."""
    lines = [_line(view, item) for item in duties.owed(view, notice.obligations)]
    return fill(
        t.RAISED,
        number=naming.number(view),
        level=view.incident.event_level or w.UNSTATED,
        items=joined(lines),
    )


@renders("level_late", presses=_read_script)
def level_late(notice: Notice, view: View) -> Text:
    """A level that was determined for the first time, or that the facts have, demands what was due before."""
    lines = [_line(view, item) for item in duties.owed(view, notice.obligations)]
    level = view.incident.event_level
    what = t.LEVEL_DETERMINED.format(level=level) if level is not None else t.LEVEL_BY_FACTS
    return fill(t.LEVEL_LATE, number=naming.number(view), what=what, items=joined(lines))


@renders("due_moved", presses=_read_script)
def due_moved(notice: Notice, view: View) -> Text:
    """A clock now runs out earlier, or what was only possible is owed for certain."""
    lines = [_line(view, item) for item in duties.owed(view, notice.obligations)]
    return fill(t.DUE_MOVED, number=naming.number(view), items=joined(lines))


@renders("correction_due")
def correction_due(notice: Notice, view: View) -> Text:
    """Exactly those who heard the wrong figures are owed the right ones."""
    item = duties.owed(view, notice.obligations)[0]
    last = next(iter(reversed(view.incident.corrections)), None)
    corrected = correction(view, last) if last is not None else ""
    return fill(
        t.CORRECTION_DUE,
        number=naming.number(view),
        names=duties.names(view, item.instance.to),
        corrected=corrected,
        due=duties.due(view, item),
        citation=duties.citation(item),
    )


@renders("verification")
def verification(notice: Notice, view: View) -> Text:
    """A superior asked; the answer is due."""
    item = duties.owed(view, notice.obligations)[0]
    made = [one for one in view.incident.requests if one.recipient in item.instance.to]
    request = next((one for one in made if of_request(item.instance.key, one.sequence)), made[-1] if made else None)
    return fill(
        t.VERIFICATION,
        number=naming.number(view),
        name=duties.names(view, item.instance.to),
        due=duties.due(view, item),
        citation=duties.citation(item),
        figures=shortly(view),
        question=_asked(view, request) if request is not None and request.question else "",
    )


def _asked(view: View, request: Request) -> str:
    """Return what was asked, and of which case above where it came by the program."""
    question = written(request.question, 200)
    above = next((one for one in view.incident.superiors.values() if request.key and request.key in one.asked), None)
    if above is None:
        return t.QUESTION_ASKED.format(question=question)
    return t.QUESTION_CAME.format(question=question, place=written(above.place, 20), there=above.number)


@renders("followup_due")
def followup_due(notice: Notice, view: View) -> Text:
    """Casualties changed: the newest figures, and what each recipient last heard."""
    item = duties.owed(view, notice.obligations)[0]
    return fill(
        t.FOLLOWUP_DUE,
        number=naming.number(view),
        citation=duties.citation(item),
        figures=shortly(view),
        heard=joined(_heard(view, item.instance.to)),
    )


def _heard(view: View, recipients: tuple[str, ...]) -> list[str]:
    """Return what the recipients last heard, those who heard the same together."""
    last = view.incident.last_filings()
    groups: dict[str, list[str]] = {}
    for name in recipients:
        text = t.NOT_HEARD
        if name in last:
            text = t.HEARD.format(
                figures=told_figures(view, last[name].figures), time=at(last[name].called_at, view.now)
            )
        groups.setdefault(text, []).append(name)
    return [duties.names(view, names) + text for text, names in groups.items()]


@explains("which_obligation")
def _among(params: Mapping[str, Any], view: View) -> dict[str, str]:
    """Return obligations of one kind with their worksheet numbers: ``1. 第一时间…（3 信息发布，10:20前）``."""
    numbers = {key: number for number, key in enumerate(numbered_keys(view), 1)}
    listing = w.SEMICOLON.join(
        t.WHICH_ITEM.format(
            ordinal=numbers.get(str(item["obligation"]), w.UNSTATED),
            text=item["text"],
            clause=item["clause"],
            due=at(item["due"], view.now),
        )
        for item in params["among"]
    )
    return {"among": listing}
