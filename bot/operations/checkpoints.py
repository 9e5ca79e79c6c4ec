"""Once a day the ends of all logs are sealed, and the seal is brought to where the database's owner cannot write."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import structlog

from bot.leadership import Always, Lease
from bot.metrics import Metrics
from bot.outgoing.messages import OutgoingMessage, write
from bot.private import write_private
from bot.render.operations import checkpoint_message
from plans.times.night import morning_of
from storage.journal import Fault
from storage.store import Store
from storage.transaction import Writing

log = structlog.get_logger(__name__)

_POSTED = re.compile(r"第(?P<number>\d{1,9})号.*?(?P<hash>\b[0-9a-f]{64}\b)", re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Sealed:
    """What became of a day's checkpoint.

    Attributes:
        exported: the checkpoint as ``Journal.verify`` takes it; None when there is no log yet.
        fresh: whether it is a new one; where nothing has happened since, the last one stands.
        faults: what was wrong with the journal just before.
    """

    exported: dict[str, Any] | None
    fresh: bool
    faults: Sequence[Fault]


class Checkpoints:
    """Makes and exports checkpoints.

    Args:
        folder: a file for each is written there; None = none.
        chat: Telegram's id of the chat that is told; None = none.
        lease: one process at a time makes checkpoints.
    """

    def __init__(
        self,
        store: Store,
        *,
        folder: Path | None = None,
        chat: int | None = None,
        lease: Lease | None = None,
        metrics: Metrics | None = None,
    ) -> None:
        self._store, self._folder, self._chat, self._metrics = store, folder, chat, metrics
        self._lease = lease or Always()

    async def seal(self, now: datetime) -> Sealed:
        """Verify the journal, chain a checkpoint, and export it.

        Raises:
            Unavailable: the database cannot now. LostClaim: another process does it.
            OSError: the file cannot be written; the checkpoint is made all the same, and can be exported later.
        """
        async with self._store.reading() as rx:
            faults = await rx.journal.verify()
        for fault in faults[:20]:
            log.error("journal.fault", stream=fault.stream, sequence=fault.sequence, kind=fault.kind, text=fault.text)
        if self._metrics is not None:
            self._metrics.findings.labels("journal").set(len(faults))
        async with self._store.writing("checkpoint.sealed") as tx:
            await self._lease.fence(tx)
            before = await tx.journal.latest_checkpoint()
            fresh = False
            if (await tx.journal.length())[0]:
                checkpoint = await tx.journal.checkpoint(now)
                fresh = before is None or checkpoint.number != before.number
            exported = await tx.journal.export_checkpoint()
            if exported is not None and (fresh or faults):
                await self._post(tx, exported, len(faults), now)
        if exported is not None and fresh and self._folder is not None:
            await asyncio.to_thread(write_file, self._folder, exported)
        return Sealed(exported=exported, fresh=fresh, faults=faults)

    async def _post(self, tx: Writing, exported: dict[str, Any], faults: int, now: datetime) -> None:
        if self._chat is None:
            return
        place = await tx.places.by_chat(self._chat)
        if place is None:
            log.error("checkpoint.unknown_chat")  # the bot must have been spoken to there once
            return
        message = checkpoint_message(exported, faults)
        outgoing = OutgoingMessage(
            place_id=place.id, message=message, notice="checkpoint", priority=3, ring=faults > 0,
            not_before=morning_of(now) if faults else None,
        )  # fmt: skip
        await write(tx, outgoing, now)


def write_file(folder: Path, exported: dict[str, Any]) -> Path:
    """Write a checkpoint to a file of its own, whole or not at all, and return its path."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"checkpoint-{exported['number']:06}.json"
    partial = path.with_suffix(".partial")
    partial.unlink(missing_ok=True)  # of an attempt that was killed
    write_private(partial, json.dumps(exported, ensure_ascii=False, indent=1))
    partial.replace(path)
    return path


def read_posted(text: str) -> dict[str, Any] | None:
    """Return what a posted checkpoint says, as ``Journal.verify`` takes it; None when the text is none.

    Number and hash are enough: the hash seals the ends of all logs, which the database's own copy names.
    """
    match = _POSTED.search(text)
    return {"number": int(match["number"]), "hash": match["hash"], "heads": {}} if match else None
