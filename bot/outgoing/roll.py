"""A roll (点名) as the admin log tells it, and its table: a live message where it was called, edited as answers come.

A roll is two kinds of entries in the jurisdiction's admin log: who was asked, and each answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.cases.streams import admin_log
from bot.render.roll import RollTable
from storage.journal import Entry
from storage.outbox import NewMessage
from storage.people import Person
from storage.transaction import Reading

CALLED, ANSWERED = "roll-called", "roll-answered"


@dataclass(frozen=True, kw_only=True)
class Roll:
    """The last roll that was called in a jurisdiction.

    Attributes:
        titles: what each person was asked as (``联络员 区消防救援大队``), by the person's id.
        unreachable: of these, who could not be written to.
        answers: when each answered.
    """

    id: str
    place_id: str
    at: datetime
    titles: dict[str, str]
    unreachable: frozenset[str]
    answers: dict[str, datetime] = field(default_factory=dict)


def last_roll(entries: Sequence[Entry]) -> Roll | None:
    """Return the last roll that an admin log tells of."""
    roll: Roll | None = None
    for entry in entries:
        payload = entry.payload
        if entry.event == CALLED:
            roll = Roll(
                id=payload["roll"], place_id=payload["place"], at=entry.at, titles=dict(payload["titles"]),
                unreachable=frozenset(payload["unreachable"]),
            )  # fmt: skip
        elif entry.event == ANSWERED and roll is not None and payload["roll"] == roll.id:
            roll.answers[payload["person"]] = entry.at
    return roll


def table_row(roll: str, jurisdiction: str, place_id: str, now: datetime) -> NewMessage:
    """Return the row that shows the table as it then is: new the first time, edited in place afterwards."""
    kind, stream = f"roll:{roll}", admin_log(jurisdiction)
    return NewMessage(
        place_id=place_id, priority=3, method="card", payload={"kind": kind, "stream": stream}, notice="roll",
        coalesce=kind, not_before=now, created_at=now,
    )  # fmt: skip


async def roll_table(tx: Reading, stream: str, roll_id: str) -> RollTable | None:
    """Return what the table of a roll shows, None once another roll was called."""
    roll = last_roll(await tx.journal.load(stream))
    if roll is None or roll.id != roll_id:
        return None
    people = {key: await tx.people.get(key) for key in roll.titles}
    return RollTable(
        at=roll.at,
        answered=tuple((roll.titles[key], at - roll.at) for key, at in roll.answers.items()),
        silent=tuple(
            sorted(
                title for key, title in roll.titles.items() if key not in roll.answers and key not in roll.unreachable
            )
        ),
        never_started=tuple(roll.titles[key] for key in sorted(roll.unreachable) if not _blocked(people[key])),
        blocked=tuple(roll.titles[key] for key in sorted(roll.unreachable) if _blocked(people[key])),
    )


def _blocked(person: Person | None) -> bool:
    return person is not None and person.blocked_at is not None
