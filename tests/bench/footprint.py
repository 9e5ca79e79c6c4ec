"""B10: how soon the program is ready, what it takes in memory, and what its small commands do not load."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from storage import open_store
from tests.bench import stage
from tests.bench.due_scan import fill
from tests.bench.processes import BARE, OURS, REPOSITORY, Child, telegram
from tests.bench.report import Aim, Line
from tests.bench.rounds import Run, alternate_async

OPEN = 10_000
FAR = datetime(2100, 1, 1, tzinfo=UTC)
SETTLED = 3.0
"""Seconds after which the memory is read."""

COMMANDS = {
    "read": ["read", "楼梯踩踏，4名学生受伤"],
    "classify": ["classify", "--plan", "jincheng-water-rescue", "--facts", '{"deaths": 3}'],
    "phone": ["phone", "wjj"],
}
HEAVY = ("telegram", "sqlalchemy", "aiohttp", "alembic")
LOOK = """
import atexit, json, os, sys
atexit.register(lambda: os.write(3, json.dumps(sorted({name.split(".")[0] for name in sys.modules})).encode()))
from bot.cli import main
main()
"""


def measure(run: Run) -> Iterator[Line]:
    """Yield the lines of B10."""
    yield from asyncio.run(_processes(run))
    for name, words in COMMANDS.items():
        loaded = _loaded(words)
        heavy = [module for module in HEAVY if module in loaded]
        yield Line(
            number="B10", measure=f"heavy libraries that `{name}` loads{f': {heavy}' if heavy else ''}", unit="",
            ours=(float(len(heavy)),), aim=Aim(on="ours", at_most=0), note=f"heavy: {', '.join(HEAVY)}",
        )  # fmt: skip


async def _processes(run: Run) -> list[Line]:
    url = await stage.sqlite_url(run.folder, "office")
    async with await open_store(url) as store:
        await fill(store, OPEN, due=0, now=FAR)
    async with telegram() as (_, api):

        async def ours() -> tuple[float, float]:
            return await _lived(OURS, api, run.folder, {"TOCSIN_DATABASE_URL": url})

        async def bare() -> tuple[float, float]:
            path = run.folder / f"bare-{uuid.uuid4().hex[:8]}.db"
            return await _lived(BARE, api, run.folder, {"BARE_DATABASE": str(path)})

        mine, others = await alternate_async(run.rounds, ours, bare)
    return [
        Line(
            number="B10", measure="start to ready, database current", unit="s", ours=tuple(one for one, _ in mine),
            peer=tuple(one for one, _ in others), against="bare bot", aim=Aim(at_most=3),
            note="ready: it polls, and says so; both over HTTP on loopback",
        ),
        Line(
            number="B10", measure=f"resident memory, {OPEN:,} open obligations", unit="MiB",
            ours=tuple(two for _, two in mine), peer=tuple(two for _, two in others), against="bare bot",
            aim=Aim(at_most=2), note=f"{SETTLED:g} s after it was ready",
        ),
    ]  # fmt: skip


async def _lived(what: tuple[str, ...], api: str, folder: Path, more: dict[str, str]) -> tuple[float, float]:
    """Return the seconds until a process was ready, and its memory some time later."""
    child = await Child.start(what, api, folder, more)
    try:
        await asyncio.sleep(SETTLED)
        return child.seconds, child.resident()
    finally:
        await child.stop()


def _loaded(words: list[str]) -> list[str]:
    """Return the packages that a command loads."""
    done = subprocess.run(
        ["bash", "-c", 'exec "$0" -c "$1" "${@:2}" 3>&1 >/dev/null', sys.executable, LOOK, *words],
        cwd=REPOSITORY, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"{words[0]}: {done.stderr}")
    found: list[str] = json.loads(done.stdout)
    return found
