"""The append-only log: one hash chain per stream, checkpoints over all of them, personal values that can be erased."""

from __future__ import annotations

from storage.journal.chain import Entry, Head, NewEntry
from storage.journal.checkpoints import Checkpoint, Checkpoints
from storage.journal.entries import Entries
from storage.journal.verify import Fault, Verification

__all__ = ["Checkpoint", "Entry", "Fault", "Head", "Journal", "NewEntry"]


class Journal(Entries, Checkpoints, Verification):
    """All that can be done with the log: append and load, seal with checkpoints, verify."""
