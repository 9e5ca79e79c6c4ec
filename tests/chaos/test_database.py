"""The database locked, restarted, full: nothing is confirmed that is not committed, and then all goes on."""

from __future__ import annotations

import asyncio
import os
import resource
import signal
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import open_store, upgrade
from tests.chaos.inspector import inspect, look
from tests.chaos.test_killed import is_whole
from tests.journeys.victim import STARTED, Scene, scene
from tests.postgres_server import Server, find_binaries
from tests.thorough import THOROUGH


def report(here: Scene, *numbers: int) -> list[str]:
    """Let somebody report in private, once for each number."""
    texts = [f"第{number}小学楼梯踩踏，{number}名学生受伤" for number in numbers]
    for number, text in zip(numbers, texts, strict=True):
        here.people[number % len(here.people)].send(here.bot, text)
    return texts


async def kept(here: Scene) -> int:
    """Return how many updates the database has."""
    async with await open_store(here.url, read_only=True) as store:
        return len((await look(store)).updates)


@pytest.mark.timeout(120)
async def test_a_file_that_another_process_keeps_locked_takes_nothing_and_confirms_nothing(
    file_url: str, tmp_path: Path
) -> None:
    seconds, busy = (30.0, 0.0) if THOROUGH else (1.2, 0.1)
    async with scene(file_url, tmp_path) as here, asyncio.timeout(100):
        first = here.bot.account.next_update
        await here.victim.start(busy=busy)
        await here.victim.says(STARTED)
        said = report(here, 1)
        await here.settled()
        other = sqlite3.connect(file_url.partition(":///")[2], isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        before = await kept(here)
        said += report(here, 2, 3, 4)
        await asyncio.sleep(seconds)
        assert here.victim.runs and here.world.pending_updates == 3 and await kept(here) == before
        other.execute("ROLLBACK")
        other.close()
        await here.settled()
        assert await here.victim.end(signal.SIGTERM) == 0
        await is_whole(here, said, first)


@pytest.fixture(scope="module")
def own_server() -> Iterator[Server]:
    """A PostgreSQL that may be stopped."""
    server = Server(find_binaries()[0])
    try:
        server.start()
        yield server
    finally:
        server.remove()


@pytest.mark.timeout(120)
async def test_a_postgres_that_is_restarted_is_waited_for(own_server: Server, tmp_path: Path) -> None:
    url = own_server.url.replace("postgresql://", "postgresql+asyncpg://")
    await upgrade(url)
    async with scene(url, tmp_path) as here, asyncio.timeout(100):
        first = here.bot.account.next_update
        await here.victim.start()
        said = report(here, 1, 2)
        await here.world.until(lambda: any(call.method == "sendMessage" for call in here.world.calls))
        await asyncio.to_thread(own_server.stop)  # as a crash, in the middle of the work
        said += report(here, 3, 4)
        await asyncio.sleep(0.5)
        assert here.victim.runs and here.world.pending_updates >= 2
        await asyncio.to_thread(own_server.start)
        await here.settled()
        said += report(here, 5)
        await here.settled()
        assert await here.victim.end(signal.SIGTERM) == 0
        await is_whole(here, said, first)


@pytest.mark.timeout(120)
async def test_a_full_disk_confirms_nothing_and_loses_nothing(file_url: str, tmp_path: Path) -> None:
    async with scene(file_url, tmp_path) as here, asyncio.timeout(100):
        first = here.bot.account.next_update
        await here.victim.start(file_bytes=1 << 30)
        await here.victim.says(STARTED)
        said = report(here, 1)
        await here.settled()
        # No file of this process may grow: what it writes is refused as by a disk that is full.
        pid, log = here.victim.present.pid, file_url.partition(":///")[2] + "-wal"
        size = os.stat(log).st_size if os.path.exists(log) else 0  # noqa: ASYNC240
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (max(size, 4096), resource.RLIM_INFINITY))
        said += report(here, *range(2, 8))
        await asyncio.sleep(1)
        assert here.victim.runs
        waiting = {item.id for item in here.bot.account.queue}
        assert waiting, "nothing was refused: the disk was not full"
        async with await open_store(here.url, read_only=True) as store:
            assert [line for line in await inspect(store, here.world, first_update=first, settled=False)] == []
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        await here.settled()
        assert await here.victim.end(signal.SIGTERM) == 0
        await is_whole(here, said, first)
