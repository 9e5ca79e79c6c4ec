"""Erasing what somebody said, and names of people, from a finished case's record: the hash chain stays whole.

In the journal a salted digest stands for each of them; value and salt go. What was done, when and by which role stays:
that is what the record is for. The act itself is an entry of the jurisdiction's administration log.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.cases import records
from bot.cases.index import derive
from bot.office.administration import append_admin_event
from plans.core.files import FileKept
from plans.core.policy import DEFAULT_POLICY, Policy
from plans.incident.evidence import EvidenceKept
from plans.incident.state import Incident
from storage.journal import Entry
from storage.store import Store
from storage.transaction import Writing

FINISHED = ("closed", "rejected", "merged")
EVENT = "personal-erased"

KEPT = frozenset({EvidenceKept.NAME, FileKept.NAME})
"""Events that name a file in the evidence folder."""

_UPDATE = re.compile(r"update:(\d+)")


class StillOpen(Exception):
    """People still work with what the record says.

    Args:
        state: of the case.
    """

    def __init__(self, state: str) -> None:
        super().__init__(f"the case is {state}")
        self.state = state


@dataclass(frozen=True, kw_only=True)
class Erased:
    """What is gone: values of the journal, words of messages, updates as Telegram brought them, files."""

    values: int
    messages: int
    updates: int
    files: int


async def erase(
    store: Store, stream: str, *, by: str, reason: str, now: datetime, folder: Path, policy: Policy = DEFAULT_POLICY
) -> Erased | None:
    """Erase the personal content of an incident or warning, and take it off the disk; None when there is no such case.

    Backups and messages in Telegram's chats are beyond reach. Not inside a transaction.

    Args:
        by: who ordered it, for the record.
        reason: why, for the record.
        folder: where files of reports are kept; one that another incident has too is left.

    Raises:
        StillOpen: close it first. Unavailable: the database cannot now; nothing was erased.
    """
    async with store.writing("incident.erased") as tx:
        case = await records.load_case(tx, stream)
        if case is None:
            return None
        if case.state not in FINISHED if isinstance(case, Incident) else case.open:
            raise StillOpen(case.state)
        entries = await tx.journal.load(stream)
        values = 0
        for entry in entries:
            values += await tx.journal.erase(stream, entry.sequence, entry.personal, now)
        messages = await tx.outbox.forget_words_of(stream)
        await tx.webhooks.forget_case(stream)
        await tx.submissions.forget_case(stream)
        await tx.buttons.forget_words_of(stream, now)
        updates = await tx.inbox.forget_payloads_of(
            {int(match[1]) for entry in entries if (match := _UPDATE.match(entry.cause or ""))}
        )
        await derive_anew(tx, stream, policy, now)
        files = [path for path in _kept(folder, entries) if await tx.journal.naming(path.stem) == [stream]]
        if values or messages or updates or files:  # done again it is no second act
            await append_admin_event(
                tx, case.jurisdiction, EVENT, actor="", cause=f"erase:{stream}:{now.isoformat()}", at=now,
                name=by, stream=stream, reason=reason, values=values, messages=messages, updates=updates,
                files=[path.stem for path in files],
            )  # fmt: skip
    await store.scrub()
    for path in files:
        path.unlink(missing_ok=True)
    return Erased(values=values, messages=messages, updates=updates, files=len(files))


def _kept(folder: Path, entries: Sequence[Entry]) -> list[Path]:
    digests = {str(entry.payload["digest"]) for entry in entries if entry.event in KEPT}
    return [path for digest in sorted(digests) for path in sorted((folder / digest[:2]).glob(f"{digest}*"))]


async def derive_anew(tx: Writing, stream: str, policy: Policy, now: datetime) -> None:
    """Write an incident's rows as they follow from what is left of its log: its line repeats the report's words."""
    case = await records.load_case(tx, stream)
    if case is not None:
        await derive(tx, case, policy)
