"""The tables of the log. ``body`` is the text that was hashed, and the only place that an entry is read from."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKeyConstraint, Integer, String, Table, Text

from storage.columns import UtcDateTime, metadata

entries = Table(
    "journal",
    metadata,
    Column("stream", String, primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),
    Column("hash", String(64), nullable=False),
)

# The end of every stream: what a writer compares and swaps, and what shows that entries were cut off.
heads = Table(
    "journal_heads",
    metadata,
    Column("stream", String, primary_key=True),
    Column("sequence", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("checkpointed", Integer, nullable=False),
)

personal = Table(
    "journal_personal",
    metadata,
    Column("stream", String, primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("key", String, primary_key=True),
    Column("salt", String),
    Column("value", Text),
    Column("erased_at", UtcDateTime),
    # Without it, "deleted" and "never there" would look the same to a restore that lost rows.
    ForeignKeyConstraint(["stream", "sequence"], ["journal.stream", "journal.sequence"]),
)

checkpoints = Table(
    "checkpoints",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),
    Column("hash", String(64), nullable=False),
)
