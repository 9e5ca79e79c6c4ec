"""What is done for one case reads no more of the database where hundreds of others are open."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from bot.office.open_sections import LISTED
from storage.session import Session
from tests.bench.open_cases import FEW, written
from tests.journeys.world import Town

SOME = 150
"""Open incidents, of which twenty are of this night, as in the bench B12 with its two thousand."""


async def _read(town: Town, work: Any) -> tuple[int, int]:
    """Return how many statements something takes, and how many rows they give."""
    counted: Counter[str] = Counter()
    plain = Session.rows

    async def rows(self: Session, statement: Any, parameters: Any = None) -> Any:
        found = await plain(self, statement, parameters)
        counted["statements"] += 1
        counted["rows"] += len(found)
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Session, "rows", rows)
        await work
    return counted["statements"], counted["rows"]


async def _taken(count: int) -> dict[str, tuple[int, int]]:
    async with Town.open() as town:
        await written(town, count)
        found = {"shift": await _read(town, town.say(town.second, town.bot, "/shift"))}
        assert bool(town.told(town.second, "更早还没有办结的")) == (count > LISTED), "all are named, in few messages"
        await town.say(town.head, town.bot, "第一小学食堂起火，1名学生受伤")
        found["report"] = await _read(town, town.say(town.head, town.bot, "第二小学食堂起火，2名学生受伤"))
        found["wakes"] = await _read(town, town.advance(minutes=3))
        town.forgiven = type(town.forgiven)(logs=("wake.late",))
        return found


async def test_a_shift_a_report_and_reminders_read_no_more_with_many_old_cases_open() -> None:
    few, many = await _taken(FEW), await _taken(SOME)
    for what, (statements, rows) in many.items():
        assert statements <= 1.5 * few[what][0], (what, few[what], many[what])
        assert rows <= 1.5 * few[what][1], (what, few[what], many[what])
