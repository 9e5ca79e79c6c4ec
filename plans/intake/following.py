"""What a case knows after a later text: totals, increments, people found or dead, figures taken back."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from plans.intake.reading import After, Found, Reading


def after(reading: Reading, known: Mapping[str, Any], category: str | None = None) -> Mapping[str, After]:
    """Return what is known once a text is taken in; facts that neither knew are absent.

    Args:
        reading: of the later text.
        known: fact -> number, or ``{"at_least", "at_most"}``, or ``{"value"}``, or None, before it.
        category: kind of the event as the case has it; a text alone rarely tells.
    """
    before = {name: bounds for name, value in known.items() if (bounds := _bounds(value)) is not None}
    changed = {name: After(at_least=low, at_most=high) for name, (low, high) in before.items()}
    for name, found in reading.facts.items():
        if not isinstance(found.at_least, bool):
            changed[name] = _taken(found, before.get(name))
    return MappingProxyType(changed)


Bounds = tuple[int | float | None, int | float | None]


def _bounds(value: Any) -> Bounds | None:
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


def _taken(found: Found, before: Bounds | None) -> After:
    low, high = found.at_least, found.at_most
    if found.mode == "increment" and before is not None:
        low = None if low is None or before[0] is None else low + before[0]
        high = None if high is None or before[1] is None else high + before[1]
    fall = before is not None and before[0] is not None and high is not None and high < before[0]
    return After(
        at_least=low,
        at_most=high,
        change="fall" if fall else "add" if found.mode == "increment" else "set",
        asks=fall,
        unknown=found.unknown,
        confidence=found.confidence,
        text=found.text,
        span=found.span,
        readings=found.readings,
    )
