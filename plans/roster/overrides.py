"""Who serves a turn in the place of whoever the roster names: one turn changes, or the rest of it, and never the day.

The roster stays as it was written. What was agreed stands beside it as overrides, and whoever asks who serves at a
moment reads both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import combinations
from typing import NamedTuple

from plans.roster.duty import FIRST, Turn
from plans.roster.people import name_key

TurnKey = tuple[datetime, datetime, str, str, str]
"""What a turn is known by while it stands on the roster: its hours, as what, and whom it names."""

HABIT = (timedelta(days=1), timedelta(days=7), timedelta(days=14))
"""本地规定: a moment without anybody is a gap where somebody served so long before, as far back as the roster goes."""


class Override(NamedTuple):
    """Somebody else serves a turn.

    Attributes:
        of: the turn. person: our id of whoever serves. since, until: from when to when; None = to the end of the turn.
    """

    of: TurnKey
    person: str
    since: datetime
    until: datetime | None = None


class Spell(NamedTuple):
    """A stretch of a turn that one person serves.

    Attributes:
        turn: as the roster has it. person: our id of whoever serves by an override; empty = whom the roster names.
    """

    turn: Turn
    begins: datetime
    ends: datetime
    person: str = ""


def key_of(turn: Turn) -> TurnKey:
    """Return what a turn is known by."""
    return turn.begins, turn.ends, turn.kind, name_key(turn.name), name_key(turn.office)


def spells_of(turns: Iterable[Turn], overrides: Iterable[Override]) -> list[Spell]:
    """Return who serves when: each turn in as many stretches as there are people who serve it, without a hole."""
    by_turn: dict[TurnKey, list[Override]] = defaultdict(list)
    for item in overrides:
        by_turn[item.of].append(item)
    spells: list[Spell] = []
    for turn in turns:
        at = turn.begins
        for item in sorted(by_turn.get(key_of(turn), ()), key=lambda item: item.since):
            begins, ends = max(item.since, at), min(item.until or turn.ends, turn.ends)
            if begins >= ends:
                continue
            if at < begins:
                spells.append(Spell(turn, at, begins))
            spells.append(Spell(turn, begins, ends, item.person))
            at = ends
        if at < turn.ends:
            spells.append(Spell(turn, at, turn.ends))
    return sorted(spells, key=lambda item: (item.begins, item.turn.kind, item.turn.name))


def overlaps(spans: Sequence[tuple[datetime, datetime]]) -> list[tuple[int, int]]:
    """Return the places of each two spans that have a moment in common."""
    return [
        (one, other)
        for one, other in combinations(range(len(spans)), 2)
        if max(spans[one][0], spans[other][0]) < min(spans[one][1], spans[other][1])
    ]


def gaps(turns: Sequence[Turn], after: datetime, before: datetime) -> list[datetime]:
    """Return the moments within a span from which no first officer serves, though one should.

    Such a moment is where a turn ends, or where one began the day before. An office that has officers by night alone
    has no gap by day: what should be is read from the days before; in the first week, from a day without any gap.

    Args:
        turns: of all kinds, from :data:`HABIT`'s longest before the span on.
    """
    first = sorted({(turn.begins, turn.ends) for turn in turns if turn.kind == FIRST})
    if not first:
        return []
    since = first[0][0]

    def served(moment: datetime) -> bool:
        return any(begins <= moment < ends for begins, ends in first)

    def whole(begins: datetime, ends: datetime) -> bool:
        return all(map(served, [begins, *(moment for _, moment in first if begins < moment < ends)]))

    found = []
    moments = {ends for _, ends in first} | {begins + HABIT[0] for begins, _ in first}
    for moment in sorted(moment for moment in moments if after < moment <= before):
        earlier = [moment - span for span in HABIT if moment - span >= since]
        used = all(map(served, earlier)) if len(earlier) > 1 else whole(moment - HABIT[0], moment)
        if not served(moment) and used:
            found.append(moment)
    return found
