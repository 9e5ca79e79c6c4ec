"""B1: reports lost when the process is killed again and again, beside python-telegram-bot's own polling."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bot.callback_data import new_id
from bot.playground import Bot, Person, World
from storage import open_store
from tests.bench import stage
from tests.bench.office import NIGHT, PLAN, Office
from tests.bench.processes import BARE, OURS, Child, telegram
from tests.bench.report import Aim, Line
from tests.bench.rounds import Run, alternate_async
from tests.stage import enter, grant

KILLS = (0.3, 0.7, 0.5, 1.1, 0.4)
"""Seconds after it was ready at which each life but the last is ended by SIGKILL."""

REPORTERS = 50
PATIENCE = 240.0


@dataclass(frozen=True)
class _Found:
    """What became of the reports after the last life."""

    lost: int
    unread: int
    incidents: int


def measure(run: Run) -> Iterator[Line]:
    """Yield the lines of B1."""
    yield from asyncio.run(_measure(run))


async def _measure(run: Run) -> list[Line]:
    reports = run.size(1_000, 100)
    mine, others = await alternate_async(
        run.rounds, partial(_lives, run, OURS, reports), partial(_lives, run, BARE, reports)
    )
    note = (
        f"{reports:,} private messages of {REPORTERS} reporters wait at the local Telegram; SIGKILL"
        f" {', '.join(f'{at:g}' for at in KILLS)} s after each start, then a life without. Lost: confirmed to Telegram,"
        " and in no committed row. The peer commits each report in its handler, then answers it. Not opened: no"
        " incident of its own when the last life was stopped"
    )
    per = 1000 / reports
    return [
        Line(
            number="B1", measure="reports lost per 1,000", unit="", ours=tuple(each.lost * per for each in mine),
            peer=tuple(each.lost * per for each in others), against="stock polling",
            aim=Aim(on="ours", at_most=0, worst=True), note=note,
        ),
        Line(
            number="B1", measure="of these not opened as incidents", unit="",
            ours=tuple((reports - each.incidents) * per for each in mine), aim=Aim(on="ours", at_most=0, worst=True),
            note=note,
        ),
    ]  # fmt: skip


async def _lives(run: Run, what: tuple[str, ...], reports: int) -> _Found:
    path = run.folder / f"lives-{new_id()}.db"
    async with telegram() as (world, api):
        bot = world.bot()
        people = [world.add_user(f"报告{number}") for number in range(REPORTERS)]
        if what is OURS:
            url = await stage.sqlite_url(run.folder, "lives")
            path = Path(url.removeprefix("sqlite+aiosqlite:///"))
            await _bind(url, people)
            more = {"TOCSIN_DATABASE_URL": url, "TOCSIN_LOG_LEVEL": "error"}
        else:
            more = {"BARE_DATABASE": str(path)}
        _say(world, bot, people, reports)
        for after in KILLS:
            child = await Child.start(what, api, run.folder, more)
            await asyncio.sleep(after)
            await child.kill()
        child = await Child.start(what, api, run.folder, more)
        try:
            await _quiet(world, path, what, reports)
        finally:
            await child.stop()
        unread = world.pending_updates
    kept, incidents = _kept(path, what)
    return _Found(lost=reports - unread - kept, unread=unread, incidents=incidents)


def _say(world: World, bot: Bot, people: list[Person], reports: int) -> None:
    """Let the reporters write, while nobody fetches it."""
    for person in people:
        person.start(bot)
    world.state.bots[bot.id].queue.clear()  # that they pressed 开始 is no report
    for number in range(reports):
        people[number % len(people)].send(bot, f"第{number + 1}小学3时02分楼梯踩踏，{number % 7 + 1}名学生受伤")


async def _bind(url: str, people: list[Person]) -> None:
    """Write down the office, and everybody as a reporter of it."""
    async with await open_store(url) as store:
        office = await Office.open(store)
        async with store.writing() as tx:
            for person in people:
                known = await enter(tx, chat=person.id, name=person.name, at=NIGHT)
                plan = office.service.registry.current(PLAN)
                await grant(tx, known, plan, "reporter", unit="某学校", at=NIGHT)


async def _quiet(world: World, path: Path, what: tuple[str, ...], reports: int) -> None:
    """Wait until all is fetched and either all is handled or nothing is handled any more."""
    deadline = time.monotonic() + PATIENCE
    last, since = -1, time.monotonic()
    while time.monotonic() < deadline:
        await asyncio.sleep(0.5)
        kept, incidents = _kept(path, what)
        if world.pending_updates == 0 and kept == reports and (what is BARE or incidents == reports):
            return
        if incidents + kept != last:
            last, since = incidents + kept, time.monotonic()
        elif world.pending_updates == 0 and time.monotonic() - since > 10:
            return


def _kept(path: Path, what: tuple[str, ...]) -> tuple[int, int]:
    """Return how many reports are in committed rows, and how many incidents they are."""
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        if what is BARE:
            return database.execute("SELECT count(DISTINCT update_id) FROM reports").fetchone()[0], 0
        # Of the rows that the handlers have finished the text may be gone; the row stays.
        kept = database.execute("SELECT count(*) FROM inbox WHERE kind = 'message'").fetchone()[0]
        return kept, database.execute("SELECT count(*) FROM incidents").fetchone()[0]
    except sqlite3.OperationalError:
        return 0, 0
    finally:
        database.close()
