"""The loop that fetches photos, voice messages and files from Telegram into the evidence folder.

What is to be fetched stands in the database, written with the event that brought it: a restart forgets nothing. The
file is written first and the event afterwards, so that a digest in the log always has its file; the content's own
digest is its name, so that a file fetched twice is one file.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO, Self

import structlog
from telegram.error import BadRequest, RetryAfter, TelegramError

from bot.bot_api_client import BotApiWithFiles
from bot.cases.streams import INCIDENT, kind_of
from bot.clock import Clock
from bot.pulse import Pulse
from bot.queue_loop import QueueLoop
from bot.service import Requester, Service, Step
from plans.core.command import Command
from plans.core.files import KeepFile, LoseFile
from plans.incident.evidence import KeepEvidence, LoseEvidence
from storage import Store
from storage.downloads import Download

LIMIT = 20 * 1024 * 1024
"""Bytes that a bot may fetch by `getFile`."""

BATCH = 4
"""Files fetched at the same time, so that a hundred photos do not stand in memory together."""

PAUSES = tuple(timedelta(seconds=value) for value in (5, 30, 120, 600, 1800, 3600))
"""Between tries; the last one repeats."""

GIVE_UP = timedelta(hours=24)
"""After this a file that cannot be fetched is said to be lost."""

LONGEST = timedelta(minutes=30)
"""A turn fetches several files, by a slow proxy perhaps."""

_TOO_LARGE = re.compile(r"file is too big", re.IGNORECASE)
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,5}$")

log = structlog.get_logger(__name__)


class Collector(QueueLoop):
    """Fetches files until stopped.

    Args:
        folder: where they are kept; made when the first one comes.
    """

    queue = "downloads"
    name = "files"
    longest = LONGEST

    def __init__(
        self, store: Store, service: Service, bot_api: BotApiWithFiles, clock: Clock, folder: Path, *,
        pulse: Pulse | None = None,
    ) -> None:  # fmt: skip
        super().__init__(store, clock, pulse)
        self._service, self._bot_api, self._folder = service, bot_api, folder

    async def _turn(self) -> datetime | None:
        """Fetch what is due; return when to look again."""
        now = self._clock.now()
        async with self._store.reading() as rx:
            rows = await rx.downloads.due(now, BATCH)
        await asyncio.gather(*(self._settle(row, now) for row in rows if not self._stopped))
        async with self._store.reading() as rx:
            return await rx.downloads.next_at()

    async def _settle(self, row: Download, now: datetime) -> None:
        """Try to fetch one file, outside of any transaction, and record what came of it."""
        try:
            command = await self._fetched(row)
        except RetryAfter as error:
            await self._again(row, now, f"flood control: {error}", _seconds(error))
        except TelegramError as error:
            if isinstance(error, BadRequest) and _TOO_LARGE.search(str(error)):
                await self._record(row, _lost(row, "large"))
            elif now - row.asked_at >= GIVE_UP:
                log.warning("evidence.lost", stream=row.stream, kind=row.kind, attempts=row.attempts, error=repr(error))
                await self._record(row, _lost(row, "gone"))
            else:
                await self._again(row, now, repr(error))
        except OSError as error:  # no room, no right to write: the file waits until somebody has mended that
            log.error("evidence.unwritable", folder=str(self._folder), error=repr(error))
            await self._again(row, now, repr(error))
        else:
            await self._record(row, command)

    async def _fetched(self, row: Download) -> Command:
        answer: dict[str, Any] = await self._bot_api.call("getFile", {"file_id": row.reference})
        if int(answer.get("file_size") or 0) > LIMIT:
            return _lost(row, "large")
        path = str(answer["file_path"])
        with Part(self._folder, row.reference) as part:
            async for piece in self._bot_api.pieces(path):
                if part.size + len(piece) > LIMIT:  # whatever size it was said to have
                    return _lost(row, "large")
                part.add(piece)
            digest = await asyncio.to_thread(part.keep, path)
            return _kept(row, digest, part.size)

    async def _record(self, row: Download, command: Command) -> None:
        """Record it; where the incident knows already (fetched twice), only the row goes."""
        cause = f"evidence:{row.stream}:{hashlib.sha256(row.reference.encode()).hexdigest()[:32]}"
        await self._service.execute([Step(stream=row.stream, command=command)], cause=cause, requester=Requester())
        async with self._store.writing("evidence.settled") as tx:
            await tx.downloads.settle(row.stream, row.reference)

    async def _again(self, row: Download, now: datetime, error: str, wait: timedelta | None = None) -> None:
        pause = wait or PAUSES[min(row.attempts, len(PAUSES) - 1)]
        log.info("evidence.again", stream=row.stream, kind=row.kind, attempts=row.attempts + 1, error=error)
        async with self._store.writing("evidence.again") as tx:
            await tx.downloads.again(row.stream, row.reference, now + pause, error)


def _kept(row: Download, digest: str, size: int) -> Command:
    kept = KeepEvidence if kind_of(row.stream) == INCIDENT else KeepFile
    return kept(reference=row.reference, digest=digest, size=size)


def _lost(row: Download, reason: str) -> Command:
    lost = LoseEvidence if kind_of(row.stream) == INCIDENT else LoseFile
    return lost(reference=row.reference, reason=reason)


def _seconds(error: RetryAfter) -> timedelta:
    after = error.retry_after
    return after if isinstance(after, timedelta) else timedelta(seconds=after)


class Part:
    """A file that is being fetched: written as it comes, under its digest at the end, whole or not at all.

    Args:
        folder: of all files.
        reference: Telegram's, of this one.

    Attributes:
        size: bytes so far.
    """

    def __init__(self, folder: Path, reference: str) -> None:
        self._folder = folder
        name = hashlib.sha256(reference.encode()).hexdigest()[:32]
        self._waiting = folder / f".{name}.{os.getpid()}.part"
        self._digest = hashlib.sha256()
        self._file: BinaryIO | None = None
        self.size = 0

    def __enter__(self) -> Self:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC
        self._file = os.fdopen(os.open(self._waiting, flags, 0o600), "wb")
        return self

    def __exit__(self, *problem: object) -> None:
        if self._file is not None:
            self._file.close()
        self._waiting.unlink(missing_ok=True)

    def add(self, piece: bytes) -> None:
        """Write what came."""
        if self._file is not None:
            self._file.write(piece)
        self._digest.update(piece)
        self.size += len(piece)

    def keep(self, path: str) -> str:
        """Bring it to the disk under its digest, and return the digest.

        Args:
            path: at Telegram; its ending is kept for those who open the file.
        """
        digest, ending = self._digest.hexdigest(), _SUFFIX.search(path)
        target = self._folder / digest[:2] / f"{digest}{ending[0].lower() if ending else ''}"
        if target.exists() or self._file is None:
            return digest
        self._file.flush()
        os.fsync(self._file.fileno())
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._waiting.replace(target)
        return digest


def keep(folder: Path, content: bytes, path: str) -> str:
    """Write content that is there already under its digest, whole or not at all, and return the digest.

    Args:
        path: at Telegram; its ending is kept for those who open the file.
    """
    with Part(folder, hashlib.sha256(content).hexdigest()) as part:
        part.add(content)
        return part.keep(path)
