"""Inline queries pass by: the newest of each person is answered, a failure disturbs nobody and tells nothing."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from structlog.testing import capture_logs

from bot.clock import VirtualClock
from bot.updates.inline_query_queue import MOST, InlineQueryQueue


def query(update, person, text="消防"):
    return {"update_id": update, "inline_query": {"id": str(update), "from": {"id": person}, "query": text}}


async def passed(*updates, fails=()):
    seen = []

    async def handle(raw):
        if raw["update_id"] in fails:
            raise ValueError(raw["inline_query"]["query"])
        seen.append(raw["update_id"])

    inline_queries = InlineQueryQueue(VirtualClock(datetime(2026, 3, 1, tzinfo=UTC)), handle)
    for raw in updates:
        inline_queries.take(raw)
    assert inline_queries.busy or not updates
    running = asyncio.create_task(inline_queries.run())
    for _ in range(200):
        await asyncio.sleep(0)
    assert not inline_queries.busy
    inline_queries.stop()
    await running
    return seen


async def test_of_one_person_only_the_newest_is_answered():
    assert await passed(query(1, 7), query(2, 8), query(3, 7)) == [3, 2]


async def test_a_failure_disturbs_nobody_and_its_words_are_not_logged():
    with capture_logs() as logs:
        assert await passed(query(1, 7, "机密"), query(2, 8), fails={1}) == [2]
    assert [line["event"] for line in logs] == ["inline.failed"] and "机密" not in str(logs)


async def test_a_flood_of_persons_is_bounded():
    assert len(await passed(*(query(number, number) for number in range(MOST + 50)))) == MOST


async def test_what_is_built_otherwise_is_dropped():
    assert await passed({"update_id": 1, "inline_query": {"from": {}}}, query(2, 8)) == [2]
