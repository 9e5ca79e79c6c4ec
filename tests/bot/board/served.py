"""A town's board on a port: who looks is said by the test, so that pages are tested without how somebody comes in."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta

from aiohttp import web

from bot.office.reader import Reader
from bot.playground import Person
from bot.web.board.routes import Board, Handler
from bot.web.viewer import WebViewer
from tests.journeys.world import JURISDICTION, Town

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
        " form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
}


@dataclass
class Door:
    """Lets in whom a test names; ``wall`` and ``person`` may be taken away while pages are open."""

    wall: WebViewer | None = None
    person: WebViewer | None = None

    def required(self, handler: Handler, kinds: Collection[str] = ("person",)) -> Handler:
        async def served(request: web.Request) -> web.StreamResponse:
            if await self.viewer(request) is None:
                return web.Response(status=403, text="closed", content_type="text/html")
            return await handler(request)

        return served

    async def viewer(self, request: web.Request) -> WebViewer | None:
        return self.wall if request.path.startswith("/wall") else self.person


async def person_of(town: Town, person: Person) -> WebViewer:
    """Return somebody of a town as a browser would bring him."""
    assert town.program is not None
    async with town.open_store.reading() as rx:
        known = await rx.people.by_telegram(person.id)
        assert known is not None
        reader = Reader(
            person_id=known.id, holdings=tuple(await rx.people.holdings(known.id)),
            admin=person.id in town.settings.admins,
        )  # fmt: skip
    return replace(wall_of(town), kind="person", reader=reader, session=f"of {person.id}")


def wall_of(town: Town) -> WebViewer:
    """Return a wall of the town's district."""
    until = town.clock.now() + timedelta(days=30)
    return WebViewer(kind="wall", jurisdictions=(JURISDICTION,), reader=None, session="wall", until=until)


async def fine() -> str:
    """Say that nothing is stuck."""
    return ""


@asynccontextmanager
async def served(town: Town, door: Door, stuck: object = fine, port: int = 0) -> AsyncIterator[tuple[str, Board]]:
    """Serve a town's board for the length of a block; yield its address."""
    assert town.program is not None
    folder = town.settings.evidence_folder
    assert folder is not None
    board = Board(town.program.service, door, stuck, folder)  # type: ignore[arg-type]
    application = web.Application()

    async def dress(request: web.Request, response: web.StreamResponse) -> None:
        for name, value in HEADERS.items():
            response.headers[name] = value

    application.on_response_prepare.append(dress)
    application.add_routes(board.routes())
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}", board
    finally:
        await board.close()
        await runner.cleanup()
