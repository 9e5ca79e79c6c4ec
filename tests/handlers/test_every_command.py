"""Every command, by people of another jurisdiction and by strangers, in every way: nothing of ours changes."""

from __future__ import annotations

import itertools
from typing import Any

from telegram import Update

from bot.playground import Group, Person
from handlers.context import program_tools
from handlers.register import COMMANDS
from tests.chaos.test_entries import ROUTES, enveloped
from tests.journeys.world import JURISDICTION, PLAN, STAMPEDE, Town

ARGUMENTS: dict[str, str] = {
    "start": "x", "help": "", "report": "", "drill": "跳到下一时限", "todo": "", "who": "燃气", "plan": "4.3",
    "handover": "", "spotcheck": "",
    "shift": "", "bind": PLAN, "unbind": PLAN, "invite": f"指挥长 {PLAN}", "join": f"值班员 {PLAN}",
    "delegate": "值班员 李值班 到 2小时", "me": "", "setup": "", "roll": "", "channels": "", "duty": "",
    "roster": "2026-03-02 全天 某人", "swap": "孩子生病", "bodies": "", "body": "1 北街街道办事处",
    "phone": "改 区消防救援大队 0356-2022222",
    "update": "1 死亡9人", "correct": "1 死亡0人",
    "verify": "1 一般", "judge": "1 4.3.1", "resolve": "1 死亡 sum", "declare": "1 Ⅲ 理由", "oral": "1 指挥长 启动 Ⅰ",
    "end": "1 处置完毕", "release": "1 已安排救治",
    "file": "1 首报 电话", "waive": "1 首报 不报了", "request": "1 区委 核实",
    "call": "1 区消防救援大队", "site": "1 王五 北门 由指挥长",
    "skip": "1 首报 省政府", "raise": "1 正值高考", "lead": "指挥组 校办", "aid": "1 市政府 专家",
    "ack": "1 区消防救援大队 收到", "undo": "1", "close": "1", "reopen": "1 再看", "reject": "1 误报", "merge": "1 2",
    "status": "1", "export": "1", "review": "1", "warn": "1 解除 电话通知", "duties": f"启用 {PLAN}", "stats": "本年",
    "board": "", "wall": "AC3 K9M", "token": "110平台 报告", "log": "市政府值班室张 来电：下午强对流，16时前反馈",
    "calendar": "", "feed": "", "webhook": "加 https://hook.example.cn/", "line": "加 晋城市城区 晋城市 市委",
    "submit": "1 首报", "askback": "1 几年级",
    "instruct": "王副区长 全区排查，一周内报结果", "notice": "明早8点开会",
    "name": "钱五 区教育局 0356-2250777",
}  # fmt: skip
"""Every command with what would do most."""

ELSEWHERE = "linan-campus"


def test_every_command_stands_in_the_table() -> None:
    assert {*COMMANDS} <= {*ARGUMENTS}


async def _state(town: Town) -> object:
    """Return all that is ours: the case, who holds what, the roster, the directory, the groups."""
    async with town.open_store.reading() as rx:
        heads = {name: head.hash for name, head in (await rx.journal.heads()).items() if JURISDICTION in name}
        held = [item.id for item in await rx.people.all_holdings(JURISDICTION)]
        names = [await rx.people.get(item.person_id) for item in await rx.people.all_holdings(JURISDICTION)]
        claims = await rx.people.claims(JURISDICTION)
        seat = await rx.people.seat(JURISDICTION, PLAN)
        places = [(place.chat_id, place.kind) for place in await rx.places.bound(JURISDICTION, PLAN)]
        lists = await rx.bodies.version(JURISDICTION)
    case = await town.incident()
    written = [(item.event.NAME, item.actor) for item in case.events if item.actor != "system"]
    return heads, held, seat, places, lists, written, names, claims


class Sender:
    """Hands the program raw updates, without waiting for what it answers."""

    def __init__(self, town: Town) -> None:
        self.town, self.number = town, 7_000_000

    async def say(self, person: Person, where: Person | Group, text: str, way: str) -> None:
        town = self.town
        assert town.program is not None
        self.number += 1
        chat: dict[str, Any] = (
            {"id": where.id, "type": "supergroup", "title": where.title}
            if isinstance(where, Group)
            else {"id": where.id, "type": "private", "first_name": where.name}
        )
        sender = {"id": person.id, "is_bot": False, "first_name": town.world.state.users[person.id].first_name}
        message: dict[str, Any] = {"message_id": self.number, "date": 1772391960, "chat": chat, "from": sender}
        entity = {"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}
        if way == "caption":
            photo = [{"file_id": "f", "file_unique_id": str(self.number), "width": 1, "height": 1}]
            message |= {"caption": text, "caption_entities": [entity], "photo": photo}
            kind = "message"
        else:
            kind, change = ROUTES[way]
            message = change(message | {"text": text, "entities": [entity]})
        application = town.program.application
        update = Update.de_json(enveloped(kind, message, self.number), application.bot)
        await application.process_update(update)
        failed = program_tools(application).updates.take_failure(self.number)
        assert failed is None, (person.name, where, text, way, failed)


async def test_nobody_of_elsewhere_and_no_stranger_changes_anything_of_ours() -> None:
    async with Town.open() as town:
        await town.say(town.head, town.bot, STAMPEDE)
        await town.press(town.duty, "我来处理")
        outsiders = {
            "duty": town.world.add_user("外地值班员"), "commander": town.world.add_user("外地指挥长"),
            "admin": town.world.add_user("外地管理员"), "": town.stranger,
        }  # fmt: skip
        for role, person in outsiders.items():
            person.start(town.bot)
            await town.settle()
            if role:
                await town.grant(person, role, plan=ELSEWHERE)
        before, sender = await _state(town), Sender(town)
        commands = [name for name in COMMANDS if name not in ("start", "report", "join")]
        ways = itertools.cycle(["caption", *(name for name in ROUTES if name != "direct")])
        turn = itertools.cycle(outsiders.values())
        for name in commands:
            text = f"/{name} {ARGUMENTS.get(name, '1')}".strip()
            for person in itertools.islice(turn, 3):
                await sender.say(person, town.group, text, "direct")
            person = next(turn)
            await sender.say(person, person, text, "direct")
            for way in itertools.islice(ways, 3):
                await sender.say(next(turn), town.group, text, way)
        assert await _state(town) == before
        await town.stop()  # nobody waits until so many refusals are out
