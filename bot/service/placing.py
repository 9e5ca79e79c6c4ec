"""What somebody without a role said, kept while he is asked whose jurisdiction it is, and not for long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.outgoing.messages import OutgoingMessage, write
from bot.service.reports import NewReport
from bot.service.requests import Answer, Fence, Requester, Result
from bot.service.service import Service
from bot.service.strangers import Area, served
from storage.forms import Form
from storage.wakes import Wake

ANSWERS_WITHIN = timedelta(seconds=60)
"""How long it is asked where it is before the report goes where it most likely belongs."""

LONGEST = 4096
"""Characters of a report that are kept: as many as one message has."""

MOST_KEPT = 10
"""Messages that are kept while it is asked; with the next one they are recorded, and it goes on about that."""

WHERE = "where"
"""Kind of the form that keeps what somebody said while he is asked where it is."""

STREAM = "kept:"
"""The name under which such a form waits for its moment; the place and the person follow."""


async def keep(service: Service, form: Form, outgoing: OutgoingMessage, *, cause: str, requester: Requester) -> None:
    """Keep what somebody said and ask where it is, in one transaction; it waits for the answer, but not for long."""
    now = service.clock.now()
    async with service.store.writing("form.kept") as tx:
        if await tx.causes.result(cause) is None:
            await tx.causes.take(cause, now, {})
            await tx.forms.save(form)
            at = datetime.fromisoformat(str(form.data["until"]))
            stream = f"{STREAM}{form.place_id}:{form.person_id}"
            await tx.wakes.replace(stream, [Wake(key=WHERE, at=at, kind="timer")])
            await write(tx, outgoing, now)
        if requester.update_id is not None:
            await tx.inbox.done(requester.update_id, now)


def of_form(data: dict[str, Any], place_id: str, areas: Sequence[Area]) -> NewReport:
    """Return the report that a form keeps, for one jurisdiction, or for whichever of several it most likely belongs to.

    Args:
        data: of the form.
        areas: where it may belong.
    """
    plans = tuple(plan_id for area in areas for plan_id in area.plans)
    return NewReport(
        plan_id=plans[0],
        among=plans if len(plans) > 1 else (),
        jurisdiction=areas[0].jurisdiction if len(areas) == 1 else "",
        text="\n".join(data["texts"])[:LONGEST],
        said_at=datetime.fromisoformat(str(data["said_at"])),
        place_id=place_id,
        evidence=tuple(data["evidence"]),
        place=str(data["venue"]),
        unregistered=True,
        unplaced=len(areas) > 1,
    )


def cause_of(place_id: str, message: object) -> str:
    """Return what a report by a message is known by, whether it was kept first or not."""
    return f"report:{place_id}:{message}"


async def record(
    service: Service, data: dict[str, Any], place_id: str, areas: Sequence[Area], requester: Requester
) -> Result:
    """Record what a form keeps, for one jurisdiction or the likeliest of several; the form is closed by that."""
    answer = Answer(place_id=place_id, known_as=tuple(data["known_as"]))
    return await service.execute(
        [of_form(data, place_id, areas)],
        cause=cause_of(place_id, data["message"]),
        requester=replace(requester, form_at=place_id),
        answer=answer,
    )


def has_room(data: dict[str, Any], text: str) -> bool:
    """Return whether another message fits into what a form keeps, so that nothing of it is cut off."""
    length = sum(len(item) + 1 for item in data["texts"]) + len(text)
    return len(data["known_as"]) < MOST_KEPT and length <= LONGEST


async def give_way(service: Service, place_id: str, person_id: str) -> None:
    """Record what somebody's form keeps, where it most likely belongs, before something else takes its place."""
    async with service.store.reading() as rx:
        form = await rx.forms.get(place_id, person_id)
    if form is not None and form.kind == WHERE:
        await unanswered(service, f"{STREAM}{place_id}:{person_id}")


async def unanswered(service: Service, stream: str, fence: Fence | None = None) -> None:
    """The moment has come and nobody said where it is: the report is recorded where it most likely belongs."""
    place_id, _, person_id = stream.removeprefix(STREAM).partition(":")
    async with service.store.reading() as rx:
        form = await rx.forms.get(place_id, person_id)
        areas = await served(rx, service.registry)
    if form is not None and form.kind == WHERE and areas:
        await record(service, form.data, place_id, areas, Requester(person_id=person_id, fence=fence))
    async with service.store.writing("form.let-go") as tx:
        if fence is not None:
            await fence(tx)
        form_row = await tx.forms.get(place_id, person_id)
        if form_row is None or form_row.kind != WHERE:
            await tx.wakes.replace(stream, [])


def added(
    data: dict[str, Any], text: str, evidence: Sequence[str], venue: str, known_as: Sequence[str]
) -> dict[str, Any]:
    """Return what a form keeps with another message of the same person."""
    return {
        **data,
        "texts": [*data["texts"], *([text] if text else [])],
        "evidence": [*data["evidence"], *evidence],
        "venue": data["venue"] or venue,
        "known_as": list(dict.fromkeys([*data["known_as"], *known_as])),
    }
