"""What a case knows before a later text, and which of its facts the text is meant for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plans.intake.patterns import lazy
from plans.intake.reading import Found
from plans.intake.stepping import Bounds

_POISON = ("food_poisoning", "gas_poisoning", "epidemic")
_WOUNDED = lazy(r"(?<!重)(?<!轻)伤|摔|砸|烧|烫|撞|骨|割|咬|刺|压")
"""又收治2个 and 重伤3人 in a food poisoning are of the ill."""


def bounds_known(value: Any) -> Bounds | None:
    """What a case knows of a fact, as bounds; None where it knows nothing.

    Raises:
        TypeError: it is no number and no interval.
    """
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return value, value
    if isinstance(value, Mapping):
        if value.get("unknown"):
            return None
        exact = value.get("value")
        return (exact, exact) if exact is not None else (value.get("at_least"), value.get("at_most"))
    raise TypeError(f"{str(value)[:40]} 不是数，也不是区间")


def weak_fact(before: Mapping[str, Bounds], category: str | None) -> str:
    """The fact of people of whom only a number is told."""
    if "ill" in before and "injuries" not in before:
        return "ill"
    return "ill" if category in _POISON and "injuries" not in before else "injuries"


def meant(name: str, found: Found, before: Mapping[str, Bounds], weak: str) -> str:
    """The fact that a first figure is meant for: 又送来3个 in a food poisoning is of the ill, though read as hurt."""
    if name == "injuries" and weak == "ill" and not _WOUNDED.search(found.text):
        return "ill"
    if name in ("injuries", "ill") and name not in before and weak in before and (found.at_least or found.unknown):
        return weak
    return name
