"""B12: what two thousand open incidents cost, against twenty: 接班, a report, three minutes of reminders.

An office that never archives has them after some years. In both arms twenty are of this night and have reminders that
fall due; the others are months old. The arms differ in nothing else, so that the ratio is what the old ones cost.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from bot.callback_data import new_id
from bot.cases import records
from bot.cases.index import derive
from bot.service.reports import NewReport, to_command
from plans.core.command import Actor
from plans.core.policy import DEFAULT_POLICY
from plans.incident.case import Outcome
from plans.kinds import decide
from plans.load import canonical
from storage.wakes import Wake
from tests.bench import stage
from tests.bench.report import Aim, Line
from tests.bench.rounds import Run, alternate_async
from tests.journeys.world import JURISDICTION, NIGHT, PLAN, Forgiven, Town

FEW, MANY, REPORTS, MINUTES = 20, 2_000, 5, 3
OLD = timedelta(days=200)


@dataclass(frozen=True)
class _Taken:
    """Seconds."""

    shift: float
    report: float
    wakes: float


def measure(run: Run) -> Iterator[Line]:
    """Measure."""
    many = run.size(MANY, 200)
    ours, theirs = asyncio.run(
        alternate_async(1 if run.quick else min(run.rounds, 3), lambda: _arm(run, many), lambda: _arm(run, FEW))
    )
    for name, what in (("shift", "接班"), ("report", "one report"), ("wakes", f"{MINUTES} minutes of reminders")):
        yield Line(
            number="B12", measure=f"{what} with {many} open incidents", unit="ms",
            ours=tuple(1000 * getattr(one, name) for one in ours),
            peer=tuple(1000 * getattr(one, name) for one in theirs),
            against=f"the same with {FEW} open", aim=Aim(at_most=2),
        )  # fmt: skip


async def _arm(run: Run, count: int) -> _Taken:
    url = await stage.sqlite_url(run.folder, f"open-{new_id()}")
    async with Town.open(url) as town:
        town.forgiven = Forgiven(logs=("wake.late",))
        await written(town, count)
        await town.say(town.duty, town.bot, "/me")
        shift = await _timed(town.say(town.second, town.bot, "/shift"))
        report = 0.0
        for number in range(REPORTS):
            said = f"第{number + 1}小学食堂起火，{number + 1}名学生受伤"
            report += await _timed(town.say(town.head, town.bot, said))
        wakes = await _timed(town.advance(minutes=MINUTES))
        await town.stop()
    return _Taken(shift=shift, report=report / REPORTS, wakes=wakes)


async def _timed(work: Any) -> float:
    before = time.perf_counter()
    await work
    return time.perf_counter() - before


async def written(town: Town, count: int) -> None:
    """Enter open incidents: twenty of this night with their reminders, the others old, and quiet for a day."""
    assert town.program is not None
    registry, now = town.program.service.registry, NIGHT
    plan = registry.current(PLAN)
    actor = Actor(id="person:school", name="学校", roles=frozenset(["reporter"]))
    async with town.open_store.writing() as tx:
        await tx.plans.keep(registry.hash_of(plan.id), plan.id, plan.version, canonical(plan), now)
    for start in range(0, count, 50):
        async with town.open_store.writing() as tx:
            for turn in range(start, min(start + 50, count)):
                old = turn < count - FEW
                at = now - OLD + timedelta(minutes=turn) if old else now
                new = NewReport(
                    plan_id=plan.id,
                    jurisdiction=JURISDICTION,
                    text=f"第{turn}号楼起火，{turn % 9 + 1}人受伤",
                    said_at=at,
                )
                number = await tx.incidents.next_number(JURISDICTION, at.year, False)
                command = to_command(
                    new, plan, plan_hash=registry.hash_of(plan.id), number=number, year=at.year, received_at=at,
                    duplicates=(),
                )  # fmt: skip
                found: Any = decide(
                    plan, None, replace(command, occurred_at=at), actor, now=at, stream=f"incident:{turn:05}",
                    cause=f"bench:{turn}",
                )  # fmt: skip
                if not isinstance(found, Outcome):
                    raise AssertionError(found)
                await tx.journal.append(found.after.stream, 0, records.to_entries(found.recorded, f"bench:{turn}"))
                await derive(tx, found.after, DEFAULT_POLICY)
                if old:
                    later = Wake(key="later", at=now + timedelta(days=1), kind="obligation")
                    await tx.wakes.replace(found.after.stream, [later])
