"""Numbers that people say aloud: counted up in the transaction that uses them, so that none is missing or double."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Table

from storage.columns import metadata
from storage.session import Session

counters = Table(
    "counters",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", Integer, nullable=False),
)


async def count_up(session: Session, name: str) -> int:
    """Return the next number of a counter, from 1; others wait for this transaction's end."""
    first = session.insert(counters).values(name=name, value=1)
    statement = first.on_conflict_do_update(index_elements=["name"], set_={"value": counters.c.value + 1})
    number: int = await session.scalar(statement.returning(counters.c.value))
    return number
