"""A document as PDF, by a word processor that stands on the machine (LibreOffice); where there is none there is none.

It runs as a process of its own: without a shell, in a folder of its own with a profile of its own, without our settings
in its environment, for a bounded time, with bounded files, one at a time. What it writes too late, not at all or too
large is no PDF, and the document goes out without.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Coroutine
from pathlib import Path

import structlog

OFF = "off"
NAMES = ("soffice", "libreoffice")
SECONDS = 60.0
MOST = 20_000_000
"""Bytes of a PDF, and of every file that the process may write."""

WAITING = 8
"""Documents that wait for their turn; of more there is no PDF."""

_KEPT = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT")
"""What the process sees of the environment."""

_BOUNDED = (
    "import os, resource, sys; most = int(sys.argv[1]); resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)); "
    "resource.setrlimit(resource.RLIMIT_CORE, (0, 0)); os.nice(5); os.execv(sys.argv[2], sys.argv[2:])"
)
"""Bounds itself before it becomes the word processor: what a thread sets between fork and exec may lock up."""

log = structlog.get_logger(__name__)


def converter_at(setting: str) -> Converter | None:
    """Return what makes PDFs, None where nothing does.

    Args:
        setting: path of the word processor; empty = it is looked for; ``off`` = none.
    """
    if setting.lower() == OFF:
        return None
    found = next(filter(None, map(shutil.which, (setting,) if setting else NAMES)), None)
    return Converter(found) if found else None


class Converter:
    """Makes PDFs of documents.

    Args:
        program: the word processor's path. seconds: how long one may take.
    """

    def __init__(self, program: str, seconds: float = SECONDS) -> None:
        self._program, self._seconds = program, seconds
        self._turn = asyncio.Lock()
        self._waiting = 0
        self._begun: set[asyncio.Task[None]] = set()

    async def pdf(self, document: bytes) -> bytes | None:
        """Return a .docx as PDF, None where that does not come off."""
        if self._waiting >= WAITING:
            return None
        self._waiting += 1
        try:
            async with self._turn:
                return await self._made(document)
        finally:
            self._waiting -= 1

    def begin(self, work: Coroutine[object, object, None]) -> None:
        """Do something beside whoever asked for it, who has his document already; a restart forgets it."""
        task = asyncio.ensure_future(work)
        self._begun.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._begun.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.warning("pdf.lost", error=repr(task.exception()))

    async def close(self) -> None:
        """Begin nothing more, and end what runs."""
        for task in (*self._begun,):
            task.cancel()
        await asyncio.gather(*self._begun, return_exceptions=True)

    async def _made(self, document: bytes) -> bytes | None:
        folder = Path(await asyncio.to_thread(tempfile.mkdtemp, prefix="tocsin-pdf-"))
        try:
            await asyncio.to_thread((folder / "paper.docx").write_bytes, document)
            if not await self._run(folder):
                return None
            return await asyncio.to_thread(_read, folder / "paper.pdf")
        finally:
            await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)

    async def _run(self, folder: Path) -> bool:
        """Run the word processor to its end; return whether it says that it did it."""
        environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
        environment |= {"HOME": str(folder), "TMPDIR": str(folder), "LANG": "C.UTF-8"}
        try:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-I", "-c", _BOUNDED, str(MOST), self._program,
                f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore", "--nolockcheck",
                "--nodefault", "--nologo", "--convert-to", "pdf", "--outdir", str(folder), str(folder / "paper.docx"),
                stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.DEVNULL, cwd=folder, env=environment, start_new_session=True,
            )  # fmt: skip
        except OSError as problem:
            log.warning("pdf.not_started", error=str(problem))
            return False
        try:
            async with asyncio.timeout(self._seconds):
                code = await process.wait()
        except TimeoutError:
            log.warning("pdf.too_slow", seconds=self._seconds)
            return False
        finally:
            _end(process.pid)
            if process.returncode is None:
                await process.wait()
        if code:
            log.warning("pdf.failed", code=code)
        return code == 0


def _end(group: int) -> None:
    """End the process and all that it started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)


def _read(path: Path) -> bytes | None:
    """Return the PDF, None where there is none, or something else, or one too large to send."""
    try:
        if path.is_symlink() or not 0 < path.stat().st_size < MOST:
            return None
        content = path.read_bytes()
    except OSError:
        return None
    return content if content.startswith(b"%PDF-") else None
