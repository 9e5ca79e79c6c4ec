"""SIGKILL at named points of a real process: what was confirmed is there, once, whichever point it was."""

from __future__ import annotations

import asyncio
import random
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import crash_points, open_store
from tests.chaos.inspector import inspect, look
from tests.journeys.victim import Scene, scene
from tests.thorough import THOROUGH

LEASE = 2.0
"""Seconds after which a killed process is replaced on PostgreSQL: what the test waits for at each point."""

COMES_BY = (
    "caller.met", "intake.kept", "program.alive", "sender.recovered", "sender.turn", "service.command", "service.words",
    "send.",
)  # fmt: skip
"""What a process comes by that hears reports and strangers."""


ONCE = ("intake.kept", "program.alive", "sender.recovered")
"""What a life comes to once: all that waits comes in one batch."""


def fates(chance: random.Random, most: int) -> Iterator[tuple[str, int]]:
    """Yield points at which it is killed, and at the how manieth time; all of them in ``make chaos``."""
    points = [point for point in crash_points.POINTS if point.startswith(COMES_BY)]
    for point in chance.sample(points, len(points) if THOROUGH else most):
        yield point, 1 if point.startswith(ONCE) else chance.randint(1, 2)


def say_something(here: Scene, number: int) -> list[str]:
    """Let three report and two strangers write, so that every point is passed twice; return the reports.

    In the command group it is somebody else each time: there nobody has a role, and of who reports a fourth time within
    ten minutes the ring would wait for up to a minute (``bot.outgoing.reporting``).
    """
    beyond = here.people[2:]
    texts = [f"第{number}{name}小学楼梯踩踏，2名学生受伤" for name in "甲乙丙"]
    here.people[0].send(here.bot, texts[0])
    here.people[1].send(here.schools[0], f"/report {texts[1]}")
    beyond[number % len(beyond)].send(here.command, f"/report {texts[2]}")
    for name in ("过路人", "路过人"):
        here.world.add_user(f"{name}{number}").start(here.bot)
    return texts


async def is_whole(here: Scene, said: list[str], first: int) -> None:
    """Each report is one incident, nothing is lost, doubled, stuck or broken."""
    async with await open_store(here.url, read_only=True) as store:
        assert await inspect(store, here.world, first_update=first) == []
        left = await look(store)
    assert sorted(row.text for row in left.incidents) == sorted(said)
    for row in left.incidents:
        answers = [item for item in left.of(row.stream) if item.notice in ("receipt", "card")]
        assert any(item.state == "sent" for item in answers), (row, answers)


@pytest.mark.timeout(300)
async def test_what_was_confirmed_survives_sigkill_at_each_point(
    any_url: str, tmp_path: Path, chance: random.Random
) -> None:
    async with scene(any_url, tmp_path, lease_seconds="5") as here:
        first, said = here.bot.account.next_update, []
        most = 4 if any_url.startswith("sqlite") else 2
        for number, (point, nth) in enumerate(fates(chance, most), 1):
            said += say_something(here, number)
            await here.victim.start(point=point, nth=nth, lease=LEASE)
            async with asyncio.timeout(30):
                assert await here.victim.present.over() == -signal.SIGKILL, here.victim.present.said[-5:]
            assert f"killed at {point}" in here.victim.present.said
            await here.victim.start(lease=LEASE)
            async with asyncio.timeout(30):
                await here.settled()
            assert await here.victim.end(signal.SIGTERM) == 0
        await is_whole(here, said, first)
