"""Who is told of the end of a case and of repairs on the way."""

from __future__ import annotations

from collections.abc import Iterator

from plans import events as e
from plans.notices.notice import Notice
from plans.notices.registry import Told, on


@on(e.Closed)
def _closed(event: e.Closed, item: e.Recorded, told: Told) -> Iterator[Notice]:
    yield Notice(kind="closed", key="closed", to="group", priority=3)


@on(e.Reopened)
def _reopened(event: e.Reopened, item: e.Recorded, told: Told) -> Iterator[Notice]:
    yield Notice(kind="note", key="reopened", to="group", priority=2, params={"reason": event.reason or ""})


@on(e.Rejected)
def _rejected(event: e.Rejected, item: e.Recorded, told: Told) -> Iterator[Notice]:
    yield Notice(kind="note", key="rejected", to="group", priority=2, params={"reason": event.reason or ""})
    yield Notice(kind="note", key="rejected_reporter", to="reporter", priority=2)
    for unit in told.called():
        yield Notice(kind="note", key="rejected_unit", to=f"unit:{unit}", priority=1, params={"unit": unit})


@on(e.Merged)
def _merged(event: e.Merged, item: e.Recorded, told: Told) -> Iterator[Notice]:
    yield Notice(kind="note", key="merged", to="group", priority=2, params={"number": event.number})
    yield Notice(kind="note", key="merged_reporter", to="reporter", priority=2, params={"number": event.number})
    for unit in told.called():
        params = {"unit": unit, "number": event.number}
        yield Notice(kind="note", key="merged_unit", to=f"unit:{unit}", priority=1, params=params)


@on(e.DrillPaused)
def _paused(event: e.DrillPaused, item: e.Recorded, told: Told) -> Iterator[Notice]:
    yield Notice(kind="note", key="drill_paused" if event.paused else "drill_resumed", to="group", priority=1)


@on(e.DrillJumped)
def _jumped(event: e.DrillJumped, item: e.Recorded, told: Told) -> Iterator[Notice]:
    yield Notice(kind="note", key="drill_jumped", to="seat", priority=2, params={"seconds": event.seconds})
