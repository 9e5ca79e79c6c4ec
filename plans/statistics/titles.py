"""What units, bodies and bearers of duties are called in statistics, and in which order they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from plans.model import Plan

_ROLE, _UNIT = "role", "unit"


class Titles:
    """Titles and places: units in their plan's order, then listed bodies by name.

    Args:
        plans: in the order in which they are told. names: of listed bodies, by their ids.
        bearers: titles of bearers of duties, by kind and id.
    """

    def __init__(self, plans: Sequence[Plan], names: Mapping[str, str], bearers: Mapping[tuple[str, str], str]) -> None:
        self._names, self._bearers = names, bearers
        self._units = {(plan.id, unit.id): unit.name or unit.id for plan in plans for unit in plan.units}
        self._roles = {(plan.id, key): role.title for plan in plans for key, role in plan.roles.items()}
        order = [key[1] for key in self._units]
        self._order = {name: number for number, name in reversed(list(enumerate(order)))}
        self._plans = {plan.id: number for number, plan in enumerate(plans)}

    def unit(self, plan: str, key: str) -> str:
        """Return the name of a unit of a plan, or of a listed body."""
        return self._units.get((plan, key)) or self._names.get(key) or key

    def place(self, key: str) -> tuple[int, str]:
        """Return where a unit stands; bodies stand after all units."""
        return self._order.get(key, len(self._order)), self._names.get(key, key)

    def plan(self, key: str) -> int:
        """Return where a plan stands."""
        return self._plans.get(key, len(self._plans))

    def bearer(self, plan: str, kind: str, key: str) -> str:
        """Return the title of a bearer."""
        if kind == _ROLE:
            return self._roles.get((plan, key)) or self._bearers.get((kind, key)) or key
        return self._bearers.get((kind, key)) or self.unit(plan, key)

    def place_of_bearer(self, plan: str, kind: str, key: str) -> tuple[int, int, tuple[int, str]]:
        """Return where a bearer stands: roles, units, bodies."""
        if kind == _ROLE:
            roles = [name for of, name in self._roles if of == plan]
            return self.plan(plan), 0, (roles.index(key) if key in roles else len(roles), key)
        return self.plan(plan), 1 if kind == _UNIT else 2, self.place(key)
