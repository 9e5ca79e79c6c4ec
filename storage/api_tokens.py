"""What other systems (110、119 platforms, met offices) ask the API with: named, bounded, and never kept as it is.

Of a token only the SHA-256 digest is kept. A row stays for good: its name is who did something in the record. It stands
for one system, whatever secret that has now: what the system brought is known by the row's id.
"""

from __future__ import annotations

import hmac
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Index, Integer, Select, String, Table, bindparam, insert, select, update

from storage.columns import JsonText, UtcDateTime, Words, metadata
from storage.session import Repository, parts

api_tokens = Table(
    "api_tokens",
    metadata,
    Column("id", String, primary_key=True),
    Column("digest", String, nullable=False, unique=True),
    Column("name", Words, nullable=False),
    Column("jurisdiction", String, nullable=False),
    Column("plans", JsonText, nullable=False),
    Column("scopes", JsonText, nullable=False),
    Column("units", JsonText, nullable=False),
    Column("rate", Integer, nullable=False),
    Column("created_by", String, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("until", UtcDateTime, nullable=False),
    Column("revoked_at", UtcDateTime),
    Column("used_at", UtcDateTime),
    Column("digest_before", String, nullable=False, server_default=""),
    Column("before_until", UtcDateTime),
    Index("ix_api_tokens_jurisdiction", "jurisdiction"),
    Index("ix_api_tokens_digest_before", "digest_before"),
)
_BY_DIGEST = select(api_tokens).where(
    (api_tokens.c.digest == bindparam("digest")) | (api_tokens.c.digest_before == bindparam("digest"))
)
_GET = select(api_tokens).where(api_tokens.c.id == bindparam("id"))
_SEE = update(api_tokens).where(api_tokens.c.id == bindparam("of")).values(used_at=bindparam("at"))
_ENDING = (
    select(api_tokens)
    .where(
        api_tokens.c.revoked_at.is_(None),
        api_tokens.c.until > bindparam("now"),
        api_tokens.c.until <= bindparam("before"),
    )
    .order_by(api_tokens.c.until, api_tokens.c.id)
)
_AMONG = select(api_tokens).where(api_tokens.c.id.in_(bindparam("ids", expanding=True)))


@dataclass(frozen=True, kw_only=True)
class ApiToken:
    """What one system may ask.

    Attributes:
        digest: of the secret.
        name: of the system that asks, as people read it (110平台).
        plans: of the jurisdiction; empty = all of them.
        scopes: of ``report read answer warn``. units: of the plans, for which it answers.
        rate: requests a minute.
        created_by: the person who made it; empty = the command line.
        until: when it ends by itself. revoked_at: when it was ended before. used_at: when it was used last, about.
        digest_before: of the secret that the system had before, which opens beside it until ``before_until``.
    """

    id: str
    digest: str
    name: str
    jurisdiction: str
    plans: tuple[str, ...]
    scopes: tuple[str, ...]
    units: tuple[str, ...]
    rate: int
    created_by: str
    created_at: datetime
    until: datetime
    revoked_at: datetime | None = None
    used_at: datetime | None = None
    digest_before: str = ""
    before_until: datetime | None = None

    def holds(self, now: datetime) -> bool:
        """Return whether it opens anything at a moment."""
        return self.revoked_at is None and now < self.until

    def opens(self, secret: str, now: datetime) -> bool:
        """Return whether a secret opens anything with it at a moment.

        Args:
            secret: its digest.
        """
        if not self.holds(now):
            return False
        before = self.before_until is not None and now < self.before_until
        return hmac.compare_digest(self.digest, secret) or (before and hmac.compare_digest(self.digest_before, secret))

    def serves(self, plan_id: str) -> bool:
        """Return whether it is for a plan of its jurisdiction."""
        return not self.plans or plan_id in self.plans


class ApiTokens(Repository):
    """The tokens."""

    async def add(self, token: ApiToken) -> None:
        """Keep a token."""
        await self._session.run(insert(api_tokens).values(_values(token)))

    async def replace(self, token: ApiToken) -> None:
        """Write a token anew: its system has another secret, and what it may do may be other than before."""
        await self._session.run(update(api_tokens).where(api_tokens.c.id == token.id).values(_values(token)))

    async def by_digest(self, digest: str) -> ApiToken | None:
        """Return the token of a secret, now or before, also one that opens nothing any more."""
        found = await self._read(_BY_DIGEST, {"digest": digest})
        return found[0] if found else None

    async def get(self, id: str) -> ApiToken | None:
        """Return a token, also one that opens nothing any more."""
        found = await self._read(_GET, {"id": id})
        return found[0] if found else None

    async def among(self, ids: Collection[str]) -> dict[str, ApiToken]:
        """Return some tokens by their ids."""
        found: dict[str, ApiToken] = {}
        for some in parts(ids):
            found |= {item.id: item for item in await self._read(_AMONG, {"ids": some})}
        return found

    async def of(self, jurisdiction: str, now: datetime) -> list[ApiToken]:
        """Return the tokens of a jurisdiction that hold, the oldest first."""
        mine = (api_tokens.c.jurisdiction == jurisdiction, api_tokens.c.revoked_at.is_(None), api_tokens.c.until > now)
        return await self._read(_in_order(select(api_tokens).where(*mine)))

    async def named(self, jurisdiction: str, name: str) -> list[ApiToken]:
        """Return the tokens that a jurisdiction ever made under a name, the oldest first."""
        mine = (api_tokens.c.jurisdiction == jurisdiction, api_tokens.c.name == name)
        return await self._read(_in_order(select(api_tokens).where(*mine)))

    async def every(self) -> list[ApiToken]:
        """Return all tokens that ever were, the oldest first."""
        return await self._read(_in_order(select(api_tokens)))

    async def made_by(self, person_id: str) -> list[ApiToken]:
        """Return the tokens that a person made, the oldest first."""
        return await self._read(_in_order(select(api_tokens).where(api_tokens.c.created_by == person_id)))

    async def revoke(self, id: str, at: datetime) -> bool:
        """End a token; False when it was revoked before."""
        mine = update(api_tokens).where(api_tokens.c.id == id, api_tokens.c.revoked_at.is_(None))
        return await self._session.run(mine.values(revoked_at=at)) > 0

    async def ending(self, now: datetime, before: datetime) -> list[ApiToken]:
        """Return the tokens that hold and end before a moment, what ends first at the head."""
        return await self._read(_ENDING, {"now": now, "before": before})

    async def extend(self, id: str, until: datetime) -> None:
        """Let a token end later."""
        await self._session.run(update(api_tokens).where(api_tokens.c.id == id).values(until=until))

    async def see(self, id: str, at: datetime) -> None:
        """Note that a token was used."""
        await self._session.run(_SEE, {"of": id, "at": at})

    async def _read(self, statement: Select[Any], parameters: dict[str, Any] | None = None) -> list[ApiToken]:
        return [_whole(item) for item in await self._session.read(ApiToken, statement, parameters)]


def _in_order(statement: Select[Any]) -> Select[Any]:
    return statement.order_by(api_tokens.c.created_at, api_tokens.c.id)


def _values(token: ApiToken) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in vars(token).items()}


def _whole(token: ApiToken) -> ApiToken:
    """Return a token as it was written: a list of JSON is a tuple here."""
    lists = {name: tuple(getattr(token, name)) for name in ("plans", "scopes", "units")}
    return ApiToken(**{**vars(token), **lists})
