"""A database that cannot be used as it is named: told apart before anything is made, changed or opened for writing."""

import os
import sqlite3
import subprocess
import sys
import uuid
from pathlib import Path

import pytest
from asyncpg import exceptions as pg
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine

from storage import SchemaOutdated, StoreLocked, StoreMissing, Unavailable, Unusable, is_current, open_store, upgrade
from storage.engine import read_url
from storage.faults import translate_opening
from storage.lock import run_lock


def foreign(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE customers (name)")
    connection.close()


def words(path: Path) -> None:
    path.write_text("这不是数据库\n" * 10, encoding="utf-8")


def folder(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize(("make", "kind"), [(foreign, "foreign"), (words, "not_sqlite"), (folder, "folder")])
async def test_what_is_not_ours_is_left_as_it_is(tmp_path, make, kind):
    path = tmp_path / "t.db"
    make(path)
    before = path.read_bytes() if path.is_file() else b""
    for attempt in (upgrade, open_store, is_current):
        with pytest.raises(Unusable) as caught:
            await attempt(f"sqlite:///{path}")
        assert caught.value.kind == kind
    assert (path.read_bytes() if path.is_file() else b"") == before
    assert {item.name for item in tmp_path.iterdir()} <= {"t.db", "t.db-wal", "t.db-shm"} or kind == "folder"


async def test_an_empty_file_and_none_are_no_foreign_ones(tmp_path):
    with pytest.raises(StoreMissing):
        await open_store(f"sqlite:///{tmp_path / 'none.db'}")
    with pytest.raises(Unusable) as caught:
        await open_store(f"sqlite:///{tmp_path / 'no' / 't.db'}")
    assert (caught.value.kind, caught.value.what) == ("no_folder", str(tmp_path / "no"))
    (tmp_path / "t.db").touch()
    await upgrade(f"sqlite:///{tmp_path / 't.db'}")
    assert await is_current(f"sqlite:///{tmp_path / 't.db'}")


@pytest.mark.parametrize(
    ("refused", "kind"),
    [
        (("file", os.R_OK), "unreadable"),
        (("file", os.W_OK), "unwritable"),
        (("folder", os.W_OK | os.X_OK), "folder_unwritable"),
    ],
)
async def test_what_this_user_may_not_read_or_write_is_named(tmp_path, file_url, monkeypatch, refused, kind):
    """Whoever runs the tests may be root, to whom the kernel refuses nothing: its answer is given for it."""
    path = str(read_url(file_url).database)
    named = {"file": str(path), "folder": str(Path(path).parent)}[refused[0]]
    monkeypatch.setattr("storage.place.os.access", lambda asked, mode: (str(asked), mode) != (named, refused[1]))
    for attempt in (upgrade, open_store):
        with pytest.raises(Unusable) as caught:
            await attempt(file_url)
        assert (caught.value.kind, caught.value.what) == (kind, named)
    if kind != "unreadable":
        async with await open_store(file_url, read_only=True) as store, store.reading() as rx:
            assert await rx.journal.length() == (0, 0)


async def test_tables_of_a_later_version_are_not_touched(any_url):
    engine = create_async_engine(read_url(any_url))
    async with engine.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    await engine.dispose()
    for attempt in (upgrade, open_store):
        with pytest.raises(SchemaOutdated) as caught:
            await attempt(any_url)
        assert caught.value.newer and caught.value.found == "9999"


async def test_a_database_of_postgresql_that_is_not_there(postgres_town_url):
    url = read_url(postgres_town_url)
    for attempt in (upgrade, open_store):
        with pytest.raises(Unusable) as caught:
            await attempt(url.set(database="no_such_one").render_as_string(hide_password=False))
        assert caught.value.kind == "database"
        with pytest.raises(Unavailable):
            await attempt(url.set(host="127.0.0.1", port=1, query={}).render_as_string(hide_password=False))


async def test_a_role_of_postgresql_that_may_make_no_tables(postgres):
    role = f"poor_{uuid.uuid4().hex}"  # of the whole server
    with postgres.database() as fresh:
        url = read_url(fresh)
        engine = create_async_engine(url)
        async with engine.begin() as connection:
            await connection.execute(text(f"CREATE ROLE {role} LOGIN PASSWORD 'x'"))
            await connection.execute(text("REVOKE CREATE ON SCHEMA public FROM PUBLIC"))
        poor = url.set(username=role, password="x").render_as_string(hide_password=False)
        with pytest.raises(Unusable) as caught:
            await upgrade(poor)
        assert caught.value.kind == "privilege" and "CREATE TABLE" not in caught.value.what
        async with engine.begin() as connection:
            await connection.execute(text(f"DROP OWNED BY {role}"))
            await connection.execute(text(f"DROP ROLE {role}"))
        await engine.dispose()


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (pg.InvalidPasswordError("password authentication failed"), "password"),
        (pg.InvalidAuthorizationSpecificationError('role "x" is not permitted to log in'), "role"),
        (pg.InvalidCatalogNameError('database "x" does not exist'), "database"),
        (pg.InsufficientPrivilegeError("permission denied for schema public"), "privilege"),
    ],
)
def test_what_postgresql_refuses_for_good_is_told_apart(error, kind):
    for found in (error, DBAPIError("CREATE TABLE …", {}, error)):
        known = translate_opening(found)
        assert isinstance(known, Unusable) and known.kind == kind and "CREATE" not in known.what


@pytest.mark.parametrize("other", ["symbolic", "hard", "a name through a folder's link"])
def test_one_file_has_one_program_by_whatever_name(file_url, tmp_path, other):
    path = Path(str(read_url(file_url).database))
    if other == "symbolic":
        name = tmp_path / "u.db"
        name.symlink_to(path)
    elif other == "hard":
        name = tmp_path / "u.db"
        os.link(path, name)
    else:
        (tmp_path / "way").symlink_to(path.parent, target_is_directory=True)
        name = tmp_path / "way" / path.name
    elsewhere = (
        f"import pathlib; from storage.lock import run_lock\nwith run_lock(pathlib.Path({str(name)!r})): print('in')"
    )
    for held, refused in ((path, name), (name, path)):
        with run_lock(held):
            with pytest.raises(StoreLocked), run_lock(refused):
                pass
            done = subprocess.run([sys.executable, "-c", elsewhere], capture_output=True, text=True, check=False)
            assert "StoreLocked" in done.stderr and done.stdout == ""
            with sqlite3.connect(path) as connection:  # SQLite's own locks are not in the way
                connection.execute("CREATE TABLE IF NOT EXISTS x (a)")
            connection.close()
    with run_lock(path):
        pass
    done = subprocess.run([sys.executable, "-c", elsewhere], capture_output=True, text=True, check=False)
    assert done.stdout == "in\n", done.stderr
