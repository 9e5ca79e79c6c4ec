"""What installations on one PostgreSQL server see of each other: marks, and nothing else."""

import asyncio

import pytest

from storage import open_store, upgrade
from storage.marks import Mark

BOT, OTHER = Mark(kind="bot", name="110", where="telegram"), Mark(kind="bot", name="220", where="telegram")
FIRST, SECOND = (Mark(kind="office", name=name, where="telegram") for name in ("第1区", "第2区"))


@pytest.fixture
async def store(postgres_town_url):
    async with await open_store(postgres_town_url) as store:
        yield store


@pytest.fixture
async def neighbour(postgres):
    """Another database of the same server."""
    template = postgres.template("storage", lambda url: asyncio.run(upgrade(url)))
    with postgres.database(template) as url:
        async with await open_store(url) as store:
            yield store


async def test_what_two_installations_hold_both_is_seen_with_the_others_database(store, neighbour):
    async with store.marks() as mine, neighbour.marks() as theirs:
        alone = await mine.hold({BOT, FIRST})
        assert (alone.elsewhere, alone.others) == ({}, frozenset())
        seen = await theirs.hold({OTHER, FIRST, SECOND})
        assert seen.elsewhere == {FIRST: alone.database} and seen.others == frozenset()
        assert (await mine.hold({BOT, FIRST})).elsewhere == {FIRST: seen.database}
        assert alone.database != seen.database


async def test_processes_of_one_installation_hold_the_same_and_are_no_neighbours(store, postgres_town_url):
    async with await open_store(postgres_town_url) as twin, store.marks() as mine, twin.marks() as same:
        await mine.hold({BOT, FIRST})
        seen = await same.hold({BOT, FIRST})
        assert (seen.elsewhere, seen.others) == ({}, frozenset())


async def test_another_bot_on_the_same_database_is_seen(store, postgres_town_url):
    async with await open_store(postgres_town_url) as twin, store.marks() as mine, twin.marks() as same:
        await mine.hold({BOT})
        assert (await same.hold({OTHER})).others == {"bot"}


async def test_what_is_given_back_or_lost_is_held_no_more(store, neighbour):
    async with store.marks() as mine:
        async with neighbour.marks() as theirs:
            await theirs.hold({FIRST, SECOND})
            await theirs.hold({SECOND})
            assert set((await mine.hold({FIRST, SECOND})).elsewhere) == {SECOND}
        async with asyncio.timeout(10):  # the server notices the end of a connection in its own time
            while (await mine.hold({FIRST, SECOND})).elsewhere:
                pass


async def test_a_name_at_another_server_of_telegrams_is_another_mark(store, neighbour):
    elsewhere = Mark(kind="bot", name="110", where="http://127.0.0.1:1")
    async with store.marks() as mine, neighbour.marks() as theirs:
        await mine.hold({BOT})
        assert (await theirs.hold({elsewhere})).elsewhere == {}
