"""What survives a crash: journal, inbox, outbox, obligation index and directory, on SQLite and on PostgreSQL.

    if not await is_current(url):
        await upgrade(url)
    async with await open_store(url) as store:
        async with store.writing() as tx:
            await tx.causes.take("update:42:0", now, {})
            await tx.journal.append(stream, expected, entries)
            await tx.outbox.enqueue(messages)

The repositories are the attributes of ``Reading``. A module holds a table, the type of its rows, what can be done.
"""

from __future__ import annotations

from storage.errors import (
    AlreadyTaken,
    Conflict,
    LostClaim,
    OtherJurisdiction,
    ReadOnly,
    SchemaOutdated,
    StorageError,
    StoreLocked,
    StoreMissing,
    Unavailable,
    Unusable,
)
from storage.migrate import upgrade
from storage.opening import is_current, open_store
from storage.store import Store
from storage.transaction import Reading, Writing

__all__ = [
    "AlreadyTaken",
    "Conflict",
    "LostClaim",
    "OtherJurisdiction",
    "ReadOnly",
    "Reading",
    "SchemaOutdated",
    "StorageError",
    "Store",
    "StoreLocked",
    "StoreMissing",
    "Unavailable",
    "Unusable",
    "Writing",
    "is_current",
    "open_store",
    "upgrade",
]
