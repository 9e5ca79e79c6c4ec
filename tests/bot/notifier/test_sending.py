"""Messages by other ways to gateways on loopback: bounded in time, of each person and in all; their ends known."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web

import bot.notifier as notifier
from bot.notifier import AppriseNotifier, BadAddress, Busy, NotSent, Refused, Unsure
from tests.bot.rig import until

LOOPBACK = ("127.0.0.1",)


class Gateway:
    """A gateway that answers as it is told."""

    def __init__(self) -> None:
        self.got: list[tuple[str, str]] = []
        self.status, self.body = 200, b""
        self.headers: dict[str, str] = {}
        self.hold: asyncio.Event | None = None
        self.here = self.most = 0
        self.port = 0

    def address(self, more: str = "", kind: str = "json", host: str = "127.0.0.1") -> str:
        return f"{kind}://{host}:{self.port}/key{more}"

    async def take(self, request: web.Request) -> web.Response:
        await request.read()
        self.got.append((request.method, request.path))
        self.here += 1
        self.most = max(self.most, self.here)
        try:
            if self.hold is not None:
                await self.hold.wait()
        finally:
            self.here -= 1
        return web.Response(status=self.status, headers=self.headers, body=self.body)


@pytest.fixture
async def gateway() -> AsyncIterator[Gateway]:
    made = Gateway()
    application = web.Application(client_max_size=2**20)
    application.router.add_route("*", "/{path:.*}", made.take)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    made.port = runner.addresses[0][1]
    yield made
    if made.hold is not None:
        made.hold.set()
    await runner.cleanup()


@pytest.fixture
async def trusting() -> AsyncIterator[AppriseNotifier]:
    made = AppriseNotifier(LOOPBACK)
    yield made
    await made.close()


@pytest.fixture
async def strict() -> AsyncIterator[AppriseNotifier]:
    made = AppriseNotifier()
    yield made
    await made.close()


@pytest.mark.parametrize("kind", ["json", "form"])
async def test_a_listed_gateway_gets_it_once_by_post(gateway: Gateway, trusting: AppriseNotifier, kind: str):
    assert await trusting.examine(gateway.address(kind=kind), "p") == "短信网关"
    assert gateway.got == [], "a look is no message"
    await trusting.notify(gateway.address(kind=kind), "快报", "p")
    await trusting.notify(gateway.address("?method=DELETE&+X-Key=1&redirect=yes", kind=kind), "快报", "p")
    assert gateway.got == [("POST", "/key")] * 2


async def test_no_private_host_is_reached_or_told_from_another(gateway: Gateway, strict: AppriseNotifier):
    for host in ("127.0.0.1", "localhost", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "[::1]"):
        said = set()
        for port in (gateway.port, 1):
            with pytest.raises(BadAddress) as caught:
                await strict.examine(f"json://{host}:{port}/key", "p")
            said.add(str(caught.value))
            with pytest.raises(NotSent) as sent:
                await strict.notify(f"json://{host}:{port}/key", "快报", "p")
            said.add(str(sent.value))
        assert len(said) <= 2, f"{host}: an open port and a closed one answer alike"
    assert gateway.got == []


async def test_no_private_mail_server_is_reached(strict: AppriseNotifier):
    knocked: list[object] = []
    server = await asyncio.start_server(lambda reader, writer: knocked.append(1), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    address = f"mailto://user:secret@mail.example.cn:{port}?to=duty@example.cn&smtp=127.0.0.1"
    with pytest.raises(BadAddress):
        await strict.examine(address, "p")
    with pytest.raises(NotSent):
        await strict.notify(address, "快报", "p")
    server.close()
    await server.wait_closed()
    assert knocked == []


ENDS = {
    204: None, 302: Refused, 307: Refused, 400: Refused, 401: Refused, 404: Refused, 429: NotSent, 503: NotSent,
    500: Unsure, 502: Unsure, 504: Unsure,
}  # fmt: skip


async def test_each_answer_has_its_end(gateway: Gateway, trusting: AppriseNotifier):
    for number, (status, end) in enumerate(ENDS.items(), 1):
        gateway.status = status
        gateway.headers = {"Location": "/elsewhere"} if status in (302, 307) else {}
        found = None
        try:
            await trusting.notify(gateway.address(), "快报", "p")
        except (NotSent, Unsure) as problem:
            found = type(problem)
        assert found is end, status
        assert gateway.got == [("POST", "/key")] * number, "redirects are not followed, nothing is tried twice"


async def test_a_gateway_that_takes_it_and_never_answers_is_unsure_in_time(
    gateway: Gateway, trusting: AppriseNotifier, monkeypatch
):
    monkeypatch.setattr(notifier, "SECONDS", 1.2)
    gateway.hold = asyncio.Event()
    with pytest.raises(Unsure):
        await trusting.notify(gateway.address("?rto=900&cto=900"), "快报", "p")
    gateway.hold.set()
    gateway.hold = None
    await trusting.notify(gateway.address(), "快报", "p")
    assert len(gateway.got) == 2


async def test_an_answer_that_unpacks_to_much_is_cut(gateway: Gateway, trusting: AppriseNotifier):
    import gzip

    gateway.headers, gateway.body = {"Content-Encoding": "gzip"}, gzip.compress(b"\0" * 2**26)
    await trusting.notify(gateway.address(), "快报", "p")


async def test_a_person_has_two_at_a_time_and_starves_nobody(gateway: Gateway, trusting: AppriseNotifier, monkeypatch):
    monkeypatch.setattr(notifier, "SECONDS", 80)
    gateway.hold = asyncio.Event()
    threads = threading.active_count()
    attack = [asyncio.create_task(trusting.notify(gateway.address(), "x", "attacker")) for _ in range(3)]
    await until(lambda: len(gateway.got) == 2, within=30)
    # The loop's own executor, in which names are looked up for Telegram, has nothing to do with it.
    names = await asyncio.gather(*(asyncio.get_running_loop().getaddrinfo("127.0.0.1", 1) for _ in range(8)))
    assert len(names) == 8 and len(gateway.got) == notifier.EACH
    others = [asyncio.create_task(trusting.notify(gateway.address(), "x", f"p{number}")) for number in range(5)]
    await until(lambda: len(gateway.got) == notifier.IN_ALL, within=40)
    assert gateway.most == notifier.IN_ALL
    assert threading.active_count() - threads <= 16, "no thread for a message"
    gateway.hold.set()
    await asyncio.gather(*attack, *others)
    assert gateway.most == notifier.IN_ALL and len(gateway.got) == 8


async def test_one_address_of_a_person_is_looked_at_at_a_time(trusting: AppriseNotifier, monkeypatch):
    began, go = asyncio.Event(), asyncio.Event()

    async def slow(job: object, seconds: float) -> dict[str, str]:
        began.set()
        await go.wait()
        return {"outcome": "sent", "reason": ""}

    monkeypatch.setattr(trusting, "_ask", slow)
    first = asyncio.create_task(trusting.examine("json://sms.example.cn/x", "p"))
    await began.wait()
    with pytest.raises(Busy):
        await trusting.examine("json://sms.example.cn/x", "p")
    second = asyncio.create_task(trusting.examine("json://sms.example.cn/x", "q"))
    await asyncio.sleep(0)
    with pytest.raises(Busy):
        await trusting.examine("json://sms.example.cn/x", "r")
    go.set()
    assert [await first, await second] == ["短信网关", "短信网关"]


async def test_the_process_knows_no_secret_of_the_program(gateway: Gateway, monkeypatch, tmp_path):
    monkeypatch.setenv("TOCSIN_TOKEN", "secret")
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{gateway.port}")
    one = AppriseNotifier()
    with pytest.raises(NotSent):
        await one.notify("json://sms.invalid/x", "快报", "p")
    [worker] = one._idle
    process = worker._process
    assert process is not None
    surroundings = await asyncio.to_thread(Path(f"/proc/{process.pid}/environ").read_text, encoding="utf-8")
    await one.close()
    assert "TOCSIN" not in surroundings and "PROXY" not in surroundings
    assert gateway.got == [], "a proxy would connect for us where we may not"
