"""Updates as they came from Telegram: committed before they are confirmed, worked off chat by chat in order."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Index,
    Integer,
    Select,
    String,
    Table,
    and_,
    bindparam,
    func,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.sql.dml import ReturningInsert

from storage.columns import AutoId, UtcDateTime, Words, metadata
from storage.errors import LostClaim
from storage.session import Repository, insert_into

inbox = Table(
    "inbox",
    metadata,
    Column("id", AutoId, primary_key=True),
    Column("update_id", BigInteger, unique=True),
    Column("chat_key", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    Column("payload", Words),
    Column("state", String, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("error", Words),
    Column("finished_at", UtcDateTime),
    Column("worker", String),
    Column("claimed_until", UtcDateTime),
    Column("retry_at", UtcDateTime),
    sqlite_autoincrement=True,
)
_unfinished = inbox.c.finished_at.is_(None)
Index(
    "ix_inbox_unfinished", inbox.c.chat_key, inbox.c.update_id, sqlite_where=_unfinished, postgresql_where=_unfinished
)
_kept = inbox.c.payload.is_not(None)
_deferred = inbox.c.retry_at.is_not(None)
Index("ix_inbox_deferred", inbox.c.retry_at, sqlite_where=_deferred, postgresql_where=_deferred)
quarantined = inbox.c.state == literal("quarantined", literal_execute=True)  # no parameter, or no index is used
Index("ix_inbox_quarantined", inbox.c.id, sqlite_where=quarantined, postgresql_where=quarantined)
Index("ix_inbox_kept_payloads", inbox.c.finished_at, sqlite_where=_kept, postgresql_where=_kept)

PENDING, CLAIMED, DONE, QUARANTINED = "pending", "claimed", "done", "quarantined"
DEFERRED = "deferred"
"""It could not be worked off and matters too much to be given up: it blocks nothing, and is tried again later."""


@dataclass(frozen=True, kw_only=True)
class NewUpdate:
    """An update to be kept.

    Attributes:
        update_id: Telegram's.
        chat_key: updates with the same key are worked off in order, one at a time.
        kind: message, callback_query …
        received_at: when it reached us.
        payload: the update's JSON; None where only the id may be kept.
    """

    update_id: int
    chat_key: str
    kind: str
    received_at: datetime
    payload: str | None


@dataclass(frozen=True, kw_only=True)
class InboxRow:
    """A kept update.

    Attributes:
        id: in the order of arrival.
        state: ``pending``, ``claimed``, ``done``, ``quarantined`` or ``deferred``.
        attempts: failures so far.
        worker: who claimed it, until ``claimed_until``.
        retry_at: when a deferred one is tried again.
    """

    id: int
    update_id: int | None
    chat_key: str
    kind: str
    received_at: datetime
    payload: str | None
    state: str
    attempts: int
    error: str | None
    finished_at: datetime | None
    worker: str | None
    claimed_until: datetime | None
    retry_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class InboxBacklog:
    """What waits: rows not finished, when the oldest of them came, rows that were given up, rows to be tried again."""

    pending: int
    oldest: datetime | None
    quarantined: int
    deferred: int = 0


class Inbox(Repository):
    """The queue of updates."""

    async def put(self, updates: Sequence[NewUpdate]) -> int:
        """Keep a batch, ignoring ids that are kept already, and return how many were new."""
        if not updates:
            return 0
        batch = {update.update_id: update for update in updates}
        values = [vars(batch[key]) | {"state": PENDING, "attempts": 0} for key in sorted(batch)]
        new = len(await self._session.rows(_putting(self._session.postgres), values))
        if new:
            self._session.touched.add("inbox")
        return new

    async def quarantine(self, update_id: int | None, raw: str, error: str, at: datetime) -> bool:
        """Keep an update that cannot be read, so that it can be confirmed; False when its id is kept already."""
        values = {
            "update_id": update_id,
            "chat_key": "",
            "kind": "",
            "received_at": at,
            "payload": raw,
            "state": QUARANTINED,
            "attempts": 1,
            "error": error,
            "finished_at": at,
        }
        return await self._session.insert_new(inbox, values, ["update_id"])

    async def pending(self, limit: int) -> list[InboxRow]:
        """Return the oldest unfinished update of every chat, oldest first, but of chats where it is claimed nothing."""
        return await self._session.read(InboxRow, _PENDING, {"limit": limit})

    async def claim(self, worker: str, now: datetime, limit: int, lease: timedelta) -> list[InboxRow]:
        """Take what ``pending`` returns, and what another worker took and let expire, for ``lease`` from ``now``."""
        rows = await self._session.rows(_FREE, {"now": now, "limit": limit})
        if not rows:
            return []
        claim = {"state": CLAIMED, "worker": worker, "claimed_until": now + lease}
        await self._session.run(_TAKE, claim | {"ids": [row.id for row in rows]})
        return [InboxRow(**{**row._asdict(), **claim}) for row in rows]

    async def next_expiry(self) -> datetime | None:
        """Return when the first claim ends, so that an update of a process that died is taken up; None without one."""
        statement = select(func.min(inbox.c.claimed_until)).where(_unfinished)
        moment: datetime | None = await self._session.scalar(statement)
        return moment

    async def done(self, update_id: int, at: datetime, *, worker: str | None = None) -> bool:
        """Finish an update; False when it was finished before.

        Raises:
            LostClaim: ``worker`` is given and the update is claimed by another.
        """
        return await self._finish(update_id, worker, {"state": DONE, "finished_at": at})

    async def failed(
        self, update_id: int, error: str, at: datetime, give_up: bool, *, worker: str | None = None
    ) -> bool:
        """Count a failure; the update is pending again, or quarantined with ``give_up`` so that it blocks nothing.

        Raises:
            LostClaim: as for ``done``.
        """
        values: dict[str, Any] = {"error": error, "attempts": inbox.c.attempts + 1}
        values |= {"state": QUARANTINED, "finished_at": at} if give_up else {"state": PENDING}
        return await self._finish(update_id, worker, values)

    async def defer(
        self, update_id: int, error: str, at: datetime, retry_at: datetime, *, worker: str | None = None
    ) -> bool:
        """Count a failure of what may not be given up; it blocks nothing, and is pending again from ``retry_at``.

        Raises:
            LostClaim: as for ``done``.
        """
        values: dict[str, Any] = {"error": error, "attempts": inbox.c.attempts + 1}
        values |= {"state": DEFERRED, "finished_at": at, "retry_at": retry_at}
        return await self._finish(update_id, worker, values)

    async def revive(self, now: datetime) -> int:
        """Let what was deferred until now be pending again, and return how many updates that are."""
        count = await self._session.run(_REVIVE, {"now": now})
        if count:
            self._session.touched.add("inbox")
        return count

    async def next_retry(self) -> datetime | None:
        """Return when the first deferred update is to be tried again; None without one."""
        moment: datetime | None = await self._session.scalar(_NEXT_RETRY)
        return moment

    async def last_update_id(self, *, since: datetime | None = None) -> int | None:
        """Return the newest id, from which polling goes on; None where nothing came ``since``.

        After a week without updates Telegram starts again at any number, perhaps a lower one: then poll without offset.
        """
        parameters = None if since is None else {"since": since}
        result: int | None = await self._session.scalar(_IDS if since is None else _IDS_SINCE, parameters)
        return result

    async def get(self, update_id: int) -> InboxRow | None:
        """Return one update."""
        return await self._session.read_one(InboxRow, _GET, {"update_id": update_id})

    async def forget_payloads(self, before: datetime) -> int:
        """Erase the content of updates that were finished before a moment, and return of how many."""
        return await self._session.run(_FORGET, {"before": before})

    async def forget_payloads_of(self, update_ids: Collection[int]) -> int:
        """Erase the content of finished updates by their ids, and return of how many."""
        ids, gone = sorted(update_ids), 0
        for start in range(0, len(ids), 500):
            mine = (inbox.c.update_id.in_(ids[start : start + 500]), inbox.c.finished_at.is_not(None), _kept)
            gone += await self._session.run(update(inbox).where(*mine).values(payload=None))
        return gone

    async def backlog(self) -> InboxBacklog:
        """Return what waits."""
        [waiting] = await self._session.rows(_WAITING)
        bad = await self._session.scalar(_BAD)
        put_off = await self._session.scalar(_PUT_OFF)
        return InboxBacklog(pending=waiting.pending, oldest=waiting.oldest, quarantined=bad, deferred=put_off)

    async def _finish(self, update_id: int, worker: str | None, values: dict[str, Any]) -> bool:
        released = values | {"worker": None, "claimed_until": None}
        statement, whose = (_MINE, {"of": update_id}) if worker is None else (_MINE_BY, {"of": update_id, "by": worker})
        counted = {name: released.pop(name) for name in values if isinstance(values[name], ColumnElement)}
        if await self._session.run(statement.values(counted) if counted else statement, released | whose):
            self._session.touched.add("finished")
            return True
        row = await self.get(update_id)
        if worker is not None and row is not None and row.finished_at is None:
            raise LostClaim(f"update {update_id}", worker)
        return False


@cache
def _putting(postgres: bool) -> ReturningInsert[Any]:
    statement = insert_into(inbox, postgres).on_conflict_do_nothing(index_elements=["update_id"])
    return statement.returning(inbox.c.id)


def _heads(condition: ColumnElement[bool]) -> Select[Any]:
    # From chat to chat along the index: a chat with a thousand waiting updates costs as much as one with a single one.
    # The order names the chat even where it is given, lest PostgreSQL walk through all finished updates by their id.
    first = select(inbox.c.id).where(_unfinished).order_by(inbox.c.chat_key, inbox.c.update_id).limit(1)
    heads = select(first.scalar_subquery().label("id")).cte("heads", recursive=True)
    this, following = inbox.alias("this"), inbox.alias("following")
    step = (
        select(following.c.id)
        .where(following.c.finished_at.is_(None), following.c.chat_key > this.c.chat_key)
        .order_by(following.c.chat_key, following.c.update_id)
        .limit(1)
        .correlate(this)
    )
    heads = heads.union_all(select(step.scalar_subquery()).join_from(heads, this, this.c.id == heads.c.id))
    mine = inbox.c.id.in_(select(heads.c.id))
    return select(inbox).where(mine, _unfinished, condition).order_by(inbox.c.update_id).limit(bindparam("limit"))


_PENDING = _heads(inbox.c.state == PENDING)
_FREE = _heads(
    or_(inbox.c.state == PENDING, and_(inbox.c.state == CLAIMED, inbox.c.claimed_until <= bindparam("now")))
).with_for_update(skip_locked=True, of=inbox)
_GET = select(inbox).where(inbox.c.update_id == bindparam("update_id"))
_IDS = select(inbox.c.update_id).where(inbox.c.update_id.is_not(None)).order_by(inbox.c.id.desc()).limit(1)
_IDS_SINCE = _IDS.where(inbox.c.received_at >= bindparam("since"))
_FORGET = (
    update(inbox)
    .where(inbox.c.finished_at < bindparam("before"), inbox.c.payload.is_not(None), inbox.c.retry_at.is_(None))
    .values(payload=None)
)
_WAITING = select(func.count().label("pending"), func.min(inbox.c.received_at).label("oldest")).where(_unfinished)
_BAD = select(func.count()).select_from(inbox).where(quarantined)
_PUT_OFF = select(func.count()).select_from(inbox).where(_deferred)
_TAKE = update(inbox).where(inbox.c.id.in_(bindparam("ids", expanding=True)))
_MINE = update(inbox).where(inbox.c.update_id == bindparam("of"), _unfinished)
_MINE_BY = _MINE.where(inbox.c.worker == bindparam("by"))
_NEXT_RETRY = select(func.min(inbox.c.retry_at)).where(_deferred)
_REVIVE = (
    update(inbox)
    .where(_deferred, inbox.c.retry_at <= bindparam("now"))
    .values(state=PENDING, finished_at=None, retry_at=None)
)
