"""登记身份: somebody says who they are, and an administrator approves it or not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Boolean, Column, ForeignKey, Index, String, Table, bindparam, insert, select, update

from storage.columns import UtcDateTime, Words, metadata
from storage.session import Repository

claims = Table(
    "claims",
    metadata,
    Column("id", String, primary_key=True),
    Column("person_id", String, ForeignKey("people.id"), nullable=False),
    Column("jurisdiction", String, nullable=False),
    Column("plan_id", String, nullable=False),
    Column("role", String, nullable=False),
    Column("unit", String),
    Column("at", UtcDateTime, nullable=False),
    Column("decided_by", String),
    Column("decided_at", UtcDateTime),
    Column("approved", Boolean),
    Column("name", Words, nullable=False, server_default=""),
    Column("office", Words, nullable=False, server_default=""),
    Column("phone", Words, nullable=False, server_default=""),
)
_open = claims.c.decided_at.is_(None)
Index("ix_claims_open", claims.c.jurisdiction, sqlite_where=_open, postgresql_where=_open)


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What somebody says of themselves.

    Attributes:
        role: empty where only who he is waits for an administrator.
        name, office, phone: as he gives them; whoever approves the claim confirms them.
        decided_by, decided_at, approved: None until somebody decides.
    """

    id: str
    person_id: str
    jurisdiction: str
    plan_id: str
    role: str
    unit: str | None = None
    at: datetime
    decided_by: str | None = None
    decided_at: datetime | None = None
    approved: bool | None = None
    name: str = ""
    office: str = ""
    phone: str = ""


_NOBODY = {"name": "", "office": "", "phone": ""}
_ordered = (claims.c.at, claims.c.id)
_CLAIM = insert(claims)
_WAITING = select(claims).where(_open, claims.c.jurisdiction == bindparam("jurisdiction")).order_by(*_ordered)
_DECIDED_BY = (
    select(claims)
    .where(
        claims.c.decided_by == bindparam("by"),
        claims.c.jurisdiction == bindparam("jurisdiction"),
        claims.c.approved.is_(True),
        claims.c.decided_at >= bindparam("after"),
        claims.c.decided_at < bindparam("before"),
    )
    .order_by(*_ordered)
)
_OF = select(claims).where(claims.c.person_id == bindparam("person_id")).order_by(*_ordered)
_FORGET = update(claims).where(claims.c.person_id == bindparam("of"))
_CHANGE_PHONE = update(claims).where(claims.c.person_id == bindparam("of"), _open, claims.c.name != "")
_FORGET_DECIDED = update(claims).where(claims.c.decided_at < bindparam("before"), claims.c.name != "")
_DECIDE = update(claims).where(claims.c.id == bindparam("of"), _open).returning(claims)


class Claims(Repository):
    """The claims."""

    async def claim(self, claim: Claim) -> None:
        """Keep a claim."""
        await self._session.run(_CLAIM, vars(claim))

    async def claims(self, jurisdiction: str) -> list[Claim]:
        """Return the claims that nobody has decided, the oldest first."""
        return await self._session.read(Claim, _WAITING, {"jurisdiction": jurisdiction})

    async def claims_decided_by(self, by: str, jurisdiction: str, after: datetime, before: datetime) -> list[Claim]:
        """Return what was approved in a jurisdiction by somebody, or something, within a span, the oldest first."""
        parameters = {"by": by, "jurisdiction": jurisdiction, "after": after, "before": before}
        return await self._session.read(Claim, _DECIDED_BY, parameters)

    async def claims_of(self, person_id: str) -> list[Claim]:
        """Return what a person claimed, decided or not, the oldest first."""
        return await self._session.read(Claim, _OF, {"person_id": person_id})

    async def change_claimed_phone(self, person_id: str, phone: str) -> int:
        """Let a person's claims that wait name another telephone; return in how many: his last word of it stands."""
        return await self._session.run(_CHANGE_PHONE, {"of": person_id, "phone": phone})

    async def forget_claims(self, person_id: str) -> int:
        """Erase who a person said he was; return in how many claims."""
        return await self._session.run(_FORGET, {"of": person_id, **_NOBODY})

    async def forget_decided_claims(self, before: datetime) -> int:
        """Erase who people said they were from claims decided before a moment: what was approved stands with them.

        Returns:
            from how many.
        """
        return await self._session.run(_FORGET_DECIDED, {"before": before, **_NOBODY})

    async def decide_claim(self, id: str, by: str, at: datetime, approved: bool) -> Claim | None:
        """Decide a claim and return it; None when somebody decided it before. The role is the caller's to grant."""
        decided = {"decided_by": by, "decided_at": at, "approved": approved}
        return await self._session.read_one(Claim, _DECIDE, {"of": id, **decided})
