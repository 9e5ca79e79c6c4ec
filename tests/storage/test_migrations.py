import asyncio
import re
import stat
import sys

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlalchemy.ext.asyncio import create_async_engine

from storage import SchemaOutdated, StoreLocked, StoreMissing, is_current, open_store, upgrade
from storage.engine import read_url
from storage.migrate import SCRIPTS
from storage.schema import HEAD, metadata


@pytest.fixture(params=["sqlite", "postgres"])
def empty_urls(request, tmp_path):
    """Two addresses of databases without tables."""
    if request.param == "sqlite":
        yield tuple(f"sqlite:///{tmp_path}/{name}.db" for name in ("a", "b"))
    else:
        postgres = request.getfixturevalue("postgres")
        with postgres.database() as one, postgres.database() as two:
            yield one, two


async def inside(url, work):
    engine = create_async_engine(read_url(url))
    try:
        async with engine.begin() as connection:
            return await connection.run_sync(work)
    finally:
        await engine.dispose()


def described(connection):
    """What a database says of its tables, as comparable text."""
    if connection.dialect.name == "sqlite":
        rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
        # A table that was made anew with another column has its name in quotes.
        bare = {name: sql.replace(f'TABLE "{name}"', f"TABLE {name}") for name, sql in rows}
        # A column that was added stands in the line of the one before it.
        apart = re.compile(r",\s(?![^(]*\))|\n")
        return {
            name: sorted(filter(None, (line.strip(" ,\t") for line in apart.split(sql)))) for name, sql in bare.items()
        }
    tables = connection.execute(
        text(
            "SELECT table_name || '.' || column_name, data_type || coalesce(character_maximum_length::text, '')"
            " || is_nullable || coalesce(column_default, '') FROM information_schema.columns"
            " WHERE table_schema = 'public'"
        )
    )
    indexes = connection.execute(text("SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"))
    constraints = connection.execute(
        text(
            "SELECT conrelid::regclass || '.' || conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE connamespace = 'public'::regnamespace"
        )
    )
    return {name: description for rows in (tables, indexes, constraints) for name, description in rows}


async def test_the_migrations_make_exactly_the_tables_that_the_program_describes(empty_urls):
    migrated, created = empty_urls
    await upgrade(migrated)
    await inside(created, metadata.create_all)
    one, two = await inside(migrated, described), await inside(created, described)
    version = {name: one.pop(name) for name in list(one) if "alembic_version" in name}
    assert version
    assert one == two
    assert len(one) > 40


async def test_alembic_sees_no_difference_either(empty_urls):
    await upgrade(empty_urls[0])

    def compare(connection):
        assert set(metadata.tables) < set(inspect(connection).get_table_names())
        return compare_metadata(MigrationContext.configure(connection), metadata)

    assert await inside(empty_urls[0], compare) == []


async def test_an_upgrade_can_be_repeated_and_run_twice_at_once(empty_urls):
    url, _ = empty_urls
    assert not await is_current(url)
    outcomes = await asyncio.gather(upgrade(url), upgrade(url), return_exceptions=True)
    assert None in outcomes and all(one is None or isinstance(one, StoreLocked) for one in outcomes)
    assert await is_current(url)
    async with await open_store(url) as store, store.writing() as tx:
        await tx.meta.put("kept", "yes")
    await upgrade(url)
    async with await open_store(url) as store, store.reading() as rx:
        assert await rx.meta.get("kept") == "yes"


async def test_a_database_of_another_revision_is_not_opened(any_url):
    def forge(connection):
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    assert await is_current(any_url)
    await inside(any_url, forge)
    assert not await is_current(any_url)
    with pytest.raises(SchemaOutdated) as caught:
        await open_store(any_url)
    assert (caught.value.found, caught.value.expected) == ("9999", HEAD)


async def test_an_empty_postgres_database_is_outdated_and_a_missing_file_is_missing(postgres_url, tmp_path):
    with pytest.raises(SchemaOutdated) as caught:
        await open_store(postgres_url)
    assert caught.value.found is None
    missing = tmp_path / "none.db"
    with pytest.raises(StoreMissing) as missed:
        await open_store(f"sqlite:///{missing}")
    assert missed.value.path == missing
    assert not await is_current(f"sqlite:///{missing}")
    assert not missing.exists()


async def test_nobody_else_on_the_machine_reads_the_file(tmp_path):
    path = tmp_path / "带 空格#.db"
    await upgrade(f"sqlite:///{path}")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert await is_current(f"sqlite:///{path}")


async def test_a_file_that_the_bot_runs_on_is_not_migrated(file_url):
    async with await open_store(file_url) as store:
        with store.lock(), pytest.raises(StoreLocked):
            await upgrade(file_url)
    await upgrade(file_url)


def test_the_programs_revision_is_the_newest_script():
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


async def test_a_start_does_not_load_alembic(file_url):
    code = (
        "import asyncio, sys, storage\n"
        "async def main():\n"
        "    assert await storage.is_current(sys.argv[1])\n"
        "    async with await storage.open_store(sys.argv[1]) as store, store.writing() as tx:\n"
        "        await tx.meta.put('a', 'b')\n"
        "asyncio.run(main())\n"
        "print([name for name in sys.modules if name.startswith(('alembic', 'asyncpg', 'telegram'))])\n"
    )
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", code, file_url, stdout=asyncio.subprocess.PIPE)
    output, _ = await process.communicate()
    assert (process.returncode, output) == (0, b"[]\n")
