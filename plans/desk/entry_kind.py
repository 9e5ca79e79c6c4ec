"""Entries of the duty log (值班日志) as a kind of case: which topics there are."""

from __future__ import annotations

from plans.core import kind
from plans.desk import entries, entry_replies  # each registers its topic
from plans.desk.entry_replies import EntryWake, wakes
from plans.desk.entry_state import KIND, Entry
from plans.desk.kind import desk_kind

TOPICS = (entries, entry_replies)
"""In the order of an entry's life."""

ENTRY = kind.install(desk_kind(KIND, Entry, EntryWake, wakes))
