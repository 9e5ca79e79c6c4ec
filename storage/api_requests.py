"""What other systems brought by the API: kept before they are answered, worked off afterwards, each key once.

Once a request is worked off its words are forgotten here (they stand in the journal); what stays is by which the same
request is known again.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from storage.columns import AutoId, JsonText, UtcDateTime, metadata
from storage.errors import Conflict
from storage.session import Repository, parts

api_requests = Table(
    "api_requests",
    metadata,
    Column("number", AutoId, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("token_id", String, ForeignKey("api_tokens.id"), nullable=False),
    Column("key", String, nullable=False),
    Column("digest", String, nullable=False),
    Column("operation", String, nullable=False),
    Column("about", String, nullable=False),
    Column("body", JsonText),
    Column("received_at", UtcDateTime, nullable=False),
    Column("held_by", String, nullable=False),
    Column("due_at", UtcDateTime),
    Column("tries", Integer, nullable=False),
    Column("answer", JsonText),
    Column("done_at", UtcDateTime),
    UniqueConstraint("token_id", "key"),
)
Index("ix_api_requests_due_at", api_requests.c.due_at)
_COLUMNS = [column for column in api_requests.c if column.name != "number"]
_GET = select(*_COLUMNS).where(api_requests.c.id == bindparam("id"))
_KNOWN = select(*_COLUMNS).where(
    api_requests.c.token_id == bindparam("token_id"), api_requests.c.key.in_(bindparam("keys", expanding=True))
)
_INSERT = insert(api_requests)
_DUE = (
    select(*_COLUMNS)
    .where(
        api_requests.c.due_at.is_not(None),
        (api_requests.c.due_at <= bindparam("now")) | (api_requests.c.held_by == bindparam("worker")),
    )
    .order_by(api_requests.c.number)
    .limit(bindparam("limit"))
)
_DUE_ALONE = (
    select(*_COLUMNS)
    .where(
        api_requests.c.due_at.is_not(None), (api_requests.c.tries == 0) | (api_requests.c.due_at <= bindparam("now"))
    )
    .order_by(api_requests.c.number)
    .limit(bindparam("limit"))
)
_MINE = update(api_requests).where(api_requests.c.id == bindparam("of"))
_DONE = _MINE.values(answer=bindparam("result"), done_at=bindparam("at"), due_at=None, body=None)
_AGAIN = _MINE.values(tries=bindparam("tried"), due_at=bindparam("at"), held_by="")
_NEXT_AT = select(func.min(api_requests.c.due_at))
_WAITING = select(func.count()).select_from(api_requests).where(api_requests.c.due_at.is_not(None))
_LONGEST = select(func.min(api_requests.c.received_at)).where(
    api_requests.c.due_at.is_not(None), api_requests.c.tries == 0
)
_FAILING = (
    select(func.count())
    .select_from(api_requests)
    .where(api_requests.c.due_at.is_not(None), api_requests.c.tries >= bindparam("tries"))
)
_FORGET = delete(api_requests).where(api_requests.c.done_at < bindparam("before"))


@dataclass(frozen=True, kw_only=True)
class ApiRequest:
    """One request that changes something.

    Attributes:
        key: of the system that asks, unique among its own. digest: of what it asked, to know the same again.
        operation: what it asks for. about: the log of the case that it is about, empty for none.
        body: what it brought; None once it is worked off.
        held_by: the process that works it off; others may from ``due_at`` on. None there: it is worked off.
        tries: how often it failed.
        answer: what came of it.
    """

    id: str
    token_id: str
    key: str
    digest: str
    operation: str
    about: str
    body: dict[str, Any] | None
    received_at: datetime
    held_by: str = ""
    due_at: datetime | None
    tries: int = 0
    answer: dict[str, Any] | None = None
    done_at: datetime | None = None


class ApiRequests(Repository):
    """The requests."""

    async def known(self, token_id: str, keys: Collection[str]) -> dict[str, ApiRequest]:
        """Return the requests of a token that came before under some keys, by key."""
        found: dict[str, ApiRequest] = {}
        for some in parts(keys):
            rows = await self._session.read(ApiRequest, _KNOWN, {"token_id": token_id, "keys": some})
            found |= {row.key: row for row in rows}
        return found

    async def keep(self, rows: Sequence[ApiRequest]) -> None:
        """Keep requests that have not come before.

        Raises:
            Conflict: one of them has, in another transaction; nothing of this one may be committed.
        """
        try:
            await self._session.write(_INSERT, [vars(row) for row in rows])
        except IntegrityError as problem:
            raise Conflict("api_requests", 0, 1) from problem
        self._session.touched.add("api_requests")

    async def get(self, id: str) -> ApiRequest | None:
        """Return one."""
        return await self._session.read_one(ApiRequest, _GET, {"id": id})

    async def due(self, now: datetime, worker: str, limit: int) -> list[ApiRequest]:
        """Return what a process may work off: its own, and what others were to and did not; the oldest first.

        Of its own nothing that failed before its next try. On SQLite there are no others: what one that died had kept
        is its own at once.
        """
        if not self._session.postgres:
            return await self._session.read(ApiRequest, _DUE_ALONE, {"now": now, "limit": limit})
        rows = await self._session.read(ApiRequest, _DUE, {"now": now, "worker": worker, "limit": limit})
        return [row for row in rows if not row.tries or (row.due_at is not None and row.due_at <= now)]

    async def next_at(self) -> datetime | None:
        """Return when the next one may be taken up by anybody; None when nothing waits."""
        found: datetime | None = await self._session.scalar(_NEXT_AT)
        return found

    async def done(self, id: str, answer: dict[str, Any], at: datetime) -> None:
        """Note what came of a request, and forget its words."""
        await self._session.run(_DONE, {"of": id, "result": answer, "at": at})
        self._session.touched.add("api_requests")

    async def again(self, row: ApiRequest, at: datetime) -> ApiRequest:
        """Note a try in vain; anybody may try again from a moment on."""
        after = replace(row, tries=row.tries + 1, due_at=at, held_by="")
        await self._session.run(_AGAIN, {"of": row.id, "tried": after.tries, "at": at})
        return after

    async def waiting(self) -> int:
        """Return how many are not worked off."""
        return int(await self._session.scalar(_WAITING))

    async def longest(self) -> datetime | None:
        """Return since when the oldest waits that nobody has tried to work off; None when none does."""
        found: datetime | None = await self._session.scalar(_LONGEST)
        return found

    async def failing(self, tries: int) -> int:
        """Return how many wait that could not be worked off so often."""
        return int(await self._session.scalar(_FAILING, {"tries": tries}))

    async def forget(self, before: datetime) -> int:
        """Forget what was worked off before a moment, and return how many that were."""
        return await self._session.run(_FORGET, {"before": before})
