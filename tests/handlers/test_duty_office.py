"""Duties are chased when an administrator says so: books for everybody who bears them, kept up by the round."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

import pytest

from bot.clock import SHANGHAI
from bot.office.duties import keep_books
from plans.duty.owing import owing
from plans.load import load_all
from tests.handlers.test_bodies import listed
from tests.journeys.world import JURISDICTION, PLAN, Town

CAMPUS = load_all()[PLAN]
AUTUMN = datetime(2026, 10, 14, 10, 0, tzinfo=SHANGHAI)


async def books(town: Town):
    async with town.open_store.reading() as rx:
        return await rx.duties.books(JURISDICTION, PLAN)


async def instances(town: Town):
    async with town.open_store.reading() as rx:
        return await rx.duties.instances(JURISDICTION, PLAN)


async def rounds(town: Town, times: int = 3) -> None:
    assert town.program is not None
    service = town.program.service
    for _ in range(times):
        await keep_books(service, service.clock.now())
    await town.settle()


async def switched_on(town: Town) -> None:
    await town.say(town.admin, town.bot, f"/duties 启用 {PLAN}")
    await town.press(town.admin, "确认启用")
    await rounds(town)


async def test_nobody_is_chased_before_an_administrator_says_so():
    async with Town.open(at=AUTUMN) as town:
        await listed(town)
        await rounds(town)
        assert await books(town) == []
        await town.say(town.admin, town.bot, f"/duties 启用 {PLAN}")
        shown = town.sees(town.admin, "启用日常职责").text
        expected = owing(CAMPUS, (await _bodies(town)))
        assert f"{len(expected)}个责任主体" in shown and "09:00" in shown
        assert await books(town) == [], "shown is not done"
        await town.press(town.admin, "确认启用")
        await rounds(town)
        rows = await books(town)
        assert {(row.bearer_kind, row.bearer) for row in rows} == {item.key for item in expected}
        assert {row.state for row in rows} == {"open"} and {row.year for row in rows} == {2026}
        before = Counter(row.stream for row in await instances(town))
        await rounds(town)
        assert Counter(row.stream for row in await instances(town)) == before and await books(town) == rows
        async with town.open_store.reading() as rx:
            log = [entry.event for entry in await rx.journal.load(f"admin:{JURISDICTION}")]
        assert log.count("duties-on") == 1


async def _bodies(town: Town):
    assert town.program is not None
    service = town.program.service
    async with town.open_store.reading() as rx:
        return (await service.bodies.of(rx, JURISDICTION)).bodies


@pytest.mark.parametrize("word", ["启用", "停用"])
async def test_only_an_administrator_switches(word):
    async with Town.open(at=AUTUMN) as town:
        for person in (town.duty, town.director, town.liaisons["区教育局"]):
            await town.say(person, town.bot, f"/duties {word} {PLAN}")
            assert "管理员" in town.texts(person)[-1]
        assert await books(town) == []
