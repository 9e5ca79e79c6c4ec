"""The answer matrix: every called unit with its answer, or what became of its call; the work groups of the level."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.render import arrivals, naming
from bot.render.citing import cite, references_at
from bot.render.framing import framed
from bot.render.group_leads import local_lead
from bot.render.message import Message
from bot.render.registry import draws
from bot.render.text import fill, joined, written
from bot.render.times import at, span
from bot.render.view import View
from bot.texts import units as t
from bot.texts import words as w
from bot.texts.voice import BY_KEY
from plans.acting import carries_out
from plans.bodies import body_of
from plans.core import keys
from plans.incident.records import Call
from plans.incident.ringing import RingFailed
from plans.incident.units import ANSWERS
from plans.model import Group


@draws("answer_times")
def call_table(
    view: View,
    deliveries: Mapping[str, str] | None = None,
    others: Mapping[str, Sequence[tuple[str, str]]] | None = None,
) -> Message:
    """Return every unit with its answer and how long it took, the silent ones first.

    Args:
        deliveries: for each unit what became of the last message that called it: ``pending sent ambiguous dead``.
        others: by which other channels its liaisons were told: kind, and what became of it.
    """
    head = fill(t.TABLE_HEAD, number=naming.number(view), time=at(view.now, view.now))
    calls = list(view.incident.calls.values())
    if not calls or view.neutral:
        return framed(view, joined((head, t.TABLE_NONE)))
    rows = []
    for status in _in_order():
        group = [call for call in calls if call.status == status]
        if group:
            cells = w.LIST.join(
                _cell(view, call, (deliveries or {}).get(call.unit, "")) + _others((others or {}).get(call.unit, ()))
                for call in group
            )
            rows.append(fill(t.TABLE_ROW, status=naming.call_status(status), count=len(group), names=cells))
    unreached = [call.unit for call in calls if call.silent and _unreached(view, call, deliveries)]
    lines = [line for unit in unreached for line in (naming.recipient_line(view, unit), naming.tap_line(view, unit))]
    rest = (t.TABLE_RING.format(count=len(unreached)), *lines) if unreached else ()
    return framed(view, joined((head, *rows, *rest)))


def _in_order() -> tuple[str, ...]:
    """Return where a unit can stand; those about whom something is to be done come first."""
    lacking = [item.id for item in ANSWERS.values() if item.needs_substitute]
    return ("called", *lacking, *(name for name in ANSWERS if name not in lacking), "informed")


def _unreached(view: View, call: Call, deliveries: Mapping[str, str] | None) -> bool:
    """Return whether the call did not get to anybody, so that only the telephone is left."""
    return deliveries is not None and (call.unit not in view.bound_units or deliveries.get(call.unit) == "dead")


def _cell(view: View, call: Call, delivery: str) -> str:
    time = minutes = note = ""
    if call.answered_at is not None:
        time = t.TABLE_CELL_TIME.format(time=at(call.answered_at, view.now))
        minutes = t.TABLE_CELL_MINUTES.format(span=span(call.answered_at - call.called_at)) if call.round else ""
        note = t.TABLE_CELL_NOTE.format(note=by_phone(call.voice)) if call.recorded else ""
        if call.note:
            note += t.TABLE_CELL_NOTE.format(note=written(call.note, 40))
    elif call.silent and call.unit not in view.bound_units:
        note = t.TABLE_CELL_UNBOUND
    elif call.silent and delivery:
        note = t.TABLE_CELL_NOTE.format(note=t.DELIVERIES[delivery])
    if expected := arrivals.expected(view, call):
        note += t.TABLE_CELL_NOTE.format(note=expected)
    if call.silent and (times := unheard(view, call)):
        note += t.TABLE_CELL_UNHEARD.format(count=times)
    return t.TABLE_CELL.format(name=naming.unit_name(view, call.unit), time=time, minutes=minutes, note=note)


def by_phone(voice: str) -> str:
    """Return how an answer came by telephone: noted by the duty officer, or by a key on a telephone (masked)."""
    return BY_KEY.format(number=voice) if voice else t.BY_PHONE


def unheard(view: View, call: Call) -> int:
    """Return how often a silent unit was rung in vain since it was called."""
    return sum(
        isinstance(item.event, RingFailed)
        and item.event.recipient == call.unit
        and item.event.about in ("", keys.call(call.unit, call.round))
        and item.at >= call.called_at
        and item.sequence not in view.incident.undone
        for item in view.incident.events
    )


def _others(ways: Sequence[tuple[str, str]]) -> str:
    return "".join(t.TABLE_CELL_OTHER.format(kind=kind, state=t.OTHER_WAYS[state]) for kind, state in ways)


def work_groups(view: View) -> Message:
    """Return the work groups that the level calls, each with its lead and members and who of them has not answered."""
    head = fill(t.GROUPS_HEAD, number=naming.number(view))
    groups = called_groups(view)
    if not groups or view.neutral:
        return framed(view, joined((head, t.GROUPS_NONE)))
    lines = []
    for group in groups:
        members = [name for name in group.members if name not in group.lead]
        lines.append(
            fill(
                t.GROUPS_LINE,
                name=group.name,
                citation=cite(group.clause, group.reading),
                lead=w.LIST.join(_with_answer(view, name) for name in group.lead) or local_lead(view, group),
                members=w.LIST.join(_with_answer(view, name) for name in members) or w.NONE,
            )
        )
    return framed(view, joined((head, *lines, *references_at(view.plan, groups))))


@carries_out("list", "answers", "Group")
def called_groups(view: View) -> list[Group]:
    """Return the work groups that the declared level calls, of the incident's class where the plan tells them apart."""
    response = naming.response(view.plan, view.incident.response_level)
    if response is None or response.calls.groups != "all":
        return []
    return [item for item in view.plan.groups if not item.classes or view.incident.event_class in item.classes]


def _with_answer(view: View, unit: str) -> str:
    call = view.incident.calls.get(body_of(view.plan, view.incident, unit)) or view.incident.calls.get(unit)
    name = naming.unit_name(view, unit)
    return name if call is None else f"{name}{t.TABLE_CELL_NOTE.format(note=naming.call_status(call.status))}"
