"""A stretch of a later text: how many it counts, of which group they were, and what the words say became of them.

The words stand in the table ``roll`` (`plans/intake/lexicon`), beside those of persons, fates and harms.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from plans.intake.clauses import facts_of
from plans.intake.fates import blanked, fates_of, group_of
from plans.intake.lexicon import any_of
from plans.intake.numerals import Number
from plans.intake.patterns import lazy
from plans.intake.person_words import lots_of
from plans.intake.reading import Span
from plans.intake.told_people import SURNAMES, TWO

State = Literal[
    "dead", "care", "stable", "fine", "ill", "hurt", "grave", "better", "home", "went", "out", "found", "still", "gone",
    "stands",
]  # fmt: skip
STATES: tuple[State, ...] = (
    "dead", "care", "stable", "fine", "ill", "hurt", "grave", "better", "home", "went", "out", "found", "still",
    "gone", "stands",
)  # fmt: skip
_ORDINAL = lazy(r"第(?:\d{1,2}|[一二两三四五六七八九十]{1,2})(?:个|名|具|位)|头一个")
_SINGLE = lazy(
    rf"[老小阿][{SURNAMES}](?!时|区|路|校)|有个|有位|那个(?!数|村|厂|点|口|洞|车|楼|小区|消息|说法)|那位|那名|那具|[店户车工船]主|司机|师傅|老板娘?|保安|大[爷妈姐哥叔婶娘]|老太太|老头|老汉|老[张王李赵刘陈]|"
    r"小伙子?|姑娘|孩子(?!们)|男孩|女孩|男的|女的|大的|小的|老的|年轻的|某(?=[,。在]|$)|副驾(?!驶室)|妇女|男子|女子|队员|徒弟|女工|驾驶员|乘务员"
)
_NO_PERSON = lazy(r"[那这]个(?=数|消息|说法|情况|村|厂|点|口|洞|车|楼|小区|名单|报告|群)")
_SPEAKS = lazy(
    r"[^,。;!?\n]{0,4}?(?:医生|大夫|护士|主任|院长|民警|消防|救援|家属|记者|领导|公安|指挥|班长|书记)(?:们)?"
    r"(?:说|讲|给|把|按|看|在|还|正|也说|判断|认为|确认)"
)
"""Who tells of others, or does something for them."""
_EVERY = lazy(
    r"都|全(?!力|面|县|市|镇|程|国|身|责|线)|均|所有|一个(?:都|也)?(?:不|没)(?:少|落|差|缺)|"
    r"无一|人(?:都)?在(?=[,。;! \n]|$)"
)
_OTHERS = lazy(r"其[余他它](?:的|人)?|剩下的?|余下的?|别的|另(?:外)?(?:一个|的)")


@dataclass(frozen=True)
class Told:
    """People of whom a stretch tells.

    Args:
        many: how many; None where no number and no single person tells.
        counted: a number tells how many.
        every: all of them, or all the others.
        states: what became of them.
        group: of whom (missing, trapped, serious_injuries), where the words say so.
        marks: other kinds of words that stand in it: new, also, known, left, total, less, off, none.
        facts: the words of harm in it.
        words, span: the stretch.
        sentence: the running number of its sentence.
        parts: those of whom it is the whole.
        stated: the fact of which it is a bare figure (死亡5人, 伤5); ``light`` of the lightly hurt.
    """

    many: int | None
    counted: bool
    every: bool
    others: bool
    states: frozenset[str]
    group: str
    marks: frozenset[str]
    facts: tuple[str, ...]
    words: str
    span: Span
    sentence: int
    parts: tuple[Told, ...] = field(default=())
    stated: str = ""


@cache
def pattern(kind: str) -> re.Pattern[str]:
    """The words of one kind of the table ``roll``."""
    return any_of("roll", kind)


def told_in(words: str, span: Span, number: Number | None, sentence: int) -> Told:
    """The people of whom the words of a stretch tell; ``number`` counts them, where one does."""
    many = int(number.low) if number is not None else None
    whom = _NO_PERSON.sub("□", words)
    one = many is None and any(words_of.search(whom) for words_of in (_ORDINAL, _SINGLE, any_of("persons", "one")))
    states = states_of(words)
    one = one and not _SPEAKS.match(words)
    every = many is None and _EVERY.search(words) is not None
    return Told(
        many=2 if many is None and TWO.search(words) else 1 if one and not every else many,
        counted=number is not None,
        every=every,
        others=_OTHERS.search(words) is not None,
        states=states,
        group=group_of(words),
        marks=_marks(words, counted=number is not None),
        facts=facts_of(words),
        words=words,
        span=span,
        sentence=sentence,
        stated=_stated(words),
    )


def _marks(words: str, *, counted: bool) -> frozenset[str]:
    none = pattern("none").search(words) is not None
    heard = pattern("none").sub("□", words)
    marks = {kind for kind in ("new", "known", "left", "total", "less", "off") if pattern(kind).search(heard)}
    states = states_of(words)
    also = _ALSO.search(heard) and "known" not in marks and states & {"hurt", "ill"} and not group_of(words)
    if also and states <= {"hurt", "ill", "care"} and "serious_injuries" not in facts_of(words):
        marks |= {"also"}  # 车上还有一个孕妇肚子疼
    if pattern("wrongly_in").search(words):
        marks = marks - {"new"} | {"off"}
    if "left" in marks and not _REST_OF.search(words) and states - {"still", "gone"}:
        marks -= {"left"}  # 还有一个已经没气了
    return frozenset(marks | ({"none"} if none and not counted else set()))


_ALSO = lazy(r"(?<!就)还有(?=[一二两三四五六七八九十俩仨\d]|个)")
_REST_OF = lazy(r"剩|差|余|缺")
_NAMES = {
    "deaths": r"死亡|遇难|死者|死|亡",
    "serious_injuries": r"重伤|危重|重症|重的",
    "light": r"轻伤|轻的",
    "injuries": r"受伤|伤者|伤员|伤",
    "missing": r"失[联踪]",
    "trapped": r"被困",
    "ill": r"发病|患病|确诊|中毒",
}
_NAME = "|".join(f"(?P<{fact}>{words})" for fact, words in _NAMES.items())
_N = r"(?:\d{1,4}|[零一二两三四五六七八九十百]{1,4}|[俩仨])"
_FIGURE = lazy(
    rf"(?:[^:。]{{0,14}}:)?(?:其中|现有?|目前|已|共|合计|一共|总共|各|全县|最新|最终|确认|核实|,|、| )*"
    rf"(?:{_NAME})(?:总?人数|人员|者|的|病例|总数)?"
    rf"(?:[: 为是]|仍[为是]|还是|共|达|一共|总共|累计|只有|就|才|实际|其实|应该?[为是]|核(?:定|实|准)[为是]?|"
    rf"(?:变更|更新|更正|调整|增加|上升|改|升|降|增|减)[为至到成]){{0,2}}{_N}"
    rf"(?:个人|[人名例个位])?(?:不变|没变|\([^()]{{0,12}}\))?(?:,[^\d]{{0,8}})?"
)
_FIGURE_FIRST = lazy(
    rf"(?:[^:。]{{0,14}}:)?(?:其中|现有?|目前|已|共|合计|一共|总共|还是|就是|仍是)*{_N}(?:个人|[人名例个位])?(?:{_NAME})(?:的|了|亡)?(?:,[^\d]{{0,8}})?"
)


def _stated(words: str) -> str:
    """死亡5人, 伤5, 1死: the fact of which the stretch is a bare figure."""
    match = _FIGURE.fullmatch(words) or _FIGURE_FIRST.fullmatch(words)
    return next((fact for fact, found in match.groupdict().items() if found), "") if match else ""


_TAKEN_ALONG = lazy(r"[接运送拉带转抬领撤](?:走|离)(?:了)?")
"""接走了9个: nobody died."""
_LOTS: Mapping[str, State] = {"dead": "dead", "hurt": "hurt", "ill": "ill", "care": "care"}


def states_of(words: str) -> frozenset[str]:
    """What became of those of whom words tell: 没救出来 tells of nobody who came out."""
    found: set[str] = set()
    for kind in ("not_yet", "no_worse", "earlier"):
        words = pattern(kind).sub("□", blanked(words))
    lots = lots_of(_TAKEN_ALONG.sub("□", words))
    found |= {state for lot, state in _LOTS.items() if lot in lots}
    for kind in ("fine", "dead", "still", "stable"):
        if (heard := pattern(kind).sub("□", words)) != words:
            found.add(kind)
            words = heard
    found |= {kind for kind in STATES if pattern(kind).search(words)}
    found |= fates_of(_TAKEN_ALONG.sub("□", words)) & {"dead", "grave", "better", "out", "hurt"}
    if "grave" in found and "dead" not in found:
        found -= {"care"}
    return frozenset(found)
