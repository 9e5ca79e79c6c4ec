"""What a stranger may cost the HTTP server: no unpacking, no connection for ever, no more of them than are served."""

import asyncio
import gzip
from functools import cache

import aiohttp
import pytest
from aiohttp import web

from bot.web import server
from bot.web.address import SECRET_HEADER
from bot.web.server import serving
from tests.bot.operations.test_webhook import HERE, served  # noqa: F401  # a fixture


@cache
def bomb() -> bytes:
    return gzip.compress(b"\0" * 2**26)


async def test_a_packed_body_is_not_unpacked_by_whom_it_may_come(served):  # noqa: F811
    async def post(**headers):
        given = {"Content-Encoding": "gzip", **headers}
        async with served.session.post(served.url + HERE.path, data=bomb(), headers=given) as reply:
            return reply.status

    assert await post() == 403
    assert await post(**{SECRET_HEADER: HERE.secret}) == 415
    assert await served.kept() == (0, 0)


async def test_a_body_comes_as_it_was_sent():
    async def length(request):
        return web.json_response(len(await request.read()))

    routes = [web.post("/", length)]
    async with serving("127.0.0.1", 0, routes) as port, aiohttp.ClientSession() as session:
        packed = {"Content-Encoding": "gzip"}
        async with session.post(f"http://127.0.0.1:{port}/", data=bomb(), headers=packed) as reply:
            assert await reply.json() == len(bomb())


@pytest.mark.parametrize(
    "begun", [b"", b"POST /telegram/x HTTP/1.1\r\nHost: x\r\nX-Slow: ", b"GET /healthz HTTP/1.1\r\n"], ids=len
)
async def test_who_begins_a_request_and_does_not_go_on_is_let_go(begun, monkeypatch):
    monkeypatch.setattr(server, "IDLE_SECONDS", 0.3)
    async with serving("127.0.0.1", 0, []) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(begun)
        async with asyncio.timeout(20):
            assert await reader.read() == b""
        writer.close()


async def test_more_connections_than_are_served_are_not_let_in(monkeypatch):
    monkeypatch.setattr(server, "MOST_CONNECTIONS", 3)
    async with serving("127.0.0.1", 0, []) as port:
        kept = [await asyncio.open_connection("127.0.0.1", port) for _ in range(3)]
        await asyncio.sleep(0.05)
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        async with asyncio.timeout(5):
            try:
                assert await reader.read() == b""
            except ConnectionError:
                pass
        writer.close()
        kept[0][1].write(b"GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n")
        assert (await kept[0][0].readline()).startswith(b"HTTP/1.1 404")
        for _, one in kept:
            one.close()
