"""Real processes as operators run them: two on one PostgreSQL, and one behind a webhook."""

from __future__ import annotations

import asyncio
import json
import signal
import socket
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
from sqlalchemy import text

from bot.log import redact
from bot.web.address import SECRET_HEADER, address
from storage import open_store
from storage.store import Store
from tests.chaos.inspector import look, said
from tests.journeys.victim import STOPPED, Scene, Victim, scene
from tests.journeys.world import TOKEN

NUMBER = "138" + "00138000"
LEASES = {"poll", "send", "clocks", "rounds"}


async def until(condition: Callable[[], Any], within: float = 30.0) -> None:
    """Ask the database again and again: another process does not ring."""
    async with asyncio.timeout(within):
        while not await condition():  # noqa: ASYNC110
            await asyncio.sleep(0.05)


async def holders(store: Store) -> dict[str, int]:
    """Return the process that has each lease, by the lease's purpose."""
    async with store.reading() as rx:
        return {lease.name.partition(":")[0]: int(lease.holder.split(":")[1]) for lease in await rx.leases.held()}


async def expire(store: Store, pid: int) -> None:
    """Let the time of a dead process's leases and claims pass on the database's clock."""
    async with store.writing() as tx:
        await tx._session.execute(
            text("UPDATE leases SET until = clock_timestamp() WHERE holder LIKE :holder"), {"holder": f"%:{pid}:%"}
        )
        await tx._session.execute(text("UPDATE inbox SET claimed_until = now() WHERE claimed_until IS NOT NULL"))
        tx._session.touched |= {"leases", "inbox"}


async def is_all_done(store: Store, here: Scene, reports: int) -> bool:
    async with store.reading() as rx:
        backlog, recorded = await rx.inbox.backlog(), len(await rx.incidents.list(limit=1000))
        waits = await rx.outbox.next_at() is not None or bool(await rx.outbox.in_flight())
    return recorded == reports and not (backlog.pending or waits or here.world.pending_updates)


async def said_once(store: Store, here: Scene, texts: list[str]) -> None:
    """Each report is one incident, answered; what was sent twice was in doubt."""
    async with store.reading() as rx:
        incidents = await rx.incidents.list(limit=1000)
        assert Counter(row.text for row in incidents) == Counter(texts)
        assert [fault for row in incidents for fault in await rx.journal.verify(row.stream)] == []
    assert list(said(await look(store), here.world)) == []


def quiet(victim: Victim) -> None:
    """What a process said tells no secret."""
    for life in victim.lives:
        assert [line for line in life.said if redact(line) != line or TOKEN in line] == []


@asynccontextmanager
async def pair(url: str, folder: Path, **settings: str) -> AsyncIterator[tuple[Scene, Victim, Victim, Store]]:
    """Two processes on one database, the second not started yet."""
    async with (
        scene(url, folder, 6, 1, lease_seconds="15", **settings) as here,
        await open_store(url) as store,
    ):
        second = here.victim.twin()
        try:
            yield here, here.victim, second, store
        finally:
            if second.runs:
                await second.end(signal.SIGKILL)
        quiet(here.victim)
        quiet(second)


async def test_two_share_a_database_and_each_takes_over_from_the_other(postgres_town_url: str, tmp_path: Path) -> None:
    texts = [f"第{number}小学楼梯踩踏，{number % 9 + 1}名学生受伤" for number in range(30)]
    async with pair(postgres_town_url, tmp_path) as (here, one, two, store):

        def report(some: list[str]) -> None:
            for number, words in enumerate(some):
                here.people[number % len(here.people)].send(here.bot, words)

        await one.start()
        await until(lambda: _all_held(store))
        assert set((await holders(store)).values()) == {one.present.pid}
        await two.start()
        report(texts[:10])
        await until(lambda: is_all_done(store, here, 10))
        assert set((await holders(store)).values()) == {one.present.pid}

        # One is killed with reports on their way; what it had in hand, the other takes up when its leases have ended.
        report(texts[10:20])
        assert await one.end(signal.SIGKILL) == -signal.SIGKILL
        await expire(store, one.present.pid)
        await until(lambda: is_all_done(store, here, 20))
        assert set((await holders(store)).values()) == {two.present.pid}

        # One that is asked to stop gives its leases back, and nobody waits for their end.
        await one.start()
        report(texts[20:])
        assert await two.end(signal.SIGTERM) == 0 and STOPPED in two.present.said
        async with asyncio.timeout(5):
            await until(lambda: _all_held(store))
        await until(lambda: is_all_done(store, here, 30))
        assert set((await holders(store)).values()) == {one.present.pid}
        assert await one.end(signal.SIGTERM) == 0
        assert await holders(store) == {}
        await said_once(store, here, texts)


async def _all_held(store: Store) -> bool:
    return set(await holders(store)) >= LEASES


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


async def test_behind_a_webhook_every_process_accepts_and_telegram_tries_again(
    postgres_town_url: str, tmp_path: Path
) -> None:
    ports = free_port(), free_port()
    hook = {"mode": "webhook", "webhook_url": f"http://127.0.0.1:{ports[0]}"}
    texts = [f"第{number}小学楼梯踩踏，2名学生受伤" for number in range(4)]
    async with (
        pair(postgres_town_url, tmp_path, **hook, listen=f"127.0.0.1:{ports[0]}") as (here, one, _, store),
        aiohttp.ClientSession() as session,
    ):
        two = one.twin(listen=f"127.0.0.1:{ports[1]}")
        where, words = address(TOKEN), here.people[0]
        # It lies at Telegram before anybody is there, and comes as soon as the webhook is registered.
        words.send(here.bot, texts[0])
        await one.start()
        await until(lambda: is_all_done(store, here, 1))
        await two.start()
        try:
            # A process that nobody registered accepts as well; without the secret nobody is heard.
            update = {"update_id": 10**6, "message": {
                "message_id": 10**6, "date": 1772391960, "text": texts[1],
                "chat": {"id": words.id, "type": "private", "first_name": "报告人0"},
                "from": {"id": words.id, "is_bot": False, "first_name": "报告人0"},
            }}  # fmt: skip
            url = f"http://127.0.0.1:{ports[1]}"
            for secret, status in (("wrong", 403), (where.secret, 200)):
                async with session.post(url + where.path, json=update, headers={SECRET_HEADER: secret}) as reply:
                    assert reply.status == status
            await until(lambda: is_all_done(store, here, 2))

            # While the registered one is dead Telegram keeps what it cannot deliver.
            assert await one.end(signal.SIGKILL) == -signal.SIGKILL
            words.send(here.bot, texts[2])
            words.send(here.bot, texts[3])
            await expire(store, one.present.pid)
            await one.start()
            await until(lambda: is_all_done(store, here, 4))
            for port in ports:
                async with session.get(f"http://127.0.0.1:{port}/readyz") as reply:
                    assert (reply.status, await reply.json()) == (200, {"ready": True, "troubles": []})
            async with session.get(f"{url}/metrics") as reply:
                assert 'tocsin_updates_total{way="webhook"} 1.0' in await reply.text()
            assert {"send", "clocks", "rounds", "webhook"} <= set(await holders(store))
            await said_once(store, here, texts)
        finally:
            await two.end(signal.SIGTERM)
        quiet(two)


async def test_a_port_that_is_taken_is_one_sentence(file_url: str, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        async with scene(file_url, tmp_path, 1, 1, listen=f"127.0.0.1:{port}") as here:
            await here.victim.start(point="", nth=1)
            assert await here.victim.present.over() == 2
            [line] = [line for line in here.victim.present.said if not line.startswith("{")]
            assert f"127.0.0.1:{port}" in line and "TOCSIN_LISTEN" in line


async def test_a_process_tells_no_secret_and_watches_itself(file_url: str, tmp_path: Path) -> None:
    beat, port = tmp_path / "beat", free_port()
    given = {"listen": f"127.0.0.1:{port}", "heartbeat_file": str(beat), "log_level": "debug"}
    async with scene(file_url, tmp_path, 2, 1, **given) as here, aiohttp.ClientSession() as session:
        await here.victim.start()
        # What somebody writes may be a secret too: a number to ring, and what looks like a token.
        here.people[0].send(here.bot, f"实验小学楼梯踩踏，2名学生受伤，电话{NUMBER}，{TOKEN}")
        async with await open_store(file_url, read_only=True) as store:
            await until(lambda: is_all_done(store, here, 1))
        async with session.get(f"http://127.0.0.1:{port}/healthz") as reply:
            assert reply.status == 200
        async with session.get(f"http://127.0.0.1:{port}/metrics") as reply:
            shown = await reply.text()
        for loop in ("poller", "processor", "scheduler", "sender"):
            assert f'tocsin_loop_age_seconds{{loop="{loop}"}}' in shown
        assert 'tocsin_calls_total{outcome="sent"' in shown and TOKEN not in shown
        await until(lambda: asyncio.to_thread(beat.exists))
        assert await here.victim.end(signal.SIGTERM) == 0
    lines = [json.loads(line) for line in here.victim.present.said if line.startswith("{")]
    assert all({"event", "level", "timestamp"} <= set(line) for line in lines)
    said = "\n".join(here.victim.present.said)
    assert TOKEN not in said and NUMBER not in said and "踩踏" not in said
