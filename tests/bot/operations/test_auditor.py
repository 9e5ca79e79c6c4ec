"""What a bug or a hand has spoilt behind the program's back is found, and mended where it can be."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.metrics import Metrics
from bot.office.statistics import keep_counted
from bot.operations.auditor import IN_FLIGHT, Auditor, Findings
from bot.outgoing.due_rows import NOTICE
from storage.outbox import NewMessage
from tests.bot.operations import town
from tests.bot.operations.conftest import AT

NOTHING = Findings()


@pytest.fixture
async def service(store, clock):
    await town.settle(store, clock)
    return town.service(store, clock)


@pytest.fixture
def auditor(service, monotonic):
    return Auditor(service, monotonic=monotonic)


@pytest.fixture
def spoil(store):
    async def spoil(statement, **parameters):
        async with store.writing() as tx:
            assert (await tx._session.execute(text(statement), parameters)).rowcount > 0

    return spoil


async def rows(store, stream):
    async with store.reading() as rx:
        return await rx.incidents.get(stream), await rx.wakes.of(stream), await rx.obligations.of(stream)


async def test_where_all_is_well_nothing_is_found(service, auditor, logged):
    for number in range(3):
        await town.report(service, f"update:{number}")
    assert await auditor.look() == await auditor.look(whole=True) == NOTHING
    assert logged == []


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM wakes",
        "DELETE FROM obligations",
        "DELETE FROM incidents",
        "UPDATE wakes SET at = '2031-01-01T00:00:00.000000Z'",
        "UPDATE obligations SET status = 'filed'",
        "UPDATE incidents SET response_level = 'Ⅰ', sequence = 99",
        "INSERT INTO wakes VALUES ('incident:0001', 'x', '2031-01-01T00:00:00.000000Z', 'unit')",
    ],
)
async def test_rows_that_do_not_follow_from_their_log_are_written_anew(
    store, service, auditor, spoil, statement, logged
):
    stream = await town.report(service)
    before = await rows(store, stream)
    assert before[1] and before[2]
    await spoil(statement)
    found = await auditor.look(whole=True)
    assert (found.astray, found.mended) == ((stream,), 1)
    assert await rows(store, stream) == before
    assert await auditor.look(whole=True) == NOTHING
    assert [(line["event"], line["astray"]) for line in logged] == [("audit.found", (stream,))]


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM statistics_rows",
        "UPDATE statistics_kinds SET name = name || 'x'",
        "UPDATE statistics_rows SET kind = (SELECT max(id) FROM statistics_kinds)",
        "UPDATE statistics_cases SET level = '重大'",
        "UPDATE statistics_cases SET day = '2031-01-01', at = '2031-01-01T00:00:00.000000Z'",
    ],
)
async def test_what_is_counted_is_held_against_the_log(store, service, auditor, spoil, statement, logged):
    stream = await town.report(service)
    await keep_counted(service)
    async with store.reading() as rx:
        before = await rx.statistics.of(stream)
    assert before is not None and before.rows
    assert await auditor.look(whole=True) == NOTHING
    await spoil(statement)
    found = await auditor.look(whole=True)
    assert (found.astray, found.mended) == ((stream,), 1)
    async with store.reading() as rx:
        assert await rx.statistics.of(stream) == before
    assert await auditor.look(whole=True) == NOTHING


async def test_what_is_not_counted_yet_is_not_astray(service, auditor, spoil, logged):
    await town.report(service)
    await keep_counted(service)
    await spoil("UPDATE statistics_cases SET sequence = sequence - 1, level = '重大'")
    assert await auditor.look(whole=True) == NOTHING
    assert await keep_counted(service) == 1
    assert await auditor.look(whole=True) == NOTHING


async def test_an_obligation_whose_wake_was_missed_is_served_again(store, clock, service, auditor, spoil, logged):
    stream = await town.report(service)
    await spoil("DELETE FROM wakes")
    await clock.advance(timedelta(hours=3))
    found = await auditor.look()
    assert (found.missed, found.astray, found.mended) == ((stream,), (stream,), 1)
    async with store.reading() as rx:
        assert {row.stream for row in await rx.wakes.due(clock.now(), 100)} == {stream}
    result = await service.wake(stream, cause="wake:1")
    assert result.steps[0].outcome is not None and result.steps[0].outcome.recorded


async def test_looks_go_round_among_the_open_incidents(store, service, monotonic, spoil, logged):
    streams = [await town.report(service, f"update:{number}") for number in range(5)]
    auditor = Auditor(service, at_once=2, monotonic=monotonic)
    await spoil("UPDATE incidents SET text = 'x'")
    looks = [set((await auditor.look()).astray) for _ in range(3)]
    assert [len(look) for look in looks] == [2, 2, 1] and set.union(*looks) == set(streams)
    assert await auditor.look() == NOTHING


async def test_what_somebody_appended_meanwhile_is_left_to_him(store, service, auditor, logged):
    stream = await town.report(service)
    derived = []

    async def compare(streams):
        async with store.writing() as tx:  # between the look and the mending
            await tx._session.execute(text("UPDATE journal_heads SET sequence = sequence + 1"))
        derived.append(streams)
        return (stream,), ()

    auditor._compare = compare
    found = await auditor.look()
    assert derived == [[stream]] and (found.astray, found.mended) == ((stream,), 0)


async def test_a_log_that_cannot_be_read_hides_no_other(store, service, auditor, spoil, logged):
    bad, good = [await town.report(service, f"update:{number}") for number in range(2)]
    await spoil("UPDATE journal SET body = replace(body, 'sequence', 'sequel') WHERE stream = :stream", stream=bad)
    await spoil("DELETE FROM wakes WHERE stream = :stream", stream=good)
    found = await auditor.look()
    assert (found.unreadable, found.astray, found.mended) == ((bad,), (good,), 1)
    assert {line["event"] for line in logged} == {"audit.unreadable", "audit.found"}


async def test_words_that_no_database_can_hold_are_not_astray(service, auditor):
    await town.report(service, text=town.TEXT + "\x00\ud800")
    assert await auditor.look() == NOTHING


# Messages


async def flying(store, clock, **values):
    """Let a message to the duty officer be in the air, and return its id."""
    async with store.writing() as tx:
        for row in await tx.outbox.claim(clock.now(), 100):
            await tx.outbox.sent(row.id, row.id, clock.now())
        [id] = await tx.outbox.enqueue(
            [
                NewMessage(**{
                    "place_id": "private-duty", "priority": 1, "method": "sendMessage", "payload": {"text": "请核实"},
                    "stream": "incident:0001", "notice": "reminder", "ring": True, "not_before": AT,
                    "created_at": clock.now(), "person_id": "duty", **values,
                })
            ]
        )  # fmt: skip
        rows = await tx.outbox.claim(clock.now(), 100)
        assert id in [row.id for row in rows]
        for row in rows:
            if row.id != id:
                await tx.outbox.sent(row.id, row.id, clock.now())
        return id


async def drained(store, clock):
    """Send everything that waits."""
    while True:
        async with store.writing() as tx:
            rows = await tx.outbox.claim(clock.now(), 100)
            for row in rows:
                await tx.outbox.sent(row.id, row.id, clock.now())
        if not rows:
            return


async def get(store, id):
    async with store.reading() as rx:
        return await rx.outbox.get(id)


async def test_a_message_that_stays_in_the_air_is_sent_once_more(store, clock, service, auditor, monotonic, logged):
    await town.report(service)
    await drained(store, clock)
    id = await flying(store, clock)
    assert await auditor.look() == NOTHING
    await clock.advance(timedelta(days=1))  # somebody set the clock: that alone does not make it stuck
    assert (await auditor.look()).stuck == ()
    monotonic.seconds += IN_FLIGHT.total_seconds() + 1
    found = await auditor.look()
    assert (found.stuck, found.mended) == ((id,), 1)
    row = await get(store, id)
    assert (row.state, row.ambiguous) == ("pending", 1)
    async with store.writing() as tx:
        assert [one.id for one in await tx.outbox.claim(clock.now(), 10)] == [id]
    assert (await auditor.look()).stuck == ()  # another attempt, which has its own time


async def test_the_second_time_the_seat_is_told_whom_to_ring(store, clock, service, auditor, monotonic, logged):
    await town.report(service)
    await drained(store, clock)
    id = await flying(store, clock)
    for _ in range(2):
        await auditor.look()
        monotonic.seconds += IN_FLIGHT.total_seconds() + 1
        assert (await auditor.look()).stuck == (id,)
        async with store.writing() as tx:
            await tx.outbox.claim(clock.now(), 10)
    assert (await get(store, id)).state == "ambiguous"
    assert len(await told(store)) == 1


async def told(store):
    async with store.reading() as rx:
        return [row for row in await rx.outbox.of("incident:0001") if row.notice == "undeliverable"]


async def test_a_dead_letter_that_nobody_was_told_of_is_told_once(store, clock, service, auditor, logged):
    await town.report(service)
    await drained(store, clock)
    id = await flying(store, clock)
    async with store.writing() as tx:
        await tx.outbox.dead(id, "the place is not known any more", clock.now())
    found = await auditor.look()
    assert (found.untold, found.mended) == ((id,), 1)
    [row] = await told(store)
    assert row.place_id == "group" and row.ring  # it was the seat itself that could not be reached
    await clock.advance(town.minutes(5))
    assert (await auditor.look()).untold == ()
    assert len(await told(store)) == 1


async def test_what_several_cases_had_due_is_told_under_the_first(store, clock, service, auditor, logged):
    await town.report(service)
    await drained(store, clock)
    payload = {"kind": "due", "stream": "incident:0001", "parts": [], "whole": []}
    id = await flying(store, clock, method="card", payload=payload, stream=None, notice=NOTICE)
    async with store.writing() as tx:
        await tx.outbox.dead(id, "it cannot be drawn: a bug", clock.now())
    assert (await auditor.look()).untold == (id,)
    assert len(await told(store)) == 1
    assert (await auditor.look()).untold == ()


async def test_a_word_that_cannot_be_said_keeps_no_other_from_being_said(store, clock, service, auditor, spoil, logged):
    good, bad = [await town.report(service, f"update:{number}") for number in range(2)]
    await drained(store, clock)
    ids = []
    for stream in (good, bad):  # the newest is looked at first
        ids.append(await flying(store, clock, stream=stream))
        async with store.writing() as tx:
            await tx.outbox.dead(ids[-1], "blocked", clock.now())
    await spoil("UPDATE journal SET body = replace(body, 'sequence', 'sequel') WHERE stream = :stream", stream=bad)
    found = await auditor.look()
    assert (found.untold, found.mended) == ((ids[1], ids[0]), 1)
    assert len(await told(store)) == 1
    assert "audit.not_mended" in {line["event"] for line in logged}


async def test_a_dead_letter_that_was_told_of_when_it_died_is_none_of_ours(store, clock, service, auditor):
    from bot.outgoing.undeliverable import undeliverable

    await town.report(service)
    await drained(store, clock)
    id = await flying(store, clock)
    async with store.writing() as tx:
        await tx.outbox.dead(id, "blocked", clock.now())
        await undeliverable(tx, service.dispatcher, await tx.outbox.get(id), clock.now())
    await drained(store, clock)
    assert await auditor.look() == NOTHING


async def test_old_dead_letters_are_history(store, clock, service, auditor, logged):
    await town.report(service)
    await drained(store, clock)
    id = await flying(store, clock)
    async with store.writing() as tx:
        await tx.outbox.dead(id, "gone", clock.now())
    await clock.advance(timedelta(days=1, seconds=1))
    assert (await auditor.look()).untold == ()


async def test_findings_are_counted_by_kind_and_vanish_when_they_are_mended(service, monotonic, spoil, logged):
    metrics = Metrics()
    auditor = Auditor(service, metrics=metrics, monotonic=monotonic)
    await town.report(service)
    await spoil("DELETE FROM wakes")
    await auditor.look()
    assert metrics.registry.get_sample_value("tocsin_audit_findings", {"kind": "astray"}) == 1
    await auditor.look()
    assert metrics.registry.get_sample_value("tocsin_audit_findings", {"kind": "astray"}) == 0
    assert metrics.registry.get_sample_value("tocsin_audit_findings", {"kind": "stuck"}) == 0
