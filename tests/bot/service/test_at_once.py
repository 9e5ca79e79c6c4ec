"""Wakes of many books at once: the same as one by one, each once, and none is held up by one that fails."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from bot import scheduler
from bot.cases import records
from bot.clock import SHANGHAI
from bot.operations.auditor import Auditor, Findings
from bot.service import NewReport, Requester, Service, waking
from plans.core.policy import MORNING
from plans.duty.chasing import BookWake, DigestSent
from plans.duty.settling import SettleDuty
from plans.kinds import decide
from plans.load import load_all
from storage import open_store
from storage.causes import Causes
from storage.wakes import Wake
from tests.databases import any_url, file_url, migrated_file, postgres_town_url
from tests.duty_year import Year, schools

__all__ = ["any_url", "file_url", "migrated_file", "postgres_town_url"]

DEHUI = load_all()["dehui-education-duties"]
AUTUMN = datetime(2026, 10, 14, 10, 0, tzinfo=SHANGHAI)
MONDAY = datetime.combine(date(2026, 10, 19), MORNING, tzinfo=SHANGHAI)
WEEK = timedelta(days=7)
SCHOOLS = schools(6, buses=2)


@pytest.fixture
async def year(any_url: str) -> AsyncIterator[Year]:
    async with await open_store(any_url) as store, Year.open(store, DEHUI, AUTUMN, SCHOOLS) as year:
        await year.switch(on=True)
        yield year


async def three_weeks(year: Year) -> None:
    """Let three weeks pass; each week a head does the first thing that waits."""
    await year.switch(on=True)
    for turn in range(3):
        await year.until(year.clock.now() + WEEK)
        book = [row for row in await year.books("open") if row.bearer_kind == "body"][turn]
        waiting = next((await year.book(book.stream)).waiting())
        done = await year.do(book.stream, SettleDuty(key=waiting.key, sure=True), year.heads[book.bearer])
        assert done.refusal is None


async def everything(year: Year) -> dict[str, Any]:
    """Return all that the books left: what their logs tell, every row, every message, in order."""
    books = await year.books()
    found: dict[str, Any] = {"books": books, "instances": await year.rows()}
    async with year.store.reading() as rx:
        for book in books:
            found[f"log {book.stream}"] = list(map(records.to_recorded, await rx.journal.load(book.stream)))
            found[f"wakes {book.stream}"] = await rx.wakes.of(book.stream)
            found[f"line {book.stream}"] = await rx.cases.get(book.stream)
            found[f"told {book.stream}"] = [
                (row.place_id, row.notice, row.payload["text"], row.guard, row.ring, row.created_at)
                for row in await rx.outbox.of(book.stream)
            ]
        assert await rx.journal.verify() == []
    return found


async def digests(year: Year) -> dict[str, int]:
    """Return how many weekly messages each book has on record."""
    books = await year.books()
    async with year.store.reading() as rx:
        logs = {book.stream: await rx.journal.load(book.stream) for book in books}
    return {stream: sum(entry.event == DigestSent.NAME for entry in log) for stream, log in logs.items()}


async def test_at_once_comes_to_what_one_by_one_does(any_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    at_once, taken = waking.at_once, []

    async def counted(service: Service, tx: Any, due: Any, *rest: Any, **how: Any) -> Any:
        done = await at_once(service, tx, due, *rest, **how)
        taken.append((len(due), done is not None))
        return done

    async def never(service: Service, *_: Any, **__: Any) -> None:
        return None

    monkeypatch.setattr(waking, "at_once", counted)
    async with await open_store(any_url) as store, Year.open(store, DEHUI, AUTUMN, SCHOOLS) as year:
        await three_weeks(year)
        together = await everything(year)
        assert await Auditor(year.service).look(whole=True) == Findings()
    assert any(count > len(SCHOOLS) for count, _ in taken) and all(done for _, done in taken)
    monkeypatch.setattr(waking, "at_once", never)
    async with await open_store("sqlite+aiosqlite://") as store, Year.open(store, DEHUI, AUTUMN, SCHOOLS) as year:
        await three_weeks(year)
        apart = await everything(year)
    for name, wanted in apart.items():
        assert together[name] == wanted, name
    assert together.keys() == apart.keys()


async def test_one_that_fails_holds_up_no_other_and_each_is_served_once(
    year: Year, monkeypatch: pytest.MonkeyPatch
) -> None:
    await year.clock.advance_to(MONDAY - timedelta(minutes=1))
    before, spoilt = await digests(year), (await year.books("open"))[2].stream

    def failing(plan: Any, case: Any, command: Any, *rest: Any, **named: Any) -> Any:
        if case is not None and case.stream == spoilt and isinstance(command, BookWake):
            raise RuntimeError("a bug that nobody thought of")
        return decide(plan, case, command, *rest, **named)

    monkeypatch.setattr("bot.service.steps.decide", failing)
    await year.clock.advance_to(MONDAY)
    after = await digests(year)
    assert {stream: after[stream] - before[stream] for stream in after} == {
        stream: int(stream != spoilt) for stream in after
    }
    told = [(row.place_id, row.notice) for row in await year.told() if row.notice == "duty_digest"]
    assert len(told) == len(set(told))
    monkeypatch.setattr("bot.service.steps.decide", decide)
    await year.clock.advance(timedelta(hours=1))
    assert (await digests(year))[spoilt] == before[spoilt] + 1, "it is tried again by itself"


async def test_what_another_process_did_meanwhile_is_not_done_again(year: Year) -> None:
    streams = [book.stream for book in await year.books("open")][:4]
    before = await digests(year)
    async with year.store.writing() as tx:
        await tx.causes.take("there", year.clock.now(), {"streams": [streams[1]]})
    due = {stream: "there" if stream == streams[1] else f"turn:{stream}" for stream in streams}
    results, failed = await year.service.wake_together(due, ())
    assert not failed and [result.repeated for result in results] == [False, True, False, False]
    again, failed = await year.service.wake_together(due, ())
    assert not failed and all(result.repeated for result in again)
    assert await digests(year) == before, "nothing was due"


async def test_what_another_process_did_between_the_look_and_the_writing_undoes_all_and_each_is_asked_again(
    year: Year, monkeypatch: pytest.MonkeyPatch
) -> None:
    streams = [book.stream for book in await year.books("open")][:3]
    async with year.store.writing() as tx:
        await tx.causes.take("there", year.clock.now(), {"streams": [streams[1]]})

    async def unaware(self: Causes, of: Any) -> None:
        self._session.look_ahead("cause", dict.fromkeys(of))

    monkeypatch.setattr(Causes, "look_ahead", unaware)
    due = {stream: "there" if stream == streams[1] else f"turn:{stream}" for stream in streams}
    results, failed = await year.service.wake_together(due, ())
    assert not failed and [result.repeated for result in results] == [False, True, False]


async def test_of_two_with_one_cause_one_is_woken(year: Year) -> None:
    streams = [book.stream for book in await year.books("open")][:3]
    results, failed = await year.service.wake_together(dict.fromkeys(streams, "same"), ())
    assert not failed and [result.repeated for result in results] == [False, True, True]


async def test_an_incident_waits_for_no_bearer_and_bearers_come_a_few_at_a_time(
    year: Year, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scheduler, "BOOKS_AT_ONCE", 4)
    report = NewReport(plan_id=DEHUI.id, jurisdiction=DEHUI.jurisdiction.name, text="第1小学食堂起火", said_at=AUTUMN)
    requester = Requester(person_id=year.section.id)
    [incident] = (await year.service.execute([report], cause="report", requester=requester)).streams
    await year.clock.advance_to(MONDAY - timedelta(minutes=1))
    served: list[list[str]] = []

    def noted(name: str, wake: Any) -> None:
        async def noting(self: Service, due: Any, *rest: Any, **named: Any) -> Any:
            served.append([due] if isinstance(due, str) else list(due))
            return await wake(self, due, *rest, **named)

        monkeypatch.setattr(Service, name, noting)

    noted("wake", Service.wake)
    noted("wake_together", Service.wake_together)
    async with year.store.writing() as tx:
        await tx.wakes.replace(incident, [Wake(key="x", at=MONDAY, kind="timer")])
    await year.clock.advance_to(MONDAY)
    assert served[0] == [incident], "though the wakes of books are of the same moment, and come first by name"
    assert {len(streams) for streams in served[1:]} <= {1, 2, 3, 4}
    assert {stream for streams in served[1:] for stream in streams} >= {row.stream for row in await year.books("open")}
