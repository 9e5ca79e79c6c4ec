"""What is missing among the people of a plan, and the weekly word about it to the administrators."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.cases.body_lists import body_of_row
from bot.cases.group_leads import group_leads
from bot.cases.names import marked_name
from bot.cases.streams import admin_log
from bot.clock import SHANGHAI
from bot.office.administration import admins, role_name
from bot.outgoing.addresses import ANY_PLAN
from bot.outgoing.messages import OutgoingMessage
from bot.outgoing.roll import last_roll
from bot.render import Message
from bot.render.people import Missing, check
from bot.service.requests import Requester
from bot.service.service import Service
from plans.bearers import is_a
from plans.group_leads import without_lead
from plans.model import Plan
from storage.people import Holding, Person, is_confirmed, shown_name
from storage.transaction import Reading

FRIDAY = 4
"""The day of the weekly word: while there still is somebody at his desk to mend what is missing for the weekend."""

STALE = timedelta(days=90)
"""A roll that was called longer ago says nothing of today."""


async def missing(rx: Reading, plan: Plan, now: datetime) -> Missing:
    """Return what is missing among the people of a plan."""
    name = plan.jurisdiction.name
    holdings = [
        item
        for item in await rx.people.all_holdings(name)
        if item.ended_at is None and item.plan_id in (plan.id, ANY_PLAN) and item.role != "reporter"
    ]
    people: dict[str, Person] = {}
    for key in dict.fromkeys(item.person_id for item in holdings):
        person = await rx.people.get(key)
        if person is not None:
            people[key] = person
    live = [item for item in holdings if item.person_id in people and _reachable(people[item.person_id])]
    spoken = {item.unit for item in holdings if item.role == "liaison"}
    reached = {item.unit for item in live if item.role == "liaison"}
    members = [unit.id for unit in plan.units if unit.member and not unit.place_bound]
    roll = last_roll(await rx.journal.load(admin_log(name)))
    silent = [title for key, title in roll.titles.items() if key in people and key not in roll.answers] if roll else []
    leads = await group_leads(rx, plan)
    return Missing(
        roles=tuple(_unheld(plan, live)),
        units=tuple(unit for unit in members if unit not in spoken),
        unreachable=tuple(unit for unit in members if unit in spoken and unit not in reached),
        never_started=tuple(_named(plan, holdings, people, lambda person: person.place_id is None)),
        blocked=tuple(_named(plan, holdings, people, lambda person: person.blocked_at is not None)),
        silent=tuple(silent),
        rolled=(now - roll.at).days if roll is not None else None,
        stale=roll is None or now - roll.at > STALE,
        seat=await rx.people.seat(name, plan.id) is None,
        kinds=await _unlisted(rx, plan),
        unconfirmed=tuple(_named(plan, holdings, people, lambda person: not is_confirmed(person), marked_name)),
        groups=tuple(group.name for group in without_lead(plan) if group.name not in leads),
    )


async def _unlisted(rx: Reading, plan: Plan) -> tuple[str, ...]:
    """Return the kinds that the plan's warnings call and of which the list has no body; none without a list."""
    rows = await rx.bodies.all(plan.jurisdiction.name)
    kinds = dict.fromkeys(kind for call in plan.warning_calls for kind in call.kinds)
    bodies = [body_of_row(row) for row in rows] if kinds else []
    absent = (kind for kind in kinds if not any(is_a(body.families, body.kinds, kind) for body in bodies))
    return tuple(absent) if bodies else ()


def _unheld(plan: Plan, live: list[Holding]) -> list[str]:
    roles = {item.role for item in live}
    # Who holds one role may hold another by it: the office's director is a deputy commander too.
    roles |= {other for role in roles if role in plan.roles for other in plan.roles[role].also}
    wanted = ["duty", *plan.roles]
    return [role_name(plan, role) for role in wanted if role not in roles]


def _named(
    plan: Plan,
    holdings: list[Holding],
    people: dict[str, Person],
    wanted: Callable[[Person], bool],
    called: Callable[[Person], str] = shown_name,
) -> list[str]:
    names: dict[str, str] = {}
    for item in holdings:
        person = people.get(item.person_id)
        if person is not None and wanted(person):
            title = role_name(plan, item.role)
            names.setdefault(person.id, f"{called(person)}（{title}{f' {item.unit}' if item.unit else ''}）")
    return list(names.values())


def _reachable(person: Person) -> bool:
    return person.place_id is not None and person.blocked_at is None


async def bound_plans(rx: Reading, service: Service) -> list[Plan]:
    """Return the installed plans that a group is bound to."""
    ids = [plan for place in await rx.places.bound() for plan in await rx.places.plans_of(place.id)]
    return [service.registry.current(item) for item in dict.fromkeys(ids) if item in service.registry.ids]


async def weekly_word(service: Service, now: datetime) -> None:
    """Tell the administrators on Fridays, silently, what is missing; where nothing is, they are not disturbed."""
    local = now.astimezone(SHANGHAI)
    if local.weekday() != FRIDAY:
        return
    messages: dict[str, list[tuple[Person, str]]] = {}
    async with service.store.reading() as rx:
        for plan in await bound_plans(rx, service):
            lacks = await missing(rx, plan, now)
            if not lacks.good:
                for person in await admins(service, rx, plan):
                    messages.setdefault(person.id, []).append((person, check(plan.title, lacks)))
    await service.say(
        [
            OutgoingMessage(
                place_id=texts[0][0].place_id or "", message=Message("\n\n".join(text for _, text in texts)),
                notice="people", person_id=key, priority=3,
            )
            for key, texts in messages.items()
        ],
        cause=f"people:{local.date().isoformat()}",
        requester=Requester(),
    )  # fmt: skip
