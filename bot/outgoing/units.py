"""Calls to units on the screen: an answered one shows the next answers, in the same message."""

from __future__ import annotations

from collections.abc import Sequence, Set
from datetime import datetime

from bot.outgoing.addresses import Target
from bot.outgoing.messages import OutgoingMessage, content, keyboard
from bot.outgoing.viewer import Viewer
from bot.render import Message, render
from plans.core import keys
from plans.core.notice import Notice
from plans.incident.joint_calls import call_key, next_answers
from plans.incident.state import Incident
from storage.outbox import OTHER_WAYS, CallSaid, NewMessage
from storage.transaction import Reading, Writing

BEST_FIRST = ("sent", "pending", "ambiguous", "dead")
"""What may have become of the messages to a unit's liaisons; one that arrived is enough."""


async def deliveries(rx: Reading, incident: Incident) -> dict[str, str]:
    """Return for each called unit what became of the messages of its last call; a unit that got none is left out."""
    states: dict[str, str] = {}
    for row in await rx.outbox.calls_of(incident.stream):
        state = "pending" if row.state == "sending" else row.state
        for unit in _called_by(row, incident) if row.method == "sendMessage" else ():
            if state in BEST_FIRST and (unit not in states or BEST_FIRST.index(state) < BEST_FIRST.index(states[unit])):
                states[unit] = state
    return states


async def other_ways(rx: Reading, incident: Incident) -> dict[str, list[tuple[str, str]]]:
    """Return for each unit of the present round by which other channels it was told: kind, and what became of it."""
    ways: dict[str, list[tuple[str, str]]] = {}
    for row in await rx.outbox.calls_of(incident.stream):
        units = _called_by(row, incident) if row.method in OTHER_WAYS else []
        place = await rx.places.get(row.place_id) if units else None
        state = "pending" if row.state == "sending" else row.state
        if place is not None and state in BEST_FIRST:
            for unit in units:
                ways.setdefault(unit, []).append((place.title, state))
    return ways


def _called_by(row: CallSaid, incident: Incident) -> list[str]:
    """Return the units that a message calls in the round that holds."""
    calls = incident.calls
    return [unit for unit, number in keys.calls_in(row.call) if unit in calls and str(calls[unit].round) == number]


async def reshow(tx: Writing, viewer: Viewer, units: Set[str], now: datetime) -> None:
    """Show in the calls that units answered what they answered, and the buttons for what comes next."""
    incident = viewer.incident
    for row in await tx.outbox.calls_of(incident.stream):
        if row.message_id is None or row.method != "sendMessage":
            continue
        called = [unit for unit, _ in keys.calls_in(row.call)]
        place = (
            await tx.places.get(row.place_id) if _called_by(row, incident) == called and units & set(called) else None
        )
        if place is None:
            continue
        message, outgoing = await _call(viewer, Target(place), called)
        payload = {
            **content(message),
            "message_id": row.message_id,
            "reply_markup": await keyboard(tx, message, outgoing, now),
        }
        await tx.outbox.enqueue(
            [
                NewMessage(
                    place_id=place.id, priority=2, method="editMessageText", payload=payload, stream=incident.stream,
                    notice="call", coalesce=f"edit:{row.message_id}", not_before=now, created_at=now,
                )
            ]
        )  # fmt: skip


async def alone(viewer: Viewer, target: Target, unit: str) -> OutgoingMessage:
    """Return the call to one of several units that a person answers for, whose answer is another than the rest's."""
    return (await _call(viewer, target, [unit]))[1]


async def _call(viewer: Viewer, target: Target, units: Sequence[str]) -> tuple[Message, OutgoingMessage]:
    """Return the call to some units as it stands now, with where it goes."""
    incident = viewer.incident
    guard = call_key(incident, units)
    notice = Notice(
        kind="ack", key="call", to=keys.to_unit(units[0]), params={"units": tuple(units)}, guard=guard,
        buttons=next_answers(incident, units),
    )  # fmt: skip
    message = render(notice, await viewer.build(target, audience=notice.to))
    outgoing = OutgoingMessage(
        place_id=target.place.id, message=message, notice="call", audience=notice.to, stream=incident.stream,
        person_id=target.person.id if target.person else None, jurisdiction=incident.jurisdiction, priority=1,
        call=guard,
    )  # fmt: skip
    return message, outgoing
