"""The units of an incident as rows: when each was called, and what it answered when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.pictures.moments import when
from bot.pictures.scale import Scale
from bot.pictures.sheet import LEFT, RIGHT, ROOM, SMALL, Colour, Shape, Sheet
from bot.render import View, arrivals, naming
from bot.render.times import span
from bot.texts import pictures as t
from bot.texts import words as w
from plans.incident.records import Call
from plans.incident.rounds import Called, calls_of
from plans.incident.state import RUNNING
from plans.incident.units import ANSWERS

MOST = 12
"""Units that are drawn."""

ALIKE, MOST_LINES = 3, 56
"""So many units that did just the same share a row; the lines that names take at most in all rows together.

A picture that were longer than some 2,900 points would be no photo (Telegram: width and height 10,000 at most).
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Unit:
    """One unit that was called, or answered.

    Attributes:
        outcome: in words.
        rounds: its calls with all answers.
    """

    name: str
    outcome: str
    call: Call
    rounds: tuple[Called, ...]


def units(view: View) -> list[Unit]:
    """Return the units that take part: the silent ones first, then those that cannot come, then by their answer."""
    rounds: dict[str, list[Called]] = {}
    for called in calls_of(view.incident):
        rounds.setdefault(called.unit, []).append(called)
    found = [
        _unit(view, call, tuple(rounds.get(key, ()))) for key, call in view.incident.calls.items() if call.involved
    ]
    return sorted(found, key=lambda unit: (_order(unit), unit.call.called_at, unit.name))


def _order(unit: Unit) -> int:
    answer = ANSWERS.get(unit.call.status)
    if unit.call.silent:
        return 0
    return 1 if answer is not None and answer.needs_substitute else 2 + (answer.progress if answer else 0)


def _unit(view: View, call: Call, rounds: tuple[Called, ...]) -> Unit:
    silent = call.silent and view.incident.state in RUNNING
    if silent:
        outcome = t.UNIT_SILENT.format(span=span(view.now - call.called_at))
    elif call.silent:
        outcome = t.UNIT_NEVER
    elif call.answered_at is None:
        outcome = naming.call_status(call.status)
    else:
        outcome = t.UNIT_ANSWERED.format(status=naming.call_status(call.status), time=when(view, call.answered_at))
        if call.round:
            outcome += t.UNIT_TOOK.format(span=span(call.answered_at - call.called_at))
    if (expected := arrivals.expected(view, call)) and view.incident.state in RUNNING:
        outcome += t.UNIT_EXPECTED.format(expected=expected)
    return Unit(name=naming.unit_name(view, call.unit), outcome=outcome, call=call, rounds=rounds)


def moments(found: Sequence[Unit]) -> list[datetime]:
    """Return the moments that the scale must have room for."""
    return [
        moment
        for unit in found
        for called in unit.rounds
        for moment in (called.at, *(answer.at for answer in called.answers))
    ]


def draw_units(sheet: Sheet, view: View, found: Sequence[Unit], scale: Scale, end: datetime) -> None:
    """Draw a row for each unit; nothing where none was called."""
    if not found:
        return
    sheet.heading(t.UNITS.format(count=len(found)))
    rows = _together(found)
    for row in rows[:MOST]:
        _row(sheet, row, scale, end, lines=MOST_LINES // min(len(rows), MOST))
    for unit in found:
        sheet.say(_said(view, unit))
    if left := [unit for row in rows[MOST:] for unit in row]:
        counted = Counter(naming.call_status(unit.call.status) for unit in left)
        counts = w.COMMA.join(t.COUNT.format(word=word, count=count) for word, count in counted.items())
        sheet.paragraph(t.MORE_UNITS.format(count=len(left), counts=counts), size=SMALL, colour="faint")


def _together(found: Sequence[Unit]) -> list[list[Unit]]:
    """Return the units row by row: many that did just the same stand in one."""
    alike: dict[Any, list[Unit]] = {}
    for unit in found:
        did = tuple((called.at, tuple((item.status, item.at) for item in called.answers)) for called in unit.rounds)
        alike.setdefault((unit.outcome, did), []).append(unit)
    return [row for units in alike.values() for row in ([units] if len(units) >= ALIKE else [[unit] for unit in units])]


def _said(view: View, unit: Unit) -> str:
    parts = []
    for called in unit.rounds:
        if called.round:
            parts.append(t.CALLED.format(time=when(view, called.at)))
        parts += [
            t.UNIT_ANSWERED.format(status=naming.call_status(answer.status), time=when(view, answer.at))
            for answer in called.answers
        ]
    if unit.call.silent:
        parts.append(unit.outcome)
    return t.UNIT_SAID.format(name=unit.name, parts=w.COMMA.join(parts) or unit.outcome)


def _look(unit: Unit) -> tuple[Shape, Colour]:
    answer = ANSWERS.get(unit.call.status)
    if unit.call.silent:
        return "warning", "late"
    if answer is not None and answer.needs_substitute:
        return "cross", "late"
    return _answered(unit.call.status), "good"


def _answered(status: str) -> Shape:
    answer = ANSWERS.get(status)
    if answer is None:
        return "ring"
    if answer.needs_substitute:
        return "cross"
    return ("ring", "arrow", "disc")[min(answer.progress, 3) - 1]


def _row(sheet: Sheet, row: Sequence[Unit], scale: Scale, end: datetime, *, lines: int) -> None:
    unit, names = row[0], [item.name for item in row]
    shape, colour = _look(unit)
    base = sheet.y + 15
    used = sheet.words(RIGHT, base, unit.outcome, colour=colour, bold=True, anchor="end", room=ROOM * 0.62)
    sheet.mark(shape, RIGHT - used - 8, base - 4.2, colour, radius=4.4)
    if len(names) == 1:
        sheet.words(LEFT, base, names[0], room=ROOM - used - 20)
    else:
        sheet.words(LEFT, base, t.UNITS_ALIKE.format(count=len(names)), bold=True, room=ROOM - used - 20)
        sheet.y = base + 3
        sheet.paragraph(w.LIST.join(names), size=SMALL, most=lines)
        base = sheet.y - 3
    y = base + 10
    sheet.bar(LEFT, y - 0.5, ROOM, 1, "rule")
    for number, called in enumerate(unit.rounds):
        following = unit.rounds[number + 1].at if number + 1 < len(unit.rounds) else None
        first = called.answers[0].at if called.answers else following or end
        late = not called.answers
        if called.round:
            start = scale.at(called.at)
            sheet.line(start, y, scale.at(first), y, "late" if late else "open", thick=2, dashed=True)
            sheet.mark("stroke", start, y, "faint", radius=4)
        if called.answers:
            last = scale.at(called.answers[-1].at)
            sheet.bar(scale.at(first), y - 1.5, last - scale.at(first), 3, "good")
    for called in unit.rounds:
        for answer in called.answers:
            mark = _answered(answer.status)
            sheet.mark(mark, scale.at(answer.at), y, "late" if mark == "cross" else "good", radius=3.6)
    sheet.y = base + 15
