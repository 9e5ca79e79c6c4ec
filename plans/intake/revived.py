"""Somebody told dead who lives, with what the totals say of it: 没心跳的抢回来了，在ICU，死的算1个，伤的算6个.

It is understood where every count is accounted for: how many live, and the dead and the hurt as they are then.
"""

from __future__ import annotations

from collections.abc import Mapping

from plans.intake.changes import exact
from plans.intake.clauses import measure_end
from plans.intake.numerals import numbers
from plans.intake.patterns import lazy
from plans.intake.reading import After, Option, Span
from plans.intake.sayings import said_of
from plans.intake.stepping import Bounds
from plans.intake.taking import was

_N = r"(?P<n>\d{1,3}|[零一二两三四五六七八九十]{1,3}|[俩仨])"
_NOW = r"(?:人数|的)?(?:现在|应该?|就|还|只|仍|也)?(?:更正为|改[为成回]|降[为到]|[算是为有剩按记])*(?:就|只|是)?"
_DEAD_NOW = lazy(rf"(?:死亡|死的|死者|遇难|走了的|死(?=\d)){_NOW}{_N}(?:个|人|名|例|(?=[,。;!伤 \n]|$)|(?<=[俩仨]))")
_HURT_NOW = lazy(rf"(?:受伤|伤者|伤员|(?<![重轻])伤){_NOW}(?:的)?{_N}(?:个|人|名|(?=[,。;! \n]|$)|(?<=[俩仨]))")
_BEFORE = lazy(
    r"没(?:了)?(?:心跳|呼吸|气|脉搏)|(?:心跳|呼吸)(?:停|没)|盖(?:着|了)?(?:白)?布|以为|(?:报|说|宣布|判定|定)[^,。;!?\n]{0,4}(?:死|没|走)了?的?|"
    r"死亡?(?:那|的)|第[一二三四五六七八九\d]{1,2}个|死(?:亡|的)?[^,。;!?\n]{0,4}[里中]|没走|没死"
)
_OF_THEM = lazy(r"(?:里头?|里面|当中|中)(?:面)?,?(?:其实)?有(?P<n>[一二两三四五\d]|[俩仨])")
_ONE = lazy(
    r"那[个位名]|第[一二三四五六七八九\d]{1,2}个|有[一1]?[个位名]|[他她]|老[一-龥]|司机|师傅|[男女](?:的|乘客|孩|子)|孩子|另[一1]个|老爷子|老太"
)
_ELSE = lazy(
    r"又(?:死|走|没了)|新增|另外(?!一个)|失[联踪]|被困|找[到着]|挖出来?[两二三四五六七八九\d]|[?吗]|可能|也许|听说|据说|没(?:能)?(?:抢|救)"
)
_ALIVE = lazy(
    r"活|(?<!没)有(?:了)?(?:一口)?(?:心跳|呼吸|脉搏|气)|抢(?:救)?(?:了)?(?:回|过)(?:了)?来|救(?:回|过)来|缓(?:了)?过来|"
    r"(?:心跳|呼吸)(?:又|已经?)?(?:回来|恢复|有)|恢复(?:了)?(?:自主)?(?:心跳|呼吸)|没[死走]|醒"
)
_GRAVE = lazy(r"重伤|ICU|重症|监护|插(?:着|了)?管|呼吸机")
ENOUGH = 100


def revived(text: str, known: Mapping[str, Bounds], weak: str, changed: Mapping[str, After]) -> Mapping[str, After]:
    """What is known then; a person says so before it counts.

    Args:
        text: of what is asserted or reported.
        known: what the case knew.
        weak: the fact of people of whom only a number is told.
        changed: what others made of the text.
    """
    base, hurt = exact(known, "deaths"), exact(known, weak)
    alive = said_of("lives", text)
    if (
        not base
        or alive is None
        or len(text) > ENOUGH
        or _ELSE.search(text)
        or not (_BEFORE.search(text) and _ALIVE.search(text))
    ):
        return changed
    if any(exact(known, fact) for fact in ("missing", "trapped")) or (weak in known and hurt is None):
        return changed
    many = _how_many(text, base)
    if many is None or not 0 < many <= base:
        return changed
    now_hurt = (hurt or 0) + many
    told = _HURT_NOW.search(text)
    if told is not None and next((number.low for number in numbers(told["n"])), 0) not in (now_hurt, hurt):
        return changed
    allowed = {1, many, base, base - many, now_hurt, hurt}
    for number in numbers(text):
        counted = measure_end(text, number.end) > number.end or text[number.end - 1] in "俩仨"
        if counted and text[max(0, number.start - 1) : number.start] != "第" and number.low not in allowed:
            return changed
    new = {"deaths": (base - many, base), weak: (now_hurt, hurt)}
    if _GRAVE.search(text) and (grave := exact(known, "serious_injuries")) is not None:
        new["serious_injuries"] = (grave + many, grave)
    kept = {name: After(at_least=low, at_most=high) for name, (low, high) in known.items()}
    if _GRAVE.search(text) and "serious_injuries" in changed and "serious_injuries" not in known:
        kept["serious_injuries"] = changed["serious_injuries"]  # 死的那个没死，是重伤
    return kept | {fact: _asked(text, total, old, alive.span) for fact, (total, old) in new.items()}


def _how_many(text: str, base: int) -> int | None:
    """By the dead that are left, by how many of them live, or one who is told of."""
    total = _DEAD_NOW.search(text)
    while total is not None:
        number = next(numbers(total["n"]), None)
        if number is not None and number.low < base:
            return base - int(number.low)
        total = _DEAD_NOW.search(text, total.end())
    if of := _OF_THEM.search(text):
        return next((int(number.low) for number in numbers(of["n"])), None)
    return 1 if base == 1 or _ONE.search(text) else None


def _asked(text: str, total: int, old: int | None, span: Span) -> After:
    words = text[slice(*span)]
    option = Option(at_least=total, at_most=total, text=words, span=span)
    return After(
        at_least=total, at_most=total, change="fall" if total < (old or 0) else "set", asks=True, text=words, span=span,
        readings=(option, was((old, old) if old is not None else None)),
    )  # fmt: skip
