"""A database is opened: looked at first, never made or changed."""

from __future__ import annotations

from storage import engine as engines
from storage.errors import SchemaOutdated, StoreMissing
from storage.place import check_file
from storage.schema import create
from storage.store import Store


async def open_store(url: str, *, read_only: bool = False) -> Store:
    """Open a database; never makes or changes tables, but in memory, where they are made.

    Args:
        url: ``sqlite+aiosqlite:///path``, ``sqlite+aiosqlite://`` in memory, ``postgresql+asyncpg://…``; the
            driver may be left out.
        read_only: ``writing`` raises, and the database is told so too.

    Raises:
        StoreMissing: there is no such file. SchemaOutdated: run ``upgrade``. Unavailable: PostgreSQL is not there.
        Unusable: it cannot be used as it is named.
    """
    parsed = engines.read_url(url)
    path = engines.sqlite_path(parsed)
    if not engines.is_sqlite(parsed):
        engine = engines.postgres_engine(parsed)
        store = Store(parsed, None if read_only else engine, engines.postgres_readers(engine), engine)
    elif path is None:
        writer, readers, keeper = engines.sqlite_memory()
        async with keeper.connect() as connection:
            await connection.run_sync(create)
        for engine in (readers,) if read_only else (readers, writer):
            async with engine.connect():
                pass  # it is open from now on: nothing that is done in memory waits for a thread
        return Store(parsed, None if read_only else writer, readers, keeper)
    elif not path.exists():
        check_file(path, write=False)
        raise StoreMissing(path)
    else:
        check_file(path, write=not read_only)
        store = Store(parsed, None if read_only else engines.sqlite_writer(path), engines.sqlite_readers(path))
    try:
        await store.check_schema()
    except BaseException:
        await store.close()
        raise
    return store


async def is_current(url: str) -> bool:
    """Tell whether a database has this program's tables: if not, ``upgrade`` it. Alembic is not loaded."""
    try:
        await (await open_store(url, read_only=True)).close()
    except (StoreMissing, SchemaOutdated):
        return False
    return True
