"""A new administrator, from nothing to a group that works, by the bot's own words and one sheet of paper; counted."""

from __future__ import annotations

import io
import re

from docx import Document

from tests.journeys.world import PLAN, Town, plans

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
