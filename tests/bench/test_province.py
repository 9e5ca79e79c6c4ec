"""A small part of the province is played, so that what docs/scale.md is measured with does not rot."""

import asyncio
import random
from datetime import UTC, datetime, timedelta

from tests.bench.province.clock import WorkClock
from tests.bench.province.figures import tables, units
from tests.bench.province.play import Part, Play
from tests.bench.province.replay import Message, copied, sent

NIGHT = datetime(2026, 7, 21, 15, 0, tzinfo=UTC)


async def test_a_district_in_a_storm_reports_declares_and_calls_every_unit(postgres_town_url):
    part = Part(
        url=postgres_town_url, districts=1, reports=60, minutes=1, after=8, declared=1.0, answered=0.1, steady=True,
        seed=3,
    )  # fmt: skip
    found = await Play(part).run()
    counts = found.counts
    assert counts["reports"] == counts["declared"] == 1 and units() == 42
    assert counts["unit calls"] == counts["unit calls out"] >= 42
    assert 0 < counts["people answer"] < 20 and counts["refused with 429"] == 0
    assert counts["dead letters"] == counts["unfinished updates"] == counts["quarantined"] == 0
    assert {"message: /report", "message: /declare", "press: answer", "Sender"} <= found.accounts.keys()
    assert found.accounts["press: answer"]["statements"] > counts["people answer"]
    assert found.spans["from declaration to call"]["max"] < 10

    # The replay of what was played is as long as the play was.
    again = sent(copied(found.messages, 1, 1, seed=1), 30)
    assert len(again.waits["call"]) == counts["unit calls"]
    assert again.spans()["call"]["max"] < 10


async def test_work_takes_time_and_idleness_does_not():
    spent = 0.0
    clock = WorkClock(NIGHT, lambda: spent)
    done = []

    async def work() -> None:
        nonlocal spent
        await clock.sleep_until(NIGHT + timedelta(hours=1))
        with clock.working():
            spent += 30.0
            await asyncio.sleep(0)
            with clock.elsewhere():
                await clock.sleep_until(clock.now() + timedelta(seconds=5))
            done.append(clock.now())

    working = asyncio.create_task(work())
    await asyncio.sleep(0)
    await clock.advance_to(NIGHT + timedelta(hours=2))
    await working
    assert done == [NIGHT + timedelta(hours=1, seconds=35)] and clock.now() == NIGHT + timedelta(hours=2)


async def test_a_moment_is_kept_though_work_never_ends():
    spent = 0.0
    clock = WorkClock(NIGHT, lambda: spent)

    async def busy() -> None:
        nonlocal spent
        with clock.working():
            while True:
                spent += 1.0
                await asyncio.sleep(0)

    working = asyncio.create_task(busy())
    await asyncio.sleep(0)
    async with asyncio.timeout(10):
        await clock.advance_to(NIGHT + timedelta(seconds=20))
    working.cancel()
    assert clock.now() >= NIGHT + timedelta(seconds=20)


def test_a_replay_keeps_every_limit_and_takes_the_urgent_first():
    draw = random.Random(1)
    messages = [
        Message(draw.uniform(0, 30), draw.choice([1, 2, 3]), number, place := draw.randrange(60), place < 5, "other")
        for number in range(3000)
    ]
    found = sent(sorted(messages), 30)
    assert found.calls == 3000 and found.seconds >= 3000 / 30 - 2
    urgent, calm = (max(found.waits[f"priority {priority}"]) for priority in (1, 3))
    assert urgent < calm
    [alone] = sent([Message(5.0, 1, 0, 0, False, "call")], 30).waits["call"]
    assert alone < 1
    same = sent([Message(0.0, 1, number, 0, True, "other") for number in range(21)], 30)
    assert same.seconds > 60  # a group takes twenty a minute


def test_a_card_that_waits_is_replaced_and_copies_are_other_districts():
    live = [Message(0.0, 3, number, 7, True, "live", live=number % 2) for number in range(6)]
    found = sent(live, 30)
    assert (found.calls, found.replaced) == (2, 4)
    four = copied([[10.0, 1, 0, 0, "call", -1], [20.0, 3, 1, 1, "live", 0]], 1, 4, seed=1)
    assert len({one.place for one in four}) == 8
    assert sorted({one.live for one in four}) == [-1, 0, 1, 2, 3]


def test_the_tables_of_figures_are_markdown():
    span = {"p50": 1, "p95": 2, "p99": 3, "max": 4}
    replay = {
        "districts": 1, "spans": {"call": span}, "last call": 1, "calls": 2, "replaced": 0, "most waiting": 0,
        "most urgent waiting": 0, "over at": 3,
    }  # fmt: skip
    played = {
        "counts": {"reports": 1}, "calls": {"sendMessage": 2}, "spans": {"updates worked off": span},
        "accounts": {"Sender": {"times": 1, "seconds": 0.5, "statements": 9}}, "sizes": {"database grew": 1.0},
        "minutes": [{"inbox": 0, "outbox": {"1": 2}}],
    }  # fmt: skip
    crowded = played | {"sizes": {"resident at most": 100.0}}
    figures = {
        "machine": "2 cores", "played": played, "crowded": crowded, "milliseconds of a call by HTTP": 1.5,
        "agrees": replay, "tokens": {1: replay}, "sizes": {15: replay}, "per district": {"program, cores": 0.01},
    }  # fmt: skip
    found = "\n\n".join(tables(figures))
    assert "| 120 | 1.2 |" in found and "250.0 ms and 4.5 statements" in found and "1/2/3/4" in found
