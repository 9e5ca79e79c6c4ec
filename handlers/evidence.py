"""Photos, voice messages, files and places that come with words, or instead of them."""

from __future__ import annotations

from telegram import Message

from plans.incident.evidence import AddEvidence

KINDS = ("voice", "video", "video_note", "document", "audio")
LONGEST_NAME = 64


def carried(message: Message | None) -> list[tuple[str, str]]:
    """Return (kind, reference) of what a message carries: Telegram's file id, of a photo the largest; or a place."""
    if message is None:
        return []
    items: list[tuple[str, str]] = []
    if message.photo:
        items.append(("photo", message.photo[-1].file_id))
    for kind in KINDS:
        item = getattr(message, kind)
        if item is not None:
            items.append((kind, item.file_id))
    if message.venue is not None:
        place = message.venue.location
        items.append(("venue", f"{place.latitude:.6f},{place.longitude:.6f},{venue(message)}"))
    elif message.location is not None:
        items.append(("location", f"{message.location.latitude:.6f},{message.location.longitude:.6f}"))
    return items


def venue(message: Message | None) -> str:
    """Return the name of the place that a message points at, or nothing."""
    if message is None or message.venue is None:
        return ""
    return message.venue.title.strip()[:LONGEST_NAME]


def kept(message: Message | None) -> list[AddEvidence]:
    """Return the commands that put with an incident what a message carries."""
    if message is None:
        return []
    document = message.document or message.audio
    name = (document.file_name or "") if document is not None else venue(message)
    return [
        AddEvidence(
            kind=kind, reference=reference, caption=message.caption or "", sent_at=message.date,
            name=name[:LONGEST_NAME],
        )
        for kind, reference in carried(message)
    ]  # fmt: skip
