"""The page served from a town, and a browser that looks at it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page

from tests.bot.demo.town import Town, served


@pytest.fixture
def town() -> Town:
    return Town()


@pytest.fixture
async def address(town: Town) -> AsyncIterator[str]:
    async with served(town) as url:
        yield url


@pytest.fixture
async def http(address: str) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(address) as session:
        yield session


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser, town: Town) -> AsyncIterator[Page]:
    """The page at the width of a desk, loaded; anything that the browser complains about fails the test."""
    complaints: list[str] = []
    async with served(town) as address:
        page = await browser.new_page(viewport={"width": 1440, "height": 900}, base_url=address)
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        await page.goto("/")
        await page.wait_for_selector("body.ready")
        yield page
        await page.close()
    assert complaints == []
