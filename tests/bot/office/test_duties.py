"""Books of duties are kept up: opened, closed, brought to a new version, carried over, each once whatever happens."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot.clock import SHANGHAI
from bot.office.duties import keep_books, switch_duties
from bot.office.duty_lists import tell_overdue
from bot.operations.auditor import Auditor, Findings
from bot.service import NewReport, Requester
from plans.duty.book import BookTurned, PlanAdopted
from plans.duty.owing import owing
from plans.duty.recording import RecordDuty
from plans.incident.ending import End
from plans.load import load_all
from plans.times.night import is_night
from storage import crash_points, open_store
from storage.crash_points import Commit
from tests import stage
from tests.duty_year import Year, schools

DEHUI = load_all()["dehui-education-duties"]
AUTUMN = datetime(2026, 10, 14, 10, 0, tzinfo=SHANGHAI)
SCHOOLS = schools(3, buses=1)


@pytest.fixture
async def store(any_url):
    async with await open_store(any_url) as store:
        yield store


@pytest.fixture
async def year(store):
    async with Year.open(store, DEHUI, AUTUMN, SCHOOLS) as year:
        yield year


async def test_every_bearer_has_one_book_and_a_second_round_changes_nothing(year):
    assert await year.round() == 0 and await year.books() == []
    await year.switch(on=True)
    rows = await year.books()
    assert {(row.bearer_kind, row.bearer) for row in rows} == {item.key for item in owing(DEHUI, SCHOOLS)}
    assert {(row.year, row.state) for row in rows} == {(2026, "open")}
    assert await year.round() == 0 and await year.books() == rows
    assert await Auditor(year.service).look(whole=True) == Findings()


async def test_switched_off_nothing_is_chased_and_switched_on_again_it_goes_on(year):
    await year.switch(on=True)
    rows, kept = await year.books(), await year.rows()
    await year.switch(on=False)
    assert {row.state for row in await year.books()} == {"closed"} and await year.rows() == kept
    quiet = len(await year.told())
    await year.until(AUTUMN + timedelta(days=15))
    assert len(await year.told()) == quiet
    async with year.store.reading() as rx:
        assert await rx.wakes.next_at() is None
    await year.switch(on=True)
    again = await year.books()
    assert [row.stream for row in again] == [row.stream for row in rows] and {row.state for row in again} == {"open"}
    fresh = [row for row in await year.rows() if row not in kept]
    assert fresh and min(row.last for row in fresh) >= year.clock.now().astimezone(SHANGHAI).date()


async def test_new_bodies_get_a_book_and_those_that_are_gone_lose_theirs(year):
    await year.switch(on=True)
    more = [*SCHOOLS[:2], *schools(5)[3:], replace(SCHOOLS[2], name="第三实验小学", kind="小学、有校车")]
    await year.take_list(more)
    await year.round()
    by_id = {row.bearer: row for row in await year.books("open") if row.bearer_kind == "body"}
    assert set(by_id) == {body.id for body in more}
    assert by_id[SCHOOLS[2].id].title == "第三实验小学" and "有校车" in by_id[SCHOOLS[2].id].kinds
    bus = {row.duty for row in await year.rows() if row.bearer == SCHOOLS[0].id}
    assert {row.duty for row in await year.rows() if row.bearer == SCHOOLS[2].id} == bus
    await year.take_list(SCHOOLS[:1])
    await year.round()
    assert [row.bearer for row in await year.books("open") if row.bearer_kind == "body"] == [SCHOOLS[0].id]
    await year.take_list(more)
    await year.round()
    assert {row.bearer for row in await year.books("open") if row.bearer_kind == "body"} == set(by_id)
    assert await year.round() == 0
    assert await Auditor(year.service).look(whole=True) == Findings()


async def test_a_new_version_is_taken_over_and_said_and_what_runs_stays(year):
    await year.switch(on=True)
    before = {(row.bearer, row.duty, row.period) for row in await year.rows()}
    name = next(item.id for item in DEHUI.duties if item.every is not None and item.every.unit == "month" and item.each)
    changed = [
        item.model_copy(update={"every": item.every.model_copy(update={"unit": "quarter"})})
        if item.id == name and item.every is not None
        else item
        for item in DEHUI.duties
    ]
    registry = year.service.registry
    registry._current[DEHUI.id] = DEHUI.model_copy(update={"version": "99", "duties": tuple(changed)})
    registry._hashes.pop(DEHUI.id)
    await year.round()
    rows = await year.books()
    assert {row.plan_hash for row in rows} == {registry.hash_of(DEHUI.id)} and await year.round() == 0
    assert before <= {(row.bearer, row.duty, row.period) for row in await year.rows()}
    told = set()
    for row in rows:
        [event] = [item.event for item in (await year.book(row.stream)).events if isinstance(item.event, PlanAdopted)]
        told |= set(event.changed)
    assert told == {name}
    assert [item for item in await year.told() if item.notice == "duty_plan_adopted"]


async def test_the_year_turns_and_what_was_not_done_goes_on(year):
    await year.switch(on=True)
    old = await year.books()
    await year.until(datetime(2027, 1, 1, 8, 0, tzinfo=SHANGHAI))
    assert {row.year for row in await year.books()} == {2026}, "the old book turns first"
    await year.until(datetime(2027, 1, 1, 10, 0, tzinfo=SHANGHAI))
    rows = await year.books()
    assert {(row.year, row.state) for row in rows} == {(2026, "turned"), (2027, "open")} and len(rows) == 2 * len(old)
    carried = set()
    for row in old:
        [turned] = [item.event for item in (await year.book(row.stream)).events if isinstance(item.event, BookTurned)]
        carried |= {(row.bearer_kind, row.bearer, item["duty"], item["period"]) for item in turned.carried}
    now = await year.rows()
    keys = [(row.bearer_kind, row.bearer, row.duty, row.period) for row in now]
    assert len(keys) == len(set(keys)) and carried <= set(keys)
    assert {row.year for row, key in zip(now, keys, strict=True) if key in carried} == {2027}
    missed = next(row for row in now if row.year == 2027 and row.status(year.clock.now()) == "missed")
    done = await year.do(
        missed.stream, RecordDuty(key=f"{missed.duty}|{missed.period}", spoken_by="林校长"), year.section
    )
    assert done.refusal is None
    after = next(row for row in await year.rows() if (row.bearer, row.duty, row.period) ==
                 (missed.bearer, missed.duty, missed.period))  # fmt: skip
    assert after.status(year.clock.now()) == "late"
    assert await Auditor(year.service).look(whole=True) == Findings()
    rung = [row for row in await year.told() if row.ring]
    assert rung and not [row for row in rung if is_night(row.not_before)], "nobody is rung at night for duties"
    days = Counter((row.person_id, row.not_before.astimezone(SHANGHAI).date()) for row in rung)
    assert max(days.values()) <= 3, "the week's message, what ends, the daily one"


async def test_a_round_that_dies_half_way_is_taken_up_by_the_next(year, monkeypatch):
    point: Commit = "service.command"
    left = [2]

    def die(name: str) -> None:
        if name == f"{point}:written":
            left[0] -= 1
            if left[0] < 0:
                raise RuntimeError(name)

    monkeypatch.setattr("bot.office.duties.AT_ONCE", 2)
    await switch_duties(year.service, year.admin, DEHUI, on=True, cause="on", requester=Requester())
    monkeypatch.setattr(crash_points, "armed", die)
    with pytest.raises(RuntimeError):
        await keep_books(year.service, year.clock.now())
    monkeypatch.setattr(crash_points, "armed", None)
    assert 0 < len(await year.books()) < len(owing(DEHUI, SCHOOLS))
    await year.round()
    assert {(row.bearer_kind, row.bearer) for row in await year.books()} == {i.key for i in owing(DEHUI, SCHOOLS)}
    assert await year.round() == 0


async def test_a_row_says_where_it_stands_at_a_moment(year):
    await year.switch(on=True)
    row = (await year.rows())[0]
    late = replace(row, said="done", settled_at=row.due + timedelta(seconds=1))
    assert row.status(row.due) == "missed" and row.status(row.due - timedelta(seconds=1)) == "open"
    assert late.status(AUTUMN) == "late" and replace(late, settled_at=row.due).status(AUTUMN) == "done"
    assert replace(row, returned_at=AUTUMN).status(AUTUMN) == "returned"
    assert replace(row, said="not_applicable").status(AUTUMN) == "not_applicable"


async def test_the_section_reads_one_list_a_week_and_the_leader_one_page_a_quarter(store):
    async with Year.open(store, DEHUI, datetime(2026, 8, 31, 8, 0, tzinfo=SHANGHAI), SCHOOLS) as year:
        async with store.writing() as tx:
            leader = await stage.enter(tx, id="leader", chat=9, name="局长", at=year.clock.now())
            await stage.grant(tx, leader, DEHUI, "leader", at=year.clock.now())
        await year.switch(on=True)

        async def at(month: int, day: int, hour: int, minute: int) -> list[tuple[str, str]]:
            await year.until(datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI))
            await tell_overdue(year.service, year.clock.now())
            async with store.reading() as rx:
                rows = await rx.outbox.waiting()
            told = [(row.notice or "", row.place_id) for row in rows]
            return [item for item in told if item[0] in ("duty_section", "duty_leader")]

        week = ("duty_section", "private-section")
        assert await at(9, 14, 9, 5) == [], "behind the bearers' own messages"
        assert await at(9, 14, 9, 12) == [week]
        assert await at(9, 14, 9, 22) == [week], "once"
        assert await at(9, 15, 9, 12) == [week], "not every day"
        assert await at(9, 21, 9, 12) == [week, week]
        day = next(day for day in range(1, 12) if year.service.policy.calendar.day(date(2026, 10, day)).work)
        assert ("duty_leader", "private-leader") not in await at(10, day, 9, 5)
        assert (await at(10, day, 9, 12)).count(("duty_leader", "private-leader")) == 1
        assert (await at(10, 12, 9, 12)).count(("duty_leader", "private-leader")) == 1, "on the first workday alone"


async def test_a_drill_that_ends_fulfils_the_drill_duties_of_the_body_it_was_held_at(year):
    await year.switch(on=True)
    head = year.heads[SCHOOLS[0].id]
    new = NewReport(
        plan_id=DEHUI.id, jurisdiction=DEHUI.jurisdiction.name, text="第1小学疏散演练，教学楼发生火灾",
        said_at=year.clock.now(), place_id=head.place_id or "", drill=True, begins_drill=True, unit=SCHOOLS[0].id,
    )  # fmt: skip
    begun = await year.service.execute([new], cause="drill", requester=Requester(person_id=year.section.id))
    assert begun.refusal is None, begun.refusal
    drills = {"school-month-drill", "kindergarten-quarter-drill"}

    async def done() -> set[tuple[str, str]]:
        return {(row.bearer, row.duty) for row in await year.rows() if row.duty in drills and row.said == "done"}

    assert await done() == set()
    ended = await year.do(begun.streams[0], End(reason="演练结束"), year.section)
    assert ended.refusal is None, ended.refusal
    assert await done() == {(SCHOOLS[0].id, "school-month-drill")}
    [row] = [row for row in await year.rows() if row.bearer == SCHOOLS[0].id and row.said]
    assert row.first <= year.clock.now().astimezone(SHANGHAI).date() <= row.last
    assert "演练" in (await year.book(row.stream)).instances[row.duty, row.period].text
