"""B18: statistics of fifty thousand incidents in five years: all of it, a month, a page of rows; what counting costs.

The rows are those of recorded lives, moved in time: one incident in six was declared and called its units, of the
others only the reports are counted. Bringing a case up to its log is measured on the lives themselves.
"""

from __future__ import annotations

import asyncio
import random
import resource
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import insert

from plans.incident.state import Incident
from plans.statistics.counting import statistics
from plans.statistics.figures import figure
from plans.statistics.rows import REPORT, CountedCase, Row
from plans.statistics.tally import Selection
from plans.times import BEIJING
from plans.times.calendar_periods import CalendarPeriod, period_of
from storage.incidents import incidents
from storage.statistics.counted import line_of, rows_of
from storage.statistics.tables import statistics_cases, statistics_rows
from storage.store import Store
from tests.bench import stage
from tests.bench.report import Aim, Line
from tests.bench.rounds import Run, percentile
from tests.plans.statistics.histories import PLANS, TITLES, counted, lives
from tests.postgres_server import Server

PLACE = "晋城市城区"
BEGIN = datetime(2022, 1, 1, tzinfo=BEIJING)
NOW = datetime(2026, 12, 31, 12, tzinfo=BEIJING)
YEARS = CalendarPeriod(kind="days", first=date(2022, 1, 1), last=date(2026, 12, 31))
CALLED = 6
"""One incident in so many was declared."""

AT_ONCE = 500


@dataclass(frozen=True, kw_only=True)
class _Taken:
    """Seconds, median of the rounds: of the processor on SQLite, of the clock on PostgreSQL.

    Attributes:
        grown: MiB that the process grew by over the questions.
        fixed: of a piece of work that is always the same, by which a busy machine is seen.
    """

    years: float
    month: float
    page: float
    rows: int
    grown: float
    fixed: float


def measure(run: Run) -> Iterator[Line]:
    """Yield the lines of B18."""
    number = run.size(50_000, 500)
    taken = asyncio.run(_on_sqlite(run, number))
    yield from _lines(taken, number, "SQLite")
    with stage.postgres_server() as server:
        fewer = number if run.full else number // 5  # filling it takes longer than all that is measured
        yield from _lines(asyncio.run(_on_postgres(server, run, fewer)), fewer, "PostgreSQL")
    yield Line(
        number="B18", measure="an incident is counted, once its log is read", unit="ms",
        ours=(1e3 * _counting(),), aim=Aim(on="ours", at_most=20), note="mean of all recorded lives",
    )  # fmt: skip


def _lines(taken: _Taken, number: int, where: str) -> Iterator[Line]:
    yield Line(
        number="B18", measure=f"five years of {number:,} incidents, {where}", unit="s", ours=(taken.years,),
        peer=(taken.fixed,), against="a fixed piece of work", aim=Aim(on="ours", at_most=2),
        note=f"{taken.rows:,} rows; the process grew by {taken.grown:.0f} MiB over all questions",
    )  # fmt: skip
    yield Line(
        number="B18", measure=f"a month of the same, {where}", unit="s", ours=(taken.month,),
        aim=Aim(on="ours", at_most=1),
    )  # fmt: skip
    yield Line(
        number="B18", measure=f"a page of the rows behind a figure, {where}", unit="s", ours=(taken.page,),
        aim=Aim(on="ours", at_most=1),
    )  # fmt: skip


async def _on_sqlite(run: Run, number: int) -> _Taken:
    async with stage.sqlite(run.folder, "statistics") as store:
        return await _measured(store, run, number)


async def _on_postgres(server: Server, run: Run, number: int) -> _Taken:
    async with stage.postgres(server, "statistics") as store:
        return await _measured(store, run, number)


async def _measured(store: Store, run: Run, number: int) -> _Taken:
    rows = await _filled(store, number)
    run.say(f"{number:,} incidents with {rows:,} rows")
    if store.postgres:
        await _vacuumed(store)
    month = period_of("2024-06", NOW.date())
    assert month is not None
    before = _memory()
    years = [await _asked(store, YEARS) for _ in range(run.rounds)]
    months = [await _asked(store, month) for _ in range(run.rounds)]
    pages = [await _page(store) for _ in range(run.rounds)]
    return _Taken(
        years=percentile(years, 0.5), month=percentile(months, 0.5), page=percentile(pages, 0.5), rows=rows,
        grown=_memory() - before, fixed=percentile([_fixed() for _ in range(9)], 0.5),
    )  # fmt: skip


async def _vacuumed(store: Store) -> None:
    """Let PostgreSQL do what it does by itself within minutes."""
    assert store._writer is not None
    async with store._writer.connect() as connection:
        driver: Any = (await connection.get_raw_connection()).driver_connection
        await driver.execute("VACUUM ANALYZE statistics_cases, statistics_kinds, statistics_rows, incidents")


def _fixed() -> float:
    """Return the seconds of adding up a million numbers: 0.03 on an idle machine of 2020."""
    began = time.perf_counter()
    sum(range(1_000_000))
    return time.perf_counter() - began


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _selection(period: CalendarPeriod) -> Selection:
    return Selection(jurisdiction=PLACE, plans=tuple(PLANS), period=period)


async def _asked(store: Store, period: CalendarPeriod) -> float:
    """Return the seconds of a question, with the look for what is behind."""
    selection, clock = _selection(period), _clock(store)
    began = clock()
    async with store.reading() as rx:
        behind = await rx.statistics.behind(60, PLACE)
        tally = await rx.statistics.tally(selection, NOW, behind=len(behind))
        found = statistics(tally, selection, PLANS, TITLES, NOW)
    if not found.incidents.number or found.behind:
        raise RuntimeError("nothing was counted")
    return clock() - began


def _clock(store: Store) -> Callable[[], float]:
    """Return what is looked at: of SQLite, which works in this process, the processor's time."""
    return time.perf_counter if store.postgres else time.process_time


async def _page(store: Store) -> float:
    selection, clock = _selection(YEARS), _clock(store)
    began = clock()
    late = figure(REPORT, key="first", outcome="late")
    async with store.reading() as rx:
        await rx.statistics.number_of(late, selection, NOW)
        await rx.statistics.rows(late, selection, NOW, limit=10, offset=1000)
    return clock() - began


async def _filled(store: Store, number: int) -> int:
    """Fill a database; return how many rows there are."""
    chance, written = random.Random(1), 0
    templates = [counted(life.case()) for life in lives()]
    templates = [case for case in templates if not case.drill and case.at is not None]
    called = [case for case in templates if case.response]
    for first in range(0, number, AT_ONCE):
        cases = [
            _moved(chance.choice(called if chance.randrange(CALLED) == 0 else templates), chance, index)
            for index in range(first, min(first + AT_ONCE, number))
        ]
        async with store.writing() as tx:
            connection = tx._session.connection
            kinds: dict[str, dict[Any, int]] = {}
            for plan in sorted({case.plan_id for case in cases}):
                of_plan = [case for case in cases if case.plan_id == plan]
                together = replace(of_plan[0], rows=tuple(row for case in of_plan for row in case.rows))
                kinds[plan] = await tx.statistics._kinds(together)
            rows = [row for case in cases for row in rows_of(case, kinds[case.plan_id])]
            written += len(rows)
            await connection.execute(insert(incidents), [_listed(case) for case in cases])
            await connection.execute(insert(statistics_cases), [line_of(case) for case in cases])
            await connection.execute(insert(statistics_rows), rows)
    return written


def _moved(case: CountedCase, chance: random.Random, index: int) -> CountedCase:
    assert case.at is not None
    at = BEGIN + timedelta(minutes=chance.randrange(5 * 365 * 24 * 60))
    by = at - case.at
    kept = [row for row in case.rows if case.response or row.topic in (REPORT, "others")]
    return replace(
        case, stream=f"incident:{index:06}", number=index + 1, year=at.year, jurisdiction=PLACE, at=at,
        rows=tuple(_later(row, by, chance) for row in kept),
    )  # fmt: skip


def _later(row: Row, by: timedelta, chance: random.Random) -> Row:
    moved = {name: moment + by for name in ("since", "due", "at") if (moment := getattr(row, name)) is not None}
    if row.seconds is not None:
        moved["seconds"] = row.seconds + chance.randrange(300)
    return replace(row, **moved)


def _listed(case: CountedCase) -> dict[str, object]:
    return {
        "stream": case.stream, "jurisdiction": PLACE, "plan_id": case.plan_id, "plan_version": "1", "plan_hash": "h",
        "drill": False, "year": case.year, "number": case.number, "state": case.state,
        "event_level": case.level or None,
        "response_level": case.response or None, "reported_at": case.at, "occurred_at": case.at, "text": "事件",
        "place_id": None, "sequence": case.sequence,
    }  # fmt: skip


def _counting() -> float:
    cases = [case for case in (life.case() for life in lives()) if isinstance(case, Incident)]
    began = time.process_time()
    for case in cases:
        counted(case)
    return (time.process_time() - began) / len(cases)
