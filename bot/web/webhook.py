"""Telegram's webhook: an update is answered with 200 only after its row is committed, whatever else happens."""

from __future__ import annotations

import hmac
import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
from aiohttp import web

from bot.clock import Clock
from bot.updates.intake import Intake
from bot.web.address import SECRET_HEADER, Address
from bot.web.bodies import NoBody, body_of
from bot.web.group_commit import GroupCommit
from storage.errors import Unavailable

LARGEST_BODY = 2**20
"""Bytes; an update of Telegram is far below."""

BODY_SECONDS = 10
CALM = timedelta(seconds=120)
"""For so long after a start, or after we could not take an update, presses may be old: Telegram was trying again."""

log = structlog.get_logger(__name__)


class Webhook:
    """Receives updates.

    Args:
        address: what is expected of a request.
        intake: keeps updates.
    """

    def __init__(self, address: Address, intake: Intake, clock: Clock) -> None:
        self._address, self._intake, self._clock = address, intake, clock
        self._commits = GroupCommit(self._keep)
        self._uneasy: datetime = clock.now() + CALM

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        """Return the route that Telegram calls."""
        return [web.post("/telegram/{path}", self.receive)]

    async def close(self) -> None:
        """Let the commit in progress end."""
        await self._commits.close()

    async def receive(self, request: web.Request) -> web.Response:
        """Take one update: 200 = kept, 503 = try again, 403, 404, 415 = not from Telegram, 408 and 413 = no update."""
        if not _equal(request.path, self._address.path):
            return web.Response(status=404)
        if not _equal(request.headers.get(SECRET_HEADER, ""), self._address.secret):
            return web.Response(status=403)
        if request.headers.get("Content-Encoding", "identity").lower() != "identity":
            return web.Response(status=415)  # Telegram packs nothing
        try:
            body = await body_of(request, LARGEST_BODY, BODY_SECONDS)
        except NoBody as problem:
            return web.Response(status=problem.status)
        try:
            await self._commits.put(_read(body))
        except Unavailable:
            self._uneasy = self._clock.now() + CALM
            return web.Response(status=503, headers={"Retry-After": "1"})
        return web.Response()

    async def _keep(self, updates: list[Any]) -> None:
        try:
            await self._intake.keep(updates, delivered_late=self._clock.now() < self._uneasy)
        except Unavailable as problem:
            log.error("webhook.not_kept", updates=len(updates), reason=problem.reason)
            raise


def _read(body: bytes) -> Any:
    """Return the update, or the body's text where it is none: that is quarantined."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return body.decode("utf-8", "replace")


def _equal(secret: str, expected: str) -> bool:
    return hmac.compare_digest(secret.encode("utf-8", "surrogateescape"), expected.encode())
