"""What those who watch the program from outside are told."""

import asyncio
from datetime import timedelta

import aiohttp
import pytest

from bot import vitals
from bot.metrics import Metrics
from bot.pulse import Pulse
from bot.vitals import Health
from bot.web.server import serving
from bot.web.status import Status
from storage import Unavailable
from storage.wakes import Wake
from tests.storage.rows import AT, add_places, after, entry, message, new_update
from tests.storage.test_api import request, token

SECOND = timedelta(seconds=1)


@pytest.fixture
def pulse(monotonic):
    return Pulse(monotonic)


@pytest.fixture
def health(store, clock, pulse):
    return Health(store=store, clock=clock, pulse=pulse)


@pytest.fixture
def metrics():
    return Metrics()


@pytest.fixture
async def ask(health, metrics):
    async with serving("127.0.0.1", 0, Status(health, metrics).routes()) as port, aiohttp.ClientSession() as session:

        async def ask(path):
            async with session.get(f"http://127.0.0.1:{port}{path}") as reply:
                return reply.status, await (reply.text() if path == "/metrics" else reply.json())

        yield ask


async def test_a_new_program_is_ready(ask):
    assert await ask("/healthz") == (200, {"ok": True})
    assert await ask("/readyz") == (200, {"ready": True, "troubles": []})


async def test_what_waits_too_long_is_named(store, clock, ask, pulse, monotonic):
    await add_places(store, "p1", "p2")
    async with store.writing() as tx:
        await tx.inbox.put([new_update(1)])
        await tx.outbox.enqueue([message("p1", priority=1), message("p2", priority=3)])
        await tx.wakes.replace("incident:1", [Wake(key="a", at=AT, kind="obligation")])
    await clock.advance(60 * SECOND)
    assert (await ask("/readyz"))[0] == 200
    await clock.advance(SECOND)
    status, body = await ask("/readyz")
    assert status == 503 and body["troubles"] == [
        "inbox: the oldest update waits for 61 s",
        "wakes: the oldest is late by 61 s",
    ]
    await clock.advance(120 * SECOND)
    assert (await ask("/readyz"))[1]["troubles"][2:] == ["outbox: the oldest message of priority 1 waits for 181 s"]
    with pulse.expected("poller", 90 * SECOND):
        monotonic.seconds += 91
        assert (await ask("/readyz"))[1]["troubles"][0] == "poller: no sign of life for 91 s"


async def test_what_other_systems_brought_and_nobody_works_off_is_named(store, clock, ask):
    async with store.writing() as tx:
        await tx.api_tokens.add(token())
        await tx.api_requests.keep([request("a"), request("b")])
    await clock.advance(60 * SECOND)
    assert (await ask("/readyz"))[0] == 200
    await clock.advance(SECOND)
    assert (await ask("/readyz"))[1]["troubles"] == ["api: the oldest request waits for 61 s"]
    async with store.writing() as tx:
        first, second = [await tx.api_requests.get(id) for id in "ab"]
        await tx.api_requests.again(await tx.api_requests.again(first, after(hours=1)), after(hours=1))
        await tx.api_requests.again(second, after(hours=1))
    assert (await ask("/readyz"))[1]["troubles"] == ["api: 1 requests cannot be worked off; people were told"]
    async with store.writing() as tx:
        for id in "ab":
            await tx.api_requests.done(id, {}, clock.now())
    assert (await ask("/readyz"))[0] == 200


async def test_a_sender_that_tries_and_never_gets_through_is_seen(store, clock, ask):
    """What waits for another try is no backlog that falls due, yet nothing else waits either."""
    await add_places(store, "p1", "p2", "p3")

    async def failing(id, seconds):
        for _ in range(seconds // 30):
            async with store.writing() as tx:
                await tx.outbox.claim(clock.now(), 10)
                await tx.outbox.again(id, clock.now() + 30 * SECOND, "no answer")
            await clock.advance(29 * SECOND)
            yield (await ask("/readyz"))[1]["troubles"]
            await clock.advance(SECOND)

    async with store.writing() as tx:
        [one] = await tx.outbox.enqueue([message("p1", priority=1)])
        await tx.outbox.enqueue([message("p2", priority=3, not_before=after(hours=5))])
    said = [found async for found in failing(one, 150)]
    assert said[:3] == [[]] * 3 and said[3:] == [
        ["sender: nothing was sent for 119 s though something waits"],
        ["sender: nothing was sent for 149 s though something waits"],
    ]
    async with store.writing() as tx:
        [other] = await tx.outbox.enqueue([message("p3", created_at=clock.now(), not_before=clock.now())])
        await tx.outbox.claim(clock.now(), 10, ["p1"])
        await tx.outbox.sent(other, 7, clock.now())
    assert (await ask("/readyz"))[1]["troubles"] == [], "something got through: one chat's trouble is no standstill"
    await clock.advance(100 * SECOND)
    async with store.writing() as tx:
        await tx.holds.hold("p1", clock.now() + 60 * SECOND)
        assert (await tx.outbox.standstill(clock.now(), ["p1"], "notify")) == timedelta()


async def test_a_gateway_that_hangs_is_no_standstill_of_the_sender(store, clock, ask):
    await add_places(store, "p1")
    async with store.writing() as tx:
        await tx.outbox.enqueue([message("p1", method="notify", priority=3)])
    await clock.advance(120 * SECOND)
    assert (await ask("/readyz"))[1]["troubles"] == []


async def test_a_database_that_is_not_there_is_not_ready_and_the_process_lives(ask, monkeypatch):
    async def nothing(store, now):
        raise Unavailable("connection")

    monkeypatch.setattr(vitals, "take", nothing)
    assert (await ask("/readyz")) == (503, {"ready": False, "troubles": ["database: database unavailable: connection"]})
    assert (await ask("/healthz"))[0] == 200
    assert (await ask("/metrics"))[0] == 503


async def test_a_database_that_does_not_answer_is_not_ready(health, monkeypatch):
    async def never(store, now):
        await asyncio.Event().wait()

    monkeypatch.setattr(vitals, "take", never)
    monkeypatch.setattr("bot.vitals.LOOK_SECONDS", 0.01)
    assert await health.troubles() == ["database: no answer"]


async def test_what_makes_a_picture_untrue_is_told_in_a_word_and_what_only_waits_to_be_sent_is_not(
    store, clock, health, pulse, monotonic, monkeypatch
):
    await add_places(store, "p1")
    async with store.writing() as tx:
        await tx.outbox.enqueue([message("p1", priority=1)])
    await clock.advance(600 * SECOND)
    assert await health.troubles() != [] and await health.stuck() == ""
    with pulse.expected("poller", 90 * SECOND):
        monotonic.seconds += 91
        assert await health.stuck() == "silent"
    async with store.writing() as tx:
        await tx.wakes.replace("incident:1", [Wake(key="a", at=AT, kind="obligation")])
    assert await health.stuck() == "clocks"
    async with store.writing() as tx:
        await tx.inbox.put([new_update(1)])
    await clock.advance(61 * SECOND)
    assert await health.stuck() == "waiting"
    pulse.note("poller", clock.now() - 30 * SECOND)
    assert await health.stuck() == "telegram"

    async def nothing(store, now):
        raise Unavailable("connection")

    monkeypatch.setattr(vitals, "take", nothing)
    assert await health.stuck() == "database"


async def test_the_numbers_are_those_of_the_queues(store, clock, metrics, ask, pulse, monotonic):
    await add_places(store, "p1", "p2", "p3")
    async with store.writing() as tx:
        await tx.inbox.put([new_update(1), new_update(2)])
        await tx.inbox.quarantine(3, "{", "bad", AT)
        ids = await tx.outbox.enqueue(
            [message("p1", priority=1), message("p2"), message("p3", not_before=after(hours=1))]
        )
        await tx.outbox.dead(ids[0], "gone", AT)
        await tx.journal.append("incident:1", 0, [entry(), entry()])
        lease = await tx.leases.acquire("telegram", "one", timedelta(minutes=5))
        await tx.holds.hold("p1", after(hours=1))
    await clock.advance(10 * SECOND)
    metrics.calls.labels("later", 1).inc()
    metrics.findings.labels("missed").set(2)
    with pulse.expected("sender"):
        monotonic.seconds += 7
        _, text = await ask("/metrics")
    numbers = dict(line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
    wanted = {
        "tocsin_inbox_pending": 2,
        "tocsin_inbox_age_seconds": 10,
        "tocsin_inbox_quarantined": 1,
        'tocsin_outbox_depth{priority="1"}': 0,
        'tocsin_outbox_depth{priority="2"}': 1,
        'tocsin_outbox_age_seconds{priority="2"}': 10,
        "tocsin_outbox_in_flight": 0,
        "tocsin_dead_letters": 1,
        "tocsin_holds": 1,
        "tocsin_journal_streams": 1,
        "tocsin_journal_entries": 2,
        "tocsin_wake_age_seconds": 0,
        'tocsin_loop_age_seconds{loop="sender"}': 7,
        'tocsin_calls_total{outcome="later",priority="1"}': 1,
        'tocsin_audit_findings{kind="missed"}': 2,
    }
    if store.postgres:
        wanted['tocsin_lease_epoch{name="telegram"}'] = lease.epoch
    assert {name: float(numbers[name]) for name in wanted} == wanted
    async with store.writing() as tx:
        await tx.leases.release(lease)
    assert "tocsin_lease_epoch{" not in (await ask("/metrics"))[1]
