"""What may befall a process: prepared in it before it begins, so that it happens at a named point of the program."""

from __future__ import annotations

import asyncio
import os
import resource
import signal
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg

from storage import Store, crash_points


def prepare(
    *, point: str = "", nth: int = 1, file_bytes: int = 0, clock: float = 0.0, busy: float = 0.0, lease: float = 0.0
) -> None:
    """Prepare what this process will meet.

    Args:
        point: of ``crash_points.POINTS``, where it is killed; none when empty.
        nth: the how manieth time it comes there.
        file_bytes: no file of its may grow beyond this; 0: any.
        clock: seconds by which its wall clock is wrong.
        busy: seconds that it waits for a database that another process has locked; 0: as always.
        lease: seconds that its leases last, shorter than the settings allow; 0: as these say.
    """
    if point:
        crash_points.armed = Killer(point, nth)
    if file_bytes:
        # Without this the signal would end the process; a disk that is full answers with an error.
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (file_bytes, resource.RLIM_INFINITY))
    if clock:
        _set_clock(timedelta(seconds=clock))
    if busy:
        vars(sys.modules["storage.engine"])["BUSY_SECONDS"] = busy
    if lease:
        _shorten(timedelta(seconds=lease))


class Killer:
    """Kills the process when it comes to a point for the n-th time, and says so first."""

    def __init__(self, point: str, nth: int) -> None:
        if point not in crash_points.POINTS:
            raise ValueError(f"{point} is none of {crash_points.POINTS}")
        self._point, self._left = point, nth

    def __call__(self, name: str) -> None:
        if name == self._point:
            self._left -= 1
            if self._left == 0:
                os.write(2, f"killed at {name}\n".encode())
                os.kill(os.getpid(), signal.SIGKILL)


SENDING = ("sender.", "send.")


class Died(BaseException):
    """The death of a program that lives in the test's own process; no handler of errors stops it."""


class Reaper:
    """Lets the program die in the test's own process: from the point on nothing is committed and nothing sent.

    Attributes:
        seen: how often each point was reached, in all lives.
        left: where it has still to die, and at the how manieth time that it comes there.
        dead: where it died; empty while it lives.
        sore: it died while sending, and has not come to rest since: a message during which it dies twice is given up,
            by design, so that the second time it dies elsewhere.
        death: is set as long as it is dead.
    """

    def __init__(self) -> None:
        self.seen: Counter[str] = Counter()
        self.left: dict[str, int] = {}
        self.dead = ""
        self.sore = False
        self.death = asyncio.Event()

    def __enter__(self) -> Reaper:
        crash_points.armed = self
        self._connect = asyncpg.connect
        self._connections: list[asyncpg.Connection] = []

        async def connect(*args: Any, **how: Any) -> asyncpg.Connection:
            made = await self._connect(*args, **how)
            self._connections.append(made)
            return made

        asyncpg.connect = connect
        return self

    def __exit__(self, *_: object) -> None:
        crash_points.armed = None
        asyncpg.connect = self._connect
        self.bury()

    def bury(self) -> None:
        """Close what a life had open: of a real process the machine does it when it dies."""
        for connection in self._connections:
            if not connection.is_closed():
                connection.terminate()
        self._connections.clear()

    def condemn(self, left: dict[str, int]) -> None:
        """Let it die at each of these points, when it comes there for the so manieth time from now."""
        self.left = left
        self.seen.clear()

    def revive(self) -> None:
        """Let the next life live."""
        self.dead = ""
        self.death.clear()

    def __call__(self, name: str) -> None:
        if self.dead:
            raise Died(f"{name}, after {self.dead}")
        self.seen[name] += 1
        if name in self.left and self.seen[name] >= self.left[name] and not (self.sore and name.startswith(SENDING)):
            del self.left[name]
            self.sore = self.sore or name.startswith(SENDING)
            self.dead = name
            self.death.set()
            raise Died(name)


def _set_clock(by: timedelta) -> None:
    import bot.clock

    class Wrong(bot.clock.SystemClock):
        def now(self) -> datetime:
            return datetime.now(UTC) + by

    for name in ("bot.clock", "bot.main"):
        vars(sys.modules[name])["SystemClock"] = Wrong


def _shorten(ttl: timedelta) -> None:
    from bot.leadership import Shared

    def shared(store: Store, name: str, **_: object) -> Shared:
        return Shared(store, name, ttl=ttl, margin=ttl / 5)

    vars(sys.modules["bot.main"])["Shared"] = shared
