"""Who attacks the route of the telephone gateway's reports, and what comes of it: nothing in any case's log."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

import pytest

from bot.notifier.voice import SIGNATURE, TIMESTAMP, signature
from tests.journeys.test_voice import HEALTH, add, called
from tests.journeys.world import VOICE_SECRET, Forgiven, Town
from tests.telephone import Telephone, post, telephone


@pytest.fixture
async def phone() -> AsyncIterator[Telephone]:
    async with telephone() as made:
        yield made


@pytest.fixture
async def town(phone: Telephone) -> AsyncIterator[Town]:
    """A unit has been called by telephone and has not answered."""
    async with Town.open(voice=phone.url) as town:
        await add(town, phone, town.liaisons[HEALTH])
        await called(town)
        await town.advance(minutes=4, seconds=5)
        assert len(phone.calls) == 2
        yield town


@dataclass(frozen=True)
class Attack:
    """A request: ``body`` and ``headers`` from the call's id and the present second."""

    status: int
    body: Callable[[str], Any]
    headers: Callable[[str, bytes], dict[str, str]]


def signed(stamp: str, body: bytes) -> dict[str, str]:
    return {TIMESTAMP: stamp, SIGNATURE: signature(VOICE_SECRET, stamp, body)}


def shifted(seconds: int) -> Callable[[str, bytes], dict[str, str]]:
    return lambda stamp, body: signed(str(int(stamp) + seconds), body)


def key(call: str) -> dict[str, Any]:
    return {"call": call, "event": "key", "key": "1"}


ATTACKS = {
    "nothing signed": Attack(403, key, lambda stamp, body: {}),
    "no moment": Attack(403, key, lambda stamp, body: {SIGNATURE: signature(VOICE_SECRET, "", body)}),
    "a moment that is none": Attack(403, key, lambda stamp, body: signed("now", body)),
    "a moment of other digits": Attack(403, key, lambda stamp, body: {**signed(stamp, body), TIMESTAMP: "１２"}),
    "an endless moment": Attack(403, key, lambda stamp, body: signed("9" * 4000, body)),
    "another secret": Attack(
        403, key, lambda stamp, body: {TIMESTAMP: stamp, SIGNATURE: signature("x" * 32, stamp, body)}
    ),
    "another body": Attack(403, key, lambda stamp, body: signed(stamp, body + b" ")),
    "another moment": Attack(403, key, lambda stamp, body: {**signed(stamp, body), TIMESTAMP: str(int(stamp) + 1)}),
    "a signature cut short": Attack(
        403, key, lambda stamp, body: {TIMESTAMP: stamp, SIGNATURE: signature(VOICE_SECRET, stamp, body)[:-1]}
    ),
    "an old one": Attack(403, key, shifted(-301)),
    "one of the future": Attack(403, key, shifted(301)),
    "a foreign call": Attack(404, lambda call: key("x" * 22), signed),
    "a part of a call's id": Attack(404, lambda call: key(call[:-1]), signed),
    "an id that never ends": Attack(400, lambda call: key("x" * 65), signed),
    "an id that is none": Attack(400, lambda call: {"call": [call], "event": "key", "key": "1"}, signed),
    "an id of no letters": Attack(400, lambda call: key("\x00" * 22), signed),
    "an id of half a letter": Attack(400, lambda call: b'{"call": "\\ud800", "event": "ringing"}', signed),
    "no id": Attack(400, lambda call: {"event": "key", "key": "1"}, signed),
    "an event that is none": Attack(400, lambda call: {"call": call, "event": "declared"}, signed),
    "an event of another kind": Attack(400, lambda call: {"call": call, "event": {"key": "1"}}, signed),
    "a key without its digit": Attack(400, lambda call: {"call": call, "event": "key"}, signed),
    "two digits": Attack(400, lambda call: {"call": call, "event": "key", "key": "11"}, signed),
    "a digit of another script": Attack(400, lambda call: {"call": call, "event": "key", "key": "１"}, signed),
    "a digit that is a number": Attack(400, lambda call: {"call": call, "event": "key", "key": 1}, signed),
    "a digit with another event": Attack(400, lambda call: {"call": call, "event": "ringing", "key": "1"}, signed),
    "our own request sent back": Attack(
        400, lambda call: {"id": call, "number": "+8613900000017", "keys": {"1": "收到"}}, signed
    ),
    "a list": Attack(400, lambda call: [key(call)], signed),
    "no JSON": Attack(400, lambda call: b"{" * 100, signed),
    "deep JSON": Attack(400, lambda call: b"[" * 4000, signed),
    "no text": Attack(400, lambda call: b"\xff\xfe\x00", signed),
    "a body that is too long": Attack(413, lambda call: {**key(call), "more": "x" * 5000}, signed),
    "a body that is packed": Attack(415, key, lambda stamp, body: {**signed(stamp, body), "Content-Encoding": "gzip"}),
    "a key that means nothing": Attack(200, lambda call: {"call": call, "event": "key", "key": "9"}, signed),
    "another way of the ladder": Attack(200, lambda call: {"call": call, "event": "answered", "level": "Ⅰ"}, signed),
}


async def test_no_attack_leaves_anything_in_a_log(town: Town, phone: Telephone):
    town.forgiven = Forgiven(logs=("voice.unknown_call",))
    stream = (await town.incident()).stream
    async with town.open_store.reading() as rx:
        before = await rx.journal.load(stream)
    wrong = {}
    for name, attack in ATTACKS.items():
        data = attack.body(phone.last()["id"])
        body = data if isinstance(data, bytes) else json.dumps(data, ensure_ascii=False).encode()
        stamp = str(int(town.clock.now().timestamp()))
        status, answer = await post(town, body, attack.headers(stamp, body))
        if status != attack.status or b"139" in answer or b"Traceback" in answer:
            wrong[name] = (status, answer)
    await town.settle()
    async with town.open_store.reading() as rx:
        after = await rx.journal.load(stream)
    assert not wrong
    assert after == before and (await town.incident()).calls[HEALTH].silent
    assert (await phone.report(town, "key", key="1"))[0] == 200
    assert not (await town.incident()).calls[HEALTH].silent, "the gateway itself is heard all the same"


async def test_each_report_counts_once_in_any_order_and_about_what_is_settled_not_at_all(town: Town, phone: Telephone):
    stream = (await town.incident()).stream

    async def entries() -> list[str]:
        async with town.open_store.reading() as rx:
            return [entry.event for entry in await rx.journal.load(stream)]

    before = await entries()
    assert (await phone.report(town, "hung_up"))[1] == {"wanted": True, "repeated": False}
    assert (await entries())[len(before) :] == ["ring-failed"]
    for _ in range(3):  # the key is told behind the end of its call, and again and again
        status, answer = await phone.report(town, "key", key="1")
    assert (status, answer) == (200, {"wanted": False, "repeated": True})
    after = await entries()
    assert after[len(before) :] == ["ring-failed", "unit-answered"]
    for event in ("hung_up", "no_answer", "busy", "failed", "ringing", "answered", "hung_up"):
        await phone.report(town, event)
    await phone.report(town, "key", key="2")
    assert await entries() == after and not (await town.incident()).calls[HEALTH].silent


async def test_a_call_that_the_gateway_refused_is_answered_by_nobody(town: Town, phone: Telephone):
    """It says no, and then reports a key: a call that was never made."""
    phone.status = 404
    await town.say(town.liaisons[HEALTH], town.bot, "/channels")
    await town.press(town.liaisons[HEALTH], "测试 1")
    await phone.report(town, "no_answer")
    await town.advance(seconds=12)
    refused = phone.requests[-1]["id"]
    assert refused not in phone.calls
    assert (await phone.report(town, "key", key="1", call=refused))[0] == 404
    town.forgiven = Forgiven(dead=("status 404",), logs=("message.dead", "voice.unknown_call"))
