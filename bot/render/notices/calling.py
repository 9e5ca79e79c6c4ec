"""Notices to and about units: the call, its repetition, who is silent, whom the duty seat must ring."""

from __future__ import annotations

from bot.render import naming
from bot.render import owed as o
from bot.render.card import MOST_NAMES
from bot.render.citing import cite
from bot.render.notices.registry import words
from bot.render.notices.reporting import seat_phone
from bot.render.text import Text, fill, joined, mention, written
from bot.render.times import at
from bot.render.values import shortly
from bot.render.view import View
from bot.texts import bodies as bodies_texts
from bot.texts import cards as c
from bot.texts import closing as closing_texts
from bot.texts import ending as ending_texts
from bot.texts import merging as merging_texts
from bot.texts import units as units_texts
from bot.texts import words as w
from plans.bodies import bodies_of
from plans.model import Group
from plans.notices import Notice


@words("call", "call_again")
def call(notice: Notice, view: View) -> Text:
    """The call to one unit: its own duty in one line, where to go, who leads, whom to ring; and its answer so far."""
    return call_text(view, str(notice.params["unit"]), again=notice.key == "call_again")


def call_text(view: View, unit: str, *, again: bool = False) -> Text:
    """Return the call as it stands now, answered or not."""
    found = naming.unit_of(view.plan, unit)
    lead = leading(view, unit)
    answered = view.incident.calls.get(unit)
    done = answered is not None and answered.answered_at is not None and not answered.silent
    ask = units_texts.CALL_DONE if done else units_texts.CALL_AGAIN if again else units_texts.CALL_FIRST_TIME
    body = fill(
        units_texts.CALL,
        level=view.incident.response_level or "",
        unit=naming.unit_name(view, unit),
        ask=ask,
        title=naming.title(view),
        figures=shortly(view),
        duty=(found.duty if found else "") or units_texts.CALL_DUTY_NONE,
        citation=cite(found.clause, found.reading) if found else "",
        place=naming.place(view),
        lead=units_texts.CALL_LEAD.format(names=lead) if lead else "",
        seat=_seat(view),
        phone=f" {number}" if (number := naming.seat_number(view)) else "",
        tap=naming.tap_seat(view),
    )
    if not done or answered is None:
        return body
    line = fill(
        units_texts.CALL_ANSWERED,
        time=at(answered.answered_at, view.now),
        name=written(answered.answered_by, 16),
        status=units_texts.STATUS[answered.status],
    )
    return joined((body, line))


def leading(view: View, unit: str) -> str:
    """Return the groups in which a unit works, with who leads them; two at most."""
    names = naming.known_as(view, unit)
    groups = [group for group in view.plan.groups if names & {*group.lead, *group.members}]
    of_class = [group for group in groups if not group.classes or view.incident.event_class in group.classes]
    return w.LIST.join(
        f"{group.name}{w.CITE.format(inside=w.LIST.join(naming.unit_name(view, name) for name in group.lead))}"
        for group in of_class[:2]
    )


def _seat(view: View) -> str:
    return units_texts.SEAT_OFFICE.format(office=view.plan.office_unit or view.plan.office) + written(view.seat, 16)


@words("inform")
def inform(notice: Notice, view: View) -> Text:
    """Informed silently; nothing is asked of the unit."""
    unit = str(notice.params["unit"])
    level, name = view.incident.response_level or "", naming.unit_name(view, unit)
    call = view.incident.calls.get(unit)
    if call is not None and call.round:
        words = units_texts.INFORM_SILENT if call.silent else units_texts.INFORM_LEVEL
        return fill(words, level=level, title=naming.title(view), unit=name)
    response = naming.response(view.plan, view.incident.response_level)
    return fill(
        units_texts.INFORM,
        level=level,
        title=naming.title(view),
        clause=response.calls.clause if response else "",
        unit=name,
    )


@words("unit_cannot")
def unit_cannot(notice: Notice, view: View) -> Text:
    """A unit cannot come."""
    unit, note = str(notice.params["unit"]), written(str(notice.params["note"]), 80)
    return fill(
        units_texts.UNIT_CANNOT,
        number=naming.number(view),
        unit=naming.unit_name(view, unit),
        note=units_texts.UNIT_CANNOT_NOTE.format(note=note) if note else "",
        substitutes=substitutes(view, unit),
        line=naming.recipient_line(view, unit),
        tap=naming.tap_line(view, unit),
    )


def substitutes(view: View, unit: str) -> str:
    """Return in words whom the plan names beside a unit that cannot come; or that it names nobody."""
    found = substitutes_of(view, unit)
    if found is None:
        return units_texts.UNIT_NO_SUBSTITUTE
    group, others = found
    names = w.LIST.join(naming.unit_name(view, name) for name in others[:MOST_NAMES])
    return units_texts.UNIT_SUBSTITUTES.format(names=names, group=group.name, clause=group.clause)


def substitutes_of(view: View, unit: str) -> tuple[Group, list[str]] | None:
    """Return the first work group of a unit and the rest of it, the lead first."""
    cannot = {call.unit for call in view.incident.calls.values() if call.status == units_texts.ANSWER_CANNOT} | {unit}
    for group in view.plan.groups:
        of_class = not group.classes or view.incident.event_class in group.classes
        members = bodies_of(view.plan, view.incident, (*group.lead, *group.members))
        others = [name for name in members if name not in cannot]
        if of_class and unit in members and others:
            return group, others
    return None


@words("whom_to_call")
def whom_to_call(notice: Notice, view: View) -> Text:
    """The level leaves it to the class whom to call, and no class was chosen."""
    level = str(notice.params["level"])
    response = naming.response(view.plan, level)
    first = view.plan.first_action
    citation = cite(response.calls.clause, response.calls.reading) if response is not None else ""
    called = o.names(view, first.units) + cite(first.clause, first.reading) if first is not None else w.NONE
    return fill(units_texts.WHOM_TO_CALL, number=naming.number(view), level=level, citation=citation, called=called)


@words("which_body")
def which_body(notice: Notice, view: View) -> Text:
    """A placeholder was called, and it is not plain which body it is."""
    unit = naming.unit_of(view.plan, str(notice.params["unit"]))
    name = (unit.name or unit.id) if unit is not None else str(notice.params["unit"])
    return fill(bodies_texts.WHICH_BODY, number=naming.number(view), unit=name, place=naming.place(view))


@words("ring_units")
def ring_units(notice: Notice, view: View) -> Text:
    """Units that the duty seat rings: each with its number."""
    units = tuple(notice.params["units"])
    lines = [line for unit in units for line in _to_ring(view, unit)]
    return fill(units_texts.RING_UNITS, number=naming.number(view), count=len(units), lines=joined(lines))


def _to_ring(view: View, unit: str) -> tuple[str, ...]:
    """Return a unit with its number to read and to tap; the seat does not ring its own line."""
    line = naming.line_of(view, unit)
    if line is not None and naming.read_number(view.plan, line.number) == naming.seat_number(view):
        return (units_texts.RING_OWN.format(name=naming.unit_name(view, unit)),)
    return naming.recipient_line(view, unit), naming.tap_line(view, unit)


@words("silent_units")
def silent_units(notice: Notice, view: View) -> Text:
    """In the group only those who have not answered are named, five at most; their liaisons are mentioned."""
    units = tuple(notice.params["units"])
    names = joined((_named(view, unit) for unit in units[:MOST_NAMES]), w.LIST)
    more = c.CARD_MORE_UNITS if len(units) > MOST_NAMES else ""
    return fill(units_texts.SILENT_UNITS, number=naming.number(view), count=len(units), names=names, more=more)


def _named(view: View, unit: str) -> Text:
    name = naming.unit_name(view, unit)
    person = view.mentions.get(unit)
    return Text(name) if person is None else Text(name) + " " + mention(written(person[1], 16), person[0])


@words("ended_unit")
def ended_unit(notice: Notice, view: View) -> Text:
    """A called unit learns of the end."""
    return fill(
        ending_texts.ENDED_UNIT,
        title=naming.title(view),
        level=view.incident.response_level or "",
        time=at(view.incident.ended_at, view.now),
        unit=naming.unit_name(view, str(notice.params["unit"])),
    )


@words("merged_unit")
def merged_unit(notice: Notice, view: View) -> Text:
    """A called unit learns under which number it goes on."""
    unit = naming.unit_name(view, str(notice.params["unit"]))
    into = int(notice.params["number"])
    return fill(merging_texts.MERGED_UNIT, title=naming.title(view), into=into, time=at(view.now, view.now), unit=unit)


@words("rejected_unit")
def rejected_unit(notice: Notice, view: View) -> Text:
    """A called unit learns that it was a mistake."""
    unit = naming.unit_name(view, str(notice.params["unit"]))
    return joined(
        (
            fill(closing_texts.REJECTED_UNIT, title=naming.title(view), time=at(view.now, view.now), unit=unit),
            seat_phone(view),
        )
    )
