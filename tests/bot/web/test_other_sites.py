"""A real browser that has a session, on the page of another site: it is led in, and nothing is taken out or done.

``localhost`` and ``127.0.0.1`` are two sites, so that no certificate is needed for it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from playwright.async_api import Browser, expect

from bot.texts import board as t
from tests.handlers.looking import BASE, link
from tests.journeys.world import STAMPEDE, Town

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


@asynccontextmanager
async def another_site(page: str) -> AsyncIterator[str]:
    """Serve a page that is none of ours; yield its address."""

    async def answer(request: web.Request) -> web.Response:
        return web.Response(text=page, content_type="text/html")

    application = web.Application()
    application.add_routes([web.get("/", answer)])
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://localhost:{runner.addresses[0][1]}/"
    finally:
        await runner.cleanup()


async def test_a_browser_with_a_session_on_another_sites_page(browser: Browser) -> None:
    async with Town.open(board=BASE) as town:
        assert town.program is not None
        ours = f"http://127.0.0.1:{town.program.port}"
        await town.say(town.head, town.bot, STAMPEDE)
        path = await link(town, town.duty)
        foreign = (
            f'<a id="enter" href="{ours}{path}">打开</a> <a id="board" href="{ours}/board">看板</a>'
            f'<img src="{ours}/board"><img src="{ours}/wall"><iframe src="{ours}/board"></iframe>'
            f'<form method="post" action="{ours}/board/leave"><button>退出</button></form>'
        )
        context = await browser.new_context()
        page = await context.new_page()
        page.set_default_timeout(10_000)
        try:
            async with another_site(foreign) as evil:
                await page.goto(evil)
                assert await context.cookies(ours) == [], "a page that shows us as its picture sets no cookie"
                async with town.open_store.reading() as rx:
                    assert await rx.web_sessions.count_waiting() == 0
                await page.click("#enter")
                await page.get_by_role("button", name=t.PAGE_ENTER_BUTTON).click()
                await expect(page).to_have_url(f"{ours}/board")
                [cookie] = await context.cookies(ours)
                assert (cookie["httpOnly"], cookie["sameSite"], cookie["path"]) == (True, "Strict", "/")
                assert await page.evaluate("document.cookie") == "" and await page.evaluate("document.referrer") != path
                await page.goto(evil)
                await page.click("#board")  # the cookie is strict, and comes all the same: the page asks once more
                await expect(page.get_by_role("link", name="1号 实验小学")).to_be_visible()
                await page.goto(evil)
                await page.get_by_role("button", name="退出").click()
                await expect(page.get_by_role("heading", level=1)).to_have_text(t.PAGE_REFUSED_TITLE)
                await page.goto(f"{ours}/board")
                await page.get_by_role("button", name="退出").click()
                await expect(page.get_by_role("heading", level=1)).to_have_text(t.PAGE_LEFT_TITLE)
                assert await context.cookies(ours) == []
                await page.go_back()
                await expect(page.get_by_role("heading", level=1)).to_have_text(t.PAGE_CLOSED_TITLE)
        finally:
            await context.close()
