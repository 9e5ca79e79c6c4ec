"""A level is declared, by one role or by several together."""

from __future__ import annotations

from typing import TypeVar

from bot.render import duties, naming
from bot.render.citing import cite
from bot.render.delegating import acting
from bot.render.naming import holders
from bot.render.registry import renders, settles
from bot.render.text import Text, fill, written
from bot.render.times import at
from bot.render.values import shortly
from bot.render.view import View
from bot.texts import levels as t
from bot.texts import words as w
from plans.core.event import Event, Recorded
from plans.core.notice import Notice
from plans.incident.calling import UnitCalled, UnitInformed
from plans.incident.levels import Declared

E = TypeVar("E", bound=Event)


def event_at(view: View, sequence: int, kind: type[E]) -> tuple[E, Recorded]:
    """Return the event of a sequence number, which must be of the kind."""
    item = next(item for item in view.incident.events if item.sequence == sequence)
    if not isinstance(item.event, kind):
        raise TypeError(f"event {sequence} of {view.incident.stream} is {item.event.NAME}, not {kind.NAME}")
    return item.event, item


@renders("agreed")
def agreed(notice: Notice, view: View) -> Text:
    """One of those who decide together has said yes: the duty seat rings the others."""
    level = str(notice.params["level"])
    return fill(
        t.AGREED,
        number=naming.number(view),
        level=level,
        citation=level_citation(view, level, str(notice.params["clause"])),
        roles=naming.roles(view.plan, tuple(notice.params["roles"])),
        missing=holders(view, tuple(notice.params["missing"])),
    )


def deciders(view: View, event: Declared) -> str:
    """Return who declared: one role, or all that decided it together."""
    if event.jointly:
        return t.JOINTLY.format(roles=naming.roles(view.plan, event.jointly))
    return naming.role(view.plan, event.role)


@renders("announcement", "declared_leader")
def announcement(notice: Notice, view: View) -> Text:
    """A level was declared: 事项, 级别, 预计期限, 处置措施."""
    event, item = event_at(view, int(notice.params["sequence"]), Declared)
    response = naming.response(view.plan, event.level)
    calls = [
        c.event for c in view.incident.events if isinstance(c.event, UnitCalled | UnitInformed) and _same(view, c, item)
    ]
    called = [call.unit for call in calls if isinstance(call, UnitCalled)]
    informed = [call.unit for call in calls if isinstance(call, UnitInformed)]
    if event.oral:
        declared = t.ANNOUNCE_ORAL.format(
            role=deciders(view, event),
            name=written(event.spoken_by or "", 16),
            time=at(event.spoken_at or item.at, view.now),
            recorded=written(event.recorded_by or "", 16) or w.NAME_UNKNOWN,
        )
    else:
        declared = t.ANNOUNCE_DECLARED.format(
            role=deciders(view, event),
            acting=acting(event.acting_for or "", event.acting_until, view.now),
            time=at(item.at, view.now),
        )
    matter = written(event.matter, 40) or naming.title(view)
    return fill(
        t.ANNOUNCEMENT,
        level=event.level,
        title=naming.title(view),
        matter=matter,
        figures=t.ANNOUNCE_FIGURES.format(figures=shortly(view)),
        kind=t.ANNOUNCE_ADJUST.format(previous=event.previous) if event.previous else t.ANNOUNCE_START,
        citation=_declared_citation(view, event),
        expected=written(event.expected, 60) or t.ANNOUNCE_OPEN,
        measures=measures(event.measures),
        law=cite(naming.law(view.plan)),
        declared=declared,
        reason=t.ANNOUNCE_REASON.format(reason=written(event.reason, 120)) if event.reason else "",
        units=_units(view, called, cite(response.calls.clause, response.calls.reading) if response else ""),
        informed=t.ANNOUNCE_INFORMED.format(count=len(informed)) if informed else "",
    )


def _declared_citation(view: View, event: Declared) -> str:
    """Return under which clause a level was declared: lowering it is under that of the adjusting."""
    rule = view.plan.adjusting
    if rule is not None and event.previous is not None and event.clause == rule.clause:
        return cite(rule.clause, rule.reading)
    return level_citation(view, event.level, event.clause)


def level_citation(view: View, level: str, clause: str) -> str:
    """Return the clause of a level with its reading."""
    response = naming.response(view.plan, level)
    return cite(clause, response.reading if response is not None else None)


def _same(view: View, call: Recorded, declared: Recorded) -> bool:
    """Whether a call belongs to a declaration: it follows it, before any other declaration."""
    if call.sequence < declared.sequence:
        return False
    return not any(
        isinstance(other.event, Declared) and declared.sequence < other.sequence < call.sequence
        for other in view.incident.events
    )


def _units(view: View, units: list[str], citation: str) -> str:
    return (
        t.ANNOUNCE_UNITS.format(count=len(units), names=duties.names(view, units), citation=citation) if units else ""
    )


def measures(texts: tuple[str, ...]) -> str:
    """Return measures, numbered, each on its line."""
    return (
        "".join(f"\n{t.ANNOUNCE_MEASURE.format(ordinal=number, text=text)}" for number, text in enumerate(texts, 1))
        or w.UNSTATED
    )


@settles(Declared, "proposal", "standing")
def _declared_before(view: View, of: str, event: Declared) -> str:
    return t.OUTRUN_DECLARED.format(role=naming.role(view.plan, event.role), level=event.level)
