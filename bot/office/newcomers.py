"""Who comes to stand for a recipient later is told of what that one has still to do: in silence, once, in full."""

from __future__ import annotations

from datetime import datetime

from bot.office.instructions import of_plan
from bot.outgoing.addresses import CaseAddresses
from bot.service.service import Service
from plans.core import keys
from plans.core.authority import with_also
from plans.desk.addressed import KINDS
from plans.desk.recipients import to_newcomer
from plans.model import Plan
from storage.people import Person
from storage.transaction import Writing


async def tell_open(
    service: Service, tx: Writing, person: Person, plan: Plan, role: str, unit: str | None, now: datetime
) -> None:
    """Queue what is open for somebody who has just been given a role; nothing where others answer before him."""
    names = [keys.to_unit(unit)] if unit else [*map(keys.to_role, {role, *with_also(plan, {role})})]
    for kind in KINDS:
        for case in await of_plan(tx, kind, [plan]):
            addresses, his = CaseAddresses(tx, plan, case, now), list[str]()
            for to in names:
                if to in case.told:
                    targets = await addresses.resolve(to)
                    his += [to for item in targets if item.person is not None and item.person.id == person.id]
            if (notice := to_newcomer(case, person.id, his)) is not None:
                pinned = await service.registry.pinned(tx, case.plan_hash)
                await service.cases.tell(tx, pinned, case, [notice], now)
