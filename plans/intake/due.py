"""By when something is wanted: 16时前反馈, 一小时内报, 明天上午10点前, 12月1日前.

A time that is to come and behind which somebody is asked to do something; what is forecast for then is no such time.
Where the words leave it open which moment is meant, the moments are given to be chosen from, and none is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from plans.intake.by_day import AHEAD, DAYS, NAMED, NEVER_RECKONED, WEEK, before, moments_of
from plans.intake.numerals import normalise
from plans.intake.patterns import lazy
from plans.intake.reading import SHANGHAI, Span
from plans.intake.warning.points import POINT, N, Point, midnight, point_of
from plans.measures import value_of

MOST = 4
"""Demands of one text that are read; further ones are those of the sentences before them."""

FAR = timedelta(days=370)
"""A demand that lies further ahead was misread."""

CLOCKED = rf"{POINT}(?:(?<=[时点])[0-5]\d(?![\d分]))?"
"""A point in time, its minutes also without 分: 8点40."""

_PART_AND_CLOCK = (
    r"(?: ?(?:凌晨|早上?|上午|中午|下午|晚上?|傍晚))?"
    rf"(?: ?(?:{N} ?(?:时|点)(?: ?{N} ?分|半|[0-5]\d(?![\d分]))?|[0-2]?\d:[0-5]\d))?"
)
_BEFORE = r"(?:之前|以前|前)(?!后|往|来|期|方|线|进|沿|述|夕|提|景|台|任)"
_SHARP = r"(?:整|(?<=:\d\d)时)?"
_POINT_BEFORE = lazy(rf"(?P<week>{WEEK})(?P<of_week>{_PART_AND_CLOCK}){_BEFORE}|(?P<point>{CLOCKED}){_SHARP}{_BEFORE}")
_DAY_BEFORE = lazy(
    rf"(?P<day>(?:{DAYS})?下班|{DAYS})(?:之?内|{_BEFORE})|(?<![\d一二两三四五六七八九十百千个半几数多])(?P<whole>[月年])之?内"
)
_LENGTH = r"(?<![\d.])(?P<count>半|\d{1,3}|[一二三四五六七八九十两]{1,3})个?(?P<half>半)?"
_WITHIN = lazy(rf"{_LENGTH}(?P<unit>小时|钟头|分钟|刻钟|天|日|工作日|周|星期|月)(?:之内|以内|内)")
_STATED = r"(?![了的过完说称道:]|已|均|完毕|良好|正常|一切|无异常)"
"""Behind a verb: it tells what was done."""
_ANSWER = (
    r"(?:反馈|回复|回电|回话|回个?电话|答复|上报|报送|报回|报结果|报情况|汇报|提交|"
    r"续?报(?![警案刊纸道废销价考名到告称说来复社站载批表头亭关送回上答\d])|交(?![警通代班接流往会易界叉汇给手管]))"
)
_LEAD = (
    r"(?:内|之内|务必|必须|请|需|须|要|应|再|统一|先|书面|电话|准时|按时|及时|尽快|一定|,| )*"
    r"(?:(?:将|把|向)[^,。;!?\n]{1,10}?)?"
)
_BRINGING = r"(?:将|把)[^,。;!?\n]{1,12}?报来"
_DIRECT = rf"(?=(?:{_LEAD}{_ANSWER}|{_BRINGING}){_STATED})"
_DIRECT_AHEAD = rf"(?={_LEAD}(?:{_ANSWER}|报告(?![人单厅会称说])|完成|办结|整改到位|落实到位){_STATED})"
_DAY_ASKED = lazy(rf"(?P<day>{NAMED}){_DIRECT}|(?P<ahead>{AHEAD}){_DIRECT_AHEAD}")
_AFTER = lazy(rf"{_LENGTH}(?P<unit>小时|钟头|分钟|刻钟|天|日|周|星期|月)[之以]?后{_DIRECT}")
_LIMIT = lazy(rf"(?:限时?|给){_LENGTH}(?P<unit>小时|钟头|分钟|刻钟)(?!以?之?内)")
_ABOUT = lazy(rf"(?:(?P<week>{WEEK})(?P<of_week>{_PART_AND_CLOCK})|(?P<point>{CLOCKED}))(?:前后|左右|许){_DIRECT}")
_NEVER = lazy(rf"(?P<never>{NEVER_RECKONED}){_DIRECT_AHEAD}")
_BY = lazy(
    rf"(?:截止|截至|限)(?:时间|时限)?(?:[:为是至到在于于]| ){{0,2}}"
    rf"(?:(?P<week>{WEEK})(?P<of_week>{_PART_AND_CLOCK})|(?P<point>{CLOCKED}))"
)
_AT = lazy(rf"(?:(?P<week>{WEEK})(?P<of_week>{_PART_AND_CLOCK})|(?P<point>{CLOCKED})){_SHARP}{_DIRECT}")
_BIDS = lazy(r"请|务必|必须|须|要求?|望|需|限|最[迟晚]|不[晚迟]于")
_EVERY = lazy(r"每(?:[天日周月]|个?工作日|星期)$")
_ASKED = lazy(
    r"反馈|回复|回电|回话|回个?电话|答复|上报|报送|报告|报回|报到|回报|汇报|报(?!警|案|刊|纸|道|废|销|价|考)|提交|提供|上交|交|完成|办结|办理|办好|"
    r"落实|到位|到岗|到场|到达|赶到|送达|送到|送来|整改|排查|通知|核实|处置|处理|撤离|转移|关闭|停课|停工|参会|参加|告知|"
    r"说明|准备|签收|返回|发来|发送|发至|发到|传到|传来|做好|结束|开展|督促|组织"
)
_FORECAST = lazy(
    r"(?:预计|预报|预测|可能|有望|将出现|将有|仍有|有(?:小|中|大|暴|雷阵?|强|阵)[雨雪风对])[^,。;!\n]{0,30}$"
)
_SENTENCE = lazy(r"[。;!?\n]")
_CLAUSE = lazy(r"[,，。;!?\n]")
_BLANK = lazy(r"^[,、:\s]*(?:务必|请|须|需|要求?|应|将|把)?")
_MINUTES_BARE = lazy(r"(?<=[时点])(\d{2})$")
_PASSED = lazy(r"(?:昨[天日晚晨]?|前[天日]|上周|上个?月|去年|[已曾]于?)[^,。;]{0,2}$")
_LONGEST_WANTED = 40
_HALF_DAY = timedelta(hours=12)
_LONG_PAST = timedelta(days=60)
_MORNING, _EVENING = 7, 18
"""A bare hour of another day is one of the morning from 7 on; one of today that has passed is 18 at the latest."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    """One demand of a text.

    Attributes:
        at: when it is due, aware; None where the words leave that open.
        options: then the moments that they may mean, the earliest first; perhaps none, where all are over or no
            calendar tells them.
        text: the words of the time. span: of these in the text. wanted: what is asked for, in the words of the text.
    """

    at: datetime | None
    options: tuple[datetime, ...]
    text: str
    span: Span
    wanted: str


def dues(text: str, now: datetime, *, asks: bool = False) -> tuple[Due, ...]:
    """Return by when a text asks for something, the earliest first, those that are left open last.

    Args:
        now: aware; when it was said.
        asks: all of the text asks for something (an instruction): any time in it is one by which it is wanted.
    """
    plain, now = _plain(text), now.astimezone(SHANGHAI)
    found: list[Due] = []
    taken: list[Span] = []
    for span, moments, sure in _moments(plain, now):
        if len(found) == MOST:
            break
        if any(low < span[1] and span[0] < high for low, high in taken) or not (asks or _is_asked(plain, span)):
            continue
        known = tuple(moment for moment in moments if now < moment <= now + FAR)
        plainly = sure and len(known) == 1 == len(moments) and _EVERY.search(plain[: span[0]]) is None
        taken.append(span)
        found.append(
            Due(
                at=known[0] if plainly else None, options=() if plainly else known, text=text[span[0] : span[1]],
                span=span, wanted=_wanted(text, plain, span[1]),
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda item: (item.at is None, item.at or now, item.span)))


def due_named(text: str, now: datetime) -> tuple[datetime, ...]:
    """Return the moments that somebody may mean who names a time alone: 16:00, 明天9点, 2小时; none, one or several."""
    plain, now = _plain(text).strip(), now.astimezone(SHANGHAI)
    stripped = re.sub(r"(?:之前|以前|前|之内|以内|内)$", "", plain)
    for given in (f"{stripped}报", f"{stripped}前", f"{stripped}内"):
        for span, moments, _ in _moments(given, now):
            if span == (0, len(given) - given.endswith("报")):
                return tuple(moment for moment in moments if now < moment <= now + FAR)
    return ()


def _plain(text: str) -> str:
    return normalise(text).replace("零点", "0点").replace("零时", "0时")


def point_named(words: str, base: datetime) -> Point | None:
    """Return the point in time that words of :data:`CLOCKED` name; None where the calendar or clock has none such."""
    return point_of(_MINUTES_BARE.sub(r"\1分", words), base)


def hours_ahead(now: datetime) -> tuple[datetime, ...]:
    """Return moments that are often meant, to be chosen from: in an hour, and hours of the office that lie ahead."""
    local = now.astimezone(SHANGHAI).replace(second=0, microsecond=0)
    today = midnight(local)
    often = [today + timedelta(hours=hour) for hour in (12, 16, 18, 24 + 9, 24 + 12)]
    return (local + timedelta(hours=1), *[moment for moment in often if moment > local + timedelta(minutes=70)][:3])


def _is_asked(plain: str, span: Span) -> bool:
    """Return whether something is asked for by then: behind it in its sentence, and it is no forecast."""
    if _PASSED.search(plain[max(0, span[0] - 6) : span[0]]):
        return False
    stop = _SENTENCE.search(plain, span[1])
    until = min(stop.start() if stop else len(plain), span[1] + 60)
    if _FORECAST.search(plain[max(0, span[0] - 40) : span[0]]):
        clause = _CLAUSE.search(plain, span[1])
        until = min(until, clause.start() if clause else until)
    return _ASKED.search(plain, span[1], until) is not None


def _wanted(text: str, plain: str, at: int) -> str:
    """Return the words that say what is wanted: the rest of the clause behind the time."""
    lead = _BLANK.match(plain[at:])
    start = at + (lead.end() if lead else 0)
    stop = _SENTENCE.search(plain, start)
    end = stop.start() if stop else len(plain)
    clause = _CLAUSE.search(plain, start, end)
    if clause is not None and _ASKED.search(plain, start, clause.start()):
        end = clause.start()
    return text[start : min(end, start + _LONGEST_WANTED)].strip()


Found = tuple[Span, Sequence[datetime], bool]


def _moments(plain: str, now: datetime) -> Iterator[Found]:
    """Yield each time of a demand with the moments that it may mean, and whether one alone is plain.

    Those over are among them; there are none where no calendar tells the time.
    """
    yield from _counted(plain, now)
    for match in _DAY_BEFORE.finditer(plain):
        moments = before(match["day"], now) if match["day"] else moments_of(f"{match['whole']}底", now)
        if moments:
            yield match.span(), moments, True
    for match in _DAY_ASKED.finditer(plain):
        moments = moments_of(match["day"] or match["ahead"], now)
        if any(moment > now for moment in moments):
            yield match.span(), moments, False
    for pattern in (_POINT_BEFORE, _BY, _AT, _ABOUT):
        for match in pattern.finditer(plain):
            week = match.groupdict().get("week")
            moments = _of_week(week, match["of_week"], now) if week else _of_point(match["point"], now)
            direct = pattern is _AT or pattern is _ABOUT
            if moments and not (direct and _is_told(plain, match.start(), moments, now)):
                yield match.span(), moments, pattern is not _ABOUT
    for match in _NEVER.finditer(plain):
        yield match.span(), (), False


def _counted(plain: str, now: datetime) -> Iterator[Found]:
    """Yield the times that are counted from now: 一小时内, 半小时后, 限时2小时."""
    for pattern in (_WITHIN, _AFTER, _LIMIT):
        for match in pattern.finditer(plain):
            if moments := _within(match, now):
                yield match.span(), moments, True


def _is_told(plain: str, at: int, moments: Sequence[datetime], now: datetime) -> bool:
    """Return whether an hour without 前 tells what was: it is over, or may be, and nobody bids anything before it."""
    clause = _CLAUSE.split(plain[max(0, at - 20) : at])[-1]
    return moments[-1] <= now if len(moments) == 1 else moments[0] <= now and _BIDS.search(clause) is None


def _within(match: re.Match[str], now: datetime) -> Sequence[datetime]:
    count = 0.5 if match["count"] == "半" else value_of(match["count"])
    if count is None:
        return ()
    count = float(count) + (0.5 if match["half"] else 0)
    if match["unit"] in ("小时", "钟头", "分钟", "刻钟"):
        minutes = count * {"小时": 60, "钟头": 60, "分钟": 1, "刻钟": 15}[match["unit"]]
        return (now.replace(second=0, microsecond=0) + timedelta(minutes=minutes),)
    days = int(count * {"天": 1, "日": 1, "工作日": 1, "周": 7, "星期": 7, "月": 30}[match["unit"]])
    if match["unit"] == "工作日":  # which days are worked is not known here: a person names the day
        return _hours_of(midnight(now) + timedelta(days=days), 12, 18) if days <= 1 else ()
    return _hours_of(midnight(now) + timedelta(days=days), 12, 18)


def _of_week(words: str, rest: str, now: datetime) -> Sequence[datetime]:
    if not rest.strip():
        return before(words, now)
    day, point = midnight(moments_of(words, now)[0]), point_named(rest, now)
    return _within_day(point, day) if point is not None else ()


def _of_point(words: str, now: datetime) -> Sequence[datetime]:
    point = point_named(words, now)
    if point is None:
        return ()
    if point.day is not None and "月" in words and "年" not in words and point.day < midnight(now) - _LONG_PAST:
        point = replace(point, day=point.day.replace(year=point.day.year + 1))  # nobody asks for last winter's
    open_half = "点" in words and not point.part and 1 <= point.said <= 12
    if point.hour == 0 == point.minute and point.day is None and ":" not in words and not point.part:
        return [midnight(now) + timedelta(days=1)]  # 零点 is the midnight that comes
    if point.hour is None:
        if point.day is None:
            return _part(point, midnight(now))
        return _by_day(point.day) if not point.part else _part(point, point.day)
    day = point.day or midnight(now)
    moments = _within_day(point, day)
    if point.day is not None and not open_half:
        return moments
    at = moments[0]
    if point.day is not None:  # 明天9点 is said of the morning; 明天3点 is not plain
        return moments if point.said >= _MORNING else [at, at + _HALF_DAY]
    if open_half and point.said < 12:
        ahead = [moment for moment in (at, at + _HALF_DAY) if moment > now]
        if len(ahead) == 1 and ahead[0].hour <= _EVENING:
            return ahead
        return [*ahead, at + timedelta(days=1)] if len(ahead) < 2 else ahead
    if at > now:
        return [at]
    later = [at + timedelta(days=1)]
    # 4时前 said at ten in the morning: the afternoon or tomorrow's early morning; 16时前 said at five: which day?
    return [at, *([at + timedelta(hours=12)] if point.said < 12 and not point.part else []), *later]


def _within_day(point: Point, day: datetime) -> Sequence[datetime]:
    if point.hour is None:
        return _part(point, day)
    return (day + timedelta(hours=point.hour, minutes=point.minute),)


def _part(point: Point, day: datetime) -> Sequence[datetime]:
    if point.part == "中午":
        return (day + timedelta(hours=12),)
    at = Point(day, None, 0, point.part)
    first, last = at.first(day).at, at.last(day).at
    if point.part.startswith(("早", "晨")):  # nobody means five o'clock
        first, last = day + timedelta(hours=8), day + timedelta(hours=9)
    return (first, last)


def _by_day(day: datetime) -> Sequence[datetime]:
    """Return what 12月1日前 may mean: during that day, or by the evening before it."""
    return (day - timedelta(hours=6), *_hours_of(day, 12, 18))


def _hours_of(day: datetime, *hours: int) -> Sequence[datetime]:
    return tuple(day + timedelta(hours=hour) for hour in hours)
