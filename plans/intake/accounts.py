"""What an account of people makes of what a case knew: who is found, dead, better, and how many are left.

Where the people told of are all who were known, or those who are left and those who went come to it, it is sure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from plans.intake.care_accounts import TAKEN_BACK, died_in_care, newcomers, serious
from plans.intake.changes import Change, exact
from plans.intake.fates import Item
from plans.intake.lost_accounts import lost, more_lost, regrouped
from plans.intake.parted import parted
from plans.intake.patterns import lazy
from plans.intake.reading import Span
from plans.intake.replacing import FILL
from plans.intake.sayings import said_of
from plans.intake.stepping import HELPERS, Bounds

_NOT_YET = lazy(r"(?:是|系|在|就是)[^,。;!?\n]{0,6}失[联踪](?![^。;!?\n]{0,20}(?:减去|扣除|统计))")
_MOVED = lazy(r"轻伤[^,。;!?\n]{0,4}转[^,。;!?\n]{0,3}重|重伤?[^,。;!?\n]{0,4}转[^,。;!?\n]{0,3}轻")


def accounts(told: Sequence[Item], known: Mapping[str, Bounds], weak: str) -> list[Change]:
    """The changes that the people of a text make, each fact once."""
    told = regrouped(told, known)
    whole = [item for item in told if item.many]
    missed = any(exact(known, fact) for fact in ("missing", "trapped"))
    told = [
        item
        for item in parted(told, lost=missed)
        if said_of("already", item.words) is None or _NOT_YET.search(item.words)
    ]
    changes = [*lost(told, known, weak)] or [*more_lost(told, known)]
    taken = {change.span for change in changes}
    if not taken:
        changes = [*serious(told, known, weak)]
    else:
        changes += serious([item for item in told if not any(_meets(item.span, span) for span in taken)], known, weak)
    if not any(change.fact == "deaths" for change in changes):
        changes += died_in_care(told, whole, known, weak)
    if not changes and not any(TAKEN_BACK.search(item.words) or said_of("mistaken", item.words) for item in told):
        changes += newcomers(told, known, weak)
    if len(whole) > 1 and any(_MOVED.search(item.words) for item in whole):
        # 2人轻伤转重伤 beside others who are told of: the steps read who is moved from one column to another
        changes = [change for change in changes if change.fact not in ("injuries", "serious_injuries")]
    merged: dict[str, Change] = {}
    for change in changes:
        old = merged.get(change.fact)
        if old is None:
            merged[change.fact] = change
        elif old.by is not None and change.by is not None:
            span = min(old.span[0], change.span[0]), max(old.span[1], change.span[1])
            merged[change.fact] = Change(change.fact, old.by + change.by, None, span, old.sure and change.sure)
        else:
            return []
    closes = _closes(whole, list(merged.values()), known)
    return [replace(change, closes=closes) for change in merged.values()]


_MOST = 36
"""Characters of one stretch of an account; whoever writes on without marks may tell of more than one there."""


_OF_THOSE = lazy(r"(?:[救捞挖扒找](?:上来|出来|下来|回来)的)")
"""Of whom it was told just before how they came out."""


def _closes(whole: Sequence[Item], changes: Sequence[Change], known: Mapping[str, Bounds]) -> bool:
    """Everybody of whom a number tells is in a change, or they are all who were known, or all of them who are left."""
    bases = [(base, change.by) for change in changes if (base := exact(known, change.fact))]
    whole_of = {base for base, _ in bases} | {base + by for base, by in bases if by}
    if any(FILL * 4 in item.words or len(item.words) > _MOST for item in whole):
        return False
    for at, item in enumerate(whole):
        parts = [other.many or 0 for other in whole[at + 1 :]]
        if item.counted and len(parts) > 1 and item.many == sum(parts) and any(item.many == base for base, _ in bases):
            return True  # 那五个，老王老李醒了，小孔走了，另外俩还插着管
    for item in whole:
        helpers = not item.fates and HELPERS.search(item.words) is not None
        if (
            item.new
            or helpers
            or _OF_THOSE.search(item.words)
            or said_of("home", item.words)
            or "(" in item.words
            or ")" in item.words
            or any(_meets(item.span, change.span) for change in changes)
        ):
            continue
        if item.many not in whole_of:
            return False
    return True


def _meets(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
