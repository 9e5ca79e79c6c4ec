"""A telephone gateway on loopback: it keeps what it is asked for, and reports what a test lets happen, or lies."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web

from bot.notifier.voice import SIGNATURE, TIMESTAMP, is_signed, signature
from tests.journeys.world import VOICE_SECRET, Town


@dataclass
class Telephone:
    """A gateway.

    Attributes:
        calls: the requests that it has taken, the same id once. requests: all that came, with every try.
        status, body, headers: of its answers. hold: it answers when this is set.
    """

    calls: dict[str, dict[str, Any]] = field(default_factory=dict)
    requests: list[dict[str, Any]] = field(default_factory=list)
    unsigned: int = 0
    status: int = 202
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=dict)
    hold: asyncio.Event | None = None
    hang_up: bool = False
    url: str = ""

    async def take(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        stamp, given = request.headers.get(TIMESTAMP, ""), request.headers.get(SIGNATURE, "")
        if not is_signed(VOICE_SECRET, stamp, body, given):
            self.unsigned += 1
            return web.Response(status=403)
        asked = json.loads(body)
        self.requests.append(asked)
        if 200 <= self.status < 300:
            self.calls.setdefault(asked["id"], asked)
        if self.hold is not None:
            await self.hold.wait()
        if self.hang_up:
            assert request.transport is not None
            request.transport.close()
        return web.Response(status=self.status, body=self.body, headers=self.headers)

    def last(self) -> dict[str, Any]:
        """Return the call that was asked for last."""
        assert self.calls, "no call was asked for"
        return list(self.calls.values())[-1]

    async def report(
        self, town: Town, event: str, *, call: str = "", key: str = "", secret: str = VOICE_SECRET, age: int = 0,
        **more: Any,
    ) -> tuple[int, dict[str, Any]]:  # fmt: skip
        """Report something of a call, the last one unless another is named; return the answer."""
        data: dict[str, Any] = {"call": call or self.last()["id"], "event": event, **more}
        if key:
            data["key"] = key
        stamp = str(int(town.clock.now().timestamp()) - age)
        body = json.dumps(data).encode()
        status, answer = await post(town, body, {TIMESTAMP: stamp, SIGNATURE: signature(secret, stamp, body)})
        await town.settle()
        return status, json.loads(answer)

    async def press(self, town: Town, key: str, *, call: str = "") -> tuple[int, dict[str, Any]]:
        """Let somebody pick the telephone up and press a key, then hang up."""
        await self.report(town, "ringing", call=call)
        await self.report(town, "answered", call=call)
        answer = await self.report(town, "key", key=key, call=call)
        await self.report(town, "hung_up", call=call)
        return answer


async def post(town: Town, body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes]:
    """Send a report as it is."""
    assert town.program is not None and town.program.port
    url = f"http://127.0.0.1:{town.program.port}/voice/callback"
    async with aiohttp.ClientSession() as session, session.post(url, data=body, headers=dict(headers)) as answer:
        return answer.status, await answer.read()


@asynccontextmanager
async def telephone() -> AsyncIterator[Telephone]:
    """Open a gateway."""
    made = Telephone()
    application = web.Application()
    application.router.add_post("/call", made.take)
    application.router.add_post("/elsewhere", made.take)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/call"
    yield made
    if made.hold is not None:
        made.hold.set()
    await runner.cleanup()
