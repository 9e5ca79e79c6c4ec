"""Processes that send by other ways, a few, each with one job at a time, ended when a job takes too long.

A thread that hangs in a stranger's server can never be ended, and what shares its executor starves. A process can.
"""

from __future__ import annotations

import asyncio
import errno
import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).resolve().parents[2]
_BOOT = "import sys; sys.path.insert(0, sys.argv[1]); from bot.notifier.child import main; main()"
_KEPT = ("PATH", "LANG", "LC_ALL", "TZ", "SSL_CERT_FILE", "SSL_CERT_DIR")
"""Of the surroundings: not the token, no proxy (it would connect for us where we may not), no files of the user."""


START_SECONDS = 30
"""Until a process is ready, on a machine that has much else to do; nothing has been sent by then."""


class Worker:
    """One process; ``ask`` it one thing at a time."""

    def __init__(self) -> None:
        self._process: asyncio.subprocess.Process | None = None
        self._answered = True

    async def ask(self, job: dict[str, Any], seconds: float) -> dict[str, str] | None:
        """Return the answer, None when none came in time: then the process is ended.

        Raises:
            OSError: no process can be started.
        """
        try:
            async with asyncio.timeout(START_SECONDS):
                process = await self._ready()
        except TimeoutError:
            raise OSError(errno.ETIMEDOUT, "it does not start") from None
        finally:
            await self._end_unanswered()
        try:
            async with asyncio.timeout(seconds):
                return await self._asked(process, job)
        except TimeoutError:
            return None
        finally:
            await self._end_unanswered()

    async def _ready(self) -> asyncio.subprocess.Process:
        process = self._process
        if process is None or process.returncode is not None:
            self._answered = False
            surroundings = {name: os.environ[name] for name in _KEPT if name in os.environ}
            process = self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-I", "-c", _BOOT, str(_ROOT), cwd="/",
                env=surroundings | {"HOME": "/nonexistent", "NETRC": "/nonexistent"}, stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
            )  # fmt: skip
            if await self._line(process) is None:
                raise OSError(errno.ECHILD, "it ended at its start")
        return process

    async def _asked(self, process: asyncio.subprocess.Process, job: dict[str, Any]) -> dict[str, str] | None:
        self._answered = False
        if process.stdin is not None:
            with suppress(ConnectionError):  # it has died: then there is no answer either
                process.stdin.write(json.dumps(job).encode() + b"\n")
                await process.stdin.drain()
        return await self._line(process)

    async def _line(self, process: asyncio.subprocess.Process) -> dict[str, str] | None:
        line = await process.stdout.readline() if process.stdout is not None else b""
        self._answered = line.endswith(b"\n")
        return dict(json.loads(line)) if self._answered else None

    async def _end_unanswered(self) -> None:
        if not self._answered:
            await self.end()

    async def end(self) -> None:
        """End the process, whatever it does."""
        process, self._process, self._answered = self._process, None, True
        if process is None:
            return
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
        await process.wait()
        transport = getattr(process, "_transport", None)
        if transport is not None:
            transport.close()
