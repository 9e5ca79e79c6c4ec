"""Single values: when the bot was last alive, which bot it is."""

from __future__ import annotations

from sqlalchemy import Column, String, Table, bindparam, delete, select

from storage.columns import Words, metadata
from storage.session import Repository

meta = Table(
    "meta",
    metadata,
    Column("key", String, primary_key=True),
    Column("value", Words, nullable=False),
)
_VALUE = select(meta.c.value).where(meta.c.key == bindparam("key"))


class Meta(Repository):
    """The values, by key."""

    async def get(self, key: str) -> str | None:
        """Return a value."""
        value: str | None = await self._session.scalar(_VALUE, {"key": key})
        return value

    async def put(self, key: str, value: str) -> None:
        """Write a value, new or changed."""
        await self._session.upsert(meta, [{"key": key, "value": value}], ["key"])

    async def delete(self, key: str) -> bool:
        """Delete a value; False when there was none."""
        return await self._session.run(delete(meta).where(meta.c.key == key)) > 0
