"""A new administrator, from nothing to a group that works, by the bot's own words and one sheet of paper; counted."""

from __future__ import annotations

import asyncio
import io
import re
import signal
from pathlib import Path

import pytest
from docx import Document

from bot.clock import SystemClock
from bot.playground import Bot, Group, Limits, LocalBotApi, Person, Seen, World
from storage import open_store
from tests.chaos.nursery import bear
from tests.journeys.victim import STARTED, environment
from tests.journeys.world import PLAN, TOKEN, Town, plans

LINK = re.compile(r"start=([\w-]+)")
ENOUGH = 10
"""Messages and taps of the administrator, for a group with everybody who decides and ten units."""


async def test_ten_units_are_bound_in_few_steps_and_each_person_needs_two():
    async with Town.open(seated=False, network=True) as town:
        steps = 0

        async def say(words: str, where=None) -> None:
            nonlocal steps
            steps += 1
            await town.say(town.admin, where or town.bot, words)

        town.admin.start(town.bot)
        steps += 1
        await town.settle()
        await say("/bind@tocsin_bot", town.group)
        await town.press(town.admin, "晋城市城区校园安全事故应急预案", town.group)
        steps += 1

        async def invited(person, role: str) -> None:
            await say(f"/invite {role}")
            link = LINK.findall(town.sees(town.admin, "请把链接转给本人").text)[0]
            person.start(town.bot, link)
            await town.settle()

        await invited(town.duty, "值班员")
        await invited(town.director, "办公室主任")
        await invited(town.deputy, "副指挥长")
        await invited(town.commander, "指挥长")
        await say("/invite 全部")
        await town.advance(seconds=3)
        [sheet] = [item for item in town.world.state.files.values() if item.name == "邀请函.docx"]
        rows = Document(io.BytesIO(sheet.content)).tables[0].rows
        for number, row in enumerate(rows[:10]):
            person = town.world.add_user(f"联络{number}甲")
            person.start(town.bot, LINK.findall(row.cells[1].text)[0])
            await town.settle()
            town.sees(person, "已登记：联络员")
        await town.say(town.duty, town.bot, "/shift")
        await say("/setup@tocsin_bot", town.group)
        check = town.sees(town.admin, "安装检查", town.group).text
        members = [unit for unit in plans()[PLAN].units if unit.member]
        assert re.search(rf"成员单位有联络员的：10/{len(members)}", check), check
        assert all(f"✓ {level}级响应可由" in check for level in ("Ⅰ", "Ⅱ", "Ⅲ"))
        assert "值班员：1人；值班席：" in check
        assert steps <= ENOUGH, steps
        print(f"{steps} steps")


ROOT = Path(__file__).resolve().parents[2]
REPORT = "实验小学宿舍楼楼梯刚才发生踩踏，4名学生受伤，已拨打120"


class Reader:
    """Somebody who does what the README says, line by line: nothing is done that stands neither there nor on screen.

    Attributes:
        commands, lines, messages, taps: what he had to do, of each kind.
    """

    def __init__(self) -> None:
        text = (ROOT / "README.md").read_text(encoding="utf-8")
        self._text = " ".join(text[text.index("## Run it for real") : text.index("The settings, as lines")].split())
        self._at = 0
        self.screen = ""
        self.commands = self.lines = self.messages = self.taps = 0

    def reads(self, words: str) -> str:
        """Find words behind those that were done last: a step that is not there, or comes later, would be a guess."""
        found = self._text.find(words, self._at)
        assert found >= 0, f"a guess: the README does not say {words!r} behind …{self._text[: self._at][-80:]!r}"
        self._at = found + len(words)
        return words

    def sees(self, pattern: str) -> str:
        """Find something in what the program said last; without it, it would be a guess."""
        found = re.search(pattern, self.screen)
        assert found, f"a guess: {pattern!r} is not in {self.screen!r}"
        return found[1]


async def until_seen(person: Person, chat: Bot | Group, words: str) -> Seen:
    return await person.sees(chat, words, within=40)


async def tapped(person: Person, chat: Bot | Group, label: str, words: str = "") -> None:
    """Tap the newest button of a label as soon as it is there."""

    def there() -> list[Seen]:
        return [line for line in person.timeline(chat) if label in line.labels() and words in line.text]

    async with asyncio.timeout(40):
        while not there():  # noqa: ASYNC110  another process speaks
            await asyncio.sleep(0.02)
    person.press(there()[-1], label)


@pytest.mark.timeout(240)
async def test_from_nothing_to_the_first_declared_incident_by_the_readme_alone(tmp_path: Path) -> None:
    world = World(SystemClock(), limits=Limits.unlimited())
    you = Reader()
    admin, duty, director, teacher = (world.add_user(name) for name in ("孙管理", "李值班", "陈主任", "何老师"))
    async with LocalBotApi(world) as api:
        given = environment(api_url=api.url)  # the one thing that is not as in the README: this Telegram stands here

        you.reads("/newbot")
        you.messages += 1
        bot = world.add_bot(TOKEN, username="tocsin_bot", name="警钟")
        for command in ("make install", "cp deploy/env.example .env"):
            you.reads(command)
            you.commands += 1
        settings = (ROOT / "deploy" / "env.example").read_text(encoding="utf-8")

        def write(name: str, value: str) -> None:
            nonlocal settings
            line = you.reads(name)
            assert re.search(f"^{line}$", settings, re.MULTILINE), f"a guess: no line {line} in the file"
            settings = re.sub(f"^{line}$", line + value, settings, flags=re.MULTILINE)
            (tmp_path / ".env").write_text(settings, encoding="utf-8")
            you.lines += 1

        write("TOCSIN_TOKEN=", TOKEN)
        you.reads("make run")
        you.commands += 1
        first = await bear(["run"], given, tmp_path)
        await first.says(STARTED)
        await first.says(f"机器人 @tocsin_bot，轮询；数据库 {tmp_path / 'tocsin.db'}。")
        you.reads("no administrator yet")
        async with asyncio.timeout(5):
            while not any("还没有管理员" in line for line in first.said):  # noqa: ASYNC110  another process speaks
                await asyncio.sleep(0.02)

        you.reads("**Start**")
        admin.start(bot)
        admin.send(bot, you.reads("/setup"))
        you.taps, you.messages = you.taps + 1, you.messages + 1
        you.screen = (await until_seen(admin, bot, "还没有管理员")).text
        write("TOCSIN_ADMINS=", you.sees(r"编号是 (\d+)"))
        you.reads("Ctrl+C")
        assert await first.end(signal.SIGINT) == 0
        you.reads("make run")
        you.commands += 1
        second = await bear(["run"], given, tmp_path)
        await second.says(STARTED)

        admin.send(bot, you.reads("/setup"))
        you.messages += 1
        you.screen = (await until_seen(admin, bot, "startgroup=")).text
        rights = you.sees(r"startgroup=\S*admin=([\w+]+)").split("+")
        you.reads("Tap it, choose your command group")
        group = world.add_group("指挥群", owner=admin, members=[duty, director])
        admin.add(group, bot, [f"can_{right}" for right in rights])
        you.taps += 3  # the link, the group, the confirmation
        admin.send(group, f"{you.reads('/bind@')}tocsin_bot")
        you.messages += 1
        await tapped(admin, group, you.reads("晋城市城区校园安全事故应急预案"))
        you.taps += 1
        await until_seen(admin, group, "已绑定")

        for person, words in ((duty, "/invite 值班员"), (director, "/invite 办公室主任")):
            seen = len(admin.timeline(bot))
            admin.send(bot, you.reads(words))
            async with asyncio.timeout(40):
                while not any("请把链接转给本人" in line.text for line in admin.timeline(bot)[seen:]):  # noqa: ASYNC110
                    await asyncio.sleep(0.02)
            you.screen = "\n".join(line.text for line in admin.timeline(bot)[seen:])
            person.start(bot, you.sees(LINK.pattern))
            you.messages, you.taps = you.messages + 1, you.taps + 1
            await until_seen(person, bot, "已登记")
        duty.send(bot, you.reads("/shift"))
        you.messages += 1
        await until_seen(duty, bot, "您已坐上值班席")

        teacher.start(bot)
        teacher.send(bot, you.reads(REPORT))
        you.messages += 1
        for person, label in (
            (duty, "我来处理"),
            (duty, "学校或镇街能处置 → Ⅲ"),
            (director, "启动Ⅲ级"),
            (director, "确认宣布"),
        ):
            await tapped(person, bot, you.reads(f"「{label}」")[1:-1])
            you.taps += 1
        await until_seen(director, group, "【Ⅲ级响应】")
        assert await second.end(signal.SIGTERM) == 0
    async with await open_store(f"sqlite+aiosqlite:///{tmp_path / 'tocsin.db'}", read_only=True) as store:
        async with store.reading() as rx:
            [row] = await rx.incidents.list(limit=10)
    assert (row.response_level, row.number) == ("Ⅲ", 1)
    counted = f"{you.commands} commands, {you.lines} lines in a file, {you.messages} messages, {you.taps} taps"
    print(counted)
    you._at = 0
    you.reads(counted)
