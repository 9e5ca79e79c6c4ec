"""Calls by telephone: the same id over every try, one at a time for each person, never about what is settled."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from bot.notifier.voice import Rejected, Unanswered
from bot.outgoing.cards import Cards
from bot.outgoing.channels import OF_A_DRILL
from bot.sender import Sender
from bot.sender.dialling import DRILLS_IN_AIR, IN_AIR, Telephone
from storage import crash_points
from storage.outbox import DIAL, NewMessage
from tests.bot.rig import Rig, turns


class Gateway:
    """It keeps what it is asked for, in the air until it is let go."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.air = self.most = 0
        self.ends: list[Exception | None] = []
        self.go = asyncio.Event()
        self.go.set()

    async def dial(self, request: Mapping[str, Any]) -> None:
        self.asked.append(dict(request))
        self.air += 1
        self.most = max(self.most, self.air)
        try:
            await self.go.wait()
        finally:
            self.air -= 1
        end = self.ends.pop(0) if self.ends else None
        if end is not None:
            raise end

    @property
    def ids(self) -> list[str]:
        return [call["id"] for call in self.asked]


class Death(Exception):
    """The process is gone in the middle of the call."""


@pytest.fixture
def gateway() -> Gateway:
    return Gateway()


def sender(rig: Rig, gateway: Gateway | None) -> Sender:
    telephone = Telephone(gateway, "http://127.0.0.1/voice/callback") if gateway is not None else None
    return Sender(rig.store, rig.bot_api, rig.clock, Cards(rig.service.dispatcher), telephone=telephone)


async def line(rig: Rig, person: str, name: str) -> str:
    return await rig.way(person, name, "电话", "tel:+8613900000017", proved=True)


async def told(
    rig: Rig, person: str, channel: str, text: str = "叫应", guard: str | None = None, stream: str | None = None,
    priority: int = 1,
) -> int:  # fmt: skip
    row = NewMessage(
        place_id=f"way-{channel}", priority=priority, method=DIAL, payload={"channel": channel, "text": text},
        notice="call_again", stream=stream, guard=guard, not_before=rig.clock.now(), created_at=rig.clock.now(),
        person_id=person,
    )  # fmt: skip
    [id] = await rig.queue(row)
    return id


async def ended(rig: Rig, id: str, state: str = "no_answer") -> None:
    async with rig.store.writing() as tx:
        call = await tx.voice_calls.get(id)
        assert call is not None
        await tx.voice_calls.save(replace(call, state=state, ended_at=rig.clock.now()))


async def test_a_gateway_that_does_not_answer_is_asked_for_the_same_call_again(rig: Rig, gateway: Gateway) -> None:
    li = await rig.person("李值班")
    id = await told(rig, li.person, await line(rig, li.person, "a"))
    gateway.ends = [Unanswered("status 500"), Unanswered("TimeoutError"), Unanswered("status 503"), None]
    async with rig.running(sender(rig, gateway)):
        await rig.clock.advance(timedelta(minutes=1))
    assert len(gateway.asked) == 4 and len(set(gateway.ids)) == 1 and gateway.asked[0] == gateway.asked[3]
    assert (await rig.row(id)).state == "sent"
    async with rig.store.reading() as rx:
        call = await rx.voice_calls.get(gateway.ids[0])
    assert call is not None and (call.state, call.rows) == ("taken", (id,))


async def test_one_that_never_answers_is_given_up_to_be_seen(rig: Rig, gateway: Gateway) -> None:
    li = await rig.person("李值班")
    id = await told(rig, li.person, await line(rig, li.person, "a"))
    gateway.ends = [Unanswered("TimeoutError")] * 50
    async with rig.running(sender(rig, gateway)):
        await rig.clock.advance(timedelta(hours=1))
    assert (await rig.row(id)).state == "ambiguous" and len(gateway.asked) < 10
    async with rig.store.reading() as rx:
        assert [row.id for row in await rx.outbox.dead_letters()] == [id]


async def test_a_refusal_is_a_dead_letter(rig: Rig, gateway: Gateway) -> None:
    li = await rig.person("李值班")
    id = await told(rig, li.person, await line(rig, li.person, "a"))
    gateway.ends = [Rejected("status 404")]
    async with rig.running(sender(rig, gateway)):
        await rig.clock.advance(timedelta(minutes=5))
    row = await rig.row(id)
    assert (row.state, row.error, len(gateway.asked)) == ("dead", "status 404", 1)
    assert "139" not in str(rig.log)


@pytest.mark.parametrize("point", ["send.leaving", "send.answered"])
async def test_who_dies_while_asking_asks_for_the_same_call(rig: Rig, gateway: Gateway, monkeypatch, point) -> None:
    li = await rig.person("李值班")
    ids = [await told(rig, li.person, await line(rig, li.person, "a"), "甲"), await told(rig, li.person, "a", "乙")]

    def die(name: str) -> None:
        if name == point:
            monkeypatch.setattr(crash_points, "armed", None)
            raise Death

    monkeypatch.setattr(crash_points, "armed", die)
    with pytest.raises(Death):
        async with rig.running_beside(sender(rig, gateway)):
            await turns(200)
    await told(rig, li.person, "a", "丙")  # what is new meanwhile is no part of that call
    async with rig.running(sender(rig, gateway)):
        await rig.clock.advance(timedelta(seconds=8))
        async with rig.store.reading() as rx:
            [call] = await rx.voice_calls.newest()
        assert set(call.rows) == set(ids) and set(gateway.ids) == {call.id}
        assert await rig.rows(*ids) == ["sent", "sent"]
        await ended(rig, call.id)
        await rig.clock.advance(timedelta(seconds=15))
    assert len(set(gateway.ids)) == 2 and "丙" in gateway.asked[-1]["text"]


async def test_what_is_due_together_is_one_call_and_the_next_waits_for_its_end(rig: Rig, gateway: Gateway) -> None:
    li = await rig.person("李值班")
    channel = await line(rig, li.person, "a")
    ids = [await told(rig, li.person, channel, text) for text in ("甲", "乙")]
    async with rig.running(sender(rig, gateway)):
        await rig.clock.advance(timedelta(seconds=1))
        assert len(gateway.asked) == 1 and "共有两件事" in gateway.asked[0]["text"]
        assert await rig.rows(*ids) == ["sent", "sent"]
        other = await told(rig, li.person, await line(rig, li.person, "b"), "丙")
        await rig.clock.advance(timedelta(minutes=2))
        assert len(gateway.asked) == 1, "also another telephone of the same person waits"
        await ended(rig, gateway.ids[0], "busy")
        await rig.clock.advance(timedelta(seconds=11))
        assert len(gateway.asked) == 2 and (await rig.row(other)).attempts == 1
        await told(rig, li.person, channel, "丁")
        await rig.clock.advance(timedelta(minutes=6))
    assert len(gateway.asked) == 3, "one of which no end is ever told is over by itself"


async def test_what_is_real_is_told_before_a_drill_that_waited_longer(rig: Rig, gateway: Gateway, monkeypatch) -> None:
    async def load_case(tx: object, stream: str) -> Any:
        return SimpleNamespace(drill=stream == "drill", paused=False, plan_hash="none", jurisdiction="某区")

    monkeypatch.setattr("bot.sender.dialling.records.load_case", load_case)
    li = await rig.person("李值班")
    channel = await line(rig, li.person, "a")
    for stream in ("drill", "real"):
        await told(rig, li.person, channel, stream, stream=stream)
    async with rig.running(sender(rig, gateway)):
        await rig.clock.advance(timedelta(seconds=11))
        assert [(call["drill"], "real" in call["text"]) for call in gateway.asked] == [(False, True)]
        await ended(rig, gateway.ids[0])
        await rig.clock.advance(timedelta(seconds=11))
    assert [call["drill"] for call in gateway.asked] == [False, True]


async def test_no_telephone_rings_for_a_drill_while_it_is_held(rig: Rig, gateway: Gateway, monkeypatch) -> None:
    case = SimpleNamespace(drill=True, paused=True, plan_hash="none", jurisdiction="某区")

    async def load_case(tx: object, stream: str) -> Any:
        return case

    monkeypatch.setattr("bot.sender.dialling.records.load_case", load_case)
    li = await rig.person("李值班")
    await told(rig, li.person, await line(rig, li.person, "a"), "演练", stream="drill")
    async with rig.running(sender(rig, gateway)):
        await rig.clock.advance(timedelta(minutes=20))
        assert gateway.asked == []
        case.paused = False
        await rig.clock.advance(timedelta(minutes=1))
    assert len(gateway.asked) == 1


async def test_calls_of_a_drill_leave_a_slow_gateway_to_what_is_real(rig: Rig, gateway: Gateway) -> None:
    people = [await rig.person(f"联络{number}") for number in range(IN_AIR + 1)]
    lines = [await line(rig, one.person, f"l{number}") for number, one in enumerate(people)]
    for one, name in zip(people[:-1], lines[:-1], strict=True):
        await told(rig, one.person, name, "演练", priority=OF_A_DRILL)
    gateway.go.clear()
    async with rig.running_beside(sender(rig, gateway)):
        await turns(300)
        assert [call["text"].count("演练") for call in gateway.asked] == [1] * DRILLS_IN_AIR
        await told(rig, people[-1].person, lines[-1], "真的")
        await turns(300)
        assert "真的" in gateway.asked[-1]["text"] and gateway.air == IN_AIR
        gateway.go.set()
        await rig.clock.advance(timedelta(seconds=5))
    assert len(gateway.asked) == len(people)


async def test_a_call_that_cannot_be_worded_stops_nobody_else(rig: Rig, gateway: Gateway, monkeypatch) -> None:
    async def load_case(tx: object, stream: str) -> Any:
        raise LookupError("an event of another version")

    monkeypatch.setattr("bot.sender.dialling.records.load_case", load_case)
    li, wang = await rig.person("李值班"), await rig.person("王值班")
    broken = await told(rig, li.person, await line(rig, li.person, "a"), stream="s")
    sound = await told(rig, wang.person, await line(rig, wang.person, "b"))
    async with rig.running(sender(rig, gateway)):
        await wang.write("一条消息")
        await rig.clock.advance(timedelta(seconds=5))
    assert await rig.rows(broken, sound) == ["dead", "sent"] and wang.texts == ["一条消息"]


async def test_what_is_settled_is_not_dialled_and_not_asked_for_again(rig: Rig, gateway: Gateway) -> None:
    li = await rig.person("李值班")
    channel = await line(rig, li.person, "a")
    gateway.go.clear()
    gateway.ends = [Unanswered("TimeoutError")]
    flying = await told(rig, li.person, channel, "甲", guard="s|call:x:1")
    async with rig.running_beside(sender(rig, gateway)):
        await turns(200)
        waiting = await told(rig, li.person, channel, "乙", guard="s|call:x:1")
        async with rig.store.writing() as tx:
            await tx.outbox.withdraw({"s|call:x:1"}, rig.clock.now())
        gateway.go.set()
        await rig.clock.advance(timedelta(minutes=10))
    assert await rig.rows(flying, waiting) == ["dropped", "dropped"] and len(gateway.asked) == 1


async def test_a_slow_gateway_holds_up_neither_telegram_nor_the_others(rig: Rig, gateway: Gateway) -> None:
    people = [await rig.person(f"联络{number}") for number in range(IN_AIR + 2)]
    ids = [await told(rig, one.person, await line(rig, one.person, f"l{number}")) for number, one in enumerate(people)]
    gateway.go.clear()
    async with rig.running_beside(sender(rig, gateway)):
        await turns(300)
        assert gateway.air == IN_AIR
        await people[0].write("一条消息")
        await turns(300)
        assert people[0].texts == ["一条消息"]
        gateway.go.set()
        await rig.clock.advance(timedelta(seconds=5))
    assert gateway.most == IN_AIR and await rig.rows(*ids) == ["sent"] * len(ids)


async def test_without_a_gateway_or_a_telephone_nothing_is_dialled(rig: Rig, gateway: Gateway) -> None:
    li = await rig.person("李值班")
    first = await told(rig, li.person, await line(rig, li.person, "a"))
    async with rig.running(sender(rig, None)):
        await rig.clock.advance(timedelta(seconds=2))
    async with rig.store.writing() as tx:
        await tx.people.remove_channel("a")
    second = await told(rig, li.person, "a")
    async with rig.running(sender(rig, gateway)):
        await rig.clock.advance(timedelta(seconds=2))
    assert await rig.rows(first, second) == ["dropped", "dropped"] and not gateway.asked
