"""What installations on one PostgreSQL server see of each other: marks, and nothing else."""

import asyncio
import secrets

import pytest

from storage import open_store, upgrade
from storage.marks import Mark


@pytest.fixture
def here() -> str:
    """A server of Telegram's that no other test knows: one database server shows the marks of all that run."""
    return secrets.token_hex(8)


@pytest.fixture
def bot(here) -> Mark:
    return Mark(kind="bot", name="110", where=here)


@pytest.fixture
def other(here) -> Mark:
    return Mark(kind="bot", name="220", where=here)


@pytest.fixture
def first(here) -> Mark:
    return Mark(kind="office", name="第1区", where=here)


@pytest.fixture
def second(here) -> Mark:
    return Mark(kind="office", name="第2区", where=here)


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


async def test_what_two_installations_hold_both_is_seen_with_the_others_database(
    store, neighbour, bot, other, first, second
):
    async with store.marks() as mine, neighbour.marks() as theirs:
        alone = await mine.hold({bot, first})
        assert (alone.elsewhere, alone.others) == ({}, frozenset())
        seen = await theirs.hold({other, first, second})
        assert seen.elsewhere == {first: alone.database} and seen.others == frozenset()
        assert (await mine.hold({bot, first})).elsewhere == {first: seen.database}
        assert alone.database != seen.database


async def test_processes_of_one_installation_hold_the_same_and_are_no_neighbours(store, postgres_town_url, bot, first):
    async with await open_store(postgres_town_url) as twin, store.marks() as mine, twin.marks() as same:
        await mine.hold({bot, first})
        seen = await same.hold({bot, first})
        assert (seen.elsewhere, seen.others) == ({}, frozenset())


async def test_another_bot_on_the_same_database_is_seen(store, postgres_town_url, bot, other):
    async with await open_store(postgres_town_url) as twin, store.marks() as mine, twin.marks() as same:
        await mine.hold({bot})
        assert (await same.hold({other})).others == {"bot"}


async def test_what_is_given_back_or_lost_is_held_no_more(store, neighbour, first, second):
    async with store.marks() as mine:
        async with neighbour.marks() as theirs:
            await theirs.hold({first, second})
            await theirs.hold({second})
            assert set((await mine.hold({first, second})).elsewhere) == {second}
        async with asyncio.timeout(10):  # the server notices the end of a connection in its own time
            while (await mine.hold({first, second})).elsewhere:
                pass


async def test_a_name_at_another_server_of_telegrams_is_another_mark(store, neighbour, bot):
    elsewhere = Mark(kind="bot", name="110", where="http://127.0.0.1:1")
    async with store.marks() as mine, neighbour.marks() as theirs:
        await mine.hold({bot})
        assert (await theirs.hold({elsewhere})).elsewhere == {}
