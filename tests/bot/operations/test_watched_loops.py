"""Every loop that works something off is watched: one that hangs or dies makes the program not ready, by its name."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

import pytest

from bot.leadership import Elected, Loop
from bot.main.chores import Chores
from bot.notifier.webhook import Answered
from bot.office.api_work import ApiWork
from bot.operations.heartbeat import Heartbeat
from bot.pulse import DYING, TURN, Pulse
from bot.second_reader import SecondReader
from bot.sender.lines import LineWork
from bot.sender.webhooks import WebhookSender
from bot.updates.collector import Collector
from bot.updates.inline_query_queue import InlineQueryQueue
from bot.vitals import Health
from storage.webhooks import NewWebhookMessage, Webhook
from tests.bot.rig import AT, JURISDICTION, Rig, until
from tests.journeys.world import Town


class Poster:
    async def ask(self, method: str, url: str, headers: dict[str, str], body: bytes = b"", most: int = 0) -> Answered:
        return await self.post(url, headers, body)

    async def post(self, url: str, headers: dict[str, str], body: bytes) -> Answered:
        await asyncio.Event().wait()
        raise AssertionError


async def never(*_: Any) -> Any:
    await asyncio.Event().wait()


async def dies(*_: Any) -> Any:
    raise OSError("no room")


Make = Callable[[Rig, Pulse], Any]
LOOPS: dict[str, Make] = {
    "api": lambda rig, pulse: ApiWork(rig.service, "one", pulse=pulse),
    "lines": lambda rig, pulse: LineWork(rig.service, Poster(), Random(1), pulse=pulse),
    "webhooks": lambda rig, pulse: WebhookSender(rig.service, Poster(), Random(1), pulse=pulse),
    "files": lambda rig, pulse: Collector(
        rig.store, rig.service, rig.bot_api, rig.clock, Path("nowhere"), pulse=pulse
    ),
    "second-reader": lambda rig, pulse: SecondReader(
        rig.store, rig.service, rig.clock, never, "a model", pulse=pulse
    ),
}  # fmt: skip


async def test_the_program_watches_what_it_runs() -> None:
    """A loop is here by the name that readiness and metrics call it, or it is one of those that need no watching."""
    async with Town.open() as town:
        assert town.program is not None
        runtime, work = town.program.runtime, town.program.work
        unwatched = (Heartbeat, Chores, InlineQueryQueue)
        loops: list[Loop] = [*work.loops, *runtime.loops]
        names = {type(loop).__name__ for loop in loops if not isinstance(loop, (*unwatched, Elected))}
        assert names == {
            "Sender",
            "Scheduler",
            "Processor",
            "Collector",
            "Poller",
            "WebhookSender",
            "ApiWork",
            "LineWork",
        }
        expected = {"sender", "scheduler", "processor", "files", "poller", "webhooks", "lines", "api"}
        assert set(runtime.health.pulse.ages()) == expected
        assert await runtime.health.troubles() == []


@pytest.mark.parametrize("name", LOOPS)
async def test_one_that_hangs_is_named(name: str, monotonic: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    async with Rig.open() as rig:
        pulse = Pulse(monotonic)
        loop = LOOPS[name](rig, pulse)
        health = Health(store=rig.store, clock=rig.clock, pulse=pulse)
        monkeypatch.setattr(loop, "_turn", never)
        task = asyncio.create_task(loop.run())
        await until(lambda: name in pulse.ages())
        monotonic.seconds += getattr(loop, "longest", TURN).total_seconds()
        assert await health.troubles() == []
        monotonic.seconds += 1
        [said] = await health.troubles()
        assert said.startswith(f"{name}: no sign of life for ") and await health.stuck() == "silent"
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert await health.troubles() == [], "who is stopped is not missed"


@pytest.mark.parametrize("name", LOOPS)
async def test_one_that_dies_whenever_it_is_begun_is_named_until_it_comes_round(
    name: str, monotonic: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with Rig.open() as rig:
        pulse = Pulse(monotonic)
        loop = LOOPS[name](rig, pulse)
        health = Health(store=rig.store, clock=rig.clock, pulse=pulse)
        with monkeypatch.context() as patch:
            patch.setattr(loop, "_turn", dies)
            for _ in range(3):
                with suppress(OSError):
                    await loop.run()
                monotonic.seconds += 30
        assert await health.troubles() == [f"{name}: no sign of life for 90 s"] and DYING.total_seconds() < 90
        task = asyncio.create_task(loop.run())
        await until(lambda: not pulse.late())
        assert await health.troubles() == []
        loop.stop()
        await task


async def test_a_request_that_never_ends_is_a_sign_of_a_loop_that_hangs(monotonic: Any) -> None:
    async with Rig.open() as rig:
        pulse = Pulse(monotonic)
        webhook = Webhook(id="a", jurisdiction=JURISDICTION, url="a", types=[], key="0" * 32, made_by="", created_at=AT)
        message = NewWebhookMessage(
            webhook_id="a", message="m1", stream="incident:1", type="x", body="{}", created_at=AT
        )
        async with rig.store.writing() as tx:
            await tx.webhooks.add(webhook)
            await tx.webhooks.enqueue([message])
        loop = LOOPS["webhooks"](rig, pulse)
        task = asyncio.create_task(loop.run())
        await until(lambda: bool(loop._air.tasks))
        monotonic.seconds += TURN.total_seconds() + 1
        assert "webhooks" in pulse.late(), "the poster ends each request in seconds: this one it does not"
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
