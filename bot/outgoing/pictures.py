"""Pictures behind words: the outbox holds what is to be drawn, and it is drawn when it is sent.

Of an incident it is the log up to a number and a moment, so that the same row gives the same picture; what was counted
from rows that change is kept as the drawing itself, before it is made a PNG. A picture goes where its words went, to
the same audience, behind everything else that waits; of those about the same that wait for a place the newest goes.
"""

from __future__ import annotations

import asyncio
import base64
import zlib
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from bot.cases.names import with_names
from bot.cases.plan_registry import PlanRegistry
from bot.cases.records import case_of
from bot.outgoing.addresses import Target
from bot.outgoing.messages import File
from bot.outgoing.viewer import Viewer
from bot.pictures import Picture, incident_picture, incident_title, png
from bot.render import View
from bot.render.times import at
from bot.sealed import MADE
from bot.texts import pictures as t
from bot.texts import words as w
from bot.upload import upload
from plans.core.policy import Policy
from plans.incident.state import Incident
from storage.places import Place
from storage.store import Store

T = TypeVar("T")

THREADS = 2

PICTURE = "picture"
"""What such a file is made of, in a payload."""


def picture_of(view: View) -> File:
    """Return the picture of an incident as it stands, to go behind words about it."""
    incident = view.incident
    made = {
        MADE: PICTURE, "stream": incident.stream, "sequence": incident.sequence,
        "at": (view.now - incident.offset).isoformat(),
    }  # fmt: skip
    caption = t.CAPTION.format(
        mark=w.DRILL if incident.drill else "", title=incident_title(view), time=at(view.now, view.now)
    )
    return File(name=t.FILE, kind="photo", caption=caption, made=made, coalesce=f"{PICTURE}:{incident.stream}")


def drawn(picture: Picture, caption: str, about: str) -> File:
    """Return a picture that was laid out already, to go behind words.

    Args:
        about: of those about the same that wait only the newest is sent.
    """
    packed = base64.b64encode(zlib.compress(picture.svg.encode(), 9)).decode()
    made = {MADE: PICTURE, "svg": packed}
    return File(name=t.FILE, kind="photo", caption=caption, made=made, coalesce=f"{PICTURE}:{about}")


def is_picture(payload: Mapping[str, Any]) -> bool:
    """Return whether a payload holds a picture that is still to be drawn."""
    photo = payload.get("photo")
    return isinstance(photo, Mapping) and photo.get(MADE) == PICTURE


class Painter:
    """Draws the pictures that are about to be sent, outside of any transaction that writes, on threads of its own.

    Names are looked up on the loop's own threads, whatever is drawn.

    Args:
        registry, policy: by which an incident is seen, as its words were.
    """

    def __init__(self, store: Store, registry: PlanRegistry, policy: Policy) -> None:
        self._store, self._registry, self._policy = store, registry, policy
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="picture")

    async def painted(self, payload: Mapping[str, Any], place: Place) -> dict[str, Any]:
        """Return a payload with its picture drawn.

        Raises:
            Exception: it cannot be drawn, or may not be shown in this place any more.
        """
        made = payload["photo"]
        if "svg" in made:
            svg = zlib.decompress(base64.b64decode(made["svg"])).decode()
        else:
            svg = (await self._of_incident(made, place)).svg
        return {**payload, "photo": upload(made["name"], await self._on_thread(partial(png, svg)))}

    async def _of_incident(self, made: Mapping[str, Any], place: Place) -> Picture:
        stream, sequence = str(made["stream"]), int(made["sequence"])
        async with self._store.reading() as rx:
            entries = [entry for entry in await rx.journal.load(stream) if entry.sequence <= sequence]
        incident = await self._on_thread(partial(case_of, stream, entries))
        if not isinstance(incident, Incident):
            raise TypeError(f"{stream} is no incident")
        async with self._store.reading() as rx:
            plan = await self._registry.pinned(rx, incident.plan_hash)
            viewer = Viewer(rx, plan, incident, datetime.fromisoformat(made["at"]), self._policy)
            view = await with_names(rx, await viewer.build(Target(place)))
        return await self._on_thread(partial(incident_picture, view))

    async def _on_thread(self, function: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, function)
