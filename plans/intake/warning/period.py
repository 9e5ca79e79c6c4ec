"""From when to when a warning holds, and when it was issued: 今天14时至20时, 未来6小时, 27日夜间到28日白天.

A warning speaks of what is to come: a time without a date is today's, a day of the month the next such day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from plans.intake.patterns import lazy
from plans.intake.reading import Span
from plans.intake.warning.clauses import clause
from plans.intake.warning.found import Moment, Words
from plans.intake.warning.points import HALF, POINT, N, Point, hour_of, midnight, point_of
from plans.measures import value_of

_TODAY = r"(?:目前|现在|即日|即时|当前|即刻)"
_BARE = r"(?<![\d.])\d{1,2}(?= ?[-~至到] ?\d{1,2} ?时)"
"""11~16时: the first hour has no word of its own."""
_TO = r" ?(?:起)?(?:至|到|[-~—]{1,2}) ?"
_RANGE = lazy(rf"(?P<from>{POINT}|{_TODAY}|{_BARE}){_TO}(?P<to>{POINT})")
_SINGLE = lazy(POINT)
_SPAN = rf"(?:(?P<low>{N})(?:[-~至到](?P<high>{N}))?个?(?P<unit>小时|天))"
_WITHIN = rf"(?:(?P<hours>{N})小时)"
_AHEAD = lazy(
    rf"(?:(?:未来|今后|接下来|此后|预计)(?:在)?(?:未来)? ?{_SPAN}(?:之?内)?"
    rf"|(?<=[:,。]){_WITHIN}内(?=[^,。;]{{0,20}}(?:将|可能)))"
)
_VALID = lazy(
    rf"(?:有效期|有效时间|有效时段|预警时效|时效|预警期)(?:限)?[:为是]{{0,2}} ?"
    rf"(?:{_SPAN}|(?:延长)?[至到](?P<until>{POINT}))"
)
_CLAUSE_ENDS = r"(?=$|[,。;\n])"
_UNTIL = lazy(
    rf"(?:持续|延续|延长|维持|有效|顺延|延期|截止)(?:发布|生效)?(?:时间)?[至到为:]{{1,2}} ?(?P<until>{POINT})"
    rf"|(?<=[,。;\n])[至到] ?(?P<alone>{POINT}){_CLAUSE_ENDS}"
)
_SINCE = lazy(
    rf"(?:从|自)?(?P<since>{POINT})(?:起|开始)(?!至|到)|(?<=[,。;\n])[从自] ?(?P<alone>{POINT}){_CLAUSE_ENDS}"
)
_ISSUED_THEN = lazy(r"(?:联合|继续)?(?:发布|签发|发出)的")
_FROM_THEN = lazy(r"(?:发布|启动|执行|实施|生效)")
_FORECAST = lazy(r"预计|预报|未来|今后|将|可能|有望|仍有|持续|影响时段|预警时段|起始时间|起止时间|预警时间|预警期")
_OBSERVED = lazy(r"过去|截至|截止(?!时间)|实况|监测到|已(?:经)?(?:出现|达|有|累计|降|发生)|累计|前期|此前|昨")
_ASKED_OF = lazy(
    r"请|须(?!知)|务必|上报|报送|反馈|回复|报告|联系|值班|电话|会商|调度|开会|会议|召开|演练|核实|(?<!预)报名"
)
MOST = timedelta(days=40)


@dataclass(frozen=True, slots=True)
class Period:
    """When it begins and ends, each with its words; None is what is not said."""

    from_: Words[Moment] | None
    to: Words[Moment] | None


def issue_time(text: str, span: Span, now: datetime, done: bool = False) -> Words[datetime] | None:
    """The clock time within a stretch, as a moment that has passed; None where there is none.

    Args:
        done: something is done in the stretch: the time of 8时发布的 is not when.
    """
    for match in reversed(list(_SINGLE.finditer(text, *span))):
        if done and _ISSUED_THEN.match(text, match.end()):
            continue
        point = point_of(match[0], now)
        if point is None or point.hour is None:
            continue
        at = point.first(midnight(now)).at
        if point.day is None and at > now + timedelta(minutes=15):
            at -= timedelta(days=1)
        if at <= now + timedelta(minutes=15):
            return Words(at, match[0], match.span())
        return None
    return None


def period(text: str, stretch: Span, now: datetime, issued: Words[datetime] | None, taken: Sequence[Span]) -> Period:
    """The period that a stretch of text gives.

    Args:
        issued: when it was issued; 未来6小时 and 今天 count from there, without it from the message.
        taken: spans that are no period, such as the time of issue.
    """
    base = issued.value if issued else now
    today = midnight(base)
    periods = list(_periods(text, stretch, today, base, taken))
    best = [found for rank, found in periods if rank == min(rank for rank, _ in periods)]
    if not best or any((_at(found.from_), _at(found.to)) != (_at(best[0].from_), _at(best[0].to)) for found in best):
        return Period(None, None)
    found = best[0]
    if found.from_ and found.to and not timedelta() < found.to.value.at - found.from_.value.at <= MOST:
        return Period(None, None)
    return found


def _at(words: Words[Moment] | None) -> datetime | None:
    return words.value.at if words else None


def _periods(
    text: str, stretch: Span, today: datetime, base: datetime, taken: Sequence[Span]
) -> Iterator[tuple[int, Period]]:
    """Periods with their rank: a validity before what is forecast, both ends before one."""
    covered = list(taken)

    def free(match: re.Match[str]) -> bool:
        if any(low < match.end() and match.start() < high for low, high in covered):
            return False
        covered.append(match.span())
        return True

    for match in _VALID.finditer(text, *stretch):
        if free(match):
            if match["unit"]:
                yield 0, _ahead(match, base)
            elif (point := point_of(match["until"], base)) is not None:
                yield 0, Period(None, _words(_ending(point, today, base), match, "until"))
    for match in _RANGE.finditer(text, *stretch):
        if free(match) and _speaks(text, match.span(), forecast=False) and (found := _range(match, today, base)):
            yield 1, found
    for match in _AHEAD.finditer(text, *stretch):
        if free(match) and not _ASKED_OF.search(text, *clause(text, match.span())):
            yield 2, _ahead(match, base)
    for match in _UNTIL.finditer(text, *stretch):
        if free(match) and _speaks(text, match.span(), forecast=False):
            name = "until" if match["until"] else "alone"
            point = point_of(match[name], base)
            if point is not None:
                yield 1, Period(None, _words(_ending(point, today, base), match, name))
    for match in _SINCE.finditer(text, *stretch):
        name = "since" if match["since"] else "alone"
        forecast = name == "since" and not _FROM_THEN.match(text, match.end())
        if free(match) and _speaks(text, match.span(), forecast=forecast):
            point = point_of(match[name], base)
            if point is not None:
                yield 3, Period(_words(point.first(today), match, name), None)
    for match in _SINGLE.finditer(text, *stretch):
        if free(match) and _speaks(text, match.span(), forecast=True):
            point = point_of(match[0], base)
            if point is not None and point.hour is None:
                yield 4, Period(_words(point.first(today), match), _words(point.last(today), match))


def _words(moment: Moment, match: re.Match[str], group: str | int = 0) -> Words[Moment]:
    return Words(moment, match[group], match.span(group))


def _range(match: re.Match[str], today: datetime, base: datetime) -> Period | None:
    later = point_of(match["to"], base)
    if later is None:
        return None
    if re.fullmatch(_TODAY, match["from"]):
        ends = _ending(later, today, base)
        return Period(_words(Moment(base), match, "from"), _words(ends, match, "to"))
    earlier = point_of(match["from"], base)
    if earlier is None:
        return None
    if later.hour is not None and not later.part and later.day is None and earlier.part in HALF and earlier.said <= 12:
        hour = hour_of(later.said, earlier.part)  # 下午3点到5点: the half of the day is that of both
        later = replace(later, hour=hour if hour > (earlier.hour or 24) else later.hour)
    begins = earlier.first(today)
    day = midnight(begins.at)
    follows = re.match(r"次|翌|第二", match["to"]) is not None
    if follows:
        later = replace(later, day=day + timedelta(days=1))
    ends = later.last(day)
    if later.day is None and ends.at <= begins.at:
        ends = Moment(ends.at + timedelta(days=1), ends.vague)
    if earlier.day is None and later.day is None and ends.at <= base:
        begins, ends = (Moment(moment.at + timedelta(days=1), moment.vague) for moment in (begins, ends))
    return Period(_words(begins, match, "from"), _words(ends, match, "to"))


def _ending(point: Point, today: datetime, base: datetime) -> Moment:
    moment = point.last(today)
    return Moment(moment.at + timedelta(days=1), moment.vague) if point.day is None and moment.at <= base else moment


def _ahead(match: re.Match[str], base: datetime) -> Period:
    groups = match.groupdict()
    within = groups.get("hours")
    low, high = value_of(within or match["low"]), value_of(within or match["high"] or match["low"])
    hours = int(high or 0) * (24 if match["unit"] == "天" else 1)
    vague = low != high or match["unit"] == "天"
    return Period(_words(Moment(base), match), _words(Moment(base + timedelta(hours=hours), vague), match))


def _speaks(text: str, span: Span, forecast: bool) -> bool:
    """Whether the clause of a time speaks of what is to come, and asks nobody for anything."""
    low, high = clause(text, span)
    told = _FORECAST.search(text, low, high) is not None
    if _ASKED_OF.search(text, low, high) or (_OBSERVED.search(text, low, high) and not told):
        return False
    return told or not forecast


def masked(text: str) -> str:
    """The text without its times, so that none becomes part of a name; offsets stay."""
    return _AHEAD.sub(_blank, _SINGLE.sub(_blank, text))


def _blank(match: re.Match[str]) -> str:
    return "□" * len(match[0])
