"""Notices about reports owed: reminders, what became due at once, clocks that opened late."""

from __future__ import annotations

from datetime import datetime

from bot.render import naming
from bot.render import owed as o
from bot.render.notices.registry import words
from bot.render.report import correction
from bot.render.text import Text, fill, joined, written
from bot.render.times import at, span
from bot.render.values import shortly, told
from bot.render.view import View
from bot.texts import owed as owed_texts
from bot.texts import words as w
from plans.notices import Notice


@words("reminder")
def reminder(notice: Notice, view: View) -> Text:
    """What is still owed, to whom; the seat learns who is reminded next, a leader whom to ask."""
    items = o.owed(view, notice.obligations)
    if items and all(not item.instance.by_office for item in items):
        lines = [_other(view, item) for item in items]
        return fill(owed_texts.REMINDER_OTHERS, number=naming.number(view), items=joined(lines))
    shown = joined(_line(view, item) if item.instance.by_office else _other(view, item) for item in items)
    if notice.to == "seat":
        return fill(
            owed_texts.REMINDER,
            head=_head(view, items),
            number=naming.number(view),
            items=shown,
            climb=_climb(view, items),
            quiet=quiet(view, notice),
        )
    return fill(
        owed_texts.REMINDER_LEADER,
        head=_head(view, items),
        number=naming.number(view),
        items=shown,
        seat=written(view.seat, 16) or w.NAME_UNKNOWN,
        phone=naming.seat_number(view) or w.NO_NUMBER,
    )


def quiet(view: View, notice: Notice) -> str:
    """Return the question whether a case is over that nobody has touched for days, perhaps nothing."""
    days = max(notice.params.get("quiet", (0,)), default=0)
    act = owed_texts.REMINDER_QUIET_CLOSE if view.incident.state == "ended" else owed_texts.REMINDER_QUIET_END
    return owed_texts.REMINDER_QUIET.format(days=days, act=act) if days else ""


def _head(view: View, items: list[o.Owed]) -> str:
    clocks = [item.instance.due for item in items if not o.is_immediate(item) and not item.instance.possible]
    if any(due < view.now for due in clocks):
        return owed_texts.REMINDER_OVERDUE
    if not clocks:
        return owed_texts.REMINDER_NOW
    if min(clocks) == view.now:
        return owed_texts.REMINDER_DUE
    return owed_texts.REMINDER_LEFT.format(span=span(min(clocks) - view.now))


def _line(view: View, item: o.Owed) -> str:
    if item.instance.possible:
        return _possible(view, item)
    return owed_texts.REMINDER_ITEM.format(
        name=o.name(item),
        due=o.due(view, item),
        overdue=overdue_for(view, item),
        citation=o.citation(item),
        left=o.names(view, item.left) or w.NONE,
    )


def overdue_for(view: View, item: o.Owed) -> str:
    """Return for how long something is overdue, perhaps nothing; 立即 has no moment to be late of."""
    if o.is_immediate(item) or item.instance.due >= view.now:
        return ""
    return owed_texts.REMINDER_LATE.format(span=span(view.now - item.instance.due))


def _other(view: View, item: o.Owed) -> str:
    bearer = naming.unit_name(view, item.rule.bearer) if item.rule is not None else ""
    return owed_texts.REMINDER_OTHER_ITEM.format(
        name=o.name(item),
        bearer=bearer,
        due=o.due(view, item),
        citation=o.citation(item),
        left=o.names(view, item.left) or w.NONE,
    )


def _climb(view: View, items: list[o.Owed]) -> str:
    """Return when the next step of the ladder is reminded besides, and who that is."""
    steps: list[tuple[datetime, str]] = [
        (o.target(view, item) + offset, role)
        for item in items
        for role, offset in view.policy.climb
        if o.target(view, item) + offset > view.now and role in view.plan.roles
    ]
    if not steps:
        return ""
    when, role = min(steps)
    return owed_texts.REMINDER_CLIMB.format(time=at(when, view.now), role=naming.role(view.plan, role))


@words("reminder_possible")
def reminder_possible(notice: Notice, view: View) -> Text:
    """Determine the level by then: what would be owed."""
    items = o.owed(view, notice.obligations)
    if all(o.is_unsure(item) for item in items):
        lines = [_line(view, item) for item in items]
        return fill(owed_texts.REMINDER_UNSURE, number=naming.number(view), items=joined(lines))
    first = min((item for item in items if not o.is_unsure(item)), key=lambda item: item.instance.due)
    lines = [_possible(view, item) for item in items]
    due = o.due(view, first)
    by = due if o.is_immediate(first) else owed_texts.REMINDER_POSSIBLE_BY.format(due=due)
    return fill(owed_texts.REMINDER_POSSIBLE, number=naming.number(view), by=by, items=joined(lines))


def _possible(view: View, item: o.Owed) -> str:
    return owed_texts.REMINDER_POSSIBLE_ITEM.format(
        applies=item.rule.applies if item.rule is not None else item.instance.rule,
        name=o.name(item),
        due=o.due(view, item),
        citation=o.citation(item),
    )


@words("reminder_beside")
def reminder_beside(notice: Notice, view: View) -> Text:
    """Perhaps the same as another incident, whose reminders serve until that is decided or something is overdue."""
    lines = [_line(view, item) for item in o.owed(view, notice.obligations) if item.instance.by_office]
    number = naming.number(view)
    return fill(owed_texts.REMINDER_BESIDE, number=number, other=int(notice.params["number"]), items=joined(lines))


@words("raised")
def raised(notice: Notice, view: View) -> Text:
    """A raised level opened clocks that ran out before: calm, report now, marked 上调后补报."""
    lines = [_line(view, item) for item in o.owed(view, notice.obligations)]
    return fill(
        owed_texts.RAISED,
        number=naming.number(view),
        level=view.incident.event_level or w.UNSTATED,
        items=joined(lines),
    )


@words("level_late")
def level_late(notice: Notice, view: View) -> Text:
    """A level that was determined for the first time, or that the facts have, demands what was due before."""
    lines = [_line(view, item) for item in o.owed(view, notice.obligations)]
    level = view.incident.event_level
    what = owed_texts.LEVEL_DETERMINED.format(level=level) if level is not None else owed_texts.LEVEL_BY_FACTS
    return fill(owed_texts.LEVEL_LATE, number=naming.number(view), what=what, items=joined(lines))


@words("due_moved")
def due_moved(notice: Notice, view: View) -> Text:
    """A clock now runs out earlier, or what was only possible is owed for certain."""
    lines = [_line(view, item) for item in o.owed(view, notice.obligations)]
    return fill(owed_texts.DUE_MOVED, number=naming.number(view), items=joined(lines))


@words("correction_due")
def correction_due(notice: Notice, view: View) -> Text:
    """Exactly those who heard the wrong figures are owed the right ones."""
    item = o.owed(view, notice.obligations)[0]
    last = next(iter(reversed(view.incident.corrections)), None)
    corrected = correction(view, last) if last is not None else ""
    return fill(
        owed_texts.CORRECTION_DUE,
        number=naming.number(view),
        names=o.names(view, item.instance.to),
        corrected=corrected,
        due=o.due(view, item),
        citation=o.citation(item),
    )


@words("verification")
def verification(notice: Notice, view: View) -> Text:
    """A superior asked; the answer is due."""
    item = o.owed(view, notice.obligations)[0]
    asked = next(
        (question for *_, name, _, question in reversed(view.incident.requests) if name in item.instance.to), ""
    )
    return fill(
        owed_texts.VERIFICATION,
        number=naming.number(view),
        name=o.names(view, item.instance.to),
        due=o.due(view, item),
        citation=o.citation(item),
        figures=shortly(view),
        question=owed_texts.QUESTION_ASKED.format(question=written(asked, 200)) if asked else "",
    )


@words("followup_due")
def followup_due(notice: Notice, view: View) -> Text:
    """Casualties changed: the newest figures, and what each recipient last heard."""
    item = o.owed(view, notice.obligations)[0]
    return fill(
        owed_texts.FOLLOWUP_DUE,
        number=naming.number(view),
        citation=o.citation(item),
        figures=shortly(view),
        heard=joined(_heard(view, item.instance.to)),
    )


def _heard(view: View, recipients: tuple[str, ...]) -> list[str]:
    """Return what the recipients last heard, those who heard the same together."""
    last = view.incident.told()
    groups: dict[str, list[str]] = {}
    for name in recipients:
        said = owed_texts.NOT_HEARD
        if name in last:
            said = owed_texts.HEARD.format(
                figures=told(view, last[name].figures), time=at(last[name].called_at, view.now)
            )
        groups.setdefault(said, []).append(name)
    return [o.names(view, names) + said for said, names in groups.items()]
