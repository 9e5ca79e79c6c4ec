"""Wholes and their parts in an account of people: 找到2名：1人在岩洞，1人遇难 tells of two, not of four."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from plans.intake.fates import LOCATED, Item
from plans.intake.patterns import lazy


def parted(told: Sequence[Item], *, lost: bool = False) -> list[Item]:
    """Without the wholes of which the parts are told: 找到2名: 1人在岩洞，1人遇难; 救出三个，其中一个死了.

    `lost`: some are missing or trapped, so that 又 in the whole does not tell of others.
    First what ends with a colon, then groups of whom nothing else is said, last those who went together.
    """
    items = list(told)
    parts = set[int]()
    for fits in (_announces, _only_named, _went_together):
        at = len(items) - 1 if fits is not _only_named else 0
        while 0 <= at < len(items):
            item = items[at]
            count = _parts(item, items[at + 1 :], fits is _announces) if fits(item) and id(item) not in parts else 0
            if count:
                items[at + 1 : at + 1 + count] = [
                    _as_part(part, item, lost=lost) for part in items[at + 1 : at + 1 + count]
                ]
                if fits is _only_named:
                    parts.update(id(part) for part in items[at + 1 : at + 1 + count])
                del items[at]
            if fits is not _only_named or not count:
                at += 1 if fits is _only_named else -1
    for at in range(len(items) - 2, -1, -1):
        item, part = items[at], items[at + 1]
        if part.among and item.many and item.fates and 0 < (part.many or 0) < item.many:
            items[at + 1] = replace(
                _as_part(part, item, lost=lost), fates=part.fates | (item.fates - {"alive"}), among=False
            )
            items[at] = replace(item, many=item.many - (part.many or 0))
    return items


def _announces(item: Item) -> bool:
    return item.colon


def _only_named(item: Item) -> bool:
    return not item.fates


def _went_together(item: Item) -> bool:
    return bool(item.fates)


def _as_part(part: Item, whole: Item, *, lost: bool) -> Item:
    """Who is told of as a part went as the whole did; who was hurt on the way down is down."""
    fates = part.fates
    if "still" not in fates:
        fates |= whole.fates & LOCATED
        if fates & {"hurt", "dead"} and whole.group == "trapped":
            fates |= {"out"}
    group = part.group or whole.group
    if part.group == "serious_injuries" and (whole.group in ("missing", "trapped") or whole.fates & LOCATED):
        group = whole.group  # 救出三个，一个重伤
    new = part.new or (not lost and (whole.new or _MORE.search(whole.words) is not None))
    return replace(part, fates=frozenset(fates), group=group, new=new)


_MORE = lazy(r"又(?!是)|另(?:外)?(?=发现|有|挖|救)")


def _parts(item: Item, rest: Sequence[Item], announced: bool) -> int:
    """How many of those behind it, two or more, come to it; none where they do not."""
    if item.many is None or item.many < 2:
        return 0
    total = 0
    for count, part in enumerate(rest, 1):
        left = part.left or "still" in part.fates
        if part.many is None or part.sum or (left and item.fates & LOCATED and not announced):
            return 0
        total += part.many
        if total >= item.many:
            return count if total == item.many and (count > 1 or not item.fates) else 0
    return 0
