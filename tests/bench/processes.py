"""Real processes on a local Telegram: ours as ``tocsin run`` starts it, and a bare bot."""

from __future__ import annotations

import asyncio
import ctypes
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from bot.clock import SystemClock
from bot.playground import Limits, LocalBotApi, World
from tests.bench.peers.bare import TOKEN
from tests.postgres_server import PR_SET_PDEATHSIG

REPOSITORY = Path(__file__).resolve().parents[2]
START_SECONDS = 60.0

OURS = ("-m", "bot.cli", "run")
BARE = ("-m", "tests.bench.peers.polling")
READY = {OURS: "警钟已启动", BARE: "ready"}


@asynccontextmanager
async def telegram(limits: Limits | None = None) -> AsyncIterator[tuple[World, str]]:
    """Yield a local Telegram in real time, with the bot of ``TOKEN``, and its address."""
    world = World(SystemClock(), limits=limits or Limits.unlimited())
    world.add_bot(TOKEN, username="bench_bot", name="bench")
    async with LocalBotApi(world) as api:
        yield world, api.url


class Child:
    """A process that is ours to stop.

    Attributes:
        seconds: from its beginning until it said that it was ready.
    """

    def __init__(self, process: asyncio.subprocess.Process, seconds: float) -> None:
        self.process, self.seconds = process, seconds

    @classmethod
    async def start(cls, what: tuple[str, ...], url: str, folder: Path, more: Mapping[str, str]) -> Child:
        """Start one and wait until it is ready.

        Args:
            what: ``OURS`` or ``BARE``.
            url: of the local Telegram.
            folder: where it is run.
            more: further variables of its environment.
        """
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "HOME") if name in os.environ}
        mine = {"PYTHONPATH": str(REPOSITORY), "TOCSIN_TOKEN": TOKEN, "TOCSIN_API_URL": url, "PYTHONUTF8": "1"}
        before = time.perf_counter()
        process = await asyncio.create_subprocess_exec(
            sys.executable, *what, cwd=folder, env={**kept, **mine, **more}, stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE, preexec_fn=_die_with_parent,
        )  # fmt: skip
        said: list[str] = []
        try:
            async with asyncio.timeout(START_SECONDS):
                while READY[what] not in "".join(said[-1:]):
                    line = await process.stderr.readline() if process.stderr else b""
                    if not line:
                        raise RuntimeError(f"{' '.join(what)} ended:\n{''.join(said)}")
                    said.append(line.decode())
        except BaseException:
            await _end(process, signal.SIGKILL)
            raise
        child = cls(process, time.perf_counter() - before)
        child._drain = asyncio.create_task(child._read())
        return child

    async def _read(self) -> None:
        # Nobody reads what it says further; a full pipe would stop it.
        while self.process.stderr is not None and await self.process.stderr.read(65536):
            pass

    def resident(self) -> float:
        """Return the resident memory in MiB."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        raise RuntimeError("the kernel does not tell")

    async def kill(self) -> None:
        """SIGKILL."""
        await _end(self.process, signal.SIGKILL)
        await self._drain

    async def stop(self) -> None:
        """SIGTERM, and SIGKILL after ten seconds."""
        await _end(self.process, signal.SIGTERM)
        await self._drain

    _drain: asyncio.Task[None]


def _die_with_parent() -> None:
    # Runs in the child: whatever becomes of the benchmark, nothing that it started stays.
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal.SIGKILL))


async def _end(process: asyncio.subprocess.Process, how: signal.Signals) -> None:
    if process.returncode is None:
        process.send_signal(how)
        try:
            async with asyncio.timeout(10):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()
