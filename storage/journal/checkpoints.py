"""Checkpoints: a second chain, over the ends of all streams, to be kept where the database's owner cannot write."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, select, text, update

from storage.canonical import canonical
from storage.columns import utc_text
from storage.journal.chain import GENESIS, Head, digest
from storage.journal.tables import checkpoints, heads
from storage.session import Repository


@dataclass(frozen=True, kw_only=True)
class Checkpoint:
    """One link of the chain of checkpoints.

    Attributes:
        number: counts from 1.
        heads: the ends of the streams that grew since the checkpoint before; all links together name all streams.
        previous: the hash of the checkpoint before. hash: of this one's text.
    """

    number: int
    at: datetime
    heads: dict[str, Head]
    previous: str
    hash: str


_GROWN = (
    select(heads.c.stream, heads.c.sequence, heads.c.hash)
    .where(heads.c.sequence > heads.c.checkpointed)
    .order_by(heads.c.stream)
)
_PASSED = update(heads).where(heads.c.stream == bindparam("of"))
_LATEST = select(checkpoints).where(checkpoints.c.number == select(func.max(checkpoints.c.number)).scalar_subquery())


class Checkpoints(Repository):
    """The chain of checkpoints."""

    async def checkpoint(self, at: datetime) -> Checkpoint:
        """Chain a checkpoint of all streams, or return the newest one when no stream has grown since.

        One process at a time does this: a second one waits.
        """
        if self._session.postgres:  # where another process makes one at the same time, the second waits and sees it
            await self._session.execute(text("LOCK TABLE checkpoints IN SHARE ROW EXCLUSIVE MODE"))
        latest = await self.latest_checkpoint()
        grown = await self._session.rows(_GROWN)
        if latest and not grown:
            return latest
        body = canonical(
            {
                "number": latest.number + 1 if latest else 1,
                "at": utc_text(at),
                "previous": latest.hash if latest else GENESIS,
                "heads": {row.stream: [row.sequence, row.hash] for row in grown},
            }
        )
        new = read_checkpoint(body, digest(body))
        await self._session.run(insert(checkpoints), {"number": new.number, "body": body, "hash": new.hash})
        # Not "= sequence": another process may have appended since the heads were read.
        await self._session.write(_PASSED, [{"of": row.stream, "checkpointed": row.sequence} for row in grown])
        return new

    async def latest_checkpoint(self) -> Checkpoint | None:
        """Return the newest checkpoint."""
        row = await self._session.first(_LATEST)
        return None if row is None else read_checkpoint(row.body, row.hash)

    async def export_checkpoint(self) -> dict[str, Any] | None:
        """Return what ``verify`` takes, to be kept elsewhere as JSON; None before the first checkpoint.

        ``{"number", "at", "hash", "heads": {stream: {"sequence", "hash"}}}``, all streams up to the newest checkpoint.
        """
        ends: dict[str, Head] = {}
        last: Checkpoint | None = None
        for row in await self._session.rows(select(checkpoints).order_by(checkpoints.c.number)):
            last = read_checkpoint(row.body, row.hash)
            ends |= last.heads
        if last is None:
            return None
        return {
            "number": last.number,
            "at": utc_text(last.at),
            "hash": last.hash,
            "heads": {stream: {"sequence": end.sequence, "hash": end.hash} for stream, end in sorted(ends.items())},
        }


def read_checkpoint(body: str, hash_: str) -> Checkpoint:
    """Return the checkpoint of a text."""
    fields = json.loads(body)
    return Checkpoint(
        number=fields["number"],
        at=datetime.fromisoformat(fields["at"]),
        heads={stream: Head(sequence=end[0], hash=end[1]) for stream, end in fields["heads"].items()},
        previous=fields["previous"],
        hash=hash_,
    )
