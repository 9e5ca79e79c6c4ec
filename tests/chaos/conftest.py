"""What the faults are tried on: a migrated file, a PostgreSQL database, a seated town."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import structlog

from tests.journeys.world import Town
from tests.thorough import SEEDS


@pytest.fixture
def fresh(migrated_file: Path, tmp_path: Path, postgres) -> Iterator[Callable[[str], str]]:
    """A function that returns the address of another migrated database of the same kind."""
    with ExitStack() as stack:

        def another(url: str) -> str:
            if url.startswith("postgresql"):
                return stack.enter_context(postgres.database("storage"))
            path = tmp_path / f"another-{random.randrange(10**9)}.db"
            shutil.copy(migrated_file, path)
            return f"sqlite+aiosqlite:///{path}"

        yield another


@pytest.fixture
def quiet() -> Iterator[None]:
    """The program's own log is not printed: a traceback in colours takes a second."""
    with structlog.testing.capture_logs():
        yield


@pytest.fixture
async def town() -> AsyncIterator[Town]:
    """Everybody seated, the database in memory, no network."""
    async with Town.open() as town:
        yield town


@pytest.fixture(params=range(SEEDS))
def seed(request: pytest.FixtureRequest) -> int:
    """A seed, printed; ``CHAOS_SEED=N`` repeats one."""
    given = os.environ.get("CHAOS_SEED")
    chosen = int(given) + int(request.param) if given else random.randrange(10**6)
    print(f"CHAOS_SEED={chosen}")
    return chosen


@pytest.fixture
def chance(seed: int) -> random.Random:
    """Chance, repeatable by its seed."""
    return random.Random(seed)
