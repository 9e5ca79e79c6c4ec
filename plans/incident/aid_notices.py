"""Who is told of calls for help: the seat that has to ask or to answer, the group, and the unit that asked."""

from __future__ import annotations

from collections.abc import Iterator

from plans.core.event import Recorded
from plans.core.keys import AID, GROUP, SEAT, aid_of, aid_to, to_role, to_unit
from plans.core.notice import Notice, NoticeType, Press, buttons, declare
from plans.core.registry import tells
from plans.incident.aid import (
    ARRIVED,
    PROMISED,
    REFUSED,
    AidAnswered,
    AidAsked,
    AidNotNeeded,
    AidRung,
    AidSpecified,
    AidWanted,
)
from plans.incident.case import NoticeContext
from plans.incident.records import AidRequest

declare(NoticeType("aid_by_unit", escalates=True), NoticeType("aid_again", stamps=True))


def asking(names: tuple[str, ...]) -> tuple[Press, ...]:
    """Return the buttons by which the seat says that it has asked somebody."""
    return buttons(*(("aid_ask", f"aid_ask:{name}", aid_to(name), {"to": name}) for name in names))


def answering(request: AidRequest) -> tuple[Press, ...]:
    """Return the buttons by which the seat says what came of a request."""
    number, target = request.sequence, aid_of(request.sequence)
    open_to = (PROMISED, REFUSED, ARRIVED) if request.status == "open" else (ARRIVED, REFUSED)
    return buttons(
        *(
            ("aid_answer", f"aid_answer:{status}", target, {"request": number, "status": status})
            for status in open_to
        )
    )  # fmt: skip


@tells(AidWanted)
def _tell_wanted(event: AidWanted, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    yield Notice(
        kind="asked", key="aid_wanted", to=SEAT, priority=2, guard=AID, params={"level": event.level},
        buttons=asking(context.after.aid_lacking),
    )  # fmt: skip


@tells(AidAsked)
def _tell_asked(event: AidAsked, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    params = {"sequence": item.sequence}
    yield Notice(kind="note", key="aid_asked", to=GROUP, priority=2, params=params)
    request = context.after.aid.get(item.sequence)
    if event.unit and request is not None and event.status == "open":
        yield Notice(
            kind="asked", key="aid_by_unit", to=SEAT, priority=1, guard=aid_of(item.sequence), params=params,
            buttons=answering(request),
        )  # fmt: skip


@tells(AidSpecified)
def _tell_specified(event: AidSpecified, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    if event.request in context.after.aid:
        yield Notice(kind="note", key="aid_asked", to=GROUP, priority=2, params={"sequence": event.request})


@tells(AidAnswered)
def _tell_answered(event: AidAnswered, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    params = {"sequence": item.sequence, "request": event.request}
    yield Notice(kind="note", key="aid_answered", to=GROUP, priority=2, params=params)
    request = context.after.aid.get(event.request)
    if request is not None and request.unit:
        told = {"unit": request.unit, **params}
        yield Notice(kind="note", key="aid_answered_unit", to=to_unit(request.unit), priority=1, params=told)


@tells(AidNotNeeded)
def _tell_not_needed(event: AidNotNeeded, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    yield Notice(kind="note", key="worksheet", to=SEAT, priority=3, edits=True)


@tells(AidRung)
def _tell_rung(event: AidRung, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    incident = context.after
    request = incident.aid.get(event.request)
    presses = answering(request) if request is not None else asking(incident.aid_lacking)
    guard = aid_of(event.request) if event.request else AID
    for step in event.audience:
        yield Notice(
            kind="reminder", key="aid_again", to=SEAT if step == "seat" else to_role(step), priority=1, ring=True,
            guard=guard, params={"request": event.request}, buttons=presses,
        )  # fmt: skip
