"""Who is meant by a name: confirmed real names alone are asked, and two of one name are told apart by their office."""

from __future__ import annotations

from bot.outgoing.addresses import ANY_PLAN
from plans.model import Plan
from storage.people import Person, of_name
from storage.transaction import Reading


async def registered(rx: Reading, plan: Plan) -> list[Person]:
    """Return who holds a role of a plan, or of every plan of its jurisdiction; reporters hold none."""
    holders = [
        item.person_id
        for item in await rx.people.all_holdings(plan.jurisdiction.name)
        if item.plan_id in (plan.id, ANY_PLAN) and item.role != "reporter"
    ]
    people = [await rx.people.get(key) for key in dict.fromkeys(holders)]
    return [person for person in people if person is not None]


async def person_named(rx: Reading, plan: Plan, name: str, office: str = "") -> Person | None:
    """Return the one person of a plan who is certainly meant by a name.

    None where nobody is confirmed under it, and where several are whom the office does not tell apart.
    """
    found = of_name(await registered(rx, plan), name, office)
    return found[0] if len(found) == 1 else None
