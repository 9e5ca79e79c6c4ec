"""Who is meant by a name: confirmed real names alone are asked, and two of one name are told apart by their office."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.cases.names import marked_name
from bot.office.administration import admins, append_admin_event, held_by, may_administer
from bot.office.reader import Reader
from bot.outgoing.addresses import ANY_PLAN
from bot.outgoing.live import redraw
from bot.outgoing.messages import OutgoingMessage
from bot.render import Message
from bot.render.chat import text_message
from bot.render.identity import who_is
from bot.service.service import Service
from bot.texts.identity import DESCRIBED
from plans.directory.numbers import masked_number
from plans.identity import Who
from plans.model import Plan
from storage.people import Person, is_confirmed, of_name, shown_name
from storage.transaction import Reading, Writing

CONFIRMED = "name-confirmed"
"""Event of an office's log: who somebody is."""

STATED = "name-stated"
"""Who somebody says he is, which an administrator is asked about."""

PHONE_CHANGED = "phone-changed"
"""That somebody gave another telephone as his, which his own word is enough for; its figures stand in no log."""

OWN = ("name", "before", "office", "office_before", "phone", "phone_before")
"""Values of these entries that go when he is erased."""

FORM = "name"
"""Kind of the form whose answer is a name."""

INVITATION = "invitation"
"""Confirmed whoever took it: nobody decided it one by one."""

NO_OFFICERS = frozenset({"reporter", "liaison", "head"})
"""Roles of those who are not on a roster."""


async def officers(rx: Reading, plan: Plan) -> list[Person]:
    """Return who may stand on a roster of a plan."""
    return await rx.people.officers(plan.jurisdiction.name, plan.id, NO_OFFICERS)


async def registered_in(rx: Reading, jurisdiction: str) -> list[Person]:
    """Return who holds something in a jurisdiction, reporters too."""
    return await rx.people.everybody(jurisdiction)


async def person_named(rx: Reading, plan: Plan, name: str, office: str = "") -> Person | None:
    """Return the one person of a plan who is certainly meant by a name.

    None where nobody is confirmed under it, and where several are whom the office does not tell apart.
    """
    found = of_name(await rx.people.bearing([name], plan.jurisdiction.name, plan.id), name, office)
    return found[0] if len(found) == 1 else None


async def described(rx: Reading, plan: Plan, people: Sequence[Person]) -> tuple[str, ...]:
    """Return how some persons of a plan are called, each with his first role: 小赵（Telegram名，未核实，值班员）."""
    roles: dict[str, str] = {}
    for item in await rx.people.held_by((person.id for person in people), plan.jurisdiction.name):
        if item.plan_id in (plan.id, ANY_PLAN):
            roles.setdefault(item.person_id, held_by(plan, item.role, item.unit)["role"])
    return tuple(DESCRIBED.format(name=marked_name(person), role=roles.get(person.id, "")) for person in people)


async def unconfirmed(rx: Reading, plan: Plan) -> tuple[str, ...]:
    """Return who of a plan is not confirmed to be who he is, each with his role."""
    people = await rx.people.registered(plan.jurisdiction.name, plan.id)
    return await described(rx, plan, [person for person in people if not is_confirmed(person)])


def who_of(person: Person) -> Who:
    """Return who a person is, as it was confirmed; empty where it was not."""
    return Who(person.real_name, person.office, person.phone) if is_confirmed(person) else Who("")


async def namesakes(rx: Reading, jurisdiction: str, who: Who, but: Person) -> list[Person]:
    """Return others who hold something in a jurisdiction and were confirmed under the same name."""
    return [person for person in await rx.people.bearing([who.name], jurisdiction) if person.id != but.id]


async def administered_by(rx: Reading, reader: Reader, person: Person) -> list[str]:
    """Return where somebody holds or claims something that a reader administers; asked again in the transaction."""
    return [name for name in await _known_in(rx, person) if reader.administers(name)]


async def _known_in(rx: Reading, person: Person) -> list[str]:
    """Return where somebody holds something, or claims what nobody has decided."""
    places = [item.jurisdiction for item in await rx.people.holdings(person.id)]
    places += [item.jurisdiction for item in await rx.people.claims_of(person.id) if item.decided_at is None]
    return [*dict.fromkeys(places)]


async def administered_places(service: Service, tx: Writing, admin: Person, person: Person) -> list[str]:
    """Return where somebody holds or claims something that an administrator administers."""
    return [name for name in await _known_in(tx, person) if await may_administer(service, tx, admin, name)]


async def confirm(
    tx: Writing, person: Person, who: Who, *, by: str, how: str, cause: str, now: datetime, place: str = ""
) -> Person:
    """Write down who a person is, in every log of an office that he belongs to; the telephone stands there masked.

    What he sits on is called by the new name; what was recorded under another one stays.

    Args:
        by: the person's own id, or an administrator's. how: ``INVITATION``, ``claim``, ``administrator`` or ``self``.
        place: a jurisdiction besides those where he holds something.
    """
    known = replace(person, real_name=who.name, office=who.office, phone=who.phone, confirmed_at=now)
    await tx.people.save(known)
    await tx.people.rename_seats(person.id, who.name)
    for name in await _logs(tx, person, place):
        await _enter(tx, name, CONFIRMED, person, who, by=by, cause=cause, now=now, how=how)
        for item in await tx.people.claims(name):  # what he said before of himself is answered
            if item.person_id == person.id and not item.role:
                await tx.people.decide_claim(item.id, by, now, False)
        await redraw(tx, name, now)
    return known


async def state_name(tx: Writing, person: Person, who: Who, place: str, *, cause: str, now: datetime) -> None:
    """Enter who somebody says he is in the log of the office that is asked about it."""
    await _enter(tx, place, STATED, person, who, by=person.id, cause=cause, now=now)


async def change_phone(
    tx: Writing, person: Person, phone: str, *, cause: str, now: datetime, place: str = ""
) -> Person:
    """Write down another telephone of a person's, by his own word, in every log of an office that he belongs to."""
    known = replace(person, phone=phone)
    await tx.people.save(known)
    await tx.people.change_claimed_phone(person.id, phone)  # whoever approves one does not bring the old one back
    for name in await _logs(tx, person, place):
        await append_admin_event(
            tx, name, PHONE_CHANGED, actor=person.id, cause=cause, at=now, person=person.id, own=OWN,
            phone=masked_number(phone), phone_before=masked_number(person.phone),
        )  # fmt: skip
    return known


async def _logs(tx: Writing, person: Person, place: str) -> list[str]:
    """Return where it is entered: where somebody holds something, and where he is asked about."""
    places = [item.jurisdiction for item in await tx.people.holdings(person.id)]
    return [*dict.fromkeys([*places, *([place] if place else [])])]


async def _enter(
    tx: Writing, place: str, event: str, person: Person, who: Who, *, by: str, cause: str, now: datetime, **how: str
) -> None:
    before = who_of(person)
    await append_admin_event(
        tx, place, event, actor=by, cause=cause, at=now, person=person.id, own=OWN, name=who.name, office=who.office,
        phone=masked_number(who.phone), before=shown_name(person), office_before=before.office,
        phone_before=masked_number(before.phone), **how,
    )  # fmt: skip


async def confirm_by(
    service: Service, tx: Writing, admin: Person, person: Person, who: Who, *, how: str, cause: str, now: datetime,
    place: str,
) -> tuple[Person, bool, tuple[OutgoingMessage, ...]]:  # fmt: skip
    """Write down who a person is by an administrator's word.

    Returns:
        the person, whether another of the same office bears the name, and the silent word to whoever administers other
        places that know him: his name changes there too.
    """
    places = await _logs(tx, person, place)
    same = [item for name in places for item in await namesakes(tx, name, who, person) if item.office == who.office]
    messages: list[OutgoingMessage] = []
    if is_confirmed(person) and (person.real_name, person.office) != who[:2]:
        words = {"before": shown_name(person), "admin": shown_name(admin), "place": place}
        words["who"] = who_is(who._replace(phone=""))
        for name in places:
            plan = None if await may_administer(service, tx, admin, name) else plan_in(service, name)
            for one in await admins(service, tx, plan) if plan is not None else ():
                messages += silently(one, text_message("name_changed_elsewhere", name=who.name, **words))
    known = await confirm(tx, person, who, by=admin.id, how=how, cause=cause, now=now, place=place)
    return known, bool(same), tuple(messages)


def plan_in(service: Service, place: str) -> Plan | None:
    """Return a plan of a jurisdiction, None where none is installed."""
    plans = map(service.registry.current, service.registry.ids)
    return next((plan for plan in plans if plan.jurisdiction.name == place), None)


def silently(person: Person | None, message: Message) -> tuple[OutgoingMessage, ...]:
    """Return a silent word to somebody about a name, none where he cannot be written to."""
    if person is None or person.place_id is None or person.blocked_at is not None:
        return ()
    return (OutgoingMessage(place_id=person.place_id, message=message, notice="name", person_id=person.id, priority=3),)
