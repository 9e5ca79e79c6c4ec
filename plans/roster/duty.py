"""Turns of duty: who is on duty at a moment, and when that changes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

LEADER, FIRST, SECOND = "带班领导", "主班", "副班"
KINDS = (LEADER, FIRST, SECOND)


class Turn(NamedTuple):
    """One person's turn.

    Attributes:
        begins, ends: aware; the end is the next one's beginning.
        kind: one of ``KINDS``.
        phone: empty where the roster has none.
        office: of the person, where the roster says it: 张三（区应急管理局）.
    """

    begins: datetime
    ends: datetime
    kind: str
    name: str
    phone: str = ""
    office: str = ""


def on_duty(turns: Iterable[Turn], now: datetime) -> list[Turn]:
    """Return whose turn it is, the leader first, then the first officer."""
    current = [turn for turn in turns if turn.begins <= now < turn.ends]
    return sorted(current, key=lambda turn: (KINDS.index(turn.kind), turn.begins, turn.name))


def turns_of_a_day(turns: Iterable[Turn], day: date) -> list[Turn]:
    """Return the turns that begin on a day, in the zone of their own moments."""
    return sorted((turn for turn in turns if turn.begins.date() == day), key=lambda turn: (turn.begins, turn.kind))
