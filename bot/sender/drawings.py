"""Pictures are drawn before their rows are taken, two at a time: no chat and no call waits while one is drawn."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import structlog

from bot.clock import Clock
from bot.outgoing.pictures import Painter
from storage.errors import Unavailable
from storage.outbox import OutboxRow
from storage.places import Place

AT_ONCE = 2
"""Drawings at the same time; each takes a processor for some tenths of a second."""

MOST_KEPT = 16
"""Pictures that are drawn and wait for their chat's turn; what falls out is drawn again."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Drawing:
    """What became of a drawing: the payload as it is sent, or why there is none.

    Attributes:
        of: the payload of the row that was drawn; another one has taken its turn where it is not the row's any more.
    """

    of: dict[str, Any]
    payload: dict[str, Any] | None
    error: str = ""


class Drawings:
    """Draws for the sender.

    Args:
        done: is called when one is drawn.
    """

    def __init__(self, painter: Painter, clock: Clock, done: Callable[[], None]) -> None:
        self._painter, self._clock, self._done = painter, clock, done
        self._gate = asyncio.Semaphore(AT_ONCE)
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._drawn: OrderedDict[int, Drawing] = OrderedDict()

    @property
    def busy(self) -> bool:
        """Whether something is being drawn."""
        return bool(self._tasks)

    @property
    def under_way(self) -> list[int]:
        """The rows whose pictures are being drawn: not to be taken before."""
        return sorted(self._tasks)

    def take(self, row: OutboxRow) -> Drawing | None:
        """Return what was drawn for a row; None where it is still to be drawn, as it stands now."""
        drawing = self._drawn.pop(row.id, None)
        return drawing if drawing is not None and drawing.of == row.payload else None

    def begin(self, row: OutboxRow, place: Place) -> None:
        """Draw the picture of a row for a place."""
        if row.id in self._tasks:
            return
        task = asyncio.create_task(self._draw(row, place))
        self._tasks[row.id] = task
        task.add_done_callback(lambda _: self._ended(row.id))

    async def abandon(self) -> None:
        """Leave nothing running behind; what was drawn is drawn again."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._drawn.clear()

    def _ended(self, id: int) -> None:
        self._tasks.pop(id, None)
        self._done()

    async def _draw(self, row: OutboxRow, place: Place) -> None:
        async with self._gate:
            with self._clock.working():
                try:
                    drawing = Drawing(row.payload, await self._painter.painted(row.payload, place))
                except Unavailable as problem:  # it waits, like everything that is sent
                    log.warning("picture.waits", outbox=row.id, reason=problem.reason)
                    return
                except Exception as problem:  # its words are there; whatever it is would be so the next time too
                    log.exception("picture.not_drawn", outbox=row.id, stream=row.stream)
                    drawing = Drawing(row.payload, None, f"it cannot be drawn: {problem!r}"[:500])
        self._drawn[row.id] = drawing
        while len(self._drawn) > MOST_KEPT:
            self._drawn.popitem(last=False)
