"""Death at every commit and send that a year's duties come to: switched on, told of, done, checked, missed, carried."""

from __future__ import annotations

import asyncio
import random
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from bot.callback_data import new_id
from bot.cases import records
from bot.clock import SHANGHAI
from bot.office.duties import bearers_now, keep_books, switch_duties
from bot.service import Requester, Service
from plans.duty.state import DutyBook
from plans.load import load_all
from storage import Store, Unavailable, engine, open_store
from tests.chaos.deaths import Reaper
from tests.chaos.inspector import inspect, look
from tests.chaos.story import FORGIVEN, Act, Seen, Step, held_back, live, presses, says
from tests.chaos.test_telegram import FORGIVEN_WEATHER, weather
from tests.chaos.test_time import set_clock
from tests.chaos.test_warnings import told
from tests.duty_year import Year, schools
from tests.journeys.world import JURISDICTION, PLAN, Town, plans

DEHUI = load_all()["dehui-education-duties"]
UNIT = "区教育局"
MONDAY = datetime(2026, 12, 28, 8, 50, tzinfo=SHANGHAI)
"""The last week of a year: two yearly duties end in it."""

AFTER_NEW_YEAR = datetime(2027, 1, 4, 8, 30, tzinfo=SHANGHAI)

POINTS = (
    "intake.kept", "service.administration", "service.command", "service.wakes", "service.words", "sender.turn",
    "evidence.settled",
)  # fmt: skip
"""Commits that every such year comes to; each is died at before and after it, and so is every send."""

OFTEN = ("intake.kept", "service.command", "service.words", "sender.turn")


def until(moment: datetime) -> Act:
    """Return that the clock goes on to a moment."""

    async def act(town: Town) -> None:
        await town.clock.advance_to(max(moment, town.clock.now()))

    return act


def away_until(moment: datetime) -> Act:
    """Return that the machine is off until a moment."""

    async def act(town: Town) -> None:
        if moment > town.clock.now():
            await town.restart(away=moment - town.clock.now())

    return act


def photo(town: Town) -> None:
    """Let the liaison send what he was asked for."""
    town.liaisons[UNIT].send_photo(town.bot, b"the year's paper")


def labelled(who: str, label: str, words: str) -> Seen:
    """Return that somebody sees a button under a message with these words."""
    return lambda town, _: any(
        label in line.labels() and words in line.text for line in getattr(town, who).timeline(town.bot)
    )


def answered(who: str, label: str, about: str, *words: str) -> Seen:
    """Return that a press of somebody's was answered with one of these words, or that its button is gone.

    An answer may be lost on its way; a button that is gone has served.
    """

    def seen(town: Town, _: object) -> bool:
        person = getattr(town, who) if hasattr(town, who) else town.liaisons[who]
        popups = [popup.text or "" for popup in person.popups(town.bot)]
        gone = not any(about in line.text and label in line.labels() for line in person.timeline(town.bot))
        return gone or any(word in text for text in popups for word in words)

    return seen


LIFE: tuple[Step, ...] = (
    Step("the administrator looks", says("admin", "bot", f"/duties 启用 {PLAN}"), told("admin", "启用日常职责")),
    Step(
        "and switches it on", presses("admin", "确认启用", "启用日常职责"),
        answered("admin", "确认启用", "启用日常职责", "已启用", "启用过"),
    ),
    Step("Monday's message comes", until(MONDAY.replace(hour=9, minute=1)), told(UNIT, "本周职责")),
    Step("one is done", presses(UNIT, "1 已办", "本周职责"), told(UNIT, "要交文件")),
    Step("the paper is sent", photo, told(UNIT, "共有材料")),
    Step("another does not apply", presses(UNIT, "2 不适用", "本周职责"), told(UNIT, "为什么不适用")),
    Step("for a reason", presses(UNIT, "已由上级统一办理", "为什么不适用"),
         answered(UNIT, "已由上级统一办理", "为什么不适用", "已记录", "已经办过")),
    Step("the office looks", says("duty", "bot", "/duties"), labelled("duty", "核对", "个责任主体")),
    Step("at what was handed in", presses("duty", "核对", "个责任主体"), told("duty", "已由上级统一办理")),
    Step("and at the next", presses("duty", "看下一个", "已由上级统一办理"), told("duty", "在下面")),
    Step("and sends it back", presses("duty", "退回：看不清", "在下面"), told(UNIT, "退回：")),
    Step("the new year begins while the machine is off", away_until(AFTER_NEW_YEAR)),
    Step("the year is over and it was not done", until(AFTER_NEW_YEAR.replace(hour=9, minute=1)),
         told(UNIT, "已过期没办")),
    Step("the office reads who is late", until(AFTER_NEW_YEAR.replace(hour=9, minute=20)), told(UNIT, "本周催办清单")),
    Step("it is done at last", presses(UNIT, "1 已办", "已过期没办"), told(UNIT, "上次退回：看不清")),
    Step("with a new paper", photo),
    Step("time passes", lambda town: town.clock.advance(timedelta(minutes=1))),
)  # fmt: skip


async def is_the_same_year(town: Town) -> None:
    """Every bearer has one book a year, and what was said stands in it, each once."""
    now = town.clock.now()
    assert town.program is not None
    async with town.open_store.reading() as rx:
        books = await rx.duties.books(JURISDICTION, PLAN)
        cases = [case for row in books if isinstance(case := await records.load_case(rx, row.stream), DutyBook)]
        bearers = (await bearers_now(town.program.service, rx, plans()[PLAN])).total
        rows = await rx.duties.instances(JURISDICTION, PLAN)
    assert Counter(row.year for row in books) == {2026: bearers, 2027: bearers}
    assert {(row.year, row.state) for row in books} == {(2026, "turned"), (2027, "open")}
    counted = Counter(item.event.NAME for case in cases if case.bearer == UNIT for item in case.events)
    once = {name: counted[name] for name in ("duty-settled", "duty-returned", "duty-book-turned", "duty-digest-sent")}
    assert once == {"duty-settled": 3, "duty-returned": 1, "duty-book-turned": 1, "duty-digest-sent": 2}
    ended = {row.duty: row.status(now) for row in rows if row.bearer == UNIT and row.due <= now}
    assert ended == {"budget": "late", "risk-yearly": "not_applicable"}
    [late] = [case for case in cases if case.bearer == UNIT and case.year == 2027]
    assert all(late.files.values()), "what was handed in was fetched"


def fates(chance: random.Random) -> dict[str, int]:
    """Return at the how manieth time each point is deadly."""
    deadly = {f"{point}:{stage}": chance.randint(1, 4) if point in OFTEN else 1
              for point in POINTS for stage in ("written", "committed")}  # fmt: skip
    return deadly | {"send.leaving": chance.randint(1, 6), "send.answered": chance.randint(1, 6)}


@pytest.mark.timeout(240)
async def test_a_year_of_duties_goes_its_way_though_the_program_dies_at_every_point(
    any_url: str, chance: random.Random
) -> None:
    with Reaper() as reaper:
        async with Town.open(any_url, at=MONDAY) as town:
            town.forgiven = replace(FORGIVEN, quarantined=0)
            first = town.bot.account.next_update
            reaper.condemn(fates(chance))
            deaths = await live(town, LIFE, reaper)
            assert not reaper.left, (reaper.left, deaths)
            await is_the_same_year(town)
            faults = await inspect(town.open_store, town.world, first_update=first)
            assert faults == [], deaths


@pytest.mark.parametrize("hours", [1, -1])
@pytest.mark.parametrize("before", ["Monday's message comes", "one is done", "the year is over"])
async def test_a_wall_clock_that_jumps_an_hour_loses_no_duty_and_does_none_twice(
    file_url: str, hours: int, before: str
) -> None:
    async with Town.open(file_url, at=MONDAY) as town:
        town.forgiven = replace(FORGIVEN, quarantined=0)
        first = town.bot.account.next_update
        jump = Step("the clock is set", lambda town: set_clock(town, timedelta(hours=hours)))
        place = next(number for number, step in enumerate(LIFE) if step.name.startswith(before))
        await live(town, (*LIFE[:place], jump, *LIFE[place:]))
        await is_the_same_year(town)
        assert await inspect(town.open_store, town.world, first_update=first) == []


async def test_in_any_weather_the_year_is_the_same_and_copies_are_no_more_than_doubts(
    file_url: str, chance: random.Random
) -> None:
    async with Town.open(file_url, at=MONDAY) as town:
        town.forgiven = FORGIVEN_WEATHER
        first = town.bot.account.next_update
        for step in LIFE:
            town.world.faults.clear()
            # Without Telegram the program does not start, and says so.
            for fault in weather(chance) if "machine is off" not in step.name else ():
                town.world.faults.add(fault)
            await live(town, (step,), tries=12)
            await held_back(town)
        town.world.faults.clear()
        await town.advance(minutes=2)
        await is_the_same_year(town)
        assert await inspect(town.open_store, town.world, first_update=first) == []
        assert all(row.state in ("sent", "dropped") for row in (await look(town.open_store)).outbox)


@pytest.fixture
async def switched(any_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Year]:
    """Forty schools whose duties are to be chased; no book is open yet."""
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.05)
    async with await open_store(any_url) as store, Year.open(store, DEHUI, MONDAY, schools(40)) as year:
        on = await switch_duties(year.service, year.admin, DEHUI, on=True, cause="on", requester=Requester())
        assert on is not None and on.ok
        yield year


async def has_every_book_once(year: Year) -> None:
    """Each bearer has one book, and a further round finds nothing to do."""
    async with year.store.reading() as rx:
        wanted = (await bearers_now(year.service, rx, DEHUI)).total
    books = Counter((row.bearer_kind, row.bearer) for row in await year.books("open"))
    assert len(books) == wanted and set(books.values()) == {1}
    assert await year.round() == 0


async def test_two_processes_that_keep_the_books_at_once_open_each_once(switched: Year, any_url: str) -> None:
    async with await open_store(any_url) as store:
        now, other = switched.clock.now(), Service(store, switched.service.registry, switched.clock, new_id=new_id,
                                                   policy=switched.service.policy)  # fmt: skip
        made = await asyncio.gather(
            keep_books(switched.service, now), keep_books(other, now), return_exceptions=True
        )  # fmt: skip
        assert any(isinstance(count, int) for count in made), made
        assert all(isinstance(count, int | Unavailable) for count in made), made
    await switched.round()
    await has_every_book_once(switched)


@pytest.mark.parametrize("fault", ["locked", "full"])
async def test_a_database_that_takes_nothing_keeps_no_half_of_the_books(
    file_url: str, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.05)
    async with await open_store(file_url) as store, Year.open(store, DEHUI, MONDAY, schools(40)) as year:
        await switch_duties(year.service, year.admin, DEHUI, on=True, cause="on", requester=Requester())
        await year.clock.settle()
        async with _troubled(store, file_url, fault):
            with pytest.raises(Unavailable):
                await keep_books(year.service, year.clock.now())
        async with store.reading() as rx:
            heads = await rx.journal.heads()
        logs = {name for name in heads if name.startswith("duty:")}
        assert {row.stream for row in await year.books()} == logs, "a batch whole, or nothing of it"
        await year.round()
        await has_every_book_once(year)


@asynccontextmanager
async def _troubled(store: Store, url: str, fault: str) -> AsyncIterator[None]:
    """Another process holds the file, or the disk ends after a few more pages."""
    if fault == "locked":
        other = sqlite3.connect(url.partition(":///")[2], isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")
        other.close()
        return
    async with store.writing() as tx:
        pages = (await tx._session.execute(text("PRAGMA page_count"))).scalar() or 0
        await tx._session.execute(text(f"PRAGMA max_page_count = {pages + 20}"))
    yield
    async with store.writing() as tx:
        await tx._session.execute(text("PRAGMA max_page_count = 1000000"))
