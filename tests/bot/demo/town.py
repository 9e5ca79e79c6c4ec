"""A town for the page's tests: people, a bot that answers by a short script, and a stage that keeps what it was asked.

``python -m tests.bot.demo.town`` serves it, to look at the page while it is changed.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from aiohttp import web

from bot.clock import Pace, VirtualClock
from bot.demo import page
from bot.demo.stage import OPENING, Deadline, Look, Part, Scene, Screen, Step
from bot.playground import Bot, Limits, Person, World
from bot.playground.calls import answer
from bot.playground.records import State

TOKEN = "110201543:AAHdqTcvCH1vGWJx" + "fSeofSAs0K5PALDsaw"
START = datetime(2026, 3, 1, 19, 6, tzinfo=UTC)
SCRIPT = (
    "您好，区教育局值班室，报告校园安全事故首报。今天3时02分，实验小学宿舍楼。"
    "涉险人数正在核实，遇难正在核实，受伤4人。请问您贵姓？"
)


class Town:
    """The world with its people, the bot's hand and the stage in one."""

    def __init__(self) -> None:
        self.clock = VirtualClock(START)
        self.pace = Pace(0)
        self.asked: list[Any] = []
        self.due: list[Deadline] = []
        self.steps: list[Step] = []
        self.scripted = False
        self.shown: Step | None = None
        self.alive = True
        self.night = 1
        self.world = World(self.clock, Limits.unlimited())
        self.people()

    def people(self) -> None:
        self.bot = self.world.add_bot(TOKEN, "tocsin_bot", "警钟")
        self.zhang = self.world.add_user("张校长", username="zhang_xz")
        self.li = self.world.add_user("李值班", username="li_zhiban")
        self.wang = self.world.add_user("王主任")
        self.zhao = self.world.add_user("赵联络")
        everybody: list[Person | Bot] = [self.bot, self.wang, self.zhao]
        self.group = self.world.add_group("城区校园安全指挥群", owner=self.li, members=everybody)
        self.li.promote(self.group, self.bot, ["can_pin_messages"])

    # The bot

    async def call(self, method: str, **params: Any) -> Any:
        reply = await answer(self.world, TOKEN, method, params)
        body = json.loads(reply.body)
        assert body["ok"], body
        return body["result"]

    async def run_bot(self) -> None:
        offset = 0
        await self.call("setMyCommands", commands=[
            {"command": "report", "description": "报告突发事件"}, {"command": "status", "description": "查看事件"},
        ])  # fmt: skip
        while True:
            for update in await self.call("getUpdates", offset=offset, timeout=50):
                offset = update["update_id"] + 1
                if "message" in update:
                    await self.hear(update["message"])
                elif "callback_query" in update:
                    await self.pressed(update["callback_query"])
                elif "inline_query" in update:
                    await self.asked_inline(update["inline_query"])

    async def hear(self, message: dict[str, Any]) -> None:
        chat, text = message["chat"], message.get("text", "")
        if chat["type"] != "private" or not text:
            return
        if text.startswith("/start"):
            keyboard = [["🚨 报告事故", "📋 我的待办"], ["☎ 查电话", "📌 当前事件"]]
            await self.call(
                "sendMessage",
                chat_id=chat["id"],
                text="您好，这里是城区校园安全值班机器人。发一句话就能报告。",
                reply_markup={"keyboard": keyboard, "resize_keyboard": True, "is_persistent": True},
            )
            return
        await self.receive(chat["id"], text, message["message_id"])

    async def receive(self, reporter: int, text: str, number: int) -> None:
        keys = [[{"text": "无误", "callback_data": "right"}, {"text": "改一处", "callback_data": "change"}]]
        head = "已记录 17号事件（03:07）。请先确认已拨打120/110。"
        body = f"{head}\n原话：{text}\n死亡未提到。原文只给值班室看。"
        bold = {"type": "bold", "offset": 0, "length": len("已记录 17号事件")}
        await self.call("sendMessage", chat_id=reporter, text=body, entities=[bold],
                        reply_parameters={"message_id": number}, reply_markup={"inline_keyboard": keys})  # fmt: skip
        await self.announce()
        if self.world.state.chats.get(str(self.li.id)) and self.world.state.chats[str(self.li.id)].started:
            await self.ring_duty()

    async def announce(self) -> None:
        later = [{"text": "已出发", "callback_data": "gone"}, {"text": "来不了", "callback_data": "cannot"}]
        rows = [[{"text": "收到", "callback_data": "ack"}], later]
        card = await self.call(
            "sendMessage",
            chat_id=self.group.id,
            text="17号 实验小学踩踏\n<b>未定级</b> · 伤4 死亡正在核实\n待接报，值班室 @li_zhiban",
            parse_mode="HTML",
            reply_markup={"inline_keyboard": rows},
        )
        await self.call("pinChatMessage", chat_id=self.group.id, message_id=card["message_id"])

    async def ring_duty(self) -> None:
        due = self.clock.now() + timedelta(minutes=26)
        self.due = [
            Deadline(incident=17, report="首报", clause="4.1.2", due=due, status="pending",
                     to=("区委办公室", "区政府办公室", "市委值班室", "市政府值班室"), filed=("区委办公室",)),
            Deadline(incident=17, report="书面首报", clause="4.1.2", due=due + timedelta(minutes=30), status="possible",
                     to=("区委办公室", "区政府办公室"), text="定为较大及以上才需要"),
        ]  # fmt: skip
        await self.call(
            "sendMessage",
            chat_id=self.li.id,
            text=f"<b>【待接报】17号 实验小学踩踏，伤4。</b>\n1/4 区委办公室 +863562022492\n<pre>{SCRIPT}</pre>",
            parse_mode="HTML",
            reply_markup={"inline_keyboard": [[{"text": "我来处理", "callback_data": "take"}],
                                              [{"text": "没接通", "callback_data": "busy"},
                                               {"text": "要求核实", "callback_data": "verify"}]]},
        )  # fmt: skip

    async def pressed(self, query: dict[str, Any]) -> None:
        texts = {"right": ("已登记", False), "ack": ("已登记：收到", False), "take": ("您已接手 17号", False)}
        if query["data"] == "silence":
            return
        text, alert = texts.get(query["data"], ("您不在值班席上，不能办理。\n依据：预案 4.1.2", True))
        await self.call("answerCallbackQuery", callback_query_id=query["id"], text=text, show_alert=alert)

    async def asked_inline(self, query: dict[str, Any]) -> None:
        found = {"type": "article", "id": "1", "title": "区消防救援大队", "description": "0356-2022119",
                 "input_message_content": {"message_text": "区消防救援大队 +863562022119"}}  # fmt: skip
        await self.call("answerInlineQuery", inline_query_id=query["id"], results=[found], is_personal=True)

    # The stage

    @property
    def rate(self) -> float:
        return self.pace.rate

    def set_rate(self, rate: float) -> None:
        self.asked.append(("rate", rate))
        self.pace.rate = rate

    def now(self) -> datetime:
        return self.clock.now()

    def jump(self, by: timedelta) -> None:
        self.asked.append(("jump", by))
        self.pace.jump(by)

    def next_deadline(self) -> datetime | None:
        return min((one.due for one in self.due if one.due > self.clock.now()), default=None)

    async def deadlines(self) -> list[Deadline]:
        return self.due

    def cast(self) -> list[Part]:
        group = self.group.key
        return [
            Part(person=self.zhang.id, name="张校长", title="实验小学校长", chats=(str(self.zhang.id),),
                 hint="发现事故，向机器人报告。", opening=OPENING),
            Part(person=self.li.id, name="李值班", title="值班员", chats=(group, str(self.li.id)),
                 hint="接报、念稿、逐家报送、代录口头决定。"),
            Part(person=self.wang.id, name="王主任", title="办公室主任（区教育局局长）",
                 chats=(str(self.wang.id), group), hint="批准启动Ⅲ级响应。"),
            Part(person=self.zhao.id, name="赵联络", title="联络员·区消防救援大队", chats=(str(self.zhao.id),),
                 hint="收到呼叫后点「收到」。"),
        ]  # fmt: skip

    def scenes(self) -> list[Scene]:
        return [Scene(key="a", title="夜A：宿舍楼踩踏")] if self.scripted else []

    async def play(self, scene: str) -> Step:
        self.asked.append(("play", scene))
        self.night += 1
        self.shown = self.steps.pop(0)
        return self.shown

    async def step(self) -> Step | None:
        self.asked.append("step")
        self.shown = self.steps.pop(0) if self.steps else self.shown
        return self.shown

    async def wall(self) -> Screen | None:
        return Screen(address="/demo/static/icon.svg", cookie=("tocsin-wall", "x")) if self.alive else None

    async def board(self) -> Screen | None:
        return await self.wall()

    async def kill(self) -> None:
        self.asked.append("kill")
        self.alive = False

    async def revive(self) -> None:
        self.asked.append("revive")
        self.alive = True

    async def reset(self) -> None:
        self.asked.append("reset")
        self.world.state = State()
        self.world.calls.clear()
        self.due = []
        self.shown = None
        self.night += 1
        self.people()


@asynccontextmanager
async def served(town: Town, port: int = 0, *, running: bool = False) -> AsyncIterator[str]:
    """Serve the page and run the bot; yield the address."""
    runner = web.AppRunner(page.application(town.world, town), access_log=None, handler_cancellation=True,
                           shutdown_timeout=0.1)  # fmt: skip
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    bot = asyncio.create_task(town.run_bot())
    try:
        if running:
            async with town.clock.running(1) as pace:
                pace.rate = town.pace.rate
                town.pace = pace
                yield f"http://127.0.0.1:{runner.addresses[0][1]}"
        else:
            yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        bot.cancel()
        with suppress(asyncio.CancelledError):
            await bot
        await runner.cleanup()


async def main() -> None:
    town = Town()
    town.li.start(town.bot)
    town.scripted = True
    first, second = town.zhang.id, town.li.id
    town.steps = [
        Step(
            scene="a",
            number=1,
            of=2,
            text="校长按住话筒报告。看左边的回执。",
            looks=(Look(person=first, chat=str(first)),),
        ),
        Step(scene="a", number=2, of=2, text="值班员被叫醒。", looks=(Look(person=second, chat=str(second)),)),
    ]
    town.set_rate(1)
    async with served(town, 8899, running=True) as address:
        print(address)  # a person looks at it
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
