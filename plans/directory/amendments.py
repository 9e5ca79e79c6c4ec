"""The directory as it was edited, over the lines that the plan files print.

A plan is never changed by this: what is rung is. ``amended`` returns the plan with the lines that are rung now, and
everything that shows a number to ring is made from that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from plans.directory.numbers import dialled, digits, personal

if TYPE_CHECKING:
    from plans.model import Line, Plan, Unit

SHORTEST_OWN = 11
"""Characters of a mobile number: in a shorter word beside a line there is none."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Amendment:
    """What an installation knows better than the plan.

    Attributes:
        unit: any name of the unit.
        was: the number in the plan that this is about; empty = the line is not in the plan.
        number: what is rung instead; empty = ``was`` is wrong and the right one is not known; equal to ``was`` = it
            was rung and is right.
        at: since when it is known.
    """

    unit: str
    was: str = ""
    number: str = ""
    kind: str = ""
    label: str = ""
    note: str = ""
    at: datetime

    @property
    def way(self) -> str:
        """What was done: ``added``, ``wrong``, ``checked`` or ``changed``."""
        if not self.was:
            return "added"
        if not self.number:
            return "wrong"
        return "checked" if digits(self.was) == digits(self.number) else "changed"


def names_of(unit: Unit) -> tuple[str, ...]:
    """Return everything that a unit is called, its full name first."""
    return tuple(dict.fromkeys(name for name in (unit.name, unit.id, *unit.aliases) if name))


def unit_called(plan: Plan, name: str) -> Unit | None:
    """Return the unit of a plan that has this name or short name."""
    return next((unit for unit in plan.units if name in names_of(unit)), None)


def amended(plan: Plan, amendments: Sequence[Amendment], *, with_personal: bool = False) -> Plan:
    """Return a plan with the lines that are rung now.

    Args:
        amendments: of the plan's jurisdiction, those that hold.
        with_personal: mobile telephones too; without, nothing made from the plan can carry one into a group.
    """
    if not amendments and (with_personal or not any(_own(line) for unit in plan.units for line in unit.lines)):
        return plan
    units = tuple(_unit(unit, plan.jurisdiction.area_code, amendments, with_personal) for unit in plan.units)
    return plan if units == plan.units else plan.model_copy(update={"units": units})


def amendment_of(unit: Unit, number: str, area_code: str, amendments: Iterable[Amendment]) -> Amendment | None:
    """Return what is known better about a unit's number in the plan."""
    wanted = digits(dialled(number, area_code))
    names = names_of(unit)
    return next(
        (item for item in amendments if item.was and item.unit in names and _digits(item.was, area_code) == wanted),
        None,
    )


def _unit(unit: Unit, area: str, amendments: Sequence[Amendment], with_personal: bool) -> Unit:
    from plans.model import Line

    names = names_of(unit)
    mine = [item for item in amendments if item.unit in names]
    if not mine and (with_personal or not any(map(_own, unit.lines))):
        return unit
    lines = [
        Line(number=item.number, kind=item.kind or "值班", label=item.label)
        for item in mine
        if not item.was and item.number
    ]
    for line in unit.lines:
        better = amendment_of(unit, line.number, area, mine)
        if better is None:
            lines.append(line)
        elif better.number:
            kind, label = better.kind or line.kind, better.label or line.label
            lines.append(line.model_copy(update={"number": better.number, "kind": kind, "label": label}))
    return unit.model_copy(update={"lines": tuple(line for line in lines if with_personal or not _own(line))})


def _own(line: Line) -> bool:
    """Return whether a line, or what stands beside it, names somebody's own telephone."""
    return _names_own(line.number, line.kind, line.label)


@lru_cache(4096)
def _names_own(number: str, kind: str, label: str) -> bool:
    return personal(number) or any(personal(text) for text in (kind, label) if len(text) >= SHORTEST_OWN)


def _digits(number: str, area: str) -> str:
    return digits(dialled(number, area))
