"""Shifts that nobody serves, or somebody whom nobody knows; they are rung of in time, and open at a hand-over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.office.open_matters import OpenMatter, section
from bot.office.roster import unmatched
from bot.outgoing.serving import Serving, serving
from bot.render import swap_rounds as rounds
from bot.render.swap_shifts import ShiftLine
from bot.service.service import Service
from plans.model import Plan
from plans.roster import Turn
from plans.roster.duty import FIRST
from plans.roster.overrides import HABIT, gaps
from storage.people import shown_name
from storage.transaction import Reading

OPEN_AHEAD = timedelta(hours=36)
"""What nobody serves until then is open when a shift is handed over: it is the next shift's to arrange."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Hole:
    """A moment from which something is wrong with the roster.

    Attributes:
        turns: of those whom nobody knows, or who hold no duty; empty where the roster names nobody.
        alone: whether no first officer whom we know serves then.
    """

    begins: datetime
    turns: tuple[Turn, ...] = ()
    alone: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        """The names of those, each once."""
        return tuple(dict.fromkeys(turn.name for turn in self.turns))


async def holes(rx: Reading, plan: Plan, after: datetime, before: datetime) -> list[Hole]:
    """Return the shifts that begin within a span and that nobody serves, or somebody whom nobody knows."""
    found = await serving(rx, plan, after - HABIT[-1], before)
    officers = {one.id for one in await rx.people.holders(plan.jurisdiction.name, plan.id, "duty")}
    wrong = []
    for begins in sorted({one.turn.begins for one in found if after <= one.turn.begins}):
        starting = [one for one in found if one.turn.begins == begins]
        first = [one for one in starting if one.turn.kind == FIRST]
        alone = bool(first) and not any(_serves(one, begins, officers) for one in found)
        turns = unmatched(starting) or ([one.turn for one in first] if alone else [])
        if turns:
            wrong.append(Hole(begins=begins, turns=tuple(turns), alone=alone))
    empty = [Hole(begins=moment) for moment in gaps([one.turn for one in found], after, before)]
    return sorted([*wrong, *empty], key=lambda hole: hole.begins)


def _serves(one: Serving, moment: datetime, officers: set[str]) -> bool:
    """Return whether a first officer whom we know serves at a moment."""
    serves = one.turn.kind == FIRST and one.turn.begins <= moment < one.turn.ends
    return serves and one.person is not None and one.person.id in officers


@section("shifts", order=60)
async def shifts(rx: Reading, service: Service, jurisdiction: str, plan: Plan, now: datetime) -> list[OpenMatter]:
    """Shifts that nobody serves, and replacements that are asked for and not settled."""
    found = [
        OpenMatter(
            stream="shift", key=f"{plan.id}:{hole.begins.isoformat()}", line=rounds.hole(hole.begins, hole.names, now),
            due=hole.begins,
        )
        for hole in await holes(rx, plan, now, now + OPEN_AHEAD)
    ]  # fmt: skip
    for row in await rx.people.waiting_swaps(jurisdiction):
        asker = await rx.people.get(row.person_id)
        taker = await rx.people.get(row.taken_by) if row.taken_by is not None else None
        if row.plan_id == plan.id and asker is not None:
            line = rounds.open_swap(
                shown_name(asker), shown_name(taker) if taker is not None else "", ShiftLine.of_row(row, plan), now
            )
            found.append(OpenMatter(stream="shift", key=row.id, line=line, due=row.closes, person=asker.id))
    return found
