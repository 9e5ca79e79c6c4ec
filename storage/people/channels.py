"""Other ways to a person than Telegram: mail, SMS gateway, 企业微信, 钉钉, 飞书 …

Each has a place of its own, so that a gateway that is slow holds nothing up that goes by Telegram.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, ForeignKey, Index, String, Table, bindparam, delete, insert, select, update

from storage.columns import UtcDateTime, Words, metadata
from storage.session import Repository, parts

channels = Table(
    "channels",
    metadata,
    Column("id", String, primary_key=True),
    Column("person_id", String, ForeignKey("people.id"), nullable=False),
    Column("place_id", String, ForeignKey("places.id"), nullable=False),
    Column("kind", Words, nullable=False),
    Column("address", Words, nullable=False),
    Column("quiet", String, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("proved_at", UtcDateTime),
    Index("ix_channels_person", "person_id"),
)


@dataclass(frozen=True, kw_only=True)
class Channel:
    """A way to a person.

    Attributes:
        kind: what people call it: 邮件, 钉钉 …
        address: as Apprise writes it, with its keys: a secret.
        quiet: ``22:00-07:00`` in Beijing, when only what is urgent comes; empty = none.
        proved_at: when a message last went through.
    """

    id: str
    person_id: str
    place_id: str
    kind: str
    address: str
    quiet: str = ""
    created_at: datetime
    proved_at: datetime | None = None


_AMONG = (
    select(channels)
    .where(channels.c.person_id.in_(bindparam("persons", expanding=True)))
    .order_by(channels.c.created_at, channels.c.id)
)


class Channels(Repository):
    """The other ways."""

    async def add_channel(self, channel: Channel) -> None:
        """Write one."""
        await self._session.run(insert(channels).values(vars(channel)))

    async def channels_of(self, person_id: str) -> list[Channel]:
        """Return a person's, the oldest first."""
        mine = select(channels).where(channels.c.person_id == person_id).order_by(channels.c.created_at, channels.c.id)
        return await self._session.read(Channel, mine)

    async def channels_among(self, person_ids: Collection[str]) -> dict[str, list[Channel]]:
        """Return each person's, the oldest first; of those who have none nothing."""
        found: dict[str, list[Channel]] = {}
        for some in parts(person_ids):
            for channel in await self._session.read(Channel, _AMONG, {"persons": some}):
                found.setdefault(channel.person_id, []).append(channel)
        return found

    async def channel(self, id: str) -> Channel | None:
        """Return one."""
        return await self._session.read_one(Channel, select(channels).where(channels.c.id == id))

    async def set_quiet(self, id: str, quiet: str) -> None:
        """Set the hours in which only what is urgent comes."""
        await self._session.run(update(channels).where(channels.c.id == id).values(quiet=quiet))

    async def prove(self, id: str, at: datetime) -> None:
        """Note that a message went through."""
        await self._session.run(update(channels).where(channels.c.id == id).values(proved_at=at))

    async def remove_channel(self, id: str) -> bool:
        """Forget one; False when it was gone."""
        return await self._session.run(delete(channels).where(channels.c.id == id)) > 0
