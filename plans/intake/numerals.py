"""Chinese, Arabic, full-width and mixed numerals with their hedges, as intervals (三十余人 is one)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from math import ceil, floor
from typing import NamedTuple

from plans.intake.patterns import lazy, one_of
from plans.measures import BEYOND_COUNT, DIGITS, FULL_WIDTH, MYRIADS, TENS, spoken, value_of

LIMIT = BEYOND_COUNT
"""Larger numbers are never casualties; they are dropped."""

_WIDE = FULL_WIDTH | {
    0x3000: 0x20,
    0x09: 0x20,
    0x7C: ord(","),
    0xFF5C: ord(","),
    **dict.fromkeys((0x0D, 0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F), 0x20),
    **dict.fromkeys((0x0B, 0x0C, 0x85, 0x2028, 0x2029), 0x0A),
    ord("○"): ord("〇"),
    ord("〜"): ord("~"),
    ord("－"): ord("-"),
    ord("–"): ord("-"),
}
_TRADITIONAL = str.maketrans(
    "兩個傷亡餘萬災毆擊墜溺難歲廠樓樑號區縣鎮鄉學車輛員護醫院無沒發現",
    "两个伤亡余万灾殴击坠溺难岁厂楼梁号区县镇乡学车辆员护医院无没发现",
)
_WIDE = _WIDE | _TRADITIONAL

_HARMED = "[死伤亡重轻踪联困毒病]"
_NO_THOUSANDS = lazy(
    r"(?<=\d)，(?=\d{3}(?!\d))(?:"
    rf"(?:(?<={_HARMED}\d，)|(?<={_HARMED}\d\d，)|(?<={_HARMED}\d\d\d，))"
    r"(?!\d{3}[个人名位例]{1,2}(?:[，。；！？,.;!?\s]|$))|"
    r"(?=(?:110|119|120|122)(?!\d))|(?=\d{3}[^\d个人名位例口户元万千亿吨公亩米辆间只头]))"
)

_PRE = (
    "少说也有|少说有|少说|至少|最少|起码|不少于|不低于|多达|高达|不下|大约|大概|约有?|差不多|估计|近|将近|接近|不到|不足|超过|超|逾|"
    "多于|不止|最多|至多|不超过|不多于"
)
_LINK = r"(?:已?(?:造成|导致|致使?)了?|已?有|为|达到?|是)?"
_CORE = (
    r"\d+(?:,\d{3}(?!\d|寝室|宿舍|室|房|号|楼))*(?:\.\d+)?(?:[十百千万亿]万?)?"
    r"|[零〇一二三四五六七八九两十百千万亿廿卅]+"
    r"|(?:(?<![人总例户次])数|几|好几|(?<![车船机路道身街楼会场岸山水班校线桥海江河湖以])上)[十百千万]+"
    r"|好几|几|(?<![人总例户次])数|俩|仨"
)
_TAIL = (
    rf"(?P<a>{_CORE})(?P<asuf>[余多几来](?![一二三四五六七八九\d])|余)?(?P<ascale>[万千百])?"
    r"(?:(?P<dash> ?[-~—至到] {0,2}| ?[个人名例]? ?或者? {0,2})"
    r"(?P<b>\d+(?:\.\d+)?[十百千万]?|[零一二三四五六七八九两十百千万]+(?!分之))"
    r"|(?P<next>、)(?P<c>[2-9二三四五六七八九])(?=[人名个例位]))?"
)
_HEDGED = lazy(rf"(?:(?P<pre>{_PRE}){_LINK} {{0,2}}){_TAIL}")
_PLAIN = lazy(rf"(?P<pre>(?!))?{_TAIL}")
_HEDGE_HEADS = frozenset(word[0] for word in _PRE.split("|"))
HEADS = frozenset("0123456789零〇一二三四五六七八九十百千万亿两俩仨数几好上廿卅") | _HEDGE_HEADS
"""Characters with which a numeral or its hedge can begin."""
_HEAD = one_of(HEADS)
AFTER = lazy(r"以上|以下|以内|左右|上下|之多|不等")
_AFTER_HEADS = frozenset("以左上之不")


class Number(NamedTuple):
    """A numeral in the text: inclusive bounds, the number as written, and its span."""

    low: int | float
    high: int | float | None
    stated: int | float | None
    start: int
    end: int
    hedged: bool
    digits: bool


def normalise(text: str) -> str:
    """Full-width to half-width, character by character, so that offsets stay those of the text.

    A Chinese comma separates thousands (疏散1，200人; 发病1，200人), but not behind a harm where others are told of
    (死亡1，200人疏散), before an emergency number (失踪4，110和120都打了), or where nothing is counted: it becomes a
    semicolon there.
    """
    return _NO_THOUSANDS.sub(";", text).translate(_WIDE)


_LOOSE = {"一两": (1, 2), "一俩": (1, 2), "三五": (3, 5), "百十": (100, 119), "三两": (2, 3), "两仨": (2, 3)}


def _adjacent(word: str) -> tuple[int, int] | None:
    """二三十 -> 20..30, 七八 -> 7..8, 十二三 -> 12..13, 三四百 -> 300..400, 一百二三十 -> 120..130."""
    if word in _LOOSE:
        return _LOOSE[word]
    hundreds = re.fullmatch(r"([一二两三四五六七八九])百([一二三四五六七八九])([二三四五六七八九])十", word)
    if hundreds and DIGITS[hundreds[3]] - DIGITS[hundreds[2]] == 1:
        low, high = ((DIGITS[hundreds[1]] * 10 + DIGITS[hundreds[at]]) * 10 for at in (2, 3))
        return low, high
    match = re.fullmatch(r"(十?)([一二三四五六七八九两])([二三四五六七八九十])([十百千万]?)", word)
    if not match or match[3] == "十":
        return None
    low, high = DIGITS[match[2]], DIGITS[match[3]]
    if high - low != 1:
        return None
    scale = (TENS | MYRIADS).get(match[4], 1)
    base = 10 if match[1] else 0
    return (base + low) * scale, (base + high) * scale


def last_place(number: int | float) -> int:
    """The unit of the last spoken place: 130 -> 10, 200 -> 100, 30 -> 10, 21000 -> 1000."""
    step, whole = 1, int(number)
    while whole and whole % (step * 10) == 0:
        step *= 10
    return step


@lru_cache(maxsize=1024)
def _bare(word: str) -> tuple[int | float, int | float | None, int | float | None, bool] | None:
    """(low, high, stated, hedged) of a numeral without prefix."""
    if word in ("几", "数"):
        return 2, 9, None, True
    if word == "好几":
        return 3, 9, None, True
    if word[0] in "数几好上" and len(word) > 1:
        unit = spoken(word.lstrip("数几好上"))
        if word[0] == "上":
            return unit, None, unit, True
        return 2 * unit, 10 * unit - 1, None, True
    pair = _adjacent(word)
    if pair:
        return pair[0], pair[1], pair[0], True
    number = value_of(word)
    return None if number is None else (number, number, number, False)


def _hedge(low: int | float, high: int | float | None, pre: str, post: str) -> tuple[int | float, int | float | None]:
    top = low if high is None else high
    if pre.startswith(("少说", "至少", "最少", "起码", "不少于", "不低于", "不下")) or post == "以上":
        return low, None
    if pre.startswith(("超", "逾", "多于", "不止")):
        return (low + 1 if isinstance(low, int) else low), None
    if pre.startswith(("最多", "至多", "不超过", "不多于")) or post in ("以下", "以内"):
        return 0, top
    if low != top:
        return low, high  # 大概三四十: the interval says enough
    if low <= 0:
        return low, top  # 近0死: nothing lies short of none
    if pre in ("不到", "不足"):
        return (1, top - 1) if isinstance(low, int) and low < 100 else (max(1, floor(0.7 * low)), top - 1)
    if pre in ("近", "将近", "接近"):
        return max(1, floor((0.8 if low < 60 else 0.9) * low) if low >= 10 else low - 1), top
    if pre.startswith(("约", "大", "差不多", "估计")) or post in ("左右", "上下"):
        spread = max(1, ceil(0.2 * top)) if isinstance(top, int) else 0.2 * top
        return max(1, low - spread) if isinstance(low, int) else low - spread, top + spread
    return low, high


def parse(match: re.Match[str], text: str, limit: float = LIMIT) -> Number | None:
    """What `match_at` found in normalised text as a `Number`, or None where it is no number within `limit`."""
    word, ascale, top, end = match["a"], match["ascale"], match["b"], match.end()
    if text.startswith("瓦", end) and text[end - 1] == "千":  # 15万千瓦 are 150,000 千瓦
        end -= 1
        if top:
            top = top[:-1]
        elif ascale:
            ascale = None
        else:
            word = word[:-1]
    bare = _bare(word) if word else None
    if bare is None:
        return None
    low, high, stated, hedged = bare
    if ascale and (match["asuf"] or word[-1].isdigit()):
        scale = (TENS | MYRIADS)[ascale]
        low, high, stated = (
            low * scale,
            None if high is None else high * scale,
            None if stated is None else stated * scale,
        )
    if match["asuf"]:
        step = last_place(low)
        if match["asuf"] in "几来" and step < 10:
            return None
        if match["asuf"] == "来":  # 十来个, 四十来号: about, on either side
            spread = max(2, step // 10) if step == 10 and low < 20 else max(2, low // 10)
            low, high, hedged = max(1, low - spread), low + spread, True
        else:
            high, hedged = (None if high is None else high + max(step - 1, 0)), True
    if match["c"] and stated is not None:  # 1、2人
        second = value_of(match["c"])
        if second != stated + 1:
            end = match.start("next")
        else:
            high, hedged = second, True
    if top:
        second = value_of(top)
        if second is not None and stated is not None and second > low:
            scale = (TENS | MYRIADS).get(top[-1], 1)
            if low < second / scale:  # 三至五十, 10至15万: the scale is that of both
                low = stated = low * scale
            high, hedged = second, True
    pre = match["pre"] or ""
    after = AFTER.match(text, end) if text[end : end + 1] in _AFTER_HEADS else None
    post = after[0] if after else ""
    if not post:
        behind = text[end + 1 : end + 2] in _AFTER_HEADS and text[end] in "人名个位例户"
        after = AFTER.match(text, end + 1) if behind else None
        post = after[0] if after else ""
    if pre or post:
        hedged = hedged or pre not in ("多达", "高达") or bool(post)
        low, high = _hedge(low, high, pre, post)
    if low > limit or (high is not None and high > limit):
        return None
    return Number(
        low=low, high=high, stated=stated, start=match.start(), end=end, hedged=hedged, digits=word[0].isdigit()
    )


def hedged_behind(number: Number, word: str) -> Number:
    """A number whose hedge stands behind its unit (40%以上, 3天左右)."""
    low, high = _hedge(number.low, number.high, "", word)
    return number._replace(low=low, high=high, hedged=True)


def match_at(text: str, at: int) -> re.Match[str] | None:
    """The numeral with its hedge that begins at an offset of normalised text."""
    hedged = _HEDGED.match(text, at) if text[at] in _HEDGE_HEADS else None
    return hedged or _PLAIN.match(text, at)


def numbers(text: str, limit: float = LIMIT) -> Iterator[Number]:
    """All numerals of normalised text up to a limit, left to right, not overlapping."""
    at = 0
    while head := _HEAD.search(text, at):
        match = match_at(text, head.start())
        number = parse(match, text, limit) if match else None
        if number is not None:
            yield number
        at = match.end() if match else head.end()


_NAMED = lazy(
    r"(?:[和与及、到至—~-]{1,2}(?:\d{1,4}|[一二三四五六七八九十]{1,3})){1,4}"
    r"(?:楼|层|号|[路班室栋幢组村井门街巷座区队道]|单元|车间|标段|年级|公里|中队|支队)"
)


def is_in_a_name(text: str, end: int) -> bool:
    """Whether the number that ends there names a thing together with others (11和12楼, 3、4号井)."""
    return _NAMED.match(text, end) is not None
