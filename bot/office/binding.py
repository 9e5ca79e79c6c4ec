"""Which group serves which plan, and as what."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from bot.office.administration import AdminResult, Reply, admin_transaction, append_admin_event, may_administer
from bot.office.beside import ServesToo, nobody_beside
from bot.service.requests import Requester
from bot.service.service import Service
from bot.texts.binding import KINDS
from storage import Writing
from storage.errors import OtherJurisdiction
from storage.people import Person
from storage.places import Place

Kind = Literal["command", "members", "school"]


async def bind(
    service: Service,
    person: Person,
    place: Place,
    plan_id: str,
    kind: Kind,
    *,
    cause: str,
    requester: Requester,
    reply: Reply | None = None,
    seen: tuple[str, bool] | None = None,
    serves_too: ServesToo = nobody_beside,
    beside: str = "",
) -> AdminResult | None:
    """Bind a group to a plan; to one whose jurisdiction another installation serves only with a word to that.

    Two that serve one number its incidents twice, and tell and call everybody twice.

    Args:
        seen: the group's kind, and whether it was bound to the plan, when that was offered by a button.
        serves_too: asks which other installation serves a jurisdiction.
        beside: that one's database as it was shown to whoever wants it all the same.
    """
    installed = plan_id in service.registry.ids
    other = await serves_too(service.registry.current(plan_id).jurisdiction.name) if installed else ""

    async def act(tx: Writing, now: datetime) -> AdminResult:
        if place.kind == "private":
            return AdminResult(key="bind_in_group", ok=False)
        if plan_id not in service.registry.ids:
            return AdminResult(key="bind_unknown", ok=False, values={"given": plan_id[:60]})
        plan = service.registry.current(plan_id)
        name = plan.jurisdiction.name
        if requester.via != "direct" or not await may_administer(service, tx, person, name):
            return AdminResult(key="admin_only", ok=False)
        if seen is not None:
            row = await tx.places.get(place.id)
            bound = plan_id in await tx.places.plans_of(place.id)
            if row is None or row.kind not in (seen[0], kind) or bound is not seen[1]:
                return AdminResult(key="bind_changed", ok=False)
        if other and other != beside:
            row = await tx.places.get(place.id)
            shown = {"plan": plan_id, "kind": kind, "was": row.kind if row is not None else place.kind, "beside": other}
            bound = plan_id in await tx.places.plans_of(place.id)
            values = {"jurisdiction": name, "database": other, "confirm": {**shown, "bound": bound}}
            return AdminResult(key="bind_beside", ok=False, values=values)
        try:
            await tx.places.bind(place.id, plan_id, name, kind, now)
        except OtherJurisdiction:
            return AdminResult(key="bind_other", ok=False, values={"jurisdiction": place.jurisdiction or ""})
        await service.registry.keep(tx, plan_id, now)
        await append_admin_event(
            tx, name, "place-bound", actor=person.id, cause=cause, at=now, place=place.id, plan=plan_id, kind=kind,
            **({"beside": other} if other else {}),
        )  # fmt: skip
        return AdminResult(key=f"bound_{kind}", values={"plan": plan.title, "kind": KINDS[kind]})

    return await admin_transaction(service, act, cause=cause, requester=requester, reply=reply)


async def unbind(
    service: Service,
    person: Person,
    place: Place,
    plan_id: str,
    *,
    cause: str,
    requester: Requester,
    reply: Reply | None = None,
) -> AdminResult | None:
    """End a group's binding."""

    async def act(tx: Writing, now: datetime) -> AdminResult:
        name = place.jurisdiction or ""
        if requester.via != "direct" or not await may_administer(service, tx, person, name):
            return AdminResult(key="admin_only", ok=False)
        if not await tx.places.unbind(place.id, plan_id):
            return AdminResult(key="unbind_unknown", ok=False, values={"given": plan_id[:60]})
        await append_admin_event(
            tx, name, "place-unbound", actor=person.id, cause=cause, at=now, place=place.id, plan=plan_id
        )
        title = service.registry.current(plan_id).title if plan_id in service.registry.ids else plan_id
        return AdminResult(key="unbound", values={"plan": title})

    return await admin_transaction(service, act, cause=cause, requester=requester, reply=reply)
