"""Who is there when a test begins, entered behind the program's back: people, what they hold, groups, who is on duty.

    async with store.writing() as tx:
        duty = await stage.enter(tx, chat=7, name="李值班", at=NIGHT)
        await stage.grant(tx, duty, CAMPUS, "duty", at=NIGHT)
        await stage.sit(tx, duty, CAMPUS, at=NIGHT)
        group = await stage.enter_group(tx, chat=-7, title="指挥群", at=NIGHT)
        await stage.bind(tx, group, CAMPUS, "command", at=NIGHT)

An ``office`` is the jurisdiction, where it is not the plan's own.
"""

from __future__ import annotations

from datetime import datetime

from bot.callback_data import new_id
from plans.model import Plan
from storage.people import Holding, Person, shown_name
from storage.places import Kind, Place
from storage.transaction import Writing


async def enter(
    tx: Writing, *, chat: int, name: str, at: datetime, id: str = "", username: str = "", confirmed: bool = True
) -> Person:
    """Write down somebody who has opened the private chat; its id is made from his, where one is given.

    Args:
        confirmed: the name is his real one, as an administrator has confirmed; else it is what he calls himself.
    """
    place = Place(
        id=f"private-{id}" if id else new_id(), chat_id=chat, kind="private", title=name, created_at=at
    )  # fmt: skip
    person = Person(
        id=id or new_id(), telegram_id=chat, name=name, username=username or None, place_id=place.id, started_at=at,
        created_at=at, real_name=name if confirmed else "", confirmed_at=at if confirmed else None,
    )  # fmt: skip
    await tx.places.save(place)
    await tx.people.save(person)
    return person


async def enter_group(
    tx: Writing, *, chat: int, title: str, at: datetime, id: str = "", can_pin: bool = False, forum: bool = False
) -> Place:
    """Write down a group that the bot is in."""
    place = Place(
        id=id or new_id(), chat_id=chat, kind="none", title=title, can_pin=can_pin, created_at=at, forum=forum
    )
    await tx.places.save(place)
    return place


async def bind(tx: Writing, place: Place, plan: Plan, kind: Kind, *, at: datetime, office: str = "") -> None:
    """Bind a group to a plan."""
    await tx.places.bind(place.id, plan.id, office or plan.jurisdiction.name, kind, at)


async def grant(
    tx: Writing, person: Person, plan: Plan, role: str, *, at: datetime, unit: str | None = None, office: str = ""
) -> None:
    """Give somebody a role."""
    await tx.people.grant(
        Holding(
            id=new_id(), person_id=person.id, jurisdiction=office or plan.jurisdiction.name, plan_id=plan.id, role=role,
            unit=unit, granted_by="settings", granted_at=at,
        )
    )  # fmt: skip


async def sit(tx: Writing, person: Person, plan: Plan, *, at: datetime, office: str = "") -> None:
    """Let somebody take the duty seat."""
    await tx.people.take_seat(
        office or plan.jurisdiction.name, plan.id, person_id=person.id, name=shown_name(person), since=at
    )
