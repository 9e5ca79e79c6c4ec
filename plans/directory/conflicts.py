"""One unit under its names in several plans: where their numbers differ, and where one number is printed for two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from plans.directory.amendments import names_of
from plans.directory.numbers import dialled, digits
from plans.model import Plan, Unit


@dataclass(frozen=True, kw_only=True, slots=True)
class Conflict:
    """What plans of one jurisdiction print differently.

    Attributes:
        kind: ``numbers`` (one unit, several numbers of one kind, none of which is in all of its plans) or ``units``
            (one number, several units).
        line: of which kind the lines are: 值班, 传真 …; empty for one number of several units.
        printed: (plan, unit as it is called there, number) each.
    """

    kind: Literal["numbers", "units"]
    jurisdiction: str
    line: str = ""
    printed: tuple[tuple[str, str, str], ...]


@dataclass(slots=True)
class _Body:
    """A unit as all plans of its jurisdiction know it."""

    names: set[str]
    lines: list[tuple[str, str, str, str]]


def conflicts(plans: Iterable[Plan]) -> list[Conflict]:
    """Return where the plans of a jurisdiction disagree, units with several numbers first.

    Args:
        plans: as their files have them, or with the lines that are rung now.
    """
    by_place: dict[str, list[Plan]] = defaultdict(list)
    for plan in plans:
        by_place[plan.jurisdiction.name].append(plan)
    disagreements = [item for name, mine in by_place.items() for item in _of_place(name, mine)]
    return sorted(disagreements, key=lambda item: (item.jurisdiction, item.kind != "numbers", item.printed))


def bodies(plans: Iterable[Plan]) -> list[_Body]:
    """Return the units of some plans of one jurisdiction, those that share a name taken together."""
    groups: list[_Body] = []
    for plan in plans:
        for unit in plan.units:
            names = set(names_of(unit))
            lines = [
                (plan.id, _name(unit), line.kind, dialled(line.number, plan.jurisdiction.area_code))
                for line in unit.lines
            ]
            same = [body for body in groups if body.names & names]
            for body in same:
                names |= body.names
                lines = body.lines + lines
                groups.remove(body)
            groups.append(_Body(names, lines))
    return groups


def _of_place(jurisdiction: str, plans: list[Plan]) -> Iterator[Conflict]:
    owners: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    bodies_of: dict[str, set[int]] = defaultdict(set)
    for order, body in enumerate(bodies(plans)):
        by_kind: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        for plan_id, unit, kind, number in body.lines:
            by_kind[kind].append((plan_id, unit, number))
            owners[digits(number)].append((plan_id, unit, number))
            bodies_of[digits(number)].add(order)
        for line, printed in by_kind.items():
            in_plans: dict[str, set[str]] = defaultdict(set)
            for plan_id, _, number in printed:
                in_plans[plan_id].add(digits(number))
            if len(in_plans) > 1 and not set.intersection(*in_plans.values()):
                distinct = tuple(dict.fromkeys(printed))
                yield Conflict(kind="numbers", jurisdiction=jurisdiction, line=line, printed=distinct)
    for number, printed in owners.items():
        if len(bodies_of[number]) > 1:
            yield Conflict(kind="units", jurisdiction=jurisdiction, printed=tuple(dict.fromkeys(printed)))


def _name(unit: Unit) -> str:
    return unit.name or unit.id
