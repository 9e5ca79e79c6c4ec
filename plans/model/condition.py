"""Conditions: the small language of ``when``.

In YAML a mapping; several keys hold together::

    {deaths: {ge: 10, le: 29}}            a comparison with a fact (lt le gt ge)
    {passenger_ship_danger: true}         a flag
    {capacity: [district, beyond]}        one of the choices of a fact
    {event_level: [较大, 重大]}            the reserved variables: event_level, response_level, event_class,
                                           undetermined, drill
    {all: [...]}, {any: [...]}, {not: {...}}
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer

RESERVED = ("event_level", "response_level", "event_class", "undetermined", "drill")
"""Variables that are no facts: what was determined, declared or chosen."""

_OPERATORS = ("lt", "le", "gt", "ge")


@dataclass(frozen=True, kw_only=True, slots=True)
class Compare:
    """``fact`` lies within the bounds; a bound left out does not bind."""

    fact: str
    lt: float | None = None
    le: float | None = None
    gt: float | None = None
    ge: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Within:
    """``fact`` (a flag, a choice or a reserved variable) is one of ``values``."""

    fact: str
    values: tuple[str | bool, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class All:
    """Every part holds; ``All(parts=())`` always holds."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Not:
    """The part does not hold."""

    part: Expression


type_of_expression = (Compare, Within, All, AnyOf, Not)
Expression = Compare | Within | All | AnyOf | Not


def parse(value: Any) -> Expression:
    """Read the mapping form; raise ValueError with what was expected and an example."""
    if isinstance(value, type_of_expression):
        return value
    if not isinstance(value, dict) or not value:
        raise ValueError("条件（映射），如 {deaths: {ge: 3}} 或 {any: [...]}")
    parts = tuple(_entry(str(key), inner) for key, inner in value.items())
    return parts[0] if len(parts) == 1 else All(parts=parts)


def _entry(key: str, inner: Any) -> Expression:
    if key in ("all", "any"):
        if not isinstance(inner, list) or not inner:
            raise ValueError(f"{key} 后接条件的列表，如 {{{key}: [{{deaths: {{ge: 3}}}}, {{ill: {{ge: 30}}}}]}}")
        parts = tuple(parse(part) for part in inner)
        return All(parts=parts) if key == "all" else AnyOf(parts=parts)
    if key == "not":
        return Not(part=parse(inner))
    if isinstance(inner, dict):
        strange = sorted(set(inner) - set(_OPERATORS))
        if strange or not inner:
            raise ValueError(f"{key} 用 lt、le、gt、ge 比较，如 {{ge: 10, le: 29}}；现为{strange or '空'}")
        for name, bound in inner.items():
            if isinstance(bound, bool) or not isinstance(bound, int | float):
                raise ValueError(f"{key} 的 {name} 是一个数，现为 {bound!r}")
        return Compare(fact=key, **inner)
    values = tuple(inner) if isinstance(inner, list) else (inner,)
    if not values or not all(isinstance(item, str | bool) for item in values):
        raise ValueError(f"{key} 后接界限（{{ge: 3}}）、true/false、一个选项或选项的列表；现为 {inner!r}")
    return Within(fact=key, values=values)


def as_data(expression: Expression) -> dict[str, Any]:
    """Return the mapping form again, as :func:`parse` reads it."""
    if isinstance(expression, Compare):
        bounds = {name: getattr(expression, name) for name in _OPERATORS}
        return {expression.fact: {name: bound for name, bound in bounds.items() if bound is not None}}
    if isinstance(expression, Within):
        values = expression.values
        return {expression.fact: values[0] if len(values) == 1 else list(values)}
    if isinstance(expression, Not):
        return {"not": as_data(expression.part)}
    return {"all" if isinstance(expression, All) else "any": [as_data(part) for part in expression.parts]}


Condition = Annotated[Expression, BeforeValidator(parse), PlainSerializer(as_data)]
"""A condition as a field of a plan statement."""
