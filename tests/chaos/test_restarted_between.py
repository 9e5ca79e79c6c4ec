"""The program may end and come back between what is shown and the press or the word that answers it: nothing differs.

Ways through the desk that other tests walk are walked again, with a restart before each press and each word: a quarter
of them with each change, all of them by ``make chaos``.
"""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from datetime import timedelta
from types import ModuleType
from typing import Any

import pytest

from tests.handlers import (
    test_announcements,
    test_handover,
    test_instructions,
    test_log,
    test_swaps,
)
from tests.handlers.test_swaps import AFTERNOON
from tests.journeys.world import NIGHT, Town
from tests.thorough import THOROUGH

Way = Callable[[Town], Awaitable[None]]


def ways(module: ModuleType) -> list[Way]:
    """Return the tests of a file that ask for nothing but a town."""
    return [
        test
        for name, test in vars(module).items()
        if name.startswith("test_")
        and inspect.iscoroutinefunction(test)
        and list(inspect.signature(test).parameters) == ["town"]
        and not getattr(test, "pytestmark", [])
    ]


DESK = (test_announcements, test_handover, test_instructions, test_log, test_swaps)
WAYS = [way for module in DESK for way in ways(module)][:: 1 if THOROUGH else 4]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: f"{way.__module__.rpartition('.')[2]}-{way.__name__}")
async def test_it_comes_to_the_same(file_url: str, way: Way, monkeypatch: pytest.MonkeyPatch) -> None:
    at = AFTERNOON if way.__module__ == test_swaps.__name__ else NIGHT
    async with Town.open(file_url, at=at) as town:
        for name in ("press", "say"):
            monkeypatch.setattr(town, name, _restarted_before(town, getattr(town, name)))
        await way(town)


def _restarted_before(town: Town, act: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    async def restarted(*given: Any, **named: Any) -> Any:
        await town.restart(timedelta())
        await town.settle()
        return await act(*given, **named)

    return restarted
