"""Whether the plans that are in use can be worked with: at the start, and whenever somebody asks how the program is."""

from __future__ import annotations

import hashlib

import structlog

from bot.cases.plan_registry import PlanRegistry, UnusablePlan
from bot.clock import SHANGHAI
from bot.outgoing.messages import OutgoingMessage
from bot.render.rescue import Unusable, unusable
from bot.service.requests import Requester
from bot.service.service import Service
from plans.load import canonical
from storage.people import Person
from storage.transaction import Reading

log = structlog.get_logger(__name__)


async def unusable_plans(rx: Reading, registry: PlanRegistry) -> list[Unusable]:
    """Return what is bound and not installed, what open incidents run on and cannot be read, files that are broken."""
    plans: list[Unusable] = []
    for jurisdiction, plan_id, title in await rx.places.bindings():
        if plan_id not in registry.ids:
            plans.append(Unusable(kind="bound", plan=plan_id, place=title, then=jurisdiction))
        elif (now := registry.current(plan_id).jurisdiction.name) != jurisdiction:
            plans.append(Unusable(kind="moved", plan=plan_id, place=title, then=jurisdiction, now=now))
    in_use = [*await rx.incidents.plans_in_use(), *await rx.cases.plans_in_use()]
    for jurisdiction, plan_id, hash_, count in in_use:
        try:
            await registry.pinned(rx, hash_)
        except UnusablePlan as problem:
            plans.append(Unusable(kind="running", plan=plan_id, then=jurisdiction, count=count, reason=str(problem)))
    plans += [Unusable(kind="file", plan=name, reason=text) for name, text in registry.broken.items()]
    return plans


def in_english(item: Unusable) -> str:
    """Return one of them as a line for the engineer."""
    if item.kind == "bound":
        return f"plan {item.plan}: bound to a group of {item.then} and not installed"
    if item.kind == "moved":
        return f"plan {item.plan}: bound in {item.then}, and belongs to {item.now} now"
    if item.kind == "running":
        return f"plan {item.plan}: {item.count} open incidents run on it: {item.reason}"
    return f"plan file {item.plan}: {item.reason.splitlines()[0] if item.reason else 'unreadable'}"


async def check_plans(service: Service) -> list[Unusable]:
    """Name at the start what cannot be worked with: in the log, and to the administrators once a day."""
    now = service.clock.now()
    await _keep_bound(service)
    async with service.store.reading() as rx:
        plans = await unusable_plans(rx, service.registry)
        if not plans:
            return plans
        people = await _administrators(rx, service, plans)
    for item in plans:
        log.error("plan.unusable", plan=item.plan, kind=item.kind, what=in_english(item))
    messages = [
        OutgoingMessage(
            place_id=person.place_id or "", message=unusable(mine), notice="plans", person_id=person.id, priority=1,
            ring=True,
        )
        for person, mine in people
    ]  # fmt: skip
    what = hashlib.sha256(repr([_same(item) for item in plans]).encode()).hexdigest()[:16]
    day = now.astimezone(SHANGHAI).date().isoformat()
    await service.say(messages, cause=f"plans:{day}:{what}", requester=Requester())
    return plans


async def _keep_bound(service: Service) -> None:
    """Store what the bound plans say: once an upgrade drops one, its duty line is still known."""
    registry = service.registry
    async with service.store.reading() as rx:
        bound = dict.fromkeys(plan_id for _, plan_id, _ in await rx.places.bindings() if plan_id in registry.ids)
        new = [plan_id for plan_id in bound if await rx.plans.get(registry.hash_of(plan_id)) is None]
    if new:
        async with service.store.writing("plans.kept") as tx:
            for plan_id in new:
                plan = registry.current(plan_id)
                await tx.plans.keep(
                    registry.hash_of(plan_id), plan.id, plan.version, canonical(plan), service.clock.now()
                )  # fmt: skip


def _same(item: Unusable) -> tuple[str, ...]:
    """Return what makes one the same as one that was told before."""
    return (item.kind, item.plan, item.place, item.then, item.now)


async def _administrators(rx: Reading, service: Service, plans: list[Unusable]) -> list[tuple[Person, list[Unusable]]]:
    """Return who is told what: each administrator what is of his jurisdiction, those of the settings everything."""
    readers: dict[str, tuple[Person, list[Unusable]]] = {}
    for telegram_id in sorted(service.admins):
        administrator = await rx.people.by_telegram(telegram_id)
        if administrator is not None:
            readers[administrator.id] = (administrator, plans)
    for name in dict.fromkeys(item.then for item in plans if item.then):
        for holding in await rx.people.all_holdings(name):
            person = await rx.people.get(holding.person_id) if holding.role == "admin" else None
            if person is not None and person.id not in readers:
                readers[person.id] = (person, [])
            if person is not None and readers[person.id][1] is not plans:
                mine = readers[person.id][1]
                mine += [item for item in plans if item.then == name and item not in mine]
    return [pair for pair in readers.values() if pair[0].place_id is not None and pair[0].blocked_at is None]
