"""Databases for the tests of operation: a file, PostgreSQL, memory."""

import asyncio
import shutil
from datetime import UTC, datetime

import pytest
import structlog

from bot.clock import VirtualClock
from storage import open_store, upgrade

AT = datetime(2026, 3, 2, 2, 20, tzinfo=UTC)
MEMORY = "sqlite+aiosqlite://"


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("migrated") / "tocsin.db"
    asyncio.run(upgrade(f"sqlite:///{path}"))
    return path


@pytest.fixture
def file_url(migrated_file, tmp_path):
    path = tmp_path / "tocsin.db"
    shutil.copy(migrated_file, path)
    return f"sqlite+aiosqlite:///{path}"


@pytest.fixture
def postgres_store_url(postgres):
    template = postgres.template("storage", lambda url: asyncio.run(upgrade(url)))
    with postgres.database(template) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def durable_url(request):
    return request.getfixturevalue("file_url" if request.param == "sqlite" else "postgres_store_url")


@pytest.fixture
async def store(durable_url):
    """A migrated database, on each of the two."""
    async with await open_store(durable_url) as store:
        yield store


@pytest.fixture
async def file(file_url):
    async with await open_store(file_url) as store:
        yield store


@pytest.fixture
async def memory():
    async with await open_store(MEMORY) as store:
        yield store


@pytest.fixture
def clock():
    return VirtualClock(AT)


@pytest.fixture
def logged():
    """The program's own log lines, while the test runs."""
    with structlog.testing.capture_logs() as lines:
        yield lines


class Monotonic:
    """Seconds that a test moves."""

    def __init__(self):
        self.seconds = 1000.0

    def __call__(self):
        return self.seconds


@pytest.fixture
def monotonic():
    return Monotonic()
