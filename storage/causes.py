"""Causes that had their effect: a message, an update and its part, the moments of a wake. Each once, refusals too."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Column, String, Table, bindparam, select

from storage.columns import JsonText, UtcDateTime, metadata
from storage.errors import AlreadyTaken
from storage.session import Repository

causes = Table(
    "causes",
    metadata,
    Column("cause", String, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("result", JsonText, nullable=False),
)
_RESULT = select(causes.c.result).where(causes.c.cause == bindparam("cause"))


class Causes(Repository):
    """The causes that were taken."""

    async def result(self, cause: str) -> dict[str, Any] | None:
        """Return what was recorded with a cause, None when it was not taken yet."""
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
