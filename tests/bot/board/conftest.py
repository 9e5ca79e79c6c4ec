"""Towns whose board is looked at."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.journeys.world import Town


@pytest.fixture
async def town() -> AsyncIterator[Town]:
    """Everybody seated, the database in memory, no network."""
    async with Town.open() as town:
        yield town
