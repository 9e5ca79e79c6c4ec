"""The town of the demo: its people and groups in the local Telegram, and what the program's database says of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone

from bot.callback_data import new_id
from bot.demo.cast import ADMIN, PRIVATE, SETTINGS, Setting
from bot.demo.stage import Part
from bot.office import walls
from bot.office.board import enter, make_link
from bot.playground import Bot, Group, Person, World
from bot.sealed import digest
from bot.service import Requester, Service
from storage.bodies import BodyList, BodyRow
from storage.people import Holding, shown_name
from storage.people import Person as Known
from storage.places import Place
from storage.transaction import Writing

TOKEN = "110201543:DEMO-ONLY-this-is-no-secret-000000"  # noqa: S105  the local server's own bot; it opens nothing
MOST_WALLS = 3
"""Walls that a visitor has open at once; the oldest goes when he opens another."""

FIRST_MOMENT = datetime(2026, 3, 2, 3, 3, tzinfo=timezone(timedelta(hours=8))).astimezone(UTC)


@dataclass(frozen=True, kw_only=True)
class Town:
    """The people and groups of the local Telegram, by the names that scenes call them; those of every setting."""

    bot: Bot
    people: dict[str, Person]
    groups: dict[str, Group]

    def parts(self, setting: Setting) -> list[Part]:
        """Return whom the visitor can play."""
        return [
            Part(
                person=self.people[role.name].id, name=role.name, title=role.title, hint=role.hint,
                opening=role.opening, chats=tuple(self.chat(role.name, name) for name in role.chats),
            )
            for role in setting.cast
        ]  # fmt: skip

    def chat(self, person: str, name: str) -> str:
        """Return the key of somebody's chat: of a group, or the private one."""
        return str(self.people[person].id) if name == PRIVATE else self.groups[name].key


def build(world: World) -> Town:
    """Put the people and groups of all settings into an empty world; nobody has opened a private chat yet."""
    bot = world.add_bot(TOKEN, username="tocsin_demo_bot", name="警钟")
    roles = list(dict.fromkeys(role for setting in SETTINGS.values() for role in setting.cast))
    people = {name: world.add_user(name) for name in dict.fromkeys(role.name for role in roles)}
    groups = {}
    for room in dict.fromkeys(room for setting in SETTINGS.values() for room in setting.rooms):
        inside = [people[role.name] for role in roles if room.name in role.chats and role.name != room.owner]
        groups[room.name] = world.add_group(room.title, owner=people[room.owner], members=[bot, *inside])
        if room.kind == "command":
            people[room.owner].promote(groups[room.name], bot, ["can_pin_messages"])
    return Town(bot=bot, people=people, groups=groups)


async def seat(service: Service, town: Town, setting: Setting) -> None:
    """Bind the groups, give everybody what he holds, list the bodies, and let the duty officer sit down."""
    now = service.clock.now()
    name = service.registry.current(setting.plan).jurisdiction.name
    async with service.store.writing() as tx:
        for room in setting.rooms:
            plan = service.registry.current(room.plan or setting.plan)
            group, kind = town.groups[room.name], room.kind
            place = await tx.places.by_chat(group.id)
            place = place or Place(
                id=new_id(), chat_id=group.id, kind="none", title=group.title, can_pin=kind == "command", created_at=now
            )
            await tx.places.save(place)
            whose = plan.jurisdiction.name
            await tx.places.bind(place.id, plan.id, whose, "command" if kind == "command" else "school", now)
        await tx.bodies.take_over(
            BodyList(jurisdiction=name, number=1, at=now, by="demo", added=len(setting.bodies)),
            [
                BodyRow(
                    jurisdiction=name, id=body, name=body, kind=kind, township=township,
                    phones=(number,) if number else (), since=1,
                )
                for body, kind, township, number in setting.bodies
            ],
            (),
        )  # fmt: skip
        for role in setting.cast:
            person = await _known(tx, town.people[role.name], now)
            plan = service.registry.current(role.plan or setting.plan)
            whose, all_of_it = plan.jurisdiction.name, role.role == "admin" and role.plan
            await tx.people.grant(
                Holding(
                    id=new_id(), person_id=person.id, jurisdiction=whose, plan_id="*" if all_of_it else plan.id,
                    role=role.role, unit=role.unit, granted_by="demo", granted_at=now,
                )
            )  # fmt: skip
            if role.name in (setting.seat, setting.above):
                await tx.people.take_seat(whose, plan.id, person_id=person.id, name=shown_name(person), since=now)


async def paired(service: Service, setting: Setting) -> str | None:
    """Let the administrator pair a screen, and return its secret; None where so many are paired that no more may be."""
    waiting = await walls.wait(service, "127.0.0.1")
    admin = await _person(service, ADMIN)
    if waiting is None or admin is None:
        return None
    secret, name = waiting[0], service.registry.current(setting.plan).jurisdiction.name
    async with service.store.reading() as rx:
        shown = await rx.web_sessions.walls(service.clock.now())
    for older in shown[: max(0, len(shown) + 1 - MOST_WALLS)]:
        await walls.unpair(service, admin, older.id, cause=f"demo:{new_id()}", requester=_asking(admin))
    done = await walls.pair(
        service, admin, digest(secret), name, cause=f"demo:{new_id()}", requester=_asking(admin)
    )  # fmt: skip
    return secret if done is not None and done.ok else None


async def entered(service: Service, setting: Setting) -> str | None:
    """Open the board for whoever sits on the duty seat, and return the session's secret."""
    person = await _person(service, setting.seat)
    if person is None:
        return None
    made = await make_link(
        service, person, "", cause=f"demo:{new_id()}", requester=_asking(person), reply=lambda done: []
    )  # fmt: skip
    if made is None or not made.ok:
        return None
    opened = await enter(service, service.seal.secret(made.secrets[0]), "127.0.0.1")
    return opened.secret if opened is not None else None


async def _person(service: Service, name: str) -> Known | None:
    async with service.store.reading() as rx:
        return next(iter(await rx.people.by_name(name)), None)


def _asking(person: Known) -> Requester:
    return Requester(person_id=person.id)


async def _known(tx: Writing, player: Person, now: datetime) -> Known:
    person_row = await tx.people.by_telegram(player.id)
    if person_row is not None:
        person = replace(person_row, real_name=player.name, confirmed_at=person_row.confirmed_at or now)
        await tx.people.save(person)
        return person
    place = Place(id=new_id(), chat_id=player.id, kind="private", title=player.name, created_at=now)
    await tx.places.save(place)
    person = Known(
        id=new_id(),
        telegram_id=player.id,
        name=player.name,
        place_id=place.id,
        started_at=now,
        created_at=now,
        real_name=player.name,
        confirmed_at=now,
    )
    await tx.people.save(person)
    return person
