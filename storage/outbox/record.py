"""Looking messages up: they are also the record of what was said."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, case, exists, func, or_, select, update

from storage.cases import cases
from storage.incidents import incidents, open_incident
from storage.outbox.queue import FREE, OTHER_WAYS
from storage.outbox.tables import DROPPED, SENDING, SENT, OutboxRow, dead, kept, outbox, unfinished, unsealed
from storage.session import Repository

_GET = select(outbox).where(outbox.c.id == bindparam("id"))
_AMONG = select(outbox).where(outbox.c.id.in_(bindparam("ids", expanding=True)))
_OF = select(outbox).where(outbox.c.stream == bindparam("stream")).order_by(outbox.c.id)
_TO = (outbox.c.place_id == bindparam("place_id"), outbox.c.notice == bindparam("notice"))
_NEWEST_BEGUN = (
    select(outbox).where(*_TO, outbox.c.claimed_at.is_not(None)).order_by(outbox.c.id.desc()).limit(bindparam("limit"))
)
_BEGUN_SINCE = _NEWEST_BEGUN.where(outbox.c.created_at >= bindparam("since"))
_GUARDED = _OF.where(outbox.c.guard.in_(bindparam("guards", expanding=True)), outbox.c.state == SENT)
_AT = _OF.where(outbox.c.place_id == bindparam("place_id"))
_CALLS = (
    select(outbox.c.place_id, outbox.c.method, outbox.c.state, outbox.c.message_id, outbox.c.call)
    .where(outbox.c.stream == bindparam("stream"), outbox.c.call.is_not(None))
    .order_by(outbox.c.id)
)
_GUARDS = select(outbox.c.guard).where(outbox.c.stream == bindparam("stream"), outbox.c.guard.is_not(None)).distinct()
_NOTICED = _OF.where(outbox.c.notice == bindparam("notice"))
_BY_MESSAGE = (
    select(outbox)
    .where(outbox.c.place_id == bindparam("place_id"), outbox.c.message_id == bindparam("message_id"))
    .order_by(outbox.c.id)
    .limit(1)
)
_LAST_SHOWN = (
    select(outbox.c.stream)
    .where(
        outbox.c.place_id == bindparam("place_id"), outbox.c.message_id.is_not(None), outbox.c.state == SENT,
        outbox.c.method.startswith("send"), outbox.c.stream.in_(bindparam("streams", expanding=True)),
    )
    .order_by(outbox.c.message_id.desc())
    .limit(1)
)  # fmt: skip
_DEAD = select(outbox).where(dead).order_by(outbox.c.id.desc()).limit(bindparam("limit"))
_UNSEALED = select(outbox).where(unsealed).order_by(outbox.c.id).limit(bindparam("limit"))
_CALLED = select(outbox.c.place_id, outbox.c.method, outbox.c.claimed_at.label("at"))
_LEFT = (
    _CALLED.where(outbox.c.finished_at >= bindparam("moment"), kept, outbox.c.claimed_at.is_not(None)),
    _CALLED.where(unfinished(outbox), outbox.c.state == SENDING),
)
_OLD = (
    select(outbox.c.id)
    .where(
        kept,
        outbox.c.finished_at < bindparam("before"),
        ~exists().where(incidents.c.stream == outbox.c.stream, open_incident),
    )
    .order_by(outbox.c.finished_at)
    .limit(bindparam("limit"))
)
_SAID = outbox.c.method.not_in(("card", *FREE))
_WAITING_SINCE = (
    select(outbox.c.ring, func.count().label("waiting"))
    .where(unfinished(outbox), outbox.c.created_at < bindparam("before"), _SAID)
    .group_by(outbox.c.ring)
)
_RUNNING = or_(
    outbox.c.stream.in_(
        select(incidents.c.stream).where(open_incident, incidents.c.jurisdiction == bindparam("jurisdiction"))
    ),
    outbox.c.stream.in_(select(cases.c.stream).where(cases.c.open, cases.c.jurisdiction == bindparam("jurisdiction"))),
)
_SOME_OF = select(outbox.c.stream, func.count().label("some")).where(_SAID, _RUNNING).group_by(outbox.c.stream)
_LATE_OF = _SOME_OF.where(unfinished(outbox), outbox.c.not_before < bindparam("before"))
_DEAD_OF = _SOME_OF.where(dead)
_OTHERS = outbox.c.method.not_in(bindparam("without", expanding=True))
_STANDS_SINCE = select(func.min(case((outbox.c.attempts > 0, outbox.c.created_at), else_=outbox.c.not_before))).where(
    unfinished(outbox),
    _OTHERS,
    or_(outbox.c.not_before <= bindparam("now"), outbox.c.attempts > 0),
    outbox.c.place_id.not_in(bindparam("held", expanding=True)),
)
_LAST_SENT = (
    select(outbox.c.finished_at)
    .where(kept, outbox.c.finished_at.is_not(None), outbox.c.state == SENT, _OTHERS)
    .order_by(outbox.c.finished_at.desc())
    .limit(1)
)
_FRESH = and_(outbox.c.attempts == 0, outbox.c.not_before > outbox.c.created_at)
_BACKLOG = (
    select(
        outbox.c.priority,
        func.count().label("depth"),
        func.min(case((_FRESH, outbox.c.not_before), else_=outbox.c.created_at)).label("since"),
    )
    .where(unfinished(outbox), outbox.c.not_before <= bindparam("now"))
    .group_by(outbox.c.priority)
    .order_by(outbox.c.priority)
)
_SALT = update(outbox).where(outbox.c.id == bindparam("of"))
_DEAD_COUNT = select(func.count()).select_from(outbox).where(dead)
_FORGET = update(outbox).where(outbox.c.id.in_(_OLD)).values(payload={}, salt=None)


@dataclass(frozen=True, kw_only=True)
class PriorityBacklog:
    """What waits of one priority: how many messages may be sent now or are being sent, and for how long the oldest."""

    depth: int
    oldest: timedelta


@dataclass(frozen=True, kw_only=True)
class CallSaid:
    """A message that calls somebody, without its words: of one case there are hundreds, and each answer asks for them.

    Attributes:
        call: the call rounds and units.
    """

    place_id: str
    method: str
    state: str
    message_id: int | None
    call: str


@dataclass(frozen=True, kw_only=True)
class Departure:
    """A call that was made, whatever became of it.

    Attributes:
        at: when the attempt began.
    """

    place_id: str
    method: str
    at: datetime


class Record(Repository):
    """The messages as a record."""

    async def get(self, id: int) -> OutboxRow | None:
        """Return one message."""
        return await self._session.read_one(OutboxRow, _GET, {"id": id})

    async def by_message(self, place_id: str, message_id: int) -> OutboxRow | None:
        """Return the message that Telegram calls ``message_id``, the one that made it when others edited it."""
        parameters = {"place_id": place_id, "message_id": message_id}
        return await self._session.read_one(OutboxRow, _BY_MESSAGE, parameters)

    async def last_shown(self, place_id: str, streams: Collection[str]) -> str | None:
        """Return of which of some logs the newest message stands in a chat; None where none does."""
        rows = await self._session.rows(_LAST_SHOWN, {"place_id": place_id, "streams": sorted(streams)})
        return next((str(row.stream) for row in rows), None)

    async def last_begun(self, place_id: str, notice: str) -> OutboxRow | None:
        """Return the newest message of a kind to a place that an attempt was made to send."""
        parameters = {"place_id": place_id, "notice": notice, "limit": 1}
        return await self._session.read_one(OutboxRow, _NEWEST_BEGUN, parameters)

    async def begun_since(self, place_id: str, notice: str, since: datetime, limit: int) -> list[OutboxRow]:
        """Return the newest messages of a kind to a place that were written since, and begun to be sent."""
        parameters = {"place_id": place_id, "notice": notice, "since": since, "limit": limit}
        return await self._session.read(OutboxRow, _BEGUN_SINCE, parameters)

    async def of(self, stream: str) -> list[OutboxRow]:
        """Return the messages of a log, in the order of writing."""
        return await self._session.read(OutboxRow, _OF, {"stream": stream})

    async def said(self, stream: str, limit: int) -> list[OutboxRow]:
        """Return the messages of a log that people got, are to get or did not get, the newest first.

        Live cards, edits and what was taken back before it went are none.
        """
        mine = (
            outbox.c.stream == stream, outbox.c.state != DROPPED,
            or_(outbox.c.method.startswith("send"), outbox.c.method.in_(OTHER_WAYS)),
        )  # fmt: skip
        newest = select(outbox).where(*mine).order_by(outbox.c.id.desc()).limit(limit)
        return await self._session.read(OutboxRow, newest)

    async def guarded(self, stream: str, guards: Collection[str]) -> list[OutboxRow]:
        """Return the messages of a log that were sent about some objects, in the order of writing."""
        return await self._session.read(OutboxRow, _GUARDED, {"stream": stream, "guards": list(guards)})

    async def calls_of(self, stream: str) -> list[CallSaid]:
        """Return the messages of a log that call somebody, in the order of writing."""
        return await self._session.read(CallSaid, _CALLS, {"stream": stream})

    async def guards_of(self, stream: str) -> set[str]:
        """Return all that messages of a log depended on."""
        return {str(row.guard) for row in await self._session.rows(_GUARDS, {"stream": stream})}

    async def at(self, stream: str, place_id: str) -> list[OutboxRow]:
        """Return the messages of a log to one place, in the order of writing."""
        return await self._session.read(OutboxRow, _AT, {"stream": stream, "place_id": place_id})

    async def noticed(self, stream: str, notice: str) -> list[OutboxRow]:
        """Return the messages of a log that told one thing, in the order of writing."""
        return await self._session.read(OutboxRow, _NOTICED, {"stream": stream, "notice": notice})

    async def dead_letters(self, limit: int = 100) -> list[OutboxRow]:
        """Return messages that were given up, the newest first: impossible to send, or nobody knows if they came."""
        return await self._session.read(OutboxRow, _DEAD, {"limit": limit})

    async def dead_count(self) -> int:
        """Return how many messages were given up, ever."""
        return int(await self._session.scalar(_DEAD_COUNT))

    async def waiting_since(self, before: datetime) -> tuple[int, int]:
        """Return how many messages that were written before a moment still wait: those that ring, and the others."""
        rows = await self._session.rows(_WAITING_SINCE, {"before": before})
        counts = {row.ring: int(row.waiting) for row in rows}
        return counts.get(True, 0), counts.get(False, 0)

    async def troubled(self, jurisdiction: str, before: datetime) -> dict[str, tuple[int, int]]:
        """Return for each open case of a jurisdiction how many of its messages wait since before a moment, or failed.

        A case without either is left out.
        """
        of: dict[str, Any] = {"jurisdiction": jurisdiction}
        found: dict[str, list[int]] = {}
        for place, rows in enumerate((
            await self._session.rows(_LATE_OF, {**of, "before": before}), await self._session.rows(_DEAD_OF, of),
        )):  # fmt: skip
            for row in rows:
                found.setdefault(row.stream, [0, 0])[place] = int(row.some)
        return {stream: (waiting, failed) for stream, (waiting, failed) in found.items()}

    async def left_since(self, moment: datetime) -> list[Departure]:
        """Return the last attempt of each message that ended since a moment or has not ended yet, the oldest first."""
        ended, flying = _LEFT
        departures = await self._session.read(Departure, ended, {"moment": moment})
        departures += await self._session.read(Departure, flying)
        return sorted(departures, key=lambda call: call.at)

    async def forget_payloads(self, before: datetime, limit: int = 1000) -> int:
        """Erase the words of messages that were finished before a moment, and return of how many, ``limit`` at most.

        That there was a message, to whom and when stays. Messages of incidents that are still open keep their words.
        """
        return await self._session.run(_FORGET, {"before": before, "limit": limit})

    async def forget_words_of(self, stream: str) -> int:
        """Erase the words of all messages of a log that are not on their way any more, and return of how many."""
        mine = (outbox.c.stream == stream, outbox.c.finished_at.is_not(None), kept)
        return await self._session.run(update(outbox).where(*mine).values(payload={}, salt=None))

    async def to_person(self, person_id: str) -> list[OutboxRow]:
        """Return the messages that were written to a person, in the order of writing."""
        return await self._session.read(
            OutboxRow, select(outbox).where(outbox.c.person_id == person_id).order_by(outbox.c.id)
        )

    async def forget_words_to(self, person_id: str) -> int:
        """Erase the words of all messages to a person that are not on their way any more, and return of how many."""
        mine = (outbox.c.person_id == person_id, outbox.c.finished_at.is_not(None), kept)
        return await self._session.run(update(outbox).where(*mine).values(payload={}, salt=None))

    async def unsealed(self, limit: int) -> list[OutboxRow]:
        """Return messages that were sent and of which the chain knows nothing yet, in the order of writing."""
        return await self._session.read(OutboxRow, _UNSEALED, {"limit": limit})

    async def salted(self, salts: Mapping[int, str]) -> None:
        """Note the salts with which messages were put into the chain."""
        await self._session.write(_SALT, [{"of": id_, "salt": salt} for id_, salt in salts.items()])

    async def among(self, ids: Collection[int]) -> dict[int, OutboxRow]:
        """Return messages by their ids."""
        messages: dict[int, OutboxRow] = {}
        ordered = sorted(ids)
        for start in range(0, len(ordered), 500):
            some = {"ids": ordered[start : start + 500]}
            messages |= {row.id: row for row in await self._session.read(OutboxRow, _AMONG, some)}
        return messages

    async def standstill(self, now: datetime, held: Collection[str], without: Collection[str]) -> timedelta:
        """Return for how long something could have been sent and nothing was; zero where nothing waits.

        Unlike the backlog it counts what waits for another try: while every call fails nothing else does.

        Args:
            held: places that Telegram told to wait.
            without: methods that go another way.
        """
        ways = {"without": list(without)}
        oldest: datetime | None = await self._session.scalar(_STANDS_SINCE, {"now": now, "held": list(held), **ways})
        if oldest is None:
            return timedelta()
        last: datetime | None = await self._session.scalar(_LAST_SENT, ways)
        return max(now - max(oldest, last or oldest), timedelta())

    async def backlog(self, now: datetime) -> dict[int, PriorityBacklog]:
        """Return what waits, by priority; messages whose time has not come do not count.

        A message waits since it was written, or since its time came where that is later.
        """
        waiting: dict[int, PriorityBacklog] = {}
        for row in await self._session.rows(_BACKLOG, {"now": now}):
            waiting[row.priority] = PriorityBacklog(depth=row.depth, oldest=now - row.since)
        return waiting
