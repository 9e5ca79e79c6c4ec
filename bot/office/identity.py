"""Who is meant by a name: confirmed real names alone are asked, and two of one name are told apart by their office."""

from __future__ import annotations

from plans.model import Plan
from storage.people import Person, of_name
from storage.transaction import Reading


async def person_named(rx: Reading, plan: Plan, name: str, office: str = "") -> Person | None:
    """Return the one person of a plan who is certainly meant by a name.

    None where nobody is confirmed under it, and where several are whom the office does not tell apart.
    """
    found = of_name(await rx.people.registered(plan.jurisdiction.name, plan.id), name, office)
    return found[0] if len(found) == 1 else None
