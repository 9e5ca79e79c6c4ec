"""Two installations on one PostgreSQL server, as a province runs them: a bot and a database each."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from storage import open_store, upgrade
from tests.journeys.victim import STARTED, STOPPED, Scene, scene, told_to_run

NORTH, SOUTH = "北片小学楼梯踩踏，4名学生受伤", "南片小学楼梯踩踏，2名学生受伤"


@pytest.fixture
def urls(postgres: Any) -> Iterator[tuple[str, str, str]]:
    """Three databases of one server, two of them migrated."""
    template = postgres.template("storage", lambda url: asyncio.run(upgrade(url)))
    with (
        postgres.database(template) as north,
        postgres.database(template) as south,
        postgres.database("template0") as empty,
    ):
        yield north, south, empty


def settings_of(here: Scene, **others: str) -> dict[str, str]:
    return here.victim._settings | others


async def recorded(here: Scene) -> list[str]:
    async with await open_store(here.url, read_only=True) as store, store.reading() as rx:
        return [row.text for row in await rx.incidents.list(limit=10)]


async def test_nothing_of_one_is_seen_in_the_other_and_each_stops_starts_and_upgrades_alone(
    urls: tuple[str, str, str], tmp_path: Path
) -> None:
    north_url, south_url, empty = urls
    async with scene(north_url, tmp_path, 2, 1) as north, scene(south_url, tmp_path, 2, 1) as south:
        await asyncio.gather(north.victim.start(), south.victim.start())
        north.people[1].send(north.bot, NORTH)
        await north.settled()
        assert (await recorded(north), await recorded(south)) == ([NORTH], [])

        # While one is away the other goes on, and neither minds the other's leases, numbers or update ids.
        assert await north.victim.end(signal.SIGTERM) == 0 and STOPPED in north.victim.present.said
        south.people[1].send(south.bot, SOUTH)
        north.people[1].send(north.bot, SOUTH)
        await south.settled()
        assert (await recorded(north), await recorded(south)) == ([NORTH], [SOUTH])
        await north.victim.start()
        await north.settled()
        assert sorted(await recorded(north)) == sorted([NORTH, SOUTH])

        # A settings file that was copied, in which nobody changed the token.
        status, said = await told_to_run(tmp_path, **settings_of(north, database_url=empty))
        assert status == 2 and "这个口令正由同一台数据库服务器上的另一套警钟使用" in said and STARTED not in said
