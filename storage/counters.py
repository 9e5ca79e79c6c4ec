"""Numbers that people say aloud: counted up in the transaction that uses them, so that none is missing or double."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Column, Integer, String, Table
from sqlalchemy.sql.dml import ReturningInsert

from storage.columns import metadata
from storage.session import Session, insert_into

counters = Table(
    "counters",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", Integer, nullable=False),
)


async def count_up(session: Session, name: str) -> int:
    """Return the next number of a counter, from 1; others wait for this transaction's end."""
    number: int = await session.scalar(_counting(session.postgres), {"name": name, "value": 1})
    return number


@cache
def _counting(postgres: bool) -> ReturningInsert[Any]:
    statement = insert_into(counters, postgres)
    up = statement.on_conflict_do_update(index_elements=["name"], set_={"value": counters.c.value + 1})
    return up.returning(counters.c.value)
