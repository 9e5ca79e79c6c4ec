"""Which warning levels of a plan its own conditions ask for, by the figures that were said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from plans.acting import carries_out
from plans.classify import classify
from plans.classify.words import condition as worded
from plans.classify.words import current
from plans.logic.environment import Environment, Truth, space_of, truth
from plans.model import All, AnyOf, Expression, Not, Plan, Warning_
from plans.values import FactValue

DECLARED = "response_level"
"""Where a condition names it, the response that is declared counts, else the one that the figures ask for."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Met:
    """A warning level whose conditions the figures meet, or may meet.

    Attributes:
        because: the condition and what was said of it.
        certain: False = only for some of the values that are possible.
    """

    warning: Warning_
    because: str
    certain: bool


@carries_out("reading", "warning", "Warning_.any", "Warning_.level")
def conditions_met(plan: Plan, facts: Mapping[str, FactValue], *, response: str | None = None) -> tuple[Met, ...]:
    """Return the warning levels whose conditions are met or may be, in the plan's order: the highest first.

    Only conditions of which something was said count: what nobody spoke of asks for no warning. What a person has to
    judge besides (事态有蔓延趋势) leaves the level possible until he has.

    Args:
        response: the response level that is declared.

    Raises:
        FactError: an unknown fact, or a value that a fact cannot have.
    """
    conditions = [part for item in plan.warnings for part in item.any]
    if not conditions or not facts:
        return ()
    if response is None and any(DECLARED in _names(part) for part in conditions):
        response = classify(plan, facts).proposed_response
    raised = frozenset(
        name for part in conditions for name in _names(part) if name in plan.facts and plan.facts[name].judgement
    )
    environment = Environment(
        plan=plan, facts=facts, event_levels=frozenset(), undetermined=True, response_level=response,
        raised=raised - facts.keys(),
    )  # fmt: skip
    named = {*facts, *((DECLARED,) if response is not None else ())}
    return tuple(met for item in plan.warnings if (met := _met(plan, item, environment, named)) is not None)


def spoken_of(plan: Plan) -> frozenset[str]:
    """Return the facts that the plan's conditions of warnings speak of."""
    return frozenset(name for item in plan.warnings for part in item.any for name in _names(part)) & plan.facts.keys()


def warning_of(plan: Plan, level: str, colour: str) -> Warning_ | None:
    """Return the plan's warning of a level, else of a colour; the only one of a plan that does not grade its own."""
    for item in plan.warnings:
        if item.level == level or (not level and colour and item.colour == colour):
            return item
    return plan.warnings[0] if len(plan.warnings) == 1 and not level else None


def _met(plan: Plan, warning: Warning_, environment: Environment, named: set[str]) -> Met | None:
    possible = None
    for condition in warning.any:
        names = set(_names(condition))
        value = truth(condition, environment) if names & named else Truth.FALSE
        if value is Truth.TRUE:
            return Met(warning=warning, because=_because(plan, condition, environment), certain=True)
        if value is Truth.POSSIBLE and possible is None:
            possible = Met(warning=warning, because=_because(plan, condition, environment), certain=False)
    return possible


def _because(plan: Plan, condition: Expression, environment: Environment) -> str:
    space = space_of(plan)
    said = [current(space, name, environment.box) for name in _names(condition) if name in environment.facts]
    return worded(plan, condition) + (f"（{'、'.join(dict.fromkeys(said))}）" if said else "")


def _names(condition: Expression) -> Iterator[str]:
    """Yield what a condition speaks of."""
    if isinstance(condition, All | AnyOf):
        for part in condition.parts:
            yield from _names(part)
    elif isinstance(condition, Not):
        yield from _names(condition.part)
    else:
        yield condition.fact
