"""Other ways than Telegram: set up in private, used when Telegram is not answered, never in anybody's way."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from bot.clock import SHANGHAI
from bot.notifier import BadAddress, kind_of, masked
from bot.outgoing.channels import awake
from plans.times.hours import quiet_hours
from storage.people import Channel
from storage.places import Place
from tests.bot.rig import until
from tests.journeys.world import STAMPEDE, Forgiven, Town

UNIT = "区卫生健康和体育局"


class Gateway:
    """A gateway on loopback that keeps what it gets."""

    def __init__(self) -> None:
        self.got: list[str] = []
        self.status = 200
        self.hold: asyncio.Event | None = None
        self.here = 0
        self.address = ""

    async def take(self, request: web.Request) -> web.Response:
        body: dict[str, Any] = await request.json()
        self.here += 1
        if self.hold is not None:
            await self.hold.wait()
        self.here -= 1
        if self.status == 200:
            self.got.append(body["message"])
        return web.Response(status=self.status)


@pytest.fixture
async def gateway() -> AsyncIterator[Gateway]:
    made = Gateway()
    application = web.Application()
    application.router.add_post("/{path:.*}", made.take)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    made.address = f"json://127.0.0.1:{runner.addresses[0][1]}/secret-key"
    yield made
    if made.hold is not None:
        made.hold.set()
    await runner.cleanup()


async def called(town: Town) -> None:
    await town.say(town.head, town.bot, STAMPEDE)
    await town.press(town.duty, "我来处理")
    await town.press(town.duty, "需区里组织 → Ⅱ")
    await town.press(town.deputy, "启动Ⅱ级")
    await town.press(town.deputy, "确认宣布")


def liaison(town: Town):
    return next(person for unit, person in town.liaisons.items() if unit == UNIT)


async def test_who_is_silent_on_telegram_is_told_the_same_by_the_other_way_and_it_shows(town: Town, gateway: Gateway):
    person = liaison(town)
    await town.say(person, town.bot, f"/channels 加 {gateway.address}")
    assert "secret-key" not in town.sees(person, "已加上第1种：短信网关").text
    async with town.open_store.reading() as rx:
        kept = await rx.inbox.get(town.bot.account.next_update - 1)
    assert kept is not None and "secret-key" not in str(kept.payload), "nor in what is kept of the update"
    await called(town)
    assert gateway.got == [], "Telegram comes first"
    await town.advance(minutes=3, seconds=5)
    assert len(gateway.got) == 1 and "Ⅱ级响应" in gateway.got[0]
    await town.say(town.duty, town.bot, "/status 1 叫应表")
    assert "另用短信网关：已发出" in town.sees(town.duty, "叫应表").text
    await town.say(person, town.bot, "/channels")
    shown = town.sees(person, "其他通知方式：").text
    assert "送达过" in shown and "secret-key" not in shown
    assert all("secret-key" not in str(line) for line in town.log)


async def test_who_blocked_the_bot_is_told_by_the_other_way_at_once(town: Town, gateway: Gateway):
    person = liaison(town)
    await town.say(person, town.bot, f"/channels 加 {gateway.address}")
    person.block(town.bot)
    town.forgiven = Forgiven(calls=("bot was blocked",), dead=("call",), logs=("message.dead",))
    await called(town)
    await town.advance(seconds=5)
    assert any("Ⅱ级响应" in text for text in gateway.got)


async def test_a_gateway_that_hangs_or_refuses_holds_nothing_up(town: Town, gateway: Gateway):
    person = liaison(town)
    await town.say(person, town.bot, f"/channels 加 {gateway.address}")
    gateway.status = 503
    await town.say(person, town.bot, "/channels")
    await town.press(person, "测试 1")
    await town.advance(seconds=2)
    await town.say(person, town.bot, "/me")
    town.sees(person, "联络员")
    assert gateway.got == []
    gateway.status = 200
    await town.advance(seconds=10)
    assert gateway.got == ["这是警钟的测试，不是突发事件。收到说明这种方式可用。"]


async def test_tests_that_hang_take_nothing_from_anybody(town: Town, gateway: Gateway, monkeypatch):
    """Two ways of one 报告人 into a server that never answers, tested again and again: calls go out all the same."""
    monkeypatch.setattr("bot.notifier.SECONDS", 1)
    gateway.hold = asyncio.Event()
    town.forgiven = Forgiven(dead=("no answer",), logs=("message.ambiguous",))
    refused = gateway.address + "?rto=900&cto=900"
    await town.say(town.head, town.bot, f"/channels 加 {refused}")
    town.sees(town.head, "“cto、rto”不能写在地址里")
    for number in range(2):
        await town.say(town.head, town.bot, f"/channels 加 {gateway.address}/{number}")
    await town.say(town.head, town.bot, "/channels")
    for _ in range(3):
        for number in (1, 2):
            town.head.press(town.sees(town.head, "其他通知方式："), f"测试 {number}")
    await until(lambda: gateway.here == 2, within=20)
    await called(town)
    assert len(town.told(liaison(town), "Ⅱ级响应")) == 1
    gateway.hold.set()
    await town.settle()
    async with town.open_store.reading() as rx:
        rows = [row for row in await rx.outbox.waiting() if row.notice == "channel_test"]
    assert len(rows) <= 2, "what waits already is not doubled"


@pytest.fixture
async def strict() -> AsyncIterator[Town]:
    async with Town.open(hosts=()) as town:
        yield town


async def test_an_inner_host_is_refused_and_says_nothing_of_what_is_there(strict: Town, gateway: Gateway):
    town = strict
    for host in ("127.0.0.1", "localhost", "2130706433"):
        await town.say(town.duty, town.bot, f"/channels 加 {gateway.address.replace('127.0.0.1', host)}")
    assert len(town.told(town.duty, "主机名查不到，或不在公网上；内网的网关须由管理员写入设置")) == 3
    async with town.open_store.writing() as tx:  # one that was kept before the rule
        known = await tx.people.by_telegram(town.duty.id)
        assert known is not None and known.place_id is not None
        at = town.clock.now()
        await tx.places.save(Place(id="old", chat_id=-(10**15), kind="channel", title="短信网关", created_at=at))
        await tx.people.add_channel(
            Channel(
                id="old", person_id=known.id, place_id="old", kind="短信网关", address=gateway.address, created_at=at
            )
        )
    await town.say(town.duty, town.bot, "/channels")
    town.forgiven = Forgiven(dead=("not reached",), logs=("message.dead",))
    await town.press(town.duty, "测试 1")
    await town.advance(minutes=3)
    await town.say(town.duty, town.bot, "/channels")
    assert gateway.got == [] and "还没有送达过" in town.sees(town.duty, "其他通知方式：").text


async def test_it_is_set_up_in_private_by_those_who_are_known_and_removed(town: Town, gateway: Gateway):
    await town.say(town.duty, town.group, f"/channels@tocsin_bot 加 {gateway.address}")
    town.sees(town.duty, "地址不要发在群里")
    town.stranger.start(town.bot)
    await town.say(town.stranger, town.bot, f"/channels 加 {gateway.address}")
    town.sees(town.stranger, "请先登记身份")
    for bad in ("file:///etc/passwd", "syslog://", "exec://rm", "nonsense", "mailto://"):
        await town.say(town.duty, town.bot, f"/channels 加 {bad}")
    assert len(town.told(town.duty, "没有加上")) == 5
    await town.say(town.duty, town.bot, f"/channels 加 {gateway.address}")
    await town.say(town.duty, town.bot, "/channels 安静 1 22:00-07:00")
    town.sees(town.duty, "第1种的安静时段：22:00-07:00")
    await town.say(town.duty, town.bot, "/channels 安静 2 22:00-07:00")
    town.sees(town.duty, "请写明第几种和时段")
    await town.say(town.duty, town.bot, "/channels")
    await town.press(town.duty, "删去 1")
    async with town.open_store.reading() as rx:
        known = await rx.people.by_telegram(town.duty.id)
        assert known is not None and await rx.people.channels_of(known.id) == []


@pytest.mark.parametrize(
    ("quiet", "at", "wanted"),
    [
        ("22:00-07:00", "23:10", "07:00"), ("22:00-07:00", "03:06", "07:00"), ("22:00-07:00", "07:00", "07:00"),
        ("12:00-14:00", "12:30", "14:00"), ("12:00-14:00", "15:00", "15:00"), ("", "03:06", "03:06"),
    ],
)  # fmt: skip
def test_quiet_hours(town_clock, quiet, at, wanted):
    now = town_clock.replace(hour=int(at[:2]), minute=int(at[3:]))
    channel = Channel(id="c", person_id="u", place_id="p", kind="邮件", address="x", quiet=quiet, created_at=now)
    over = awake(channel, now)
    assert over.astimezone(SHANGHAI).strftime("%H:%M") == wanted and over >= now


@pytest.fixture
def town_clock():
    from datetime import datetime

    return datetime(2026, 3, 2, tzinfo=SHANGHAI)


def test_addresses_are_of_kinds_that_reach_people_and_are_not_shown():
    assert kind_of("mailto://user:pass@smtp.example.cn?to=a@example.cn") == "邮件"
    assert masked("mailto://user:pass@smtp.example.cn") == "mailto://…"
    for bad in ("", "file://x", "dbus://", "rsyslog://x", "json://" + "x" * 2000, "json://a\nb"):
        with pytest.raises(BadAddress, match="应为一个通知地址"):
            kind_of(bad)
    assert quiet_hours("9:00—18:00") is not None
    assert quiet_hours("whenever") is None and quiet_hours("8:00-8:00") is None


def test_without_the_extra_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "apprise", None)
    with pytest.raises(BadAddress, match=r"tocsin\[channels\]"):
        kind_of("mailto://user:pass@smtp.example.cn?to=a@example.cn")
