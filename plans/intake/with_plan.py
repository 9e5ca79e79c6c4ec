"""Reading a text with the words that one plan knows: its units, its classes of events, its own quantities."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from plans.intake import Quantity, Reading, read
from plans.load import plan_facts
from plans.model import Plan, ScopeExclusion


def read_for(plan: Plan, text: str, *, now: datetime) -> Reading:
    """Return what a text says about an incident under a plan.

    Args:
        now: of the message, aware.
    """
    quantities = {
        # Only what is counted has a unit to look for; a flag or a choice can merely be raised by its words.
        name: Quantity(
            words=fact.words,
            unit=fact.unit if fact.words else "",
            raised_by=fact.raised_by,
            said_by=fact.said_by,
            of=fact.of,
            not_of=fact.not_of,
            named_only=fact.named_only,
            whole=fact.type == "count",
        )
        for name, fact in plan_facts(plan).items()
        if fact.words or fact.raised_by or fact.said_by
    }
    names = [alias for unit in plan.units for alias in (unit.id, *unit.aliases)]
    return read(
        text, now=now, names=names, classes={item.id: item.words for item in plan.classes}, quantities=quantities
    )


def elsewhere(plan: Plan, text: str) -> tuple[ScopeExclusion, ...]:
    """Return what the plan leaves to another plan and the text speaks of (a pipeline accident, in the energy plan)."""
    return tuple(item for item in plan.excludes if any(word in text for word in item.words))


def facts_of(reading: Reading) -> tuple[dict[str, Any], frozenset[str]]:
    """Return plain fact values (``plans.values.parse``), and what was raised without a number."""
    facts: dict[str, Any] = {}
    for name, found in reading.facts.items():
        exact = found.value
        facts[name] = exact if exact is not None else {"at_least": found.at_least, "at_most": found.at_most}
    return facts, frozenset(reading.raised)


def increments_of(reading: Reading) -> frozenset[str]:
    """Return the facts whose value is to be added to what is known (又发现2名)."""
    return frozenset(name for name, found in reading.facts.items() if found.mode == "increment")
