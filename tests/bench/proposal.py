"""B3: from a report to the proposal in the outbox, beside a bare handler that commits as often."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator

from plans.incident.closing import Reject
from plans.incident.judging import Judge
from tests.bench import stage
from tests.bench.office import REPORT, Office
from tests.bench.peers.bare import BareBot
from tests.bench.report import Aim, Line
from tests.bench.rounds import Run, alternate_async, percentile


def measure(run: Run) -> Iterator[Line]:
    """Yield the lines of B3."""
    yield from asyncio.run(_measure(run))


async def _measure(run: Run) -> list[Line]:
    cases = run.size(200, 20)
    async with stage.sqlite(run.folder, "office") as store, BareBot.open(run.folder / "bare.db") as bare:
        office = await Office.open(store)
        await _proposed(office, 5)
        await _answered(bare, 5)
        mine, others = await alternate_async(
            run.rounds, lambda: _proposed(office, cases), lambda: _answered(bare, cases)
        )
    note = (
        "two commits each: the report, then the judgement that makes the proposal; other incidents are closed already"
    )
    return [
        Line(
            number="B3", measure=f"report to proposal in the outbox, {name}", unit="ms",
            ours=tuple(percentile(each, share) * 1e3 for each in mine),
            peer=tuple(percentile(each, share) * 1e3 for each in others), against="bare handler", aim=aim, note=note,
        )
        for name, share, aim in (("p50", 0.5, None), ("p99", 0.99, Aim(at_most=2)))
    ]  # fmt: skip


async def _proposed(office: Office, cases: int) -> list[float]:
    taken = []
    for number in range(cases):
        before = time.perf_counter()
        stream = await office.report()
        await office.do(stream, Judge(fact="capacity", option="local"))
        taken.append(time.perf_counter() - before)
        if number == 0:
            async with office.service.store.reading() as rx:
                if "proposal" not in {row.notice for row in await rx.outbox.of(stream)}:
                    raise AssertionError("no proposal was made")
        await office.do(stream, Reject(reason="演练"))
    return taken


async def _answered(bare: BareBot, cases: int) -> list[float]:
    taken = []
    for _ in range(cases):
        before = time.perf_counter()
        await bare.case(REPORT)
        taken.append(time.perf_counter() - before)
    return taken
