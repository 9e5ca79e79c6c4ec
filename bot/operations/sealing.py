"""What was sent is chained too: a digest of each message, a few minutes after it went out, in a log of its own.

A message's digest is made with a salt that goes when its words are forgotten, so that nothing can be guessed from it.
"""

from __future__ import annotations

import secrets
from datetime import datetime

from bot.leadership import Always, Lease
from storage.canonical import canonical
from storage.journal import NewEntry
from storage.journal.chain import digest
from storage.outbox import OutboxRow
from storage.store import Store

STREAM, EVENT = "sent", "messages-sent"
BATCH = 200


def digest_of(row: OutboxRow, salt: str) -> str:
    """Return the digest of a sent message: its words, to which place, and what Telegram calls it."""
    data = {"place": row.place_id, "method": row.method, "payload": row.payload, "message": row.message_id}
    return digest(f"{salt}:{canonical(data)}")


async def seal_sent(store: Store, now: datetime, lease: Lease | None = None) -> int:
    """Chain what was sent since the last time, and return how many messages that were.

    Raises:
        Unavailable: the database cannot now. LostClaim: another process does it.
    """
    count = 0
    while True:
        async with store.reading() as rx:
            if not await rx.outbox.unsealed(1):
                return count
        async with store.writing("messages.sealed") as tx:
            await (lease or Always()).fence(tx)
            rows = await tx.outbox.unsealed(BATCH)
            head = await tx.journal.head(STREAM)
            salts = {row.id: secrets.token_hex(16) for row in rows}
            sealed = [[row.id, digest_of(row, salts[row.id])] for row in rows]
            entry = NewEntry(event=EVENT, version=1, at=now, actor=None, cause=None, payload={"messages": sealed})
            await tx.journal.append(STREAM, head.sequence if head is not None else 0, [entry])
            await tx.outbox.salted(salts)
        count += len(rows)
        if len(rows) < BATCH:
            return count
