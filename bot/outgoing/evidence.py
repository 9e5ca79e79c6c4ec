"""What is to be fetched from Telegram: written down in the transaction that records the photo or file."""

from __future__ import annotations

from datetime import datetime

from plans import events as e
from plans.decide import Outcome
from storage.downloads import Download
from storage.transaction import Writing

FETCHED = frozenset({"photo", "voice", "video", "video_note", "document", "audio"})
"""Kinds that are files; a place is kept in its event as it is."""


async def ask_for_files(tx: Writing, outcome: Outcome, now: datetime) -> None:
    """Ask for the files that came with these events, and forget those that are settled by them."""
    references: list[str] = []
    for item in outcome.recorded:
        if isinstance(item.event, e.Reported):
            references += [part.partition(":")[2] for part in item.event.evidence]
        elif isinstance(item.event, e.EvidenceAdded):
            references.append(item.event.reference)
        elif isinstance(item.event, e.EvidenceKept | e.EvidenceLost):
            await tx.downloads.settle(outcome.after.stream, item.event.reference)
    known = [outcome.after.evidence[reference] for reference in references]
    await tx.downloads.add(
        [
            Download(
                stream=outcome.after.stream, reference=item.reference, kind=item.kind, person_id=item.sender or None,
                sent_at=item.at, asked_at=now, at=now,
            )
            for item in known
            if item.kind in FETCHED
        ]
    )  # fmt: skip
