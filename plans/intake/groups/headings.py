"""Fates that head a list of people: 受伤：学生5、照管员1; 死者王某，男，56岁; 失联：田某、唐某."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from plans.intake.patterns import lazy
from plans.intake.person_words import Lot, Lots

_OF = r"(?:的|者|人员|人数|学生|职工|名单|情况|如下|分别|有|为|是|还|统计|已|现|共|暂|其中)*"
_HEADS: Mapping[str, tuple[Lot, ...]] = {
    "dead": ("dead",),
    "grave": ("grave", "hurt"),
    "hurt": ("hurt",),
    "lost": ("lost",),
    "held": ("held",),
    "ill": ("ill",),
    "care": ("care",),
}
_WORDS = {
    "dead": r"死|死者|死亡|遇难|遇难者|罹难|亡|身亡|没了",
    "grave": r"重伤|危重|病危|伤势较?重",
    "hurt": r"伤|伤者|伤员|受伤|轻伤|负伤|挂彩",
    "lost": r"失联|失踪|下落不明|联系不上|没找到|找不到|没找着",
    "held": r"被困|受困|困住|没出来|被埋",
    "ill": r"发病|中毒|呕吐|吐|腹泻|发烧|发热|拉肚子|确诊|阳性|有症状|不舒服|病倒",
    "care": r"送医|送院|收治|住院|入院|接收|救治|收住|在院",
}
_HEAD = lazy(
    "(?:现场|目前|初步|本次|此次|事故|全校|本校|我院|医院|已|的|人员|学生|中毒)*(?:"
    + "|".join(f"(?P<{name}>(?:{words}))" for name, words in _WORDS.items())
    + f"){_OF}"
)
_ONE_HEAD = lazy(r"(?:(?P<dead>死者|遇难者|亡者)|(?P<hurt>伤者|伤员)|(?P<lost>失联者|失踪者))(?:为|是|系|有|包括|:)?$")
_BETWEEN = lazy(r"[。\n]")
ASIDE = lazy(
    r"[男女]性?(?:,? ?\d{1,3}(?:周?岁|多岁)?)?|\d{1,3}(?:周?岁|多岁)|(?:系|是|为|均为|都是)?[^,。;!?\n\d]{0,6}"
    r"(?:人氏|籍|本地人|外地人|村人|县人|[务帮打临]工|乘客|司机|驾驶员|学生|村民|居民|业主|职工|员工)"
)
"""Who somebody is that was named right before: 男, 41岁, 本村人."""
AGE = lazy(
    r"(?:某[(,、: ]{1,2}(?:[男女]性?[,、 ]{0,2})?|(?<=[(,、 某])[男女]性?[,、 ]{1,2})\d{1,3}(?=周?岁|[),、。;\n ]|$)"
)
"""How old somebody is, without a word for it."""


class Heading(NamedTuple):
    """A fate of those of whom a list tells, and where its words end."""

    lots: Lots
    end: int


def heading(text: str, low: int, high: int) -> Heading | None:
    """A clause that is nothing but a fate, before a colon."""
    if text[high : high + 1] != ":" or (found := _HEAD.fullmatch(text, low, high)) is None:
        return None
    name = next(name for name in _WORDS if found[name])
    return Heading(dict.fromkeys(_HEADS[name], low), high)


def headed_one(text: str, low: int, start: int) -> Heading | None:
    """伤者李某: who he is tells what befell him, and those who are named behind him."""
    found = _ONE_HEAD.search(text, low, start)
    if found is None:
        return None
    name = next(name for name, word in found.groupdict().items() if word)
    return Heading(dict.fromkeys(_HEADS[name], found.start()), start)


def holds(text: str, over: Heading | None, at: int) -> bool:
    """Whether a heading still stands over what is told there."""
    if over is None:
        return False
    begin = over.end + 1
    if text[begin : begin + 1] == "\n":
        begin += 1
        return "。" not in text[begin:at] and "\n\n" not in text[begin:at] and ":" not in text[begin:at]
    return _BETWEEN.search(text, begin, at) is None
