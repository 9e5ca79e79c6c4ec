"""B11: two processes on one PostgreSQL beside one, and how soon a process that was killed is replaced."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from bot.clock import SystemClock
from bot.updates.intake import Intake
from handlers.addressed import addressed
from storage import Store, open_store
from tests.bench import stage
from tests.bench.report import Aim, Line
from tests.bench.rounds import Run, alternate_async
from tests.journeys.victim import Scene, Victim, scene
from tests.postgres_server import Server

TTL = 5
"""Seconds of a lease, the shortest that the settings allow."""

PEOPLE = 40
"""Reporters, each in a chat of his own: what one chat says is worked off in order."""

CORES = 4
"""So many must be there before two processes can be asked to do nearly twice the work: they share them with the
database and the local Telegram."""


@dataclass(frozen=True)
class Worked:
    """What came of a heap of updates: how many a second were worked off, and which share of the cores was busy."""

    rate: float
    busy: float


def measure(run: Run) -> Iterator[Line]:
    """Yield the lines of B11."""
    with stage.postgres_server() as server:
        yield from asyncio.run(_shared(run, server))
        yield from asyncio.run(_replaced(run, server))


async def _shared(run: Run, server: Server) -> list[Line]:
    each = run.size(25, 4)
    two, one = await alternate_async(
        run.rounds, partial(_worked, run, server, each, 2), partial(_worked, run, server, each, 1)
    )
    cores = os.cpu_count() or 1
    busy = f"{median(item.busy for item in one):.0%} with one, {median(item.busy for item in two):.0%} with two"
    return [
        Line(
            number="B11", measure=f"{each * PEOPLE:,} changes to {PEOPLE} incidents worked off by two processes",
            unit="/s", ours=tuple(item.rate for item in two), peer=tuple(item.rate for item in one),
            against="one process", aim=Aim(at_least=1.7) if cores >= CORES else None,
            note="sending is held at one a second; numbers of new incidents have no gaps, so that new reports of one "
            f"jurisdiction are written one after the other by however many; PostgreSQL and the local Telegram share "
            f"the {cores} cores, busy {busy}" + ("" if cores >= CORES else f"; the aim of 1.7 × is for {CORES} cores"),
        )
    ]  # fmt: skip


async def _worked(run: Run, server: Server, each: int, processes: int) -> Worked:
    async with _office(run, server, processes, send_rate="1") as (here, _, store):
        intake = Intake(store, SystemClock(), addressed("tocsin_bot", here.bot.id))
        await intake.keep([_update(here, number, "小学楼梯踩踏，1名学生受伤") for number in range(PEOPLE)])
        await _done(store)
        changes = [
            _update(here, number, f"现有{number // PEOPLE + 1}名学生受伤")
            for number in range(PEOPLE, PEOPLE * (each + 1))
        ]
        idle, before = _idle(), time.perf_counter()
        for start in range(0, len(changes), 100):
            await intake.keep(changes[start : start + 100])
        await _done(store)
        taken = time.perf_counter() - before
        busy = 1 - (_idle() - idle) / (taken * (os.cpu_count() or 1))
        async with store.reading() as rx:
            incidents = await rx.incidents.list(limit=2 * PEOPLE)
            stated = [
                entry
                for row in incidents
                for entry in await rx.journal.load(row.stream)
                if entry.event == "facts-stated"
            ]
        if (len(incidents), len(stated)) != (PEOPLE, PEOPLE * each):
            raise AssertionError(f"{len(stated)} changes of {len(incidents)} incidents were recorded")
        return Worked(len(changes) / taken, busy)


async def _replaced(run: Run, server: Server) -> list[Line]:
    rounds = 2 if run.quick else run.rounds
    taken, copies = [], 0
    for number in range(rounds):
        run.say(f"failover {number + 1} of {rounds}")
        async with _office(run, server, 2) as (here, processes, store):
            leader = await _leader(store, processes)
            assert await leader.end(signal.SIGKILL) == -signal.SIGKILL
            before = time.perf_counter()
            # Not the first person, who is the administrator, and is told of the gap sooner.
            here.people[1].send(here.bot, "实验小学楼梯踩踏，2名学生受伤")
            async with asyncio.timeout(60):
                while not any(str(chat) == str(here.people[1].id) for chat, _ in _sent(here)):  # noqa: ASYNC110
                    await asyncio.sleep(0.02)
            taken.append((time.perf_counter() - before) / TTL)
            await asyncio.sleep(1)  # for what should not come
            sent = _sent(here)
            copies += sum(count - 1 for count in sent.values())
            async with store.reading() as rx:
                if not (known := await rx.incidents.list()):
                    raise AssertionError("answered, and no incident is on record")
                copies += len(known) - 1
    return [
        Line(
            number="B11", measure="from a leader's kill -9 to the other's first answer, in lease times", unit="× TTL",
            ours=tuple(taken), aim=Aim(on="ours", at_most=2, worst=True), note=f"TTL {TTL} s; the worst round decides",
        ),
        Line(
            number="B11", measure="effects that came twice", unit="", ours=(float(copies),),
            aim=Aim(on="ours", at_most=0, worst=True),
        ),
    ]  # fmt: skip


@asynccontextmanager
async def _office(
    run: Run, server: Server, processes: int, **settings: str
) -> AsyncIterator[tuple[Scene, Sequence[Victim], Store]]:
    """Yield so many processes at rest on a new database."""
    url = await stage.postgres_url(server, "several")
    async with AsyncExitStack() as stack:
        given = {"lease_seconds": str(TTL), "log_level": "warning", **settings}
        here = await stack.enter_async_context(scene(url, run.folder, PEOPLE, 1, **given))
        store = await stack.enter_async_context(await open_store(url))
        started = []
        for number in range(processes):
            process = here.victim if number == 0 else here.victim.twin()
            await process.start()
            stack.push_async_callback(_ended, process)
            started.append(process)
        while len(await _holders(store)) < 4:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
        yield here, started, store


async def _ended(process: Victim) -> None:
    if process.runs:
        await process.end(signal.SIGTERM)


async def _holders(store: Store) -> dict[str, int]:
    async with store.reading() as rx:
        return {lease.name: int(lease.holder.split(":")[1]) for lease in await rx.leases.held()}


async def _leader(store: Store, processes: Sequence[Victim]) -> Victim:
    [pid] = set((await _holders(store)).values())
    return next(process for process in processes if process.present.pid == pid)


async def _done(store: Store) -> None:
    while await _pending(store):  # noqa: ASYNC110  # another process does not ring
        await asyncio.sleep(0.02)


async def _pending(store: Store) -> int:
    async with store.reading() as rx:
        return (await rx.inbox.backlog()).pending


def _sent(here: Scene) -> Counter[tuple[Any, Any]]:
    calls = [call for call in here.world.calls if call.method == "sendMessage" and call.status == 200]
    return Counter((call.params["chat_id"], call.params["text"]) for call in calls)


def _update(here: Scene, number: int, text: str) -> dict[str, Any]:
    person = here.people[number % len(here.people)]
    chat = {"id": person.id, "type": "private", "first_name": person.name}
    who = {"id": person.id, "is_bot": False, "first_name": person.name}
    message = {"message_id": 10**6 + number, "date": 1772391960, "chat": chat, "from": who, "text": text}
    found: dict[str, Any] = json.loads(json.dumps({"update_id": 10**6 + number, "message": message}))
    return found


def _idle() -> float:
    """Return for how many seconds the cores have been idle, all of them together."""
    fields = Path("/proc/stat").read_text().split("\n", 1)[0].split()
    return (int(fields[4]) + int(fields[5])) / os.sysconf("SC_CLK_TCK")
