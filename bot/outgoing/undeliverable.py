"""A message that can never arrive, or perhaps never did: whom to ring instead, and what it said, on another way.

What was for one person goes by his other channels; what was for the command group goes to those who decide, one by one;
the duty seat reads what it was and whom to ring. Nothing that matters goes nowhere.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from bot.cases import records
from bot.cases.plan_registry import UnusablePlan
from bot.outgoing.addresses import Addresses, Target
from bot.outgoing.case_dispatcher import CaseDispatcher
from bot.outgoing.channels import by_channels
from bot.outgoing.due_rows import NOTICE
from bot.outgoing.messages import OutgoingMessage, write_all
from bot.outgoing.notice_dispatcher import NoticeDispatcher
from bot.render import Message, View
from bot.render.delivery import passed_message, topics_refused
from bot.render.delivery import undeliverable as words
from bot.render.naming import line_of, read_number
from bot.texts import words as w
from plans.core import keys
from plans.core.keys import SEAT, Audience
from plans.core.notice import Notice
from plans.core.state import CaseState
from plans.desk.drill_state import Drill
from plans.incident.state import Incident
from storage.outbox import OTHER_WAYS, OutboxRow
from storage.people import shown_name
from storage.transaction import Writing

DECIDERS = tuple(map(keys.to_role, ("director", "deputy", "commander")))
"""Who must know what the command group was to read, beside the seat."""

ABOUT, PASSED, REFUSED = "undeliverable", "passed_on", "topics_refused"
"""Notices of what is said about a dead letter."""

OFTEN = timedelta(hours=1)
"""That a live message cannot be shown is said once in so long, though it is tried at every change."""

log = structlog.get_logger(__name__)


def told_under(row: OutboxRow) -> str | None:
    """Return the case under which it is told that a message did not arrive: of several cases the first."""
    return str(row.payload["stream"]) if row.notice == NOTICE else row.stream


async def undeliverable(
    tx: Writing, dispatcher: NoticeDispatcher, row: OutboxRow, now: datetime, *, uncertain: bool = False
) -> None:
    """Tell the seat (or, when it was the seat, the command group) that somebody was not reached, and pass on the words.

    What neither rings nor is said to the group is not worth waking anybody: it stays a dead letter.
    """
    row = replace(row, stream=told_under(row))
    place = await tx.places.get(row.place_id)
    to_group = place is not None and place.kind == "command"
    if row.notice in (ABOUT, PASSED) or not (row.ring or to_group):
        return
    text = str(row.payload.get("text", ""))
    case = await records.load_case(tx, row.stream) if row.stream is not None else None
    if row.person_id is not None and row.method not in OTHER_WAYS:
        outgoing = OutgoingMessage(
            place_id=row.place_id, message=Message(text), notice=row.notice, stream=row.stream,
            priority=row.priority, guard=row.guard, reference=row.reference, call=row.call, ring=row.ring,
            drill=case is not None and case.drill,
        )  # fmt: skip
        await tx.outbox.enqueue(await by_channels(tx, row.person_id, outgoing, text, now, dispatcher.policy))
    if case is None or (not text and await _said_lately(tx, row, now)):
        return
    try:
        plan = await dispatcher.registry.pinned(tx, case.plan_hash)
    except UnusablePlan as problem:  # it stays a dead letter; the seat is rung because the plan cannot be read
        log.error("undeliverable.untold", stream=row.stream, outbox=row.id, error=str(problem))
        return
    person = await tx.people.get(row.person_id) if row.person_id else None
    to = shown_name(person) if person is not None else place.title if place is not None else ""
    if not isinstance(case, Incident):
        params = {"notice": row.notice, "who": to, "said": text, "uncertain": uncertain}
        notice = Notice(kind="note", key=ABOUT, to=_whose(case, row), priority=1, ring=True, params=params)
        await CaseDispatcher(dispatcher.registry, dispatcher.policy).tell(
            tx, plan, case, [notice], now, but=row.place_id
        )
        return
    incident = case
    viewer = dispatcher.viewer(tx, plan, incident, now)
    seat = [item for item in await viewer.addresses.seat() if item.place.id != row.place_id]
    targets = seat or [item for item in await viewer.addresses.resolve(keys.GROUP) if item.place.id != row.place_id]
    unit = next((unit for unit, _ in keys.calls_in(row.call or "")), "")
    units = w.LIST.join(unit for unit, _ in keys.calls_in(row.call or ""))
    messages = []
    for target in targets:
        view = await viewer.build(target, audience=keys.SEAT)
        message = words(
            view, notice=row.notice, who=to, unit=units, phone=_phone(view, unit), uncertain=uncertain,
            content=text if target.place.kind == "private" else "",
        )  # fmt: skip
        messages.append(_outgoing(row, incident, target, message, ABOUT, ring=True))
    if to_group and text:
        place_ids = {target.place.id for target in targets}
        for target in await _deciding(viewer.addresses):
            if target.place.id not in place_ids:
                place_ids.add(target.place.id)
                view = await viewer.build(target, audience=keys.GROUP)
                messages.append(_outgoing(row, incident, target, passed_message(view, text), PASSED, ring=row.ring))
    await write_all(tx, messages, now)


async def no_topic(tx: Writing, dispatcher: NoticeDispatcher, row: OutboxRow, now: datetime) -> None:
    """Telegram lets the bot make no topic: the seat is told why all stays in General, once a day for each group."""
    place = await tx.places.get(row.place_id)
    incident = await records.load(tx, row.stream) if row.stream is not None else None
    cause = f"{REFUSED}:{row.place_id}:{now:%Y-%m-%d}"
    if place is None or incident is None or await tx.causes.result(cause) is not None:
        return
    await tx.causes.take(cause, now, {})
    try:
        plan = await dispatcher.registry.pinned(tx, incident.plan_hash)
    except UnusablePlan as problem:
        log.error("topics.untold", stream=row.stream, error=str(problem))
        return
    viewer = dispatcher.viewer(tx, plan, incident, now)
    messages = [
        _outgoing(row, incident, target, topics_refused(await viewer.build(target), place.title), REFUSED, ring=False)
        for target in await viewer.addresses.seat()
    ]
    await write_all(tx, messages, now)


def _whose(case: CaseState, row: OutboxRow) -> Audience:
    """Return who is told of a message of a case: the seat, which plays itself in a drill: of that its director is."""
    if isinstance(case, Drill) and row.person_id != case.director:
        return keys.to_person(case.director)
    return SEAT


def _outgoing(
    row: OutboxRow, incident: Incident, target: Target, message: Message, notice: str, *, ring: bool
) -> OutgoingMessage:
    return OutgoingMessage(
        place_id=target.place.id, message=message, notice=notice, stream=row.stream, audience=keys.SEAT,
        jurisdiction=incident.jurisdiction, priority=1 if ring else 2, ring=ring,
        reference=_about(row) if notice == ABOUT else None, person_id=target.person.id if target.person else None,
    )  # fmt: skip


async def _deciding(addresses: Addresses) -> list[Target]:
    return [target for audience in DECIDERS for target in await addresses.resolve(audience)]


async def _said_lately(tx: Writing, row: OutboxRow, now: datetime) -> bool:
    """Return whether the seat has read lately that this live message cannot be shown there."""
    rows = await tx.outbox.noticed(str(row.stream), ABOUT)
    return any(item.reference == _about(row) and now - item.created_at < OFTEN for item in rows)


def _about(row: OutboxRow) -> str:
    return f"{row.notice}@{row.place_id}"


def _phone(view: View, unit: str) -> str:
    line = line_of(view, unit) if unit else None
    return read_number(view.plan, line.number) if line is not None else ""
