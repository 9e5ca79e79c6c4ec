"""What a plan file makes of one clause of its document: the statements that cite it, how it was read, its faults."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from plans.lint.finding import same_clause
from plans.model import Erratum, Frozen, Plan, Reading


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that the plan file says.

    Attributes:
        kind: the name of its model (``Obligation``).
    """

    kind: str
    clause: str
    text: str


@dataclass(frozen=True, slots=True)
class Taken:
    """How a clause was read."""

    clause: str
    reading: Reading


def statements(plan: Plan, number: str) -> list[Statement]:
    """Return what cites a clause or an item of it, each once, in the order of the file."""
    citing = [
        Statement(type(item).__name__, cited, _said(item))
        for item, cited in _statements(plan, "")
        if cited == number or (same_clause(cited, number) and len(cited) > len(number))
    ]
    return list(dict.fromkeys(citing))


def readings(plan: Plan, number: str) -> list[Taken]:
    """Return how a clause was read, each reading once."""
    all_of_clause = [one for one in all_readings(plan) if same_clause(one.clause, number)]
    return list({(one.clause, one.reading.taken): one for one in all_of_clause}.values())


def all_readings(plan: Plan) -> list[Taken]:
    """Return how the whole document was read, in the order of the file."""
    return [
        Taken(cited, item.reading)
        for item, cited in _statements(plan, "")
        if isinstance(getattr(item, "reading", None), Reading)
    ]


def errata(plan: Plan, number: str) -> list[Erratum]:
    """Return the known faults of a clause."""
    return [item for item in plan.errata if same_clause(item.clause, number)]


def _statements(value: Any, within: str) -> Iterator[tuple[Any, str]]:
    """Yield every statement with the clause it cites."""
    if isinstance(value, Frozen):
        own = getattr(value, "clause", "")
        cited = own or within
        if not isinstance(value, Plan) and (own or getattr(value, "reading", None) is not None):
            yield value, cited
        for name in type(value).model_fields:
            if name not in ("reading", "errata"):
                yield from _statements(getattr(value, name), cited)
    elif isinstance(value, tuple | list):
        for item in value:
            yield from _statements(item, within)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _statements(item, within)


def _said(item: Any) -> str:
    """Return what names a statement, then what it says."""
    head = _first(item, ("level", "report", "title", "label", "name", "id"))
    body = _first(item, ("text", "evidence", "applies", "duty", "commander", "by"))
    return "：".join(part for part in (head, body) if part)


def _first(item: Any, names: tuple[str, ...]) -> str:
    values = (getattr(item, name, "") for name in names)
    return next((value for value in values if isinstance(value, str) and value), "")
