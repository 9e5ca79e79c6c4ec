"""One contract, three databases: a file, PostgreSQL, and memory (which the simulator uses)."""

import pytest
from sqlalchemy import text

from storage import open_store


@pytest.fixture(params=["sqlite", "postgres", "memory"])
def url(request):
    """A migrated database."""
    names = {"sqlite": "file_url", "postgres": "postgres_town_url"}
    return "sqlite+aiosqlite://" if request.param == "memory" else request.getfixturevalue(names[request.param])


@pytest.fixture
async def store(url):
    async with await open_store(url) as store:
        yield store


@pytest.fixture
async def durable(any_url):
    async with await open_store(any_url) as store:
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
