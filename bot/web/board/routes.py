"""The pages below ``/wall``, ``/board`` and ``/assets``: all of them are only looked at."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, Protocol, TypeVar

from aiohttp import web

from bot.clock import SHANGHAI
from bot.office.reader import Reader
from bot.pictures import incident_picture
from bot.render.times import at
from bot.service import Service
from bot.texts import pages as t
from bot.web.board import reading, statistics
from bot.web.board.feed import Feed
from bot.web.board.files import find, headers_of
from bot.web.board.layout import assets, light, render
from bot.web.board.stream import Crowded, Streams
from bot.web.viewer import WebViewer
from plans.incident.state import KIND as INCIDENT
from plans.statistics.figures import parse
from plans.times.calendar_periods import CalendarPeriod, month_of, period_of
from plans.warning.state import KIND as WARNING

T = TypeVar("T")

THREADS = 2

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Admission(Protocol):
    """Who may look, and where nobody else gets: ``bot.web.access.Access``."""

    def required(self, handler: Handler, kinds: Collection[str] = ...) -> Handler:
        """Return a handler that serves only those who may look."""
        ...

    async def viewer(self, request: web.Request) -> WebViewer | None:
        """Return who looks, with the rights of this moment."""
        ...


class Board:
    """See the module.

    Args:
        stuck: see ``Feed``.
        evidence: the folder in which files of reports are kept.

    Attributes:
        feed: what the open pages show.
    """

    def __init__(
        self, service: Service, access: Admission, stuck: Callable[[], Awaitable[str]], evidence: Path
    ) -> None:  # fmt: skip
        self._service, self._access, self._evidence = service, access, evidence
        self.feed = Feed(service, stuck)
        self._streams = Streams(self.feed, service.clock)
        # Pictures wait among themselves: what is sent, and names that are looked up, go by the loop's own threads.
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="board")

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        """Return the routes."""
        wall, person = ("wall",), ("person",)
        case = "{case:[A-Za-z0-9_-]{1,64}}"
        pages: list[tuple[str, Handler, Collection[str]]] = [
            ("/wall", self.wall, wall),
            ("/wall/events", self.events, wall),
            ("/board", self.incidents, person),
            ("/board/events", self.events, person),
            (f"/board/incident/{case}", self.incident, person),
            (f"/board/incident/{case}/picture.svg", self.picture, person),
            (f"/board/incident/{case}/evidence/{{number:[0-9]{{1,4}}}}", self.evidence, person),
            (f"/board/warning/{case}", self.warning, person),
            ("/board/duties", self.duties, person),
            ("/board/statistics", self.statistics, person),
            ("/board/statistics/rows", self.statistics_rows, person),
        ]
        required = self._access.required
        guarded = [web.get(path, required(page, kinds), allow_head=False) for path, page, kinds in pages]
        return [*guarded, web.get("/assets/{file}", self.asset)]

    async def close(self) -> None:
        """End all event streams, so that the server can stop."""
        await self.feed.close()

    async def asset(self, request: web.Request) -> web.Response:
        """A style sheet or script: the same for everybody, and nobody's secret."""
        known = assets().get(request.match_info["file"])
        if known is None:
            raise web.HTTPNotFound
        content, kind = known
        return web.Response(body=content, headers={"Content-Type": kind, "Cache-Control": "no-cache"})

    async def wall(self, request: web.Request) -> web.Response:
        """The wall of a jurisdiction; what it shows comes by its event stream."""
        viewer = await self._viewer(request)
        page = render("wall.html", page="wall", place=viewer.jurisdictions[0], light=light(self._service.clock.now()))
        return _html(page)

    async def events(self, request: web.Request) -> web.StreamResponse:
        """The event stream of a wall, or of any page of the board."""
        viewer = await self._viewer(request)
        try:
            return await self._streams.serve(request, viewer, self._access.viewer)
        except Crowded:
            return web.Response(status=503, text=t.CROWDED)

    async def incidents(self, request: web.Request) -> web.Response:
        """The list of a person's incidents, with what stands beside them."""
        viewer = await self._viewer(request)
        shown = []
        for name in viewer.jurisdictions:
            display = await self.feed.display(name)
            shown += [item for item in display.newer(0) if display.may_read(viewer.reader, item)]
        fragments = [
            {"key": item.key, "region": item.region, "order": item.order, "html": item.html(linked=True)}
            for item in sorted(shown, key=lambda item: item.order)
        ]
        return self._page(
            "incidents_page.html", "incidents", places="、".join(viewer.jurisdictions), fragments=fragments
        )

    async def incident(self, request: web.Request) -> web.Response:
        """One incident in full."""
        case = request.match_info["case"]
        found = await reading.page_of_incident(self._service, await self._reader(request), case)
        if found is None:
            raise web.HTTPNotFound
        view, page = found
        words = await self._laid_out(lambda: incident_picture(view).words)
        stamp = view.incident.sequence
        return self._page("incident_page.html", "", it=page, picture=words, stamp=stamp, key=f"{INCIDENT}:{case}")

    async def picture(self, request: web.Request) -> web.Response:
        """An incident's clocks and answers as a picture."""
        view = await reading.view_of(self._service, await self._reader(request), request.match_info["case"])
        if view is None:
            raise web.HTTPNotFound
        drawn = await self._laid_out(partial(incident_picture, view, night="night" in request.query))
        return web.Response(text=drawn.svg, content_type="image/svg+xml", charset="utf-8")

    async def evidence(self, request: web.Request) -> web.StreamResponse:
        """A file that came with an incident."""
        number = int(request.match_info["number"])
        item = await reading.evidence_of(
            self._service, await self._reader(request), request.match_info["case"], number
        )  # fmt: skip
        path = await asyncio.to_thread(find, self._evidence, item) if item is not None else None
        if path is None:
            raise web.HTTPNotFound
        headers = await asyncio.to_thread(headers_of, path, number)
        return web.FileResponse(path, headers=headers)

    async def warning(self, request: web.Request) -> web.Response:
        """One warning in full."""
        case = request.match_info["case"]
        page = await reading.page_of_warning(self._service, await self._reader(request), case)
        if page is None:
            raise web.HTTPNotFound
        return self._page("warning_page.html", "", it=page, key=f"{WARNING}:{case}")

    async def duties(self, request: web.Request) -> web.Response:
        """How the duties stand that a person looks after."""
        viewer = await self._viewer(request)
        tables = await reading.duties_of(self._service, await self._reader(request), viewer.jurisdictions)
        return self._page("duties_page.html", "duties", tables=tables)

    async def statistics(self, request: web.Request) -> web.Response:
        """What was counted of a period, as ``/stats`` tells it, with its picture and figures."""
        viewer = await self._viewer(request)
        word, period = self._period(request)
        found = await statistics.counted_of(self._service, await self._reader(request), viewer.jurisdictions, period)
        tables = await self._laid_out(
            lambda: [statistics.laid_out(one, names, own=own, period=word) for one, names, own in found]
        )
        return self._page("statistics_page.html", "statistics", tables=tables, period=word)

    async def statistics_rows(self, request: web.Request) -> web.Response:
        """The rows behind a figure."""
        viewer = await self._viewer(request)
        word, period = self._period(request)
        place, figure, start = request.query.get("place", ""), parse(request.query.get("figure", "")), _start(request)
        if figure is None or start is None or place not in ("", *viewer.jurisdictions):
            raise web.HTTPNotFound
        found = await statistics.rows_of(
            self._service, await self._reader(request), viewer.jurisdictions, place, figure, period, word,
            own="own" in request.query, start=start,
        )  # fmt: skip
        if found is None:
            raise web.HTTPNotFound
        return self._page("statistics_rows_page.html", "statistics", it=found, period=word)

    def _period(self, request: web.Request) -> tuple[str, CalendarPeriod]:
        """Return the period that is asked for with the word for it; the first that the page offers for any other."""
        asked = request.query.get("period", "")
        word = asked if asked in t.STATISTICS_PERIODS else t.STATISTICS_PERIODS[0]
        today = self._service.clock.now().astimezone(SHANGHAI).date()
        return word, period_of(word, today) or month_of(today)

    async def _laid_out(self, make: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, make)

    def _page(self, template: str, here: str, **data: Any) -> web.Response:
        now = self._service.clock.now()
        return _html(render(template, page="board", here=here, made=at(now, now), **data))

    async def _viewer(self, request: web.Request) -> WebViewer:
        viewer = await self._access.viewer(request)
        if viewer is None:  # within the moment since it was asked for the route
            raise web.HTTPNotFound
        return viewer

    async def _reader(self, request: web.Request) -> Reader:
        viewer = await self._viewer(request)
        if viewer.reader is None:
            raise web.HTTPNotFound
        return viewer.reader


def _start(request: web.Request) -> int | None:
    """Return after how many rows a page begins; None where that is no number, or too large for any."""
    text = request.query.get("start", "0")
    most = statistics.MOST_PAGES * statistics.ROWS_AT_ONCE
    return int(text) if text.isdecimal() and len(text) <= len(str(most)) and int(text) <= most else None


def _html(page: str) -> web.Response:
    return web.Response(text=page, content_type="text/html", charset="utf-8")
