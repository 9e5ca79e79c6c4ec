"""Wall and board in a browser, at night in the duty room and on a telephone; whatever it complains about fails."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from bot.web.board import feed
from tests.bot.board.served import Door, person_of, served, wall_of
from tests.journeys.world import STAMPEDE, Town

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

CONTRAST = Path(__file__).parent.parent / "demo" / "contrast.js"
WALL, TELEPHONE = {"width": 1920, "height": 1080}, {"width": 360, "height": 740}

HEADINGS = """() => [...document.querySelectorAll("h1, h2, h3, h4")]
    .filter((one) => one.checkVisibility()).map((one) => Number(one.tagName[1]))"""
WIDE = "() => document.documentElement.scrollWidth - innerWidth"
CUT = """() => [...document.querySelectorAll(".tile, .panel .item:not([hidden])")]
    .filter((one) => one.checkVisibility() && one.scrollHeight > one.clientHeight + 1).map((one) => one.textContent)"""


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "PAUSE", 0.1)
    monkeypatch.setattr(feed, "BEAT", 0.2)


@asynccontextmanager
async def looked_at(browser: Browser, address: str, size: object, *, gone: bool = False) -> AsyncIterator[Page]:
    """Open a page; whatever the browser complains about fails the test, but for a server that went away on purpose."""
    complaints: list[str] = []
    page = await browser.new_page(viewport=size)  # type: ignore[arg-type]
    page.set_default_timeout(10_000)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    await page.clock.install()
    await page.goto(address)
    try:
        yield page
    finally:
        await page.close()
    assert [said for said in complaints if not (gone and "Failed to load resource" in said)] == []


def clock_of(page: Page, number: str) -> Locator:
    """Return the first clock of an incident's tile."""
    return page.locator(".tile", has_text=number).locator(".clock").first


async def sound(page: Page) -> None:
    """Look whether everybody can read a page: contrast, headings in their order, names of pictures, nothing cut."""
    assert await page.evaluate(CONTRAST.read_text(encoding="utf-8")) == []
    levels = await page.evaluate(HEADINGS)
    assert levels[0] == 1 and all(after - before <= 1 for before, after in pairwise(levels))
    assert await page.evaluate("() => [...document.images].filter((one) => !one.alt).length") == 0
    assert await page.evaluate("() => document.documentElement.lang") == "zh-CN"
    assert await page.evaluate(CUT) == []


async def test_a_report_is_on_the_wall_at_once_its_clock_runs_down_and_goes_overdue(browser: Browser) -> None:
    async with Town.open() as town, served(town, Door(wall=wall_of(town))) as (address, _):
        async with looked_at(browser, f"{address}/wall", WALL) as page:
            await expect(page.locator("#live")).to_contain_text("实时")
            await expect(page.get_by_text("没有进行中的事件")).to_be_visible()
            await town.say(town.head, town.bot, STAMPEDE)
            # Within a second on a machine that does nothing else: bench B16 measures it.
            await expect(page.get_by_role("heading", name="1号 实验小学")).to_be_visible(timeout=3_000)
            await expect(page.locator("#fresh")).to_contain_text("新的事件：1号 实验小学")
            await town.press(town.duty, "我来处理")
            await expect(clock_of(page, "1号")).to_contain_text("还剩")
            await town.advance(minutes=24)
            await expect(clock_of(page, "1号")).to_have_attribute("data-is", "soon")
            left = clock_of(page, "1号").locator(".time")
            await expect(left).to_have_text(re.compile("0[12]:"))
            before = await left.inner_text()
            async with town.clock.running(1.0):
                await expect(left).not_to_have_text(before)
            assert "00:" < await left.inner_text() < before
            await sound(page)
            await town.advance(minutes=3)
            await expect(clock_of(page, "1号")).to_contain_text("逾期")
            await expect(clock_of(page, "1号")).to_contain_text("▲")
            assert await page.evaluate(WIDE) <= 0


async def test_a_wall_says_that_it_is_cut_off_stands_still_and_comes_back_by_itself(browser: Browser) -> None:
    async with Town.open() as town:
        door = Door(wall=wall_of(town))
        await town.say(town.head, town.bot, STAMPEDE)
        async with served(town, door) as (address, _):
            port = urlsplit(address).port or 0
            page_of = looked_at(browser, f"{address}/wall", WALL, gone=True)
            page = await page_of.__aenter__()
            await expect(clock_of(page, "1号")).to_contain_text("还剩")
        try:
            await page.clock.fast_forward(21_000)
            await expect(page.locator("#lost")).to_have_text("已断开，以下为 03:06 的情况")
            box = await page.locator("#lost").bounding_box()
            assert box is not None and box["width"] == WALL["width"] and box["height"] > 60
            await expect(clock_of(page, "1号")).to_contain_text("截止 03:32")
            await expect(clock_of(page, "1号").locator(".time")).to_have_text("")
            await expect(page.locator("#clock")).to_have_text("--:--:--")
            await sound(page)
            await town.advance(minutes=1)
            async with served(town, door, port=port):
                for _ in range(10):
                    await page.clock.fast_forward(5_000)
                    if await page.locator("#lost").is_hidden():
                        break
                    await page.wait_for_timeout(100)
                await expect(page.locator("#lost")).to_be_hidden()
                await expect(clock_of(page, "1号")).to_contain_text("还剩")
        finally:
            await page_of.__aexit__(None, None, None)


async def test_the_clock_of_a_drill_that_is_held_stands_on_the_wall_and_goes_on_from_there(browser: Browser) -> None:
    async with Town.open() as town, served(town, Door(wall=wall_of(town))) as (address, _):
        await town.say(town.duty, town.group, f"/drill {STAMPEDE}")
        async with looked_at(browser, f"{address}/wall", WALL) as page:
            await expect(clock_of(page, "1号")).to_contain_text("还剩")
            await town.say(town.duty, town.group, "/drill 暂停")
            await expect(clock_of(page, "1号")).to_contain_text("暂停，时限停走")
            await town.advance(hours=2)
            await expect(clock_of(page, "1号")).to_have_attribute("data-is", "stands")
            await expect(clock_of(page, "1号").locator(".time")).to_have_text("")
            await sound(page)
            await town.say(town.duty, town.group, "/drill 继续")
            await expect(clock_of(page, "1号")).to_contain_text("还剩")


async def test_a_stuck_program_is_no_live_wall(browser: Browser) -> None:
    why = ""

    async def stuck() -> str:
        return why

    async with Town.open() as town, served(town, Door(wall=wall_of(town)), stuck) as (address, _):
        async with looked_at(browser, f"{address}/wall", WALL) as page:
            await expect(page.locator("#live")).to_contain_text("实时")
            why = "telegram"
            await expect(page.locator("#lost")).to_have_text("已断开（程序连不上 Telegram），以下为 03:06 的情况")
            why = ""
            await expect(page.locator("#lost")).to_be_hidden()


async def test_what_does_not_fit_comes_in_turns_and_it_says_how_much_that_is(browser: Browser) -> None:
    async with Town.open() as town, served(town, Door(wall=wall_of(town))) as (address, _):
        for number in range(11):
            await town.say(town.head, town.bot, f"/report 第{number + 1}小学食堂起火，{number + 1}名学生受伤")
        await town.say(town.duty, town.group, "/drill 实验小学宿舍楼楼梯3时02分踩踏，4人受伤")
        async with looked_at(browser, f"{address}/wall", WALL) as page:
            await expect(page.locator("#counts")).to_have_text("11起 · 演练1起")
            await expect(page.locator("#hidden")).to_have_text("另有4起轮流显示：第1/2页")
            first = await page.locator(".tile:visible h3").all_inner_texts()
            assert len(first) == 8
            await sound(page)
            await page.clock.fast_forward(10_000)
            await expect(page.locator("#hidden")).to_have_text("另有4起轮流显示：第2/2页")
            second = await page.locator(".tile:visible h3").all_inner_texts()
            assert second[:4] == first[:4] and not set(second[4:]) & set(first[4:])
            assert len({*first, *second}) == 12
            await expect(page.locator(".tile.drill")).to_contain_text("【演练】")
            await page.evaluate("() => document.documentElement.dataset.light = 'day'")
            await sound(page)


async def test_a_persons_board_on_a_telephone_with_the_keyboard_alone(browser: Browser) -> None:
    async with Town.open() as town:
        await town.say(town.liaisons["市公安局城区分局"], town.group, f"/report@tocsin_bot {STAMPEDE}")
        await town.press(town.duty, "我来处理")
        await town.press(town.duty, "学校或镇街能处置 → Ⅲ")
        await town.press(town.director, "启动Ⅲ级")
        await town.press(town.director, "确认宣布")
        door = Door(person=await person_of(town, town.duty))
        async with served(town, door) as (address, _):
            async with looked_at(browser, f"{address}/board", TELEPHONE) as page:
                await expect(page.locator("#live")).to_contain_text("实时")
                assert await page.evaluate(WIDE) <= 0
                await sound(page)
                await page.keyboard.press("Tab")
                await expect(page.locator(".skip")).to_be_focused()
                await page.keyboard.press("Enter")
                await page.keyboard.press("Tab")
                await expect(page.get_by_role("link", name="1号 实验小学")).to_be_focused()
                await page.keyboard.press("Enter")
                await expect(page.get_by_role("heading", level=1)).to_contain_text("1号 实验小学")
                await expect(page.locator("#live")).to_contain_text("实时")
                assert await page.evaluate(WIDE) <= 0
                await sound(page)
                await expect(page.locator("#units-title")).to_have_text("单位 0/6")
                await town.press(town.liaisons["区应急管理局"], "收到")
                await expect(page.locator("#units-title")).to_have_text("单位 1/6")
                await expect(page.get_by_text("区应急管理局：收到")).to_be_visible()
                await page.emulate_media(color_scheme="dark")
                await sound(page)
                await page.goto(f"{address}/board/duties")
                await expect(page.locator("#live")).to_contain_text("实时")
                await sound(page)


async def test_a_wall_that_is_unpaired_goes_back_to_its_door(browser: Browser) -> None:
    async with Town.open() as town:
        door = Door(wall=wall_of(town))
        async with served(town, door) as (address, _):
            async with looked_at(browser, f"{address}/wall", WALL, gone=True) as page:
                await expect(page.locator("#live")).to_contain_text("实时")
                door.wall = None
                await page.wait_for_function("() => document.body.textContent.includes('closed')")


async def test_a_screen_is_paired_in_the_chat_and_a_link_brings_a_person_to_his_board(browser: Browser) -> None:
    """With the program's own port: the code, the wall, the link, the board, and the way out."""
    async with Town.open(board="https://board.example.org") as town:
        assert town.program is not None
        address = f"http://127.0.0.1:{town.program.port}"
        await town.say(town.head, town.bot, STAMPEDE)
        async with looked_at(browser, f"{address}/wall", WALL) as page:
            code = (await page.locator(".code").inner_text()).replace(" ", "")
            await town.say(town.admin, town.bot, f"/wall {code}")
            await town.press(town.admin, "确认，显示晋城市城区")
            await page.reload()  # as the page with the code does by itself every few seconds
            await expect(page.get_by_role("heading", name="1号 实验小学")).to_be_visible()
            await sound(page)
            await town.say(town.duty, town.bot, "/board")
            link = town.sees(town.duty, "/board/enter/").text
            path = next(word for word in link.split() if "/board/enter/" in word).partition("board.example.org")[2]
            await page.goto(f"{address}{path}")
            await page.get_by_role("button").click()
            await expect(page).to_have_url(f"{address}/board")
            await expect(page.get_by_role("link", name="1号 实验小学")).to_be_visible()
            await expect(page.locator("#live")).to_contain_text("实时")
            await page.get_by_role("button", name="退出").click()
            await expect(page.get_by_role("heading", level=1)).to_have_text("已退出")
