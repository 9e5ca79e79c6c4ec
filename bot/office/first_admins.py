"""The first administrators of single jurisdictions, as the settings name them: they hold that role like any other.

So whatever asks who administers where needs to know nothing of settings. The program makes the database agree at each
start, with entries in the log of each office; who is named in the settings is taken out there and not in a chat. Those
of ``TOCSIN_ADMINS`` administer every jurisdiction and hold nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from difflib import get_close_matches

import structlog

from bot.callback_data import new_id
from bot.office.accepting import grant
from bot.office.administration import AdminResult, admin_transaction_again, named_by_settings
from bot.office.inviting import SETTINGS
from bot.office.revoking import end, role_values, to_person
from bot.outgoing.administrators import to_administrators
from bot.outgoing.messages import OutgoingMessage
from bot.render.chat import text_message
from bot.service.service import Service
from plans.model import Plan
from storage.people import Holding, Person, shown_name
from storage.transaction import Reading, Writing

ADMIN = "admin"

log = structlog.get_logger(__name__)


async def unknown_places(service: Service) -> list[str]:
    """Return a sentence for each jurisdiction in the settings that no plan has and no group is bound in.

    One that an upgrade lost is still known by its groups: no start fails for it. Nor does one while a plan file is
    broken, which may be the one that has it.
    """
    if not service.district_admins or service.registry.broken:
        return []
    known = list(_plans(service))
    async with service.store.reading() as rx:
        bound = {name for name, _, _ in await rx.places.bindings()}
    return [_sentence(name, known) for name in service.district_admins if name not in {*known, *bound}]


def _sentence(name: str, known: list[str]) -> str:
    near = get_close_matches(name, known, n=1, cutoff=0.5)
    meant = f"是不是“{near[0]}”？" if near else ""
    return f"没有“{name[:60]}”的预案，{meant}辖区有：{'、'.join(known)}"


def _plans(service: Service) -> dict[str, Plan]:
    """Return a plan of each jurisdiction."""
    registry = service.registry
    return {plan.jurisdiction.name: plan for plan in map(registry.current, reversed(list(registry.ids)))}


async def keep_first_admins(service: Service) -> None:
    """Give the role to whom the settings name and who does not hold it; take it from whom they named before.

    Raises:
        Unavailable: the database cannot now.
    """
    async with service.store.reading() as rx:
        new, gone = await _differences(rx, service)
    if not new and not gone:
        return
    cause = f"settings:{service.clock.now().isoformat()}"

    async def act(tx: Writing, now: datetime) -> AdminResult:
        new, gone = await _differences(tx, service)
        messages: list[OutgoingMessage] = []
        for place, telegram_id in new:
            messages += await _named(service, tx, place, telegram_id, cause, now)
        for holding in gone:
            messages += await _taken(service, tx, holding, cause, now)
        return AdminResult(key="first_admins", messages=tuple(messages))

    await admin_transaction_again(service, act, cause=cause)


async def _differences(rx: Reading, service: Service) -> tuple[list[tuple[str, int]], list[Holding]]:
    """Return (jurisdiction, Telegram id) of who is to hold the role, and what is held and no longer said."""
    held = await rx.people.administering()
    people = {item.person_id: await rx.people.get(item.person_id) for item in held}
    numbers = {(item.jurisdiction, person.telegram_id) for item in held if (person := people[item.person_id])}
    wanted = [(place, id) for place, ids in service.district_admins.items() for id in sorted(ids)]
    gone = [
        item
        for item in held
        if item.granted_by == SETTINGS and not named_by_settings(service, people[item.person_id], item)
    ]
    return [pair for pair in wanted if pair not in numbers], gone


async def _named(
    service: Service, tx: Writing, place: str, telegram_id: int, cause: str, now: datetime
) -> Iterable[OutgoingMessage]:
    plan = _plans(service).get(place)
    if plan is None:
        log.warning("first_admins.no_plan", jurisdiction=place)
        return ()
    person = await tx.people.by_telegram(telegram_id) or await tx.people.add(
        Person(id=new_id(), telegram_id=telegram_id, name="", created_at=now)
    )
    await grant(service, tx, person, plan, ADMIN, None, by=SETTINGS, cause=cause, now=now)
    log.info("first_admins.named", jurisdiction=place, person=person.id)
    return to_person(person, text_message("first_admin", jurisdiction=place), "role")


async def _taken(
    service: Service, tx: Writing, holding: Holding, cause: str, now: datetime
) -> Iterable[OutgoingMessage]:
    await end(tx, holding, by=SETTINGS, cause=cause, now=now)
    log.info("first_admins.taken", jurisdiction=holding.jurisdiction, person=holding.person_id)
    person = await tx.people.get(holding.person_id)
    name, place = shown_name(person) if person is not None else "", holding.jurisdiction
    left = await to_administrators(tx, place, service.admins, "first_admin_gone", name=name)
    others = [item for item in left if item.person_id != holding.person_id]
    return (*to_person(person, text_message("first_admin_over", **role_values(service, holding)), "revoked"), *others)
