"""A figure that a later text names with how many they are now: 失联变成5人, 伤的到3个了, 死亡5人有误，实际4人.

A first report says 死亡3人; who writes later puts a word between that says what became of it. These words leave nothing
open: the figure is so many from now on, whatever was known of it.
"""

from __future__ import annotations

import re

from plans.intake.numerals import numbers
from plans.intake.patterns import lazy
from plans.intake.reading import Span
from plans.intake.taking import any_overlap

_NAMES = {
    "deaths": r"死亡|遇难|死者|死的|亡者|罹难",
    "serious_injuries": r"重伤|重症|危重|重的",
    "injuries": r"(?<![轻微])受伤|(?<![轻重])伤[员者]|(?<![轻重死])伤的|(?<![轻重])伤(?=总?人?数)",
    "missing": r"失[联踪]|联系不上的?|找不[到着]的",
    "trapped": r"[被受]困|困在[^,。;!?\n\d]{1,3}的|困[着住]的",
    "ill": r"发病|患病|[生得]病的|染病|病例|中毒",
    "weak": r"病人|患者|(?<=[,。;:! \n])(?:吐|拉(?:肚子)?|发烧|发热|头晕|不舒服|有症状|难受|中招|住院|送医)的|"
    r"^(?:吐|拉(?:肚子)?|发烧|发热|头晕|不舒服|有症状|难受|中招|住院|送医)的",
}
"""``weak``: of people of whom it is only said that they are in care."""
_WHO = "|".join(f"(?P<{fact}>{words})" for fact, words in _NAMES.items())
_NAME = rf"(?<![无没未])(?<!没有)(?<!是否)(?:{_WHO})(?:者|的|员|人员)?(?:总?人?数)?"
_N = r"(?P<{}>\d{{1,4}}|[零一二两三四五六七八九十百]{{1,4}}|[俩仨])"
_MEASURE = r" ?(?:个人|[人名例个位具])?"
_END = r"(?:了|啦|啊)?(?=[,。;!?)@\n]|$| (?![-~—至到或、]))"
_SO_FAR = r"(?:(?<![发出呈])现在?|目前|已经?|就|总共|一共|总计|合计|累计|(?<!公)共计?|最终|最后|统共|拢共)"
_BECOME = (
    r"(?:变[成为]|[升涨增加]到|[升增][至为]|增加[到至为]|上升[到至为]|达到?|到|(?:调整|更新|更正|修正|变更|调|改)[为成到至]|"
    r"核(?:实|定|准)(?:后)?[为是]|确认[为是]|应该?[为是]|实[为际]是?|其实是|定[为在])"
)
_NOW = rf"(?:{_SO_FAR}{{1,2}}[是为有]?(?:{_BECOME})?|{_BECOME}|是(?!第))"
_NAMED = lazy(rf"{_NAME}:?{_NOW}了?{_N.format('n')}{_MEASURE}{_END}")
_HEADED = lazy(
    rf"(?<![无没未])(?:{_WHO})(?:者|的|员|人员)?(?:总?人?数量?|总数)(?:最新|更新|变更|现|目前)?[为是:]?{_N.format('n')}{_MEASURE}{_END}"
)
"""最新受伤数17, 伤员数更新：8: a word for a figure of them stands before the number."""
_IN_ALL = lazy(rf"{_SO_FAR}[是为有]?{_N.format('n')}{_MEASURE}{_NAME}{_END}")
_DID = (
    r"(?:已经?|共|有)?(?:(?P<deaths>死亡?|遇难|去世)|(?P<injuries>受?伤)|(?P<serious_injuries>重伤)|(?P<missing>失[联踪])"
    r"|(?P<trapped>被?困)|(?P<ill>发病))了?"
)
_BY_NOW = lazy(rf"{_SO_FAR}{_DID}{_N.format('n')}{_MEASURE}{_END}")
_PAIR = lazy(
    rf"(?:{_SO_FAR}[是为]?|(?:更正|应|实|改)[为:]{{1,2}}|最后数?:?|(?<!不)是)"
    rf"死亡?{_N.format('n')}{_MEASURE}[,、 ]?伤{_N.format('m')}{_MEASURE}{_END}"
)
_WRONG = r"(?:有误|不对|不准确?|不实|有出入|报错|[搞弄说写数算记登打输填]错字?|笔误|手误)了?"
_ANEW = rf"(?:应该?[为是]?|实[为际]是?|其实是|[改更][为正成]+|核实后?是?|现[在为]是?|只有|是)?(?:{_SO_FAR})?"
_MISCOUNTED = (
    r"(?:(?:[报算统计数写记]多|多[报算写计]|[报算统计数写记]少|少[报算写计]|漏[报算写计])了?"
    r"(?:(?:\d{1,3}|[一二两三四五六七八九十]{1,2})(?:个人|[人名例个位具])|[俩仨])?)"
)
_NOT_SO = lazy(
    rf"{_NAME}:?(?:{_N.format('o')}{_MEASURE})?(?:的(?:数字?|消息))?(?:是)?(?:{_WRONG}|{_MISCOUNTED})[,。:; ]{{1,2}}"
    rf"{_ANEW}{_N.format('n')}{_MEASURE}{_END}"
)
_MISTAKEN = lazy(
    rf"{_WRONG}[,。:;! ]{{1,2}}(?:应该?是?|实际|其实)?{_NAME}:?(?:{_NOW})?{_N.format('n')}{_MEASURE}{_END}"
)
_OF_A_PART = lazy(
    r"(?:年级|[班组村院楼栋厂镇乡街科屋校床号车]|车间|那[边头里]|这[边头里儿]|我们|我这|里[面头]|其中|男的?|女的?|学生|老师)"
    r"(?:那边|这边|有|的|目前|现在)?$"
)
_STOP = ",。;!?:\n "
ENOUGH = 12
"""Such figures that are looked at, so that a hostile text stays cheap."""


def named_totals(text: str, said: str, weak: str) -> list[tuple[str, int | float, int | float | None, Span]]:
    """Return each such figure: its fact, how many, how many they were said to be before, and where it stands.

    Of a fact of which two are told none is: they are parts, of which nobody tells the sum.

    Args:
        text: masked: of what is asserted.
        said: the same with what is taken back in the same breath.
        weak: the fact of people of whom it is only said that they are in care.
    """
    told: list[tuple[str, int | float, int | float | None, Span]] = []
    for match, _ in zip(_PAIR.finditer(text), range(ENOUGH), strict=False):
        both = _exact(text, match.span("n")), _exact(text, match.span("m"))
        if both[0] is not None and both[1] is not None and not _of_a_part(text, match):
            told.append(("deaths", both[0], None, (match.start(), match.start("m") - 1)))
            told.append(("injuries", both[1], None, (match.start("m") - 1, match.end())))
    for pattern, words in (
        (_NOT_SO, said),
        (_MISTAKEN, said),
        (_NAMED, text),
        (_HEADED, text),
        (_IN_ALL, text),
        (_BY_NOW, text),
    ):
        for match, _ in zip(pattern.finditer(words), range(ENOUGH), strict=False):
            number = _exact(words, match.span("n"))
            if number is None or any_overlap(match.span(), [span for *_, span in told]) or _of_a_part(words, match):
                continue
            fact = next(name for name, found in match.groupdict().items() if found and name not in ("n", "o"))
            old = _exact(words, match.span("o")) if pattern is _NOT_SO and match["o"] else None
            told.append((weak if fact == "weak" else fact, number, old, match.span()))
    facts = [item[0] for item in told]
    return [item for item in told if facts.count(item[0]) == 1]


def _of_a_part(text: str, match: re.Match[str]) -> bool:
    """三班现在3人发病: of those of one class, and not of all."""
    at = match.start()
    lead = text[max(text.rfind(mark, max(0, at - 12), at) for mark in _STOP) + 1 or max(0, at - 12) : at]
    return _OF_A_PART.search(lead) is not None


def _exact(text: str, span: Span) -> int | float | None:
    number = next(numbers(text[span[0] : span[1] + 6]), None)
    if number is None or number.start or number.end != span[1] - span[0] or number.low != number.high:
        return None
    return number.low
