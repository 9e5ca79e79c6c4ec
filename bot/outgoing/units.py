"""Calls to units on the screen: an answered one shows the next answers, in the same message."""

from __future__ import annotations

from datetime import datetime

from bot.outgoing.addresses import Target
from bot.outgoing.channels import NOTIFY
from bot.outgoing.messages import OutgoingMessage, content, keyboard
from bot.outgoing.viewer import Viewer
from bot.render import render
from plans.core import keys
from plans.core.notice import Notice, Press
from plans.incident.calling import RECEIVED
from plans.incident.state import Incident
from plans.incident.units import ANSWERS
from storage.outbox import NewMessage
from storage.transaction import Reading, Writing

BEST_FIRST = ("sent", "pending", "ambiguous", "dead")
"""What may have become of the messages to a unit's liaisons; one that arrived is enough."""


async def deliveries(rx: Reading, incident: Incident) -> dict[str, str]:
    """Return for each called unit what became of the messages of its last call; a unit that got none is left out."""
    states: dict[str, str] = {}
    for row in await rx.outbox.of(incident.stream):
        unit, number = keys.called(row.call or "")
        call = incident.calls.get(unit)
        if row.method != "sendMessage" or call is None or str(call.round) != number:
            continue
        state = "pending" if row.state == "sending" else row.state
        if state in BEST_FIRST and (unit not in states or BEST_FIRST.index(state) < BEST_FIRST.index(states[unit])):
            states[unit] = state
    return states


async def other_ways(rx: Reading, incident: Incident) -> dict[str, list[tuple[str, str]]]:
    """Return for each unit of the present round by which other channels it was told: kind, and what became of it."""
    ways: dict[str, list[tuple[str, str]]] = {}
    for row in await rx.outbox.of(incident.stream):
        unit, number = keys.called(row.call or "")
        call = incident.calls.get(unit)
        if row.method == NOTIFY and call is not None and str(call.round) == number:
            place = await rx.places.get(row.place_id)
            state = "pending" if row.state == "sending" else row.state
            if place is not None and state in BEST_FIRST:
                ways.setdefault(unit, []).append((place.title, state))
    return ways


async def reshow(tx: Writing, viewer: Viewer, unit: str, now: datetime) -> None:
    """Show in the call that a unit answered what it answered, and the buttons for what comes next."""
    incident = viewer.incident
    call = incident.calls[unit]
    guard = keys.call(unit, call.round)
    presses = [
        Press(action="ack", label="answer", object=guard, args={"unit": unit, "status": status})
        for status in ANSWERS
        if status not in (RECEIVED, call.status)
    ]
    if call.answered_at is not None and not call.recorded:
        presses.append(Press(action="undo", label="undo", object=guard, args={}))
    if call.silent:  # taken back: the first button again
        presses = [Press(action="ack", label="received", object=guard, args={"unit": unit, "status": RECEIVED})]
    notice = Notice(
        kind="ack", key="call", to=keys.to_unit(unit), params={"unit": unit}, guard=guard, buttons=tuple(presses)
    )
    for row in await tx.outbox.of(incident.stream):
        if row.call != guard or row.message_id is None or row.method != "sendMessage":
            continue
        place = await tx.places.get(row.place_id)
        if place is None:
            continue
        message = render(notice, await viewer.build(Target(place), audience=notice.to))
        outgoing = OutgoingMessage(
            place_id=place.id, message=message, notice="call", audience=notice.to, stream=incident.stream,
            jurisdiction=incident.jurisdiction,
        )  # fmt: skip
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
