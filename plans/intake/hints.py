"""Words of a later text that may change what is known, where nothing that was read or stepped holds them.

They change nothing; the fact that they may touch is asked instead of staying as it was without a word.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from plans.intake.clauses import facts_of
from plans.intake.numerals import numbers
from plans.intake.patterns import lazy
from plans.intake.reading import After, Option, Span, Unread
from plans.intake.steps import Bounds
from plans.intake.taking import added, any_overlap, asked, bounds_of, was

Way = Literal["more", "fewer", "either"]
_SOMEBODY = r"(?:[个位名俩仨]|老[人头汉]|大[爷妈娘]|孩子?|娃儿?|伤员|病人|重的|轻的)"
_DIED = (
    r"[^,。;!?\n]{0,12}?(?:没了(?!音|消息)|走了(?=[,。;!?\n]|$)|没留住|不行了|没挺|没救(?![援出])|没气|凉了|硬了|"
    r"咽了?气|断了?气)"
)
_HINTS: tuple[tuple[re.Pattern[str], tuple[tuple[str, Way], ...]], ...] = (
    (lazy(_SOMEBODY + _DIED), (("deaths", "more"),)),
    (
        lazy(r"(?:重[症伤的]|伤[员者]|病房)[^,。;!?\n]{0,6}" + _SOMEBODY + _DIED),
        (("serious_injuries", "fewer"), ("injuries", "fewer"), ("ill", "fewer")),
    ),
    (
        lazy(
            r"(?<![没未不])(?:找[到着](?!原因|源)|联系上|打通|接通|露面|露头|报平安|回来了|有下落|到家了)|[差缺剩]的?(?:下的)?(?:还是|还有|就)"
        ),
        (("missing", "fewer"),),
    ),
    (
        lazy(
            r"(?<![没未不])(?:[救扒挖拉抬弄拽背抱刨掏拖放接](?:了)?[出上下](?!班|车|课|去)|脱困|升井)|(?<![没未不跑])[出上下]来[了咧啦]"
        ),
        (("trapped", "fewer"), ("missing", "fewer")),
    ),
    (lazy(r"转轻|转普通|转出|拔管|脱离危险"), (("serious_injuries", "fewer"),)),
    (lazy(r"加重|转重|恶化|插管|呼吸机|进了?(?:ICU|重症)"), (("serious_injuries", "more"),)),
    (
        lazy(r"扣掉|扣除|剔除|刨掉|去掉|不相干|撤回|作废|重复算|算重|多报|错报|报错"),
        tuple((fact, "either") for fact in ("deaths", "missing", "trapped", "injuries", "ill")),
    ),
)


_FOUND_DEAD = lazy(r"(?<![没未不])(?:捞|挖|扒|刨|搜到|[找抬]到|找着|抬出)")
"""Who is found dead may be one of those who are looked for."""
_NO_CHANGE = lazy(r"家属|出院|转院|转走|还是|不变|不动|没变|没[有]?(?:新增|增加)|未增加|无新增")
_HELD = ("missing", "trapped")


def unmoved(
    text: str, before: Mapping[str, Bounds], changed: Mapping[str, After], used: Sequence[Span]
) -> dict[str, After]:
    """Facts that stay as they were, and of which the text may speak.

    Args:
        text: masked.
        changed: what is known now.
        used: the words from which that follows.
    """
    told: dict[str, After] = {}
    still = {fact for fact, item in changed.items() if item.change == "same" and before.get(fact, (0, 0))[1] != 0}
    dead = changed.get("deaths")
    if dead is not None and dead.change in ("add", "set") and _FOUND_DEAD.search(text):
        moved = any(fact in changed and changed[fact].change != "same" for fact in _HELD)
        for fact in (fact for fact in _HELD if fact in still and not moved):
            told[fact] = _in_question(before[fact], "fewer", dead.text, dead.span)
    any_change = any(item.change != "same" for item in changed.values())
    for pattern, facts in _HINTS:
        match = pattern.search(text)
        if match is None or any_overlap(match.span(), used):
            continue
        for fact, way in facts:
            if fact in still and fact not in told and not (way == "either" and any_change):
                told[fact] = _in_question(before[fact], way, match[0], match.span())
    return told


def _in_question(base: Bounds, way: Way, words: str, span: Span | None) -> After:
    low, high = base
    more = Option(at_least=(high if high is not None else low or 0) + 1, at_most=None, text=words, span=span)
    fewer = Option(at_least=0, at_most=max(0, (low or 0) - 1), text=words, span=span)
    ways = {"more": (more,), "fewer": (fewer,), "either": (fewer, more)}[way]
    return asked((was(base), *ways), "fall" if way == "fewer" else "set", words, span)


def numbers_unread(text: str, before: Mapping[str, Bounds], unread: Sequence[Unread], weak: str) -> dict[str, After]:
    """人头是6个: where nothing changes, a number that was not read may be any figure that its sentence names.

    Args:
        text: masked.
        weak: the fact of people of whom only a number is told.
    """
    if _NO_CHANGE.search(text):
        return {}
    told: dict[str, After] = {}
    held = [fact for fact in _HELD if before.get(fact, (0, 0))[0]]
    for item in unread[:1]:
        number = next(numbers(item.text), None)
        if number is None:
            continue
        low = max(text.rfind(mark, 0, item.span[0]) for mark in "。;!?\n") + 1
        ends = [at for mark in "。;!?\n" if (at := text.find(mark, item.span[1])) >= 0]
        named = [fact for fact in facts_of(text[low : min(ends, default=len(text))]) if fact in before]
        for fact in named or ([weak] if weak in before else held):
            base = before[fact]
            new = Option(at_least=number.low, at_most=number.high, text=item.text, span=item.span)
            if bounds_of(new) == base:
                continue
            more = Option(at_least=added(base[0], number.low), at_most=added(base[1], number.high))
            fewer = Option(at_least=0, at_most=max(0, (base[0] or 0) - int(number.low)))
            options = (was(base), new, more, fewer) if fact in held else (was(base), new, more)
            told[fact] = asked(options, "set", item.text, item.span)
    return told
