"""A plan's own quantities: percent, hours, days, cases, metres … beside the words that the plan names for them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from plans.intake.engine import compiled
from plans.intake.numerals import AFTER, Number, hedged_behind, last_place, numbers
from plans.intake.patterns import lazy
from plans.intake.reading import Found, Quantity, Span
from plans.measures import BEYOND_MEASURE, UNITS, heard, is_measured, value_of

_NEAR = "近|将近|接近"
_ABOUT = "大约|大概|约有?|差不多|估计"
_HALVES = lazy(
    rf"(?P<pre>{_NEAR}|{_ABOUT}|不到|不足|未过|超过|超|逾|过|至少|不超过|大|小)?(?:了|有|达)?"
    r"(?P<half>一半|半数|(?<=[近过约超大小逾])半)(?![天年月日小个径夜空山])(?P<more>多)?(?P<post>以上|以下|左右|上下)?",
    sparse=True,
)
"""一半, 近半, 过半, 半数以上: a share that is said in words."""

_BETWEEN = lazy(r"\d[-~—至到]\d|[一二三四五六七八九十百][-~—至到][一二三四五六七八九十百]")
_MORE_OF_IT = lazy(r"[多余](?![人名个家户])")
_SUFFIX = lazy(r"[余多几来][万千百]?$")
_UNDER = lazy(r"(?:低于|少于|小于|不够|不满)(?:了|约)?$")
_OVER = lazy(r"(?:高于|大于|超出)(?:了|约)?$")
_SHORT, _MORE = ("不到", "不足"), ("超", "逾", "多于", "不止")
_MOST, _LEAST = ("最多", "至多", "不超过", "不多于"), ("至少", "最少", "起码", "不少于", "不低于", "不下")
_TO = lazy(r" ?[至到~—-] ?(?:百分之)?")

_DENIED = lazy(
    r"[无未没非][^,。;]{0,3}$|(?:未|没有?|无)(?:造成|发生|出现|引起|引发|导致|影响)[^,。;]{0,8}$|(?:不是|不属于?|排除了?)$"
)
_NOT_RULED_OUT = lazy(r"(?:[不未没]|无法|没有|不能)能?排除了?$")
_ASKED = lazy(r"(?:是否|是不是|有无|有没有|会不会|不清楚|不知道|疑似|怀疑|可能|排除|据称|据说|听说|传闻)[^,。;]{0,4}$")
_ENOUGH = 200
"""Numerals that are looked at, so that a hostile text stays cheap."""
_N = r"(\d{1,3}|[一二三四五六七八九十两]{1,4})"
_HALF = lazy(r" ?个半(?:小时|钟头)")
_HALF_ALONE = lazy(r"(?<![个\d一二三四五六七八九十两几多大])半个?(?P<unit>小时|钟头)", sparse=True)
"""半小时; 半天 is a manner of speaking."""
_SPAN = {"天": 1440, "昼夜": 1440, "小时": 60, "钟头": 60, "分": 1}
_LESS = lazy(rf"[零又加]?{_N} ?(?:(?P<hours>个?(?:小时|钟头))|(?P<minutes>分钟?(?!之)))")
"""Behind days or hours: the hours and minutes on top of them."""
_BELOW_ZERO = lazy(r"(?:零下|负|-)$")
_PART_OF = lazy(rf"分之{_N}")
_UP_TO = lazy(rf" ?[至到~—-] ?(?:百分之)?{_N}(?!\d|[人名个位例户次起时点小分日月年天米万千])")
"""Behind a percentage: the other end of it (百分之三十至百分之五十)."""
_REACH = 16


def quantities(text: str, wanted: Mapping[str, Quantity]) -> tuple[dict[str, Found], dict[str, Span]]:
    """The plan's quantities that normalised text states, and those that it raises without a number.

    Args:
        text: normalised text.
        wanted: fact id -> how the plan says it.
    """
    facts: dict[str, Found] = {}
    raised: dict[str, Span] = {}
    if not wanted:
        return facts, raised
    said = list(_joined(text, islice(numbers(text, BEYOND_MEASURE), _ENOUGH)))
    for name, quantity in wanted.items():
        found = _said(text, quantity) if quantity.said_by else _find(text, quantity, said)
        if found is not None:
            facts[name] = found
    stated = [found.span for found in facts.values()]
    for name, quantity in wanted.items():
        span = None if name in facts else _mentioned(text, quantity, stated)
        if span is not None:
            raised[name] = span
    return facts, raised


def _joined(text: str, said: Iterable[Number]) -> Iterator[Number]:
    """The numerals of a text, 3万2千 as one."""
    last: Number | None = None
    for number in said:
        if last is None:
            last = number
        elif _goes_on(text, last, number):
            low, stated = last.low + number.low, (last.stated or 0) + (number.stated or 0)
            last = number._replace(low=low, high=low, stated=stated, start=last.start)
        else:
            yield last
            last = number
    if last is not None:
        yield last


def _goes_on(text: str, one: Number, other: Number) -> bool:
    both = one.stated is not None and other.stated is not None and not (one.hedged or other.hedged)
    return both and one.end == other.start and text[one.end - 1] in "万亿" and (other.stated or 0) < 10_000


def _mentioned(text: str, quantity: Quantity, stated: Sequence[Span]) -> Span | None:
    """Where the text raises a quantity without a number; a word that another's number explains raises nothing."""
    for word in (*quantity.raised_by, *quantity.said_by, *quantity.words):
        at = _found(text, word, quantity.not_of)
        if at < 0 or _denied(text, at):
            continue
        if word in quantity.raised_by:
            return at, at + len(word)
        explained = any(low <= at and at + len(word) <= high for low, high in stated)
        if not explained and (not quantity.named_only or _its(text, quantity, at, at + len(word))):
            return at, at + len(word)
    return None


def _denied(text: str, at: int) -> bool:
    denied = _DENIED.search(text, max(0, at - 12), at) is not None
    return denied and not _NOT_RULED_OUT.search(text, max(0, at - 6), at)


def _said(text: str, quantity: Quantity) -> Found | None:
    """Where the text says of a flag that it is so; a question whether it is (是否) says nothing."""
    for word in quantity.said_by:
        at = _found(text, word, quantity.not_of)
        if at >= 0 and not _denied(text, at) and not _ASKED.search(text, max(0, at - 8), at):
            return Found(at_least=True, at_most=True, text=word, span=(at, at + len(word)))
    return None


def _found(text: str, word: str, others: Sequence[str]) -> int:
    """Where a word stands, but within no longer name of something else (鼠疫 in 肺鼠疫); -1 when nowhere."""
    longer = [(name, name.index(word)) for name in others if word in name]
    at = text.find(word) if word else -1
    while at >= 0 and any(text.startswith(name, at - offset) for name, offset in longer if at >= offset):
        at = text.find(word, at + 1)
    return at


def _its(text: str, quantity: Quantity, start: int, end: int) -> bool:
    """Whether what stands at a span is said of those whose quantity it is: the last name in the sentence decides."""
    if not quantity.of and not quantity.not_of:
        return True
    low = max(text.rfind(mark, 0, start) for mark in "。;!?\n") + 1
    stop = min((at for at in (text.find(mark, end) for mark in ",。;!?\n") if at >= 0), default=len(text))
    own, other = (
        max((text.rfind(name, low, stop) + len(name) for name in names if text.rfind(name, low, stop) >= 0), default=-1)
        for names in (quantity.of, quantity.not_of)
    )
    return own > other or (own == other and not quantity.named_only)


def _find(text: str, quantity: Quantity, said: Sequence[Number]) -> Found | None:
    if not quantity.words and (quantity.raised_by or not quantity.unit):
        return None  # a flag: it is raised, not counted
    best: tuple[int, Found] | None = None
    for number, start, end in _measured(text, quantity.unit, said, whole=quantity.whole):
        distance, span = _distance(text, quantity.words, start, end)
        if not _its(text, quantity, start, end):
            continue
        if distance is None or (best is not None and distance >= best[0]):
            continue
        best = (
            distance,
            Found(
                at_least=number.low,
                at_most=number.high,
                stated=number.stated,
                text=text[span[0] : span[1]],
                span=span,
                approx=number.hedged,
            ),
        )
    return best[1] if best else None


def _measured(text: str, unit: str, said: Sequence[Number], *, whole: bool) -> list[tuple[Number, int, int]]:
    """The numbers that carry a unit, in that unit, and where number and unit begin and end."""
    forms = [(compiled(form), factor) for form, factor in heard(unit)]
    found: list[tuple[Number, int, int]] = _halves(text) if unit == "%" else []
    if unit in UNITS and UNITS[unit].dimension == "time":
        half = _neat(30 / UNITS[unit].factor)
        alone = Number(low=half, high=half, stated=half, start=0, end=0, hedged=False, digits=False)
        found = [(alone, *match.span()) for match in islice(_HALF_ALONE.finditer(text), _ENOUGH)]
    for number in said:
        read = _with_unit(text, number, unit, forms)
        if read is None:
            continue
        number, begin, end, factor = read
        if is_measured(unit) and end < len(text) and text[end] == "半" and number.stated is not None:
            number, end = _and_a_half(number), end + 1
        after = AFTER.match(text, end)
        if after:
            number, end = hedged_behind(number, after[0]), after.end()
        scaled = _scaled(number, factor)
        if is_measured(unit) and not whole:
            scaled, end = _loosely(text, begin, end, number, scaled, factor, unit)
        before = found[-1] if found else None
        if before and _TO.fullmatch(text, before[2], begin) and (high := scaled.stated) and before[0].low < high:
            found[-1] = (before[0]._replace(high=high, hedged=True), before[1], end)  # 30%至50%
            continue
        found.append((scaled, begin, end))
    return found


def _with_unit(
    text: str, number: Number, unit: str, forms: Sequence[tuple[re.Pattern[str], float]]
) -> tuple[Number, int, int, float] | None:
    """A numeral with the unit behind it: its value, where both begin and end, and the factor to the plan's unit."""
    if unit == "%" and text[max(0, number.start - 3) : number.start] == "百分之":
        return number, number.start - 3, number.end, 1.0
    share = _PART_OF.match(text, number.end) if unit == "%" else None
    part = value_of(share[1]) if share else None
    if share and part and number.stated and part <= number.stated:  # 四分之一: the numeral before 分之 divides
        return *_percentage(text, number, part, share.end()), 1.0
    timed = UNITS[unit].factor if unit in UNITS and UNITS[unit].dimension == "time" else 0.0
    half = _HALF.match(text, number.end) if timed else None
    if half and number.stated is not None:  # 两个半小时
        return _longer(number, 0.5), number.start, half.end(), 60 / timed
    fits = ((form.match(text, number.end), factor) for form, factor in forms)
    match, factor = next(((match, factor) for match, factor in fits if match), (None, 1.0))
    if match is None:
        return None
    end, more = match.end(), 0.0
    least = factor * timed  # in minutes: only what is less than it goes on top
    while timed and number.stated is not None and (rest := _LESS.match(text, end)):
        size = 60 if rest["hours"] else 1
        if size >= least or (amount := value_of(rest[1])) is None:
            break
        end, more, least = rest.end(), more + amount * size, size
    if more:
        return _longer(number, more / (factor * timed)), number.start, end, factor
    if unit == "摄氏度" and _BELOW_ZERO.search(text, 0, number.start) and number.stated is not None:
        below = -number.stated
        return number._replace(low=below, high=below, stated=below), number.start, end, factor
    return number, number.start, end, factor


def _percentage(text: str, number: Number, part: float, end: int) -> tuple[Number, int, int]:
    """四分之一, 约百分之三十, 百分之三十至百分之五十 as percentages; a hedge before 百分之 is one of the whole."""
    stated = number.stated or 1
    whole = _neat(100 * part / stated)
    if stated != 100:
        return number._replace(low=whole, high=whole, stated=whole), number.start, end
    more = _UP_TO.match(text, end)
    top = value_of(more[1]) if more else None
    if more and top and part < top <= 100:
        return number._replace(low=whole, high=top, stated=whole, hedged=True), number.start, more.end()
    high = None if number.high is None else _neat(number.high * part / 100)
    return number._replace(low=_neat(number.low * part / 100), high=high, stated=whole), number.start, end


def _neat(value: float) -> int | float:
    return int(value) if value == int(value) else round(value, 9)


def _longer(number: Number, by: float) -> Number:
    """1小时40分 is 1 2/3."""
    high, stated = (None if value is None else _neat(value + by) for value in (number.high, number.stated))
    return number._replace(low=_neat(number.low + by), high=high, stated=stated)


def _and_a_half(number: Number) -> Number:
    """2天半 is 2.5."""
    high = None if number.high is None else number.high + 0.5
    return number._replace(low=number.low + 0.5, high=high, stated=(number.stated or 0) + 0.5)


def _loosely(
    text: str, begin: int, end: int, number: Number, scaled: Number, factor: float, unit: str
) -> tuple[Number, int]:
    """A measure with its hedge, as an interval over all that lies between; and where it ends (2天多).

    Over 2 days is anything beyond 2 days, not 3; close to a half is not a half.
    """
    said = text[number.start : number.end]
    stated = scaled.stated
    if stated is None or _BETWEEN.search(said):
        return scaled, end
    before, post = text[max(0, begin - 4) : begin], AFTER.search(text, number.start, end)
    more = end if _MORE_OF_IT.match(text, end) else 0
    inside = "多" in text[number.end : end]  # 3个多小时
    beyond, short = math.nextafter(stated, math.inf), math.nextafter(stated, -math.inf)
    low: float | None = stated
    high: float | None = stated
    if _UNDER.search(before):
        low, high = 0, short
    elif said.startswith(_MORE) or _OVER.search(before):
        low, high = beyond, None
    elif said.startswith(_LEAST) or (post and post[0] == "以上"):
        low, high = stated, None
    elif said.startswith(_MOST) or (post and post[0] in ("以下", "以内")):
        low, high = 0, stated
    elif said.startswith(_SHORT):
        low, high = round(0.7 * stated, 6), short
    elif more or inside or _SUFFIX.search(said):
        step = last_place(number.stated or 0) if not (more or inside) else 1
        low, high = (beyond if more or inside else stated), math.nextafter(stated + step * factor, -math.inf)
    elif re.match(_NEAR, said):
        low = round(0.9 * stated, 6)
    elif re.match(_ABOUT, said) or (post and post[0] in ("左右", "上下")):
        low, high = round(0.8 * stated, 6), round(1.2 * stated, 6)
    elif scaled.low != scaled.high:
        return scaled, end  # 二三十, 几: the numeral itself is an interval
    if unit == "%" and high is not None and stated <= 100:
        high = min(high, 100)  # about nine tenths is at most the whole
    hedged = scaled.hedged or (low, high) != (stated, stated)
    return scaled._replace(low=low or 0, high=high, hedged=hedged), max(end, more + 1 if more else 0)


def _halves(text: str) -> list[tuple[Number, int, int]]:
    """Shares said as halves, in percent: 近一半 lies under 50, 过半 over it."""
    found = []
    for match in islice(_HALVES.finditer(text), _ENOUGH):
        pre, post = match["pre"] or "", match["post"] or ""
        low, high = 50.0, 50.0
        if pre in ("超过", "超", "逾", "过", "大") or match["more"]:
            low, high = math.nextafter(50, 100), 100
        elif pre in ("不到", "不足", "未过"):
            low, high = 35, math.nextafter(50, 0)
        elif pre == "小":
            low, high = 0, math.nextafter(50, 0)
        elif pre == "至少" or post == "以上":
            high = 100
        elif pre == "不超过" or post == "以下":
            low = 0
        elif re.fullmatch(_NEAR, pre):
            low = 45
        elif pre or post:
            low, high = 40, 60
        number = Number(
            low=low, high=high, stated=50, start=match.start(), end=match.end(), hedged=low != high, digits=False
        )
        found.append((number, match.start(), match.end()))
    return found


def _scaled(number: Number, factor: float) -> Number:
    """A number in the unit of the plan; whole where it can be."""
    if factor == 1:
        return number

    def scale(value: float | None) -> int | float | None:
        product = None if value is None else round(value * factor, 6)
        return int(product) if product is not None and product == int(product) else product

    low = scale(number.low)
    return number._replace(low=0 if low is None else low, high=scale(number.high), stated=scale(number.stated))


def _distance(text: str, words: Sequence[str], start: int, end: int) -> tuple[int | None, Span]:
    """Characters between the number and the nearest of its words in the same clause, and the span of both."""
    if not words:
        return 0, (start, end)
    best: tuple[int, Span] | None = None
    low, high = max(0, start - _REACH - 12), min(len(text), end + _REACH)
    for word in words:
        at = text.rfind(word, low, start)
        if at >= 0 and not re.search(r"[。;!?\n]", text[at + len(word) : start]):
            gap = start - at - len(word)
            if gap <= _REACH and (best is None or gap < best[0]):
                best = (gap, (at, end))
        at = text.find(word, end, high)
        if at >= 0 and not re.search(r"[,。;!?\n]", text[end:at]):
            gap = at - end + 1
            if best is None or gap < best[0]:
                best = (gap, (start, at + len(word)))
    return (best[0], best[1]) if best else (None, (start, end))
