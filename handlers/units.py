"""Units: called and called again, answering; who answered, and the work groups. ``/call /ack`` and their buttons."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.outgoing.units import deliveries, other_ways
from bot.render import Message, View, call_table, cites, work_groups
from bot.texts.words import NO_ANSWER, NONE
from handlers.access import Where, Who
from handlers.buttons import ButtonPress, button
from handlers.commands import IncidentCommand, incident_command
from handlers.context import Caller, Context, HandlerContext
from handlers.parsing import unit
from handlers.replies import show
from handlers.statements import stated
from handlers.which_incident import Subject, newest_open
from plans.bodies import listed_ids, mentioned
from plans.incident.answering import answer_of, minutes_of, tells_of_another
from plans.incident.arrivals import ExpectArrival
from plans.incident.calling import RECEIVED
from plans.incident.calling_units import CallMore
from plans.incident.ringing import RingInVain
from plans.incident.state import Incident
from plans.incident.units import ANSWERS, SET_OUT, Acknowledge
from plans.model import Plan


@incident_command("call")
async def call(ask: IncidentCommand) -> None:
    """``/call``: further units are called, each by its name."""
    plan, incident = ask.subject.plan, ask.subject.incident
    unit_ids = tuple(dict.fromkeys(unit_id for word in ask.args if (unit_id := _called(word, plan, incident))))
    if not unit_ids or len(unit_ids) < len(set(ask.args)):
        names_left = [item.name or item.id for item in plan.units if item.member and item.id not in incident.calls]
        await ask.wrong("call_how", units="、".join(names_left) or NONE)
        return
    by_id = {item.id: item.name or item.id for item in plan.units}
    names = "、".join(by_id.get(unit_id, unit_id) for unit_id in unit_ids)
    await ask.run(CallMore(units=unit_ids), done="called_more", units=names)


async def calls_to(context: Context, who: Caller) -> list[str]:
    """Return the incidents that call a unit of this person: where one is silent, those alone."""

    def mine(item: Incident) -> frozenset[str]:
        return who.reader.units(item.jurisdiction, item.plan) & set(item.calls)

    called = [item for item in await newest_open(context, who) if mine(item)]
    silent = [item for item in called if any(item.calls[unit].silent for unit in mine(item))]
    return [item.stream for item in silent or called]


async def calling_me(context: Context, who: Caller) -> str | None:
    """Return the one incident that is meant by an answer without a number."""
    meant = await calls_to(context, who)
    return meant[0] if len(meant) == 1 else None


@incident_command("ack", choose=calling_me, help={"liaison": 1})
async def ack(ask: IncidentCommand) -> None:
    """``/ack``: one's own answer, or with a unit's name what it said on the telephone (代记)."""
    plan = ask.subject.plan
    status = next((word for word in ask.args if word in ANSWERS), "")
    of_unit = next((unit_id for word in ask.args if (unit_id := _called(word, plan, ask.subject.incident))), "")
    note = " ".join(word for word in ask.args if word != status and not _called(word, plan, ask.subject.incident))
    if not of_unit and not ask.subject.actor.units:
        await ask.wrong("ack_how")
        return
    minutes = minutes_of(note) if status in ("", SET_OUT) else None
    await acknowledge(ask, status or (SET_OUT if minutes else RECEIVED), of_unit=of_unit, note=note, minutes=minutes)


def call_answer(subject: Subject, text: str, now: datetime) -> str | None:
    """Return what a called unit of this person answers in words; None where they tell of another event, or of none."""
    status, incident = answer_of(text), subject.incident
    if status is None or not incident.open or not subject.actor.units & set(incident.calls):
        return None
    return None if tells_of_another(subject.plan, incident, text, now) else status


async def acknowledge(
    ask: IncidentCommand, status: str, *, of_unit: str = "", note: str = "", minutes: int | None = None
) -> None:
    """Record a unit's answer; 已到场，现场3人受伤: what it tells beside its answer is news like any.

    Args:
        minutes: in which it said that it will be there.
    """
    told = stated(ask, note) if note else None
    answer: Acknowledge | ExpectArrival = Acknowledge(status=status, unit=of_unit, note=note)
    if minutes:
        answer = ExpectArrival(minutes=minutes, unit=of_unit, note=note)
    news = told is not None and (told.facts or told.raised or told.unsure)
    commands = [answer, replace(told, source=of_unit)] if told is not None and news else [answer]
    await ask.run(*commands, done="expected" if minutes else "acknowledged", status=status, minutes=minutes or 0)


def _called(word: str, plan: Plan, incident: Incident) -> str:
    """Return a unit's id for its name, or that of a listed body which the incident speaks of; else nothing."""
    own = unit(word, plan)
    if own is not None:
        return own
    listed = (mentioned(incident, body) for body in listed_ids(incident))
    return next((body.id for body in listed if body is not None and word in (body.id, body.name)), "")


async def unit_list(tools: HandlerContext, view: View, *, groups: bool) -> Message:
    """Return the work groups of an incident, or its units with their answers and what became of the calls."""
    if groups:
        return work_groups(view)
    async with tools.service.store.reading() as rx:
        return call_table(view, await deliveries(rx, view.incident), await other_ways(rx, view.incident))


@button("calls", who=Who.READER)
@button("groups", who=Who.READER)
async def calls_pressed(press: ButtonPress) -> str:
    """叫应表, 工作组."""
    groups = press.button.action == "groups"
    await show(press, await unit_list(press.tools, await press.view(), groups=groups), press.button.action)
    return ""


@button("cites", who=Who.OFFICE, where=Where.OFFICIAL)
async def cites_pressed(press: ButtonPress) -> str:
    """「另见」: what the plan refers to for its carrying out."""
    await show(press, cites.page(await press.view()), "cites")
    return ""


@button("ack", on=("call", "calls"))
async def ack_pressed(press: ButtonPress) -> str:
    """A unit's answer, of several units at once, or what the duty officer heard from one on the telephone."""
    command = Acknowledge(
        status=press.arg("status", RECEIVED), unit=press.arg("unit"), units=tuple(press.arg("units", ()))
    )
    return await press.run(command, done="acknowledged")


@button("call_unit", on="unit")
async def call_pressed(press: ButtonPress) -> str:
    """A further unit is called: the plan's substitute for one that cannot come."""
    return await press.run(CallMore(units=(press.arg("unit"),)), done="called_more")


@button("unit_unheard", on="call")
async def unheard_pressed(press: ButtonPress) -> str:
    """A unit's telephone was not answered: kept for the record, the call stays open."""
    # The button's object is the round of the call: call:UNIT:ROUND.
    command = RingInVain(recipient=press.arg("unit"), outcome=NO_ANSWER, about=press.button.object)
    return await press.run(command, done="unheard")
