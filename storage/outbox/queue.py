"""Writing messages and taking them for sending."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, case, func, insert, literal, or_, select, tuple_, update
from sqlalchemy.sql.dml import ReturningInsert

from storage.columns import UtcDateTime
from storage.outbox.tables import DROPPED, PENDING, SENDING, WITHDRAWN, NewMessage, OutboxRow, outbox, unfinished
from storage.session import Repository, parts

BESIDE = "notify"
"""The method of messages that go by other ways than Telegram: they wait for no message of Telegram's."""

DIAL = "dial"
"""The method of calls by an automatic telephone: they wait for no message, and no message for them."""

OTHER_WAYS = (BESIDE, DIAL)
"""The methods of what does not go by Telegram."""

FREE = ("pinChatMessage", "unpinChatMessage", *OTHER_WAYS)
"""Calls that no limit of a place counts."""

_FRESH: dict[str, Any] = {"state": PENDING, "attempts": 0, "ambiguous": 0}
_pending = and_(unfinished(outbox), outbox.c.state == PENDING)

_TAKE = update(outbox).where(outbox.c.id.in_(bindparam("ids", expanding=True))).values(attempts=outbox.c.attempts + 1)
_CHANGE = update(outbox).where(outbox.c.id == bindparam("of"))
_GUARDED = outbox.c.guard.in_(bindparam("guards", expanding=True))
_waits = outbox.c.state == PENDING
_WITHDRAW = (
    update(outbox)
    .where(unfinished(outbox), _GUARDED)
    .values(
        state=case((_waits, DROPPED), else_=outbox.c.state),
        finished_at=case((_waits, bindparam("at", type_=UtcDateTime())), else_=outbox.c.finished_at),
        error=WITHDRAWN,
    )
    .returning(outbox.c.state)
)
_WITHDRAW_OF = _WITHDRAW.where(outbox.c.notice.in_(bindparam("notices", expanding=True)))
_GIVE_BACK = (
    update(outbox).where(outbox.c.id.in_(bindparam("ids", expanding=True))).values(attempts=outbox.c.attempts - 1)
)
_NOT_BEGUN = (
    select(outbox)
    .where(
        _pending,
        outbox.c.place_id.in_(bindparam("places", expanding=True)),
        outbox.c.notice == bindparam("notice"),
        outbox.c.attempts == 0,
    )
    .order_by(outbox.c.id)
)
_TOGETHER = (
    select(outbox)
    .where(
        _pending,
        outbox.c.place_id == bindparam("place"),
        outbox.c.method == bindparam("method"),
        outbox.c.not_before <= bindparam("now"),
    )
    .order_by(outbox.c.id)
    .with_for_update()
)
_RUNG = (
    select(outbox.c.place_id)
    .where(
        outbox.c.place_id.in_(bindparam("places", expanding=True)),
        outbox.c.ring.is_(True),
        outbox.c.state != DROPPED,
        outbox.c.not_before > bindparam("after", type_=UtcDateTime()),
        outbox.c.not_before <= bindparam("now", type_=UtcDateTime()),
    )
    .distinct()
)
_NEXT = select(func.min(outbox.c.not_before)).where(_pending)
_elsewhere = outbox.c.method.in_(OTHER_WAYS)
_AHEAD = select(
    func.min(outbox.c.not_before).filter(~_elsewhere).label("telegram"),
    func.min(outbox.c.not_before).filter(_elsewhere).label("beside"),
    func.min(outbox.c.not_before).filter(outbox.c.not_before > bindparam("now", type_=UtcDateTime())).label("later"),
).where(_pending)
_SAME = (
    select(outbox)
    .where(
        _pending,
        outbox.c.place_id.in_(bindparam("places", expanding=True)),
        outbox.c.coalesce.in_(bindparam("keys", expanding=True)),
    )
    .order_by(outbox.c.id)
    .with_for_update()
)


@dataclass(frozen=True, kw_only=True)
class Ahead:
    """When the next of the messages that wait may be sent, moments that are past too; None where none waits.

    Attributes:
        telegram: of what goes by Telegram. beside: of what goes by other ways. later: of what is for later than now.
    """

    telegram: datetime | None
    beside: datetime | None
    later: datetime | None

    @property
    def first(self) -> datetime | None:
        """The earliest of all."""
        return min((at for at in (self.telegram, self.beside) if at is not None), default=None)


class Queue(Repository):
    """Messages on their way out."""

    async def enqueue(self, messages: Sequence[NewMessage]) -> list[int]:
        """Write messages and return their ids.

        One with ``coalesce`` takes the row, and the turn, of the one that waits for the same place under the same key.
        """
        waiting = await self._waiting([message for message in messages if message.coalesce is not None])
        new: list[NewMessage] = []  # in the order of the list, which is that of sending
        taken: list[dict[str, Any]] = []
        turns: list[OutboxRow | int] = []  # of each message: the row that it takes, or its number among the new ones
        positions: dict[tuple[str, str | None], int] = {}
        for message in messages:
            key = (message.place_id, message.coalesce)
            if key in waiting:
                taken.append(_taking(waiting[key], message))
                turns.append(waiting[key])
            elif key in positions:
                new[positions[key]] = replace(message, created_at=new[positions[key]].created_at)
                turns.append(positions[key])
            else:
                if message.coalesce is not None:
                    positions[key] = len(new)
                turns.append(len(new))
                new.append(message)
        await self._session.write(_CHANGE, taken)
        ids = await self._insert(new)
        if messages:
            self._session.touched.add("outbox")
        return [ids[turn] if isinstance(turn, int) else turn.id for turn in turns]

    async def not_begun(self, place_id: str, notice: str) -> list[OutboxRow]:
        """Return the messages of one kind to one place that no attempt was made to send yet, the oldest first."""
        return await self.not_begun_among({place_id}, notice)

    async def not_begun_among(self, places: Collection[str], notice: str) -> list[OutboxRow]:
        """Return the same of many places."""
        found: list[OutboxRow] = []
        for some in parts(places):
            found += await self._session.read(OutboxRow, _NOT_BEGUN, {"places": some, "notice": notice})
        return found

    async def rung_between(self, places: Collection[str], after: datetime, now: datetime) -> set[str]:
        """Return which of some places were rung within a span, its begin left out."""
        found: set[str] = set()
        for some in parts(places):
            rows = await self._session.rows(_RUNG, {"places": some, "after": after, "now": now})
            found |= {row.place_id for row in rows}
        return found

    async def waiting_for(self, place_id: str, coalesce: str) -> OutboxRow | None:
        """Return the message whose turn the next one under the same key takes."""
        same = await self._session.read(OutboxRow, _SAME, {"places": [place_id], "keys": [coalesce]})
        return same[-1] if same else None

    async def claim(
        self,
        now: datetime,
        limit: int,
        exclude_places: Collection[str] = (),
        priority_max: int | None = None,
        full_places: Collection[str] = (),
        newest: bool = False,
        only: str | None = None,
        without: Collection[str] = (),
        exclude_persons: Collection[str] = (),
        exclude_ids: Collection[int] = (),
        doubtful_last: bool = False,
    ) -> list[OutboxRow]:
        """Take messages for sending: the most urgent first, then the oldest, and of each place at most one.

        A place of which a message is being sent is left out, so that its messages arrive in order; so is one whose
        next message waits to be tried again. A message whose own time has not come holds nothing up.

        Args:
            now: messages for later stay.
            limit: at most so many.
            exclude_places: places that may not be written to now.
            priority_max: only messages as urgent as this, 1 being the most urgent.
            newest: of those equally urgent the one written last comes first.
            full_places: places that got as much as they may; only what is not counted there goes out (``FREE``).
            only: a method: calls of no other. without: methods: calls of any other.
            exclude_persons: people who are told nothing now.
            exclude_ids: messages that are not ready; they hold up what comes behind them in their place.
            doubtful_last: what may have arrived already comes behind what certainly has not, however urgent.
        """
        parameters: dict[str, Any] = {"now": now, "limit": limit}
        if full_places:
            parameters["full_places"] = list(full_places)
        if exclude_places:
            parameters["exclude_places"] = list(exclude_places)
        if priority_max is not None:
            parameters["priority_max"] = priority_max
        if only is not None:
            parameters["only"] = only
        if without:
            parameters["without"] = list(without)
        if exclude_persons:
            parameters["exclude_persons"] = list(exclude_persons)
        if exclude_ids:
            parameters["exclude_ids"] = list(exclude_ids)
        rows = await self._session.rows(_next_of_each_place(newest, doubtful_last, *parameters), parameters)
        if not rows:
            return []
        claim = {"state": SENDING, "claimed_at": now}
        await self._session.run(_TAKE, claim | {"ids": [row.id for row in rows]})
        return [OutboxRow(**{**row._asdict(), **claim, "attempts": row.attempts + 1}) for row in rows]

    async def give_back(self, ids: Collection[int], until: datetime | None = None) -> None:
        """Undo a claim whose call was not begun: it counts as no attempt.

        Args:
            until: it is not looked at before.
        """
        if ids:
            values: dict[str, Any] = {"ids": list(ids), "state": PENDING, "claimed_at": None}
            await self._session.run(_GIVE_BACK, values | ({"not_before": until} if until is not None else {}))

    async def claim_with(self, row: OutboxRow, now: datetime) -> list[OutboxRow]:
        """Take what is due of the same method for the same place as a claimed message, to go in the same call."""
        mine = {"place": row.place_id, "method": row.method, "now": now}
        rows = await self._session.read(OutboxRow, _TOGETHER, mine)
        if rows:
            claim = {"state": SENDING, "claimed_at": now}
            await self._session.run(_TAKE, claim | {"ids": [other.id for other in rows]})
            rows = [replace(other, state=SENDING, claimed_at=now, attempts=other.attempts + 1) for other in rows]
        return rows

    async def withdraw(self, guards: Collection[str], at: datetime, notices: Collection[str] = ()) -> int:
        """Drop waiting messages that depend on these objects and return how many.

        One that is being sent is too late for that, but is not tried again (``again`` drops it).

        Args:
            notices: only those of them that tell one of these; empty = all.
        """
        if not guards:
            return 0
        of: dict[str, Any] = {"guards": list(guards), "at": at} | ({"notices": list(notices)} if notices else {})
        rows = await self._session.rows(_WITHDRAW_OF if notices else _WITHDRAW, of)
        return sum(row.state == DROPPED for row in rows)

    async def outdate(self, id: int) -> None:
        """Let a message that is being sent not be tried again when that fails."""
        await self._session.run(_CHANGE.where(outbox.c.state == SENDING), {"error": WITHDRAWN, "of": id})

    async def waiting(self) -> list[OutboxRow]:
        """Return all that is to be sent some time, in the order of writing."""
        return await self._session.read(OutboxRow, select(outbox).where(_pending).order_by(outbox.c.id))

    async def next_at(self) -> datetime | None:
        """Return the earliest ``not_before`` of what waits, past ones too; None when nothing waits."""
        moment: datetime | None = await self._session.scalar(_NEXT)
        return moment

    async def ahead(self, now: datetime) -> Ahead:
        """Return when what waits may be sent, so that nobody asks for messages where none is due."""
        found: Ahead = (await self._session.read(Ahead, _AHEAD, {"now": now}))[0]
        return found

    async def _insert(self, messages: Sequence[NewMessage]) -> list[int]:
        if not messages:
            return []
        new = [vars(one) | _FRESH for one in messages]
        rows = await self._session.rows(_inserting(self._session.postgres), new)
        return sorted(row.id for row in rows)

    async def _waiting(self, messages: Sequence[NewMessage]) -> dict[tuple[str, str | None], OutboxRow]:
        """Return by place and key the newest rows whose turn these messages take."""
        if not messages:
            return {}
        places, keys = {one.place_id for one in messages}, {str(one.coalesce) for one in messages}
        rows = await self._session.read(OutboxRow, _SAME, {"places": sorted(places), "keys": sorted(keys)})
        return {(row.place_id, row.coalesce): row for row in rows}


def _taking(waiting: OutboxRow, message: NewMessage) -> dict[str, Any]:
    """Return what changes of the row whose turn a message takes."""
    # What is retried keeps its distance; and the age that is measured is that of the oldest untold change.
    kept: dict[str, Any] = {"created_at": waiting.created_at, "of": waiting.id}
    if waiting.attempts:
        kept["not_before"] = max(waiting.not_before, message.not_before)
    return vars(message) | kept


@cache
def _inserting(postgres: bool) -> ReturningInsert[Any]:
    # Both number rows in the order of the list, PostgreSQL when asked to; SQLite would then be asked row by row.
    return insert(outbox).returning(outbox.c.id, sort_by_parameter_order=postgres)


@cache
def _next_of_each_place(newest: bool, doubtful_last: bool, *conditions: str) -> Select[Any]:
    """Return what ``claim`` asks for, with the conditions that are given."""
    before = outbox.alias("before")
    now = bindparam("now", type_=UtcDateTime())
    held_up = or_(
        before.c.state == SENDING,
        and_(
            before.c.state == PENDING,
            or_(before.c.not_before <= now, before.c.attempts > 0),
            tuple_(before.c.priority, before.c.id) < tuple_(outbox.c.priority, outbox.c.id),
        ),
    )
    same_way = before.c.method.in_(OTHER_WAYS) == outbox.c.method.in_(OTHER_WAYS)
    same_place = and_(before.c.place_id == outbox.c.place_id, unfinished(before), same_way)
    first = ~select(literal(1)).where(same_place, held_up).exists()
    statement = select(outbox).where(_pending, outbox.c.not_before <= now, first)
    if "exclude_places" in conditions:
        allowed = outbox.c.place_id.not_in(bindparam("exclude_places", expanding=True))
        statement = statement.where(or_(allowed, outbox.c.method.in_(OTHER_WAYS)))
    if "full_places" in conditions:
        roomy = outbox.c.place_id.not_in(bindparam("full_places", expanding=True))
        statement = statement.where(or_(roomy, outbox.c.method.in_(FREE)))
    if "only" in conditions:
        statement = statement.where(outbox.c.method == bindparam("only"))
    if "without" in conditions:
        statement = statement.where(outbox.c.method.not_in(bindparam("without", expanding=True)))
    if "exclude_persons" in conditions:
        people = outbox.c.person_id.not_in(bindparam("exclude_persons", expanding=True))
        statement = statement.where(or_(outbox.c.person_id.is_(None), people))
    if "exclude_ids" in conditions:
        statement = statement.where(outbox.c.id.not_in(bindparam("exclude_ids", expanding=True)))
    if "priority_max" in conditions:
        statement = statement.where(outbox.c.priority <= bindparam("priority_max"))
    order = (outbox.c.priority, outbox.c.id.desc() if newest else outbox.c.id)
    if doubtful_last:
        statement = statement.order_by(outbox.c.ambiguous)
    statement = statement.order_by(*order).limit(bindparam("limit"))
    return statement.with_for_update(skip_locked=True, of=outbox)
