"""The rows in which incidents and warnings are counted: rows that are alike name one kind by its number."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, Column, Date, Index, Integer, String, Table

from storage.columns import AutoId, UtcDateTime, Words, metadata

statistics_cases = Table(
    "statistics_cases",
    metadata,
    Column("stream", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("jurisdiction", String, nullable=False),
    Column("plan_id", String, nullable=False),
    Column("drill", Boolean, nullable=False),
    Column("year", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("at", UtcDateTime),
    Column("day", Date),
    Column("sort", Words, nullable=False),
    Column("level", Words, nullable=False),
    Column("response", Words, nullable=False),
    Column("state", String, nullable=False),
    Column("open", Boolean, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("definitions", Integer, nullable=False),
    Index("ix_statistics_cases_day", "jurisdiction", "drill", "day"),
    Index(
        "ix_statistics_cases_alike",
        "jurisdiction", "drill", "plan_id", "kind", "sort", "level", "response", "state", "open", "day",
    ),
)  # fmt: skip

statistics_kinds = Table(
    "statistics_kinds",
    metadata,
    Column("id", AutoId, primary_key=True),
    Column("jurisdiction", String, nullable=False),
    Column("plan_id", String, nullable=False),
    Column("drill", Boolean, nullable=False),
    Column("topic", String, nullable=False),
    Column("key", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("outcome", String, nullable=False),
    Column("clause", Words, nullable=False),
    Column("local", Boolean, nullable=False),
    Index(
        "ix_statistics_kinds_alike",
        "jurisdiction", "plan_id", "drill", "topic", "key", "name", "outcome", "clause", "local",
        unique=True,
    ),
)  # fmt: skip

statistics_rows = Table(
    "statistics_rows",
    metadata,
    Column("stream", String, primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("kind", AutoId, nullable=False),
    Column("day", Integer),
    Column("open_until", AutoId),
    Column("seconds", Integer),
    Column("subject", Words, nullable=False),
    Column("channel", Words, nullable=False),
    Column("since", UtcDateTime),
    Column("due", UtcDateTime),
    Column("at", UtcDateTime),
    # Small numbers alone, in the order in which they are asked for: all that is added up is read from here.
    Index("ix_statistics_rows_counted", "kind", "day", "open_until", "seconds"),
)

C, K, R = statistics_cases.c, statistics_kinds.c, statistics_rows.c
ALIKE = ("topic", "key", "name", "outcome", "clause", "local")
"""What rows of a plan have in common that are one kind."""
SINGLE = ("seconds", "subject", "channel", "since", "due", "at")
"""What each row has for itself."""
ROW = (*(K[name] for name in ALIKE), *(R[name] for name in SINGLE))
"""The columns of a row with those of its kind."""


def seconds(moment: datetime) -> int:
    """Return a moment in whole seconds, the begun one counted: what is due within it is past after it."""
    return -int(-moment.timestamp() // 1)
