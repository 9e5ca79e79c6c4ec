"""What a test entered behind the program's back is written into the admin log, as if people had done it."""

from __future__ import annotations

from datetime import datetime

from bot.office.administration import append_admin_event
from storage.transaction import Writing


async def vouch(tx: Writing, now: datetime) -> None:
    """Note every role, name, group and seat that there is."""
    for item in await tx.people.every():
        person = await tx.people.get(item.person_id)
        assert person is not None
        await append_admin_event(
            tx, item.jurisdiction, "role-granted", actor="settings", cause=f"vouched:{item.id}", at=item.granted_at,
            person=person.id, name=person.name, plan=item.plan_id, role=item.role, unit=item.unit,
            account=person.telegram_id, own=("name", "account"),
        )  # fmt: skip
    places = {item.person_id: item.jurisdiction for item in await tx.people.every()}
    for person in await tx.people.confirmed():
        somewhere = places.get(person.id) or next((place for place, _ in await _bound(tx)), "")
        await append_admin_event(
            tx, somewhere, "name-confirmed", actor="settings", cause=f"vouched:{person.id}", at=now, person=person.id,
            name=person.real_name, office=person.office, before=person.name, how="administrator",
            own=("name", "office", "before"),
        )  # fmt: skip
    for jurisdiction, plan in await _bound(tx):
        for place in await tx.places.bound(jurisdiction, plan):
            await append_admin_event(
                tx, jurisdiction, "place-bound", actor="settings", cause=f"vouched:{place.id}", at=now, place=place.id,
                plan=plan, kind=place.kind,
            )  # fmt: skip
    for (jurisdiction, plan), seat in (await tx.people.all_seats()).items():
        await append_admin_event(
            tx, jurisdiction, "seat-taken", actor=seat.person_id, cause=f"vouched:{plan}", at=now, name=seat.name,
            plan=plan,
        )  # fmt: skip


async def _bound(tx: Writing) -> list[tuple[str, str]]:
    return list(dict.fromkeys((jurisdiction, plan) for jurisdiction, plan, _ in await tx.places.bindings()))
