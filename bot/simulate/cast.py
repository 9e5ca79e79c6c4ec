"""The people of a scenario: every role and unit of the plan has one holder, and the office has its groups."""

from __future__ import annotations

from datetime import datetime

from bot.service import Service
from plans.model import Plan
from storage.people import Holding, Person
from storage.places import Place

OWN = ("school", "duty", "admin", "outsider")
"""Actors beside the plan's roles (contract.md)."""

NAMES = {"school": "学校报告人", "duty": "值班员", "admin": "管理员", "outsider": "外人"}
GROUP = "place:group"


def known(plan: Plan, actor: str) -> bool:
    """Return whether a scenario may name this actor."""
    kind, _, name = actor.partition(":")
    if kind == "unit" and name:
        return any(unit.id == name for unit in plan.units)
    return actor in OWN or role_of(actor) in plan.roles


def role_of(actor: str) -> str:
    """Return the role id of ``role:…`` or of a plain role name."""
    return actor.removeprefix("role:")


def person_id(actor: str) -> str:
    """Return the person who plays an actor."""
    return f"person:{role_of(actor)}" if not actor.startswith("unit:") else f"person:{actor}"


async def enter(service: Service, plan: Plan, now: datetime) -> None:
    """Write down everybody and the command group."""
    actors = [*OWN, *plan.roles, *(f"unit:{unit.id}" for unit in plan.units if unit.member)]
    name = plan.jurisdiction.name
    async with service.store.writing() as tx:
        await tx.places.save(Place(id=GROUP, chat_id=-1, kind="none", title="指挥群", created_at=now))
        await tx.places.bind(GROUP, plan.id, name, "command", now)
        for number, actor in enumerate(actors, 1):
            place = f"place:{actor}"
            await tx.places.save(Place(id=place, chat_id=number, kind="private", created_at=now))
            shown = NAMES.get(actor) or (
                plan.roles[actor].title if actor in plan.roles else actor.removeprefix("unit:")
            )
            await tx.people.save(
                Person(
                    id=person_id(actor), telegram_id=number, name=shown, place_id=place, started_at=now, created_at=now
                )
            )
            for role, unit in _holdings(plan, actor):
                await tx.people.grant(
                    Holding(
                        id=f"holding:{actor}:{role}", person_id=person_id(actor), jurisdiction=name, plan_id=plan.id, role=role,
                        unit=unit, granted_by="scenario", granted_at=now,
                    )
                )  # fmt: skip
        await tx.people.take_seat(name, plan.id, person_id=person_id("duty"), name=NAMES["duty"], since=now)


def _holdings(plan: Plan, actor: str) -> list[tuple[str, str | None]]:
    if actor.startswith("unit:"):
        return [("liaison", actor.removeprefix("unit:"))]
    if actor == "outsider":
        return []
    if actor == "school":
        return [("reporter", None)]
    return [(actor, None)]
