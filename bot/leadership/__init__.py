"""Who may do what only one process may, such as polling and sending for a token: leases in the database, with a fence.

    leadership = leadership_of(store, holder)
    async with leadership.held("telegram:42") as lease:     # waits until nobody else has it
        async with store.writing() as tx:
            await lease.fence(tx)                           # LostClaim: roll back, somebody else took over
            ...
        if lease.may_start():                               # before every call: a late send is not begun
            ...

The block is cancelled, and ``LostClaim`` raised in its place, when the lease could not be renewed in time. What ends
it for others is the database's clock; what ends it for us is our own, read *before* the database was asked, less a
margin: we always stop first. A process that was suspended wakes up after its deadline and starts nothing.

On SQLite one process has the whole file (``Store.lock``): there every lease is held at once and for ever.
"""

from __future__ import annotations

from datetime import timedelta

from bot.leadership.elected import Elected, Loop
from bot.leadership.lease import Alone, Always, Leadership, Lease
from bot.leadership.neighbours import Neighbours, offices_elsewhere
from bot.leadership.shared import MARGIN, TTL, Shared, boottime, process_name
from storage.store import Store

__all__ = [
    "MARGIN",
    "TTL",
    "Alone",
    "Always",
    "Elected",
    "Leadership",
    "Lease",
    "Loop",
    "Neighbours",
    "Shared",
    "boottime",
    "leadership_of",
    "offices_elsewhere",
    "process_name",
]


def leadership_of(store: Store, holder: str, *, ttl: timedelta = TTL) -> Leadership:
    """Return how leases are had on a database: among several processes on PostgreSQL, alone on SQLite."""
    return Shared(store, holder, ttl=ttl) if store.postgres else Alone()
