"""What benchmarks stand on: migrated databases on the disk or on a PostgreSQL of their own."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import asyncpg

from storage import Store, open_store, upgrade
from tests.postgres_server import Server, find_binaries


@asynccontextmanager
async def sqlite(folder: Path, name: str) -> AsyncIterator[Store]:
    """Yield a new SQLite database in a file."""
    url = await sqlite_url(folder, name)
    async with await open_store(url) as store:
        yield store


async def sqlite_url(folder: Path, name: str) -> str:
    """Make a new SQLite database and return its address."""
    path = folder / f"{name}-{uuid.uuid4().hex[:8]}.db"
    url = f"sqlite+aiosqlite:///{path}"
    await upgrade(url)
    return url


@contextmanager
def postgres_server(**settings: str) -> Iterator[Server]:
    """Yield a running PostgreSQL on loopback; it is gone afterwards.

    Args:
        settings: where those of the tests do not fit.
    """
    server = Server(find_binaries()[0], **settings)
    try:
        server.start()
        yield server
    finally:
        server.remove()


@asynccontextmanager
async def postgres(server: Server, name: str) -> AsyncIterator[Store]:
    """Yield a new database of a server."""
    async with await open_store(await postgres_url(server, name)) as store:
        yield store


async def postgres_url(server: Server, name: str) -> str:
    """Make a new database of a server and return its address."""
    database = f"{name}_{uuid.uuid4().hex[:8]}"
    connection = await asyncpg.connect(server.url)
    try:
        await connection.execute(f'CREATE DATABASE "{database}" TEMPLATE template0')
    finally:
        await connection.close()
    url = f"postgresql+asyncpg://{server.url.split('://', 1)[1].rsplit('/', 1)[0]}/{database}"
    await upgrade(url)
    return url
