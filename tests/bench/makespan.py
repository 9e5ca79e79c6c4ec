"""B5: how long a great call takes under Telegram's limits, and an urgent message in the middle of it; virtual time."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, cast

from telegram import Bot
from telegram.error import TelegramError
from telegram.ext import AIORateLimiter, ExtBot

from bot.bot_api_client import BotApiClient
from bot.cases.plan_registry import PlanRegistry
from bot.clock import VirtualClock
from bot.outgoing.cards import Cards
from bot.outgoing.notice_dispatcher import NoticeDispatcher
from bot.playground import Fault, Group, Person, World
from bot.playground.request import PlaygroundRequest
from bot.sender import Sender
from plans.core.policy import DEFAULT_POLICY
from storage import open_store
from storage.outbox import NewMessage
from storage.places import Place
from tests.bench.peers.bare import TOKEN
from tests.bench.peers.virtual import LoopClock, VirtualLoop
from tests.bench.report import Aim, Line
from tests.bench.rounds import Run, alternate

START = datetime(2026, 3, 1, 19, 6, tzinfo=UTC)
OVERALL, A_GROUP, GROUPS = 30, 20, 20
URGENT_AFTER = 5.0
OUTAGE = 60.0
PATIENCE = 3600.0


@dataclass(frozen=True)
class _Call:
    """So many people get one message each, and ``GROUPS`` groups some each.

    Attributes:
        priority: of what the people get; the groups' is 2, the urgent message's is 1.
        outage: a kind of fault that everything meets for a minute in its middle; empty: none does.
    """

    people: int
    to_a_group: int
    priority: int = 1
    outage: str = ""

    @property
    def bound(self) -> float:
        """Seconds below which no sender can stay: all of them at 30/s, or the group at 1/s and 20/min."""
        everything = (self.people + GROUPS * self.to_a_group) / OVERALL
        full, rest = divmod(self.to_a_group - 1, A_GROUP)
        return max(everything, 60.0 * full + rest)

    @property
    def middle(self) -> float:
        """When the outage begins."""
        return self.bound / 2


@dataclass(frozen=True)
class _Found:
    """What one arm took, in seconds of virtual time, and what Telegram refused."""

    makespan: float
    urgent: float
    refused: int
    undelivered: int
    copies: int = 0


def measure(run: Run) -> Iterator[Line]:
    """Yield the lines of B5."""
    people = run.size(1_000, 200)
    # The program's calls to units have priority 1, what else goes to many has a lower one.
    for to_a_group, priority in ((1, 1), (1, 2), (25, 1)):
        call = _Call(people, to_a_group, priority)
        mine, others = alternate(run.rounds, partial(_ours, call), partial(_theirs, call))
        what = f"{people:,} people (priority {priority}), {GROUPS} groups × {to_a_group}"
        note = f"virtual seconds; bound: the larger of N/{OVERALL} and the slowest group at 1/s and {A_GROUP}/min"
        bound = (call.bound,) * run.rounds
        yield Line(
            number="B5", measure=f"makespan, {what}", unit="s", ours=_all(mine, "makespan"), peer=bound,
            against="bound", aim=Aim(at_most=1.05), note=note,
        )  # fmt: skip
        yield Line(
            number="B5", measure=f"makespan, {what}", unit="s", ours=_all(mine, "makespan"),
            peer=_all(others, "makespan"), against="AIORateLimiter",
        )  # fmt: skip
        yield Line(
            number="B5", measure=f"answers 429, {what}", unit="", ours=_all(mine, "refused"),
            peer=_all(others, "refused"), against="AIORateLimiter", aim=Aim(on="ours", at_most=0, worst=True),
        )  # fmt: skip
        yield Line(
            number="B5", measure=f"never delivered, {what}", unit="", ours=_all(mine, "undelivered"),
            peer=_all(others, "undelivered"), against="AIORateLimiter", aim=Aim(on="ours", at_most=0, worst=True),
        )  # fmt: skip
        yield Line(
            number="B5", measure=f"urgent message meanwhile, {what}", unit="s", ours=_all(mine, "urgent"),
            peer=_all(others, "urgent"), against="AIORateLimiter", aim=Aim(on="ours", at_most=2, worst=True),
        )  # fmt: skip
    yield from _with_an_outage(run, people)


def _with_an_outage(run: Run, people: int) -> Iterator[Line]:
    """Yield the lines of B5b: pages of HTML, and calls that take effect and are never answered."""
    for outage, what in (("garbage", "502 in HTML"), ("timeout", "no answers")):
        call = _Call(people, 1, 1, outage)
        mine, others = alternate(run.rounds, partial(_ours, call), partial(_theirs, call))
        what = f"{people:,} people, {GROUPS} groups × 1, a minute of {what} in the middle"
        yield Line(
            number="B5b", measure=f"makespan, {what}", unit="s", ours=_all(mine, "makespan"),
            peer=(call.bound + OUTAGE,) * run.rounds, against="bound + outage", aim=Aim(at_most=1.1),
            note="virtual seconds, of the last first arrival",
        )  # fmt: skip
        yield Line(
            number="B5b", measure=f"never delivered, {what}", unit="", ours=_all(mine, "undelivered"),
            peer=_all(others, "undelivered"), against="AIORateLimiter", aim=Aim(on="ours", at_most=0, worst=True),
        )  # fmt: skip
        yield Line(
            number="B5b", measure=f"copies beyond outcomes in doubt, {what}", unit="", ours=_all(mine, "copies"),
            peer=_all(others, "copies"), against="AIORateLimiter", aim=Aim(on="ours", at_most=0, worst=True),
        )  # fmt: skip


def _all(found: list[_Found], name: str) -> tuple[float, ...]:
    return tuple(float(getattr(one, name)) for one in found)


def _town(world: World, call: _Call) -> tuple[list[Person], list[Group], Person]:
    bot = world.add_bot(TOKEN, username="bench_bot", name="bench")
    people = [world.add_user(f"联络{number}") for number in range(call.people)]
    for person in people:
        person.start(bot)
    groups = [world.add_group(f"群{number}", owner=people[0], members=[bot]) for number in range(GROUPS)]
    seat = world.add_user("值班")
    seat.start(bot)
    return people, groups, seat


def _found(world: World, seat: Person, start: datetime, asked: int, doubts: int = 0) -> _Found:
    sent = [entry for entry in world.calls if entry.method == "sendMessage" and entry.status == 200]
    urgent = [entry.at for entry in sent if entry.chat == seat.id]
    first: dict[tuple[object, str], datetime] = {}
    for entry in sent:
        if entry.chat != seat.id:
            first.setdefault((entry.chat, str(entry.params["text"])), entry.at)
    arrived = len(first) + bool(urgent)
    return _Found(
        makespan=(max(first.values()) - start).total_seconds(),
        urgent=(urgent[0] - start).total_seconds() - URGENT_AFTER if urgent else PATIENCE,
        refused=sum(entry.status == 429 for entry in world.calls),
        undelivered=asked + 1 - arrived,
        copies=max(0, len(sent) - arrived - doubts),
    )


def _ours(call: _Call) -> _Found:
    return asyncio.run(_send(call))


async def _send(call: _Call) -> _Found:
    clock = VirtualClock(START)
    world = World(clock)
    people, groups, seat = _town(world, call)
    request = PlaygroundRequest(world)
    telegram = Bot(TOKEN, request=request, get_updates_request=request)
    async with await open_store("sqlite+aiosqlite://") as store, telegram as bot:
        sender = Sender(store, BotApiClient(bot), clock, Cards(NoticeDispatcher(PlanRegistry({}), DEFAULT_POLICY)))
        clock.watch(lambda: sender.busy or bool(world.running_calls))
        async with store.writing() as tx:
            chats: list[tuple[int, Any]] = [(each.id, "private") for each in (*people, seat)]
            for chat, kind in [*chats, *((each.id, "members") for each in groups)]:
                await tx.places.save(Place(id=f"p{chat}", chat_id=chat, kind=kind, created_at=START))
            await tx.outbox.enqueue([_message(each.id, call.priority, START) for each in people])
            for number in range(call.to_a_group):
                await tx.outbox.enqueue([_message(each.id, 2, START, number) for each in groups])
        running = asyncio.create_task(sender.run())
        await clock.advance(timedelta(seconds=URGENT_AFTER))
        async with store.writing() as tx:
            await tx.outbox.enqueue([_message(seat.id, 1, clock.now())])
        if call.outage:
            await clock.advance_to(START + timedelta(seconds=call.middle))
            world.faults.add(_outage(call))
            await clock.advance(timedelta(seconds=OUTAGE))
            world.faults.clear()
        until = START + timedelta(seconds=PATIENCE)
        while clock.now() < until:
            await clock.advance(timedelta(seconds=1))
            async with store.reading() as rx:
                if await rx.outbox.next_at() is None and not sender.busy:
                    break
        sender.stop()
        await running
        async with store.reading() as rx:
            rows = [await rx.outbox.get(id) for id in range(1, call.people + GROUPS * call.to_a_group + 2)]
        doubts = sum(row.ambiguous for row in rows if row is not None)
    return _found(world, seat, START, call.people + GROUPS * call.to_a_group, doubts)


def _outage(call: _Call) -> Fault:
    return Fault(kind=cast(Any, call.outage), status=502, times=-1)


def _message(chat: int, priority: int, now: datetime, number: int = 0) -> NewMessage:
    return NewMessage(
        place_id=f"p{chat}", priority=priority, method="sendMessage", payload={"text": f"请立即到位（{number}）"},
        notice="call", not_before=now, created_at=now,
    )  # fmt: skip


def _theirs(call: _Call) -> _Found:
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(_gather(call))


async def _gather(call: _Call) -> _Found:
    clock = LoopClock(START)
    world = World(clock)
    people, groups, seat = _town(world, call)
    request = PlaygroundRequest(world)
    limiter = AIORateLimiter(max_retries=100)
    async with ExtBot(TOKEN, request=request, get_updates_request=request, rate_limiter=limiter) as bot:
        start = clock.now()

        async def send(chat: int, number: int = 0, after: float = 0.0) -> None:
            await asyncio.sleep(after)
            try:
                await bot.send_message(chat, f"请立即到位（{number}）")
            except TelegramError:
                return  # counted as never delivered

        async def outage() -> None:
            await asyncio.sleep(call.middle)
            world.faults.add(_outage(call))
            await asyncio.sleep(OUTAGE)
            world.faults.clear()

        calls = [outage()] if call.outage else []
        calls += [send(each.id) for each in people]
        calls += [send(each.id, number) for number in range(call.to_a_group) for each in groups]
        await asyncio.gather(*calls, send(seat.id, after=URGENT_AFTER))
    return _found(world, seat, start, call.people + GROUPS * call.to_a_group)
