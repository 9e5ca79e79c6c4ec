"""Where Telegram told us to wait: kept, so that a restart does not forget it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, String, Table, bindparam, delete, select

from storage.columns import UtcDateTime, metadata
from storage.session import Repository, insert_into

# A place's id, or nothing for all places: NULL cannot be a key.
EVERYWHERE = ""

holds = Table(
    "holds",
    metadata,
    Column("place", String, primary_key=True),
    Column("until", UtcDateTime, nullable=False),
)


_ACTIVE = select(holds).where(holds.c.until > bindparam("now"))
_FORGET = delete(holds).where(holds.c.until <= bindparam("now"))


class Holds(Repository):
    """The waits."""

    async def hold(self, place_id: str | None, until: datetime) -> None:
        """Send nothing to a place (None: to any) until a moment; a longer wait that is known already stays."""
        statement = insert_into(holds, self._session.postgres).values(place=place_id or EVERYWHERE, until=until)
        later = statement.excluded["until"]
        await self._session.run(
            statement.on_conflict_do_update(
                index_elements=["place"], set_={"until": later}, where=holds.c.until < later
            )
        )

    async def active(self, now: datetime) -> dict[str | None, datetime]:
        """Return the waits that are not over, None being the one for all places."""
        rows = await self._session.rows(_ACTIVE, {"now": now})
        return {row.place or None: row.until for row in rows}

    async def forget(self, now: datetime) -> int:
        """Delete the waits that are over, and return how many."""
        return await self._session.run(_FORGET, {"now": now})
