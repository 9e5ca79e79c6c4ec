"""Fixtures that hand a test a PostgreSQL database of its own.

One server serves a whole run, all its xdist workers included: the first test that asks starts it. A database is copied
from a template, so that a test pays tens of milliseconds and not a migration:

    def test_something(postgres_url): ...               # an empty database, postgresql+asyncpg://…

    @pytest.fixture                                     # one with a schema that is made once a run
    def migrated_url(postgres):
        template = postgres.template("migrated", lambda url: upgrade(url))
        with postgres.database(template) as url:
            yield url
"""

from __future__ import annotations

import asyncio
import fcntl
import os
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import pytest

from tests import postgres_server

WAIT_SECONDS = 2 * postgres_server.START_SECONDS
EMPTY = "template0"
LETTERS = str.maketrans("0123456789", "ghijklmnop")
"""A database whose name has a row of digits looks like a telephone number, which no process may say."""


class Postgres:
    """The server of this test run.

    Args:
        url: the maintenance database, ``postgresql://…``.
        folder: is shared by all workers of the run.
    """

    def __init__(self, url: str, folder: Path) -> None:
        self._url = url
        self._folder = folder

    def url(self, database: str) -> str:
        """Return a database's address, as SQLAlchemy reads it."""
        return f"postgresql+asyncpg://{urlsplit(self._url).netloc}/{database}"

    def template(self, name: str, prepare: Callable[[str], object]) -> str:
        """Make a template database once in the run and return its name.

        Args:
            name: the same for all who want the same content; letters, digits and underscores.
            prepare: is called with the new database's URL by the first who asks, outside any event loop, and leaves
                no connection open.
        """
        with _locked(self._folder / f"template-{name}.lock") as made:
            if not made.read_text():
                self._execute(f'CREATE DATABASE "{name}" TEMPLATE {EMPTY} STRATEGY FILE_COPY')
                _outside_any_loop(lambda: prepare(self.url(name)))
                made.write_text("made")
        return name

    @contextmanager
    def database(self, template: str = EMPTY) -> Iterator[str]:
        """Yield the URL of a fresh copy of ``template``, which is dropped afterwards."""
        name = f"test_{uuid.uuid4().hex.translate(LETTERS)}"
        self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
        try:
            yield self.url(name)
        finally:
            self._execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    def _execute(self, statement: str) -> None:
        async def execute() -> None:
            connection = await asyncpg.connect(self._url)
            try:
                await connection.execute(statement)
            finally:
                await connection.close()

        _outside_any_loop(lambda: asyncio.run(execute()))


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Postgres]:
    """The run's PostgreSQL server; it stops when the last worker that used it is gone."""
    folder = tmp_path_factory.getbasetemp()
    folder = folder if worker_id == "master" else folder.parent
    lock, address = folder / "postgres.lock", folder / "postgres.url"
    lock.touch()
    with lock.open("rb") as use:
        fcntl.flock(use, fcntl.LOCK_SH)
        with _locked(folder / "postgres.starting") as started:
            if not started.read_text():
                _start_keeper(lock, address)
                started.write_text("started")
        yield Postgres(_read_when_there(address), folder)


@pytest.fixture
def postgres_url(postgres: Postgres) -> Iterator[str]:
    """A fresh, empty database: ``postgresql+asyncpg://…``."""
    with postgres.database() as url:
        yield url


def _start_keeper(lock: Path, address: Path) -> None:
    # A session of its own, since Ctrl-C is for the tests; not subprocess, which wants to see the end of what it starts.
    with lock.with_suffix(".log").open("ab") as log, Path(os.devnull).open("rb") as nothing:
        os.posix_spawn(
            sys.executable,
            [sys.executable, postgres_server.__file__, str(lock), str(address)],
            os.environ,
            setsid=True,
            file_actions=[
                (os.POSIX_SPAWN_DUP2, nothing.fileno(), 0),
                (os.POSIX_SPAWN_DUP2, log.fileno(), 1),
                (os.POSIX_SPAWN_DUP2, log.fileno(), 2),
            ],
        )


def _read_when_there(address: Path) -> str:
    deadline = time.monotonic() + WAIT_SECONDS
    while not address.exists():
        assert time.monotonic() < deadline, "the PostgreSQL server did not say where it is"
        time.sleep(0.01)
    url = address.read_text(encoding="utf-8")
    assert not url.startswith("error:"), f"no PostgreSQL: {url}"
    return url


@contextmanager
def _locked(path: Path) -> Iterator[Path]:
    path.touch()
    with path.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield path


def _outside_any_loop(work: Callable[[], object]) -> None:
    # Also called while a test's own loop runs: a loop of another thread does not meet it.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(work).result()
