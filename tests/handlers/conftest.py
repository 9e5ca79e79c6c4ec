"""A seated town for each test: the real program, a strict local Telegram without a network, virtual time."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.journeys.world import STAMPEDE, Town


@pytest.fixture
async def town() -> AsyncIterator[Town]:
    async with Town.open() as town:
        yield town


@pytest.fixture
async def reported(town: Town) -> Town:
    """The headmaster has reported; nobody has taken it."""
    await town.say(town.head, town.bot, STAMPEDE)
    return town


@pytest.fixture
async def running(reported: Town) -> Town:
    """The duty officer has taken it, and Ⅱ runs by the commander's spoken word."""
    await reported.press(reported.duty, "我来处理")
    await reported.say(reported.duty, reported.bot, "/oral 1 指挥长 启动 Ⅱ")
    await reported.press(reported.duty, "属实，公布")
    return reported
