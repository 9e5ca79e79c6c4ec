"""Under which number the duty seat rings somebody of the office: the telephone that was confirmed with his name."""

from __future__ import annotations

from bot.render.naming import read_number
from bot.render.text import written
from bot.texts import words as w
from plans.core.keys import Audience
from plans.directory.numbers import personal
from plans.model import Plan
from storage.people import Person, is_confirmed, shown_name
from storage.transaction import Reading

OUTSIDE = frozenset({"liaison", "head", "reporter"})
"""Roles of those who are not of the command body: in a drill they are not rung."""

MOST_HOLDERS = 3
"""Holders of a role whose numbers one line names."""


async def number_of_person(rx: Reading, plan: Plan, person: Person | None, *, private: bool, drill: bool) -> str:
    """Return the number on which a person is rung, empty where none was confirmed, or where he was erased.

    Args:
        private: only one person reads it; else a mobile number, which is his own, is left out.
        drill: whoever holds nothing in the command body is not rung, and says so in the number's place.
    """
    if person is None or not is_confirmed(person) or not person.phone:
        return ""
    if drill:
        held = await rx.people.holdings(person.id, plan.jurisdiction.name)
        if all(item.role in OUTSIDE for item in held):
            return w.NUMBER_HIDDEN
    return read_number(plan, person.phone) if private or not personal(person.phone) else ""


async def number_to_ring(rx: Reading, plan: Plan, to: str, *, private: bool, drill: bool) -> str:
    """Return the number on which a person, or whoever holds a role, is rung; of holders with their names.

    Args:
        to: the audience (``plans.core.keys``): ``person:…``, ``role:…``, ``own:…``; of others nothing is known here.
    """
    key = Audience(to)
    if key.kind == "person":
        return await number_of_person(rx, plan, await rx.people.get(key.of), private=private, drill=drill)
    if key.kind not in ("role", "own"):
        return ""
    found = []
    for person in (await rx.people.holders(plan.jurisdiction.name, plan.id, key.of))[:MOST_HOLDERS]:
        if number := await number_of_person(rx, plan, person, private=private, drill=drill):
            found.append(f"{written(shown_name(person), 16)} {number}")
    return w.LIST.join(found)
