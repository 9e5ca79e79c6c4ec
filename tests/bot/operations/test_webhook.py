"""The webhook answers 200 only for what is committed."""

import asyncio
import io
import json
import sqlite3
from typing import Any

import aiohttp
import pytest
from sqlalchemy import event

from bot.clock import VirtualClock
from bot.playground import LocalBotApi, World
from bot.playground.calls import answer
from bot.pulse import Pulse
from bot.updates.intake import Intake
from bot.web import group_commit
from bot.web.address import SECRET_HEADER, address
from bot.web.group_commit import MOST_WAITING, GroupCommit
from bot.web.registration import Registration, stop_telling, tell_telegram
from bot.web.server import serving
from bot.web.webhook import CALM, LARGEST_BODY, Webhook
from handlers.addressed import addressed
from storage import Unavailable, open_store
from storage import engine as engines
from tests.bot.operations.conftest import AT
from tests.bot.operations.test_intake import message, press

TOKEN = "110201543:AAHdqTcvCH1vGWJx" + "fSeofSAs0K5PALDsaw"
HERE = address(TOKEN)


class Served:
    """A webhook on loopback, and a client that speaks as Telegram does."""

    def __init__(self, store, clock, session, port):
        self.store, self.clock, self.session, self.url = store, clock, session, f"http://127.0.0.1:{port}"

    async def post(self, update, *, path=HERE.path, secret=HERE.secret):
        headers = {} if secret is None else {SECRET_HEADER: secret}
        body = update if isinstance(update, bytes) else json.dumps(update).encode()
        async with self.session.post(self.url + path, data=io.BytesIO(body), headers=headers) as reply:
            assert await reply.read() == b"" or reply.status == 413
            return reply.status

    async def kept(self):
        async with self.store.reading() as rx:
            backlog = await rx.inbox.backlog()
            return backlog.pending, backlog.quarantined

    async def get(self, update_id):
        async with self.store.reading() as rx:
            return await rx.inbox.get(update_id)


@pytest.fixture
async def served(store, clock):
    webhook = Webhook(HERE, Intake(store, clock, addressed("tocsin_bot", 42)), clock)
    async with serving("127.0.0.1", 0, webhook.routes()) as port, aiohttp.ClientSession() as session:
        yield Served(store, clock, session, port)
        await webhook.close()


async def test_an_update_is_kept_and_then_answered_and_once(served):
    assert [await served.post(message(1)), await served.post(message(1)), await served.post(message(2))] == [200] * 3
    assert await served.kept() == (2, 0)
    assert (await served.get(1)).received_at == AT


async def test_only_telegram_gets_in(served):
    wrong: list[tuple[int, dict[str, Any]]] = [
        (404, {"path": "/telegram/guessed"}),
        (404, {"path": HERE.path + "x"}),
        (404, {"path": "/telegram/%FF"}),
        (403, {"secret": None}),
        (403, {"secret": ""}),
        (403, {"secret": HERE.secret[:-1]}),
        (403, {"secret": "秘密".encode().decode("latin-1")}),
    ]
    for status, how in wrong:
        assert await served.post(message(1), **how) == status, how
    assert await served.kept() == (0, 0)
    async with served.session.get(served.url + HERE.path, headers={SECRET_HEADER: HERE.secret}) as reply:
        assert reply.status == 405


async def test_the_address_is_the_same_in_every_process_and_tells_nothing_of_the_token():
    assert address(TOKEN) == HERE != address(TOKEN + "x")
    assert address(TOKEN, "chosen_by_operator").secret == "chosen_by_operator"
    assert len({HERE.secret, HERE.path.removeprefix("/telegram/"), TOKEN}) == 3
    assert all(
        len(part) >= 40 and part.replace("-", "").replace("_", "").isalnum() for part in (HERE.secret, HERE.path[10:])
    )


async def test_what_is_no_update_is_quarantined_and_never_sent_again(served):
    for body in (b"", b"{", b"[1]", b"\xff\xfe", b"[" * 100_000, b'{"update_id": 1' + b"0" * 5000 + b"}"):
        assert await served.post(body) == 200, body[:20]
    assert await served.post(message(2)) == 200
    assert await served.kept() == (1, 6)


async def test_a_body_without_end_is_cut(served):
    assert await served.post(b" " * (LARGEST_BODY + 1)) == 413
    assert await served.kept() == (0, 0)


async def test_a_press_after_an_absence_is_asked_again(served):
    await served.post(press(1))
    await served.clock.advance(CALM)
    await served.post(press(2))
    payloads = [json.loads((await served.get(number)).payload) for number in (1, 2)]
    assert [payload.get("_waited") for payload in payloads] == [True, None]


async def test_requests_of_one_moment_share_a_commit(store, clock, served):
    commits = []
    event.listen(store._writer.sync_engine, "commit", lambda connection: commits.append(1))
    assert set(await asyncio.gather(*(served.post(message(n, chat=n)) for n in range(1, 91)))) == {200}
    assert await served.kept() == (90, 0)
    assert len(commits) < 45


@pytest.fixture
async def served_file(file_url, clock, monkeypatch):
    monkeypatch.setattr(engines, "BUSY_SECONDS", 0.01)
    async with await open_store(file_url) as store:
        webhook = Webhook(HERE, Intake(store, clock, addressed("tocsin_bot", 42)), clock)
        async with serving("127.0.0.1", 0, webhook.routes()) as port, aiohttp.ClientSession() as session:
            yield Served(store, clock, session, port)
            await webhook.close()


async def test_a_locked_database_is_503_and_then_200(served_file, logged):
    other = sqlite3.connect(str(served_file.store.path), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert await served_file.post(message(1)) == 503
    assert await served_file.kept() == (0, 0)
    other.execute("ROLLBACK")
    other.close()
    assert await served_file.post(message(1)) == 200
    assert await served_file.kept() == (1, 0)
    assert [line["event"] for line in logged] == ["webhook.not_kept"]


async def test_on_a_full_disk_nothing_is_confirmed_that_is_not_there(served_file, logged):
    async def pragma(text):
        async with served_file.store.writing() as tx:
            return (await tx._session.connection.exec_driver_sql(f"PRAGMA {text}")).scalar()

    assert await served_file.post(message(1)) == 200
    await served_file.clock.advance(CALM)
    await pragma(f"max_page_count = {await pragma('page_count')}")
    statuses = [await served_file.post(message(n, text="/report " + "x" * 5000)) for n in range(2, 12)]
    kept, _ = await served_file.kept()
    assert statuses.count(200) == kept - 1 < 10 and set(statuses) <= {200, 503}
    await pragma("max_page_count = 1000000")
    assert [await served_file.post(message(n, text="/report")) for n in range(2, 12)] == [200] * 10
    assert await served_file.kept() == (11, 0)
    assert await served_file.post(press(12)) == 200
    assert json.loads((await served_file.get(12)).payload)["_waited"]  # Telegram may have tried it all the time


# Group commit by itself


async def test_the_first_goes_at_once_and_those_who_come_meanwhile_go_together():
    begun, go, batches = asyncio.Event(), asyncio.Event(), []

    async def keep(batch):
        batches.append(batch)
        begun.set()
        await go.wait()

    commits = GroupCommit(keep)
    tasks = [asyncio.create_task(commits.put(1))]
    await begun.wait()
    tasks += [asyncio.create_task(commits.put(n)) for n in (2, 3, 4)]
    await asyncio.sleep(0)
    assert not any(task.done() for task in tasks)
    tasks[2].cancel()  # who hangs up has sent it all the same
    go.set()
    await asyncio.wait(tasks)
    assert batches == [[1], [2, 3, 4]]
    assert [task.cancelled() for task in tasks] == [False, False, True, False]
    await commits.close()


async def test_a_failure_is_everybodys_of_that_batch_and_nobody_elses():
    outcomes = [Unavailable("full"), None]

    async def keep(batch):
        if (problem := outcomes.pop(0)) is not None:
            raise problem

    commits = GroupCommit(keep)
    assert [type(one) for one in await asyncio.gather(*map(commits.put, (1, 2)), return_exceptions=True)] == [
        Unavailable
    ] * 2
    await commits.put(3)


@pytest.mark.parametrize("bad", [(), (1,), (2,), (3,), (1, 2, 3)])
async def test_what_one_makes_fail_is_nobody_elses_failure(bad):
    kept = []

    async def keep(batch):
        if set(batch) & set(bad):
            raise ValueError(batch)
        kept.extend(batch)

    commits = GroupCommit(keep)
    outcomes = await asyncio.gather(*map(commits.put, (1, 2, 3)), return_exceptions=True)
    assert [isinstance(outcome, ValueError) for outcome in outcomes] == [number in bad for number in (1, 2, 3)]
    assert kept == [number for number in (1, 2, 3) if number not in bad]


async def test_those_who_have_arrived_go_with_the_first():
    """Each begins a turn of the event loop after the one before, as requests do that lie in several sockets."""
    batches = []

    async def keep(batch):
        batches.append(batch)

    async def arrives(number):
        for _ in range(number):
            await asyncio.sleep(0)
        await commits.put(number)

    commits = GroupCommit(keep)
    await asyncio.gather(*map(arrives, range(10)))
    assert batches == [list(range(10))]


async def answered_together(monkeypatch, takes, comes_back):
    """Three ask and are answered by a commit that takes so long; what then happens is returned, batch by batch."""
    monkeypatch.setattr(group_commit, "LONGEST", 5.0)
    loop, ahead, kept = asyncio.get_running_loop(), [0.0], []
    now = loop.time
    monkeypatch.setattr(loop, "time", lambda: now() + ahead[0])

    async def keep(batch):
        ahead[0] += takes
        kept.append(sorted(batch))

    async def asks(number):
        await commits.put(number)
        if number in comes_back:
            for _ in range(200 * number):  # each turns of the loop after the one before
                await asyncio.sleep(0)
            await commits.put(10 * number)

    commits = GroupCommit(keep)
    await asyncio.gather(*map(asks, (1, 2, 3)))
    return kept


async def test_those_who_were_answered_together_go_together_again(monkeypatch):
    assert await answered_together(monkeypatch, 20.0, {1, 2, 3}) == [[1, 2, 3], [10, 20, 30]]


async def test_whoever_does_not_come_back_is_waited_for_a_part_of_what_the_commit_took(monkeypatch):
    assert await answered_together(monkeypatch, 0.02, {2}) == [[1, 2, 3], [20]]
    monkeypatch.setattr(group_commit, "COMPANY", 0.0)
    assert await answered_together(monkeypatch, 20.0, {1, 2, 3}) == [[1, 2, 3], [10], [20], [30]], "as it was before"


async def test_who_asks_alone_waits_for_nobody(monkeypatch):
    monkeypatch.setattr(group_commit, "LONGEST", 1e9)
    monkeypatch.setattr(group_commit, "COMPANY", 1e9)
    kept = []

    async def keep(batch):
        kept.append(batch)

    commits = GroupCommit(keep)
    for number in range(3):
        await commits.put(number)
    assert kept == [[0], [1], [2]]
    await asyncio.gather(commits.put(3), commits.put(4))
    last = asyncio.create_task(commits.put(5))
    await asyncio.sleep(0)
    await commits.close()  # and the end of the program for none either
    assert isinstance((await asyncio.gather(last, return_exceptions=True))[0], Unavailable)


async def test_who_waits_while_the_program_ends_is_told_so():
    begun, go = asyncio.Event(), asyncio.Event()

    async def keep(batch):
        begun.set()
        await go.wait()

    commits = GroupCommit(keep)
    first = asyncio.create_task(commits.put(1))
    await begun.wait()
    second = asyncio.create_task(commits.put(2))
    await asyncio.sleep(0)
    closing = asyncio.create_task(commits.close())
    await asyncio.sleep(0)
    go.set()
    await closing
    await first
    with pytest.raises(Unavailable):
        await second


async def test_more_than_can_be_answered_in_time_is_refused_at_once():
    go = asyncio.Event()
    commits = GroupCommit(lambda batch: go.wait())
    tasks = [asyncio.create_task(commits.put(n)) for n in range(MOST_WAITING)]
    await asyncio.sleep(0)
    with pytest.raises(Unavailable):
        await commits.put("one more")
    go.set()
    await asyncio.gather(*tasks)


# With Telegram


class Calls:
    """A Bot API client of the local Telegram's core."""

    def __init__(self, world):
        self.world = world

    async def call(self, method, payload, *, read_timeout=20.0):
        reply = await answer(self.world, TOKEN, method, payload, {})
        body = json.loads(reply.body)
        assert body["ok"], body
        return body["result"]


async def test_telegram_delivers_and_the_registration_is_kept(store, logged):
    clock = VirtualClock(AT)
    world = World(clock)
    bot = world.add_bot(TOKEN, username="tocsin_bot", name="警钟")
    head = world.add_user("赵校长")
    head.start(bot)
    webhook = Webhook(HERE, Intake(store, clock, addressed("tocsin_bot", bot.id)), clock)
    bot_api, pulse = Calls(world), Pulse()
    async with LocalBotApi(world), serving("127.0.0.1", 0, webhook.routes()) as port:
        registration = Registration(bot_api, clock, f"http://127.0.0.1:{port}", HERE, pulse)
        await registration.look()
        for text in ("一", "二", "三"):
            head.send(bot, text)
        await asyncio.wait_for(world.until(lambda: not world.pending_updates), 10)
        async with store.reading() as rx:
            assert (await rx.inbox.backlog()).pending == 4
        await stop_telling(bot_api)  # as a process would that polls
        await registration.look()
        assert (await bot_api.call("getWebhookInfo", {}))["url"].endswith(HERE.path)
        await webhook.close()
    assert [line["event"] for line in logged] == ["webhook.registered"] * 2


class Scripted:
    def __init__(self, info):
        self.info, self.calls = info, []

    async def call(self, method, payload, *, read_timeout=20.0):
        self.calls.append((method, payload))
        return self.info


@pytest.mark.parametrize(
    ("info", "well"),
    [
        ({"pending_update_count": 0}, True),
        ({"pending_update_count": 5, "last_error_date": AT.timestamp() - 10}, False),
        ({"pending_update_count": 5, "last_error_date": AT.timestamp() - 1000}, True),
        ({"pending_update_count": 0, "last_error_date": AT.timestamp() - 10}, True),
    ],
)
async def test_telegram_that_cannot_reach_us_is_noticed(clock, monotonic, info, well, logged):
    pulse = Pulse(monotonic)
    bot_api = Scripted({"url": "https://bot.example.org" + HERE.path, **info})
    registration = Registration(bot_api, clock, "https://bot.example.org", HERE, pulse)
    with pulse.expected("webhook"):
        monotonic.seconds += 100
        await registration.look()
        assert (pulse.ages()["webhook"].total_seconds() == 0) == well
    assert len(bot_api.calls) == 1


async def test_registering_asks_for_the_kinds_that_are_handled_and_no_drop(clock):
    bot_api = Scripted({})
    await tell_telegram(bot_api, "https://bot.example.org", HERE)
    [(method, payload)] = bot_api.calls
    assert method == "setWebhook" and payload["url"] == "https://bot.example.org" + HERE.path
    assert payload["secret_token"] == HERE.secret and "callback_query" in payload["allowed_updates"]
    assert "drop_pending_updates" not in payload


async def test_the_registration_looks_once_a_minute_until_it_is_stopped(clock):
    bot_api = Scripted({"url": "https://bot.example.org" + HERE.path})
    registration = Registration(bot_api, clock, "https://bot.example.org", HERE, Pulse())
    task = asyncio.create_task(registration.run())
    for looked in (1, 2, 3):
        await clock.settle()
        assert len(bot_api.calls) == looked
        await clock.advance(CALM / 2)
    registration.stop()
    await task
