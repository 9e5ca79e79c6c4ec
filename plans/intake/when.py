"""Which time expression tells when it happened, among datelines, deadlines of the news and times of the rescue."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta

from plans.intake.dates import SLACK, Calendar, Instant, number, whole_month
from plans.intake.expressions import N, Said
from plans.intake.patterns import lazy
from plans.intake.reading import SHANGHAI, Odd, TimeFound

LONG_PAST = timedelta(days=7)
"""Incidents are reported within hours; what is said to be older than a week is asked about."""

OTHER_DAYS = timedelta(days=10)
"""What a text tells after a date this far before the event is another event."""

_HEADER_WITHIN = 40
_STOPS = "。;!?\n"
_CUT_OFF = lazy(r"(?:截至|截止到?|截止至|发稿至?|直到|持续到|为止)[^,。;]{0,4}$")
_NOT_BEFORE = lazy(r"(?:将于|预计|预报|预测|定于|计划|原定|拟于|直至|至今|到了|自从)[^,。;]{0,3}$")
_NOT_AFTER = lazy(
    r" ?(?:电(?!动|梯|线|击|器|缆|力|路|池|瓶)|讯|消息|报道|信息|快讯|发稿|通报|发布|发表|获悉|报\(|报讯|记者|"
    r"宣布|表示|称|公布|公告|证实|透露|为止|以来|之前|说|出版|"
    r"刊|,?据|从|致电|回应|来电|,记者|召开|指出)"
)
_TRIGGER = lazy(
    r"发生|突发|起火|着火|失火|爆炸|坍塌|垮塌|倒塌|相撞|追尾|侧翻|翻车|坠|溺|落水|袭击|枪击|开枪|中毒|呕吐|触电|"
    r"踩踏|地震|遇袭|遭|撞|砍|捅|登陆|滑坡|被困|失踪|失联|未归|出现|燃|闪爆|泄漏|"
    r"打架|冲突|晕倒|发病|塌|摔|掉|不适|火灾|大火"
)
_RESULT = lazy(r"致|造成|受伤|死亡|遇难|身亡|丧生")
_HAPPENED_AT = lazy(r"(?:发生在|发生于|时间为|时间是|时间:|事发|发生时间)[^,。;]{0,4}$")
_EARLIER = lazy(r"此前|去年|前年|上次|曾|往年|历史|上一次|之前曾")
_RESPONSE = lazy(
    r"[^,。;]{0,10}(?:接到|接报|报案|报警|接[^,。;]{0,5}(?:来电|电话|反映)|到达|赶到|赶赴|扑灭|抵达|熄灭|控制|救出|出院|转运|记者|调查|公布|召开|开始|送达|"
    r"清理|恢复|"
    r"搜救|救援|解除|看到|来到|获救|在医院|告破|抓获|宣布|通报|发布|增援|人数)"
)
_TOLD = lazy(r",?[^,。;]{1,16}(?:报告|上报|来电反映|报称)[,:]")
"""Behind a time: that of the report, not of what it reports."""
_CALLED = lazy(r",?[^,。;]{0,16}(?:接到|接报|报警|来电)")
_OF_PEOPLE = lazy(
    r"(?:说|报|发|讲|通报|上报)(?:的|过)|那[个位名]|前[^,。;]{0,6}(?:报送|上报|完成|提交|反馈)|的(?:[\d一二两三四五六七八九十]+[个名例]|数据|通报|报告|那)"
)
"""加上早上的5个: it tells people or reports apart."""
_AT_IT = lazy(r"(?:组织|开展|进行|全力|积极|抓紧|搜|救|核实|调查|处置|抢修|统计|善后|医院|治疗)")
"""Behind 目前正在: what is done about it, not the event."""
_OF_A_YEAR = lazy(r"的?(?:首|第|最|以来|头)")
"""Behind 今年: it is compared, not dated (今年首例)."""
_THEY_DIED = lazy(r"[^,。;]{0,3}(?:死亡|去世|离世|身亡|不治)")
"""Behind 当晚: it tells when they died of what happened before."""
_SINCE = lazy(r"(?:以来|起|开始)")
_MONTH = lazy(rf"(?<![\d年零〇一二三四五六七八九十])(?P<month>{N})月(?!\d|[一二三四五六七八九十]|球|饼|亮|份?电)")
_YEAR = lazy(r"(?<!\d)(?P<year>(?:19|20)\d\d)年(?! ?\d| ?[一二三四五六七八九十])")
_HEADER_END = lazy(r"[ \d:]*(?: |$|星期|\D{0,6}(?:讯|电|消息|报道|报导|信息|获悉))")
_WIRE_CLOCK = lazy(r"\s*(?:$| |[^\d,。]{0,8}(?:讯|电|消息))")


def occurred(text: str, everything: Sequence[Said], now: datetime) -> TimeFound | None:
    """When the reported event happened, from normalised text; None when the text does not say.

    Args:
        text: normalised text.
        everything: its time expressions.
        now: aware; the date of the message, against which 昨晚 and 刚才 are resolved.
    """
    calendar = _calendar(everything, now)
    rated = [(_score(text, item), item) for item in everything]
    rated = [(score, item) for score, item in rated if score > -5]
    rated.sort(key=lambda pair: -pair[0])
    for _, item in rated[:20]:
        instant = calendar.instant(item)
        if instant is not None:
            item, instant = _closer(text, item, instant, rated, calendar)
            return _found(item, instant, now.astimezone(SHANGHAI))
    return None


def _found(item: Said, instant: Instant, now: datetime) -> TimeFound:
    odd: Odd | None = None
    if instant.from_ > now + SLACK:
        odd = "future"
    elif instant.to < now - LONG_PAST:
        odd = "long_past"
    return TimeFound(
        from_=instant.from_.astimezone(UTC),
        to=instant.to.astimezone(UTC),
        at=instant.at.astimezone(UTC),
        text=item.text,
        span=(item.start, item.end),
        vague=instant.vague,
        odd=odd,
    )


def _calendar(everything: Sequence[Said], now: datetime) -> Calendar:
    now = now.astimezone(SHANGHAI)
    heads = [item for item in everything if item.start < _HEADER_WITHIN and item.match["ymd"]]
    header = Calendar([], now, None).days(heads[0]) if heads else None
    return Calendar(everything, now, header.last if header and header.first == header.last else None)


def _closer(
    text: str, item: Said, instant: Instant, rated: list[tuple[float, Said]], calendar: Calendar
) -> tuple[Said, Instant]:
    """A day or a part of one gives way to a clock time within it that also tells of the event."""
    if item.match["clock"] or not (item.dated or item.match["part"]):
        return item, instant
    for score, other in sorted(rated, key=lambda pair: pair[1].start):
        if score < 2 or not other.match["clock"] or not item.start < other.start < item.end + 400:
            continue
        if _RESPONSE.match(text, other.end) and not _CALLED.match(text, other.end):
            continue
        if not (
            _TRIGGER.search(text, other.end, _stop(text, other.end))
            or _CALLED.match(text, other.end)
            or _HAPPENED_AT.search(text, max(0, other.start - 10), other.start)
        ):
            continue
        within = calendar.instant(other)
        if within is not None and instant.from_ <= within.at <= instant.to:
            return other, within
    return item, instant


def background(text: str, everything: Sequence[Said], now: datetime, when: TimeFound | None) -> Callable[[int], bool]:
    """Offset -> whether a date well before the event's stands before it in its sentence: that is another event."""
    calendar = _calendar(everything, now)
    event = next((item for item in everything if when is not None and item.start == when.span[0]), None)
    if when is None or event is None or not (calendar.headed or event.match["ymd"] or event.match["md"]):
        return lambda at: False  # 昨晚 alone says nothing about which written dates are long before it
    limit = when.at.astimezone(SHANGHAI).date() - OTHER_DAYS
    other = [(end, _stop(text, end)) for end, last in _dates(text, everything, calendar) if last < limit]
    return lambda at: any(low <= at < high for low, high in other)


def _dates(text: str, everything: Sequence[Said], calendar: Calendar) -> list[tuple[int, date]]:
    """Where each date, month or year ends, with its last day."""
    found = [(match.end(), date(int(match["year"]), 12, 31)) for match in _YEAR.finditer(text)]
    for match in _MONTH.finditer(text):
        month, base = number(match["month"]), calendar.year_from
        whole = whole_month(base.year if month and month <= base.month else base.year - 1, month) if month else None
        if whole:
            found.append((match.end(), whole.last))
    for item in everything:
        days = calendar.days(item) if item.match["ymd"] or "月" in (item.match["md"] or "") else None
        if days is not None and not _HEADER_END.match(text, item.end):
            found.append((item.end, days.last))
    return found


def _stop(text: str, at: int) -> int:
    limit = min(len(text), at + 300)
    return min((stop for stop in (text.find(mark, at, limit) for mark in _STOPS) if stop >= 0), default=limit)


def _score(text: str, item: Said) -> float:
    """How likely an expression tells when the event happened; below -5 it does not."""
    match, start, end = item.match, item.start, item.end
    before = text[max(0, start - 10) : start]
    if (
        _CUT_OFF.search(before)
        or before.endswith(("较", "比"))
        or (before.endswith("至") and (match["day"] or "").startswith("今"))
        or (before.endswith(("从", "由")) and text.startswith("的", end))
    ):
        return -10
    score = 6.0 - min(start, 400) / 30
    score += 2.5 * bool(match["clock"]) + bool(match["part"]) + 2 * bool(match["ago"]) + bool(item.dated)
    if _NOT_BEFORE.search(before):
        score -= 8
    if match["day"] and match["day"][0] in "明后" and match["day"] != "后半夜":
        score -= 8  # a forecast, a plan for tomorrow
    if _OF_PEOPLE.match(text, end):
        score -= 8
    if before.endswith(("自", "自从", "从")) and _SINCE.match(text, end):
        score += 12
    if _NOT_AFTER.match(text, end):
        score -= 6
    clause_end = min(_stop(text, end), end + 60)
    trigger = _TRIGGER.search(text, end, clause_end)
    if trigger:
        score += 3 if trigger.start() - end < 25 else 1.5
    elif _RESULT.search(text, end, clause_end):
        score += 1
    if _HAPPENED_AT.search(before):
        score += 3
    if match["now"] and not (trigger and trigger.start() - end < 20):
        score -= 6 if end < len(text) and text[end] not in ",。!" else 0
    if (match["day"] or "").startswith(("当", "同")) and _THEY_DIED.match(text, end):
        score -= 14
    if before.endswith(("冬", "春", "夏", "秋", "雨", "雪", "一", "连")) and (match["part"] or "").startswith("夜"):
        score -= 20  # 冬夜
    if match["md"] in ("今年", "去年") and not match["part"] and not match["clock"] and _OF_A_YEAR.match(text, end):
        score -= 20
    if match["now"] and _AT_IT.match(text, end):
        score -= 12
    header = start < _HEADER_WITHIN and match["ymd"] and _HEADER_END.match(text, end)
    if header and len(text) > end + 12:
        score -= 6
    if start < _HEADER_WITHIN and ":" in (match["clock"] or "") and not match["part"] and _WIRE_CLOCK.match(text, end):
        score -= 6
    if match["day"] and match["day"][0] in "周星" and not match["clock"] and re.search(r"\d[ (]?$", before):
        score -= 8  # 2026-03-02 星期一
    sentence = max(text.rfind(mark, max(0, start - 30), start) for mark in _STOPS)
    if _EARLIER.search(text, max(sentence, start - 30, 0), start):
        score -= 5
    if _RESPONSE.match(text, end):
        score -= 3
    if _TOLD.match(text, end):
        score -= 4
    if not (item.dated or match["clock"] or match["ago"] or match["now"]):
        score -= 1.5
    return score
