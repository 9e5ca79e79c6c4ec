"""``/healthz``: the process lives. ``/readyz``: it does its work. ``/metrics``: in numbers."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import web

from bot import vitals
from bot.clock import Clock
from bot.metrics import Metrics
from bot.pulse import Pulse
from storage.errors import Unavailable
from storage.store import Store

LOOK_SECONDS = 5


@dataclass(frozen=True, kw_only=True)
class Status:
    """Answers to those who watch the program from outside.

    Attributes:
        metrics: what is shown at ``/metrics``.
        bounds: from when on waiting is a trouble.
    """

    store: Store
    clock: Clock
    pulse: Pulse
    metrics: Metrics
    bounds: vitals.Bounds

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        """Return the three routes."""
        return [
            web.get("/healthz", self.healthy),
            web.get("/readyz", self.ready),
            web.get("/metrics", self.numbers),
        ]

    async def troubles(self) -> list[str]:
        """Return what is wrong, in plain English; nothing when all is well. Never raises."""
        try:
            return vitals.troubles(await self._look(), self.pulse, self.bounds)
        except (Unavailable, TimeoutError) as problem:
            return [f"database: {problem}" if isinstance(problem, Unavailable) else "database: no answer"]

    async def healthy(self, request: web.Request) -> web.Response:
        """Answer at all."""
        return web.json_response({"ok": True})

    async def ready(self, request: web.Request) -> web.Response:
        """Answer 200 when nothing is wrong, else 503 and what."""
        found = await self.troubles()
        return web.json_response({"ready": not found, "troubles": found}, status=503 if found else 200)

    async def numbers(self, request: web.Request) -> web.Response:
        """Answer in Prometheus's text format."""
        try:
            body = self.metrics.show(await self._look(), self.pulse)
        except (Unavailable, TimeoutError):
            return web.Response(status=503)
        return web.Response(body=body, headers={"Content-Type": "text/plain; version=0.0.4; charset=utf-8"})

    async def _look(self) -> vitals.Vitals:
        async with asyncio.timeout(LOOK_SECONDS):
            return await vitals.take(self.store, self.clock.now())
