"""Making and changing tables, with Alembic, which is loaded only then."""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncEngine

from storage import engine as engines
from storage.errors import SchemaOutdated, StorageError
from storage.faults import translate_opening
from storage.lock import run_lock
from storage.place import check_file
from storage.schema import HEAD, revision_of

SCRIPTS = Path(__file__).parent / "migrations"

# Any number, as long as nobody else uses it in this database: two processes must not migrate at once.
_POSTGRES_LOCK = 0x746F6373696E


async def upgrade(url: str) -> None:
    """Bring a database to this program's tables, in one transaction; an SQLite file is made when it is not there.

    Raises:
        StoreLocked: a process runs on the file, this one too. SchemaOutdated: a later version made the tables.
        Unusable: it cannot be used as it is named. Unavailable: it is not there now.
        sqlalchemy.exc.DBAPIError: it could not be done, and the database is as it was.
    """
    parsed = engines.read_url(url)
    path = engines.sqlite_path(parsed)
    if engines.is_sqlite(parsed) and path is None:
        return  # open_store makes the tables
    if path is not None:
        check_file(path, write=True)
        if path.exists() and path.stat().st_size:
            await _look(path)
    with run_lock(path):
        if path is not None and not path.exists():
            # Names and reports are in it: nobody else on the machine reads it, nor what SQLite puts beside it.
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
        engine = engines.sqlite_migrator(path) if path is not None else engines.postgres_engine(parsed)
        try:
            await _upgrade(engine)
        except StorageError:
            raise
        except Exception as error:  # what it does not know goes on as it is
            translation = translate_opening(error)
            if translation is None:
                raise
            raise translation from error
        finally:
            await engine.dispose()


async def _look(path: Path) -> None:
    """See that a file is ours before it is opened for writing: that alone would change it."""
    engine = engines.sqlite_readers(path)
    try:
        async with engine.connect() as connection:
            await connection.run_sync(revision_of)
    except StorageError:
        raise
    except Exception as error:  # what it does not know is met again, and told, when the file is opened for writing
        translation = translate_opening(error)
        if translation is not None:
            raise translation from error
    finally:
        await engine.dispose()


async def _upgrade(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _POSTGRES_LOCK})
        revision = await connection.run_sync(revision_of)
        if revision is not None and revision > HEAD:
            raise SchemaOutdated(revision, HEAD)
        await connection.run_sync(run_scripts)


def run_scripts(connection: Connection) -> None:
    """Run the migrations that a database has not had, inside the caller's transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
