"""All tables, and the revision of the migrations that makes them."""

from __future__ import annotations

import sqlite3
from functools import cache
from typing import cast

from sqlalchemy import Connection, create_mock_engine, inspect, text
from sqlalchemy.dialects import sqlite

from storage import transaction  # noqa: F401  # each table is defined beside its repository; this imports them all
from storage.columns import metadata
from storage.errors import Unusable
from storage.sqlite_connection import Connection as SqliteConnection

__all__ = ["HEAD", "create", "metadata", "revision_of"]

# Kept equal to the newest file in migrations/versions by a test, so that a start need not load Alembic.
HEAD = "0031"


def revision_of(connection: Connection) -> str | None:
    """Return a database's revision, None when it was never upgraded.

    Raises:
        Unusable: it has tables, and they are another program's.
    """
    inspector = inspect(connection)
    if not inspector.has_table("alembic_version"):
        # An SQLite file is one program's; a schema of PostgreSQL may have tables of extensions.
        there = set(inspector.get_table_names())
        foreign = there if connection.dialect.name == "sqlite" else there & set(metadata.tables)
        if foreign:
            raise Unusable("foreign", "、".join(sorted(foreign)[:3]))
        return None
    revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return revision


def create(connection: Connection) -> None:
    """Make all tables in an SQLite database that has none."""
    cast(SqliteConnection, connection.connection.driver_connection).fill_from(_made())


@cache
def _made() -> sqlite3.Connection:
    """Return a database in memory with all tables: to copy it takes a tenth of what making them takes."""
    statements: list[str] = []
    dialect = sqlite.dialect()
    engine = create_mock_engine("sqlite://", lambda ddl, *_: statements.append(str(ddl.compile(dialect=dialect))))
    metadata.create_all(engine, checkfirst=False)
    made = sqlite3.connect(":memory:", check_same_thread=False)
    for statement in statements:
        made.execute(statement)
    return made
