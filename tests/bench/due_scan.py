"""B6: the scheduler's question, what is due, must not cost more where a hundred times as much is open."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from functools import partial

from sqlalchemy import insert

from storage import Store
from storage.obligations import obligations
from storage.wakes import wakes
from tests.bench import stage
from tests.bench.report import Aim, Line
from tests.bench.rounds import Run, alternate_async, percentile, scaled
from tests.postgres_server import Server

NOW = datetime(2026, 3, 2, 2, 20, tzinfo=UTC)
DUE = 50
"""Wakes whose moment has come, in the large database as in the small one."""

FEW = 1_000


def measure(run: Run) -> Iterator[Line]:
    """Yield the lines of B6."""
    yield from asyncio.run(_measure(run, None))
    with stage.postgres_server() as server:
        yield from asyncio.run(_measure(run, server))


async def _measure(run: Run, server: Server | None) -> list[Line]:
    many = run.size(100_000, 20_000)
    lines = []
    async with AsyncExitStack() as stack:
        stores = []
        for count in (many, FEW):
            made = stage.postgres(server, "due") if server else stage.sqlite(run.folder, "due")
            store = await stack.enter_async_context(made)
            await fill(store, count)
            stores.append(store)
        large, small = stores
        times = run.size(200, 50)
        for now, what in ((NOW, f"{DUE} due"), (NOW - timedelta(days=1), "none due")):
            for store in stores:
                await _scans(store, now, 20)
            mine, others = await alternate_async(
                run.rounds, partial(_scans, large, now, times), partial(_scans, small, now, times)
            )
            lines.append(
                Line(
                    number="B6", measure=f"due scan, {many:,} open, {what}, {'PostgreSQL' if server else 'SQLite'}",
                    unit="ms", ours=scaled(mine, 1e3), peer=scaled(others, 1e3), against=f"the same with {FEW:,}",
                    aim=Aim(at_most=1.5),
                    note="one scan asks when the next is due, and for what is due where that is past",
                )
            )  # fmt: skip
    return lines


async def fill(store: Store, count: int, due: int = DUE, now: datetime = NOW) -> None:
    """Write ``count`` open obligations of a tenth as many incidents, each with its wake.

    Args:
        due: so many of them are due.
        now: the moment.
    """
    moments = [now - timedelta(seconds=n) if n < due else now + timedelta(seconds=n) for n in range(count)]
    names = [(f"incident:{n % max(1, count // 10)}", f"rule:{n}") for n in range(count)]
    for start in range(0, count, 10_000):
        part = list(zip(names, moments, strict=True))[start : start + 10_000]
        async with store.writing() as tx:
            connection = tx._session.connection
            await connection.execute(
                insert(wakes), [{"stream": s, "key": k, "at": at, "kind": "obligation"} for (s, k), at in part]
            )
            await connection.execute(
                insert(obligations),
                [
                    {"stream": s, "key": k, "rule": "phone", "clause": "4.1", "report": "首报", "due": at,
                     "status": "open", "next_wake": at}
                    for (s, k), at in part
                ],
            )  # fmt: skip
    async with store.writing() as tx:
        await tx._session.connection.exec_driver_sql("ANALYZE")


async def _scans(store: Store, now: datetime, times: int) -> float:
    """Return the seconds that a scan takes, the median, which a busy machine moves less than the average."""
    taken = []
    for _ in range(times):
        before = time.perf_counter()
        async with store.reading() as rx:
            next_at = await rx.wakes.next_at()
            if next_at is not None and next_at <= now:
                await rx.wakes.due(now, 200)
        taken.append(time.perf_counter() - before)
    return percentile(taken, 0.5)
