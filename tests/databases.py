"""Migrated databases to run the program on: a file, a database of PostgreSQL, each of the two."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import upgrade
from tests.thorough import THOROUGH

DATABASES = ("sqlite", "postgres")


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("migrated") / "tocsin.db"
    asyncio.run(upgrade(f"sqlite:///{path}"))
    return path


@pytest.fixture
def file_url(migrated_file: Path, tmp_path: Path) -> str:
    path = tmp_path / "tocsin.db"
    shutil.copy(migrated_file, path)
    return f"sqlite+aiosqlite:///{path}"


@pytest.fixture
def postgres_town_url(postgres) -> Iterator[str]:
    template = postgres.template("storage", lambda url: asyncio.run(upgrade(url)))
    with postgres.database(template) as url:
        yield url


@pytest.fixture(params=DATABASES)
def any_url(request: pytest.FixtureRequest) -> str:
    """A migrated database that outlives its program, on each of the two."""
    return _url(request)


@pytest.fixture(params=DATABASES if THOROUGH else DATABASES[:1])
def usual_url(request: pytest.FixtureRequest) -> str:
    """A migrated file; in ``make chaos`` also PostgreSQL.

    For what asks the database nothing of its own: that each statement does the same on both is the contract of
    tests/storage, that the program lives on both is shown by the main line and by the night of deaths.
    """
    return _url(request)


def _url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue("file_url" if request.param == "sqlite" else "postgres_town_url"))
