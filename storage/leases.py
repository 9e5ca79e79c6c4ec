"""Who may do what only one process may: on the database's clock, with an epoch that grows with every holder."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import BigInteger, Column, String, Table, bindparam, func, select, text, update

from storage.columns import UtcDateTime, metadata
from storage.errors import LostClaim
from storage.session import Repository

leases = Table(
    "leases",
    metadata,
    Column("name", String, primary_key=True),
    Column("holder", String, nullable=False),
    Column("epoch", BigInteger, nullable=False),
    Column("until", UtcDateTime, nullable=False),
)

_NAMED = select(leases).where(leases.c.name == bindparam("name"))
_LOCKED, _SHARED = _NAMED.with_for_update(), _NAMED.with_for_update(read=True)
_CHANGE = update(leases).where(leases.c.name == bindparam("of"))
_POSTGRES_NOW = select(func.clock_timestamp())
_SQLITE_NOW = select(func.strftime("%Y-%m-%dT%H:%M:%fZ", "now"))

SILENT = timedelta(seconds=10)
"""No process of ours keeps the database waiting so long in the middle of a command; one that was stopped there does."""

_END_SILENT = text(
    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
    " WHERE datname = current_database() AND usename = current_user"
    " AND application_name = current_setting('application_name') AND pid <> pg_backend_pid()"
    " AND state = 'active' AND wait_event = 'ClientRead'"
    " AND state_change < clock_timestamp() - make_interval(secs => :seconds)"
).bindparams(bindparam("seconds"))


@dataclass(frozen=True, kw_only=True)
class Lease:
    """A lease that was granted.

    Attributes:
        epoch: grows with every grant; see ``Leases.fence``.
        until: on the database's clock, not on ours. To know when to stop, read the monotonic clock *before*
            ``acquire`` or ``renew`` and add the time asked for.
    """

    name: str
    holder: str
    epoch: int
    until: datetime


class Leases(Repository):
    """The leases."""

    async def acquire(self, name: str, holder: str, ttl: timedelta) -> Lease | None:
        """Take a lease that is free, expired or the holder's own; None when another one has it."""
        lease_row = await self._locked(name)
        now = await self._now()
        if lease_row is None:
            lease = Lease(name=name, holder=holder, epoch=1, until=now + ttl)
            return lease if await self._session.insert_new(leases, dict(vars(lease)), ["name"]) else None
        if lease_row.until > now and lease_row.holder != holder:
            return None
        lease = Lease(name=name, holder=holder, epoch=lease_row.epoch + 1, until=now + ttl)
        await self._session.run(_CHANGE, {"of": name, **vars(lease)})
        return lease

    async def renew(self, lease: Lease, ttl: timedelta) -> Lease | None:
        """Prolong a lease; None when it has expired or somebody else has it: then stop at once."""
        if not self._mine(await self._locked(lease.name), lease, now := await self._now()):
            return None
        renewed = Lease(name=lease.name, holder=lease.holder, epoch=lease.epoch, until=now + ttl)
        await self._session.run(_CHANGE, {"of": lease.name, "until": renewed.until})
        return renewed

    async def release(self, lease: Lease) -> bool:
        """Give a lease back, so that another need not wait for its end; False when it was lost before."""
        if not self._mine(await self._locked(lease.name), lease, now := await self._now()):
            return False
        await self._session.run(_CHANGE, {"of": lease.name, "until": now})
        self._session.touched.add("leases")
        return True

    async def fence(self, lease: Lease) -> None:
        """Make sure that this transaction commits only while the lease is held: nobody can take it before its end.

        Raises:
            LostClaim: it is not held any more; roll back.
        """
        row = await self._session.read_one(Lease, _SHARED, {"name": lease.name})
        if not self._mine(row, lease, await self._now()):
            raise LostClaim(lease.name, lease.holder)

    async def end_silent(self, silence: timedelta = SILENT) -> int:
        """End the sessions of processes that fell silent in the middle of a command, and return how many.

        A process that is stopped just there holds its locks for ever: PostgreSQL does not count it as idle, and none
        of its timeouts ends it. Whoever minds a lease does.
        """
        if not self._session.postgres:
            return 0
        return int(await self._session.scalar(_END_SILENT, {"seconds": silence.total_seconds()}) or 0)

    async def held(self) -> list[Lease]:
        """Return the leases that somebody has now, by name."""
        statement = select(leases).where(leases.c.until > await self._now()).order_by(leases.c.name)
        return await self._session.read(Lease, statement)

    async def _locked(self, name: str) -> Lease | None:
        return await self._session.read_one(Lease, _LOCKED, {"name": name})

    async def _now(self) -> datetime:
        # Read after the row is locked: what waited for the lock must not count as time that is left.
        if self._session.postgres:
            moment: datetime = await self._session.scalar(_POSTGRES_NOW)
            return moment.astimezone(UTC)
        text: str = await self._session.scalar(_SQLITE_NOW)
        return datetime.fromisoformat(text)

    @staticmethod
    def _mine(present: Lease | None, lease: Lease, now: datetime) -> bool:
        return (
            present is not None
            and (present.holder, present.epoch) == (lease.holder, lease.epoch)
            and present.until > now
        )
