"""What a start says of other installations on the same database server."""

import asyncio
import secrets
import sys
from contextlib import asynccontextmanager

import pytest
import structlog

from bot.leadership import Neighbours
from bot.main.beside import told_of
from bot.main.program import CannotStart
from storage import open_store, upgrade
from tests import stage
from tests.journeys.world import NIGHT, PLAN, plans


@pytest.fixture(autouse=True)
def telegram(monkeypatch):
    """A server of Telegram's that no other test knows: one database server shows the marks of all that run."""
    monkeypatch.setattr(sys.modules[__name__], "TELEGRAM", f"https://{secrets.token_hex(8)}.example")


TELEGRAM = ""


@pytest.fixture
def urls(postgres):
    template = postgres.template("storage", lambda url: asyncio.run(upgrade(url)))
    with postgres.database(template) as one, postgres.database(template) as two:
        yield one, two


@pytest.fixture
def logged():
    with structlog.testing.capture_logs() as lines:
        yield lines


@asynccontextmanager
async def installation(url, bot):
    async with await open_store(url) as store:
        neighbours = Neighbours(store, bot, TELEGRAM, every=0.01)
        try:
            yield neighbours, store
        finally:
            await neighbours.leave()


async def bind(store, chat):
    async with store.writing() as tx:
        group = await stage.enter_group(tx, chat=chat, title="指挥群", at=NIGHT)
        await stage.bind(tx, group, plans()[PLAN], "command", at=NIGHT)


async def test_beside_a_file_there_is_nobody():
    assert await told_of(None) == []


async def test_a_token_and_a_database_belong_to_one_alone(urls):
    one, two = urls
    async with installation(one, "110") as (first, _):
        assert await told_of(first) == []
        async with installation(one, "110") as (twin, _):
            assert await told_of(twin) == []
        async with installation(two, "110") as (copied, _):
            with pytest.raises(CannotStart, match="这个口令正由同一台数据库服务器上的另一套警钟使用（数据库 "):
                await told_of(copied)
        async with installation(one, "220") as (strange, _):
            with pytest.raises(CannotStart, match="正由另一个机器人使用：每套警钟要有自己的数据库"):
                await told_of(strange)
        async with installation(two, "220") as (other, _):
            assert await told_of(other) == []


async def test_a_jurisdiction_that_two_serve_is_said_at_the_start_of_the_second_and_logged_by_the_first(urls, logged):
    one, two = urls
    async with installation(one, "110") as (first, store), installation(two, "220") as (second, beside):
        await bind(store, -1)
        assert await told_of(first) == []
        looking = asyncio.create_task(first.run())
        await bind(beside, -1)
        [sentence] = await told_of(second)
        assert sentence.startswith("“晋城市城区”同时由另一套警钟服务（数据库 ") and "/unbind" in sentence
        async with asyncio.timeout(10):
            while not any(line["event"] == "jurisdiction.served_twice" for line in logged):  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        first.stop()
        await looking
        assert len([line for line in logged if line["event"] == "jurisdiction.served_twice"]) == 1


async def test_who_serves_too_is_known_before_anything_is_bound_and_told_once_when_both_do(urls):
    one, two = urls
    async with installation(one, "110") as (first, store), installation(two, "220") as (second, beside):
        await bind(store, -1)
        assert await second.serves_too("晋城市城区") == ""
        await first.arrive()
        database = await second.serves_too("晋城市城区")
        assert database and await second.serves_too("德惠市") == ""
        assert await told_of(first) == [], "to ask leaves no mark: nobody is told of what was not bound"
        told = []

        async def tell(name, where):
            told.append((name, where))
            second.stop()

        second.tell = tell
        await bind(beside, -1)
        await second.run()
        assert told == [("晋城市城区", database)]


async def test_marks_that_were_lost_are_taken_again(urls):
    one, two = urls
    async with installation(one, "110") as (first, _), installation(two, "110") as (copied, _):
        await first.arrive()
        looking = asyncio.create_task(first.run())
        lost = first._marks
        await lost._driver.close()
        async with asyncio.timeout(10):
            while first._marks in (None, lost):  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        with pytest.raises(CannotStart):
            await told_of(copied)
        first.stop()
        await looking
