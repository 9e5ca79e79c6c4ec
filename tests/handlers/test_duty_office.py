"""Duties are chased when an administrator says so: books for everybody who bears them, kept up by the round."""

from __future__ import annotations

import io
from collections import Counter
from datetime import datetime

import openpyxl
import pytest

from bot.clock import SHANGHAI
from bot.office.duties import keep_books
from plans.duty.owing import owing
from plans.load import load_all
from tests.handlers.test_bodies import listed
from tests.journeys.world import JURISDICTION, PLAN, Town

CAMPUS = load_all()[PLAN]
AUTUMN = datetime(2026, 10, 14, 10, 0, tzinfo=SHANGHAI)


async def books(town: Town):
    async with town.open_store.reading() as rx:
        return await rx.duties.books(JURISDICTION, PLAN)


async def instances(town: Town):
    async with town.open_store.reading() as rx:
        return await rx.duties.instances(JURISDICTION, PLAN)


async def rounds(town: Town, times: int = 3) -> None:
    assert town.program is not None
    service = town.program.service
    for _ in range(times):
        await keep_books(service, service.clock.now())
    await town.settle()


async def switched_on(town: Town) -> None:
    await town.say(town.admin, town.bot, f"/duties 启用 {PLAN}")
    await town.press(town.admin, "确认启用")
    await rounds(town)


async def test_nobody_is_chased_before_an_administrator_says_so():
    async with Town.open(at=AUTUMN) as town:
        await listed(town)
        await rounds(town)
        assert await books(town) == []
        await town.say(town.admin, town.bot, f"/duties 启用 {PLAN}")
        shown = town.sees(town.admin, "启用日常职责").text
        expected = owing(CAMPUS, (await _bodies(town)))
        assert f"{len(expected)}个责任主体" in shown and "09:00" in shown
        assert await books(town) == [], "shown is not done"
        await town.press(town.admin, "确认启用")
        await rounds(town)
        rows = await books(town)
        assert {(row.bearer_kind, row.bearer) for row in rows} == {item.key for item in expected}
        assert {row.state for row in rows} == {"open"} and {row.year for row in rows} == {2026}
        before = Counter(row.stream for row in await instances(town))
        await rounds(town)
        assert Counter(row.stream for row in await instances(town)) == before and await books(town) == rows
        async with town.open_store.reading() as rx:
            log = [entry.event for entry in await rx.journal.load(f"admin:{JURISDICTION}")]
        assert log.count("duties-on") == 1


async def _bodies(town: Town):
    assert town.program is not None
    service = town.program.service
    async with town.open_store.reading() as rx:
        return (await service.bodies.of(rx, JURISDICTION)).bodies


@pytest.mark.parametrize("word", ["启用", "停用"])
async def test_only_an_administrator_switches(word):
    async with Town.open(at=AUTUMN) as town:
        for person in (town.duty, town.director, town.liaisons["区教育局"]):
            await town.say(person, town.bot, f"/duties {word} {PLAN}")
            assert "管理员" in town.texts(person)[-1]
        assert await books(town) == []


async def test_the_office_sees_all_exports_and_sends_back():
    async with Town.open(at=AUTUMN) as town:
        await switched_on(town)
        liaison = town.liaisons["区教育局"]
        await town.say(liaison, town.bot, "/duties")
        await town.press(liaison, "我办：区教育局")
        await town.press(liaison, "1 已办", words="职责 区教育局")
        needs = [text for text in town.texts(liaison) if "发给我" in text]
        if needs:
            await town.press(liaison, "没有材料，记已办", words="发给我")
        await town.say(town.duty, town.bot, "/duties")
        shown = town.sees(town.duty, "责任主体").text
        assert "应急经费列入年度预算（6.3）：已办1" in shown and "另有2项职责都还在期限内" in shown
        await town.press(town.duty, "导出表格")
        [file] = [item for item in town.world.state.files.values() if item.name.endswith(".xlsx")]
        assert openpyxl.load_workbook(io.BytesIO(file.content)).sheetnames == ["总表", "明细"]
        await town.press(town.duty, "核对")
        handed = town.sees(town.duty, "核对").text
        assert "区教育局" in handed and "已办" in handed
        await town.press(town.duty, "看下一个", words="核对")
        await town.press(town.duty, "退回：材料不全", words="核对")
        assert "材料不全" in town.sees(liaison, "退回").text
        [row] = [row for row in await instances(town) if row.status(town.clock.now()) == "returned"]
        assert row.bearer == "区教育局"


async def test_who_checks_goes_on_to_the_next_when_he_sends_something_back():
    async with Town.open(at=AUTUMN) as town:
        await switched_on(town)
        liaison = town.liaisons["区教育局"]
        await town.say(liaison, town.bot, "/duties")
        await town.press(liaison, "我办：区教育局")
        for number in (1, 2):
            await town.press(liaison, f"{number} 已办", words="职责 区教育局")
            liaison.send_document(town.bot, b"paper", f"材料{number}.pdf")
            await town.advance(minutes=1)
        await town.say(town.duty, town.bot, "/duties")
        await town.press(town.duty, "核对")
        newest = town.sees(town.duty, "核对").text
        await town.press(town.duty, "退回：看不清", words="核对")
        assert town.sees(town.duty, "核对").text != newest and "材料1份" in town.sees(town.duty, "核对").text
        await town.press(town.duty, "退回：看不清", words="核对")
        returned = [row for row in await instances(town) if row.status(town.clock.now()) == "returned"]
        assert len(returned) == 2
        assert len([text for text in town.texts(town.duty) if text.startswith("核对")]) == 2, "and then there is none"


async def test_who_has_nothing_to_do_with_it_sees_nothing():
    async with Town.open(at=AUTUMN) as town:
        await switched_on(town)
        await town.say(town.head, town.bot, "/duties")
        assert "没有登记过" in town.texts(town.head)[-1]
