"""The command line, run in this process; a database with two incidents in it."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.cases.plan_registry import PlanRegistry
from bot.cli import application
from bot.clock import VirtualClock
from bot.service import NewReport, Requester, Service, Step
from bot.simulate import cast
from plans.incident.filing import File
from plans.incident.judging import Verify
from plans.incident.levels import Declare
from plans.load import DATA, load
from storage import open_store
from tests.vouching import vouch

CAMPUS = load(DATA / "jincheng-chengqu-campus.yaml")
START = datetime(2026, 3, 2, 2, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Ran:
    """What a command came to."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document on standard output."""
        return json.loads(self.out)


Tocsin = Callable[..., Ran]


@pytest.fixture
def tocsin(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Tocsin:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("bot.log.set_up", lambda level: None)
    monkeypatch.setenv("TOCSIN_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("TOCSIN_DATABASE_URL", raising=False)

    def run(*words: object) -> Ran:
        capsys.readouterr()
        status = application.run([str(word) for word in words])
        captured = capsys.readouterr()
        return Ran(status, captured.out, captured.err)

    return run


@pytest.fixture
def database(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file with incident 1, declared and half filed, and a drill."""
    path = tmp_path / "tocsin.db"
    monkeypatch.setenv("TOCSIN_DATABASE_URL", str(path))
    shutil.copy(filled, path)
    return path


@pytest.fixture(scope="session")
def filled(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("filled") / "tocsin.db"
    shutil.copy(migrated_file, path)
    asyncio.run(_fill(f"sqlite+aiosqlite:///{path}"))
    return path


async def _fill(url: str) -> None:
    clock = VirtualClock(START)
    async with await open_store(url) as store:
        names = iter(("real", "drill"))
        service = Service(store, PlanRegistry({CAMPUS.id: CAMPUS}), clock, new_id=lambda: next(names))
        await cast.enter(service, CAMPUS, [], START)
        async with store.writing() as tx:
            await vouch(tx, START)
        report = NewReport(
            plan_id=CAMPUS.id,
            jurisdiction=CAMPUS.jurisdiction.name,
            text="实验小学楼梯踩踏，4名学生受伤",
            said_at=START,
            place_id=cast.place_id("school"),
            occurred_at=datetime(2026, 3, 2, 2, 20, tzinfo=UTC),
        )
        drill = NewReport(
            plan_id=CAMPUS.id,
            jurisdiction=CAMPUS.jurisdiction.name,
            text="演练：教学楼冒烟",
            said_at=START,
            place_id=cast.place_id("school"),
            drill=True,
        )
        asked: list[tuple[str, Step | NewReport]] = [
            ("school", report),
            ("duty", Step(stream="incident:real", command=Verify(event_level="一般"))),
            ("director", Step(stream="incident:real", command=Declare(level="Ⅲ"))),
            ("duty", Step(stream="incident:real", command=File(report="首报", to=("市委",), taker="市委值班员"))),
            ("school", drill),
        ]
        for number, (actor, step) in enumerate(asked):
            await service.execute([step], cause=f"test:{number}", requester=Requester(person_id=cast.person_id(actor)))
