"""Telegram by way of a proxy, as most who run this reach it; and what is said where there is none."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest

from bot.main import CannotStart
from bot.surroundings import tidy_proxies
from tests.journeys.world import Town


class Socks:
    """A SOCKS 5 server on loopback, without authentication."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int]] = []
        self.port = 0
        self._tasks: set[asyncio.Task[None]] = set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            _, methods = await reader.readexactly(2)
            await reader.readexactly(methods)
            writer.write(b"\x05\x00")
            _, _, _, kind = await reader.readexactly(4)
            if kind == 1:
                host = ".".join(str(part) for part in await reader.readexactly(4))
            else:
                host = (await reader.readexactly((await reader.readexactly(1))[0])).decode()
            port = int.from_bytes(await reader.readexactly(2), "big")
            self.asked.append((host, port))
            there, thither = await asyncio.open_connection(host, port)
            writer.write(b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00")
            await asyncio.gather(_pass(reader, thither), _pass(there, writer))
        writer.close()


async def _pass(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await source.read(65536):
            target.write(data)
            await target.drain()
        target.close()


@pytest.fixture
async def socks(monkeypatch) -> AsyncIterator[Socks]:
    for name in [name for name in os.environ if "PROXY" in name.upper()]:
        monkeypatch.delenv(name)
    made = Socks()
    server = await asyncio.start_server(made.serve, "127.0.0.1", 0)
    made.port = server.sockets[0].getsockname()[1]
    yield made
    server.close()


@pytest.mark.parametrize("name", ["ALL_PROXY", "all_proxy", "http_proxy"])
@pytest.mark.parametrize("scheme", ["socks5", "socks5h", "socks"])
async def test_everything_goes_by_the_socks_proxy(socks: Socks, monkeypatch, name, scheme):
    monkeypatch.setenv(name, f"{scheme}://127.0.0.1:{socks.port}")
    tidy_proxies()
    async with Town.open(seated=False, network=True) as town:
        town.admin.start(town.bot)
        await town.settle()
        town.sees(town.admin, "这里是警钟")
        assert town.api is not None
    assert set(socks.asked) == {("127.0.0.1", int(town.settings.api_url.rpartition(":")[2]))}


async def test_what_is_excepted_goes_straight(socks: Socks, monkeypatch):
    monkeypatch.setenv("all_proxy", f"socks://127.0.0.1:{socks.port}")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost\r")
    tidy_proxies()
    async with Town.open(seated=False, network=True) as town:
        town.admin.start(town.bot)
        await town.settle()
        town.sees(town.admin, "这里是警钟")
    assert socks.asked == []


async def test_a_proxy_that_is_not_there_is_one_sentence(socks: Socks, monkeypatch):
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:1")
    with pytest.raises(CannotStart, match=r"^连不上 http://127\.0\.0\.1:\d+（连接不上）；请核对网络、防火墙和代理"):
        async with Town.open(seated=False, network=True):
            pass
