"""One figure of a first reading beside what a case knew of it: a total, more of them, a part, or not to be told."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from plans.intake.patterns import lazy
from plans.intake.reading import SURE, After, Found, Option, Span
from plans.intake.stepping import TOTAL, Bounds

_CORRECTS = lazy(r"更正|核实|实际|应为|应是|不是|降|减|数清|点清|核对|核完|核下来|查实|再核|查清|统计错|为准")
_PART = lazy(r"里头|里面|当中|其中|这边|我这儿|我们这|转(?:到|往|院|市|县|省)|剩|收了|收治|那\d")
_PART_OF_ALL = lazy(
    r"里头|里有|当中|其中|[员者人伤]中(?:有)?(?=\d|[一二两三四五六七八九十])|无效|不治|没(?:抢)?救过来|这边|这儿|收了|收治|那\d"
)
_INCREASE = lazy(r"又|新增|新发|新送|另外新|再增|增加(?![至为到])|多出|添了|没算进去|除[了去开]那")
_NO_MORE = lazy(r"(?:没|未|无|不)(?:有)?(?:再|新)?(?:增加?|多|添)")
_BESIDES = lazy(r"[也又]|没算|漏|没报")
_HERE = lazy(r"这边|这儿|我们这|我这|那\d|里头|当中")
_OF_THE_LOST = lazy(r"(?:失联|失踪|被困|受困)[^,。;!?\n]{0,6}[中里]")
"""4名失联人员中，2人获救，2人遇难: the dead of it come to those who were dead before."""
_UNDER_CARE = lazy(r"(?:正|还|仍|都|仍然)?在(?:做)?(?:手术|抢救|观察|留观|救治|治疗|输液|住院)")
_GONE_HOME = lazy(r"出院|转院|转走|回家")
"""In a text: those who are in hospital are not all who were hurt."""


_BULLETIN = lazy(
    r"(?:^|\n)[^,。;:\n]{0,10}(?:续报|快报|日报|终报|更新|通报|"
    r"最新(?:数字?|口径|统计|汇总|数据|情况)|截[至止][^,。;:\n]{1,14})(?:[^,。;:\n]{0,6})[:, ]"
)
"""What it tells are totals (续报：死亡3人，失联1人)."""
_AND_CHANGE = lazy(r" ?[人名例个]? ?\([+-]\d")
"""Behind a total: by how many it changed (失联1(-1))."""
_ASIDE = lazy(r"\([^()]*(?:\)|$)")


def clause_around(text: str, span: Span) -> str:
    """The clause in which a span stands, without what is in brackets elsewhere in it (死亡：2人（新增1人）)."""
    start = max((text.rfind(mark, 0, span[0]) for mark in ",。;!?\n "), default=-1) + 1
    ends = [at for mark in ",。;!?\n " if (at := text.find(mark, span[1])) >= 0]
    end = min(ends, default=len(text))
    return _ASIDE.sub("", text[start : span[0]]) + text[span[0] : span[1]] + _ASIDE.sub("", text[span[1] : end])


def _sentence(text: str, span: Span) -> str:
    """The sentence up to the end of a span."""
    return text[max(text.rfind(mark, 0, span[0]) for mark in "。;!?\n") + 1 : span[1]]


def take(text: str, fact: str, found: Found, before: Bounds | None, *, moved: bool) -> After:
    """Return what is known of one fact, by what a first reading made of the text and what was known before.

    Args:
        text: masked.
        moved: the sentence tells of people who were found, brought out or got worse, so that a figure in it may be
            of them.
    """
    clause = clause_around(text, found.span)
    low, high = found.at_least, found.at_most
    total = TOTAL.search(clause)
    more = found.mode == "increment" or (_INCREASE.search(clause) and not total and not _NO_MORE.search(clause))
    if before is None or found.unknown:
        if found.unknown and before is not None:
            if found.readings and moved:
                first = found.readings[0]
                return asked((_sum(found, before, first), first, was(before)), "set", found.text, found.span)
            if found.readings and (found.readings[0].at_least, found.readings[0].at_most) != before:
                first = found.readings[0]
                besides = first.value and _BESIDES.search(_sentence(text, (found.span[0], len(text))))
                more_of = (_sum(found, before, first),) if besides else ()
                return asked(
                    (*more_of, was(before), *found.readings[: 2 - len(more_of)]), "set", found.text, found.span
                )
            return After(at_least=before[0], at_most=before[1])
        # 又死了2个 where nobody counted before: there were others
        return _made(found, low, None if more and low else high, "set")
    if high == 0 and more:
        return After(at_least=before[0], at_most=before[1])  # 无新增
    if more:
        low = None if low is None or before[0] is None else low + before[0]
        high = None if high is None or before[1] is None else high + before[1]
        return _made(found, low, high, "add")
    sum_ = Option(at_least=added(before[0], low), at_most=added(before[1], high), text=found.text, span=found.span)
    # 又来了一车伤员，十来个; 新送医4人，其中1人重伤: perhaps as many more
    beside = bool(low) and not total and _INCREASE.search(_sentence(text, found.span)) is not None
    moved = moved or _OF_THE_LOST.search(_sentence(text, found.span)) is not None
    beside = beside or (moved and bool(low) and not total)
    if beside and (low, high) == before and not _INCREASE.search(_sentence(text, found.span)):
        return After(at_least=low, at_most=high)  # 失联1人确认遇难，受伤5人, as it was
    if beside and before == (0, 0):
        return _made(found, low, high, "add")  # more than the none who were told of, whatever is still asked of them
    if beside:
        fall = high is not None and before[0] is not None and high < before[0]
        return asked((sum_, _option(found), was(before)), "fall" if fall else "add", found.text, found.span)
    if (low, high) == before:
        if low == 1 and not total and found.stated is None and "也" in clause:
            return asked((sum_, was(before)), "add", found.text, found.span)  # 老陈家也塌了，压伤他老婆
        return After(at_least=low, at_most=high)
    fall = high is not None and before[0] is not None and high < before[0]
    few = before[0] is not None and (low or 0) <= before[0]
    if few and not total and fact in ("injuries", "ill") and _UNDER_CARE.search(clause):
        return After(at_least=before[0], at_most=before[1])  # 两个伤员在做手术: some of those who are known
    if not fall:
        new = _made(found, low, high, "set")
        part = _PART_OF_ALL.search(clause) or (fact in ("injuries", "ill") and _GONE_HOME.search(text))
        if fact != "serious_injuries" and not total and part and (before != (0, 0) or _HERE.search(text)):
            return asked((_option(found), sum_, was(before)), "set", new.text, new.span)
        return new
    if (
        _CORRECTS.search(text)
        or found.text == ""
        or re.search(r"[:]", clause)
        or total
        or _BULLETIN.search(text)
        or _AND_CHANGE.match(text, found.span[1])
    ):
        return _made(found, low, high, "fall", asks=True, options=(_option(found), was(before)))
    if fact in ("injuries", "ill") and _PART.search(text):
        return After(at_least=before[0], at_most=before[1])
    options: tuple[Option, ...] = (was(before), _option(found))
    if low == 1 or "也" in clause or _PART_OF_ALL.search(text):
        options = (*options, sum_)
    return asked(options, "fall", found.text, found.span)


def _sum(found: Found, before: Bounds, first: Option) -> Option:
    """As many more as the likeliest reading has."""
    low, high = added(before[0], first.at_least), added(before[1], first.at_most)
    return Option(at_least=low, at_most=high, text=found.text, span=found.span)


def _made(
    found: Found, low: Any, high: Any, change: Any, *, asks: bool = False, options: tuple[Option, ...] = ()
) -> After:
    return After(
        at_least=low,
        at_most=high,
        change=change,
        asks=asks,
        unknown=found.unknown,
        confidence=found.confidence,
        text=found.text,
        span=found.span,
        readings=options or found.readings,
    )


def asked(options: tuple[Option, ...], change: Any, text: str, span: Span | None) -> After:
    """Not known: within the bounds of all that it may be."""
    options = tuple({(option.at_least, option.at_most): option for option in reversed(options)}.values())[::-1]
    lows = [option.at_least or 0 for option in options]
    highs = [option.at_most for option in options if (option.at_least, option.at_most) != (None, None)]
    return After(
        at_least=min(lows), at_most=None if None in highs else max(high for high in highs if high is not None),
        change=change, asks=True, unknown=True, confidence=0.5, text=text, span=span, readings=options,
    )  # fmt: skip


def in_doubt(new: After, base: Bounds | None) -> After:
    """What may be of something else: it is asked before it counts."""
    if new.change == "same" or new.asks or new.unknown or new.confidence < SURE:
        return new
    option = Option(at_least=new.at_least, at_most=new.at_most, text=new.text, span=new.span)
    return asked((option, was(base)), new.change, new.text, new.span)


def either(one: After, other: After, base: Bounds | None) -> After:
    """Two ways to read the text that do not agree."""
    options = [
        Option(at_least=item.at_least, at_most=item.at_most, text=item.text, span=item.span) for item in (one, other)
    ]
    fall = base is not None and base[0] is not None and any((item.at_least or 0) < base[0] for item in (one, other))
    return asked((*options, was(base)), "fall" if fall else "set", one.text, one.span)


def bounds_of(option: Option) -> Bounds:
    """Its bounds."""
    return option.at_least, option.at_most


def same_bounds(one: After, other: After) -> bool:
    """They say the same number."""
    return (one.at_least, one.at_most) == (other.at_least, other.at_most)


def _option(found: Found) -> Option:
    return Option(at_least=found.at_least, at_most=found.at_most, text=found.text, span=found.span)


def was(before: Bounds | None) -> Option:
    """To leave it as it was."""
    low, high = before or (None, None)
    return Option(at_least=low, at_most=high)


def added(one: int | float | None, other: int | float | None) -> int | float | None:
    """The sum; of no bound none."""
    return None if one is None or other is None else one + other


def overlap(one: Span, other: Span) -> bool:
    """They share a character."""
    return one[0] < other[1] and other[0] < one[1]


def any_overlap(span: Span, others: Iterable[Span]) -> bool:
    """It shares a character with one of them."""
    return any(overlap(span, other) for other in others)
