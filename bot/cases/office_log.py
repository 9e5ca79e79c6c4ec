"""The log of a jurisdiction's office: who became what, which group serves which plan, what other systems may."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from bot.cases.streams import admin_log
from storage import Writing
from storage.journal import NewEntry


async def append_admin_event(
    tx: Writing,
    jurisdiction: str,
    event: str,
    *,
    actor: str,
    cause: str,
    at: datetime,
    own: Collection[str] = ("name",),
    **payload: Any,
) -> None:
    """Write an entry of a jurisdiction's admin log.

    Args:
        own: names of the values that are somebody's own, and can be erased.
    """
    stream = admin_log(jurisdiction)
    head = await tx.journal.head(stream)
    personal = tuple(name for name in own if name in payload)
    entry = NewEntry(event=event, version=1, at=at, actor=actor, cause=cause, payload=payload, personal=personal)
    await tx.journal.append(stream, head.sequence if head is not None else 0, [entry])
