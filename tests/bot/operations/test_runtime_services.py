"""All of it together, as the program runs it."""

import asyncio
import json
from contextlib import asynccontextmanager
from datetime import timedelta

import aiohttp
import pytest
from pydantic import SecretStr

from bot.leadership import Always, Shared, leadership_of
from bot.metrics import Metrics
from bot.operations.runtime_services import RuntimeServices
from bot.outgoing.cards import Cards
from bot.pulse import Pulse
from bot.scheduler import Scheduler
from bot.sender import Sender
from bot.settings import Settings
from bot.updates.intake import Intake
from bot.web.address import SECRET_HEADER, address
from handlers.addressed import addressed
from storage import open_store
from storage.session import Session
from tests.bot.operations import town
from tests.bot.operations.test_intake import message

TOKEN = "110201543:AAHdqTcvCH1vGWJx" + "fSeofSAs0K5PALDsaw"
HERE = address(TOKEN)


class Telegram:
    def __init__(self):
        self.calls = []
        self.url = ""
        self.registered = asyncio.Event()

    async def call(self, method, payload, *, read_timeout=20.0):
        self.calls.append(method)
        if method == "setWebhook":
            self.url = payload["url"]
            self.registered.set()
        return {"url": self.url} if method == "getWebhookInfo" else True


def settings(**given):
    return Settings(_env_file=None, token=SecretStr(TOKEN), **given)


@asynccontextmanager
async def operating(store, clock, leadership=None, **given):
    telegram, metrics = Telegram(), Metrics()
    way = "webhook" if given.get("mode") == "webhook" else "poll"
    runtime = RuntimeServices(
        settings(**given),
        town.service(store, clock),
        telegram,
        Intake(store, clock, addressed("tocsin_bot", 42), way=way, metrics=metrics),
        pulse=Pulse(),
        metrics=metrics,
        leadership=leadership or leadership_of(store, "one"),
        leads=lambda: True,
    )
    await runtime.prepare()
    async with runtime.serving() as port:
        tasks = [asyncio.create_task(loop.run()) for loop in runtime.loops]
        try:
            yield runtime, telegram, f"http://127.0.0.1:{port}"
        finally:
            for loop in runtime.loops:
                loop.stop()
            await asyncio.gather(*tasks)


async def until(asked):
    while not (found := await asked()):
        pass
    return found


async def test_polling_takes_a_webhook_back_and_opens_no_port_unless_asked(memory, clock, tmp_path):
    async with operating(memory, clock, heartbeat_file=tmp_path / "beat") as (_, telegram, url):
        assert telegram.calls == ["deleteWebhook"] and url.endswith(":None")
        await until(lambda: asyncio.to_thread((tmp_path / "beat").exists))


async def test_a_webhook_is_registered_and_served_beside_the_status(store, clock):
    where = {"mode": "webhook", "webhook_url": "https://bot.example.org", "listen": "127.0.0.1:0"}
    async with operating(store, clock, **where) as (runtime, telegram, url), aiohttp.ClientSession() as session:
        await telegram.registered.wait()
        assert telegram.url == "https://bot.example.org" + HERE.path and "deleteWebhook" not in telegram.calls
        body, headers = json.dumps(message(1)), {SECRET_HEADER: HERE.secret}
        async with session.post(url + HERE.path, data=body, headers=headers) as reply:
            assert reply.status == 200
        for path, words in (("/readyz", '"ready": true'), ("/metrics", 'tocsin_updates_total{way="webhook"} 1.0')):
            async with session.get(url + path) as reply:
                assert reply.status == 200 and words in await reply.text()
        assert TOKEN not in str(vars(runtime.health))


async def test_the_status_alone_takes_no_updates(memory, clock):
    async with operating(memory, clock, listen="127.0.0.1:0") as (_, _, url), aiohttp.ClientSession() as session:
        async with session.post(url + HERE.path, data=b"{}", headers={SECRET_HEADER: HERE.secret}) as reply:
            assert reply.status == 404


async def test_one_of_two_processes_makes_the_rounds(postgres_town_url, clock, tmp_path):
    soon = timedelta(milliseconds=5)
    async with await open_store(postgres_town_url) as one, await open_store(postgres_town_url) as two:
        await town.settle(one, clock)
        await town.report(town.service(one, clock))

        async def sealed():
            async with one.reading() as rx:
                return await rx.meta.get("rounds:checkpoint")

        async with (
            operating(one, clock, Shared(one, "one", every=soon), checkpoint_folder=tmp_path),
            operating(two, clock, Shared(two, "two", every=soon), checkpoint_folder=tmp_path),
        ):
            assert await until(sealed) == "2026-03-02"
        async with one.reading() as rx:
            latest = await rx.journal.latest_checkpoint()
            assert latest is not None and latest.number == 1
        assert [path.name for path in tmp_path.iterdir()] == ["checkpoint-000001.json"]


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_everything_stops_when_it_is_told_to(store, clock, mode):
    where = {"mode": mode, "webhook_url": "https://bot.example.org", "listen": "127.0.0.1:0"}
    async with asyncio.timeout(20):
        async with operating(store, clock, **where):
            pass


async def test_a_round_of_each_loop_makes_no_statement_anew(memory, clock, monkeypatch):
    """Making a statement costs more than executing it: what every round asks stands in its module."""
    made, seen = [], {}
    execute, find = Session.execute, Session._found

    def note(statement):
        if id(statement) not in seen:
            seen[id(statement)] = statement  # kept, so that no other one gets its id
            made.append(str(statement))

    async def executed(self, statement, parameters=None):
        note(statement)
        return await execute(self, statement, parameters)

    async def found(self, statement, parameters):
        note(statement)
        return await find(self, statement, parameters)

    monkeypatch.setattr(Session, "execute", executed)
    monkeypatch.setattr(Session, "_found", found)
    service, metrics = town.service(memory, clock), Metrics()
    await town.settle(memory, clock)
    intake = Intake(memory, clock, addressed("tocsin_bot", 42), metrics=metrics)
    runtime = RuntimeServices(
        settings(), service, Telegram(), intake, pulse=Pulse(), metrics=metrics,
        leadership=leadership_of(memory, "one"), leads=lambda: True,
    )  # fmt: skip
    rounds, scheduler = runtime._rounds(Always()), Scheduler(service, clock, safety=False)
    sender = Sender(memory, Telegram(), clock, Cards(service.dispatcher))
    for number in range(4):
        await town.report(service, cause=f"update:{number}")
        made.clear()
        await clock.advance(timedelta(minutes=10))
        await rounds.round()
        await scheduler._turn()
        await runtime.health.troubles()
        for _ in range(3):
            await sender._turn()
    assert made == []
