"""The event stream of one open page: the whole picture first, then what has changed, and a beat every few seconds.

A stream keeps no queue: it knows up to which revision its page was told, and asks the display for what is newer when
the page has taken in what it was sent. Who reads slowly gets fewer and larger steps.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

from aiohttp import web
from aiohttp_sse import EventSourceResponse

from bot.clock import Clock
from bot.web.board.display import Display, Fragment
from bot.web.board.feed import Feed
from bot.web.board.layout import light, milliseconds, version
from bot.web.viewer import WebViewer
from storage.errors import Unavailable

MOST = 200
"""Streams that are open at once; the server admits twice as many connections."""

MOST_OF_PEOPLE = 150
"""Of those; the others are left for walls."""

MOST_OF_A_SESSION = 6
SEND_SECONDS = 20.0
"""A page that takes nothing for so long is let go; it comes again by itself."""

COMES_AGAIN = 2000
"""Milliseconds after which a page tries again."""

CHANGE, BEAT, ENDED = "change", "beat", "ended"


class Crowded(Exception):
    """Too many streams are open."""


class Streams:
    """Counts the open streams of the process, and serves each.

    Args:
        feed: what they show.
    """

    def __init__(self, feed: Feed, clock: Clock) -> None:
        self._feed, self._clock = feed, clock
        self._open: Counter[str] = Counter()
        self._of_people = 0

    @contextmanager
    def admitted(self, session: str, kind: str) -> Iterator[None]:
        """Count a stream for the length of a block.

        Raises:
            Crowded: there are too many, of one session or of all.
        """
        full = self._open.total() >= MOST or (kind == "person" and self._of_people >= MOST_OF_PEOPLE)
        if full or self._open[session] >= MOST_OF_A_SESSION:
            raise Crowded(session)
        self._open[session] += 1
        self._of_people += kind == "person"
        try:
            yield
        finally:
            self._open[session] -= 1
            self._of_people -= kind == "person"
            self._open += Counter()  # what is at nought is forgotten

    async def serve(
        self,
        request: web.Request,
        viewer: WebViewer,
        again: Callable[[web.Request], Awaitable[WebViewer | None]],
    ) -> web.StreamResponse:
        """Push until the page goes, its viewer may look no more, or the program stops.

        Args:
            again: who looks, asked anew before anything is said.

        Raises:
            Crowded: there are too many streams. Unavailable: the database cannot now.
        """
        with self.admitted(viewer.session, viewer.kind):
            watcher, _ = await self._feed.watching(viewer.jurisdictions)
            try:
                if request.transport is None or request.transport.is_closing():
                    return web.Response(status=400)  # the page has gone meanwhile: nobody hears it
                response = EventSourceResponse(send_timeout=SEND_SECONDS)
                with suppress(ConnectionError, TimeoutError):
                    await response.prepare(request)
                    async with response:
                        await self._push(request, response, viewer, again, watcher.changed)
                return response if response.prepared else web.Response(status=400)
            finally:
                self._feed.leave(watcher)

    async def _push(
        self,
        request: web.Request,
        response: EventSourceResponse,
        viewer: WebViewer,
        again: Callable[[web.Request], Awaitable[WebViewer | None]],
        changed: asyncio.Event,
    ) -> None:
        shown: dict[str, tuple[Display, int]] = {}
        sent: set[str] = set()
        changed.set()
        while not self._feed.ended.is_set():
            await changed.wait()
            changed.clear()
            if self._feed.ended.is_set():
                return
            try:
                now_viewer = await again(request)
                if now_viewer is None or now_viewer.jurisdictions != viewer.jurisdictions:
                    await response.send("{}", event=ENDED)
                    return
                if now_viewer.reader != viewer.reader:
                    shown.clear()
                viewer = now_viewer
                displays = [await self._feed.display(name) for name in viewer.jurisdictions]
            except Unavailable:
                continue  # nothing is said: a page that hears nothing says so itself
            step = self._step(viewer, displays, shown, sent)
            told = {display.jurisdiction: (display, display.revision) for display in displays}
            data = json.dumps(self._moment() | (step or {}), ensure_ascii=False)
            await response.send(data, event=BEAT if step is None else CHANGE, retry=None if shown else COMES_AGAIN)
            shown.update(told)  # not what has become of it while the page took its time

    def _moment(self) -> dict[str, Any]:
        now = self._clock.now()
        return {
            "now": milliseconds(now), "rate": self._clock.rate, "light": light(now), "stuck": self._feed.stuck,
            "version": version(),
        }  # fmt: skip

    @staticmethod
    def _step(
        viewer: WebViewer, displays: list[Display], shown: Mapping[str, tuple[Display, int]], sent: set[str]
    ) -> dict[str, Any] | None:
        """Return what a page has to change; None when nothing.

        Args:
            sent: the keys of what the page shows; nothing else is said to be gone.
        """
        linked = viewer.kind == "person"
        fragments: list[dict[str, str]] = []
        gone: list[str] = []
        fresh = any(shown.get(item.jurisdiction, (None, 0))[0] is not item for item in displays) or any(
            shown[item.jurisdiction][1] < item.floor for item in displays if item.jurisdiction in shown
        )
        for display in displays:
            since = 0 if fresh else shown[display.jurisdiction][1]
            if since == display.revision:
                continue
            for item in display.newer(since):
                if display.may_read(viewer.reader, item):
                    fragments.append(_told(item, linked=linked))
                else:  # perhaps it was shown before
                    gone.append(item.key)
            gone += display.gone_since(since)
        gone = [key for key in gone if key in sent]
        if fresh:
            sent.clear()
        sent.update(item["key"] for item in fragments)
        sent.difference_update(gone)
        if not fragments and not gone and not fresh:
            return None
        return {"fragments": fragments, "gone": [] if fresh else gone, "fresh": fresh}


def _told(item: Fragment, *, linked: bool) -> dict[str, str]:
    return {"key": item.key, "region": item.region, "order": item.order, "html": item.html(linked=linked)}
