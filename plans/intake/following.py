"""What a case knows after a later text: totals, increments, people found or dead, figures taken back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from plans.intake.patterns import lazy
from plans.intake.reading import After, Found, Option, Reading, Span
from plans.intake.steps import Bounds, Step, named_figures, steps
from plans.intake.utterances import masked

_POISON = ("food_poisoning", "gas_poisoning", "epidemic")
_CORRECTS = lazy(r"更正|核实|实际|应为|应是|不是|降|减|数清|点清|核对|核完|再核|查清|统计错|为准")
_PART = lazy(r"里头|里面|当中|其中|这边|我这儿|我们这|转(?:到|往|院|市|县|省)|剩|收了|收治|那\d")
_INCREASE = lazy(r"又|新增|新发|新送|另外新|再增|增加(?![到至为])|多出|添了|没算进去")
_TOTAL = lazy(r"一共|总共|累计|合计|共计|总计|升至|升到|增至|更新为|达到|现在是|加一块|加一起|加起来|汇总|数清|总数")


def after(reading: Reading, known: Mapping[str, Any], category: str | None = None) -> Mapping[str, After]:
    """Return what is known once a text is taken in; facts that neither knew are absent.

    Args:
        reading: of the later text.
        known: fact -> number, or ``{"at_least", "at_most"}``, or ``{"value"}``, or None, before it.
        category: kind of the event as the case has it; a text alone rarely tells.

    Raises:
        TypeError: a known value is no number and no interval.
    """
    before = {name: bounds for name, value in known.items() if (bounds := _bounds(value)) is not None}
    text = masked(reading.plain, reading.utterances)
    weak = _weak(before, category)
    changed = {name: After(at_least=low, at_most=high) for name, (low, high) in before.items()}
    told: dict[str, list[Step]] = {}
    for step in steps(text, before, weak):
        told.setdefault(step.fact, []).append(step)
    for name, found in reading.facts.items():
        if isinstance(found.at_least, bool):
            continue
        if name == "missing" and "trapped" in told and "missing" not in before:
            continue  # 还有2个没上来: of those who are trapped
        fact = _meant(name, found, before, weak)
        if fact in told and not _is_total(text, found, before.get(fact)):
            continue
        told.pop(fact, None)
        changed[fact] = _taken(text, found, before.get(fact))
    for fact, found_steps in told.items():
        for step in found_steps:
            new = _stepped(text, step, changed.get(fact))
            if new is not None:
                changed[fact] = new
    for fact, span in _taken_back(reading, before):
        if fact not in reading.facts:
            old = Option(at_least=before[fact][0], at_most=before[fact][1])
            changed[fact] = After(
                at_least=None, at_most=None, change="withdrawn", asks=True,
                text=reading.plain[span[0] : span[1]], span=span, readings=(Option(at_least=None, at_most=None), old),
            )  # fmt: skip
    _a_bare_total(text, reading, before, weak, told, changed)
    return MappingProxyType(changed)


_BACK = lazy(r"撤回|作废|撤销|收回|不可靠|弄错|搞错|报错|说错|误报")


def _taken_back(reading: Reading, before: Mapping[str, Bounds]) -> Iterator[tuple[str, Span]]:
    """Known figures that the text names and takes back: 不是死7个; 死亡2人那个消息…撤回."""
    for item in reading.utterances:
        words = reading.plain[item.span[0] : item.span[1]]
        if item.kind != "withdrawn" and not (item.kind in ("reported", "rumour") and _BACK.search(words)):
            continue
        for fact, low, high in named_figures(words):
            if before.get(fact) == (low, high):
                yield fact, item.span


def _bounds(value: Any) -> Bounds | None:
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return value, value
    if isinstance(value, Mapping):
        if value.get("unknown"):
            return None
        exact = value.get("value")
        return (exact, exact) if exact is not None else (value.get("at_least"), value.get("at_most"))
    raise TypeError(f"{str(value)[:40]} 不是数，也不是区间")


def _weak(before: Mapping[str, Bounds], category: str | None) -> str:
    """The fact of people of whom only a number is told."""
    if "ill" in before and "injuries" not in before:
        return "ill"
    return "ill" if category in _POISON and "injuries" not in before else "injuries"


def _meant(name: str, found: Found, before: Mapping[str, Bounds], weak: str) -> str:
    """又送来3个 in a food poisoning is read as hurt where the text names no harm."""
    if name in ("injuries", "ill") and name not in before and weak in before and found.at_least:
        return weak
    return name


def _clause(text: str, span: Span) -> str:
    start = max((text.rfind(mark, 0, span[0]) for mark in ",。;!?\n "), default=-1) + 1
    ends = [at for mark in ",。;!?\n " if (at := text.find(mark, span[1])) >= 0]
    return text[start : min(ends, default=len(text))]


def _is_total(text: str, found: Found, before: Bounds | None) -> bool:
    return bool(_TOTAL.search(_clause(text, found.span))) and found.mode != "increment"


def _taken(text: str, found: Found, before: Bounds | None) -> After:
    """One fact of the reading beside what was known of it."""
    clause = _clause(text, found.span)
    low, high = found.at_least, found.at_most
    more = found.mode == "increment" or (_INCREASE.search(clause) and not _TOTAL.search(clause))
    if before is None or found.unknown:
        if found.unknown and before is not None:
            return After(at_least=before[0], at_most=before[1])
        return _made(found, low, high, "set")
    if high == 0 and more:
        return After(at_least=before[0], at_most=before[1])  # 无新增
    if more:
        low = None if low is None or before[0] is None else low + before[0]
        high = None if high is None or before[1] is None else high + before[1]
        return _made(found, low, high, "add")
    if (low, high) == before:
        return After(at_least=low, at_most=high)
    fall = high is not None and before[0] is not None and high < before[0]
    if not fall:
        return _made(found, low, high, "set")
    if _CORRECTS.search(text) or found.text == "" or re.search(r"[:]", clause) or _TOTAL.search(clause):
        return _made(found, low, high, "fall", asks=True, options=(_option(found), _was(before)))
    if _PART.search(text):
        return After(at_least=before[0], at_most=before[1])
    lows = [number for number in (low, before[0]) if number is not None]
    highs = [number for number in (high, before[1]) if number is not None]
    return After(
        at_least=min(lows, default=None),
        at_most=max(highs, default=None),
        change="fall",
        asks=True,
        unknown=True,
        confidence=0.5,
        text=found.text,
        span=found.span,
        readings=(_was(before), _option(found)),
    )


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


def _option(found: Found) -> Option:
    return Option(at_least=found.at_least, at_most=found.at_most, text=found.text, span=found.span)


def _was(before: Bounds) -> Option:
    return Option(at_least=before[0], at_most=before[1])


def _stepped(text: str, step: Step, now: After | None) -> After | None:
    """One step on what is known so far; None where it leaves it."""
    words = text[step.span[0] : step.span[1]]
    if step.how == "same":
        return None
    if step.how == "withdrawn":
        old = (Option(at_least=now.at_least, at_most=now.at_most),) if now else ()
        return After(
            at_least=None, at_most=None, change="withdrawn", asks=True, text=words, span=step.span, readings=old
        )
    low, high = (now.at_least, now.at_most) if now is not None else (None, None)
    unknown = now is None or (low is None and high is None)
    if step.how == "add":
        new = (step.low, step.high) if unknown else (_sum(low, step.low), _sum(high, step.high))
        return After(
            at_least=new[0], at_most=new[1], change="add" if not unknown else "set", text=words, span=step.span
        )
    if unknown:
        return None if step.how == "less" else After(at_least=0, at_most=0, change="set", text=words, span=step.span)
    if step.how == "less":
        new = (max(0, (low or 0) - step.high), None if high is None else max(0, high - step.low))
    else:
        new = (0, 0) if step.how == "none" else (step.low, step.high)
    if new == (low, high):
        return None
    return After(
        at_least=new[0],
        at_most=new[1],
        change="fall",
        asks=True,
        text=words,
        span=step.span,
        readings=(
            Option(at_least=new[0], at_most=new[1], text=words, span=step.span),
            Option(at_least=low, at_most=high),
        ),
    )


def _sum(one: int | float | None, other: int | float | None) -> int | float | None:
    return None if one is None or other is None else one + other


_BARE = lazy(
    r"(?:总数(?:是|为|到|达)?|一共|总共|累计|合计|共计|现在是|目前是|加一块儿?|加起来|就是?|共)(?:,)?(?:现在)?(?:有|是|就)?"
    r"(?P<n>\d{1,4}|[一二两三四五六七八九十百]{1,4})(?:个人|[个人例名])?(?=[了,。;! ]|$)"
)


def _a_bare_total(
    text: str,
    reading: Reading,
    before: Mapping[str, Bounds],
    weak: str,
    told: Mapping[str, list[Step]],
    changed: dict[str, After],
) -> None:
    """住院的和留观的加一块儿，现在是19: a total that names no harm is of the people in hospital."""
    from plans.measures import value_of

    match = _BARE.search(text)
    if match is None or any(_overlap(match.span(), found.span) for found in reading.facts.values()):
        return
    number = value_of(match["n"])
    if number is None or weak not in before:
        return
    old = before[weak]
    if old == (number, number):
        changed[weak] = After(at_least=number, at_most=number)
        return
    fall = old[0] is not None and number < old[0]
    changed[weak] = After(
        at_least=number,
        at_most=number,
        change="fall" if fall else "set",
        asks=fall,
        text=match[0],
        span=match.span(),
        readings=(Option(at_least=number, at_most=number), _was(old)) if fall else (),
    )


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
