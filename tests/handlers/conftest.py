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
