"""Steps and revisions of one fact are carried out on what was known of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from plans.intake.reading import After, Option, Span
from plans.intake.revising import Revision
from plans.intake.stepping import Bounds, Step
from plans.intake.taking import added, was


def folded(text: str, base: Bounds | None, moves: Sequence[Step]) -> After | None:
    """Return what is known of one fact after its steps, one after another; None where they leave it.

    Args:
        text: masked.
        base: what was known before.
    """
    low: int | float | None
    high: int | float | None
    low, high = base or (None, None)
    known = base is not None and base != (None, None)
    falls = adds = False
    for step in moves:
        if step.how == "withdrawn":
            return withdrawn(base, text, step.span)
        if step.how == "add":
            adds = True
            if known:
                low, high = added(low, step.low), added(high, step.high)
            else:
                low, high = step.low, None if step.plain else step.high
        elif step.how == "set":
            falls = falls or (low is not None and step.low < low)
            low, high = step.low, step.high
        elif not known and not adds:
            return None
        else:
            falls = True
            gone = (0, None) if step.how == "none" else (step.low, step.high)
            low = 0 if gone[1] is None or step.how == "none" else max(0, (low or 0) - gone[1])
            high = 0 if step.how == "none" else None if high is None else max(0, high - (gone[0] or 0))
        known = True
    if (low, high) == base:
        return None
    span = moves[0].span[0], moves[-1].span[1]
    words = text[span[0] : span[1]]
    asks = falls or not all(step.sure for step in moves)
    new = Option(at_least=low, at_most=high, text=words, span=span)
    return After(
        at_least=low,
        at_most=high,
        change="fall" if falls else "add" if adds and base is not None else "set",
        asks=asks,
        text=words,
        span=span,
        readings=(new, was(base)) if asks else (),
    )


def revised(text: str, revision: Revision, base: Bounds | None, *, doubtful: bool) -> After:
    """死亡2→3; where it was said to be another number before, it is asked.

    Args:
        text: normalised.
        base: what was known before.
        doubtful: it may be of another event.
    """
    low, high = base or (None, None)
    number = revision.number
    if revision.how == "set":
        new: Bounds = (number, number)
    elif base is None:
        new = (number, None) if revision.how == "add" else (None, None)
    elif revision.how == "add":
        new = added(low, number), added(high, number)
    else:
        new = max(0, (low or 0) - number), None if high is None else max(0, high - number)
    if new in (base, (None, None)):
        return After(at_least=low, at_most=high)
    otherwise = revision.old is not None and base is not None and base != (revision.old, revision.old)
    fall = low is not None and (new[0] is None or new[0] < low)
    asks = fall or otherwise or not revision.sure or doubtful
    words = text[revision.span[0] : revision.span[1]]
    option = Option(at_least=new[0], at_most=new[1], text=words, span=revision.span)
    return After(
        at_least=new[0],
        at_most=new[1],
        change="fall" if fall else "add" if revision.how == "add" and base is not None else "set",
        asks=asks,
        text=words,
        span=revision.span,
        readings=(option, was(base)) if asks else (),
    )


def amount(steps_of_one: Iterable[Step]) -> Bounds:
    """How many they are together."""
    low: int | float | None = 0
    high: int | float | None = 0
    for step in steps_of_one:
        low, high = added(low, step.low), added(high, step.high)
    return low, high


def withdrawn(base: Bounds | None, text: str, span: Span) -> After:
    """A figure that is taken back: nothing is known of it any more, which is asked."""
    old = (was(base),) if base else ()
    return After(
        at_least=None, at_most=None, change="withdrawn", asks=True, text=text[span[0] : span[1]], span=span,
        readings=(Option(at_least=None, at_most=None), *old),
    )  # fmt: skip
