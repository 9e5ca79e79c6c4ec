"""代行: a role is lent for a time. The holder asks, the other accepts, and it ends by itself or is taken back.

Nothing is lent that one does not hold in one's own right, so that it cannot be passed on.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.callback_data import new_id
from bot.render.delegating import asked, said
from bot.service.administering import Done, Reply, note, once
from bot.service.asking import Asker
from bot.service.messages import Letter
from bot.service.revoking import end, named
from bot.service.service import Service
from storage import Writing
from storage.people import Holding, Person

LONGEST = timedelta(days=30)


async def ask(
    service: Service, person: Person, holding_id: str, other: Person, until: datetime, *, cause: str, asker: Asker,
    reply: Reply,
) -> Done | None:  # fmt: skip
    """Ask somebody to act for oneself in a role, until a moment."""

    async def act(tx: Writing, now: datetime) -> Done:
        held = await tx.people.holding(holding_id)
        if asker.via != "direct":
            return Done(key="directly", ok=False)
        if held is None or held.person_id != person.id or held.until is not None or not now < until <= now + LONGEST:
            return Done(key="stale", ok=False)
        if other.place_id is None or other.blocked_at is not None or other.id == person.id:
            return Done(key="nobody", ok=False, values={"given": other.name, "names": ""})
        await note(
            tx, held.jurisdiction, "delegation-offered", actor=person.id, cause=cause, at=now, to=other.id,
            plan=held.plan_id, role=held.role, unit=held.unit, until=until.isoformat(),
        )  # fmt: skip
        values = {**named(service, held), "whose": person.name, "until": until}
        letter = Letter(
            place_id=other.place_id, message=asked(held.id, other.id, values, now), notice="delegation",
            audience=f"person:{other.id}", person_id=other.id, jurisdiction=held.jurisdiction, ring=True,
        )  # fmt: skip
        return Done(key="asked", values={"name": other.name, "until": until}, letters=(letter,))

    return await once(service, act, cause=cause, asker=asker, reply=reply)


async def settle(
    service: Service, person: Person, holding_id: str, to: str, until: datetime, accepted: bool, *, cause: str,
    asker: Asker,
) -> Done | None:  # fmt: skip
    """Accept or refuse to act for somebody; what was asked for must still be theirs to lend.

    Args:
        to: the id of whoever was asked; nobody else answers.
    """

    async def act(tx: Writing, now: datetime) -> Done:
        held = await tx.people.holding(holding_id)
        if held is None or held.until is not None or until <= now or asker.via != "direct" or to != person.id:
            return Done(key="stale", ok=False)
        whose = await tx.people.get(held.person_id)
        values = {**named(service, held), "name": person.name, "until": until}
        values["whose"] = whose.name if whose is not None else ""
        if any(item.acting_for == held.person_id and _same(item, held) for item in await _of(tx, person)):
            return Done(key="accepted", values=values)
        if accepted:
            lent = Holding(
                id=new_id(), person_id=person.id, jurisdiction=held.jurisdiction, plan_id=held.plan_id, role=held.role,
                unit=held.unit, granted_by=held.person_id, granted_at=now, until=until, acting_for=held.person_id,
            )  # fmt: skip
            await tx.people.grant(lent)
        await note(
            tx, held.jurisdiction, "role-delegated" if accepted else "delegation-refused", actor=person.id, cause=cause,
            at=now, person=person.id, name=person.name, whose=held.person_id, plan=held.plan_id, role=held.role,
            unit=held.unit, until=until.isoformat(),
        )  # fmt: skip
        key = "accepted_yours" if accepted else "refused_yours"
        return Done(key="accepted" if accepted else "refused", values=values, letters=_to(whose, key, values, now))

    return await once(service, act, cause=cause, asker=asker)


async def take_back(service: Service, person: Person, holding_id: str, *, cause: str, asker: Asker) -> Done | None:
    """Take back what one has lent; whoever acted is told and decides nothing more from this moment."""

    async def act(tx: Writing, now: datetime) -> Done:
        held = await tx.people.holding(holding_id)
        if held is None or held.acting_for != person.id or asker.via != "direct":
            return Done(key="stale", ok=False)
        await end(tx, held, by=person.id, cause=cause, now=now)
        other = await tx.people.get(held.person_id)
        values = {**named(service, held), "whose": person.name, "name": other.name if other is not None else ""}
        return Done(key="taken_back", values=values, letters=_to(other, "taken_back_theirs", values, now))

    return await once(service, act, cause=cause, asker=asker)


def _to(person: Person | None, key: str, values: Mapping[str, object], now: datetime) -> tuple[Letter, ...]:
    if person is None or person.place_id is None or person.blocked_at is not None:
        return ()
    return (
        Letter(
            place_id=person.place_id, message=said(key, values, now), notice="delegation", person_id=person.id,
            ring=True,
        ),
    )  # fmt: skip


def _same(one: Holding, other: Holding) -> bool:
    return (one.plan_id, one.role, one.unit) == (other.plan_id, other.role, other.unit)


async def _of(tx: Writing, person: Person) -> list[Holding]:
    return await tx.people.holdings(person.id, lock=True)
