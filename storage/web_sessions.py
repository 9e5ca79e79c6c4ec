"""Who may look by browser: screens that wait to be paired, links that open once, and what was opened.

Of every secret (a cookie, a link) only the SHA-256 digest is kept, and of a screen's code too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    String,
    Table,
    and_,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from storage.columns import JsonText, UtcDateTime, Words, metadata
from storage.people.persons import Person, people
from storage.session import Repository

web_screens = Table(
    "web_screens",
    metadata,
    Column("digest", String, primary_key=True),
    Column("code", String, nullable=False, unique=True),
    Column("address", Words, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("until", UtcDateTime, nullable=False),
)
web_links = Table(
    "web_links",
    metadata,
    Column("digest", String, primary_key=True),
    Column("person_id", String, ForeignKey("people.id"), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("until", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime),
    Column("ended_at", UtcDateTime),
    Index("ix_web_links_person", "person_id"),
)
web_sessions = Table(
    "web_sessions",
    metadata,
    Column("id", String, primary_key=True),
    Column("digest", String, nullable=False, unique=True),
    Column("kind", String, nullable=False),
    Column("person_id", String, ForeignKey("people.id"), nullable=False),
    Column("jurisdictions", JsonText, nullable=False),
    Column("address", Words, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("confirmed_at", UtcDateTime),
    Column("used_at", UtcDateTime),
    Column("seen_at", UtcDateTime),
    Column("until", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Index("ix_web_sessions_person", "person_id"),
)
_open_link = and_(web_links.c.used_at.is_(None), web_links.c.ended_at.is_(None))
_live = and_(web_sessions.c.ended_at.is_(None), web_sessions.c.until > bindparam("now"))
_BY_DIGEST = (
    select(web_sessions, *(column.label(f"of_{column.name}") for column in people.c))
    .join(people, people.c.id == web_sessions.c.person_id)
    .where(_live, web_sessions.c.digest == bindparam("digest"), web_sessions.c.kind == bindparam("kind"))
)

Kind = Literal["wall", "person"]


@dataclass(frozen=True, kw_only=True)
class WebScreen:
    """A screen that shows a code and waits.

    Attributes:
        digest: of its cookie. code: digest of the code that it shows.
        address: from which it asked. until: when the code is over.
    """

    digest: str
    code: str
    address: str
    created_at: datetime
    until: datetime


@dataclass(frozen=True, kw_only=True)
class WebLink:
    """A link that opens a session for one person, once.

    Attributes:
        used_at: when it did. ended_at: when it was withdrawn.
    """

    digest: str
    person_id: str
    created_at: datetime
    until: datetime
    used_at: datetime | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class WebSession:
    """What was opened.

    Attributes:
        digest: of its cookie.
        person_id: of a person's session whose it is, of a wall who paired it.
        jurisdictions: in whose admin logs it is written; of a wall the one that it shows.
        address: from which it was opened.
        created_at: when the screen asked, or the link was used. confirmed_at: when a wall was paired.
        used_at: when a paired wall was looked at first, under a secret of its own. seen_at: when it was the last time.
        ended_at: when it was ended before its time, None = it was not.
    """

    id: str
    digest: str
    kind: Kind
    person_id: str
    jurisdictions: Sequence[str]
    address: str
    created_at: datetime
    confirmed_at: datetime | None = None
    used_at: datetime | None = None
    seen_at: datetime | None = None
    until: datetime
    ended_at: datetime | None = None


_FORGET_SCREENS = delete(web_screens).where(web_screens.c.until <= bindparam("now"))
_FORGET_EARLIER = tuple(
    delete(table).where(or_(*(table.c[ended] <= bindparam("before") for ended in ends)))
    for table, ends in ((web_sessions, ("until", "ended_at")), (web_links, ("until", "used_at", "ended_at")))
)


class WebSessions(Repository):
    """The screens, links and sessions."""

    async def wait(self, screen: WebScreen) -> bool:
        """Let a screen wait; False when another one shows the same code."""
        return await self._session.insert_new(web_screens, vars(screen), ["code"])

    async def waiting(self, digest: str, now: datetime) -> WebScreen | None:
        """Return the screen with a cookie, None when its code is over."""
        mine = select(web_screens).where(web_screens.c.digest == digest, web_screens.c.until > now)
        return await self._session.read_one(WebScreen, mine)

    async def showing(self, code: str, now: datetime) -> WebScreen | None:
        """Return the screen that shows a code now, by the code's digest."""
        mine = select(web_screens).where(web_screens.c.code == code, web_screens.c.until > now)
        return await self._session.read_one(WebScreen, mine)

    async def count_waiting(self, address: str | None = None) -> int:
        """Return how many screens are on record, those of one address or all."""
        count = select(func.count()).select_from(web_screens)
        if address is not None:
            count = count.where(web_screens.c.address == address)
        found: int = await self._session.scalar(count)
        return found

    async def all_waiting(self) -> list[WebScreen]:
        """Return the screens on record."""
        return await self._session.read(WebScreen, select(web_screens))

    async def take_screen(self, digest: str, now: datetime) -> WebScreen | None:
        """Take a waiting screen away, to be paired: only the first gets it, and only while its code is shown."""
        mine = delete(web_screens).where(web_screens.c.digest == digest, web_screens.c.until > now)
        return await self._session.read_one(WebScreen, mine.returning(web_screens))

    async def forget_screens(self, now: datetime) -> int:
        """Forget the screens whose codes are over, and return how many."""
        return await self._session.run(_FORGET_SCREENS, {"now": now})

    async def add_link(self, link: WebLink) -> None:
        """Keep a link."""
        await self._session.run(insert(web_links).values(vars(link)))

    async def link(self, digest: str) -> WebLink | None:
        """Return a link, used, withdrawn or over as it may be."""
        return await self._session.read_one(WebLink, select(web_links).where(web_links.c.digest == digest))

    async def use_link(self, digest: str, now: datetime) -> WebLink | None:
        """Use a link: only the first does, None for all others and when it is over or withdrawn."""
        mine = (web_links.c.digest == digest, _open_link, web_links.c.until > now)
        statement = update(web_links).where(*mine).values(used_at=now)
        return await self._session.read_one(WebLink, statement.returning(web_links))

    async def end_links(self, person_id: str, at: datetime) -> int:
        """Withdraw a person's links that nobody has used, and return how many."""
        mine = (web_links.c.person_id == person_id, _open_link)
        return await self._session.run(update(web_links).where(*mine).values(ended_at=at))

    async def open_links(self, now: datetime) -> list[WebLink]:
        """Return the links that would open something now."""
        mine = select(web_links).where(_open_link, web_links.c.until > now).order_by(web_links.c.digest)
        return await self._session.read(WebLink, mine)

    async def open(self, session: WebSession) -> None:
        """Keep a session."""
        await self._session.run(insert(web_sessions).values(vars(session)))

    async def session(self, kind: Kind, digest: str, now: datetime) -> tuple[WebSession, Person] | None:
        """Return what a cookie opens now, with the person of it; None when nothing, or nothing any more."""
        row = await self._session.first(_BY_DIGEST, {"kind": kind, "digest": digest, "now": now})
        if row is None:
            return None
        values: dict[str, Any] = dict(row._asdict())
        person = Person(**{column.name: values.pop(f"of_{column.name}") for column in people.c})
        return WebSession(**values), person

    async def sessions_of(self, person_id: str, now: datetime) -> list[WebSession]:
        """Return a person's sessions that are open, the oldest first."""
        mine = select(web_sessions).where(_live, web_sessions.c.kind == "person", web_sessions.c.person_id == person_id)
        return await self._session.read(WebSession, _in_order(mine), {"now": now})

    async def walls(self, now: datetime) -> list[WebSession]:
        """Return the walls that are paired, the oldest first."""
        return await self._session.read(
            WebSession, _in_order(select(web_sessions).where(_live, web_sessions.c.kind == "wall")), {"now": now}
        )

    async def every_open(self, now: datetime) -> list[WebSession]:
        """Return all that is open, walls and persons', the oldest first."""
        return await self._session.read(WebSession, _in_order(select(web_sessions).where(_live)), {"now": now})

    async def change_secret(self, id: str, old: str, new: str, until: datetime, now: datetime) -> bool:
        """Let a paired wall be known by another secret from its first look on; False when it is too late for that.

        Args:
            until: when the wall ends; before its first look that was soon.
        """
        mine = (_live, web_sessions.c.id == id, web_sessions.c.digest == old, web_sessions.c.used_at.is_(None))
        values = {"digest": new, "used_at": now, "seen_at": now, "until": until}
        return await self._session.run(update(web_sessions).where(*mine).values(values), {"now": now}) > 0

    async def extend(self, id: str, until: datetime, now: datetime) -> bool:
        """Let a session that is open end later; False when it is not open any more."""
        mine = update(web_sessions).where(_live, web_sessions.c.id == id).values(until=until)
        return await self._session.run(mine, {"now": now}) > 0

    async def see(self, id: str, at: datetime) -> None:
        """Note that a session was used."""
        await self._session.run(update(web_sessions).where(web_sessions.c.id == id).values(seen_at=at))

    async def end(self, id: str, at: datetime) -> WebSession | None:
        """End a session and return it; None when it was ended or over before."""
        mine = update(web_sessions).where(_live, web_sessions.c.id == id).values(ended_at=at)
        return await self._session.read_one(WebSession, mine.returning(web_sessions), {"now": at})

    async def of_person(self, person_id: str) -> tuple[list[WebLink], list[WebSession]]:
        """Return a person's links and sessions, also what is over; and not the walls that he paired."""
        links = select(web_links).where(web_links.c.person_id == person_id).order_by(web_links.c.created_at)
        mine = (web_sessions.c.person_id == person_id, web_sessions.c.kind == "person")
        sessions = _in_order(select(web_sessions).where(*mine))
        return await self._session.read(WebLink, links), await self._session.read(WebSession, sessions)

    async def forget_person(self, person_id: str) -> int:
        """Delete a person's links and sessions, and return how many sessions that were."""
        await self._session.run(delete(web_links).where(web_links.c.person_id == person_id))
        mine = (web_sessions.c.person_id == person_id, web_sessions.c.kind == "person")
        return await self._session.run(delete(web_sessions).where(*mine))

    async def forget_earlier(self, before: datetime) -> int:
        """Delete what was over before a moment, and return how many sessions and links that were."""
        return sum([await self._session.run(statement, {"before": before}) for statement in _FORGET_EARLIER])


def _in_order(statement: Any) -> Any:
    return statement.order_by(web_sessions.c.created_at, web_sessions.c.id)
