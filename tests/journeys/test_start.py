"""A start while Telegram is in trouble: the program is there, what it has to tell once is told later."""

from __future__ import annotations

import asyncio
import json
import signal
import sys

import pytest

from bot.clock import SystemClock
from bot.playground import Limits, LocalBotApi, World
from bot.playground.faults import Fault
from tests.chaos.nursery import bear
from tests.journeys.victim import STARTED, environment
from tests.journeys.world import PLAN, TOKEN, Forgiven, Town

TROUBLES: dict[str, tuple[Fault, ...]] = {
    "429": (Fault(kind="status", status=429, retry_after=40, times=2),),
    "500": (Fault(kind="status", status=500, times=5),),
    "404": (Fault(kind="status", status=404, times=5),),
    "502 with a page": (Fault(kind="garbage", status=502, times=5),),
    "closed": (Fault(kind="reset", times=5),),
    "refused": (Fault(kind="refused", times=5),),
    "no answer, though it arrived": (Fault(kind="drop", times=5),),
}


def menus(town: Town) -> int:
    return sum(call.method == "setMyCommands" and call.status == 200 for call in town.world.calls)


@pytest.mark.parametrize("method", ["setMyCommands", "deleteWebhook"])
@pytest.mark.parametrize("trouble", TROUBLES)
async def test_what_is_told_once_is_tried_until_it_is_taken_and_the_first_bind_is_answered(trouble, method):
    async with Town.open(seated=False) as town:
        town.forgiven = Forgiven(calls=("",), logs=("chore.refused", "start.not_prepared"))
        await town.stop()
        told = menus(town)
        for fault in TROUBLES[trouble]:
            town.world.faults.add(Fault(**{**vars(fault), "method": method}))
        await town.start()
        await town.say(town.admin, town.group, f"/bind@tocsin_bot {PLAN}")
        assert "已绑定" in town.sees(town.admin, "已绑定", town.group).text
        await town.advance(hours=1)
        assert menus(town) - told >= 3, "each kind of chat has its menu in the end"
        taken = [call.status for call in town.world.calls if call.method == "deleteWebhook"]
        assert taken[-1] == 200
        town.world.faults.clear()


async def test_an_update_that_lay_there_before_the_start_is_answered_too():
    async with Town.open(seated=False) as town:
        await town.stop()
        town.world.faults.add(Fault(kind="status", status=500, method="setMyCommands", times=-1))
        town.forgiven = Forgiven(calls=("",), logs=("chore.refused",))
        town.admin.send(town.group, f"/bind@tocsin_bot {PLAN}")
        await town.start()
        await town.settle()
        town.sees(town.admin, "已绑定", town.group)
        town.world.faults.clear()


async def test_a_start_waits_as_long_as_telegram_asks(monkeypatch):
    waited = []

    async def sleep(seconds):
        waited.append(seconds)

    async with Town.open(seated=False) as town:
        await town.stop()
        town.forgiven = Forgiven(calls=("",), logs=("start.waits",))
        town.world.faults.add(Fault(kind="status", status=429, retry_after=33, method="getMe", times=2))
        monkeypatch.setattr(sys.modules["bot.main.program"], "_sleep", sleep)
        try:
            await town.start()
        finally:
            monkeypatch.undo()
        assert waited == [33, 33]


async def test_during_an_outage_each_line_of_the_log_is_one_document(tmp_path):
    """As an operator reads it: the program as a process, Telegram gone and back, its standard error line by line."""
    world = World(SystemClock(), limits=Limits.unlimited())
    bot = world.add_bot(TOKEN, username="tocsin_bot", name="警钟")
    somebody = world.add_user("赵校长")
    async with LocalBotApi(world) as api:
        child = await bear(["run"], environment(api_url=api.url, token=TOKEN, admins=str(somebody.id)), tmp_path)
        await child.says(STARTED)
        outage = [
            world.faults.add(Fault(kind="garbage", method=method, times=-1, status=502))
            for method in (None, "getUpdates")
        ]
        somebody.start(bot)
        await asyncio.sleep(3)
        assert any(fault.hits for fault in outage)
        world.faults.clear()
        await somebody.sees(bot, "这里是警钟", within=60)
        assert await child.end(signal.SIGTERM) == 0
    words = [line for line in child.said if line and not line.startswith(("警钟", "机器人"))]
    assert words, "an outage is worth a line"
    for line in words:
        assert {"event", "level", "timestamp"} <= set(json.loads(line)), line
        assert TOKEN not in line
