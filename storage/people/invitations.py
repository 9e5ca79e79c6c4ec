"""Invitations: whoever brings the secret first gets the role. Only the secret's digest is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, ForeignKey, Index, String, Table, and_, bindparam, insert, select, update

from storage.columns import UtcDateTime, Words, metadata
from storage.session import Repository

invitations = Table(
    "invitations",
    metadata,
    Column("digest", String, primary_key=True),
    Column("jurisdiction", String, nullable=False),
    Column("plan_id", String, nullable=False),
    Column("role", String, nullable=False),
    Column("unit", String),
    Column("created_by", String, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("taken_by", String, ForeignKey("people.id")),
    Column("taken_at", UtcDateTime),
    Column("revoked_at", UtcDateTime),
    Column("name", Words, nullable=False, server_default=""),
    Column("office", Words, nullable=False, server_default=""),
    Column("phone", Words, nullable=False, server_default=""),
)
_open = and_(invitations.c.taken_at.is_(None), invitations.c.revoked_at.is_(None))
Index("ix_invitations_open", invitations.c.jurisdiction, sqlite_where=_open, postgresql_where=_open)


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """An invitation to a role.

    Attributes:
        digest: of the secret in the link.
        created_by: a person's id, or ``settings``.
        taken_by, taken_at: who used it. revoked_at: when it was withdrawn.
        name, office, phone: of whom the administrator means; empty where the invited is asked.
    """

    digest: str
    jurisdiction: str
    plan_id: str
    role: str
    unit: str | None = None
    created_by: str
    created_at: datetime
    expires_at: datetime
    taken_by: str | None = None
    taken_at: datetime | None = None
    revoked_at: datetime | None = None
    name: str = ""
    office: str = ""
    phone: str = ""


_NOBODY = {"name": "", "office": "", "phone": ""}
_mine = invitations.c.digest == bindparam("of")
_INVITE = insert(invitations)
_GET = select(invitations).where(_mine)
_TAKE = update(invitations).where(_mine, _open, invitations.c.expires_at > bindparam("now")).returning(invitations)
_OPEN = select(invitations).where(_open).order_by(invitations.c.digest)
_OPEN_IN = (
    select(invitations)
    .where(_open, invitations.c.jurisdiction == bindparam("jurisdiction"))
    .order_by(invitations.c.created_at.desc(), invitations.c.digest)
)
_TAKEN_BY = (
    select(invitations)
    .where(invitations.c.taken_by == bindparam("person_id"))
    .order_by(invitations.c.taken_at, invitations.c.digest)
)
_FORGET = update(invitations).where(invitations.c.taken_by == bindparam("of"))
_FORGET_UNUSED = update(invitations).where(
    invitations.c.taken_at.is_(None), invitations.c.expires_at < bindparam("before"), invitations.c.name != ""
)
_REVOKE = update(invitations).where(_mine, _open)
_REVOKE_OF = update(invitations).where(
    _open, invitations.c.created_by == bindparam("by"), invitations.c.jurisdiction == bindparam("place")
)


class Invitations(Repository):
    """The invitations."""

    async def invite(self, invitation: Invitation) -> None:
        """Keep an invitation."""
        await self._session.run(_INVITE, vars(invitation))

    async def invitation(self, digest: str) -> Invitation | None:
        """Return an invitation, used, revoked or expired ones too."""
        return await self._session.read_one(Invitation, _GET, {"of": digest})

    async def take_invitation(self, digest: str, person_id: str, now: datetime) -> Invitation | None:
        """Use an invitation: only the first gets it, None for all others and when it is expired or revoked."""
        taken = {"of": digest, "now": now, "taken_by": person_id, "taken_at": now}
        return await self._session.read_one(Invitation, _TAKE, taken)

    async def invitations(self, jurisdiction: str) -> list[Invitation]:
        """Return the invitations that were neither used nor revoked, expired ones too, the newest first."""
        return await self._session.read(Invitation, _OPEN_IN, {"jurisdiction": jurisdiction})

    async def invitations_taken_by(self, person_id: str) -> list[Invitation]:
        """Return the invitations that a person used, the oldest first."""
        return await self._session.read(Invitation, _TAKEN_BY, {"person_id": person_id})

    async def forget_invitations(self, person_id: str) -> int:
        """Erase the name of whoever used them from invitations; return from how many."""
        return await self._session.run(_FORGET, {"of": person_id, **_NOBODY})

    async def forget_unused_invitations(self, before: datetime) -> int:
        """Erase whom invitations meant that nobody used until a moment; return of how many."""
        return await self._session.run(_FORGET_UNUSED, {"before": before, **_NOBODY})

    async def revoke_invitations_of(self, person_id: str, jurisdiction: str, at: datetime) -> int:
        """Withdraw whatever invitations of a person are open in a jurisdiction; return how many."""
        return await self._session.run(_REVOKE_OF, {"by": person_id, "place": jurisdiction, "revoked_at": at})

    async def open_invitations(self) -> list[Invitation]:
        """Return the invitations of everywhere that were neither used nor revoked."""
        return await self._session.read(Invitation, _OPEN)

    async def revoke_invitation(self, digest: str, at: datetime) -> bool:
        """Withdraw an invitation; False when it was used or withdrawn before."""
        return await self._session.run(_REVOKE, {"of": digest, "revoked_at": at}) > 0
