"""Who may look by browser: cookies, links, pairing, and what holds for every answer below ``/wall /board /assets``.

Rights are asked of the database at every request. Another name than ours, another site's request and whoever asks too
often are refused before anything is looked up for them.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from functools import wraps

import structlog
from aiohttp import hdrs, web

from bot.office import walls
from bot.office.board import ENTER, SESSION_LASTS, drop, enter, rights_of
from bot.sealed import digest
from bot.service import Service
from bot.web import doors
from bot.web.site import Site
from bot.web.viewer import WebViewer
from bot.web.visitors import Allowance, address_of, network_of
from storage.errors import Unavailable
from storage.web_sessions import Kind, WebSession

OURS = ("/wall", "/board", "/assets")
"""What holds here holds for these paths and what is below them."""

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
        " form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Robots-Tag": "noindex, nofollow",
}
"""Of every answer; what is not an asset is kept by nobody."""

REQUESTS = (300, 3000)
"""Of who may not look, a minute: of one visitor and of all."""

SEEN_EVERY = timedelta(minutes=2)
ROTATED = timedelta(minutes=1)
"""For so long a screen that was paired just now may still ask with its first secret."""

NEW_COOKIE = web.RequestKey("new_cookie", str)
"""The secret that a wall is given with the answer to this request."""

_LINK = re.compile(r"[A-Za-z0-9_-]{22}\Z")

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

log = structlog.get_logger(__name__)


class Access:
    """See the module.

    Args:
        service: its database, clock, and administrators by the settings are asked.
        base: the address under which browsers reach us, as the settings have it.
    """

    def __init__(self, service: Service, base: str) -> None:
        self._service, self._site = service, Site(base)
        minute = timedelta(minutes=1)
        self._requests = Allowance(*REQUESTS, minute, least=20)  # a screen that waits looks every five seconds
        self._screens = Allowance(walls.MOST_OF_ONE, 2 * walls.MOST_WAITING, walls.CODE_LASTS, least=2)
        self._guesses = Allowance(60, 600, minute, least=5)
        self._pages = Allowance(240, 6000, minute)
        self._rotated: dict[str, datetime] = {}

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        """Return how a session is opened and left."""
        return [
            web.get(f"{ENTER}{{secret}}", self.show_link, allow_head=False),
            web.post(f"{ENTER}{{secret}}", self.use_link),
            web.post("/board/leave", self.leave),
        ]

    def attach(self, application: web.Application) -> None:
        """Let all that the module says hold for an application."""

        @web.middleware
        async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
            if not is_ours(request.path):
                return await handler(request)
            return self._refused(request) or await self._answered(request, handler)

        application.middlewares.append(guard)
        application.on_response_prepare.append(self._dress)

    def required(self, handler: Handler, kinds: Collection[str] = ("person",)) -> Handler:
        """Return a handler that only those are served by who may look; it asks :meth:`viewer` who that is.

        Everybody else reads why, and a screen without a pairing its code; below the first page they get no page.
        """

        @wraps(handler)
        async def served(request: web.Request) -> web.StreamResponse:
            viewer = await self.viewer(request)
            if viewer is not None and viewer.kind in kinds:
                self._belongs(request)
                if not self._pages.take(viewer.session, self._service.clock.now()):
                    return _page(doors.busy(), 429)
                return await handler(request)
            if not self._requests.take(network_of(address_of(request)), self._service.clock.now()):
                return _page(doors.busy(), 429)
            if request.path == "/wall":
                return await self._waiting_room(request)
            return _page(doors.closed(), 403)

        return served

    async def viewer(self, request: web.Request) -> WebViewer | None:
        """Return who looks, by cookie and database as they are now; None who may not, or not any more.

        Raises:
            Unavailable: the database cannot say.
        """
        kind: Kind = "wall" if request.path == "/wall" or request.path.startswith("/wall/") else "person"
        secret = request.get(NEW_COOKIE) or self._site.cookie(request, kind)
        if secret is None:
            return None
        service, now = self._service, self._service.clock.now()
        async with service.store.reading() as rx:
            found = await rx.web_sessions.session(kind, digest(secret), now)
            rights = await rights_of(rx, service, found[1]) if found is not None and kind == "person" else None
        if found is None:
            return None
        session = found[0]
        if kind == "wall":
            if session.used_at is None and not await self._look_first(request, session):
                return None
            await self._note_seen(session)
            return WebViewer(
                kind=kind, jurisdictions=(session.jurisdictions[0],), reader=None, session=session.id,
                until=session.until,
            )  # fmt: skip
        if rights is None:
            await drop(service, session.id)
            return None
        await self._note_seen(session)
        return WebViewer(
            kind=kind, jurisdictions=rights.jurisdictions, reader=rights.reader, session=session.id,
            until=session.until,
        )  # fmt: skip

    async def show_link(self, request: web.Request) -> web.Response:
        """Show a link's button: nothing is looked up, since whatever previews links comes here too."""
        return _page(doors.enter() if _LINK.match(request.match_info["secret"]) else doors.over(), 200)

    async def use_link(self, request: web.Request) -> web.Response:
        """Open the session of a link, and end the one that this browser had."""
        before, secret = await self.viewer(request), request.match_info["secret"]
        address, now = address_of(request), self._service.clock.now()
        if not self._guesses.left(network_of(address), now):
            return _page(doors.busy(), 429)
        opened = await enter(self._service, secret, address) if _LINK.match(secret) else None
        if opened is None:
            self._guesses.take(network_of(address), now)  # those who come in are as many as they are
            return _to_board() if before is not None else _page(doors.over(), 403)
        self._belongs(request)
        if before is not None and before.reader is not None:
            await drop(self._service, before.session, before.reader.person_id)
        answer = _to_board()
        self._site.set_cookie(request, answer, "person", opened.secret, SESSION_LASTS)
        return answer

    async def leave(self, request: web.Request) -> web.Response:
        """End the session of this browser."""
        viewer = await self.viewer(request)
        if viewer is not None and viewer.reader is not None:
            await drop(self._service, viewer.session, viewer.reader.person_id)
        answer = _page(doors.left(), 200)
        self._site.set_cookie(request, answer, "person", "", timedelta())
        return answer

    def _belongs(self, request: web.Request) -> None:
        """Note that where a request comes from are people of ours: what strangers use up shuts none of them out."""
        visitor = network_of(address_of(request))
        for bound in (self._requests, self._guesses, self._screens):
            bound.welcome(visitor)

    async def _waiting_room(self, request: web.Request) -> web.Response:
        """Show the code of a screen, and give it one where it has none that holds."""
        service, now = self._service, self._service.clock.now()
        secret = self._site.cookie(request, "wall")
        if secret is not None:
            paired_at = self._rotated.get(digest(secret))
            if paired_at is not None and now < paired_at + ROTATED:
                return _page(doors.moment(), 200)  # another tab of this browser has just been given the wall's cookie
            async with service.store.reading() as rx:
                screen = await rx.web_sessions.waiting(digest(secret), now)
            if screen is not None:
                return _page(doors.code(walls.code_of(secret), screen.until, now), 200)
        address = address_of(request)
        allowed = self._screens.take(network_of(address), now)
        waits = await walls.wait(service, address) if allowed else None
        if waits is None:
            return _page(doors.full(), 429)
        answer = _page(doors.code(walls.code_of(waits[0]), waits[1], now), 200)
        self._site.set_cookie(request, answer, "wall", waits[0], walls.CODE_LASTS)
        return answer

    async def _look_first(self, request: web.Request, wall: WebSession) -> bool:
        """Give a wall that was paired a secret that only it has, with the first page that it asks for."""
        if request.path != "/wall":
            return False
        secret = await walls.look_first(self._service, wall)
        if secret is None:
            return False
        now = self._service.clock.now()
        self._rotated = {old: at for old, at in self._rotated.items() if at + ROTATED > now}
        self._rotated[wall.digest] = now
        request[NEW_COOKIE] = secret
        return True

    async def _note_seen(self, session: WebSession) -> None:
        now = self._service.clock.now()
        if session.seen_at is not None and now - session.seen_at < SEEN_EVERY:
            return
        try:
            async with self._service.store.writing("web.seen") as tx:
                await tx.web_sessions.see(session.id, now)
        except Unavailable:
            log.info("web.not_noted")  # whoever may look may look

    def _refused(self, request: web.Request) -> web.Response | None:
        """Return why a request is refused before it is looked at: by the name that it asks for, and by who made it."""
        origin = self._site.origin(request)
        if origin is None:
            return _page(doors.refused(), 403)
        site = request.headers.get("Sec-Fetch-Site", "")
        if request.method in (hdrs.METH_GET, hdrs.METH_HEAD):
            if site in ("", "none", "same-origin"):
                return None
            led = site in ("cross-site", "same-site") and request.headers.get("Sec-Fetch-Mode") == "navigate"
            if not led or request.headers.get("Sec-Fetch-Dest") != "document":
                return _page(doors.refused(), 403)
            # Cookies of ours do not come with a link on another's page; asked for by a page of ours, they do.
            return None if request.path.startswith(ENTER) else _page(doors.once_more(), 200)
        said = request.headers.getall("Origin", [])
        same = said == [origin] and site in ("", "same-origin")
        # A page that gives no referrer has no origin either: then the browser itself must say that it is ours.
        unsaid = said in ([], ["null"]) and site == "same-origin"
        return None if same or unsaid else _page(doors.refused(), 403)

    async def _answered(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except Unavailable as problem:
            log.warning("web.unavailable", reason=problem.reason)
            return _page(doors.down(), 503)
        except web.HTTPNotFound:
            return _page(doors.nowhere(), 404)
        except web.HTTPException:
            raise
        except Exception:  # a bug in one page: whoever looks reads that it is broken, and the others are served on
            if request.writer.output_size:
                raise  # something was said already: the connection is closed
            resource = request.match_info.route.resource
            log.exception("web.failed", route=resource.canonical if resource is not None else "")
            return _page(doors.broken(), 500)

    async def _dress(self, request: web.Request, response: web.StreamResponse) -> None:
        """Put on an answer what every answer of ours has, errors and streams too."""
        if not is_ours(request.path):
            return
        for name, value in HEADERS.items():
            response.headers[name] = value
        if not request.path.startswith("/assets/") or response.status != 200:
            response.headers["Cache-Control"] = "no-store"
        response.headers.pop(hdrs.SERVER, None)
        if NEW_COOKIE in request:
            line = self._site.cookie_line(request, "wall", request[NEW_COOKIE], walls.WALL_LASTS)
            response.headers.add(hdrs.SET_COOKIE, line)


def is_ours(path: str) -> bool:
    """Return whether a path belongs to wall or board."""
    return any(path == name or path.startswith(f"{name}/") for name in OURS)


def _page(body: str, status: int) -> web.Response:
    return web.Response(text=body, status=status, content_type="text/html", charset="utf-8")


def _to_board() -> web.Response:
    return web.Response(status=303, headers={"Location": "/board"})
