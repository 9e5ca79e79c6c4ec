"""B17: how long a picture takes to be laid out and drawn, and how long the loop stands still meanwhile.

The largest of each kind: 20 clocks over five days, 42 bearers by 15 duties, a month of 60 incidents and 30 units. It is
counted in time of the processor, of the other process that draws too; what the clock says is told beside it.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

from bot.pictures import Picture, duties_picture, incident_picture, month_picture
from bot.render import View
from tests.bench.report import Aim, Line
from tests.bench.rounds import Run
from tests.bot.pictures.crowded import crowded
from tests.bot.pictures.months import month
from tests.bot.pictures.test_figures import matrix


def measure(run: Run) -> Iterator[Line]:
    """Yield the lines of B17."""
    life = crowded()
    view = View(plan=life.plan, incident=life.incident, now=life.now + timedelta(minutes=3))
    largest, figures = matrix(42, 15, deep=3), month(60, 30)
    made: dict[str, Callable[[], Picture]] = {
        "an incident of five days": lambda: incident_picture(view),
        "42 bearers by 15 duties": lambda: duties_picture(largest),
        "a month": lambda: month_picture(figures),
    }
    for what, make in made.items():
        run.say(what)
        rounds = [asyncio.run(_drawn(make)) for _ in range(run.size(10, 3))]
        yield Line(
            number="B17", measure=f"{what}: laid out and drawn", unit="s", ours=tuple(used for used, _, _ in rounds),
            aim=Aim(on="ours", at_most=1), note=f"by the clock {min(whole for _, whole, _ in rounds):.2f} s",
        )  # fmt: skip
        yield Line(
            number="B17", measure=f"{what}: the loop stands still", unit="ms",
            ours=tuple(1e3 * still for _, _, still in rounds), aim=Aim(on="ours", at_most=100),
        )  # fmt: skip


async def _drawn(make: Callable[[], Picture]) -> tuple[float, float, float]:
    """Return seconds of the processor, seconds by the clock, and the longest time that the loop stood still."""
    still = 0.0

    async def beat() -> None:
        nonlocal still
        while True:
            before = time.perf_counter()
            await asyncio.sleep(0.002)
            still = max(still, time.perf_counter() - before - 0.002)

    beating = asyncio.create_task(beat())
    await asyncio.sleep(0.01)
    used, begun = _used(), time.perf_counter()
    picture = await asyncio.to_thread(make)
    await asyncio.to_thread(picture.png)
    whole = time.perf_counter() - begun
    beating.cancel()
    return _used() - used, whole, still


def _used() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system
