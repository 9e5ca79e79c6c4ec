"""Who serves which turn of duty: the roster, what was changed of it, and who of the office is meant by its names.

Whatever shows who is on duty and whoever is reminded of it or rung for it is asked here: there is no other reading.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import SHANGHAI
from bot.texts.swaps import ERASED
from plans.model import Plan
from plans.roster import Turn
from plans.roster.overrides import Override, TurnKey, key_of, spells_of
from plans.roster.people import name_key
from storage.people import Person, ShiftRow, of_name, shown_name
from storage.people.swaps import OverrideRow, SwapRow
from storage.transaction import Reading

INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Serving:
    """A turn of duty, or a stretch of one, that one person serves; in Beijing's time.

    Attributes:
        turn: with the hours and the name of who serves. written: as the roster has it.
        person: who that is; None where the roster's name means nobody for certain.
        instead: whether he serves in the place of whom the roster names.
    """

    turn: Turn
    written: Turn
    person: Person | None
    instead: bool = False

    @property
    def key(self) -> TurnKey:
        """What the turn on the roster is known by."""
        return key_of(self.written)


async def serving(rx: Reading, plan: Plan, after: datetime, before: datetime) -> list[Serving]:
    """Return who serves a plan's turns that touch a span of time, by their beginning."""
    name = plan.jurisdiction.name
    turns = [turn_of(row) for row in await rx.people.shifts(name, plan.id, after, before)]
    if not turns:
        return []
    rows = await rx.people.overrides(name, plan.id, after, before)
    substitutes = {id: await rx.people.get(id) for id in dict.fromkeys(row.person_id for row in rows)}
    names = {turn.name for turn in turns} | {shown_name(one) for one in substitutes.values() if one is not None}
    people = await rx.people.bearing(names, name, plan.id)
    found = []
    for spell in spells_of(turns, map(override_of, rows)):
        if spell.ends <= after or spell.begins >= before:
            continue
        turn = spell.turn._replace(begins=spell.begins, ends=spell.ends)
        person = substitutes.get(spell.person) if spell.person else meant(people, spell.turn)
        if spell.person:
            turn = _served_by(turn, person, people, turns)
        found.append(Serving(turn=turn, written=spell.turn, person=person, instead=bool(spell.person)))
    return found


async def serving_at(rx: Reading, plan: Plan, moment: datetime) -> list[Serving]:
    """Return who serves at a moment."""
    return await serving(rx, plan, moment, moment + INSTANT)


async def server_of(rx: Reading, plan: Plan, key: TurnKey, moment: datetime) -> Serving | None:
    """Return who serves a turn at a moment, or from its beginning on; None where it is not on the roster any more."""
    begins, ends = key[:2]
    found = [item for item in await serving(rx, plan, begins, ends) if item.key == key]
    return next((item for item in found if item.turn.ends > max(moment, begins)), None)


def meant(people: Sequence[Person], turn: Turn) -> Person | None:
    """Return who of some persons is certainly meant by the name of a turn."""
    found = of_name(people, turn.name, turn.office)
    return found[0] if len(found) == 1 else None


def turn_of(row: ShiftRow) -> Turn:
    """Return a row of the roster as a turn."""
    begins, ends = row.begins.astimezone(SHANGHAI), row.ends.astimezone(SHANGHAI)
    return Turn(begins, ends, row.kind, row.name, row.phone, row.office)


def override_of(row: OverrideRow) -> Override:
    """Return what a row says of who serves, in Beijing's time as the turns are."""
    until = row.until.astimezone(SHANGHAI) if row.until is not None else None
    return Override(key_of_row(row), row.person_id, row.since.astimezone(SHANGHAI), until)


def key_of_row(row: OverrideRow | SwapRow) -> TurnKey:
    """Return what the turn of a row is known by."""
    return row.begins, row.ends, row.kind, name_key(row.name), name_key(row.office)


def _served_by(turn: Turn, person: Person | None, people: Sequence[Person], turns: Sequence[Turn]) -> Turn:
    name = shown_name(person) if person is not None else ""
    if person is None or not name:
        return turn._replace(name=ERASED, phone="", office="")
    own = [item for item in turns if (one := meant(people, item)) is not None and one.id == person.id]
    office = person.office if len(of_name(people, name)) > 1 else ""
    return turn._replace(name=name, phone=next((item.phone for item in own if item.phone), ""), office=office)
