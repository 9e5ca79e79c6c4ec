"""Who bears a duty: a role, a unit of the plan, or every body of a kind."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from plans.model import Duty, Plan

KINDS = ("学校", "幼儿园", "医院", "企业", "村居", "镇街", "单位", "有校车")
"""Kinds of bodies that every office's list tells apart; a plan may name another word of such a list too.

A kindergarten is no 学校 here: where both are meant, both are named.
"""

MEMBERS = "成员单位"
"""What ``each`` says for every member unit of the plan."""


@dataclass(frozen=True, slots=True)
class Bearer:
    """One that bears a duty.

    Attributes:
        id: of a role its key, of a unit its id; of bodies their kind, and each of them bears the duty for itself.
        title: what people call it.
    """

    kind: Literal["role", "unit", "body"]
    id: str
    title: str


def is_a(families: Collection[str], words: Collection[str], kind: str) -> bool:
    """Return whether a body is of a kind that a duty names.

    Args:
        families: of the body (学校). words: what the office's list calls it besides (小学, 有校车).
    """
    return kind in families or kind in words


def bearers(plan: Plan, duty: Duty) -> tuple[Bearer, ...]:
    """Return who bears a duty, each for itself; empty where the plan does not tell who its bearer is.

    The command body and its office are the unit where the office is. A unit that stands for others is each of them. One
    that is another at each incident is nobody without an incident: such a duty names the kinds of its bodies.
    """
    units = {unit.id: unit for unit in plan.units}
    if duty.each:
        members = [unit.id for unit in plan.units if unit.member and not unit.place_bound]
        named = [
            [Bearer("body", kind, kind)] if kind != MEMBERS else [_unit(plan, unit) for unit in members]
            for kind in duty.each
        ]
        return tuple(bearer for some in named for bearer in some)
    if not duty.bearer:
        return ()
    for name, role in plan.roles.items():
        if duty.bearer in (name, role.title):
            return (Bearer("role", name, role.title),)
    unit = next((item for item in plan.units if duty.bearer in (item.id, item.name, *item.aliases)), None)
    of_the_office = (plan.office, plan.command_body)
    if duty.bearer in of_the_office or (unit is not None and unit.id in of_the_office):
        title = (unit.name or unit.id) if unit is not None else duty.bearer
        return (Bearer("unit", plan.office_unit or duty.bearer, title),)
    if unit is None or (unit.place_bound and not unit.standing_for):
        return ()
    return tuple(_unit(plan, name) for name in unit.standing_for or (unit.id,) if name in units)


def _unit(plan: Plan, name: str) -> Bearer:
    return Bearer("unit", name, next((unit.name or name for unit in plan.units if unit.id == name), name))


def named(plan: Plan, duty: Duty) -> str:
    """Return what the document calls the bearer; a role by its title."""
    role = plan.roles.get(duty.bearer)
    return role.title if role is not None else duty.bearer
