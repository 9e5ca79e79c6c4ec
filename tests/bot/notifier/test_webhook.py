"""Where a webhook may go, and what a receiver can do with a request: nothing beyond its fifteen seconds and 4 KB."""

from __future__ import annotations

import asyncio
import base64
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from bot.notifier.addresses import BadAddress
from bot.notifier.webhook import (
    PREFIX,
    PUBLIC,
    SECONDS,
    Answered,
    Closed,
    HttpPoster,
    Unanswered,
    allowed_of,
    headers_of,
    key_of,
    signatures,
    target_of,
)
from bot.sealed import Seal

REFUSED = [
    "http://hook.example.cn/", "https://hook.example.cn:8443/", "https://u:p@hook.example.cn/", "https://u@hook.example.cn/",
    "https://127.0.0.1/", "https://10.0.0.1/", "https://192.168.1.1/", "https://169.254.169.254/latest/meta-data",
    "https://100.64.0.1/", "https://224.0.0.1/", "https://[::1]/", "https://[fe80::1]/", "https://[fd00:ec2::254]/",
    "https://[::ffff:10.0.0.1]/", "https://[64:ff9b::a00:1]/", "https://[2002:a00:1::]/", "https://2130706433/",
    "https://0x7f000001/", "https://127.1/", "https://0177.0.0.1/", "https://１２７.0.0.1/", "https://hook.example.cn/#x",
    "https://hook.example.cn\\@127.0.0.1/", "https://hook.example.cn/ x", "https://hook.example.cn/\n", "https:///x",
    "ftp://hook.example.cn/", "file:///etc/passwd", "gopher://127.0.0.1:6379/_x", "//hook.example.cn/", "hook", "",
    "https://hook.example.cn:0/", "https://hook.example.cn:99999/", "https://" + "x" * 600 + ".cn/",
]  # fmt: skip


@pytest.mark.parametrize("url", REFUSED)
def test_refused_by_what_is_written(url: str) -> None:
    with pytest.raises(BadAddress):
        target_of(url, PUBLIC)


@pytest.mark.parametrize("url", ["https://hook.example.cn/a?k=1", "https://hook.example.cn:443/", "https://8.8.8.8/x"])
def test_taken(url: str) -> None:
    shown = target_of(url, PUBLIC).shown
    assert shown.endswith(":443/…") and "k=1" not in shown


def test_what_the_operator_lists_is_open_as_it_is_listed() -> None:
    allowed = allowed_of("http://10.1.2.3:8080, https://hook.office.example:8443；10.9.0.0/16 box")
    for url in ("http://10.1.2.3:8080/x", "https://hook.office.example:8443/", "https://10.9.1.1/", "https://box/"):
        target_of(url, allowed)
    for url in (
        "http://10.1.2.3/", "http://10.1.2.3:8081/", "https://10.1.2.3/", "http://hook.office.example:8443/",
        "http://10.9.1.1/", "https://10.9.1.1:8443/", "https://10.8.1.1/",
    ):  # fmt: skip
        if url != "https://10.1.2.3/":
            with pytest.raises(BadAddress):
                target_of(url, allowed)
    for wrong in ("http://10.1.2.3:8080/path", "http://", "10.1.2.3/99", "a b!c"):
        with pytest.raises(ValueError, match=r"应为|网址"):
            allowed_of(wrong)


@asynccontextmanager
async def listening(
    answer: Callable[[web.Request], Awaitable[web.StreamResponse]], host: str = "127.0.0.1", port: int = 0
) -> AsyncIterator[int]:
    application = web.Application()
    application.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(application, shutdown_timeout=0.05)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        yield int(runner.addresses[0][1])
    finally:
        await runner.cleanup()


async def posted(url: str, listed: str = "", seconds: float = SECONDS) -> Answered:
    return await HttpPoster(allowed_of(listed), seconds).post(url, headers_of([b"k" * 24], "msg_1", 0.0, b"{}"), b"{}")


async def nothing(request: web.Request) -> web.StreamResponse:
    return web.Response()


async def test_a_name_that_leads_inside_is_refused_when_it_is_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever it led to when the administrator allowed it (DNS rebinding); nothing is connected to."""
    answers(monkeypatch, ["127.0.0.1"], ["8.8.8.8", "10.0.0.1"], ["::1"], ["169.254.169.254"])
    connected = spied(monkeypatch)
    for _ in range(4):
        with pytest.raises(Closed):
            await posted("https://rebound.example.cn/")
    assert not connected


async def test_the_name_is_looked_up_once_and_what_was_judged_is_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    came: list[str] = []

    async def take(request: web.Request) -> web.StreamResponse:
        came.append(request.host)
        return web.Response(status=202)

    looked_up = answers(monkeypatch, ["127.0.0.1"], ["127.0.0.2"], ["127.0.0.2"])
    async with listening(take) as port:
        origin = f"http://hook.example.cn:{port}"
        assert (await posted(f"{origin}/x", origin)).status == 202
    assert len(looked_up) == 1 and came == [f"hook.example.cn:{port}"]


async def test_a_public_address_of_this_very_machine_is_no_way_in(monkeypatch: pytest.MonkeyPatch) -> None:
    answers(monkeypatch, ["8.8.8.8"])
    monkeypatch.setattr("bot.notifier.webhook._is_own", lambda family, number: number == "8.8.8.8")
    connected = spied(monkeypatch)
    with pytest.raises(Closed):
        await posted("https://own.example.cn/")
    assert not connected


async def test_an_address_that_is_not_listed_any_more_is_refused_when_it_is_sent_to() -> None:
    async with listening(nothing) as port:
        assert (await posted(f"http://127.0.0.1:{port}/", f"http://127.0.0.1:{port}")).status == 200
        with pytest.raises(Closed):
            await posted(f"http://127.0.0.1:{port}/")
        with pytest.raises(Closed):
            await posted("https://127.0.0.1/")


async def test_nothing_is_followed_and_no_proxy_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    came: list[str] = []

    async def elsewhere(request: web.Request) -> web.StreamResponse:
        came.append(request.path)
        return web.Response(status=307, headers={"Location": "/elsewhere", "Retry-After": "7", "Set-Cookie": "a=b"})

    async with listening(elsewhere) as port:
        monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
        monkeypatch.setenv("all_proxy", "http://127.0.0.1:1")
        for _ in range(2):
            answer = await posted(f"http://127.0.0.1:{port}/in", f"http://127.0.0.1:{port}")
            assert answer == Answered(307, 7)
    assert came == ["/in", "/in"]


async def test_who_says_nothing_trickles_or_floods_costs_no_more_than_his_time() -> None:
    async def never(request: web.Request) -> web.StreamResponse:
        if request.path == "/flood":
            return web.Response(body=b"x" * 10_000_000)
        if request.path == "/hang":
            assert request.transport is not None
            request.transport.close()
            return web.Response()
        answer = web.StreamResponse()
        if request.path == "/trickle":
            await answer.prepare(request)
            for _ in range(1000):
                await answer.write(b"x")
                await asyncio.sleep(0.01)
        await asyncio.sleep(30)
        return answer

    async with listening(never) as port:
        origin = f"http://127.0.0.1:{port}"
        assert (await posted(f"{origin}/flood", origin)).status == 200
        for path in ("/silent", "/trickle", "/hang"):
            begun = asyncio.get_running_loop().time()
            with pytest.raises(Unanswered):
                await posted(f"{origin}{path}", origin, seconds=0.3)
            assert asyncio.get_running_loop().time() - begun < 2
    with pytest.raises(Unanswered):
        await posted(f"{origin}/", origin)  # nobody is there any more


def test_the_signature_is_that_of_the_specification() -> None:
    """The example of the scheme's own libraries, so that those verify it."""
    key = key_of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    body = b'{"test": 2432232314}'
    said = signatures([key], "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", body)
    assert said == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    assert signatures([key, key], "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", body) == f"{said} {said}"


@given(st.text())
def test_a_sealed_key_is_192_bits_and_as_long_as_its_number(token: str) -> None:
    seal = Seal(token)
    number = seal.new_key()
    secret = seal.secret(number)
    assert len(secret) == len(number) and len(base64.b64decode(secret, validate=True)) == 24
    assert seal.filled({"text": f"x{PREFIX}{number}y", "secrets": [number]}) == {"text": f"x{PREFIX}{secret}y"}


def answers(monkeypatch: pytest.MonkeyPatch, *found: list[str]) -> list[str]:
    """Let names be looked up in a list, one answer after the other; return the names that were asked for."""
    loop, asked, rest = asyncio.get_running_loop(), list[str](), list(found)

    async def getaddrinfo(host: Any, port: Any, **options: Any) -> list[Any]:
        asked.append(str(host))
        numbers = rest.pop(0)
        return [
            (socket.AF_INET6 if ":" in number else socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, port))
            for number in numbers
        ]

    monkeypatch.setattr(loop, "getaddrinfo", getaddrinfo)
    return asked


def spied(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Return the addresses to which connections are made."""
    loop, made = asyncio.get_running_loop(), list[Any]()

    async def sock_connect(one: socket.socket, address: Any) -> None:
        made.append(address)
        raise OSError("nothing leaves the machine")

    monkeypatch.setattr(loop, "sock_connect", sock_connect)
    return made
