"""Of several processes on one PostgreSQL one leads; one that lost its lease writes nothing and starts nothing."""

import asyncio
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.leadership import Alone, Elected, Shared, boottime, leadership_of, process_name
from bot.updates.notify_listener import NotifyListener
from storage import LostClaim, Unavailable, open_store
from tests.storage.rows import new_update

TTL = timedelta(seconds=15)
SOON = timedelta(milliseconds=5)
LEASE = "telegram:42"


@pytest.fixture
async def shared(postgres_town_url):
    async with await open_store(postgres_town_url) as store:
        yield store


@pytest.fixture
async def other_process(postgres_town_url):
    async with await open_store(postgres_town_url) as store:
        yield store


def process(store, name, **how):
    return Shared(store, name, **({"ttl": TTL, "every": SOON} | how))


async def end_on_the_databases_clock(store):
    """Let the time of a lease pass as the database sees it: its holder is paused, or cannot be reached."""
    async with store.writing() as tx:
        await tx._session.execute(text("UPDATE leases SET until = clock_timestamp()"))


async def write(store, lease, value):
    async with store.writing() as tx:
        await lease.fence(tx)
        await tx.meta.put("written", value)


async def written(store):
    async with store.reading() as rx:
        return await rx.meta.get("written")


async def test_one_leads_and_the_other_follows_as_soon_as_it_is_given_back(shared, other_process):
    one, two = process(shared, "one"), process(other_process, "two", every=timedelta(hours=1))
    listener = NotifyListener(other_process)
    listening = asyncio.create_task(listener.run())
    entered = asyncio.Event()

    async def follow():
        async with two.held(LEASE) as lease:
            entered.set()
            await write(other_process, lease, "two")

    async with one.held(LEASE) as lease:
        follower = asyncio.create_task(follow())
        await write(shared, lease, "one")
        assert lease.may_start() and not entered.is_set()
        while not await hears(other_process):
            pass
    await follower  # an hour is between two tries: it was told
    assert await written(shared) == "two"
    listener.stop()
    await listening


async def hears(store):
    async with store.reading() as rx:
        return await rx._session.scalar(
            text(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                " AND query LIKE 'LISTEN %' AND state = 'idle'"
            )
        )


async def test_a_lease_is_renewed_for_as_long_as_it_is_used(shared, monotonic):
    leader = process(shared, "one", monotonic=monotonic)
    renewed = asyncio.Event()
    renew = leader.renew

    async def noted(term):
        found = await renew(term)
        renewed.set()
        return found

    leader.renew = noted
    async with leader.held(LEASE) as lease:
        for _ in range(3):
            before = lease.deadline
            monotonic.seconds += 5
            while lease.deadline <= before:  # a renewal that was under way had read the clock before
                renewed.clear()
                await renewed.wait()
            await write(shared, lease, "still")


async def test_a_process_that_was_paused_past_its_lease_starts_and_writes_nothing(
    shared, other_process, monotonic, logged
):
    """SIGSTOP for longer than the lease: the clock went on, no line of ours was executed."""
    paused = process(shared, "one", every=timedelta(hours=1), monotonic=monotonic)
    sent = []
    with pytest.raises(LostClaim):
        async with paused.held(LEASE) as lease:
            assert lease.may_start()
            await end_on_the_databases_clock(other_process)
            async with process(other_process, "two").held(LEASE) as successor:
                await write(other_process, successor, "two")
                monotonic.seconds += 90
                if lease.may_start():
                    sent.append("a reminder")
                await write(shared, lease, "one")
    assert sent == [] and await written(other_process) == "two"


async def test_a_process_that_was_paused_stops_its_work_by_itself(shared, monotonic, logged):
    with pytest.raises(LostClaim):
        async with process(shared, "one", monotonic=monotonic).held(LEASE):
            monotonic.seconds += 90
            await asyncio.Event().wait()
    assert [line["event"] for line in logged if line["log_level"] == "error"] == ["lease.lost"]


async def test_the_databases_clock_ends_a_lease_also_for_a_holder_whose_own_clock_stood_still(shared, other_process):
    """As after a suspend that our clock does not count: it may still start, but what it writes is refused."""
    async with process(shared, "one", every=timedelta(hours=1)).held(LEASE) as lease:
        await end_on_the_databases_clock(other_process)
        async with process(other_process, "two").held(LEASE):
            assert lease.may_start()
            with pytest.raises(LostClaim):
                await write(shared, lease, "one")
    assert await written(shared) is None


async def test_nothing_is_started_within_the_margin(shared, monotonic):
    leader = process(shared, "one", every=timedelta(hours=1), margin=timedelta(seconds=2), monotonic=monotonic)
    lease = await leader.acquire(LEASE)
    monotonic.seconds += 12.9
    assert lease.may_start()
    await write(shared, lease, "in time")
    monotonic.seconds += 0.2
    assert not lease.may_start()
    with pytest.raises(LostClaim):
        await write(shared, lease, "late")
    assert await written(shared) == "in time"
    assert await leader.renew(lease) and lease.may_start()  # the database still knows it, and time begins anew


async def test_whoever_lost_the_lease_is_stopped_in_the_middle_of_its_work(shared, other_process, logged):
    stolen = asyncio.Event()

    async def work():
        async with process(shared, "one").held(LEASE):
            stolen.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(work())
    await stolen.wait()
    async with other_process.writing() as tx:  # another epoch: as if it had expired and been taken
        await tx._session.execute(text("UPDATE leases SET epoch = epoch + 1, holder = 'two'"))
    with pytest.raises(LostClaim) as caught:
        await task
    assert (caught.value.name, caught.value.holder) == (LEASE, "one") and not task.cancelled()
    assert "lease.lost" in [line["event"] for line in logged]


async def test_a_holder_that_cannot_reach_the_database_stops_before_the_others_begin(shared, monotonic, logged):
    leader = process(shared, "one", monotonic=monotonic)
    tried = []

    async def unreachable(term):
        tried.append(term.left())
        monotonic.seconds += 4
        raise Unavailable("connection")

    leader.renew = unreachable
    with pytest.raises(LostClaim):
        async with leader.held(LEASE):
            await asyncio.Event().wait()
    assert len(tried) >= 3 and min(tried) > 0  # it tried as long as there was time, and not after


async def test_a_stop_from_outside_stays_one(shared):
    entered = asyncio.Event()

    async def work():
        async with process(shared, "one").held(LEASE):
            entered.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(work())
    await entered.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with shared.reading() as rx:
        assert await rx.leases.held() == []  # and it was given back


async def test_alone_every_lease_is_held_at_once(file):
    leadership = leadership_of(file, "one")
    assert isinstance(leadership, Alone)
    async with leadership.held(LEASE) as lease, leadership.held(LEASE) as again:
        assert lease.may_start() and again.may_start()
        await write(file, lease, "alone")
    assert await written(file) == "alone"


async def test_on_postgres_leases_are_shared_and_processes_have_names_of_their_own(shared):
    assert isinstance(leadership_of(shared, "one"), Shared)
    assert process_name() != process_name()
    before = boottime()
    assert boottime() >= before


# A loop under a lease


class Work:
    def __init__(self, lease, began, problem=None):
        self.lease, self.began, self.problem = lease, began, problem
        self.stopped = asyncio.Event()

    async def run(self):
        self.began.put_nowait(self)
        if self.problem:
            raise self.problem
        await self.stopped.wait()

    def stop(self):
        self.stopped.set()


@asynccontextmanager
async def running(elected):
    task = asyncio.create_task(elected.run())
    try:
        yield task
    finally:
        elected.stop()
        await asyncio.wait({task})


async def test_a_loop_runs_in_one_process_and_goes_on_in_the_other(shared, other_process):
    began: asyncio.Queue[Work] = asyncio.Queue()
    first = Elected(process(shared, "one"), LEASE, lambda lease: Work(lease, began))
    second = Elected(process(other_process, "two"), LEASE, lambda lease: Work(lease, began))
    async with running(first), running(second) as waiting:
        leader = await began.get()
        assert began.empty()
        (first if first.loop is leader else second).stop()
        successor = await began.get()
        assert successor.lease.row.holder != leader.lease.row.holder
        assert successor.lease.row.epoch == leader.lease.row.epoch + 1
    assert waiting.done() and waiting.exception() is None


async def test_who_only_waits_for_a_lease_can_be_stopped(shared, other_process):
    async with process(shared, "one").held(LEASE):
        waiting = Elected(process(other_process, "two"), LEASE, lambda lease: pytest.fail("it did not lead"))
        async with running(waiting) as task:
            await asyncio.sleep(0)
        assert task.exception() is None


async def test_a_loop_that_lost_its_lease_begins_anew_when_it_has_one_again(shared, other_process, logged):
    began: asyncio.Queue[Work] = asyncio.Queue()
    elected = Elected(process(shared, "one"), LEASE, lambda lease: Work(lease, began))
    async with running(elected):
        first = await began.get()
        async with other_process.writing() as tx:
            await tx._session.execute(text("UPDATE leases SET epoch = epoch + 1"))
        second = await began.get()
        assert second is not first and second.lease.row.epoch > first.lease.row.epoch


async def test_what_breaks_a_loop_is_told_to_whoever_runs_it(shared):
    elected = Elected(process(shared, "one"), LEASE, lambda lease: Work(lease, asyncio.Queue(), OSError("full")))
    with pytest.raises(OSError, match="full"):
        await elected.run()
    async with shared.reading() as rx:
        assert await rx.leases.held() == []


# NotifyListener


async def test_after_a_gap_everybody_looks_at_every_queue(shared, other_process, logged):
    heard: asyncio.Queue[frozenset[str]] = asyncio.Queue()
    shared.on_commit(heard.put_nowait)
    listener = NotifyListener(shared, pauses=(0,))
    task = asyncio.create_task(listener.run())
    assert {"inbox", "outbox", "wakes"} <= await heard.get()
    async with other_process.writing() as tx:
        await tx.inbox.put([new_update(1)])
    assert await heard.get() == {"inbox"}
    async with other_process.writing() as tx:
        await tx._session.scalar(
            text(
                "SELECT count(pg_terminate_backend(pid, 1000)) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    assert {"inbox", "outbox", "wakes"} <= await heard.get()
    assert "hearing.lost" in [line["event"] for line in logged]
    listener.stop()
    await task


async def test_where_there_is_nobody_else_nothing_is_listened_for(file):
    listener = NotifyListener(file)
    task = asyncio.create_task(listener.run())
    await asyncio.sleep(0)
    assert not task.done()
    listener.stop()
    await task
