"""People who are told of a second time, to say who they are or how some of them fare, are no others.

伤1个，是会计老婆，头上缝了5针; 1死，死者是骑车的老汉; 1死3伤，3伤者中2人较重; 腿断了，就他一个受伤.
"""

from __future__ import annotations

import re

from plans.intake.clauses import facts_of
from plans.intake.numerals import numbers
from plans.intake.patterns import lazy
from plans.intake.replacing import FILL

_N = r"(?:\d{1,4}|[一二两三四五六七八九十]{1,3}|[俩仨])"
_WHO = (
    r"(?!(?:在|因|从|被|由|坐|骑着|走)|[^,。;\n]{0,10}(?:[伤死亡失困转里中原昨病]|之前|上次))"
    r"[^,。;:!?\n\d一二两三四五六七八九十]{1,12}(?=[,。;!?\n)]|$)"
)
_IS = lazy(rf"(?<=[个人名位俩仨具])[,( ](?P<who>(?:就|都|均|分别|也)?[是系为]{_WHO})")
"""Behind a count: who they are."""
_HARMED = lazy(r"[伤死亡毒困埋砸撞烧烫咬捅砍打摔夹淹压炸电][^,。;!?\n]{0,10}$|失[联踪][^,。;!?\n]{0,10}$")
_THE_DEAD = lazy(
    rf"(?P<of>死者|遇难者|伤者|伤员|受伤的|死的|失联者?|失踪者|被困者|被困的|病人|患者)(?:就|都|均|分别)?[是系为]{_WHO}"
)
_TOLD = {
    "死": lazy(rf"(?:死|亡|遇难)[^,。;!?\n]{{0,4}}?{_N}|{_N}[个人名]?[^,。;!?\n]{{0,8}}?(?:死|亡|遇难)"),
    "伤": lazy(rf"伤[^,。;!?\n]{{0,4}}?{_N}|{_N}[个人名]?[^,。;!?\n]{{0,8}}?伤"),
    "失": lazy(rf"失[联踪][^,。;!?\n]{{0,4}}?{_N}|{_N}[个人名]?[^,。;!?\n]{{0,8}}?失[联踪]"),
    "困": lazy(rf"困[^,。;!?\n]{{0,4}}?{_N}|{_N}[个人名]?[^,。;!?\n]{{0,8}}?困"),
    "病": lazy(rf"(?:病|毒|吐)[^,。;!?\n]{{0,4}}?{_N}|{_N}[个人名]?[^,。;!?\n]{{0,8}}?(?:病|毒|吐)"),
}
_OF = {"遇": "死", "受": "伤", "被": "困", "患": "病"}
_SOME_OF = lazy(
    rf"(?<=[,。;( ])(?P<n>{_N})[名个位]?(?:伤者|伤员|死者|遇难者|病人|患者|伤|人)(?:当中|里头|里面|之中|里|中)(?:有)?"
)
_ONLY_THOSE = lazy(
    rf"(?:[也都]?(?:就|只有?)|[总一]共就)是?(?:[他她佢]们?|[这那])(?P<n>{_N})(?:[个名位]人?|人)?(?:[受负]?了?伤|死亡?|被困|失[联踪]|中毒)?了?"
    r"(?=[,。;!?\n)]|$)"
)
_HEADS = lazy(r"[个名位人例]|[伤](?=[,。;(])")
_GRADED = lazy(
    rf"(?<=[,(:、 ])(?:{_N}[个名人]?重伤?[,、和]?(?P<after>{_N}[个名人]?轻伤?)"
    rf"|重伤?{_N}[个名人]?[,、和]?(?P<behind>轻伤?{_N}[个名人]?)"
    rf"|(?P<first>{_N}[个名人]?轻伤?)[,、和]?{_N}[个名人]?重伤?)(?=[,。;!?\n)]|$)"
)
_DEAD = lazy(r"[^,。;]{0,6}(?:死|亡|遇难|没了)")
"""Behind a number: those are not the graded (两人当场死亡，一人重伤一人轻伤)."""
_BEFELL = lazy(r"[伤死亡毒困埋断破折]|没[了气]|失[联踪]")
_BEFORE = 40
"""Characters before a back reference within which those are told of."""


def retold(text: str) -> str:
    """Masked text in which nobody is told of twice; offsets stay as they were."""
    text = _IS.sub(_if_harmed, text)
    text = _THE_DEAD.sub(_if_told, text)
    text = _ONLY_THOSE.sub(_if_befell, text)
    text = _GRADED.sub(_if_all, text)
    return _SOME_OF.sub(_if_counted, text)


def _if_harmed(match: re.Match[str]) -> str:
    """伤1个，是会计老婆: the count has a harm of its own, else what follows may be it (一个，是他侄儿，也没气了)."""
    if not _HARMED.search(match.string, max(0, match.start() - 16), match.start()):
        return match[0]
    return match[0][0] + FILL * (len(match[0]) - 1)


def _if_told(match: re.Match[str]) -> str:
    """1死，死者是骑车的老汉: of whom the number is told before; else they are told of here (死者为司机)."""
    of = match["of"][0]
    low = max(0, match.start() - _BEFORE)
    told = _TOLD[_OF.get(of, of)].search(match.string, low, match.start())
    return FILL * len(match[0]) if told else match[0]


def _if_befell(match: re.Match[str]) -> str:
    """3个人受伤，就他们3个: as many as it befell before; else they are told of here (撞了个老头，就他一个受伤)."""
    before = match.string[max(0, match.start() - _BEFORE) : match.start()]
    if not _BEFELL.search(before):
        return match[0]
    own = next(numbers(match["n"]), None)
    told = [number.low for number in numbers(before)]
    known = own is not None and (own.low in told or own.low in (1, sum(told)))
    return FILL * len(match[0]) if known else match[0]


def _if_all(match: re.Match[str]) -> str:
    """两名工人烧伤，一重一轻: they are graded, and no others."""
    before = match.string[max(0, match.start() - _BEFORE) : match.start()]
    before = before[max(before.rfind(stop) for stop in "。;!?\n") + 1 :]
    total = sum(number.low for number in numbers(match[0]))
    counted = any(
        number.low == number.high == total
        and (before[number.end - 1] in "俩仨" or _HEADS.match(before, number.end) is not None)
        and _DEAD.match(before, number.end) is None
        for number in numbers(before)
    )
    if not counted or "injuries" not in facts_of(before):
        return match[0]
    low, high = next(match.span(name) for name in ("after", "behind", "first") if match[name])
    low, high = low - match.start(), high - match.start()
    return match[0][:low] + "," + FILL * (high - low - 1) + match[0][high:]


def _if_counted(match: re.Match[str]) -> str:
    """3伤，3伤者中2人较重 is 其中2人较重."""
    before = match.string[max(0, match.start() - _BEFORE) : match.start()]
    again = re.search(
        rf"(?<!\d){re.escape(match['n'])}(?:[个人名位例]|[死伤])|[死伤困了]{re.escape(match['n'])}(?!\d)", before
    )
    return FILL * (len(match[0]) - 2) + "其中" if again else match[0]
