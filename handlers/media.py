"""Photos, voice messages and files that come with words, or instead of them."""

from __future__ import annotations

from telegram import Message

from plans.commands import AddEvidence

KINDS = ("voice", "video", "video_note", "document", "audio")


def carried(message: Message | None) -> list[tuple[str, str]]:
    """Return (kind, Telegram's file id) of what a message carries; of a photo the largest."""
    if message is None:
        return []
    found: list[tuple[str, str]] = []
    if message.photo:
        found.append(("photo", message.photo[-1].file_id))
    for kind in KINDS:
        item = getattr(message, kind)
        if item is not None:
            found.append((kind, item.file_id))
    if message.location is not None:
        found.append(("location", f"{message.location.latitude:.6f},{message.location.longitude:.6f}"))
    return found


def kept(message: Message | None) -> list[AddEvidence]:
    """Return the commands that keep what a message carries."""
    caption = (message.caption or "") if message is not None else ""
    return [AddEvidence(kind=kind, reference=reference, caption=caption) for kind, reference in carried(message)]
