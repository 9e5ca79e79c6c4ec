"""Voice messages, pictures and files of an entry of the duty log are fetched like those that come with a report."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.outgoing.case_dispatcher import brings_files
from bot.outgoing.evidence import brought
from plans.core.outcome import CaseOutcome
from plans.desk.entries import EntryAddedTo, EntryWritten
from plans.desk.entry_state import KIND
from storage.downloads import Download


@brings_files(KIND)
def sent(outcome: CaseOutcome[Any]) -> Iterator[Download]:
    """Yield the files that these events bring."""
    yield from brought(outcome, EntryWritten, EntryAddedTo)
