"""People aboard a vessel in distress are endangered, whatever becomes of them."""

from __future__ import annotations

from itertools import islice

from plans.intake.numerals import Number, match_at, numbers, parse
from plans.intake.patterns import lazy
from plans.intake.reading import Found
from plans.intake.replacing import FILL
from plans.intake.tokens import word_at
from plans.intake.words import CASUALTY

_VESSEL = lazy(
    r"[客渡渔货游]船|轮船|船只|小船|木船|橡皮艇|皮划艇|冲锋舟|挖沙船|采砂船|竹筏|皮筏|翻船|沉船|汽艇|快艇|游艇|客轮|渡轮|船上|船舶",
    sparse=True,
)
_DISTRESS = lazy(
    r"触礁|翻沉|翻船|沉没|沉船|倾覆|搁浅|遇险|失控|进水|碰撞|相撞|起火|侧翻|漂流|翻覆|翻扣|翻了|失去动力", sparse=True
)
_ABOARD = lazy(
    r"(?:船上|艇上|轮上|载有|搭载|乘载|载客|载着|乘员|船员|乘客|实载|实有|(?<![核限满装运])载)(?:共有?|有|乘客|人员|船员|"
    r"游客)*(?=[\d一二两三四五六七八九十百约近])",
    sparse=True,
)
_ENOUGH = 200
"""Numerals that are looked at, so that a hostile text stays cheap."""
_HARMED = CASUALTY - {"safe", "hospital"}
_OVERBOARD = lazy(r"(?:[人名位]|个人)[^\d,。;]{0,4}(?:落水|坠水|掉入水|掉进水)")


_BESIDE = lazy(
    r"(?:游客|乘客|船员|旅客)?(?:、|和|及|与)(?:游客|乘客|船员|旅客|工作人员|驾驶员)?(?=[\d一二两三四五六七八九十])"
)


def _both(one: Number, other: Number) -> Number:
    """游客26人、船员2人."""
    high = None if one.high is None or other.high is None else one.high + other.high
    stated = None if one.stated is None or other.stated is None else one.stated + other.stated
    return one._replace(low=one.low + other.low, high=high, stated=stated, hedged=one.hedged or other.hedged)


_AHEAD = 8
"""So many characters behind people aboard a harm may stand (船员约20人已经确认死亡)."""


def _clause_end(text: str, at: int) -> int:
    far = min(at + _AHEAD, len(text))
    return next((end for end in range(at, far) if text[end] in ",。;!?\n"), far)


def aboard(text: str) -> Found | None:
    """How many are aboard a vessel in distress, from normalised text; None where nobody counted them.

    Where only those who fell into the water are counted, there were at least so many.
    """
    if not (_VESSEL.search(text) and _DISTRESS.search(text)):
        return None
    for match in _ABOARD.finditer(text):
        numeral = match_at(text, match.end())
        number = parse(numeral, text) if numeral else None
        if number is None or text[number.end : number.end + 1] not in ("人", "名"):
            continue
        end = number.end + 1
        while more := _BESIDE.match(text, end):
            numeral = match_at(text, more.end())
            second = parse(numeral, text) if numeral else None
            if second is None or text[second.end : second.end + 1] not in ("人", "名"):
                break
            number, end = _both(number, second), second.end + 1
        words = (word_at(text, at) for at in range(end, _clause_end(text, end)))
        if any(word is not None and word.kind in _HARMED for word in words):
            continue  # 船员3人遇难: how many of them, not how many were aboard
        if FILL in text[match.start() : end]:
            continue  # 乘客2人没了——更正，47人: what was said of them is taken back
        return Found(
            at_least=number.low,
            at_most=number.high,
            stated=number.stated,
            text=text[match.start() : end],
            span=(match.start(), end),
            approx=number.hedged,
        )
    if _OVERBOARD.search(text) is None:
        return None
    for number in islice(numbers(text), _ENOUGH):
        fallen = _OVERBOARD.match(text, number.end)
        if fallen is not None:
            return Found(
                at_least=number.low,
                at_most=None,
                stated=number.stated,
                text=text[number.start : fallen.end()],
                span=(number.start, fallen.end()),
                approx=number.hedged,
            )
    return None
