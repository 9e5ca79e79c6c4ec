"""A duty roster as the table that :mod:`plans.roster.reading` reads: what goes out comes in the same."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import zip_longest

from plans.roster.duty import FIRST, LEADER, SECOND, Turn

HEAD = ("日期", "班次", "带班领导", "带班电话", "主班", "主班电话", "副班", "副班电话")


def cells_of(turns: Iterable[Turn]) -> list[list[str]]:
    """Return the turns as rows below ``HEAD``: a shift a row, as many rows as one kind has people.

    Args:
        turns: in the zone of the table.
    """
    shifts: dict[tuple[datetime, datetime], dict[str, list[Turn]]] = {}
    for turn in sorted(turns, key=lambda turn: (turn.begins, turn.ends, turn.kind, turn.name)):
        shifts.setdefault((turn.begins, turn.ends), {}).setdefault(turn.kind, []).append(turn)
    rows = []
    for (begins, ends), kinds in shifts.items():
        for people in zip_longest(*(kinds.get(kind, []) for kind in (LEADER, FIRST, SECOND))):
            cells = [cell for one in people for cell in ((_name(one), one.phone) if one is not None else ("", ""))]
            rows.append([begins.date().isoformat(), _hours(begins, ends), *cells])
    return rows


def _name(turn: Turn) -> str:
    return f"{turn.name}（{turn.office}）" if turn.office else turn.name


def _hours(begins: datetime, ends: datetime) -> str:
    if begins.date() < ends.date() and ends - begins > timedelta(days=1):
        return f"{begins:%H:%M}-{ends:%Y-%m-%d %H:%M}"
    return f"{begins:%H:%M}-{ends:%H:%M}"
