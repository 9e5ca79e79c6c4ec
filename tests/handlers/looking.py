"""Looking by browser in a town: links are opened, screens are paired; shared by the tests of board, wall and access.

async with Town.open(board=BASE) as town:
    opened = await entered(town, town.duty)
    assert (await opened.get("/board")).status == 200
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.test_utils import make_mocked_request

from bot.office import walls
from bot.playground import Person
from bot.web.access import Access
from bot.web.server import serving
from bot.web.viewer import WebViewer
from storage.web_sessions import WebSession
from tests.browser import Browser
from tests.journeys.world import JURISDICTION, Town

BASE = "https://board.example.org"
_LINK = re.compile(re.escape(BASE) + r"(/board/enter/[\w-]+)")
_CODE = re.compile(r'class="code"[^>]*>([A-Z0-9 ]+)<')


def browser(town: Town, address: str = "10.0.0.7") -> Browser:
    """Return a browser without cookies."""
    assert town.program is not None and town.program.port is not None
    return Browser(town.program.port, BASE, address)


async def link(town: Town, person: Person) -> str:
    """Let somebody ask for a link, and return its path."""
    await town.say(person, town.bot, "/board")
    found = _LINK.search(town.sees(person, "/board/enter/").text)
    assert found is not None
    return found[1]


async def entered(town: Town, person: Person) -> Browser:
    """Return a browser in which somebody has opened his link."""
    path, opened = await link(town, person), browser(town)
    page = await opened.post(path)
    assert (page.status, page.location) == (303, "/board"), page
    return opened


@asynccontextmanager
async def probed(town: Town) -> AsyncIterator[int]:
    """Serve, beside the program, doors and pages that only tell who looks; yield the port."""
    assert town.program is not None
    access = Access(town.program.service, BASE)

    async def tell(request: web.Request) -> web.Response:
        found = await access.viewer(request)
        return web.Response(text=f"{found.kind} {'、'.join(found.jurisdictions)}" if found is not None else "")

    pages: list[tuple[str, tuple[str, ...]]] = [
        ("/wall", ("wall",)), ("/wall/events", ("wall",)), ("/board", ("person",)), ("/board/incident/1", ("person",)),
    ]  # fmt: skip
    routes = [web.get(path, access.required(tell, kinds), allow_head=False) for path, kinds in pages]
    async with serving("127.0.0.1", 0, routes, access.routes(), attach=[access.attach]) as port:
        yield port


async def viewer(town: Town, opened: Browser, path: str = "/board") -> WebViewer | None:
    """Return who the program takes a browser for, whatever pages there are."""
    assert town.program is not None
    headers = {"Host": urlsplit(BASE).netloc, "Cookie": opened.cookie_line}
    return await Access(town.program.service, BASE).viewer(make_mocked_request("GET", path, headers=headers))


async def code(screen: Browser) -> str:
    """Return the code that a screen shows."""
    page = await screen.get("/wall", site="same-origin")
    found = _CODE.search(page.text)
    assert page.status == 200 and found is not None, page
    return found[1]


async def hung(town: Town) -> WebSession:
    """Let the administrator pair a wall of which no screen is needed, and return it after its first look."""
    assert town.program is not None
    service = town.program.service
    waits = await walls.wait(service, "10.0.0.8")
    assert waits is not None
    await town.say(town.admin, town.bot, f"/wall {walls.code_of(waits[0])}")
    await town.press(town.admin, f"确认，显示{JURISDICTION}")
    async with town.open_store.reading() as rx:
        [*_, wall] = await rx.web_sessions.walls(town.clock.now())
    assert await walls.look_first(service, wall)
    async with town.open_store.reading() as rx:
        [*_, wall] = await rx.web_sessions.walls(town.clock.now())
    return wall


async def paired(
    town: Town, by: Person | None = None, jurisdiction: str = JURISDICTION, screen: Browser | None = None
) -> Browser:
    """Return a screen that an administrator has paired."""
    screen, by = screen or browser(town, "10.0.0.8"), by or town.admin
    await town.say(by, town.bot, f"/wall {await code(screen)}")
    await town.press(by, f"确认，显示{jurisdiction}")
    await screen.get("/wall", site="same-origin")
    return screen
