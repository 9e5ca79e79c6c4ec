"""Secret links at which a program of somebody's reads on its own: his calendar, an office's roster, warnings as CAP.

Of the secret only the SHA-256 digest is kept.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Column, ForeignKey, Index, String, Table, delete, insert, select, update

from storage.columns import UtcDateTime, metadata
from storage.session import Repository

feed_links = Table(
    "feed_links",
    metadata,
    Column("digest", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("person_id", String, ForeignKey("people.id"), nullable=False),
    Column("jurisdiction", String, nullable=False),
    Column("plan_id", String, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime),
    Column("ended_at", UtcDateTime),
    Index("ix_feed_links_person", "person_id"),
)

Kind = Literal["own", "roster", "warnings"]


@dataclass(frozen=True, kw_only=True)
class FeedLink:
    """A link.

    Attributes:
        kind: ``own``: shifts and duties of whose it is; ``roster``: an office's roster; ``warnings``: CAP messages.
        person_id: who has it; of warnings who made it for another system.
        jurisdiction, plan_id: of roster and warnings what is read; empty where that is not narrowed.
        seen_at: when it was read the last time. ended_at: when it was ended.
    """

    digest: str
    kind: Kind
    person_id: str
    jurisdiction: str = ""
    plan_id: str = ""
    created_at: datetime
    seen_at: datetime | None = None
    ended_at: datetime | None = None


_OPEN = feed_links.c.ended_at.is_(None)
_HIS = feed_links.c.kind != "warnings"
_ORDER = (feed_links.c.created_at, feed_links.c.digest)


class Feeds(Repository):
    """The links."""

    async def add(self, link: FeedLink) -> None:
        """Keep a link."""
        await self._session.run(insert(feed_links).values(vars(link)))

    async def get(self, digest: str) -> FeedLink | None:
        """Return a link, ended or not."""
        return await self._session.read_one(FeedLink, select(feed_links).where(feed_links.c.digest == digest))

    async def of(self, person_id: str) -> list[FeedLink]:
        """Return the open links that are a person's own, the oldest first."""
        mine = select(feed_links).where(_OPEN, _HIS, feed_links.c.person_id == person_id).order_by(*_ORDER)
        return await self._session.read(FeedLink, mine)

    async def of_places(self, jurisdictions: Collection[str]) -> list[FeedLink]:
        """Return the open links to the warnings of some jurisdictions, whoever made them, the oldest first."""
        theirs = (_OPEN, ~_HIS, feed_links.c.jurisdiction.in_(sorted(jurisdictions)))
        return await self._session.read(FeedLink, select(feed_links).where(*theirs).order_by(*_ORDER))

    async def every_open(self) -> list[FeedLink]:
        """Return all open links, the oldest first."""
        return await self._session.read(FeedLink, select(feed_links).where(_OPEN).order_by(*_ORDER))

    async def of_person(self, person_id: str) -> list[FeedLink]:
        """Return all links that a person ever had."""
        mine = select(feed_links).where(feed_links.c.person_id == person_id).order_by(*_ORDER)
        return await self._session.read(FeedLink, mine)

    async def end(self, digest: str, at: datetime) -> FeedLink | None:
        """End a link and return it; None where it was ended before, or never was."""
        mine = update(feed_links).where(_OPEN, feed_links.c.digest == digest).values(ended_at=at)
        return await self._session.read_one(FeedLink, mine.returning(feed_links))

    async def see(self, digest: str, at: datetime) -> None:
        """Note that a link was read."""
        await self._session.run(update(feed_links).where(feed_links.c.digest == digest).values(seen_at=at))

    async def forget_person(self, person_id: str) -> int:
        """Delete the links that are a person's own, and return how many that were."""
        return await self._session.run(delete(feed_links).where(_HIS, feed_links.c.person_id == person_id))

    async def forget_earlier(self, before: datetime) -> int:
        """Delete what was ended before a moment, and return how many links that were."""
        return await self._session.run(delete(feed_links).where(feed_links.c.ended_at < before))
