"""Another system on loopback that is told by webhooks: it checks as the scheme says, and answers as a test lets it."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web


@dataclass
class Receiver:
    """A receiver of webhooks.

    Attributes:
        secrets: any of which must have signed. now: seconds since 1970, by which a message must be fresh.
        came: the ids of all that came, with every try. taken: bodies by id, each once: what it has worked off.
        unsigned: how many came that nobody signed.
        status, headers, body: of its answers. hold: it answers when this is set. hang_up: it answers nothing.
    """

    now: Callable[[], float]
    secrets: list[str] = field(default_factory=list)
    came: list[str] = field(default_factory=list)
    stamps: list[int] = field(default_factory=list)
    taken: dict[str, dict[str, Any]] = field(default_factory=dict)
    unsigned: int = 0
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    hold: asyncio.Event | None = None
    hang_up: bool = False
    url: str = ""

    async def take(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        id, stamp = request.headers["webhook-id"], request.headers["webhook-timestamp"]
        if not self._is_signed(id, stamp, body, request.headers["webhook-signature"]):
            self.unsigned += 1
            return web.Response(status=401)
        self.came.append(id)
        self.stamps.append(int(stamp))
        if self.hold is not None:
            await self.hold.wait()
        if self.hang_up:
            assert request.transport is not None
            request.transport.close()
        elif 200 <= self.status < 300:
            self.taken.setdefault(id, json.loads(body))
        return web.Response(status=self.status, headers=self.headers, body=self.body)

    def _is_signed(self, id: str, stamp: str, body: bytes, given: str) -> bool:
        """As the specification says it, written anew: one of the signatures is by one of the secrets."""
        if abs(self.now() - int(stamp)) > 300:
            return False
        said = b".".join([id.encode(), stamp.encode(), body])
        keys = [base64.b64decode(secret.removeprefix("whsec_"), validate=True) for secret in self.secrets]
        assert all(len(key) >= 24 for key in keys), "the specification asks for 192 bits"
        right = {base64.b64encode(hmac.new(key, said, hashlib.sha256).digest()).decode() for key in keys}
        return any(version == "v1" and mac in right for version, mac in (one.split(",") for one in given.split(" ")))

    def told(self, *types: str) -> list[dict[str, Any]]:
        """Return the data of what was taken, of some kinds, in its order."""
        return [body["data"] for body in self.taken.values() if body["type"] in types]

    @property
    def types(self) -> list[str]:
        """Return the kinds of what was taken, in its order."""
        return [body["type"] for body in self.taken.values()]


@asynccontextmanager
async def receiving(now: Callable[[], float]) -> AsyncIterator[Receiver]:
    """Let a receiver listen for the length of a block."""
    receiver = Receiver(now)
    application = web.Application()
    application.router.add_route("*", "/{path:.*}", receiver.take)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield receiver
    finally:
        await runner.cleanup()
