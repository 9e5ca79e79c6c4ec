"""One contract, three databases: a file, PostgreSQL, and memory (which the simulator uses)."""

import asyncio
import shutil

import pytest
from sqlalchemy import text

from storage import open_store, upgrade


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("migrated") / "tocsin.db"
    asyncio.run(upgrade(f"sqlite:///{path}"))
    return path


@pytest.fixture
def sqlite_url(migrated_file, tmp_path):
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
    """A migrated database that outlives its store."""
    return request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_store_url")


@pytest.fixture(params=["sqlite", "postgres", "memory"])
def url(request):
    """A migrated database."""
    names = {"sqlite": "sqlite_url", "postgres": "postgres_store_url"}
    return "sqlite+aiosqlite://" if request.param == "memory" else request.getfixturevalue(names[request.param])


@pytest.fixture
async def store(url):
    async with await open_store(url) as store:
        yield store


@pytest.fixture
async def durable(durable_url):
    async with await open_store(durable_url) as store:
        yield store


@pytest.fixture
def raw():
    """A function that runs SQL behind the repositories' back and returns the first column, or changes rows."""

    async def run(transaction, statement, **parameters):
        connection = transaction._session.connection
        if parameters:
            result = await connection.execute(text(statement), parameters)
        else:
            result = await connection.exec_driver_sql(statement)  # where a colon is a colon
        return [row[0] for row in result] if result.returns_rows else result.rowcount

    return run
