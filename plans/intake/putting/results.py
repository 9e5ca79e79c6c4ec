"""A figure that its writer sets right in the same breath: 受伤15人，核下来有2人登了两遍，实际13人 is 受伤13人.

It is put so where the numbers bear it out: what is taken out or added between makes the first the last; or where the
writer says that he miscounted and nothing else is counted between.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from plans.intake.numerals import numbers
from plans.intake.patterns import lazy
from plans.intake.reading import Span
from plans.intake.replacing import FILL
from plans.intake.tokens import tokenise
from plans.intake.words import CASUALTY

_N = r"(?:\d{1,4}|[一二两三四五六七八九十百]{1,4}|[俩仨])"
_MEASURE = r"(?:个人|[人名例个位])"
_RESULT = lazy(
    rf"(?P<cue>(?:现在|目前|眼下|这样)?(?:实际上?(?:伤员|人数)?|剩下?|还剩|还差|那就|应该?|改|就?按|就?算成?|最后|真正|现在|护士说"
    rf"|医生说|大夫说|校医说)?[是为有成的]{{0,2}})(?P<new>{_N}{_MEASURE}|[俩仨])(?:伤员|伤者|病人|报|算)?(?=[,。;!?\n)]|$)",
)
_OUT = lazy(
    "不算|剔|扣|去掉|刨|核减|减去|排除|重复|重名|同名|登了?两|[两2][遍次回]|同一|回家|回来|找[到着]|联系上|陪护|陪床|误登|看热闹|没关系"
    "|无关|普通|其实"
)
_MORE = lazy("漏|少[数报算]|补|又|加上|算上|也算")
_AGAIN = lazy("等[下等]|不准(?![备许])|核下来|核对|核实|重新|再[数点核]")
_HEDGED = lazy("(?:超过?|不止|至少|最少|起码|大?约|大概|差不多|近|不到|不足|最多|多达|逾|上|几|好几)$")
_SAID = lazy(r"^[^,。;!?\n]*?(?:上报|报|说|讲|统计|登记)[的了是有]*")
_STOPS = "。;!?\n"
_BACK = 70
"""Characters before the last number within which the first one stands."""


class _Count(NamedTuple):
    span: Span
    low: int


def as_it_came_out(plain: str, text: str) -> tuple[str, list[Span]]:
    """Masked text in which such a figure says only what it came to, and where.

    Args:
        plain: normalised text.
        text: the same, masked.
    """
    if not (_OUT.search(plain) or _MORE.search(plain) or _AGAIN.search(plain)):
        return text, []
    for match in _RESULT.finditer(plain):
        told = _first(plain, match)
        if told is not None:
            return _put(plain, text, told.span, match)
    return text, []


def _first(plain: str, match: re.Match[str]) -> _Count | None:
    """The number that is set right; None where nothing bears it out."""
    low = max(max(plain.rfind(mark, 0, match.start()) for mark in _STOPS) + 1, match.start() - _BACK)
    counts = list(_counts(plain, low, match.start()))
    new = next(numbers(match["new"]), None)
    if not counts or new is None or new.low != new.high:
        return None
    first, *others = counts
    if _HEDGED.search(plain, max(0, first.span[0] - 4), first.span[0]):
        return None
    clause = plain[max(plain.rfind(mark, 0, first.span[0]) for mark in _STOPS + ",") + 1 : _end(plain, first.span[1])]
    own = plain[max(plain.rfind(mark, 0, match.start()) for mark in _STOPS + ",") + 1 : match.start()]
    if not _tells_of_harm(clause) or _tells_of_harm(own):
        return None  # 轻伤15人中有4人…，受伤人数核减为11人: it has a harm of its own
    if any(
        not _PART.search(plain, match.end(), at.span[0])
        for at in _counts(plain, match.end(), _sentence(plain, match.end()))
    ):
        return None  # …, 符合定义52例, …, 故有症状病例49例: it goes on
    between = plain[first.span[1] : match.start()]
    change = int(new.low) - first.low
    some = sum(other.low for other in others) if others else 1
    fits = change == -some and bool(match["cue"]) and _OUT.search(between) is not None
    fits = fits or (change == some and _MORE.search(between) is not None)
    fits = fits or (not others and change != 0 and _AGAIN.search(between) is not None and bool(match["cue"]))
    return first if fits else None


_PART = lazy("其中|里头|[重轻死亡]|危")


def _sentence(text: str, at: int) -> int:
    return min((found for mark in _STOPS if (found := text.find(mark, at)) >= 0), default=len(text))


def _tells_of_harm(clause: str) -> bool:
    return any(token.kind in CASUALTY for token in tokenise(clause))


def _counts(text: str, low: int, high: int) -> Iterator[_Count]:
    """The numbers of people in a stretch of the text."""
    for match in _PEOPLE.finditer(text, low, high):
        number = next(numbers(match[1]), None)
        if number is not None and number.low == number.high and number.low == int(number.low):
            yield _Count(match.span(1), int(number.low))


_PEOPLE = lazy(rf"(?<![第~—至到-])(?<![\d一二两三四五六七八九十])({_N}{_MEASURE}|[俩仨])(?![月岁])")


def _end(text: str, at: int) -> int:
    return min((found for mark in _STOPS + ",(—" if (found := text.find(mark, at)) >= 0), default=len(text))


def _put(plain: str, text: str, old: Span, match: re.Match[str]) -> tuple[str, list[Span]]:
    start = max(plain.rfind(mark, 0, old[0]) for mark in _STOPS + ",") + 1
    lead = _SAID.sub(lambda said: FILL * len(said[0]), plain[start : old[0]])
    words = lead + match["new"] + plain[old[1] : _end(plain, old[1])]
    room = match.end() - start
    if len(words) > room:
        return text, []
    return text[:start] + words + FILL * (room - len(words)) + text[match.end() :], [(start, match.end())]
