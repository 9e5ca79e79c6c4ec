"""Units: the call, its repetition, who is silent, whom the duty seat must ring."""

from __future__ import annotations

from collections.abc import Sequence

from bot.render import arrivals, duties, naming
from bot.render.arrivals import units_of
from bot.render.card import MOST_NAMES
from bot.render.citing import cite
from bot.render.group_leads import leaders
from bot.render.labels import press
from bot.render.registry import labels, renders, settles
from bot.render.text import Text, fill, joined, mention, written
from bot.render.times import at
from bot.render.values import shortly
from bot.render.view import View
from bot.texts import card as c
from bot.texts import units as t
from bot.texts import words as w
from plans.bodies import bodies_of
from plans.core import keys
from plans.core.notice import Notice, Press
from plans.incident.calling import RECEIVED
from plans.incident.records import Call
from plans.incident.units import ANSWERS, UnitAnswered
from plans.model import Group


@renders("call", "call_again")
def call(notice: Notice, view: View) -> Text:
    """The call to a unit: its own duty in one line, where to go, who leads, whom to ring; and its answer so far.

    Of several units that one person answers for it is one message, with the duty and the answer of each.
    """
    return call_text(view, units_of(notice), again=notice.key == "call_again")


def call_text(view: View, units: Sequence[str], *, again: bool = False) -> Text:
    """Return the call to some units as it stands now, answered or not."""
    calls = [view.incident.calls.get(unit) for unit in units]
    answered = [call for call in calls if call is not None and call.answered_at is not None and not call.silent]
    done = len(answered) == len(units)
    ask = t.CALL_DONE if done else t.CALL_AGAIN if again else t.CALL_FIRST_TIME
    body = fill(
        t.CALL,
        level=view.incident.response_level or "",
        unit=duties.names(view, tuple(units)),
        ask=ask,
        title=naming.title(view),
        figures=shortly(view),
        duties=joined([_duty(view, unit, several=len(units) > 1) for unit in units]),
        place=naming.place(view),
        lead=_leads(view, units),
        seat=_seat(view),
        phone=f" {number}" if (number := naming.seat_number(view)) else "",
        tap=naming.tap_seat(view),
    )
    return joined((body, *(_answered(view, call, several=len(units) > 1) for call in answered)))


def _duty(view: View, unit: str, *, several: bool) -> Text:
    member = naming.unit_of(view.plan, unit)
    return fill(
        t.CALL_DUTY,
        whose=naming.unit_name(view, unit) if several else t.CALL_DUTY_OWN,
        duty=(member.duty if member else "") or t.CALL_DUTY_NONE,
        citation=cite(member.clause, member.reading) if member else "",
    )


def _leads(view: View, units: Sequence[str]) -> str:
    """Return who leads the groups in which the units work."""
    led = dict.fromkeys(lead for unit in units for lead in leading(view, unit))
    return t.CALL_LEAD.format(names=w.LIST.join(led)) if led else ""


def _answered(view: View, call: Call, *, several: bool) -> Text:
    expected = arrivals.expected(view, call)
    return fill(
        t.CALL_ANSWERED,
        unit=t.CALL_ANSWERED_OF.format(unit=naming.unit_name(view, call.unit)) if several else "",
        time=at(call.answered_at, view.now),
        name=written(call.answered_by, 16),
        status=naming.call_status(call.status),
        expected=t.CALL_EXPECTED.format(expected=expected) if expected else "",
    )


def leading(view: View, unit: str) -> list[str]:
    """Return the groups in which a unit works, with who leads them: two at most, what the office has it lead first."""
    names = naming.known_as(view, unit)
    led = {name for name, item in view.leads.items() if item.lead in names}
    groups = [group for group in view.plan.groups if group.name in led or names & {*group.lead, *group.members}]
    of_class = [group for group in groups if not group.classes or view.incident.event_class in group.classes]
    return [
        f"{group.name}{w.CITE.format(inside=leaders(view, group))}"
        for group in sorted(of_class, key=lambda group: group.name not in led)[:2]
    ]


def _seat(view: View) -> str:
    return t.SEAT_OFFICE.format(office=view.plan.office_unit or view.plan.office) + written(view.seat, 16)


@renders("inform")
def inform(notice: Notice, view: View) -> Text:
    """Informed silently; nothing is asked of the unit, or of those that one person answers for."""
    units = units_of(notice)
    called = [unit for unit in units if (call := view.incident.calls.get(unit)) is not None and call.round]
    silent = [unit for unit in called if view.incident.calls[unit].silent]
    rest = [unit for unit in called if unit not in silent]
    others = [unit for unit in units if unit not in called]
    response = naming.response(view.plan, view.incident.response_level)
    level, title = view.incident.response_level or "", naming.title(view)
    texts = [
        fill(words, level=level, title=title, unit=duties.names(view, whom))
        for words, whom in ((t.INFORM_SILENT, silent), (t.INFORM_LEVEL, rest))
        if whom
    ]
    if others:
        clause = response.calls.clause if response else ""
        texts.append(fill(t.INFORM, level=level, title=title, clause=clause, unit=duties.names(view, others)))
    return joined(texts)


MOST_SUBSTITUTES = 4

MOST_BOTH = 12
"""Units that get both buttons, reached and not; of more the keyboard would be a wall."""


def _call_for(notice: Notice, view: View) -> tuple[Press, ...]:
    """Return a button for each substitute that was not called yet."""
    pair = substitutes_of(view, str(notice.params["unit"]))
    names = pair[1] if pair is not None else []
    fresh = [unit for unit in names if not (call := view.incident.calls.get(unit)) or not call.round]
    buttons = [(unit, naming.short_name(view, unit)) for unit in fresh[:MOST_SUBSTITUTES]]
    return tuple(press("call_unit", "call_for", keys.unit(unit), unit=unit, name=name) for unit, name in buttons)


@renders("unit_cannot", presses=_call_for)
def unit_cannot(notice: Notice, view: View) -> Text:
    """A unit cannot come."""
    unit, note = str(notice.params["unit"]), written(str(notice.params["note"]), 80)
    return fill(
        t.UNIT_CANNOT,
        number=naming.number(view),
        unit=naming.unit_name(view, unit),
        note=t.UNIT_CANNOT_NOTE.format(note=note) if note else "",
        substitutes=substitutes(view, unit),
        line=naming.recipient_line(view, unit),
        tap=naming.tap_line(view, unit),
    )


def substitutes(view: View, unit: str) -> str:
    """Return in words whom the plan names beside a unit that cannot come; or that it names nobody."""
    pair = substitutes_of(view, unit)
    if pair is None:
        return t.UNIT_NO_SUBSTITUTE
    group, others = pair
    names = w.LIST.join(naming.unit_name(view, name) for name in others[:MOST_NAMES])
    return t.UNIT_SUBSTITUTES.format(names=names, group=group.name, clause=group.clause)


def substitutes_of(view: View, unit: str) -> tuple[Group, list[str]] | None:
    """Return the first work group of a unit and the rest of it, the lead first."""
    cannot = {call.unit for call in view.incident.calls.values() if _cannot(call.status)} | {unit}
    for group in view.plan.groups:
        of_class = not group.classes or view.incident.event_class in group.classes
        members = bodies_of(view.plan, view.incident, (*group.lead, *group.members))
        others = [name for name in members if name not in cannot]
        if of_class and unit in members and others:
            return group, others
    return None


def _cannot(status: str) -> bool:
    answer = ANSWERS.get(status)
    return answer is not None and answer.needs_substitute


@renders("whom_to_call")
def whom_to_call(notice: Notice, view: View) -> Text:
    """The level leaves it to the class whom to call, and no class was chosen."""
    level = str(notice.params["level"])
    response = naming.response(view.plan, level)
    first = view.plan.first_action
    citation = cite(response.calls.clause, response.calls.reading) if response is not None else ""
    called = duties.names(view, first.units) + cite(first.clause, first.reading) if first is not None else w.NONE
    return fill(t.WHOM_TO_CALL, number=naming.number(view), level=level, citation=citation, called=called)


def _rung_presses(notice: Notice, view: View) -> tuple[Press, ...]:
    """Return for each unit what came of ringing it."""
    calls = view.incident.calls
    units = [unit for unit in notice.params["units"] if unit in calls]
    both = len(units) <= MOST_BOTH
    rung = [_rung(view, unit, keys.call(unit, calls[unit].round)) for unit in units]
    return tuple(item for pair in rung for item in (pair if both else pair[:1]))


def _rung(view: View, unit: str, guard: str) -> tuple[Press, Press]:
    """Return what came of ringing a unit: it was reached, or not this time."""
    name = naming.short_name(view, unit)
    return (
        press("ack", "ack_for", guard, unit=unit, status=RECEIVED, name=name),
        press("unit_unheard", "unheard", guard, unit=unit, name=name),
    )


@renders("ring_units", presses=_rung_presses)
def ring_units(notice: Notice, view: View) -> Text:
    """Units that the duty seat rings: each with its number."""
    units = tuple(notice.params["units"])
    lines = [line for unit in units for line in _to_ring(view, unit)]
    return fill(t.RING_UNITS, number=naming.number(view), count=len(units), lines=joined(lines))


def _to_ring(view: View, unit: str) -> tuple[str, ...]:
    """Return a unit with its number to read and to tap; the seat does not ring its own line."""
    line = naming.line_of(view, unit)
    if line is not None and naming.read_number(view.plan, line.number) == naming.seat_number(view):
        return (t.RING_OWN.format(name=naming.unit_name(view, unit)),)
    return naming.recipient_line(view, unit), naming.tap_line(view, unit)


@renders("silent_units")
def silent_units(notice: Notice, view: View) -> Text:
    """In the group only those who have not answered are named, five at most; their liaisons are mentioned."""
    units = tuple(notice.params["units"])
    names = joined((_named(view, unit) for unit in units[:MOST_NAMES]), w.LIST)
    more = c.CARD_MORE_UNITS if len(units) > MOST_NAMES else ""
    return fill(t.SILENT_UNITS, number=naming.number(view), count=len(units), names=names, more=more)


def _named(view: View, unit: str) -> Text:
    name = naming.unit_name(view, unit)
    person = view.mentions.get(unit)
    return Text(name) if person is None else Text(name) + " " + mention(written(person[1], 16), person[0])


@settles(UnitAnswered, "call")
def _answered_before(view: View, of: str, event: UnitAnswered) -> str:
    if event.unit != of.rpartition(":")[0]:
        return ""
    unit = naming.unit_name(view, event.unit)
    return t.OUTRUN_ANSWERED.format(name=naming.person(event.name), unit=unit, status=event.status)


@labels("answer")
def _answer(item: Press, view: View) -> str:
    """Return what a unit answers: the words that its answer is."""
    return str(item.args["status"])
