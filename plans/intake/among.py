"""Which of several plans a text speaks for: a group or a person may serve more than one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from plans.intake import MAX_LENGTH
from plans.intake.kinds import candidates
from plans.intake.numerals import normalise
from plans.model import Plan

CLEAR = 1.5
"""The best plan is clear when its words weigh at least so many times those of the next one."""

LEAST = 2
"""One word of a plan that the report has otherwise nothing to do with (a mine's 爆炸 and buses) is not clear."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How much of a text speaks for a plan; zero where no word of its classes does."""

    plan: Plan
    score: float


def fits(plans: Iterable[Plan], text: str) -> list[Fit]:
    """Return every plan, the one that a text speaks for most first; equal ones stay in the order given.

    What a plan's scope sends to another plan counts half, and so does a report without any of the words that a plan
    names for whatever it covers (公交): it may still be meant, and is asked about.
    """
    said = normalise(text[:MAX_LENGTH])
    found = []
    for plan in plans:
        classes = {item.id: (*item.words, *plan.words) for item in plan.classes} or {plan.id: plan.words}
        score = next((item.score for item in candidates(said, classes)), 0.0)
        out_of_scope = any(word in said for item in plan.excludes for word in item.words)
        if out_of_scope or (plan.words and not any(word in said for word in plan.words)):
            score /= 2
        found.append(Fit(plan, score))
    return sorted(found, key=lambda fit: -fit.score)


def is_clear(found: Sequence[Fit]) -> bool:
    """Return whether the first plan is meant without doubt; of one alone there is none."""
    if len(found) < 2:
        return True
    return found[0].score >= LEAST and found[0].score >= CLEAR * found[1].score
