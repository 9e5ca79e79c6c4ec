"""One entry of a list: a unit, and its figures up to a mark and nothing else (一班4人发烧, 县医院接了3个)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from plans.intake.numerals import HEADS, Number, match_at, parse
from plans.intake.patterns import lazy
from plans.intake.tokens import word_at
from plans.intake.unit_names import APART, SORTS, names
from plans.intake.words import CASUALTY, PERSON

_VILLAGE = r"(?![全各本该同我这那每])[\u4e00-\u9fa5]{1,4}(?:村|庄(?!村)|屯|寨|营|坪|组(?!织)|湾|沟|乡|镇|街道|社区)"
NAME = names(SORTS, _VILLAGE)
"""A unit that is known by its name."""
HOSPITAL = names(APART)
"""A unit in which people lie who were hurt elsewhere."""
_OTHER_NAME = lazy(
    r"[\u4e00-\u9fa5]{0,5}?[班级车院科室楼村组厂线层栋幢店家队处点站所船艇口头边侧门寨庄屯坪湾沟乡镇道社区矿井面部局户舱场棚房屋铺]"
    r"(?=\d|[一二两三四五六七八九十廿卅几俩仨])"
)
"""A unit of any name, behind one that is known."""
_NO_NAME = lazy(
    r"目前|现在|当前|已|刚|急|门诊|留观|[值当上加跟领]班|一共|总共|共|合计|总计|加|全|累计|死|伤|困|失|病|毒|吐|没|还有|其中|另|又|有|剩|送|转|重|轻|都|不|更正|实际|大|估计|其|超|最|至|起码|约|差|近|将|好|几|多|少"
)
"""What begins so is no unit."""
_GAP = lazy(r"(?:寝室|宿舍|的|那边|这边|那里|这里|里|上|内|现在|目前|:| |有|共有?|也|又|各?报)*")
_GLUE = lazy(r"(?:了|的|着|有|人数|人员|的有|共|:| |约(?=\d))*")
_NOUN = lazy(rf"(?:{PERSON})")
_MEASURE = lazy(
    r" ?(?:个人|名(?!单)|号人|口人|口子|(?<=[来多几])号|位|例|口|个(?!月|小时|钟头|半)|人(?!民|次|份|间)|(?<=[俩仨]))"
)
CLAUSE_ENDS = ",、;。!?\n"
ENDS = CLAUSE_ENDS + ")"
"""Marks at which a clause ends, and an entry."""
_NOTHING = lazy(r"(?:那边|这边|的|:|都|也|暂时?)*(?:没有|没|无|零|0人?|没人)(?=[,、;。!?\n)]|$)")
_SUMMED = lazy(r"(?:[一总]?共|[合总共]计|累计|加起来)")
_TAKES = lazy(r"接了|接诊了?|收了|收治了?|来了|住了|住进|送来了?|送去了?|拉来了?")
WORDS = {
    "dead": "死亡", "missing": "失联", "trapped": "被困", "ill": "发病", "serious": "重伤", "critical": "病危",
    "grave": "重症", "light": "轻伤", "hurt": "受伤", "wound": "受伤", "faint": "受伤", "hospital": "送医",
}  # fmt: skip
"""Kind of harm -> the word for it in the clause as which a list is told."""


@dataclass(frozen=True)
class Figure:
    """A number with the kind of harm that befell so many; ``""`` where the entry names none."""

    kind: str
    low: int | float
    high: int | float | None


def entry_at(text: str, at: int, *, known: bool) -> tuple[str, tuple[Figure, ...], int] | None:
    """A unit and its figures up to a mark; figures without a harm have the kind ''."""
    name = NAME.match(text, at)
    if name is None and not known and not _NO_NAME.match(text, at) and word_at(text, at) is None:
        name = _OTHER_NAME.match(text, at)
    if name is None:
        return None
    nothing = _NOTHING.match(text, name.end())
    if nothing:
        return name[0], (), nothing.end()
    body = figures_at(text, _end(_GAP, text, name.end()), taken=HOSPITAL.match(text, name.start()) is not None)
    return None if body is None else (name[0], *body)


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at


def figures_at(text: str, at: int, *, taken: bool = False) -> tuple[tuple[Figure, ...], int] | None:
    """Harms and numbers that stand in pairs up to a mark, and nothing else."""
    harms: list[str] = []
    figures: list[Figure] = []
    number: Number | None = None
    first = ""  # what the first pair begins with
    while at < len(text) and text[at] not in ENDS:
        if text[at] == ":" and figures and not harms:
            break
        if text[at] == " " and first and _goes_on(text, at + 1):
            break  # 东村5人受伤 西村3人受伤
        at = _end(_GLUE, text, at)
        if at >= len(text) or text[at] in ENDS:
            break
        takes = _TAKES.match(text, at) if taken else None
        word = None if takes else word_at(text, at)
        if takes or (word and word.kind in CASUALTY):
            kind = "hospital" if takes or word is None else word.kind
            if kind not in WORDS:
                return None
            if not first:
                first = "harm"
            if first == "number" and number is not None:
                figures.append(Figure(kind, number.low, number.high))
                number = None
            elif first == "number" and figures and kind == "hospital":
                pass  # 3人中毒送医
            elif first == "harm" and not harms:
                harms.append(kind)
            else:
                return None
            at = takes.end() if takes else word.end if word else at
            continue
        counted = _count(text, at)
        if counted is None:
            return None
        read, at = counted
        if not first:
            first = "number"
        if first == "harm":
            if not harms:
                return None
            figures.append(Figure(harms.pop(), read.low, read.high))
        elif number is None:
            number = read
        else:
            return None
    if harms or (number is not None and figures) or not (figures or number):
        return None
    if number is not None:
        figures.append(Figure("", number.low, number.high))
    return tuple(figures), at


def _goes_on(text: str, at: int) -> bool:
    """Behind a blank stands another entry, or what all come to."""
    return NAME.match(text, at) is not None or _SUMMED.match(text, at) is not None


def _count(text: str, at: int) -> tuple[Number, int] | None:
    noun = _NOUN.match(text, at)
    at = noun.end() if noun else at
    match = match_at(text, at) if at < len(text) and text[at] in HEADS else None
    number = parse(match, text) if match else None
    if number is None or number.start != at:
        return None
    measure = _MEASURE.match(text, number.end)
    end = measure.end() if measure else number.end
    behind = _NOUN.match(text, end)
    end = behind.end() if behind else end
    if measure is None and not (end >= len(text) or text[end] in ENDS or (word_at(text, end) is not None)):
        if text[end] != " " or not _goes_on(text, end + 1):
            return None
    return number, end


def plus(known: Figure | None, more: Figure, kind: str) -> Figure:
    """Both together."""
    if known is None:
        return Figure(kind, more.low, more.high)
    high = None if known.high is None or more.high is None else known.high + more.high
    return Figure(kind, known.low + more.low, high)


def written(figure: Figure) -> str:
    """How many they are, in words that are read as the same."""
    low, high = int(figure.low), None if figure.high is None else int(figure.high)
    if high is None:
        return f"至少{max(low, 1)}人"
    if low == high:
        return f"{low}人"
    return f"最多{high}人" if low == 0 else f"{low}至{high}人"
