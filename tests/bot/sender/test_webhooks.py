"""The loop that tells other systems: order, tries, rests, the end of what never answers, the same id over all of it."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from random import Random

import pytest

from bot.notifier.webhook import Answered, Closed, Unanswered
from bot.office import webhooks as office
from bot.office.webhooks import By
from bot.sender.webhooks import DEATHS, IN_AIR, OF_ONE, PAUSES, REST, WebhookSender
from bot.service import Requester
from storage import crash_points
from storage.webhooks import NewWebhookMessage, Webhook
from tests.bot.rig import AT, JURISDICTION, Rig, turns, until

KEY = "0123456789abcdef0123456789abcdef"
End = int | Exception


class Poster:
    """It answers each address as a test says, and keeps what came when."""

    def __init__(self, rig: Rig) -> None:
        self.rig = rig
        self.came: list[tuple[str, str]] = []
        self.at: dict[str, list[float]] = defaultdict(list)
        self.ends: dict[str, Callable[[str], End]] = {}
        self.waits: dict[str, int] = {}
        self.held: dict[str, asyncio.Event] = {}
        self.air = self.most = 0
        self.of_one: dict[str, int] = defaultdict(int)

    async def post(self, url: str, headers: dict[str, str], body: bytes) -> Answered:
        id = headers["webhook-id"]
        self.came.append((url, id))
        self.at[id].append((self.rig.clock.now() - AT).total_seconds())
        self.air += 1
        self.of_one[url] += 1
        self.most = max(self.most, self.air)
        assert self.of_one[url] <= OF_ONE
        try:
            if url in self.held:
                await self.held[url].wait()
        finally:
            self.air -= 1
            self.of_one[url] -= 1
        end = self.ends.get(url, lambda _: 200)(id)
        if isinstance(end, Exception):
            raise end
        return Answered(end, self.waits.get(url, 0))

    def ids(self, url: str = "") -> list[str]:
        return [id for one, id in self.came if url in ("", one)]


@pytest.fixture
def poster(rig: Rig) -> Poster:
    return Poster(rig)


@asynccontextmanager
async def running(rig: Rig, poster: Poster) -> AsyncIterator[WebhookSender]:
    async with rig.running(WebhookSender(rig.service, poster, Random(1))) as loop:
        yield loop


async def listens(rig: Rig, *names: str) -> None:
    for name in names:
        webhook = Webhook(
            id=name, jurisdiction=JURISDICTION, url=name, types=[], key=KEY, made_by="", created_at=AT
        )  # fmt: skip
        async with rig.store.writing() as tx:
            await tx.webhooks.add(webhook)


async def tell(rig: Rig, name: str, *ids: str, stream: str = "incident:1") -> None:
    now = rig.clock.now()
    async with rig.store.writing() as tx:
        await tx.webhooks.enqueue(
            [
                NewWebhookMessage(webhook_id=name, message=id, stream=stream, type="x", body="{}", created_at=now)
                for id in ids
            ]
        )


async def states(rig: Rig, name: str) -> dict[str, tuple[int, int]]:
    async with rig.store.reading() as rx:
        return {id: (item.waiting, item.dead) for id, item in (await rx.webhooks.standing()).items() if id == name}


async def webhook(rig: Rig, name: str = "a") -> Webhook:
    async with rig.store.reading() as rx:
        found = await rx.webhooks.get(name)
    assert found is not None
    return found


async def test_what_is_told_of_one_case_keeps_its_order_whatever_fails(rig: Rig, poster: Poster) -> None:
    await listens(rig, "a")
    fails = {"m1": 3, "m2": 1}

    def end(id: str) -> End:
        fails[id] = fails.get(id, 0) - 1
        return 500 if fails[id] >= 0 else 204

    poster.ends["a"] = end
    await tell(rig, "a", "m1", "m2", "m3")
    await tell(rig, "a", "other", stream="incident:2")
    async with running(rig, poster):
        await rig.clock.advance(timedelta(hours=1))
    firsts = list(dict.fromkeys(poster.ids()))
    assert [id for id in firsts if id != "other"] == ["m1", "m2", "m3"]
    last = {id: max(index for index, one in enumerate(poster.ids()) if one == id) for id in firsts}
    assert last["m1"] < poster.ids().index("m2") and last["m2"] < poster.ids().index("m3")
    assert not await states(rig, "a") and (await webhook(rig)).arrived_at is not None


@pytest.mark.parametrize("end", [Unanswered("TimeoutError"), Closed("not a public address"), 500, 503, 302, 404, 429])
async def test_one_that_never_takes_it_is_tried_for_a_day_and_is_then_a_dead_letter(
    rig: Rig, poster: Poster, end: End
) -> None:
    await listens(rig, "a")
    poster.ends["a"] = lambda _: end
    await tell(rig, "a", "m1")
    async with running(rig, poster):
        await rig.clock.advance(timedelta(days=2))
    moments = poster.at["m1"]
    assert len(moments) == len(PAUSES) + 1 and moments[0] == 0 and 15 * 3600 < moments[-1] < 30 * 3600
    for pause, before, after in zip(PAUSES, moments, moments[1:], strict=False):
        assert 0.79 * pause.total_seconds() <= after - before <= 1.21 * pause.total_seconds() + REST.total_seconds()
    assert await states(rig, "a") == {"a": (0, 1)}
    assert (await webhook(rig)).disabled_at is None, "one alone ends nothing"


async def test_an_address_that_takes_nothing_is_ended_with_one_word_and_what_waits_can_be_sent_again(
    rig: Rig, poster: Poster
) -> None:
    admin = await rig.person("孙管理")
    rig.service.admins = frozenset({admin.id})
    await rig.group("指挥群", "command")
    await listens(rig, "a", "b")
    poster.ends["a"] = lambda _: 500
    for number in range(DEATHS + 3):
        await tell(rig, "a", f"m{number}", stream=f"incident:{number}")
    async with running(rig, poster):
        await rig.clock.advance(timedelta(days=3))
        ended = await webhook(rig)
        assert ended.disabled_at is not None and ended.why == "failing"
        assert await states(rig, "a") == {"a": (0, DEATHS + 3)}
        async with rig.store.reading() as rx:
            told = [row for row in await rx.outbox.to_person(admin.person) if row.notice == "webhook_ended"]
            assert len(told) == 1 and not told[0].ring
        poster.ends["a"] = lambda _: 200
        poster.came.clear()
        by = By(None, Requester(), "again")
        assert (await office.resend(rig.service, by, "a")).key == "webhook_is_stopped"  # type: ignore[union-attr]
        await office.resume(rig.service, By(None, Requester(), "resume"), "a")
        await office.resend(rig.service, By(None, Requester(), "resend"), "a")
        await rig.clock.advance(timedelta(minutes=10))
    assert sorted(poster.ids()) == sorted(f"m{number}" for number in range(DEATHS + 3))
    assert not await states(rig, "a")


async def test_who_says_that_he_is_gone_is_left_alone_at_once(rig: Rig, poster: Poster) -> None:
    await listens(rig, "a")
    poster.ends["a"] = lambda _: 410
    await tell(rig, "a", "m1", "m2")
    async with running(rig, poster):
        await rig.clock.advance(timedelta(days=1))
    assert poster.ids() == ["m1"] and (await webhook(rig)).why == "gone"
    assert await states(rig, "a") == {"a": (0, 2)}


async def test_one_that_is_slow_keeps_no_other_waiting(rig: Rig, poster: Poster) -> None:
    await listens(rig, "slow", "b", "c")
    poster.held["slow"] = asyncio.Event()
    for number in range(100):  # older than all that waits for the others
        await tell(rig, "slow", f"slow{number}", stream=f"incident:{number}")
    for number in range(20):
        for name in ("b", "c"):
            await tell(rig, name, f"{name}{number}", stream=f"incident:{number}")
    async with rig.running_beside(WebhookSender(rig.service, poster, Random(1))):
        await until(lambda: len(poster.ids("b")) == 20 and len(poster.ids("c")) == 20)
        assert len(poster.ids("slow")) == OF_ONE and poster.most <= IN_AIR
        poster.held["slow"].set()
    assert await states(rig, "b") == {} and len(poster.ids("slow")) >= OF_ONE


async def test_one_that_does_not_answer_is_asked_less_and_less_whatever_waits_for_it(rig: Rig, poster: Poster) -> None:
    await listens(rig, "a")
    poster.ends["a"] = lambda _: Unanswered("TimeoutError")
    for number in range(200):
        await tell(rig, "a", f"m{number}", stream=f"incident:{number}")
    async with running(rig, poster):
        await rig.clock.advance(timedelta(hours=1))
        assert len(poster.came) < 30
        poster.ends["a"] = lambda _: 200
        await rig.clock.advance(timedelta(hours=2))
    assert not await states(rig, "a")


async def test_a_bug_met_by_one_message_keeps_no_other_from_being_sent(rig: Rig, poster: Poster) -> None:
    await listens(rig, "a")
    poster.ends["a"] = lambda id: KeyError("x") if id == "m1" else 200
    await tell(rig, "a", "m1")
    await tell(rig, "a", "m2", stream="incident:2")
    async with running(rig, poster):
        await rig.clock.advance(timedelta(minutes=1))
    assert "m2" in poster.ids() and await states(rig, "a") == {"a": (1, 0)}
    assert any(line["event"] == "webhook.broken" for line in rig.log)


async def test_who_asks_to_wait_is_waited_for(rig: Rig, poster: Poster) -> None:
    await listens(rig, "a")
    poster.ends["a"], poster.waits["a"] = lambda _: 429, 600
    await tell(rig, "a", "m1")
    await tell(rig, "a", "m2", stream="incident:2")
    async with running(rig, poster):
        await rig.clock.advance(timedelta(seconds=590))
        assert len(poster.came) <= OF_ONE
        poster.ends["a"] = lambda _: 200
        await rig.clock.advance(timedelta(minutes=2))
    assert not await states(rig, "a")


class Death(Exception):
    """The process is gone."""


@pytest.mark.parametrize("point", ["webhook.turn:written", "webhook.turn:committed"])
async def test_who_dies_says_the_same_again_or_nothing(
    rig: Rig, poster: Poster, point: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await listens(rig, "a")
    await tell(rig, "a", "m1")

    def die(name: str) -> None:
        if name == point:
            monkeypatch.setattr(crash_points, "armed", None)
            raise Death

    monkeypatch.setattr(crash_points, "armed", die)
    with pytest.raises(Death):
        async with rig.running_beside(WebhookSender(rig.service, poster, Random(1))):
            await turns(400)
    async with running(rig, poster):
        await rig.clock.advance(timedelta(minutes=1))
    assert set(poster.ids()) == {"m1"} and len(poster.ids()) == (2 if point.endswith("written") else 1)
    assert not await states(rig, "a")


async def test_what_a_command_comes_to_is_written_with_it_or_not_at_all(rig: Rig) -> None:
    await listens(rig, "a")
    async with rig.store.writing() as tx:
        await tx.webhooks.add(
            Webhook(id="w", jurisdiction=JURISDICTION, url="w", types=["warning"], key=KEY, made_by="", created_at=AT)
        )
        await tx.webhooks.add(
            Webhook(id="other", jurisdiction="别处", url="o", types=[], key=KEY, made_by="", created_at=AT)
        )  # fmt: skip
    incident = await rig.incident(await rig.person("李值班", "duty", seated=True))
    async with rig.store.reading() as rx:
        rows = await rx.webhooks.due(rig.clock.now(), 100, (), ())
        assert {row.webhook_id for row in rows} == {"a"} and rows[0].type == "incident.opened"
        body = json.loads(rows[0].body)
    assert body["data"]["incident"]["id"] == incident.stream.partition(":")[2] and "text" not in rows[0].body
    assert incident.text not in rows[0].body
