"""What a family of later texts tells of one fact: more, fewer, so many, or that the figure does not hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from plans.intake.reading import Span
from plans.intake.stepping import Bounds


@dataclass(frozen=True)
class Change:
    """What becomes of one fact.

    Args:
        by: how many more or fewer; None where `to` tells.
        to: the new number, where the words tell it.
        span: the words.
        sure: nothing speaks for another number; else both are asked.
        claimed: it is likely, and a person says so before it counts.
        withdrawn: nothing is known any more.
        counted_off: so many were counted who should not have been.
        mild: it tells only where nothing else told for certain.
        closes: all of whom the text tells are in the account, so that no number is left which may be of others.
    """

    fact: str
    by: int | None
    to: int | None
    span: Span
    sure: bool = True
    claimed: bool = False
    withdrawn: bool = False
    counted_off: bool = False
    mild: bool = False
    closes: bool = False


def exact(known: Mapping[str, Bounds], fact: str) -> int | None:
    """What is known of a fact, where it is one number."""
    low, high = known.get(fact, (None, None))
    return int(low) if low is not None and low == high else None
