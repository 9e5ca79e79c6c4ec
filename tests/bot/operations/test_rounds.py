"""The program looks after itself: every few minutes, and once a day at four in the morning."""

import asyncio
from datetime import date, datetime, timedelta

import pytest

from bot.clock import SHANGHAI, VirtualClock
from bot.leadership import Always
from bot.operations.rounds import EVERY, Rounds, day_of
from storage import Unavailable
from storage.store import Store


class Looked:
    def __init__(self):
        self.looks = []
        self.problem = None

    async def look(self, *, whole=False):
        self.looks.append(whole)
        if self.problem is not None:
            raise self.problem


@pytest.fixture
def auditor():
    return Looked()


@pytest.fixture
def done():
    return []


def rounds(store, clock, auditor, done, lease=None, **more):
    async def seal(now):
        done.append(now)

    return Rounds(store, clock, auditor, {"checkpoint": seal, **more}, lease)


def beijing(day, hour, minute=0):
    return datetime(2026, 3, day, hour, minute, tzinfo=SHANGHAI)


async def test_every_round_looks_and_each_day_has_its_tasks_once(memory, auditor, done):
    clock = VirtualClock(beijing(2, 3, 50))
    one = rounds(memory, clock, auditor, done)
    task = asyncio.create_task(one.run())
    await clock.advance(timedelta(days=2, minutes=20))
    one.stop()
    await task
    # At the start for the day before, and then each day at the first round after four.
    assert done == [beijing(2, 3, 50), beijing(2, 4), beijing(3, 4), beijing(4, 4)]
    assert auditor.looks.count(True) == 4
    assert auditor.looks.count(False) == timedelta(days=2, minutes=20) // EVERY + 1


async def test_a_restart_does_not_do_a_days_tasks_again_and_an_absence_makes_up_for_them_once(memory, auditor, done):
    clock = VirtualClock(beijing(2, 5))
    for _ in range(2):
        await rounds(memory, clock, auditor, done).round()
    assert len(done) == 1
    await clock.advance(timedelta(days=3))
    for _ in range(2):
        await rounds(memory, clock, auditor, done).round()
    assert done == [beijing(2, 5), beijing(5, 5)]


@pytest.mark.parametrize("problem", [Unavailable("full"), OSError("no space"), ValueError("a bug")])
async def test_what_fails_keeps_nothing_else_from_being_done_and_is_tried_again(
    memory, clock, auditor, done, logged, problem
):
    tries = []

    async def failing(now):
        tries.append(now)
        if len(tries) < 3:
            raise problem

    auditor.problem = problem
    one = rounds(memory, clock, auditor, done, first=failing)
    for _ in range(4):
        await one.round()
    assert (len(tries), len(done)) == (3, 1)
    assert {line["event"] for line in logged} <= {"round.not_done", "round.failed"} and logged


async def test_a_database_that_is_gone_ends_no_round(memory, clock, auditor, done, logged, monkeypatch):
    def gone(self):
        raise Unavailable("connection")

    monkeypatch.setattr(Store, "writing", gone)
    monkeypatch.setattr(Store, "reading", gone)
    await rounds(memory, clock, auditor, done).round()
    assert len(done) == 1 and logged


async def test_whoever_does_not_lead_makes_no_rounds(memory, clock, auditor, done):
    class Lost(Always):
        def may_start(self):
            return False

    await rounds(memory, clock, auditor, done, Lost()).round()
    assert auditor.looks == done == []


def test_a_day_begins_at_four_in_beijing():
    assert day_of(beijing(2, 3, 59)) == date(2026, 3, 1)
    assert day_of(beijing(2, 4)) == day_of(beijing(3, 3, 59)) == date(2026, 3, 2)
