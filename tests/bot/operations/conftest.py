"""Databases for the tests of operation: a file, PostgreSQL, memory."""

from datetime import UTC, datetime

import pytest
import structlog

from bot.clock import VirtualClock
from storage import open_store

AT = datetime(2026, 3, 2, 2, 20, tzinfo=UTC)
MEMORY = "sqlite+aiosqlite://"


@pytest.fixture
async def store(any_url):
    """A migrated database, on each of the two."""
    async with await open_store(any_url) as store:
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
