"""The shipped plans, for the tests of their contents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from plans.classify import Assessment, classify
from plans.load import DATA, load
from plans.model import BELOW, Obligation, Plan, Reading, Response
from plans.values import parse

IDS = (
    "dehui-education-duties",
    "jincheng-chengqu-campus",
    "jincheng-energy",
    "jincheng-public-health",
    "jincheng-transit",
    "jincheng-water-rescue",
    "linan-campus",
    "shanting-overall",
)


def plan(name: str) -> Plan:
    return load(DATA / f"{name}.yaml")


def rule(name: str, rule_id: str) -> Obligation:
    return next(item for item in plan(name).obligations if item.id == rule_id)


def response(name: str, level: str) -> Response:
    return next(item for item in plan(name).responses if item.level == level)


def assess(of: Plan, event_class: str | None, facts: dict[str, Any], **more: Any) -> Assessment:
    return classify(of, {name: parse(value) for name, value in facts.items()}, event_class=event_class, **more)


def level(of: Plan, event_class: str | None, facts: dict[str, Any]) -> str | None:
    """The event level of a plan that has them, else the response level (or 未达标准, when none starts)."""
    found = assess(of, event_class, facts)
    if of.event_levels:
        return found.event_level
    if found.no_response_possible and not found.possible_response_levels:
        return BELOW
    return found.response_level


def readings(statement: Any) -> Iterator[Reading]:
    """Every reading within a statement, with those of its parts."""
    if isinstance(statement, Reading):
        yield statement
    elif isinstance(statement, dict):
        for item in statement.values():
            yield from readings(item)
    elif isinstance(statement, list | tuple):
        for item in statement:
            yield from readings(item)
    elif hasattr(type(statement), "model_fields"):
        for name in type(statement).model_fields:
            yield from readings(getattr(statement, name))
