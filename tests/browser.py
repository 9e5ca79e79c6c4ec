"""A browser as a server sees it: it keeps cookies by their rules, follows nothing, and says where it comes from.

browser = Browser(port, "https://board.example.org")
page = await browser.get("/wall")
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlsplit

import aiohttp

HEADER_LIMIT = 200_000


@dataclass(frozen=True)
class Page:
    """An answer."""

    status: int
    text: str
    headers: Mapping[str, str]
    cookies: tuple[str, ...]

    @property
    def location(self) -> str:
        """Where it leads."""
        return self.headers.get("Location", "")


@dataclass
class Browser:
    """See the module.

    Attributes:
        port: of this machine, where the program listens; a proxy would stand before it.
        base: the address in the browser's line.
        address: from which it comes, as the proxy says; empty where there is none.
        cookies: kept, by name.
    """

    port: int
    base: str
    address: str = "10.0.0.7"
    cookies: dict[str, str] = field(default_factory=dict)

    @property
    def cookie_line(self) -> str:
        """What it says of its cookies."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    async def get(self, path: str, *, site: str = "none", **headers: str) -> Page:
        """Look at a page.

        Args:
            site: what ``Sec-Fetch-Site`` says; empty for a browser that says nothing.
            headers: instead of its own, ``_`` for ``-``; empty for none.
        """
        return await self.ask("GET", path, site=site, headers=headers)

    async def post(self, path: str, *, site: str = "same-origin", origin: str | None = None, **headers: str) -> Page:
        """Press a button of a form."""
        said = {"Origin": self.base if origin is None else origin, **headers}
        return await self.ask("POST", path, site=site, headers=said)

    async def ask(
        self, method: str, path: str, *, site: str = "none", headers: Mapping[str, str] | None = None
    ) -> Page:
        """Ask in any way."""
        said = {"Host": urlsplit(self.base).netloc, "Sec-Fetch-Site": site, "Sec-Fetch-Mode": "navigate"}
        said |= {"Sec-Fetch-Dest": "document", "X-Forwarded-For": self.address}
        said["Cookie"] = self.cookie_line
        said |= {name.replace("_", "-"): value for name, value in (headers or {}).items()}
        said = {name: value for name, value in said.items() if value}
        async with (
            aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar(), max_line_size=HEADER_LIMIT) as session,
            session.request(
                method, f"http://127.0.0.1:{self.port}{path}", headers=said, allow_redirects=False
            ) as answer,
        ):
            set_cookies = tuple(answer.headers.getall("Set-Cookie", []))
            for line in set_cookies:
                self._keep(line)
            streams = answer.content_type == "text/event-stream"  # of which the first event is the whole picture
            body = await answer.content.readuntil(b"\r\n\r\n") if streams else await answer.read()
            text = body.decode("utf-8", "replace")
            return Page(answer.status, text, dict(answer.headers), set_cookies)

    def _keep(self, line: str) -> None:
        """Keep a cookie, if a browser would: one named ``__Host-`` must be secure, for all paths and for no domain."""
        for name, morsel in SimpleCookie(line).items():
            if name.startswith("__Host-"):
                assert morsel["secure"] and morsel["path"] == "/" and not morsel["domain"], line
            if morsel["max-age"] == "0":
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = morsel.value
