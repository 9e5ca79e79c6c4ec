"""Photos, voice messages and files of a report: the duty seat sees and hears them at once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.outgoing.viewer import Viewer
from bot.render.evidence import media_caption
from plans import events as e
from plans.decide import Outcome
from storage.outbox import NewMessage
from storage.transaction import Writing

METHODS = {
    "photo": "sendPhoto",
    "voice": "sendVoice",
    "video": "sendVideo",
    "video_note": "sendVideoNote",
    "document": "sendDocument",
    "audio": "sendAudio",
}
"""How each kind is sent on, by Telegram's own file id; the parameter is named like the kind."""

_PLACES = {"location": "sendLocation", "venue": "sendVenue"}
"""How a place is sent on; its reference holds ``latitude,longitude``, and the name of a venue behind that."""

_NO_CAPTION = ("video_note",)


async def show_media(tx: Writing, viewer: Viewer, outcome: Outcome, now: datetime) -> None:
    """Queue for the seat what came with these events, unless it was the seat that sent it."""
    calls: list[NewMessage] = []
    for item in outcome.recorded:
        for kind, reference in _carried(item.event):
            for target in await viewer.addresses.resolve("seat"):
                if target.person is not None and target.person.id == item.actor:
                    continue
                caption = media_caption(await viewer.seen(target, audience="seat"), kind, _sender(viewer, item))
                calls.append(
                    NewMessage(
                        place_id=target.place.id, priority=2, method=_method(kind),
                        payload=_payload(kind, reference, caption), stream=outcome.after.stream, notice="media",
                        not_before=now, created_at=now, person_id=target.person.id if target.person else None,
                    )
                )  # fmt: skip
    await tx.outbox.enqueue(calls)


def _carried(event: e.Event) -> list[tuple[str, str]]:
    """Return (kind, reference) of what an event brings."""
    if isinstance(event, e.EvidenceAdded):
        found = [(event.kind, event.reference)]
    elif isinstance(event, e.Reported):
        found = [(kind, reference) for kind, _, reference in (item.partition(":") for item in event.evidence)]
    else:
        found = []
    return [(kind, reference) for kind, reference in found if kind in METHODS or kind in _PLACES]


def _sender(viewer: Viewer, item: e.Recorded) -> str:
    return viewer.incident.reporter if item.actor == viewer.incident.reporter_id else ""


def _method(kind: str) -> str:
    return METHODS.get(kind) or _PLACES[kind]


def _payload(kind: str, reference: str, caption: str) -> dict[str, Any]:
    payload: dict[str, Any] = {"disable_notification": True}
    if kind in _PLACES:
        latitude, longitude, *name = reference.split(",", 2)
        payload |= {"latitude": float(latitude), "longitude": float(longitude)}
        return payload | {"title": name[0], "address": name[0]} if name else payload
    payload[kind] = reference
    return payload if kind in _NO_CAPTION else payload | {"caption": caption}
