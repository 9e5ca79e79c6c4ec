"""B4: how late reminders come when very many fall due at once and the loop is stalled; and whether any is dropped."""

from __future__ import annotations

import asyncio
import math
import shutil
import time
from collections.abc import AsyncIterator, Collection, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from bot.callback_data import new_id
from bot.cases import records
from bot.cases.index import derive
from bot.cases.plan_registry import PlanRegistry
from bot.clock import SystemClock
from bot.scheduler import Scheduler
from bot.service import NewReport, Result, Service
from bot.service.reports import to_command
from bot.service.requests import Fence
from plans.core.command import Actor
from plans.core.policy import DEFAULT_POLICY
from plans.incident.case import Outcome
from plans.kinds import decide
from plans.load import canonical, load_all
from plans.model import Plan
from plans.obligations.wakes import wakes
from storage import Store, open_store
from tests.bench import stage
from tests.bench.office import NIGHT, PLAN, REPORT
from tests.bench.peers import jobs
from tests.bench.report import Aim, Line
from tests.bench.rounds import Run, alternate_async, percentile
from tests.stage import bind, enter, enter_group, grant, sit

A_MINUTE = 10_000
"""Reminders that fall due in a minute; fewer are spread over as much less."""

OFFICES = 100
STALL, EVERY = 1.5, 10.0
"""The loop stands still for so many seconds, once in so many."""

SENDS = 30.0
"""Messages a second that Telegram's limits let out."""


class _From(SystemClock):
    """Real time that begins at another moment."""

    def __init__(self, start: datetime) -> None:
        self._start, self._begun = start, time.monotonic()

    def now(self) -> datetime:
        """Return the moment."""
        return self._start + timedelta(seconds=time.monotonic() - self._begun)


@dataclass(frozen=True)
class _Late:
    """Seconds of lateness of each reminder in the order of their moments; None = it never came."""

    seconds: Sequence[float | None]
    due: Sequence[float]

    def came(self) -> list[float]:
        """Return the lateness of those that came."""
        return [late for late in self.seconds if late is not None]

    def beyond(self) -> list[float]:
        """Return how much later than the send limits alone would have it."""
        found, free = [], 0.0
        for due, late in zip(self.due, self.seconds, strict=True):
            free = max(due, free + 1 / SENDS)
            if late is not None:
                found.append(max(0.0, due + late - free))
        return found

    @property
    def dropped(self) -> int:
        """How many never came."""
        return sum(late is None for late in self.seconds)


def measure(run: Run) -> Iterator[Line]:
    """Yield the lines of B4."""
    yield from asyncio.run(_measure(run))


async def _measure(run: Run) -> list[Line]:
    count = A_MINUTE if run.full else run.size(2_000, 200)
    spread = 60.0 * count / A_MINUTE
    run.say(f"writing {count:,} incidents")
    template, moments = await _written(run.folder, count, spread)
    mine, others = await alternate_async(
        run.rounds, partial(_ours, run, template, moments, spread), partial(_theirs, run, count, spread)
    )
    note = (
        f"{count:,} reminders due in {spread:g} s, the loop stalled for {STALL:g} s every {EVERY:g} s. Ours: until the"
        " message is committed to the outbox; theirs: until the callback runs; every commit of both is synced to the"
        f" same disk. Beyond the limits: later than a queue that lets {SENDS:g} out a second"
    )
    found = []
    for name, share in (("p50", 0.5), ("p99", 0.99), ("max", 1.0)):
        found.append(
            Line(
                number="B4", measure=f"reminder lateness, {name}", unit="s",
                ours=tuple(percentile(each.came(), share) for each in mine),
                peer=tuple(percentile(each.came() or [math.inf], share) for each in others),
                against="JobQueue", note=note,
            )
        )  # fmt: skip
    found.append(
        Line(
            number="B4", measure="p99 beyond what the send limits allow", unit="s",
            ours=tuple(percentile(each.beyond(), 0.99) for each in mine), aim=Aim(on="ours", below=1), note=note,
        )
    )  # fmt: skip
    found.append(
        Line(
            number="B4", measure=f"dropped of {count:,}", unit="", ours=tuple(float(each.dropped) for each in mine),
            peer=tuple(float(each.dropped) for each in others), against="JobQueue",
            aim=Aim(on="ours", at_most=0, worst=True), note=note,
        )
    )  # fmt: skip
    return found


async def _ours(run: Run, template: Path, moments: dict[str, datetime], spread: float) -> _Late:
    path = run.folder / f"round-{new_id()}.db"
    shutil.copy(template, path)
    first = min(moments.values())
    done: dict[str, datetime] = {}
    async with await open_store(f"sqlite+aiosqlite:///{path}") as store:
        clock = _From(first - timedelta(seconds=1))
        service = _Watched(store, clock, done)
        scheduler = Scheduler(service, clock)
        async with _stalls(spread):
            serving = asyncio.create_task(scheduler.run())
            deadline = time.monotonic() + spread + len(moments) / 5
            while len(done) < len(moments) and time.monotonic() < deadline:  # noqa: ASYNC110  # it must not disturb
                await asyncio.sleep(0.2)
            scheduler.stop()
            await serving
    path.unlink()
    ordered = sorted(moments, key=lambda stream: moments[stream])
    return _Late(
        [(done[stream] - moments[stream]).total_seconds() if stream in done else None for stream in ordered],
        [(moments[stream] - first).total_seconds() for stream in ordered],
    )


class _Watched(Service):
    """Notes when the first wake of each incident was served."""

    def __init__(self, store: Store, clock: SystemClock, done: dict[str, datetime]) -> None:
        super().__init__(store, PlanRegistry(load_all()), clock, new_id=new_id)
        self._done = done

    async def wake(
        self, stream: str, *, cause: str, late: bool = False, ahead: bool = True, fence: Fence | None = None
    ) -> Result:
        """See ``Service.wake``."""
        result = await super().wake(stream, cause=cause, late=late, ahead=ahead, fence=fence)
        self._note([result])
        return result

    async def wake_together(
        self, due: Mapping[str, str], near: Collection[str], *, late: bool = False, more: bool = False,
        ahead: bool = True, fence: Fence | None = None,
    ) -> tuple[list[Result], dict[str, Exception]]:  # fmt: skip
        """See ``Service.wake_together``; what it said ahead of its time counts as served then."""
        results, failed = await super().wake_together(due, near, late=late, more=more, ahead=ahead, fence=fence)
        self._note(results)
        return results, failed

    def _note(self, results: Sequence[Result]) -> None:
        now = self.clock.now()
        for result in results:
            if result.steps and result.steps[0].outcome and result.steps[0].outcome.recorded:
                self._done.setdefault(result.steps[0].stream, now)


async def _theirs(run: Run, count: int, spread: float) -> _Late:
    path = run.folder / f"jobs-{new_id()}.db"
    reminders = jobs.Reminders(path)
    first = time.time() + 2 + count / 200
    moments = [first + spread * number / count for number in range(count)]
    try:
        await reminders.start(moments)
        await asyncio.sleep(max(0.0, first - time.time() - 1))
        async with _stalls(spread):
            quiet = time.monotonic()
            seen = -1
            while time.time() < moments[-1] + 2 or time.monotonic() - quiet < 3:
                if len(jobs.DONE) != seen:
                    seen, quiet = len(jobs.DONE), time.monotonic()
                await asyncio.sleep(0.2)
    finally:
        await reminders.stop()
    late = [jobs.DONE[number] - moment if number in jobs.DONE else None for number, moment in enumerate(moments)]
    return _Late(late, [moment - first for moment in moments])


@asynccontextmanager
async def _stalls(spread: float) -> AsyncIterator[None]:
    """Block the loop again and again while the reminders fall due."""

    async def block() -> None:
        count = max(1, round(spread / EVERY))
        for _ in range(count):
            await asyncio.sleep(spread / (count + 1))
            time.sleep(STALL)  # noqa: ASYNC251  # this is the stall

    task = asyncio.create_task(block())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _written(folder: Path, count: int, spread: float) -> tuple[Path, dict[str, datetime]]:
    """Make a database of incidents of many offices; return it with the moment of each one's first wake."""
    url = await stage.sqlite_url(folder, "template")
    plan = load_all()[PLAN]
    registry = PlanRegistry({plan.id: plan})
    moments: dict[str, datetime] = {}
    async with await open_store(url) as store:
        await _seat(store, plan, registry)
        for start in range(0, count, 50):
            async with store.writing() as tx:
                for number in range(start, min(start + 50, count)):
                    now = NIGHT + timedelta(seconds=spread * number / count)
                    found = _reported(plan, registry, number, now)
                    cause = f"bench:{number}"
                    await tx.journal.append(found.after.stream, 0, records.to_entries(found.recorded, cause))
                    await derive(tx, found.after, DEFAULT_POLICY)
                    moments[found.after.stream] = min(point.at for point in wakes(found.after, DEFAULT_POLICY))
    return Path(url.removeprefix("sqlite+aiosqlite:///")), moments


def _reported(plan: Plan, registry: PlanRegistry, number: int, now: datetime) -> Outcome:
    office = f"某{number % OFFICES}区"
    new = NewReport(plan_id=plan.id, jurisdiction=office, text=REPORT, said_at=NIGHT)
    command = to_command(
        new, plan, plan_hash=registry.hash_of(plan.id), number=number + 1, year=2026, received_at=now, duplicates=()
    )
    command = replace(command, reported_at=now, occurred_at=now)
    actor = Actor(id="person:school", name="学校", roles=frozenset(["reporter"]))
    found: Any = decide(plan, None, command, actor, now=now, stream=f"incident:{number}", cause=f"bench:{number}")
    if not isinstance(found, Outcome):
        raise AssertionError(found)
    return found


async def _seat(store: Store, plan: Plan, registry: PlanRegistry) -> None:
    """Give each office a command group and a duty officer on his seat."""
    async with store.writing() as tx:
        await tx.plans.keep(registry.hash_of(plan.id), plan.id, plan.version, canonical(plan), NIGHT)
        for number in range(OFFICES):
            office = f"某{number}区"
            group = await enter_group(tx, chat=-1 - number, title="指挥群", at=NIGHT)
            await bind(tx, group, plan, "command", at=NIGHT, office=office)
            person = await enter(tx, chat=1 + number, name="值班员", at=NIGHT)
            await grant(tx, person, plan, "duty", at=NIGHT, office=office)
            await sit(tx, person, plan, at=NIGHT, office=office)
