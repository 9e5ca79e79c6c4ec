"""Clauses of the plans by a word of their title, or by their number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from plans.directory.sounds import about, words_of

if TYPE_CHECKING:
    from plans.model import Plan

LEAST_WRITTEN = 90
"""A clause is named by a word that stands in its title, not by one that sounds alike."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundClause:
    """A clause that was found."""

    plan: str
    number: str
    title: str
    score: float


def clauses(plans: Iterable[Plan], query: str, *, limit: int = 20) -> list[FoundClause]:
    """Return the clauses whose title holds every word of a query, or whose number it is; best first.

    Args:
        query: 信息报告, 4.1.2 …
    """
    words = words_of(query)
    hits: list[tuple[float, int, FoundClause]] = []
    everything = ((plan.id, number, entry.title) for plan in plans for number, entry in plan.clauses.items())
    for order, (plan_id, number, title) in enumerate(everything):
        if not words:
            break
        score = 100.0 if query.strip() == number else min(about(word, title) for word in words)
        if score >= LEAST_WRITTEN:
            hits.append((-score, order, FoundClause(plan=plan_id, number=number, title=title, score=score)))
    return [item for *_, item in sorted(hits, key=lambda item: item[:2])[: max(limit, 0)]]
