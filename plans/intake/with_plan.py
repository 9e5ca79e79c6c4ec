"""Reading a text with the words that one plan knows: its units, its classes of events, its own quantities."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

from plans.acting import carries_out
from plans.intake import Found, Quantity, Reading, read
from plans.intake.circumstances import circumstances
from plans.intake.kinds import by_kind
from plans.intake.patterns import lazy
from plans.load import plan_facts
from plans.model import Plan, ScopeExclusion


def read_for(plan: Plan, text: str, *, now: datetime) -> Reading:
    """Return what a text says about an incident under a plan.

    Args:
        now: of the message, aware.
    """
    known = plan_facts(plan)
    quantities = {
        name: Quantity(
            words=fact.words,
            unit=fact.unit if fact.words else "",
            raised_by=fact.raised_by,
            of=fact.of,
            not_of=fact.not_of,
            named_only=fact.named_only,
            whole=fact.type == "count",
        )
        for name, fact in known.items()
        if fact.type in ("count", "number") and (fact.words or fact.raised_by)
    }
    names = [alias for unit in plan.units for alias in (unit.id, *unit.aliases)]
    reading = read(
        text, now=now, names=names, classes={item.id: item.words for item in plan.classes}, quantities=quantities
    )
    classes = by_kind(reading.plain, reading.class_candidates, {item.id: item.kinds for item in plan.classes})
    facts = {
        name: beyond(reading.plain, found) if name in known and known[name].excess else found
        for name, found in reading.facts.items()
    }
    said, raised = circumstances(reading.plain, known, reading.utterances, [item.name for item in classes])
    stated = {name: replace(found, text=text[slice(*found.span)]) for name, found in said.items()}
    return replace(
        reading,
        facts=MappingProxyType(facts),
        class_candidates=classes,
        circumstances=MappingProxyType(stated),
        raised=MappingProxyType({**reading.raised, **raised}),
    )


_TIMES_OF = lazy(r"的(?:近|将近|约|大约|超过?|逾)?[\d一二两三四五六七八九十.多几半]+倍")
_ABOVE = lazy(r"超过?|高出|高于|高了?|增加|增长|上升|升高|多出?|增")


def beyond(text: str, found: Found) -> Found:
    """A number of times, as what lies beyond once: 同期的2倍 is an excess of 1, 超过同期2倍 one of 2."""
    low = max(text.rfind(mark, 0, found.span[0]) for mark in ",。;!?\n") + 1
    clause = text[low : found.span[1]]
    if not _TIMES_OF.search(clause) and _ABOVE.search(clause):
        return found

    def less(value: float | None) -> float | None:
        return None if value is None else max(0, int(value - 1) if value == int(value) else round(value - 1, 9))

    return replace(found, at_least=less(found.at_least), at_most=less(found.at_most), stated=less(found.stated))


@carries_out("reading", "scope", "ScopeExclusion")
def elsewhere(plan: Plan, text: str) -> tuple[ScopeExclusion, ...]:
    """Return what the plan leaves to another plan and the text speaks of (a pipeline accident, in the energy plan)."""
    return tuple(item for item in plan.excludes if any(word in text for word in item.words))


def facts_of(reading: Reading) -> tuple[dict[str, Any], frozenset[str]]:
    """Return plain fact values (``plans.values.parse``), and what was raised without a number."""
    facts: dict[str, Any] = {}
    for name, found in reading.facts.items():
        exact = found.value
        facts[name] = exact if exact is not None else {"at_least": found.at_least, "at_most": found.at_most}
    facts.update((name, said.data) for name, said in reading.circumstances.items())
    return facts, frozenset(reading.raised)


def increments_of(reading: Reading) -> frozenset[str]:
    """Return the facts whose value is to be added to what is known (又发现2名)."""
    return frozenset(name for name, found in reading.facts.items() if found.mode == "increment")
