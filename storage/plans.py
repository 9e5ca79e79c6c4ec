"""The plans that incidents run on, by the hash of their content: kept for good at first use."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, Index, String, Table, Text, bindparam, select

from storage.columns import UtcDateTime, metadata
from storage.session import Repository

plans = Table(
    "plans",
    metadata,
    Column("hash", String, primary_key=True),
    Column("plan_id", String, nullable=False),
    Column("version", String, nullable=False),
    Column("canonical", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_plans_version", "plan_id", "version"),
)

_CANONICAL = select(plans.c.canonical).where(plans.c.hash == bindparam("hash"))


class Plans(Repository):
    """The kept plans."""

    async def keep(self, hash: str, plan_id: str, version: str, canonical: str, at: datetime) -> bool:
        """Keep a plan's canonical text; False when it is kept already."""
        values = {"hash": hash, "plan_id": plan_id, "version": version, "canonical": canonical, "at": at}
        return await self._session.insert_new(plans, values, ["hash"])

    async def get(self, hash: str) -> str | None:
        """Return a plan's canonical text."""
        canonical: str | None = await self._session.scalar(_CANONICAL, {"hash": hash})
        return canonical

    async def latest(self, plan_id: str) -> tuple[str, str] | None:
        """Return hash and canonical text of what a plan was kept as the last time; None when it never was."""
        statement = select(plans.c.hash, plans.c.canonical).where(plans.c.plan_id == plan_id)
        row = await self._session.first(statement.order_by(plans.c.at.desc(), plans.c.hash).limit(1))
        return (row.hash, row.canonical) if row is not None else None

    async def all(self) -> list[tuple[str, str, str, str]]:
        """Return hash, plan, version and canonical text of everything that is kept."""
        rows = await self._session.rows(select(plans).order_by(plans.c.at, plans.c.hash))
        return [(row.hash, row.plan_id, row.version, row.canonical) for row in rows]

    async def hashes(self, plan_id: str, version: str) -> list[str]:
        """Return the contents that a version was used with, the first first; more than one is a plan author's error."""
        statement = select(plans.c.hash).where(plans.c.plan_id == plan_id, plans.c.version == version)
        return [row.hash for row in await self._session.rows(statement.order_by(plans.c.at, plans.c.hash))]
