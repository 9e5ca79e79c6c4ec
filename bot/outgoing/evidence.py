"""Photos, voice messages and files of a report: the seat sees and hears them at once, and they are fetched."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from bot.outgoing.media import METHODS, PLACES, method_of, payload_of
from bot.outgoing.viewer import Viewer
from bot.render.evidence import media_caption
from plans.core import keys
from plans.core.event import Event, Recorded
from plans.core.outcome import CaseOutcome
from plans.incident.case import Outcome
from plans.incident.evidence import EvidenceAdded, EvidenceKept, EvidenceLost
from plans.incident.reporting import Reported
from storage.downloads import Download
from storage.outbox import NewMessage
from storage.transaction import Writing


async def media_shown(viewer: Viewer, outcome: Outcome, now: datetime) -> list[NewMessage]:
    """Return the calls that show the seat what came with these events, unless it was the seat that sent it."""
    calls: list[NewMessage] = []
    for item in outcome.recorded:
        for kind, reference in _carried(item.event):
            for target in await viewer.addresses.resolve(keys.SEAT):
                if target.person is not None and target.person.id == item.actor:
                    continue
                caption = media_caption(await viewer.build(target, audience=keys.SEAT), kind, _sender(viewer, item))
                calls.append(
                    NewMessage(
                        place_id=target.place.id, priority=2, method=method_of(kind),
                        payload=payload_of(kind, reference, caption), stream=outcome.after.stream, notice="media",
                        not_before=now, created_at=now, person_id=target.person.id if target.person else None,
                    )
                )  # fmt: skip
    return calls


def _carried(event: Event) -> list[tuple[str, str]]:
    """Return (kind, reference) of what an event brings."""
    if isinstance(event, EvidenceAdded):
        files = [(event.kind, event.reference)]
    elif isinstance(event, Reported):
        files = [(kind, reference) for kind, _, reference in (item.partition(":") for item in event.evidence)]
    else:
        files = []
    return [(kind, reference) for kind, reference in files if kind in METHODS or kind in PLACES]


def _sender(viewer: Viewer, item: Recorded) -> str:
    return viewer.incident.reporter if item.actor == viewer.incident.reporter_id else ""


FETCHED = frozenset({"photo", "voice", "video", "video_note", "document", "audio"})
"""Kinds that are files; a place is kept in its event as it is."""


def brought(outcome: CaseOutcome[Any], *types: type[Event]) -> Iterator[Download]:
    """Yield the files that events of these types bring to a case of another kind, for ``brings_files``."""
    for item in outcome.recorded:
        if not isinstance(item.event, types):
            continue
        carried: str | tuple[str, ...] = getattr(item.event, "evidence")  # noqa: B009  # each of these types has it
        for kind, _, reference in (
            part.partition(":") for part in ((carried,) if isinstance(carried, str) else carried)
        ):
            if kind in FETCHED:
                yield Download(
                    stream=outcome.after.stream, reference=reference, kind=kind, person_id=item.actor or None,
                    sent_at=item.at, asked_at=item.at, at=item.at,
                )  # fmt: skip


async def ask_for_files(tx: Writing, outcome: Outcome, now: datetime) -> None:
    """Ask for the files that came with these events, and forget those that are settled by them."""
    references: list[str] = []
    for item in outcome.recorded:
        if isinstance(item.event, Reported):
            references += [part.partition(":")[2] for part in item.event.evidence]
        elif isinstance(item.event, EvidenceAdded):
            references.append(item.event.reference)
        elif isinstance(item.event, EvidenceKept | EvidenceLost):
            await tx.downloads.settle(outcome.after.stream, item.event.reference)
    items = [outcome.after.evidence[reference] for reference in references]
    await tx.downloads.add(
        [
            Download(
                stream=outcome.after.stream, reference=item.reference, kind=item.kind, person_id=item.sender or None,
                sent_at=item.at, asked_at=now, at=now,
            )
            for item in items
            if item.kind in FETCHED
        ]
    )  # fmt: skip
