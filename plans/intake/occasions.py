"""For what occasion words stand that tell of no event here and now: another place, another year, a notice, a rule.

A notice names what it warns of, a lecture what it teaches, news what befell others. The words for it stand in the
table ``surroundings``; here stands between which places each of them is looked for.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from plans.intake.lexicon import alternatives, any_of
from plans.intake.patterns import lazy

Occasion = Literal["open", "nothing"]
"""What becomes of words that stand so: they leave a circumstance open, or say nothing of it."""

_CUES = {
    kind: any_of("surroundings", kind)
    for kind in (
        "abroad", "nearby", "province", "elsewhere_behind", "asks_for", "asked_for", "supposed_behind", "advised",
        "advice", "taught", "rule_behind", "heard", "heard_behind", "past_behind", "what_now", "unsettled",
    )
}  # fmt: skip
_LINKED = f"(?:{alternatives('surroundings', 'linked')}){{0,5}}$"
_PLACED = lazy(
    r"(?![^,。;!?]{0,10}(?:[建投竣购买装产招级届返带到至往去援派]|毕业|入学|印发|颁布|修订|成立|改造|立项|启用|来|籍|输入|影响|波及|旅))"
    r"[^,。;!?\d]{0,8}$"
)
"""What may stand between the name of another place, or a year, and what befell it: not 2019年建的, 印度回来的."""
_AT_ONCE = lazy(rf"(?:某[省州市县区镇乡村校院厂矿地]?)?{_LINKED}")
"""Behind the name of a province a town may be one's own (山西晋城市发生霍乱)."""
_YEAR = lazy(r"(?<!\d)(?:19|20)\d\d年(?:\d{1,2}月(?:\d{1,2}[日号])?)?")
_OF_OTHERS = re.compile(
    r"邻[近省市县区村]|相邻|毗邻|隔壁|周边|外[省市县]|省外|其他省|其他市|别的市|个[省市]|多[省市]|省会|境外|国外|输入"
)
_ENDS = "。;!?\n"


@lru_cache(maxsize=8192)
def of_others(phrase: str) -> bool:
    """Whether a phrase is of other places itself (与其他市同时停电), so that their names take nothing from it."""
    return _OF_OTHERS.search(phrase) is not None


def occasion(text: str, sentence: int, low: int, start: int, end: int, high: int, *, others: bool) -> Occasion | None:
    """What becomes of words that were said for another occasion; None for what tells of here and now.

    Args:
        text: normalised.
        sentence: where the sentence of the words begins.
        low, high: where their clause begins and ends.
        start, end: where they stand.
        others: they are of other places.
    """
    if _CUES["rule_behind"].match(text, end) or _CUES["supposed_behind"].match(text, end):
        return "nothing"
    if _stands_before("taught", text, low, start) or (
        _CUES["advice"].match(text, end) and _stands_before("advised", text, low, start)
    ):
        return "nothing"
    if _CUES["asked_for"].match(text, end) and _stands_before("asks_for", text, low, start):
        return "nothing"
    if _CUES["past_behind"].match(text, high):
        return "nothing"
    if not others and _befell(text, sentence, start, "abroad"):
        return "nothing"
    near = not others and any(_befell(text, sentence, start, kind) for kind in ("nearby", "province"))
    if near or any(_CUES["elsewhere_behind"].match(text, at) for at in (end, high)):
        return "open"
    if _of_another_year(text, sentence, start) or _stands_before("heard", text, sentence, start):
        return "open"
    if any(_CUES[kind].match(text, high) for kind in ("heard_behind", "unsettled")):
        return "open"
    return "open" if _CUES["what_now"].match(text, end) else None


def _stands_before(kind: str, text: str, low: int, start: int) -> bool:
    match = _CUES[kind].search(text, low, start)
    return match is not None and match.start() < start


def _befell(text: str, sentence: int, start: int, kind: str) -> bool:
    """Whether the name of another place stands before what befell it, with nothing between but that it did."""
    between = _AT_ONCE if kind == "province" else _PLACED
    return any(
        between.match(text, name.end(), start) is not None
        for name in _CUES[kind].finditer(text, max(sentence, start - 24), start)
    )


def _of_another_year(text: str, sentence: int, start: int) -> bool:
    """2019年某地起火 may be of then; 2026年3月2日 names the day of a report, 2019年建的楼 a house."""
    years = list(_YEAR.finditer(text, max(sentence, start - 24), start))
    return bool(years) and years[-1][0][-1] not in "日号" and _PLACED.match(text, years[-1].end(), start) is not None
