"""Entries of the duty log (值班日志) as a kind of case: which topics there are."""

from __future__ import annotations

from plans.core import kind
from plans.desk import entries, entry_links, entry_replies, entry_rings  # each registers its topic
from plans.desk.entry_rings import EntryWake, wakes
from plans.desk.entry_state import KIND, Entry
from plans.desk.kind import desk_kind

TOPICS = (entries, entry_links, entry_replies, entry_rings)
"""In the order of an entry's life."""

ENTRY = kind.install(desk_kind(KIND, Entry, EntryWake, wakes))
