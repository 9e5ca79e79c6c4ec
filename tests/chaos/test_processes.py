"""Two processes on one PostgreSQL: the one that leads is stopped in the middle of sending, and wakes up too late."""

from __future__ import annotations

import asyncio
import random
import signal
from pathlib import Path

import pytest

from bot.playground import Fault
from storage import crash_points, open_store
from tests.chaos.inspector import inspect, look
from tests.journeys.victim import STARTED, Scene, scene
from tests.thorough import THOROUGH

LEASE = 1.5
"""Seconds; a process that was stopped for longer has lost it."""

SHARED = ("intake.caught-up", "lease.taken", "lease.renewed", "update.claimed")
"""Points that only a process among several comes to."""


def report(here: Scene, number: int) -> str:
    """Let somebody report in private."""
    text = f"第{number}小学楼梯踩踏，{number}名学生受伤"
    here.people[number % len(here.people)].send(here.bot, text)
    return text


async def is_whole(here: Scene, said: list[str], first: int) -> None:
    """Every report is one incident and answered; copies are no more than outcomes in doubt."""
    async with await open_store(here.url, read_only=True) as store:
        assert await inspect(store, here.world, first_update=first) == []
        left = await look(store)
    assert sorted(row.text for row in left.incidents) == sorted(said)
    assert all(row.state in ("sent", "dropped") for row in left.outbox), left.outbox


@pytest.mark.timeout(120)
async def test_a_leader_that_was_stopped_past_its_lease_in_the_middle_of_sending_sends_and_writes_nothing_more(
    postgres_town_url: str, tmp_path: Path
) -> None:
    async with scene(postgres_town_url, tmp_path, lease_seconds="5") as here, asyncio.timeout(100):
        first, said = here.bot.account.next_update, []
        await here.victim.start(lease=LEASE)
        await here.victim.says(STARTED)
        other = here.another()
        await other.start(lease=LEASE)
        await other.says(STARTED)
        leader = here.victim.present
        said.append(report(here, 1))
        await here.settled()

        # Its calls hang; in that moment it is stopped. What it had in the air arrives, and it does not learn of it.
        slow = here.world.faults.add(Fault(kind="delay", method="sendMessage", seconds=0.5, times=3))
        said += [report(here, number) for number in range(2, 6)]
        await here.world.until(lambda: slow.hits)
        leader.send(signal.SIGSTOP)
        stopped_at = len(here.world.calls)
        said += [report(here, number) for number in range(6, 9)]

        # The other one takes over, handles what came, and says again only what is in doubt.
        await here.settled()
        assert len(here.world.calls) > stopped_at
        before = len(here.world.calls)

        # It wakes up: what it had in hand is fenced off, and it starts no call of its own. A request begun before it
        # was stopped may arrive now (I8): then it is in doubt, and the other one has said the same in the same chat.
        leader.send(signal.SIGCONT)
        await asyncio.sleep(1)
        async with await open_store(here.url, read_only=True) as store:
            doubts = sum(row.ambiguous for row in (await look(store)).outbox)
        said_before = {(call.chat, call.params.get("text")) for call in here.world.calls[:before]}
        late = [
            (call.chat, call.params.get("text")) for call in here.world.calls[before:] if call.method == "sendMessage"
        ]
        assert set(late) <= said_before and len(late) == len(set(late)) <= doubts, late
        said.append(report(here, 9))
        await here.settled()
        for one in (here.victim, other):
            assert await one.end(signal.SIGTERM) == 0, one.present.said[-5:]
        await is_whole(here, said, first)


@pytest.mark.timeout(240)
async def test_one_of_two_that_dies_where_they_share_is_replaced_by_the_other(
    postgres_town_url: str, tmp_path: Path, chance: random.Random
) -> None:
    points = [point for point in crash_points.POINTS if point.startswith(SHARED)]
    async with scene(postgres_town_url, tmp_path, lease_seconds="5") as here, asyncio.timeout(200):
        first, said, number = here.bot.account.next_update, [], 0
        await here.victim.start(lease=LEASE)
        await here.victim.says(STARTED)
        for point in points if THOROUGH else chance.sample(points, 2):
            # The one that is to die comes second, and leads as soon as the first is gone.
            other = here.another()
            await other.start(lease=LEASE, point=point)
            for _ in range(3):
                number += 1
                said.append(report(here, number))
            if other.runs:
                await asyncio.sleep(0.2)
                await here.victim.end(signal.SIGKILL)
                said.append(report(here, number := number + 1))
                assert await other.present.over() == -signal.SIGKILL, other.present.said[-5:]
                await here.victim.start(lease=LEASE)
                await here.victim.says(STARTED)
            assert f"killed at {point}" in other.present.said
            await here.settled()
        assert await here.victim.end(signal.SIGTERM) == 0
        await is_whole(here, said, first)
