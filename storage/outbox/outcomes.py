"""What became of a message that was claimed. Each answers False when the row was not in a state that allows it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Update, bindparam, select, update

from storage.outbox.tables import (
    AMBIGUOUS,
    DEAD,
    DROPPED,
    PENDING,
    SENDING,
    SENT,
    WITHDRAWN,
    OutboxRow,
    outbox,
    unfinished,
)
from storage.session import Repository

_END = update(outbox).where(outbox.c.id == bindparam("of"), outbox.c.state.in_(bindparam("among", expanding=True)))
_GET = select(outbox).where(outbox.c.id == bindparam("id"))
_IN_FLIGHT = select(outbox).where(unfinished(outbox), outbox.c.state == SENDING).order_by(outbox.c.id)
_NUMBERS = ("message_id", "reply_parameters")
_END_AMBIGUOUS = _END.values(ambiguous=outbox.c.ambiguous + 1)


class Outcomes(Repository):
    """The ends of sending."""

    async def sent(self, id: int, message_id: int | None, at: datetime) -> bool:
        """Telegram has it, as ``message_id`` (None for calls that make no message)."""
        values = {"state": SENT, "message_id": message_id, "finished_at": at, "error": None}
        return await self._end(id, (SENDING, AMBIGUOUS), values)

    async def again(self, id: int, not_before: datetime, error: str) -> bool:
        """Try again later, in the same turn; it is dropped where it is not worth sending any more.

        That is so where what it depends on was settled while it was being sent (``withdraw``), or where a newer
        message of its ``coalesce`` key waits.
        """
        row = await self._session.read_one(OutboxRow, _GET, {"id": id})
        values: dict[str, Any]
        if row is not None and row.error == WITHDRAWN:
            values = {"state": DROPPED, "finished_at": not_before}
        elif row is not None and row.coalesce is not None and await self._replaced(row):
            values = {"state": DROPPED, "error": "replaced", "finished_at": not_before}
        else:
            values = {"state": PENDING, "not_before": not_before, "error": error, "finished_at": None}
            self._session.touched.add("outbox")
        return await self._end(id, (SENDING, AMBIGUOUS), values)

    async def dead(self, id: int, error: str, at: datetime) -> bool:
        """It cannot be sent, ever: a dead letter."""
        return await self._end(id, (PENDING, SENDING, AMBIGUOUS), {"state": DEAD, "error": error, "finished_at": at})

    async def drop(self, id: int, reason: str, at: datetime) -> bool:
        """It need not be sent any more."""
        return await self._end(
            id, (PENDING, SENDING, AMBIGUOUS), {"state": DROPPED, "error": reason, "finished_at": at}
        )

    async def reword(self, id: int, payload: dict[str, Any]) -> bool:
        """Keep what is really said, where that differs from what was written."""
        return await self._end(id, (SENDING,), {"payload": payload})

    async def forget_numbers(self, place_id: str, at: datetime) -> None:
        """Forget Telegram's numbers of all messages of a place: it has become another chat.

        What waits to answer an earlier message goes alone, words that wait to take the place of one are a message of
        their own; to pin one, or to take its buttons, there is no more.
        """
        here = outbox.c.place_id == place_id
        await self._session.run(update(outbox).where(here, outbox.c.message_id.is_not(None)).values(message_id=None))
        waiting = select(outbox).where(here, unfinished(outbox), outbox.c.state == PENDING)
        for row in await self._session.read(OutboxRow, waiting):
            kept = {name: value for name, value in row.payload.items() if name not in _NUMBERS}
            if "message_id" in row.payload and row.method != "editMessageText":
                await self.drop(row.id, "the chat is another", at)
            elif kept != row.payload:
                method = "sendMessage" if row.method == "editMessageText" else row.method
                changed = update(outbox).where(outbox.c.id == row.id).values(payload=kept, method=method)
                await self._session.run(changed)

    async def ambiguous(self, id: int, at: datetime) -> bool:
        """Telegram may have it or not. Final, unless ``again`` or another outcome follows."""
        return await self._end(id, (SENDING,), {"state": AMBIGUOUS, "finished_at": at}, _END_AMBIGUOUS)

    async def given_up(self, id: int, at: datetime) -> bool:
        """Nobody knows whether Telegram has it, and it is not tried again."""
        return await self._end(id, (SENDING,), {"state": AMBIGUOUS, "finished_at": at})

    async def in_flight(self) -> list[OutboxRow]:
        """Return the messages that are being sent; when the sender starts, those that a dead process was sending."""
        return await self._session.read(OutboxRow, _IN_FLIGHT)

    async def _end(self, id: int, among: tuple[str, ...], values: dict[str, Any], statement: Update = _END) -> bool:
        return await self._session.run(statement, values | {"of": id, "among": list(among)}) > 0

    async def _replaced(self, row: OutboxRow) -> bool:
        newer = select(outbox.c.id).where(
            outbox.c.place_id == row.place_id,
            outbox.c.coalesce == row.coalesce,
            unfinished(outbox),
            outbox.c.state == PENDING,
            outbox.c.id > row.id,
        )
        return await self._session.scalar(newer.limit(1)) is not None
