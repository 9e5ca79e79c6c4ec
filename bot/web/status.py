"""``/healthz``: the process lives. ``/readyz``: it does its work. ``/metrics``: in numbers."""

from __future__ import annotations

from collections.abc import Sequence

from aiohttp import web

from bot.metrics import Metrics
from bot.vitals import Health
from storage.errors import Unavailable


class Status:
    """Answers to those who watch the program from outside.

    Args:
        health: what is asked. metrics: what is shown at ``/metrics``.
    """

    def __init__(self, health: Health, metrics: Metrics) -> None:
        self._health, self._metrics = health, metrics

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        """Return the three routes."""
        return [
            web.get("/healthz", self.healthy),
            web.get("/readyz", self.ready),
            web.get("/metrics", self.numbers),
        ]

    async def healthy(self, request: web.Request) -> web.Response:
        """Answer at all."""
        return web.json_response({"ok": True})

    async def ready(self, request: web.Request) -> web.Response:
        """Answer 200 when nothing is wrong, else 503 and what."""
        troubles = await self._health.troubles()
        return web.json_response({"ready": not troubles, "troubles": troubles}, status=503 if troubles else 200)

    async def numbers(self, request: web.Request) -> web.Response:
        """Answer in Prometheus's text format."""
        try:
            body = self._metrics.show(await self._health.look(), self._health.pulse)
        except (Unavailable, TimeoutError):
            return web.Response(status=503)
        return web.Response(body=body, headers={"Content-Type": "text/plain; version=0.0.4; charset=utf-8"})
