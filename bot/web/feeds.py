"""``GET /calendar/SECRET.ics``, ``/feed/SECRET/warnings.atom``: what programs read by a secret link, while they may.

The link is all that is asked for: programs that subscribe have no cookies. One that opens nothing, and one that opens
nothing any more, are answered alike.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

import structlog
from aiohttp import web

from bot.exchange.atom import TYPE as ATOM
from bot.office.cap_feed import CAP, feed_of, message_of
from bot.office.feeds import PATH, WARNINGS, Opened, calendar_of, note_read, opened
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
MOST_PAGES = 1000
AT_ONCE = 2
"""Documents that are made at the same time."""

ICS = "text/calendar"
SECRET = r"[A-Za-z0-9_-]{22}"  # noqa: S105  # the shape of one
_SECRET = re.compile(SECRET)

_CALENDARS: tuple[Kind, ...] = ("own", "roster")
_WARNINGS: tuple[Kind, ...] = ("warnings",)


class Given(NamedTuple):
    """What is given: ``make`` makes it in a thread; when it was changed the last time, where that is known."""

    make: Callable[[], bytes]
    changed: datetime | None = None


Made = Callable[[Reading, Opened, web.Request], Awaitable[Given | None]]
"""Reads what is given, and returns what makes it in a thread; None where there is no such thing."""

log = structlog.get_logger(__name__)


class Feeds:
    """Serves what is read by secret links.

    Args:
        base: the address under which we are reached, for links within a feed.
    """

    def __init__(self, service: Service, base: str) -> None:
        self._service, self._base = service, base
        minute = timedelta(minutes=1)
        self._room = asyncio.Semaphore(AT_ONCE)
        self._guesses, self._reads = Allowance(60, 600, minute, least=5), Allowance(20, 2000, minute, least=1)

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        """Return the routes."""
        return [
            web.get(f"{PATH}{{secret}}.ics", self.calendar),
            web.get(f"{WARNINGS}{{secret}}/warnings.atom", self.warnings),
            web.get(f"{WARNINGS}{{secret}}/{{warning:[A-Za-z0-9_-]{{1,64}}}}.{{stage:[0-9]{{1,6}}}}.xml", self.message),
        ]

    async def warnings(self, request: web.Request) -> web.Response:
        """Give a page of a jurisdiction's warnings as Atom; the statuses are those of a calendar."""
        return await self._served(request, _WARNINGS, ATOM, self._warnings)

    async def _warnings(self, rx: Reading, what: Opened, request: web.Request) -> Given | None:
        page = request.query.get("page", "1")
        if not (page.isascii() and page.isdecimal() and 1 <= int(page[:6]) < MOST_PAGES):
            return None
        base = f"{self._base}{WARNINGS}{request.match_info['secret']}"
        return _ready(await feed_of(rx, self._service, what, base, int(page[:6])))

    async def message(self, request: web.Request) -> web.Response:
        """Give one stage of a warning as CAP 1.2."""
        return await self._served(request, _WARNINGS, CAP, self._message)

    async def _message(self, rx: Reading, what: Opened, request: web.Request) -> Given | None:
        of = request.match_info
        return _ready(await message_of(rx, self._service, what, of["warning"], int(of["stage"])))

    async def calendar(self, request: web.Request) -> web.Response:
        """Give a calendar: 304 where it is as it was, 404 where the link opens nothing, 429 and 503 = later."""
        return await self._served(request, _CALENDARS, ICS, self._calendar)

    async def _calendar(self, rx: Reading, what: Opened, request: web.Request) -> Given:
        return Given(await calendar_of(rx, self._service, what))

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
                self._guesses.welcome(visitor)
                if not self._reads.take(found.link.digest, now):
                    return _said(429, {"Retry-After": str(self._reads.wait(now))})
                given = await made(rx, found, request)
            if given is None:
                return _said(404)
            async with self._room:
                body = await asyncio.to_thread(given.make)
            await note_read(self._service, found.link)
        except Unavailable as problem:
            log.warning("feed.unavailable", reason=problem.reason)
            return _said(503, {"Retry-After": "30"})
        answer = web.Response(body=body, content_type=type_, charset="utf-8", headers=HEADERS)
        answer.etag = hashlib.sha256(body).hexdigest()[:32]
        answer.last_modified = given.changed
        if _has_it(request, answer):
            return _said(
                304, {name: answer.headers[name] for name in ("ETag", "Last-Modified") if name in answer.headers}
            )
        return answer


def _has_it(request: web.Request, answer: web.Response) -> bool:
    """Return whether who asks has what would be given; what he says of its tag goes before what he says of its time."""
    if "If-None-Match" in request.headers:
        tags = request.if_none_match or ()
        return any(tag.value in ("*", answer.etag and answer.etag.value) for tag in tags)
    since, changed = request.if_modified_since, answer.last_modified
    return since is not None and changed is not None and changed <= since


def _ready(found: tuple[bytes, datetime] | None) -> Given | None:
    return Given(lambda: found[0], found[1]) if found is not None else None


def _said(status: int, more: Mapping[str, str] | None = None) -> web.Response:
    return web.Response(status=status, headers={**HEADERS, **(more or {})})
