"""The people of a scenario: every role and unit of the plan has one holder, and the office has its groups."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.scenario.actors import role_of, unit_of
from bot.service import Service
from plans.model import Plan
from storage.people import Holding, Person
from storage.places import Place

__all__ = ["actor_of", "actors", "body_id", "called", "enter", "person_id", "place_id", "role_of", "sit", "unit_of"]

NAMES = {"school": "学校报告人", "duty": "值班员", "duty2": "接班值班员", "admin": "管理员", "outsider": "外人"}
"""Actors beside the plan's roles (docs/contract.md); ``duty2`` is the second duty officer, who takes the seat over."""

_HOLDS = {"school": "reporter", "duty": "duty", "duty2": "duty", "admin": "admin"}

GROUP = "place:group"

BODY = "body:"
"""Begins an actor who is the head of a listed body."""


def body_id(names: Sequence[str], name: str) -> str:
    """Return the id of a listed body: its place among all that the scenario lists."""
    return f"body-{list(names).index(name) + 1}"


def actor_of(plan: Plan, word: str) -> str | None:
    """Return the actor that a scenario means: ``duty``, ``director``, ``role:办公室主任``, ``unit:消防`` …, or None."""
    kind, _, name = word.partition(":")
    if kind == "unit":
        unit = unit_of(plan, name)
        return f"unit:{unit}" if unit else None
    return word if word in NAMES else role_of(plan, name if kind == "role" else word)


def actors(plan: Plan) -> list[str]:
    """Return whom a scenario of this plan may name, for an error."""
    return [*NAMES, *plan.roles, *(f"role:{role.title}" for role in plan.roles.values()), "unit:<单位>"]


def person_id(actor: str) -> str:
    """Return the person who plays an actor."""
    return f"person:{actor}"


def place_id(actor: str) -> str:
    """Return the private chat of an actor."""
    return f"place:{actor}"


def called(plan: Plan, actor: str) -> str:
    """Return how the timeline calls an actor."""
    if actor in plan.roles:
        return plan.roles[actor].title
    return NAMES.get(actor, actor.removeprefix("unit:").removeprefix(BODY))


async def enter(service: Service, plan: Plan, names: Iterable[str], now: datetime, bodies: Sequence[str] = ()) -> None:
    """Write down everybody and the command group; the duty officer sits on the seat.

    Args:
        names: the actors of the scenario, who may speak for units that are no members.
        bodies: names of the bodies that it lists, each of which has a head.
    """
    members = [f"unit:{unit.id}" for unit in plan.units if unit.member]
    heads = [f"{BODY}{body}" for body in bodies]
    everybody = dict.fromkeys([*NAMES, *plan.roles, *members, *names, *heads])
    name = plan.jurisdiction.name
    async with service.store.writing() as tx:
        await tx.places.save(Place(id=GROUP, chat_id=-1, kind="none", title="指挥群", created_at=now))
        await tx.places.bind(GROUP, plan.id, name, "command", now)
        for number, actor in enumerate(everybody, 1):
            await tx.places.save(Place(id=place_id(actor), chat_id=number, kind="private", created_at=now))
            person = Person(
                id=person_id(actor),
                telegram_id=number,
                name=called(plan, actor),
                place_id=place_id(actor),
                started_at=now,
                created_at=now,
                real_name=called(plan, actor),
                confirmed_at=now,
            )
            await tx.people.save(person)
            role, unit = _holding(actor, bodies)
            if role:
                await tx.people.grant(
                    Holding(
                        id=f"holding:{actor}", person_id=person.id, jurisdiction=name, plan_id=plan.id, role=role,
                        unit=unit, granted_by="scenario", granted_at=now,
                    )
                )  # fmt: skip
    await sit(service, plan, "duty", now)


async def sit(service: Service, plan: Plan, actor: str, now: datetime) -> None:
    """Let an actor take the duty seat of the office (接班)."""
    async with service.store.writing() as tx:
        await tx.people.take_seat(
            plan.jurisdiction.name, plan.id, person_id=person_id(actor), name=called(plan, actor), since=now
        )


def _holding(actor: str, bodies: Sequence[str]) -> tuple[str, str | None]:
    if actor.startswith(BODY):
        return "head", body_id(bodies, actor.removeprefix(BODY))
    if actor.startswith("unit:"):
        return "liaison", actor.removeprefix("unit:")
    return ("", None) if actor == "outsider" else (_HOLDS.get(actor, actor), None)
