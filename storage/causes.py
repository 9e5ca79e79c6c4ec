"""Causes that had their effect: a message, an update and its part, the moments of a wake. Each once, refusals too."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Column, String, Table, bindparam, insert, select

from storage.columns import JsonText, UtcDateTime, metadata
from storage.errors import AlreadyTaken
from storage.session import Repository, parts

causes = Table(
    "causes",
    metadata,
    Column("cause", String, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("result", JsonText, nullable=False),
)
_RESULT = select(causes.c.result).where(causes.c.cause == bindparam("cause"))
_RESULTS = select(causes.c.cause, causes.c.result).where(causes.c.cause.in_(bindparam("causes", expanding=True)))
_INSERT = insert(causes)


class Causes(Repository):
    """The causes that were taken."""

    async def look_ahead(self, of: Collection[str]) -> None:
        """Read for many causes at once what :meth:`result` will be asked."""
        found: dict[str, Any] = dict.fromkeys(of)
        for some in parts(of):
            rows = await self._session.rows(_RESULTS, {"causes": some})
            found |= {row.cause: row.result for row in rows}
        self._session.look_ahead("cause", found)

    async def result(self, cause: str) -> dict[str, Any] | None:
        """Return what was recorded with a cause, None when it was not taken yet."""
        if ("cause", cause) in self._session.ahead:
            known: dict[str, Any] | None = self._session.ahead.pop(("cause", cause))
            return known
        result: dict[str, Any] | None = await self._session.scalar(_RESULT, {"cause": cause})
        return result

    async def take(self, cause: str, at: datetime, result: Mapping[str, Any]) -> None:
        """Record that a cause has its effect in this transaction.

        Raises:
            AlreadyTaken: it had it before; the transaction is still usable.
        """
        values = {"cause": cause, "at": at, "result": dict(result)}
        if not await self._session.insert_new(causes, values, ["cause"]):
            raise AlreadyTaken(cause, await self.result(cause) or {})

    async def take_new(self, cause: str, at: datetime, result: Mapping[str, Any]) -> None:
        """Record a cause that has had no effect yet, with others that are collected.

        Raises:
            sqlalchemy.exc.IntegrityError: it had one, perhaps at the end of the collection.
        """
        await self._session.write(_INSERT, [{"cause": cause, "at": at, "result": dict(result)}])
