"""Wakes are served when they fall due, once, late rather than never; the table is the truth."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.scheduler import LATE, Scheduler
from bot.service import Service
from bot.updates.collector import Collector
from plans.incident.reminders import Reminded
from plans.incident.reporting import ReporterSentToPhone
from storage.wakes import Wake, WakeRow, Wakes
from tests.bot.rig import AT, Rig


def scheduler(rig: Rig) -> Scheduler:
    return Scheduler(rig.service, rig.clock, safety=False)


async def begun(rig: Rig) -> str:
    """Return the stream of an incident that nobody has taken: its reporter is sent to the phone after a while."""
    await rig.person("李值班", "duty", seated=True)
    return (await rig.incident(await rig.person("周校长", "reporter"))).stream


async def wakes(rig: Rig, stream: str) -> list[WakeRow]:
    async with rig.store.reading() as rx:
        return await rx.wakes.of(stream)


async def put(rig: Rig, stream: str, *rows: Wake) -> None:
    async with rig.store.writing() as tx:
        await tx.wakes.replace(stream, rows)


async def events(rig: Rig, stream: str) -> list[str]:
    async with rig.store.reading() as rx:
        return [entry.event for entry in await rx.journal.load(stream)]


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The streams that were woken, in order; far too many end the test instead of hanging it."""
    found: list[str] = []
    wake = Service.wake

    async def counting(self: Service, stream: str, **given: Any) -> Any:
        found.append(stream)
        assert len(found) < 1000, "it spins"
        return await wake(self, stream, **given)

    together = Service.wake_together

    async def counting_together(self: Service, due: Any, near: Any, **given: Any) -> Any:
        found.extend(due)
        assert len(found) < 1000, "it spins"
        return await together(self, due, near, **given)

    monkeypatch.setattr(Service, "wake", counting)
    monkeypatch.setattr(Service, "wake_together", counting_together)
    return found


async def test_what_falls_due_is_served_at_its_moment_and_not_before(rig: Rig, served: list[str]) -> None:
    stream = await begun(rig)
    first = (await wakes(rig, stream))[0]
    assert first.key == "fallback"
    async with rig.running(scheduler(rig)):
        await rig.clock.advance_to(first.at - timedelta(milliseconds=1))
        assert not served
        await rig.clock.advance_to(first.at)
        assert served == [stream]
    assert (await events(rig, stream))[-1] == ReporterSentToPhone.NAME
    assert first not in await wakes(rig, stream)


async def test_nothing_due_is_one_question_and_its_own_commit_none(
    rig: Rig, served: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def counted(name: str, ask: Any) -> None:
        def counting(self: Wakes, *given: Any, **named: Any) -> Any:
            asked.append(name)
            return ask(self, *given, **named)

        monkeypatch.setattr(Wakes, name, counting)

    counted("due", Wakes.due)
    counted("next_at", Wakes.next_at)
    first = (await wakes(rig, await begun(rig)))[0]
    async with rig.running(scheduler(rig)):
        assert asked == ["next_at"]
        await rig.clock.advance_to(first.at)
        assert served and asked == ["next_at", "next_at", "due", "due", "due", "next_at"]


async def test_a_wake_that_is_written_while_it_sleeps_is_noticed(rig: Rig, served: list[str]) -> None:
    async with rig.running(scheduler(rig)):
        await rig.clock.advance(timedelta(hours=1))
        stream = await begun(rig)
        await rig.clock.advance(timedelta(minutes=5))
    assert served[0] == stream and set(served) == {stream}


async def test_a_wake_that_is_served_twice_changes_nothing(rig: Rig, served: list[str]) -> None:
    """As when two processes saw the same rows: the second comes with the cause that the first has used."""
    stream = await begun(rig)
    await rig.clock.advance(timedelta(minutes=4))
    rows = [row for row in await wakes(rig, stream) if row.at <= rig.clock.now()]
    one, two = scheduler(rig), scheduler(rig)
    await one._wake(stream, rows, rig.clock.now())
    told, left = await events(rig, stream), await wakes(rig, stream)
    async with rig.store.reading() as rx:
        said = len(await rx.outbox.of(stream))
    await two._wake(stream, rows, rig.clock.now())
    assert (await events(rig, stream), await wakes(rig, stream)) == (told, left)
    async with rig.store.reading() as rx:
        assert len(await rx.outbox.of(stream)) == said
    assert len(served) == 2


async def test_two_schedulers_at_once_remind_once(rig: Rig) -> None:
    stream = await begun(rig)
    await rig.clock.advance(timedelta(minutes=4))
    rows = [row for row in await wakes(rig, stream) if row.at <= rig.clock.now()]
    await asyncio.gather(*(scheduler(rig)._wake(stream, rows, rig.clock.now()) for _ in range(5)))
    assert (await events(rig, stream)).count(ReporterSentToPhone.NAME) == 1


async def test_late_wakes_are_served_and_logged(rig: Rig, served: list[str]) -> None:
    stream = await begun(rig)
    first = (await wakes(rig, stream))[0]
    await rig.clock.advance_to(first.at + timedelta(minutes=10))
    async with rig.running(scheduler(rig)):
        pass
    assert served[0] == stream
    [line] = rig.logged("wake.late")
    assert (line["stream"], line["seconds"]) == (stream, 600)
    assert ReporterSentToPhone.NAME in await events(rig, stream)


async def test_a_wake_that_is_served_in_time_is_not_called_late(rig: Rig) -> None:
    stream = await begun(rig)
    first = (await wakes(rig, stream))[0]
    await rig.clock.advance_to(first.at + LATE)
    async with rig.running(scheduler(rig)):
        await rig.clock.advance(timedelta(hours=2))
    assert not rig.logged("wake.late")


async def test_of_many_moments_missed_each_thing_is_said_once(rig: Rig) -> None:
    stream = await begun(rig)
    async with rig.running(scheduler(rig)):
        pass  # it lived then
    await rig.clock.advance(timedelta(hours=30))
    async with rig.running(scheduler(rig)):
        pass
    reminded = [item for item in await events(rig, stream) if item == Reminded.NAME]
    async with rig.store.reading() as rx:
        reminders = [row for row in await rx.outbox.of(stream) if row.notice == "reminder"]
        assert await rx.wakes.due(rig.clock.now(), 10) == []
    assert len(reminders) == len({row.guard for row in reminders}) <= len(reminded) * 3
    assert 1 <= len(reminded) <= 2


async def test_after_an_absence_the_seat_reads_from_when_to_when(rig: Rig) -> None:
    await rig.group("指挥群", "command")
    await begun(rig)
    async with rig.running(scheduler(rig)):
        pass
    await rig.clock.advance(timedelta(minutes=31))
    async with rig.running(scheduler(rig)):
        pass
    await rig.send(60)
    texts = [call.params["text"] for call in rig.calls if call.method == "sendMessage"]
    assert [text for text in texts if "离线 10:20–10:51" in text]


# What must not spin


async def test_a_wake_that_comes_to_nothing_is_written_anew_and_does_not_spin(rig: Rig, served: list[str]) -> None:
    stream = await begun(rig)
    right = await wakes(rig, stream)
    stale = Wake(key="obligation:none", at=AT - timedelta(minutes=1), kind="obligation")
    await put(rig, stream, stale, *(Wake(key=row.key, at=row.at, kind=row.kind) for row in right))
    before = await events(rig, stream)
    async with rig.running(scheduler(rig)):
        pass
    assert served == [stream]
    assert (await wakes(rig, stream), await events(rig, stream)) == (right, before)


async def test_a_wake_whose_cause_was_used_already_does_not_spin(rig: Rig, served: list[str]) -> None:
    stream = await begun(rig)
    first = (await wakes(rig, stream))[0]
    async with rig.running(scheduler(rig)):
        await rig.clock.advance_to(first.at)
        once = len(served)
        await put(rig, stream, Wake(key=first.key, at=first.at, kind=first.kind))  # the same moment once more
        await rig.clock.settle()
        await rig.clock.advance(timedelta(minutes=1))
    assert len(served) <= once + 5
    assert (await events(rig, stream)).count(ReporterSentToPhone.NAME) == 1


async def test_a_wake_of_an_incident_that_is_not_there_does_not_spin(rig: Rig, served: list[str]) -> None:
    stream = await begun(rig)
    first = (await wakes(rig, stream))[0]
    # No foreign key holds this: a stream can be erased, a database repaired by hand.
    await put(rig, "incident:none", Wake(key="obligation:1", at=AT - timedelta(minutes=1), kind="obligation"))
    async with rig.running(scheduler(rig)):
        await rig.clock.advance_to(first.at)
    assert stream in served  # the others are served all the same
    assert served.count("incident:none") <= 5
    assert not await wakes(rig, "incident:none")
    assert [line["stream"] for line in rig.logged("wake.of_nothing")] == ["incident:none"]


async def test_many_incidents_due_at_one_moment_are_all_served(rig: Rig, served: list[str]) -> None:
    reporter = await rig.person("周校长", "reporter")
    streams = [(await rig.incident(reporter)).stream for _ in range(30)]
    async with rig.running(scheduler(rig)):
        await rig.clock.advance(timedelta(minutes=4))
    assert sorted(served) == sorted(streams)


async def test_more_than_a_batch_is_due(rig: Rig, served: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.scheduler.BATCH", 3)
    reporter = await rig.person("周校长", "reporter")
    streams = [(await rig.incident(reporter)).stream for _ in range(10)]
    async with rig.running(scheduler(rig)):
        await rig.clock.advance(timedelta(minutes=4))
    assert sorted(set(served)) == sorted(streams)


# Beginning and end


async def test_stopping_ends_its_sleep(rig: Rig) -> None:
    await begun(rig)
    made = scheduler(rig)
    async with asyncio.timeout(5):
        async with rig.running(made):
            pass
    assert not made.busy or made._stopped


async def test_it_writes_down_that_it_lives(rig: Rig) -> None:
    async with rig.running(scheduler(rig)):
        await rig.clock.advance(timedelta(seconds=10))
    async with rig.store.reading() as rx:
        assert await rx.meta.get("alive_at") == (AT + timedelta(seconds=10)).isoformat()


async def test_in_real_time_a_tick_looks_at_the_table_though_nobody_said_anything(rig: Rig) -> None:
    made = Scheduler(rig.service, rig.clock, safety=True)
    async with rig.running(made):
        assert made._ticker is not None and made._ticker.running
        [job] = made._ticker.get_jobs()
        assert job.trigger.interval == timedelta(seconds=15)
        job.func()
        assert made.busy
        await rig.clock.settle()


async def test_loops_that_ended_hear_no_more(rig: Rig, tmp_path: Path) -> None:
    """One process is elected, ousted and elected again, for months."""
    before = list(rig.store._listeners)
    for loop in (scheduler(rig), Collector(rig.store, rig.service, rig.bot_api, rig.clock, tmp_path)):
        async with rig.running(loop):
            assert len(rig.store._listeners) == len(before) + 1
        assert rig.store._listeners == before
