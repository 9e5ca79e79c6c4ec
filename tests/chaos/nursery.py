"""Real processes of the program, cheap enough to be killed by the dozen: forked from one that has imported everything.

child = await bear(["run"], environment, folder, fate={"point": "sender.turn:committed"})
await child.says("警钟已启动。")
assert await child.end(signal.SIGKILL) == -signal.SIGKILL
"""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import json
import os
import signal
import socket
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60.0


class Child:
    """One life.

    Attributes:
        said: what it wrote to standard output and standard error, line by line.
        status: of its exit, negative for a signal; None while it lives.
    """

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.said: list[str] = []
        self.status: int | None = None
        self._news = asyncio.Event()
        self._over = asyncio.Event()
        self._listening: list[asyncio.Task[None]] = []

    @property
    def runs(self) -> bool:
        """Whether it lives."""
        return self.status is None

    async def says(self, line: str) -> None:
        """Wait until it says something."""
        while line not in self.said:
            assert not self._over.is_set(), f"it ended with {self.status} and said: " + "\n".join(self.said)
            self._news.clear()
            await self._news.wait()

    def send(self, number: signal.Signals) -> None:
        """Send a signal, if it lives."""
        if self.runs:
            os.kill(self.pid, number)

    async def over(self) -> int:
        """Wait for its end and return its exit status."""
        await self._over.wait()
        await asyncio.gather(*self._listening)
        assert self.status is not None
        return self.status

    async def end(self, number: signal.Signals) -> int:
        """Send a signal, wait for the end and return the exit status."""
        self.send(number)
        return await self.over()

    async def listen(self, said: int, ended: int) -> None:
        """Begin to hear what it says and how it ends; the descriptors are closed when it has ended."""
        self._listening = [
            asyncio.create_task(self._hear(await _reader(said))),
            asyncio.create_task(self._see(await _reader(ended))),
        ]

    async def _hear(self, reader: asyncio.StreamReader) -> None:
        async for line in reader:
            self.said.append(line.decode().rstrip())
            self._news.set()

    async def _see(self, reader: asyncio.StreamReader) -> None:
        self.status = int((await reader.read()) or -signal.SIGKILL)
        await asyncio.wait(self._listening[:1])  # its last words too
        self._over.set()
        self._news.set()


async def _reader(descriptor: int) -> asyncio.StreamReader:
    reader = asyncio.StreamReader(limit=1 << 22)
    pipe = os.fdopen(descriptor, "rb", buffering=0)
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), pipe)
    return reader


async def bear(
    words: Sequence[str], environment: Mapping[str, str], folder: Path, fate: Mapping[str, Any] | None = None
) -> Child:
    """Fork a life of ``tocsin WORDS…``.

    Args:
        environment: all of it.
        folder: where it runs.
        fate: what is prepared for it, see ``deaths.prepare``.
    """
    said, say = os.pipe()
    ended, end = os.pipe()
    asked = {"words": list(words), "environment": dict(environment), "folder": str(folder), "fate": dict(fate or {})}
    try:
        line = _server()
        socket.send_fds(line, [json.dumps(asked).encode()], [say, end])
        pid = int(line.recv(64))
    finally:
        os.close(say)
        os.close(end)
    child = Child(pid)
    await child.listen(said, ended)
    return child


_lines: dict[int, socket.socket] = {}


def _server() -> socket.socket:
    """Return this test process's line to the run's server, which ends when all lines are closed."""
    if os.getpid() not in _lines:
        line = _lines[os.getpid()] = _connect(os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid())))
        atexit.register(line.close)  # left to the end of the interpreter it is warned of
    return _lines[os.getpid()]


def _connect(run: str) -> socket.socket:
    """Connect to the server of a run; whoever comes first starts it."""
    deadline, started = time.monotonic() + START_SECONDS, False
    while True:
        line = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        line.settimeout(START_SECONDS)
        with contextlib.suppress(ConnectionRefusedError, ConnectionResetError):
            line.connect(address(run))
            if line.recv(64) == b"ready":
                return line
        line.close()
        assert time.monotonic() < deadline, "the nursery did not start"
        if not started:
            _start(run)  # one that is not the first ends at once
            started = True
        time.sleep(0.02)


def address(run: str) -> str:
    """Return where a run's server listens: a name that goes with it."""
    return f"\0tocsin-nursery-{run}"


def _start(run: str) -> None:
    command = [sys.executable, "-m", "tests.chaos.nursery_server", run]
    os.posix_spawn(sys.executable, command, os.environ | {"PYTHONPATH": str(ROOT)}, setsid=True)
