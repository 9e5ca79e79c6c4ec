"""B2: how many updates a second are committed before they are confirmed, beside what the disk can sync."""

from __future__ import annotations

import asyncio
import json
import os
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from bot.clock import SystemClock
from bot.updates.intake import Intake
from bot.updates.poller import Poller
from handlers.addressed import addressed
from tests.bench import stage
from tests.bench.report import Aim, Line
from tests.bench.rounds import Run, alternate_async

AT_ONCE = 100
"""Updates in an answer of getUpdates, as many as Telegram gives."""

BLOCK = 4096


class _Feed:
    """A Bot API that has updates at once, as many as there are, and answers nothing when they are all confirmed."""

    def __init__(self, count: int) -> None:
        self._updates = [_update(number) for number in range(1, count + 1)]
        self.empty = asyncio.Event()

    async def call(self, method: str, payload: dict[str, Any], *, read_timeout: float = 20.0) -> Any:
        """Answer getUpdates."""
        if method != "getUpdates":
            raise AssertionError(method)
        start = payload.get("offset", 1) - 1
        found = self._updates[start : start + AT_ONCE]
        if not found:
            self.empty.set()
            await asyncio.sleep(3600)
        return found


def _update(number: int) -> dict[str, Any]:
    person = {"id": 5000 + number % 300, "is_bot": False, "first_name": "赵", "language_code": "zh-hans"}
    chat = {"id": person["id"], "type": "private", "first_name": "赵"}
    text = f"第{number}小学楼梯踩踏，4名学生受伤，已拨打120"
    message = {"message_id": number, "date": 1772391960, "chat": chat, "from": person, "text": text}
    # As it comes from the network, so that no arm profits of shared objects.
    found: dict[str, Any] = json.loads(json.dumps({"update_id": number, "message": message}))
    return found


def measure(run: Run) -> Iterator[Line]:
    """Yield the lines of B2."""
    count, syncs = run.size(10_000, 1_000), run.size(500, 100)
    mine, others = asyncio.run(
        alternate_async(run.rounds, partial(kept, run, count), partial(_synced, run.folder / "raw", syncs))
    )
    yield Line(
        number="B2", measure=f"durable intake, {count:,} updates waiting", unit="/s", ours=tuple(mine),
        peer=tuple(others), against="fdatasync of one block", aim=Aim(at_least=1),
        note=f"getUpdates gives {AT_ONCE} at once, each batch is one synced commit to SQLite; the same disk",
    )  # fmt: skip


async def kept(run: Run, count: int) -> float:
    """Return how many updates a second were kept."""
    async with stage.sqlite(run.folder, "intake") as store:
        feed, clock = _Feed(count), SystemClock()
        poller = Poller(store, feed, clock, Intake(store, clock, addressed("bench_bot", 1)), 1)
        before = time.perf_counter()
        polling = asyncio.create_task(poller.run())
        await feed.empty.wait()
        taken = time.perf_counter() - before
        poller.stop()
        await polling
        async with store.reading() as rx:
            if (await rx.inbox.backlog()).pending != count:
                raise AssertionError("not every update was kept")
    return count / taken


async def _synced(path: Path, times: int) -> float:
    block = os.urandom(BLOCK)
    file = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        before = time.perf_counter()
        for _ in range(times):
            os.write(file, block)
            os.fdatasync(file)
        return times / (time.perf_counter() - before)
    finally:
        os.close(file)
        os.unlink(path)
