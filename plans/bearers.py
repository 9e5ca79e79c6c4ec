"""Who bears a duty: a role, a unit of the plan, or every body of a kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from plans.model import Duty, Plan

KINDS: dict[str, tuple[str, ...]] = {
    "学校": ("中小学", "小学", "中学", "初中", "高中", "九年一贯制学校", "完全中学", "职业学校", "特殊教育学校"),
    "幼儿园": (),
    "校车学校": ("有校车", "配备校车"),
    "镇街": ("镇", "街道", "乡", "开发区"),
    "村居": ("村", "社区"),
    "部门": ("局",),
    "企事业单位": ("企业", "公司"),
    "医疗机构": ("医院", "卫生院", "诊所"),
}
"""Kinds of bodies that a plan may name, each with what else such bodies are called in an office's list."""

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


def is_a(kinds: frozenset[str], kind: str) -> bool:
    """Return whether a body of these kinds, as an office's list has them, is one of a plan's kind."""
    return kind in kinds or not kinds.isdisjoint(KINDS.get(kind, ()))


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
