"""What a plan's file says beyond the tables of ``plans show``: nothing of it is dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from plans.model import Plan

_SPACE = re.compile(r"\s+")
_SPAN = re.compile(r"P(?:\d+[YMDW])*(?:T(?:\d+[HMS])*)?")
_MACHINE = frozenset({"schema", "hash", "path"})
"""What the program writes itself."""


def rest(plan: Plan, lines_so_far: list[str]) -> list[tuple[str, str]]:
    """Return (where, what) for everything in the file that the lines shown so far do not hold.

    A piece of text that stands there already is not said again; numbers, marks and conditions always are.
    """
    text = _SPACE.sub("", "".join(lines_so_far))
    whole = plan.model_dump(mode="json", by_alias=True, exclude_unset=True, exclude=set(_MACHINE - {"schema"}))
    values_by_place: dict[str, list[str]] = {}
    for where, key, value in leaves(whole):
        if key in _MACHINE or value in (None, "") or _stands(value, text):
            continue
        values_by_place.setdefault(where, []).append(f"{key}={value}" if key else str(value))
    return [(where or plan.id, "，".join(dict.fromkeys(values))) for where, values in values_by_place.items()]


def _stands(value: Any, text: str) -> bool:
    """Whether a piece of text is among what was shown; a length of time is, in words."""
    return isinstance(value, str) and (_SPACE.sub("", value) in text or _SPAN.fullmatch(value) is not None)


def leaves(value: Any, where: str = "", key: str = "") -> Iterator[tuple[str, str, Any]]:
    """Yield every single value with the statement it belongs to and its key there."""
    if isinstance(value, Mapping):
        name = str(value.get("id") or value.get("name") or value.get("level") or value.get("clause") or "")
        here = ".".join(part for part in (where, key, name if key.isdecimal() else "") if part and not part.isdecimal())
        for inner, item in value.items():
            yield from leaves(item, here, str(inner))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            if isinstance(item, Mapping | list):
                yield from leaves(item, f"{where}.{key}".strip("."), str(number))
            else:
                yield where, key, item
    else:
        yield where, key, value
