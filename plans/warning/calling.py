"""Which listed bodies of the area a warning calls: the plan says of which kinds, and under which clause."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from plans.acting import carries_out
from plans.areas import Body
from plans.bearers import is_a
from plans.model import Plan, WarningCall


@dataclass(frozen=True, kw_only=True, slots=True)
class Chosen:
    """What a plan makes of the bodies of an area.

    Attributes:
        called: they answer. left: they are not called, by the family that they are of, and how many.
    """

    called: tuple[Body, ...]
    left: tuple[tuple[str, int], ...]


def calls_of(plan: Plan, level: str) -> tuple[WarningCall, ...]:
    """Return what the plan says of whom a warning of a level calls; nothing where it says nothing of that level.

    Args:
        level: of the plan, empty for a warning that is of none.
    """
    return tuple(item for item in plan.warning_calls if not item.levels or level in item.levels)


@carries_out("warning", "call", "WarningCall.kinds", "WarningCall.levels")
def chosen(plan: Plan, level: str, bodies: Iterable[Body]) -> Chosen:
    """Return which bodies are called; every one where the plan does not choose: too many are better than none."""
    calls = calls_of(plan, level)
    if not calls or any(not item.kinds for item in calls):
        return Chosen(called=tuple(bodies), left=())
    kinds = dict.fromkeys(kind for item in calls for kind in item.kinds)
    called, left = list[Body](), dict[str, int]()
    for body in bodies:
        if any(is_a(body.families, body.kinds, kind) for kind in kinds):
            called.append(body)
        else:
            family = min(body.families)
            left[family] = left.get(family, 0) + 1
    return Chosen(called=tuple(called), left=tuple(sorted(left.items(), key=lambda item: (-item[1], item[0]))))
