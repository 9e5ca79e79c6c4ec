"""What a plan file makes of one clause of its document: the statements that cite it, how it was read, its faults."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

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
class Part:
    """A piece of a plan file that encodes a clause.

    Attributes:
        of: the statement; the plan itself for one of its own entries.
        key: of the statement, where only that is meant; empty for all of it.
    """

    of: Frozen
    key: str = ""

    @property
    def value(self) -> Any:
        """What stands there."""
        return getattr(self.of, self.key) if self.key else self.of


@dataclass(frozen=True, slots=True)
class Taken:
    """How a clause was read."""

    clause: str
    reading: Reading


def statements(plan: Plan, number: str) -> list[Statement]:
    """Return what cites a clause or an item of it, then what stands at the places that it names, each once."""
    citing = [
        Statement(type(item).__name__, cited, _said(item))
        for item, cited in _statements(plan, "")
        if _cites(cited, number)
    ]
    entry = plan.clauses.get(number)
    placed = [
        Statement(type(part.of).__name__, getattr(part.of, "clause", "") or number, _at(part))
        for at in (entry.at if entry is not None else ())
        for part in place(plan, at)
    ]
    return list(dict.fromkeys(citing + placed))


def parts(plan: Plan) -> dict[str, list[Part]]:
    """Return what encodes each clause: the statements that cite it or an item of it, and the places that it names."""
    cited_by: dict[str, list[Part]] = {}
    for item, cited in _statements(plan, ""):
        cited_by.setdefault(cited, []).append(Part(item))
    return {
        number: [part for cited, found in cited_by.items() if _cites(cited, number) for part in found]
        + [part for at in entry.at for part in place(plan, at)]
        for number, entry in plan.clauses.items()
    }


def place(plan: Plan, at: str) -> list[Part]:
    """Return what stands at a place; empty where there is nothing.

    Args:
        at: a section (``groups``), a statement of it by id, level, name or clause (``forms/首报``; ``*`` is each), and
            a key of that (``responses/Ⅰ/measures``). ``附件(1)*`` is each that begins so.
    """
    section, _, rest = at.partition("/")
    name, _, key = rest.rpartition("/") if rest.count("/") else (rest, "", "")
    if section not in type(plan).model_fields or not (value := getattr(plan, section)):
        return []
    items: list[tuple[tuple[str, ...], Frozen]]
    if isinstance(value, Frozen):
        items = [(("",), value)]
    elif isinstance(value, dict):
        items = [((mark,), item) for mark, item in value.items()]
    elif isinstance(value, tuple) and isinstance(value[0], Frozen):
        items = [(tuple(getattr(item, mark, "") for mark in _MARKS), item) for item in value]
    else:
        return [] if rest else [Part(plan, section)]
    meant = [item for marks, item in items if not name or any(_is_called(mark, name) for mark in marks)]
    if key:
        meant = [item for item in meant if key in type(item).model_fields and getattr(item, key)]
    return [Part(item, key) for item in meant]


def _is_called(mark: str, name: str) -> bool:
    return mark == name or (name.endswith("*") and mark.startswith(name[:-1]))


_MARKS = ("id", "level", "report", "name", "clause")
"""What a statement of a section is called by."""


def _cites(cited: str, number: str) -> bool:
    return cited == number or (same_clause(cited, number) and len(cited) > len(number))


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
    """Return what names a statement, then what it says; a name for machines is none."""
    head = _first(item, ("name", "level", "report", "title", "label", "period", "id"))
    body = _first(item, ("text", "evidence", "applies", "duty", "commander", "by", "lead", "to"))
    return "：".join(part for part in ("" if head.isascii() and body else head, body) if part)


def _at(part: Part) -> str:
    """Return what names the statement, then what stands at the key of it."""
    if not part.key:
        return _said(part.of)
    value = part.value
    said = "；".join(map(str, value)) if isinstance(value, tuple) else str(value)
    head = _first(part.of, ("level", "report", "commander", "name"))
    return f"{head}：{said}" if head else said


def _first(item: Any, names: tuple[str, ...]) -> str:
    values = (getattr(item, name, "") for name in names)
    return next((value for value in values if isinstance(value, str) and value), "")


def same_clause(one: str, other: str) -> bool:
    """Return whether two clause numbers are the same, or one lies within the other (8.3 and 8.3(2))."""
    if not one or not other:
        return False
    shorter, longer = sorted((one, other), key=len)
    return longer.startswith(shorter) and not longer[len(shorter) : len(shorter) + 1].isdigit()
