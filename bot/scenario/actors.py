"""Whom a scenario means, beside its plan: roles and units by id, name or title."""

from __future__ import annotations

from plans.model import Plan


def role_of(plan: Plan, word: str) -> str | None:
    """Return the id of a role, given by id, title or the post that holds it."""
    return next(
        (role for role, value in plan.roles.items() if word and word in (role, value.title, *value.holders)), None
    )


def unit_of(plan: Plan, word: str) -> str | None:
    """Return the id of a unit, given by id, name or alias."""
    return next((unit.id for unit in plan.units if word and word in (unit.id, unit.name, *unit.aliases)), None)


def unit_called(plan: Plan, id: str) -> str:
    """Return the name of a unit by its id."""
    return next((unit.name for unit in plan.units if unit.id == id), "") or id
