"""Live messages, one per incident and place, edited in place and rendered at the moment of sending; what is pinned."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.outgoing.addresses import Target
from bot.outgoing.case_dispatcher import CaseDispatcher
from bot.outgoing.due_drawn import draw_due
from bot.outgoing.due_rows import DUE, UNHEARD
from bot.outgoing.live import CARD, WORKSHEET
from bot.outgoing.messages import OutgoingMessage, content, keyboard
from bot.outgoing.notice_dispatcher import NoticeDispatcher
from bot.outgoing.roll import roll_table
from bot.outgoing.viewer import Viewer
from bot.render import Message, card, split, worksheet
from bot.render.cases import draw_case
from bot.render.chat import MOST, other_incidents
from bot.render.plan_choice import other_plan
from bot.render.roll import table
from bot.render.seat import handed_over
from plans.core import keys
from plans.core.state import CaseState
from plans.incident.state import Incident
from storage.cards import Card
from storage.incidents import CLOSED_STATES
from storage.outbox import NewMessage, OutboxRow
from storage.places import Place
from storage.transaction import Reading, Writing

ROLL = "roll:"
"""Begins the kind of a live message that shows a roll; the roll's id follows."""

PINNED = "pinned"
"""Stands for a log in the row that says which of a place's worksheets is pinned."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Drawn:
    """The call that shows a live message as it is now.

    Attributes:
        retired: whether it is the last of it: the seat went to another place.
    """

    method: str
    payload: dict[str, Any]
    digest: str
    retired: bool = False


class Cards:
    """Draws live messages for the sender, and keeps one worksheet pinned in each place.

    Args:
        dispatcher: knows plans and how an incident is seen from a place.
    """

    def __init__(self, dispatcher: NoticeDispatcher) -> None:
        self.dispatcher = dispatcher
        self.cases = CaseDispatcher(dispatcher.registry, dispatcher.policy)

    async def draw(self, tx: Writing, row: OutboxRow, place: Place, now: datetime) -> Drawn | None:
        """Return the call that brings a live message up to date, or None when it shows this already."""
        stream, kind = str(row.payload["stream"]), str(row.payload["kind"])
        if kind.startswith(ROLL):
            return await self._roll(tx, row, place, now)
        if kind == DUE:
            return await self._due(tx, row, place, now)
        case = await self.dispatcher.cache.load_case(tx, stream)
        if case is None:
            return None
        if not isinstance(case, Incident):
            return await self._case(tx, row, case, place, now)
        incident = case
        plan = await self.dispatcher.registry.pinned(tx, incident.plan_hash)
        viewer = self.dispatcher.viewer(tx, plan, incident, now)
        live = await tx.cards.get(stream, place.id, kind)
        message_id = live.message_id if live is not None else None
        person = await tx.people.get(row.person_id) if row.person_id else None
        target, audience = Target(place, person), keys.GROUP if kind == CARD else keys.SEAT
        view = await viewer.build(target, audience=audience, acting=kind == WORKSHEET)
        retired = not await _belongs(viewer, place, keys.SEAT if kind == WORKSHEET else keys.GROUP)
        if retired and message_id is None:
            return None
        if retired:
            lost = await _is_seated(tx, incident, place)
            message = handed_over(view, lost=lost) if kind == WORKSHEET else other_plan(view)
        elif kind == CARD:
            message = card(view)
        else:
            message = other_incidents(worksheet(view), *await _others(tx, incident))
        payload = await self._payload(tx, message, incident, place, kind, now, plain=bool(row.payload.get("plain")))
        digest = _digest(payload)
        if live is not None and message_id is not None:
            if live.digest == digest:
                await self._tidy(tx, row, message_id, retired, now)
                return None
            edit = {**payload, "message_id": message_id}
            return Drawn(method="editMessageText", payload=edit, digest=digest, retired=retired)
        if kind == WORKSHEET:  # silent: what rings there says what is to be done
            payload["disable_notification"] = True
        return Drawn(method="sendMessage", payload=payload, digest=digest)

    async def _case(self, tx: Writing, row: OutboxRow, case: CaseState, place: Place, now: datetime) -> Drawn | None:
        """Return the call that shows a case of another kind as it stands; None when it is shown so already."""
        stream, kind = case.stream, str(row.payload["kind"])
        plan = await self.dispatcher.registry.pinned(tx, case.plan_hash)
        view = await self.cases.view(tx, plan, case, now, Target(place), audience=keys.GROUP)
        message = draw_case(view)
        outgoing = OutgoingMessage(
            place_id=place.id, message=message, notice=kind, audience=keys.GROUP, stream=stream,
            jurisdiction=case.jurisdiction,
        )  # fmt: skip
        payload = {**content(split(message)[0]), "reply_markup": await keyboard(tx, message, outgoing, now)}
        if row.payload.get("plain"):
            payload.pop("entities", None)
        digest, live = _digest(payload), await tx.cards.get(stream, place.id, kind)
        if live is None or live.message_id is None:
            return Drawn(method="sendMessage", payload=payload, digest=digest)
        if live.digest == digest:
            return None
        return Drawn(method="editMessageText", payload={**payload, "message_id": live.message_id}, digest=digest)

    async def _due(self, tx: Writing, row: OutboxRow, place: Place, now: datetime) -> Drawn | None:
        """Return the call that says what is due in several cases as they stand; None where all is settled."""
        message = await draw_due(tx, self.dispatcher, self.cases, row, place, now)
        if message is None:
            return None
        pieces = [content(piece) for piece in split(message)]
        if message.rows:
            outgoing = OutgoingMessage(
                place_id=place.id, message=message, notice=row.notice, audience=keys.SEAT,
                jurisdiction=row.payload.get("jurisdiction") or None,
            )  # fmt: skip
            pieces[-1]["reply_markup"] = await keyboard(tx, message, outgoing, now)
        for piece in pieces:
            if row.payload.get("plain"):
                piece.pop("entities", None)
        if not row.ring or row.payload.get(UNHEARD):
            pieces[0]["disable_notification"] = True
        await tx.outbox.enqueue([_behind(row, piece, number, now) for number, piece in enumerate(pieces) if number])
        return Drawn(method="sendMessage", payload=pieces[0], digest=_digest(pieces[0]))

    async def _roll(self, tx: Writing, row: OutboxRow, place: Place, now: datetime) -> Drawn | None:
        """Return the call that shows the table of a roll as it is; one that is over stays as it was."""
        stream, kind = str(row.payload["stream"]), str(row.payload["kind"])
        roll = await roll_table(tx, stream, kind.removeprefix(ROLL))
        if roll is None:
            return None
        payload = content(table(roll, now))
        if row.payload.get("plain"):
            payload.pop("entities", None)
        digest = _digest(payload)
        live = await tx.cards.get(stream, place.id, kind)
        if live is None or live.message_id is None:
            return Drawn(method="sendMessage", payload={**payload, "disable_notification": True}, digest=digest)
        if live.digest == digest:
            return None
        return Drawn(method="editMessageText", payload={**payload, "message_id": live.message_id}, digest=digest)

    async def _payload(
        self, tx: Writing, message: Message, incident: Incident, place: Place, kind: str, now: datetime, *, plain: bool
    ) -> dict[str, Any]:
        outgoing = OutgoingMessage(
            place_id=place.id, message=message, notice=kind, audience=keys.GROUP if kind == CARD else keys.SEAT,
            stream=incident.stream, jurisdiction=incident.jurisdiction,
        )  # fmt: skip
        payload = {**content(message), "reply_markup": await keyboard(tx, message, outgoing, now)}
        if plain:
            payload.pop("entities", None)
        return payload

    async def drawn(self, tx: Writing, row: OutboxRow, drawn: Drawn, message_id: int | None, now: datetime) -> None:
        """Note that a live message was shown, and keep the newest worksheet of a place pinned, and only that one."""
        if row.payload["kind"] == DUE:  # said once, never edited
            return
        stream, kind = str(row.payload["stream"]), str(row.payload["kind"])
        live = await tx.cards.get(stream, row.place_id, kind)
        new = drawn.method == "sendMessage"
        shown_id = message_id if new else live.message_id if live else message_id
        base = live or Card(stream=stream, place_id=row.place_id, kind=kind)
        # One that was handed over is let go: whoever comes back to the seat gets a new one.
        kept = None if drawn.retired else shown_id
        await tx.cards.save(
            replace(base, outbox_id=row.id, message_id=kept, digest=None if drawn.retired else drawn.digest)
        )
        if kind == WORKSHEET and not await self._tidy(tx, row, shown_id, drawn.retired, now) and new:
            await self._pin(tx, row, shown_id, now)

    async def _tidy(self, tx: Writing, row: OutboxRow, message_id: int | None, retired: bool, now: datetime) -> bool:
        """Unpin what is over, and return whether it is."""
        line = await tx.incidents.get(str(row.payload["stream"]))
        over = retired or line is None or line.state in CLOSED_STATES
        if over and row.payload["kind"] == WORKSHEET:
            await self._unpin(tx, row, message_id, now)
        return over

    async def _pin(self, tx: Writing, row: OutboxRow, message_id: int | None, now: datetime) -> None:
        before = await tx.cards.get(PINNED, row.place_id, WORKSHEET)
        calls = (
            []
            if before is None or before.message_id is None
            else [_call("unpinChatMessage", row, before.message_id, now)]
        )
        if message_id is not None:
            calls.append(_call("pinChatMessage", row, message_id, now))
        await tx.cards.save(Card(stream=PINNED, place_id=row.place_id, kind=WORKSHEET, message_id=message_id))
        await tx.outbox.enqueue(calls)

    async def _unpin(self, tx: Writing, row: OutboxRow, message_id: int | None, now: datetime) -> None:
        """Unpin what is over; the newest worksheet that is still in use takes its place."""
        pinned = await tx.cards.get(PINNED, row.place_id, WORKSHEET)
        if pinned is None or pinned.message_id is None or pinned.message_id != message_id:
            return
        following = await tx.cards.newest_open(row.place_id, WORKSHEET)
        await self._pin(tx, row, following.message_id if following is not None else None, now)

    async def lost(self, tx: Writing, row: OutboxRow, now: datetime) -> None:
        """The message of a card is gone: show it anew."""
        stream, kind = str(row.payload["stream"]), str(row.payload["kind"])
        live = await tx.cards.get(stream, row.place_id, kind)
        if live is not None:
            await tx.cards.save(replace(live, message_id=None, digest=None))
        await tx.outbox.enqueue([redraw(row, now)])


def redraw(row: OutboxRow, now: datetime, *, plain: bool = False) -> NewMessage:
    """Return a live message's row anew; ``plain`` without its markup."""
    payload = {**row.payload, "plain": True} if plain else row.payload
    return NewMessage(
        place_id=row.place_id, priority=row.priority, method="card", payload=payload, stream=row.stream,
        notice=row.notice, coalesce=row.coalesce, not_before=now, created_at=now, person_id=row.person_id,
    )  # fmt: skip


def _behind(row: OutboxRow, piece: dict[str, Any], number: int, now: datetime) -> NewMessage:
    """Return what of a joined message does not fit into one: it comes behind it, once, however often that is tried."""
    return NewMessage(
        place_id=row.place_id, priority=row.priority, method="sendMessage", notice=row.notice, ring=row.ring,
        payload={**piece, "disable_notification": True}, coalesce=f"due:{row.id}:{number}", not_before=now,
        created_at=now, person_id=row.person_id,
    )  # fmt: skip


def _digest(payload: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(payload, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


async def _is_seated(tx: Reading, incident: Incident, place: Place) -> bool:
    """Return whether the record has the seat in this place still."""
    holder = await tx.people.get(incident.seat) if incident.seat else None
    return holder is not None and holder.place_id == place.id


async def _belongs(viewer: Viewer, place: Place, audience: str) -> bool:
    return any(target.place.id == place.id for target in await viewer.addresses.resolve(audience))


async def _others(tx: Reading, incident: Incident) -> tuple[list[tuple[int, bool]], int]:
    """Return number and whether it is a drill of the other open incidents that are newest, and how many there are."""
    rows = await tx.incidents.newest_open(incident.jurisdiction, MOST + 1)
    others = [(row.number, row.drill) for row in reversed(rows) if row.stream != incident.stream]
    return others, await tx.incidents.count_open(incident.jurisdiction) - int(incident.open)


def _call(method: str, row: OutboxRow, message_id: int, now: datetime) -> NewMessage:
    payload: dict[str, Any] = {"message_id": message_id}
    if method == "pinChatMessage":
        payload["disable_notification"] = True
    return NewMessage(
        place_id=row.place_id, priority=row.priority, method=method, payload=payload, stream=row.stream, notice="pin",
        not_before=now, created_at=now, person_id=row.person_id,
    )  # fmt: skip
