"""Statistics in rows: the database adds up what the definitions add up, and knows which cases are behind."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot.cases.index import row_of
from plans.statistics.counting import statistics
from plans.statistics.figures import figures
from plans.statistics.rows import DEFINITIONS
from plans.statistics.tally import Selection, tally
from plans.times import BEIJING
from plans.times.calendar_periods import period_of
from storage.statistics import as_stored
from storage.statistics.tables import statistics_cases
from tests.plans.statistics.histories import PLANS, TITLES, counted, history

BEGIN = datetime(2026, 9, 20, tzinfo=BEIJING)
PLACES = ("晋城市城区", "晋城市")
NOW = BEGIN + timedelta(days=70)


@pytest.fixture
def cases():
    """Forty lives of two jurisdictions in three months."""
    return [life.case() for life in history(7, 40, BEGIN, 100, PLACES)]


async def keep(store, cases):
    async with store.writing() as tx:
        for case in cases:
            await tx.incidents.save(replace(row_of(case), place_id=None))
            await tx.statistics.write(counted(case))


def selections():
    for words in ("2026-10", "2026Q4", "2026-10-15至2026-11-02"):
        period = period_of(words, date(2026, 12, 1))
        assert period is not None
        for place in PLACES:
            for drills in (False, True):
                whole = Selection(jurisdiction=place, plans=tuple(PLANS), period=period, drills=drills)
                yield whole
                yield replace(whole, plans=("jincheng-chengqu-campus",))
                yield replace(whole, own={"jincheng-chengqu-campus": frozenset({"区公安局", "区卫生健康和体育局"})})
    yield replace(whole, drills=False, beside=((PLACES[0], tuple(PLANS)),))
    yield replace(whole, drills=False, beside=((PLACES[0], ("jincheng-chengqu-campus",)),))
    yield replace(whole, drills=True, beside=((PLACES[0], ("jincheng-chengqu-campus",)), ("某市", tuple(PLANS))))


async def test_the_database_adds_up_what_the_definitions_add_up(store, cases):
    await keep(store, cases)
    rows = [counted(case) for case in cases]
    async with store.reading() as rx:
        for selection in selections():
            found, wanted = await rx.statistics.tally(selection, NOW), tally(rows, selection, NOW)
            assert (found.cases, found.cells, found.past) == (wanted.cases, wanted.cells, wanted.past)
            assert (found.spreads, found.course, found.drills) == (wanted.spreads, wanted.course, wanted.drills)


async def test_every_figure_is_the_number_of_its_rows(store, cases):
    await keep(store, cases)
    async with store.reading() as rx:
        for selection in [list(selections())[number] for number in (6, 8, -2)]:
            counts = await rx.statistics.tally(selection, NOW)
            for figure, number in figures(statistics(counts, selection, PLANS, TITLES, NOW)):
                assert await rx.statistics.number_of(figure, selection, NOW) == number, str(figure)
                rows = await rx.statistics.rows(figure, selection, NOW, limit=1000)
                assert len(rows) == number, str(figure)
                for found in rows:
                    assert found.case is not None
                    assert selection.holds(found.case.jurisdiction, found.case.plan_id)
                    assert found.case.drill == selection.drills


async def test_rows_are_paged_in_one_order(store, cases):
    await keep(store, cases)
    selection = list(selections())[6]
    async with store.reading() as rx:
        for figure, number in figures(
            statistics(await rx.statistics.tally(selection, NOW), selection, PLANS, TITLES, NOW)
        ):
            if number < 4:
                continue
            whole = await rx.statistics.rows(figure, selection, NOW, limit=1000)
            paged = [
                item
                for start in range(0, number, 3)
                for item in await rx.statistics.rows(figure, selection, NOW, limit=3, offset=start)
            ]
            assert paged == whole


async def test_a_case_is_given_back_as_it_was_counted(store, cases):
    await keep(store, cases)
    async with store.reading() as rx:
        for case in cases:
            assert await rx.statistics.of(case.stream) == as_stored(counted(case))


async def test_a_case_is_behind_until_its_log_is_counted(store, cases):
    kept, new, longer, outdated = cases[:10], cases[10:12], cases[12:14], cases[14:16]
    await keep(store, [*kept, *longer, *outdated])
    async with store.writing() as tx:
        for case in new:
            await tx.incidents.save(replace(row_of(case), place_id=None))
        for case in longer:
            await tx.incidents.save(replace(row_of(case), place_id=None, sequence=case.sequence + 1))
        streams = [case.stream for case in outdated]
        await tx._session.execute(
            statistics_cases.update().where(statistics_cases.c.stream.in_(streams)).values(definitions=DEFINITIONS - 1)
        )
    late = [*new, *longer, *outdated]
    async with store.reading() as rx:
        assert {item.stream for item in await rx.statistics.behind(100)} == {case.stream for case in late}
        assert await rx.statistics.count_behind() == len(late)
        assert len(await rx.statistics.behind(2)) == 2
        here = [case for case in late if case.jurisdiction == PLACES[0]]
        assert await rx.statistics.count_behind(PLACES[0]) == len(here)
        assert await rx.statistics.of(outdated[0].stream) is None
    async with store.writing() as tx:
        for case in outdated:
            await tx.statistics.write(counted(case))
    async with store.reading() as rx:
        assert await rx.statistics.count_behind() == len(late) - len(outdated)
