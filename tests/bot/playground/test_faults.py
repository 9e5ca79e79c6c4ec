"""Faults on order, through the face without a network (over HTTP: test_http.py)."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest
from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter

from bot.playground import Fault
from bot.playground.request import PlaygroundRequest


@pytest.fixture
async def ptb(town, monkeypatch):
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    face = PlaygroundRequest(town.world)
    async with Bot(town.bot.token, request=face, get_updates_request=face) as bot:
        yield bot


@pytest.mark.parametrize(
    ("status", "error"),
    [(400, BadRequest), (403, Forbidden), (429, RetryAfter), (500, NetworkError), (502, NetworkError)],
)
async def test_a_status_has_no_effect_and_happens_as_often_as_ordered(town, ptb, status, error):
    fault = town.world.faults.add(Fault(kind="status", status=status, times=2))
    for _ in range(2):
        with pytest.raises(error):
            await ptb.send_message(town.group.id, "x")
    assert town.li.timeline(town.group) == []
    await ptb.send_message(town.group.id, "x")
    assert (fault.hits, len(town.li.timeline(town.group))) == (2, 1)


async def test_retry_after_is_as_ordered(town, ptb):
    town.world.faults.add(Fault(kind="status", status=429, retry_after=17))
    with pytest.raises(RetryAfter) as refused:
        await ptb.send_message(town.group.id, "x")
    assert refused.value.retry_after == timedelta(seconds=17)


@pytest.mark.parametrize(
    ("kind", "sent", "cause"),
    [
        ("reset", 0, httpx.RemoteProtocolError),
        ("drop", 1, httpx.RemoteProtocolError),
        ("refused", 0, httpx.ConnectError),
    ],
)
async def test_a_cut_connection_tells_not_whether_the_call_took_effect(town, ptb, kind, sent, cause):
    town.world.faults.add(Fault(kind=kind))
    with pytest.raises(NetworkError) as cut:
        await ptb.send_message(town.group.id, "x")
    assert isinstance(cut.value.__cause__, cause)
    assert len(town.li.timeline(town.group)) == sent
    assert [(call.fault, call.status) for call in town.world.calls][-1] == (kind, 200 if sent else 0)


async def test_garbage_and_delay(town, ptb):
    town.world.faults.add(Fault(kind="garbage", status=502))
    with pytest.raises(NetworkError, match="Parsing the server response"):
        await ptb.send_message(town.group.id, "x")
    town.world.faults.add(Fault(kind="delay", seconds=0.01))
    assert (await ptb.send_message(town.group.id, "x")).text == "x"


async def test_a_fault_finds_its_method_its_chat_and_its_turn(town, ptb):
    town.li.start(town.bot)
    town.world.faults.add(Fault(kind="reset", method="editMessageText", times=-1))
    town.world.faults.add(Fault(kind="reset", chat=town.li.id, skip=1))
    sent = await ptb.send_message(town.li.id, "1")
    await ptb.send_message(town.group.id, "x")
    with pytest.raises(NetworkError):
        await ptb.send_message(town.li.id, "2")
    for _ in range(2):
        with pytest.raises(NetworkError):
            await sent.edit_text("y")
    town.world.faults.clear()
    await sent.edit_text("y")
    assert [line.text for line in town.li.timeline(town.bot) if line.from_bot] == ["y"]


async def test_polling_is_spared_unless_named(town, ptb):
    town.world.faults.add(Fault(kind="reset", times=-1))
    assert await ptb.get_updates() == ()
    town.world.faults.add(Fault(kind="status", status=502, method="getUpdates"))
    with pytest.raises(NetworkError):
        await ptb.get_updates()


async def test_migration_comes_as_the_librarys_own_error(make_town):
    town = make_town(kind="group")
    face = PlaygroundRequest(town.world)
    async with Bot(town.bot.token, request=face, get_updates_request=face) as bot:
        old, new = town.group.id, town.li.upgrade(town.group)
        with pytest.raises(ChatMigrated) as moved:
            await bot.send_message(old, "x")
    assert moved.value.new_chat_id == new.id
