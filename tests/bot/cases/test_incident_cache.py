"""Incidents that are kept between readings are what their logs tell, whoever wrote them; finished ones are not kept."""

from __future__ import annotations

import pytest

from bot.cases import records
from bot.cases.incident_cache import MOST, IncidentCache
from plans.incident.state import Incident
from storage.transaction import Reading
from tests.journeys.world import STAMPEDE, Town


@pytest.fixture
async def town():
    async with Town.open() as town:
        await town.say(town.head, town.bot, STAMPEDE)
        yield town


async def stream_of(town: Town) -> str:
    return (await town.incidents())[0].stream


async def read(cache: IncidentCache, rx: Reading, stream: str) -> Incident:
    found = await cache.load(rx, stream)
    assert found is not None
    return found


async def test_what_is_kept_is_what_the_log_tells_after_every_step(town):
    assert town.program is not None
    stream, service = await stream_of(town), town.program.service
    other = IncidentCache()  # as another process has it, which writes nothing itself
    for person, text in (
        (town.duty, "/verify 一般"),
        (town.duty, "/file 首报 区委 电话"),
        (town.duty, "/undo"),
        (town.liaisons["区卫生健康和体育局"], "/update 受伤6人"),
        (town.duty, "/end 现场处置完毕"),
    ):
        await town.say(person, town.bot, text)
        async with town.open_store.reading() as rx:
            told = await records.load(rx, stream)
            assert await other.load(rx, stream) == told
        assert (await service.incident(stream) or ("", ""))[1] == told


async def test_a_transaction_that_fails_leaves_nothing_behind(town):
    stream, cache = await stream_of(town), IncidentCache()
    async with town.open_store.reading() as rx:
        before = await read(cache, rx, stream)
    with pytest.raises(RuntimeError, match="power"):
        async with town.open_store.writing("test.failing") as tx:
            entries = await tx.journal.load(stream)
            copied = records.to_entries(tuple(before.events[-1:]), "again")
            await tx.journal.append(stream, len(entries), copied)
            assert (await read(cache, tx, stream)).sequence == len(entries) + 1
            raise RuntimeError("power")
    async with town.open_store.reading() as rx:
        assert await cache.load(rx, stream) == before


async def test_a_finished_incident_is_not_kept_so_that_what_is_erased_is_gone(town):
    stream, cache = await stream_of(town), IncidentCache()
    async with town.open_store.reading() as rx:
        await cache.load(rx, stream)
    await town.say(town.duty, town.bot, "/reject 现场核实无此事")
    async with town.open_store.reading() as rx:
        finished = await read(cache, rx, stream)
    assert finished.state == "rejected" and not cache._of_kind("incident:1")


def test_only_so_many_are_kept():
    cache = IncidentCache()
    for number in range(MOST + 5):
        cache.keep(Incident(stream=f"incident:{number}", state="reported"), "x")
    assert len(cache._of_kind("incident:1")) == MOST and "incident:0" not in cache._of_kind("incident:1")
