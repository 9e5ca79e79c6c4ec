"""A claimed row becomes a call: what is late says so, a live message is drawn, an address is looked up."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from bot.outgoing.cards import Cards, Drawn
from bot.outgoing.forum_topics import topic_of
from bot.outgoing.messages import NAMED
from bot.outgoing.pictures import is_picture
from bot.outgoing.undeliverable import undeliverable
from bot.render.delivery import with_delay
from bot.sender.dialling import Telephone, call_of
from bot.sender.drawings import Drawings
from bot.sender.send_outcomes import Call, SendOutcomes
from storage.errors import StorageError
from storage.outbox import BESIDE, DIAL, OutboxRow
from storage.places import Place
from storage.transaction import Writing

LATE = timedelta(seconds=30)
"""What rings and leaves so long after it was written says so; so long an outage is told to the seat afterwards."""

log = structlog.get_logger(__name__)


class Calls:
    """Makes calls of claimed rows.

    Args:
        cards: renders live messages at the moment of sending.
        telephone: makes calls, where the office has one.
    """

    def __init__(self, cards: Cards, outcomes: SendOutcomes, drawings: Drawings, telephone: Telephone | None) -> None:
        self._cards, self._outcomes, self._drawings, self._telephone = cards, outcomes, drawings, telephone

    async def make(self, tx: Writing, row: OutboxRow, now: datetime) -> Call | None:
        """Return the call; None where there is none now, which the row then says."""
        place = await tx.places.get(row.place_id)
        if place is None:
            await tx.outbox.dead(row.id, "the place is not known any more", now)
            return None
        if row.method == DIAL:
            return await self._dialled(tx, row, place, now)
        if row.method == BESIDE:
            return await _by_channel(tx, row, place, now)
        if await self._outcomes.hopeless(tx, row, now):
            return None
        row = await _dated(tx, row, now)
        drawn, method, payload = None, row.method, row.payload
        if is_picture(payload):
            drawing = self._drawings.take(row)
            if drawing is None:
                self._drawings.begin(row, place)
                await tx.outbox.give_back([row.id])
                return None
            if drawing.payload is None:
                await tx.outbox.drop(row.id, drawing.error, now)
                return None
            payload = drawing.payload
        if method == "card":
            try:
                drawn = await self._drawn(tx, row, place, now)
            except _NotDrawn as problem:
                await tx.outbox.dead(row.id, str(problem), now)
                if row.ring:  # said once, and not again at the next change: what several cases have due
                    await self._tell(tx, row, now)
                return None
            if drawn is None:
                await tx.outbox.drop(row.id, "it shows this already", now)
                return None
            method, payload = drawn.method, drawn.payload
        payload = {"chat_id": place.chat_id, **{name: value for name, value in payload.items() if name != NAMED}}
        thread = await topic_of(tx, place, row.stream) or place.thread_id
        if thread and method.startswith("send") and "reply_parameters" not in payload:  # a reply goes where it replies
            payload["message_thread_id"] = thread
        return Call(row=row, begun=now, place=place, method=method, payload=payload, drawn=drawn)

    async def _drawn(self, tx: Writing, row: OutboxRow, place: Place, now: datetime) -> Drawn | None:
        """Return the call that shows a live message; one that cannot be drawn must not stop all the others."""
        try:
            async with tx.savepoint():
                return await self._cards.draw(tx, row, place, now)
        except StorageError:
            raise
        except Exception as problem:  # a plan that cannot be read, or a bug: what rings is told to the seat, and all
            # else is drawn again at the next change
            log.exception("card.not_drawn", outbox=row.id, stream=row.stream)
            raise _NotDrawn(f"it cannot be drawn: {problem!r}"[:500]) from problem

    async def _tell(self, tx: Writing, row: OutboxRow, now: datetime) -> None:
        """Tell the seat of what will not arrive; where that cannot be worded either, the auditor tells it later."""
        try:
            async with tx.savepoint():
                await undeliverable(tx, self._cards.dispatcher, row, now)
        except StorageError:
            raise
        except Exception:  # what is broken is broken for this case: all else that is due goes out
            log.exception("undeliverable.untold", outbox=row.id)

    async def _dialled(self, tx: Writing, row: OutboxRow, place: Place, now: datetime) -> Call | None:
        """Return the call by telephone; one that cannot be worded must not stop all the others."""
        try:
            async with tx.savepoint():
                return await call_of(tx, self._cards.dispatcher, self._telephone, row, place, now)
        except StorageError:
            raise
        except Exception as problem:  # a plan that cannot be read, or a bug: the other ways have told of it already
            log.exception("call.not_worded", outbox=row.id, stream=row.stream)
            await tx.outbox.dead(row.id, f"it cannot be worded: {problem!r}"[:500], now)
            return None


async def _dated(tx: Writing, row: OutboxRow, now: datetime) -> OutboxRow:
    """Let what rings say that it comes late; the record keeps what was said."""
    due = max(row.not_before, row.created_at) if row.attempts == 1 else row.created_at  # some rest first
    if not row.ring or row.method != "sendMessage" or now - due < LATE:
        return row
    payload = with_delay(row.payload, due, now, doubtful=row.ambiguous > 0)
    if payload is not row.payload:
        await tx.outbox.reword(row.id, payload)
    return replace(row, payload=payload)


async def _by_channel(tx: Writing, row: OutboxRow, place: Place, now: datetime) -> Call | None:
    """Return the call; the address stands in no row of the outbox, since it holds keys."""
    channel = await tx.people.channel(str(row.payload["channel"]))
    if channel is None:
        await tx.outbox.drop(row.id, "the channel is gone", now)
        return None
    payload = {"address": channel.address, "text": row.payload["text"]}
    return Call(row=row, begun=now, place=place, method=BESIDE, payload=payload)


class _NotDrawn(Exception):
    """A live message cannot be drawn; the message says why."""
