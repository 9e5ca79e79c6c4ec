"""``GET /calendar/SECRET.ics``: a calendar for whoever has its link, as long as that person may see what is in it.

The link is all that is asked for: programs that subscribe have no cookies. One that opens nothing, and one that opens
nothing any more, are answered alike.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from datetime import timedelta

import structlog
from aiohttp import web

from bot.office.feeds import PATH, Opened, calendar_of, note_read, opened
from bot.service import Service
from bot.web.visitors import Allowance, address_of, network_of
from storage.errors import Unavailable
from storage.feeds import Kind
from storage.transaction import Reading

HEADERS: Mapping[str, str] = {
    "Cache-Control": "private, no-cache",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
}
AT_ONCE = 2
"""Documents that are made at the same time."""

ICS = "text/calendar"
SECRET = r"[A-Za-z0-9_-]{22}"  # noqa: S105  # the shape of one
_SECRET = re.compile(SECRET)

Made = Callable[[Reading, Opened, web.Request], Awaitable[Callable[[], bytes] | None]]
"""Reads what is given, and returns what makes it in a thread; None where there is no such thing."""

log = structlog.get_logger(__name__)


class Feeds:
    """Serves what is read by secret links."""

    def __init__(self, service: Service) -> None:
        self._service = service
        minute = timedelta(minutes=1)
        self._room = asyncio.Semaphore(AT_ONCE)
        self._guesses, self._reads = Allowance(60, 600, minute), Allowance(20, 2000, minute)

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        """Return the routes."""
        return [web.get(f"{PATH}{{secret}}.ics", self.calendar)]

    async def calendar(self, request: web.Request) -> web.Response:
        """Give a calendar: 304 where it is as it was, 404 where the link opens nothing, 429 and 503 = later."""
        return await self._served(request, ("own", "roster"), ICS, self._calendar)

    async def _calendar(self, rx: Reading, what: Opened, request: web.Request) -> Callable[[], bytes]:
        return await calendar_of(rx, self._service, what)

    async def _served(self, request: web.Request, kinds: Collection[Kind], type_: str, made: Made) -> web.Response:
        secret, now = request.match_info["secret"], self._service.clock.now()
        visitor = network_of(address_of(request))
        if not self._guesses.left(visitor, now):
            return _said(429, {"Retry-After": str(self._guesses.wait(now))})
        try:
            async with self._service.store.reading() as rx:
                found = await opened(rx, self._service, secret, kinds) if _SECRET.fullmatch(secret) else None
                if found is None:
                    self._guesses.take(visitor, now)
                    return _said(404)
                if not self._reads.take(found.link.digest, now):
                    return _said(429, {"Retry-After": str(self._reads.wait(now))})
                make = await made(rx, found, request)
            if make is None:
                return _said(404)
            async with self._room:
                body = await asyncio.to_thread(make)
            await note_read(self._service, found.link)
        except Unavailable as problem:
            log.warning("feed.unavailable", reason=problem.reason)
            return _said(503, {"Retry-After": "30"})
        tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        if tag in [part.strip().removeprefix("W/") for part in request.headers.get("If-None-Match", "").split(",")]:
            return web.Response(status=304, headers={**HEADERS, "ETag": tag})
        return web.Response(body=body, content_type=type_, charset="utf-8", headers={**HEADERS, "ETag": tag})


def _said(status: int, more: Mapping[str, str] | None = None) -> web.Response:
    return web.Response(status=status, headers={**HEADERS, **(more or {})})
