"""Pictures, voices, files and places that Telegram has are shown to others by its own ids, without being sent anew."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from storage.outbox import NewMessage

METHODS = {
    "photo": "sendPhoto",
    "voice": "sendVoice",
    "video": "sendVideo",
    "video_note": "sendVideoNote",
    "document": "sendDocument",
    "audio": "sendAudio",
}
"""How each kind is sent on, by Telegram's own file id; the parameter is named like the kind."""

PLACES = {"location": "sendLocation", "venue": "sendVenue"}
"""How a place is sent on; its reference holds ``latitude,longitude``, and the name of a venue behind that."""

_NO_CAPTION = ("video_note",)


def method_of(kind: str) -> str:
    """Return the call that sends a kind."""
    return METHODS.get(kind) or PLACES[kind]


def payload_of(kind: str, reference: str, caption: str) -> dict[str, Any]:
    """Return what the call needs; without sound."""
    payload: dict[str, Any] = {"disable_notification": True}
    if kind in PLACES:
        latitude, longitude, *name = reference.split(",", 2)
        payload |= {"latitude": float(latitude), "longitude": float(longitude)}
        return payload | {"title": name[0], "address": name[0]} if name else payload
    payload[kind] = reference
    return payload if kind in _NO_CAPTION else payload | {"caption": caption}


def sent_on(
    evidence: Sequence[str], place_id: str, person_id: str | None, stream: str | None, now: datetime,
    *, caption: str = "", guard: str | None = None, priority: int = 2,
) -> list[NewMessage]:  # fmt: skip
    """Return the calls that show somebody files that Telegram has.

    Args:
        evidence: ``kind:reference`` each.
        guard: what they depend on, as the words do that they go with.
    """
    pairs = [(kind, reference) for kind, _, reference in (item.partition(":") for item in evidence)]
    return [
        NewMessage(
            place_id=place_id, priority=priority, method=method_of(kind), payload=payload_of(kind, reference, caption),
            stream=stream, notice="media", guard=guard, not_before=now, created_at=now, person_id=person_id,
        )
        for kind, reference in pairs
        if kind in METHODS or kind in PLACES
    ]  # fmt: skip
