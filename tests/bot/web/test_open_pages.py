"""A page that is open hears at once when whoever looks may look no more, however that came."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable

import aiohttp
import pytest

from bot.web.board import feed, stream
from tests.bot.board.test_stream import Page
from tests.browser import Browser
from tests.handlers.looking import BASE, entered, paired
from tests.handlers.test_board import ENDS
from tests.journeys.world import JURISDICTION, Forgiven, Town


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "PAUSE", 0.02)
    monkeypatch.setattr(feed, "BEAT", 0.1)


@pytest.fixture
async def town() -> AsyncIterator[Town]:
    async with Town.open(board=BASE) as town:
        yield town


async def heard(opened: Browser, path: str, ends: Callable[[], Awaitable[None]]) -> None:
    """Open a page's stream, let its right end, and read on until the program says that it has ended."""
    headers = {"Host": BASE.partition("//")[2], "Cookie": opened.cookie_line, "Sec-Fetch-Site": "same-origin"}
    async with (
        aiohttp.ClientSession(f"http://127.0.0.1:{opened.port}", cookie_jar=aiohttp.DummyCookieJar()) as session,
        session.get(path, headers=headers) as answer,
    ):
        assert answer.status == 200 and "Content-Security-Policy" in answer.headers
        page = Page(answer.content)
        assert (await page.change())["fresh"]
        await ends()
        while (await page.step())[0] != stream.ENDED:
            pass
        assert await page.step() == ("", {}), "nothing comes behind it"


@pytest.mark.parametrize("way", ENDS)
async def test_a_board_that_is_open_ends_with_the_right(town: Town, way: str) -> None:
    town.forgiven = Forgiven(dead=("blocked",), calls=("blocked",), logs=("dead",))
    await heard(await entered(town, town.duty), "/board/events", lambda: ENDS[way](town))


async def test_a_board_that_is_left_in_another_tab_ends(town: Town) -> None:
    opened = await entered(town, town.duty)

    async def leave() -> None:
        assert (await opened.post("/board/leave")).status == 200

    tab = Browser(opened.port, BASE, cookies=dict(opened.cookies))
    await heard(tab, "/board/events", leave)


async def test_a_wall_that_is_ended_in_the_chat_goes_dark(town: Town) -> None:
    async def unpaired() -> None:
        await town.say(town.admin, town.bot, "/wall")
        await town.press(town.admin, f"解除 1 {JURISDICTION}")

    await heard(await paired(town), "/wall/events", unpaired)
