"""Under which name browsers reach us, and the cookies that they bring: never to another site, nor over open lines."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import urlsplit

from aiohttp import hdrs, web

from bot.web.visitors import from_this_machine
from storage.web_sessions import Kind

_SECRET = re.compile(r"[A-Za-z0-9_-]{43}\Z")


class Site:
    """See the module.

    Args:
        base: the address under which browsers reach us, as the settings have it.
    """

    def __init__(self, base: str) -> None:
        self._base, self._host = base, urlsplit(base).netloc
        self._port = {"https": ":443", "http": ":80"}[urlsplit(base).scheme]

    def origin(self, request: web.Request) -> str | None:
        """Return the origin under which a request asks for us; None where that is not ours."""
        if len(request.headers.getall("Host", [])) != 1:
            return None
        if request.host.lower().removesuffix(self._port) == self._host:
            return self._base
        return f"http://{request.host.lower()}" if from_this_machine(request) else None

    def cookie(self, request: web.Request, kind: Kind) -> str | None:
        """Return the secret that a browser brings; None where it brings none of ours."""
        value = request.cookies.get(self._name(request, kind)[0], "")
        return value if _SECRET.match(value) else None

    def set_cookie(self, request: web.Request, answer: web.Response, kind: Kind, secret: str, lasts: timedelta) -> None:
        """Give a browser a secret with an answer; an empty one takes away what it has."""
        answer.headers.add(hdrs.SET_COOKIE, self.cookie_line(request, kind, secret, lasts))

    def cookie_line(self, request: web.Request, kind: Kind, secret: str, lasts: timedelta) -> str:
        """Return what a ``Set-Cookie`` says."""
        name, secure = self._name(request, kind)
        parts = [f"{name}={secret}", "Path=/", f"Max-Age={int(lasts.total_seconds())}", "HttpOnly", "SameSite=Strict"]
        return "; ".join([*parts, "Secure"] if secure else parts)

    def _name(self, request: web.Request, kind: Kind) -> tuple[str, bool]:
        """Return the name of a cookie, and whether it goes over encrypted connections alone."""
        secure = (self.origin(request) or "").startswith("https:")
        return f"{'__Host-' if secure else ''}tocsin-{kind}", secure
