"""Time of occurrence: what the words say, resolved against `now` in Asia/Shanghai, as an interval where they are vague."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from plans.intake.numerals import value_of
from plans.intake.reading import SHANGHAI, Odd, Span, TimeFound

LONG_PAST = timedelta(days=7)
"""Incidents are reported within hours; what is said to be older than a week is asked about."""

SLACK = timedelta(minutes=5)
"""Clocks differ a little: a time this far ahead of `now` is not the future."""

_N = r"(?:\d{1,2}|[一二三四五六七八九十两廿零〇]{1,3})"
_DAY_WORD = r"今天|今日|今晨|今早|今晚|今夜|今(?=凌晨|晨|早|天|日|下午|上午|晚)|昨天|昨日|昨晚|昨夜|昨晨|昨(?=凌晨|下午|上午|晚|早)|前天|前日|前晚|大前天|当天|当日|当晚|同日|当地时间|北京时间"
_WEEK = r"(?:上上个?|上个?|本|这个?)?(?:周|星期|礼拜)[一二三四五六日天](?!月)"
_YMD = rf"(?:\d{{4}}|[一二][零〇一二三四五六七八九]{{3}}|今|去|前)年 ?(?:{_N}月(?:{_N}(?:日|号))?)|\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}(?!\d)"
_MD = rf"{_N}月 ?{_N}(?:日|号)?(?![\d月])|(?:今年|去年|本月|上月|上个月)(?:{_N}(?:月|日|号))?|(?<![\d点时分:]){_N}(?:日|号(?![楼院线岛店口门机台车矿井铺公厅馆桥桩教宿舍研\d]))"
_PART = r"凌晨|清晨|清早|早晨|早上|早间|一早|大清早|晨间|晨|早(?=\d|[一二三四五六七八九十])|上午|中午|正午|晌午|午后|下午|午间|傍晚|黄昏|晚上|晚间|晚饭后|午饭后|晚(?!饭|餐|自|宴|会|点|了|些|期|报|于|辅)|夜间|夜里|深夜|半夜|午夜|夜晚|夜(?!市|宵|总|班|景|行)"
_CLOCK = rf"{_N}(?:时|点钟?)(?!代|候|间|尚|装|评|火|多钟头)(?:许|左右|{_N}分(?!钟|之)(?:{_N}秒)?|[0-5]\d(?![\d人名个点])|半|一刻|三刻|整|多)?|(?<![\d:.])[0-2]?\d:[0-5]\d(?::[0-5]\d)?(?![\d:])"
_AGO = r"(?:半|\d{1,3}|[一二三四五六七八九十两几]{1,3})个?半?多?(?:小时|分钟|钟头|刻钟|天|日)(?:之?前|以前)(?!后)|半个?(?:小时|钟头)(?:之?前|以前)|几(?:分钟|小时)(?:之?前|以前)"
_NOW = r"刚才|刚刚|方才|就在刚才|适才|目前正在|现在正|正在发生"
_TAIL = r"(?:许|左右|前后|时分|多|起)*"
_SEP = r"[ ,]?(?:\([^()]{1,8}\))?的?(?:约|大约|大概|差不多|接近)?"

EXPRESSION = re.compile(
    rf"(?P<ago>{_AGO})|(?P<now>{_NOW})"
    rf"|(?:(?P<ymd>{_YMD})|(?P<zone>当地时间|北京时间)?(?P<md>{_MD}))?(?:{_SEP}(?P<day>{_DAY_WORD}|{_WEEK}))?(?:{_SEP}(?P<paren>\({_N}(?:月{_N})?(?:日|号)\)))?"
    rf"(?:{_SEP}(?P<part>{_PART}))?(?:{_SEP}(?P<clock>{_CLOCK}))?(?P<tail>{_TAIL})"
)
_HEADS = frozenset(
    "0123456789一二三四五六七八九十两廿零〇半几今昨前当同北大上本这周星礼去凌清早晨中正晌午下傍黄晚夜深刚方就适目现突约接差"
)
_PARTS: dict[str, tuple[int, int]] = {
    "凌晨": (0, 6), "清晨": (5, 8), "清早": (5, 8), "大清早": (5, 8), "早晨": (5, 9), "早上": (5, 9), "早间": (5, 9), "一早": (5, 9), "晨间": (5, 9), "晨": (5, 9),
    "早": (5, 9), "上午": (8, 12), "中午": (11, 14), "正午": (11, 13), "晌午": (11, 13), "午间": (11, 14), "午饭后": (11, 14), "午后": (12, 16), "下午": (12, 18), "傍晚": (17, 19),
    "黄昏": (17, 19), "晚饭后": (18, 21), "晚上": (18, 24), "晚间": (18, 24), "晚": (18, 24), "夜间": (18, 24), "夜里": (20, 24), "夜晚": (18, 24), "夜": (20, 24), "深夜": (22, 24),
    "半夜": (0, 4), "午夜": (0, 2),
}  # fmt: skip
_WEEKDAYS = {char: at for at, char in enumerate("一二三四五六")} | {"日": 6, "天": 6}
_NOT_EVENT_BEFORE = re.compile(
    r"(?:截至|截止到?|至|到|自|从|发稿|据|将于|预计|定于|计划|直到|持续到|原定|此前|于\D{0,2}前往)$"
)
_NOT_EVENT_AFTER = re.compile(
    r" ?(?:电|讯|消息|报道|信息|快讯|发稿|通报|发布|获悉|报\(|报讯|从|记者|宣布|表示|称|公布|公告|证实|透露|零时为止|为止|以来|之前|说|出版|刊|,?据)"
)
_NEWS = re.compile(r"(?:电|讯|消息|信息|报道) ?[(:,]?")
_TRIGGER = re.compile(
    r"发生|突发|起火|着火|失火|爆炸|坍塌|垮塌|倒塌|相撞|追尾|侧翻|翻车|坠|溺|落水|袭击|枪击|开枪|中毒|呕吐|触电|踩踏|地震|遇袭|遭|致|造成|撞|受伤|死亡|遇难|砍|捅|登陆|滑坡|被困|失踪|出现|报告|燃"
)
_OLDER = re.compile(r"此前|去年|前年|上次|曾|之前|往年|历史|上一次")


@dataclass(frozen=True, kw_only=True)
class _Said:
    """One time expression with its parts, not yet resolved."""

    match: re.Match[str]
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.match.string[self.start : self.end]

    @property
    def clock(self) -> str | None:
        return self.match["clock"]

    @property
    def dated(self) -> bool:
        match = self.match
        return bool(match["ymd"] or match["md"] or match["day"] or match["paren"])


def _said(text: str) -> Iterator[_Said]:
    at = 0
    while at < len(text):
        if text[at] not in _HEADS:
            at += 1
            continue
        match = EXPRESSION.match(text, at)
        if (
            not match
            or match.end() == at
            or not any(match[name] for name in ("ago", "now", "ymd", "md", "day", "part", "clock"))
        ):
            at += 1
            continue
        start, end = match.span()
        while end > start and text[end - 1] in " ,":
            end -= 1
        head = re.match(r"[ ,]*(?:约|大约|大概|差不多|接近|的)?", match[0])
        begin = start + (head.end() if head and not match[0].startswith(("约", "大", "差", "接")) else 0)
        yield _Said(match=match, start=begin, end=max(end, begin + 1))
        at = max(match.end(), at + 1)


def occurred(text: str, now: datetime) -> TimeFound | None:
    """When the reported event happened, from normalised text; None when the text does not say.

    Args:
        text: normalised text.
        now: aware; the date of the message, against which 昨晚 and 刚才 are resolved.
    """
    now = now.astimezone(SHANGHAI)
    all_said = list(_said(text))
    best: _Said | None = None
    best_score = float("-inf")
    for said in all_said:
        score = _score(text, said)
        if score > best_score and _resolve(said, all_said, now) is not None:
            best, best_score = said, score
    if best is None or best_score < -6:
        return None
    resolved = _resolve(best, all_said, now)
    if resolved is None:
        return None
    from_, to, at, vague = resolved
    odd: Odd | None = "future" if from_ > now + SLACK else "long_past" if to < now - LONG_PAST else None
    return TimeFound(from_=from_, to=to, at=at, text=best.text, span=(best.start, best.end), vague=vague, odd=odd)


_MONTH = re.compile(rf"(?<![\d年零〇一二三四五六七八九十])(?P<m>{_N})月(?!\d|[一二三四五六七八九十]|球|饼|亮)")
_YEAR = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)年(?! ?\d| ?[一二三四五六七八九十])")


def dates(text: str, now: datetime) -> list[tuple[Span, date]]:
    """Dates, months and years with their spans and last day, for telling other events from this one."""
    now = now.astimezone(SHANGHAI)
    found = [((match.start(), match.end()), date(int(match["y"]), 12, 31)) for match in _YEAR.finditer(text)]
    for match in _MONTH.finditer(text):
        month = _number(match["m"])
        whole = _month(now.year if month and month <= now.month else now.year - 1, month) if month else None
        if whole:
            found.append(((match.start(), match.end()), whole[1]))
    all_said = list(_said(text))
    for said in all_said:
        if said.match["ymd"] or said.match["md"]:
            day = _day(said, all_said, now)
            if day is not None:
                found.append(((said.start, said.end), day[1]))
    return found


def _score(text: str, said: _Said) -> float:
    match = said.match
    before = text[max(0, said.start - 6) : said.start]
    after = text[said.end : said.end + 60]
    score = 6.0 - min(said.start, 400) / 40
    if match["clock"]:
        score += 2.5
    if match["part"]:
        score += 1
    if match["ago"] or match["now"]:
        score += 2
    if said.dated:
        score += 1
    if _NOT_EVENT_BEFORE.search(before):
        score -= 8
    if _NOT_EVENT_AFTER.match(after):
        score -= 6
    if re.search(r"\([^()]{0,30}$", before) and not match["clock"]:
        score -= 2
    clause = re.split(r"[。;!?\n]", after, maxsplit=1)[0]
    trigger = _TRIGGER.search(clause)
    if trigger:
        score += 3 if trigger.start() < 25 else 1.5
    if said.start < 3 and match["ymd"] and re.match(r"[ \d:]*(?: |$|星期)", after) and len(text) > said.end + 12:
        score -= 6  # a date header
    if (
        said.start < 30
        and match["clock"]
        and ":" in match["clock"]
        and not match["part"]
        and re.match(r"\s*(?:$| |[^\d,。]{0,8}(?:讯|电|消息))", after)
    ):
        score -= 6
    head = text[max(0, said.start - 30) : said.start]
    if _OLDER.search(re.split(r"[。;!?\n]", head)[-1]):
        score -= 5
    if re.match(
        r"[^,。;]{0,10}(?:接到|接报|到达|赶到|赶赴|扑灭|抵达|熄灭|控制|救出|出院|转运|记者|调查|公布|召开|开始)", after
    ):
        score -= 2
    if not (said.dated or match["clock"] or match["ago"] or match["now"]):
        score -= 1.5
    return score


def _number(word: str | None) -> int | None:
    if not word:
        return None
    value = value_of(word.replace("廿", "二十"))
    return int(value) if value is not None else None


def _context(said: _Said, everything: list[_Said]) -> _Said | None:
    """The last full date before an expression that only says 当日 or 21日."""
    earlier = [item for item in everything if item.start < said.start and (item.match["ymd"] or item.match["md"])]
    return earlier[-1] if earlier else None


def _day(said: _Said, everything: list[_Said], now: datetime) -> tuple[date, date, bool] | None:
    """First and last day that the expression can mean, and whether the text named them itself; None where it names an impossible one."""
    match, today = said.match, now.date()
    if match["ymd"]:
        return _full_date(match["ymd"], today)
    if match["md"]:
        return _month_day(match["md"], said, everything, today)
    if match["paren"]:
        return _month_day(match["paren"].strip("()"), said, everything, today)
    word = match["day"]
    if not word or word.endswith("时间"):
        return today, today, False
    if word[0] == "今":
        return today, today, True
    if word[0] == "昨":
        return (today - timedelta(days=1),) * 2 + (True,)
    if word.startswith("大前"):
        return (today - timedelta(days=3),) * 2 + (True,)
    if word[0] == "前":
        return (today - timedelta(days=2),) * 2 + (True,)
    if word[0] in "当同":
        base = _context(said, everything)
        day = _day(base, everything, now) if base else None
        return day if day else (today, today, False)
    weekday = _WEEKDAYS[word[-1]]
    monday = today - timedelta(days=today.weekday())
    back = 14 if word.startswith("上上") else 7 if word[0] == "上" else 0
    day_ = monday + timedelta(days=weekday - back)
    if not back and day_ > today and word[0] not in "本这":
        day_ -= timedelta(days=7)
    return day_, day_, True


def _full_date(word: str, today: date) -> tuple[date, date, bool] | None:
    parts = [part for part in re.split(r"[-/.年月日号 ]+", word) if part]
    year = {"今": today.year, "去": today.year - 1, "前": today.year - 2}.get(parts[0]) or _number(parts[0])
    month = _number(parts[1]) if len(parts) > 1 else None
    if year is None or month is None:
        return None
    if len(parts) > 2:
        return _one(year, month, _number(parts[2]) or 0)
    return _month(year, month)


def _month_day(word: str, said: _Said, everything: list[_Said], today: date) -> tuple[date, date, bool] | None:
    if word.startswith(("今年", "去年")):
        month = _number(re.sub(r"[今去年月日号]", "", word))
        year = today.year - (word[0] == "去")
        return _month(year, month) if month else (date(year, 1, 1), date(year, 12, 31), True)
    if word.startswith(("本月", "上月", "上个月")):
        first = today.replace(day=1)
        if word[0] == "上":
            first = (first - timedelta(days=1)).replace(day=1)
        number = _number(re.sub(r"[本上个月日号]", "", word))
        return _one(first.year, first.month, number) if number else _month(first.year, first.month)
    parts = [_number(part) or 0 for part in re.split(r"[月日号 ]+", word) if part]
    if len(parts) == 2:
        options = [_one(year, parts[0], parts[1]) for year in (today.year - 1, today.year, today.year + 1)]
        known = [option for option in options if option]
        # a date a few days ahead is a slip or a plan, and asked about; otherwise the past is meant
        return min(
            known, key=lambda option: abs((option[0] - today).days) + (60 if option[0] > today else 0), default=None
        )
    base = _context(said, everything)
    if base is not None and base.match["ymd"]:
        anchor = _full_date(base.match["ymd"], today)
        if anchor:
            near = _one(anchor[0].year, anchor[0].month, parts[0])
            if near and abs((near[0] - today).days) <= 40:
                return near
    this = _one(today.year, today.month, parts[0])
    if this and this[0] <= today + timedelta(days=3):
        return this
    last = today.replace(day=1) - timedelta(days=1)
    return _one(last.year, last.month, parts[0])


def _one(year: int, month: int, day: int) -> tuple[date, date, bool] | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found, found, True


def _month(year: int, month: int) -> tuple[date, date, bool] | None:
    try:
        first = date(year, month, 1)
        after = date(year + month // 12, month % 12 + 1, 1)
    except ValueError:
        return None
    return first, after - timedelta(days=1), True


def _hour(match: re.Match[str]) -> tuple[int, int, bool] | None:
    """Hour, minute, and whether the half of the day is open (8点40 without 上午)."""
    word, part = match["clock"], match["part"] or ""
    pieces = re.match(rf"(?:({_N})(?:时|点钟?)(?:({_N})分?|(半)|(一刻)|(三刻))?|(\d{{1,2}}):(\d{{2}}))", word)
    if not pieces:
        return None
    hour = _number(pieces[1] or pieces[6])
    minute = 30 if pieces[3] else 15 if pieces[4] else 45 if pieces[5] else (_number(pieces[2] or pieces[7]) or 0)
    if hour is None or hour > 24 or minute > 59:
        return None
    day_word = match["day"] or ""
    late = day_word.endswith(("晚", "夜")) or part in (
        "晚",
        "晚上",
        "晚间",
        "夜间",
        "夜里",
        "夜晚",
        "夜",
        "深夜",
        "傍晚",
        "黄昏",
    )
    if part in ("下午", "午后", "傍晚", "黄昏") and 1 <= hour < 12 or (late and 5 <= hour < 12):
        return hour + 12, minute, False
    if part in ("中午", "午间", "晌午", "正午") and hour in (1, 2):
        return hour + 12, minute, False
    if late and hour in (0, 12, 24, 1, 2, 3, 4):
        return (24 if hour in (0, 12) else hour if hour == 24 else 24 + hour), minute, False
    if part in ("凌晨", "半夜", "午夜") and hour in (12, 24):
        return 0, minute, False
    open_half = not part and "点" in word and 1 <= hour <= 12 and not day_word.endswith(("晨", "早"))
    return hour, minute, open_half


def _resolve(said: _Said, everything: list[_Said], now: datetime) -> tuple[datetime, datetime, datetime, bool] | None:
    match = said.match
    if match["now"]:
        return now - timedelta(minutes=30), now, now, True
    if match["ago"]:
        return _ago(match["ago"], now)
    days = _day(said, everything, now)
    if days is None:
        return None
    first, last, named = days
    start = datetime.combine(first, time(), SHANGHAI)
    about = bool(re.search(r"许|左右|前后|约|大概|差不多|多", said.text))
    if match["clock"] and first == last:
        hour = _hour(match)
        if hour is None:
            return None
        base = _context(said, everything) if not (match["ymd"] or match["md"] or match["day"]) else None
        return _at_clock(start, hour, named, about, now, base, everything)
    day_word = match["day"] or ""
    part = match["part"] or (
        "晚" if day_word.endswith(("晚", "夜")) else "早" if day_word.endswith(("晨", "早")) else ""
    )
    if part in _PARTS and first == last:
        low, high = _PARTS[part]
        from_, to = start + timedelta(hours=low), start + timedelta(hours=high)
        if not named and from_ > now:
            from_, to = from_ - timedelta(days=1), to - timedelta(days=1)
    else:
        from_, to = start, datetime.combine(last, time(), SHANGHAI) + timedelta(days=1)
    if from_ <= now < to:
        to = now
    return from_, to, from_, True


def _at_clock(
    start: datetime,
    hour: tuple[int, int, bool],
    named: bool,
    about: bool,
    now: datetime,
    base: _Said | None,
    everything: list[_Said],
) -> tuple[datetime, datetime, datetime, bool]:
    if base is not None:  # a bare clock belongs to the date said before it, where that is no date header of another day
        day = _day(base, everything, now)
        if day and day[0] == day[1]:
            start, named = datetime.combine(day[0], time(), SHANGHAI), True
    at = start + timedelta(hours=hour[0], minutes=hour[1])
    vague = about
    if hour[2]:
        later = at + timedelta(hours=12) if hour[0] < 12 else at
        if later <= now + SLACK:
            at, vague = later, True
    if not named and at > now + SLACK:
        at -= timedelta(days=1)
        if hour[2] and at + timedelta(hours=12) <= now + SLACK and hour[0] < 12:
            at, vague = at + timedelta(hours=12), True
    spread = timedelta(minutes=15) if about else timedelta()
    return at - spread, at + spread, at, vague


def _ago(word: str, now: datetime) -> tuple[datetime, datetime, datetime, bool] | None:
    pieces = re.match(r"(半|\d{1,3}|[一二三四五六七八九十两几]{1,3})(个)?(半)?(多)?(小时|分钟|钟头|刻钟|天|日)", word)
    if not pieces:
        return None
    unit = {"小时": 60, "钟头": 60, "分钟": 1, "刻钟": 15, "天": 1440, "日": 1440}[pieces[5]]
    number = 0.5 if pieces[1] == "半" else 3 if "几" in pieces[1] else _number(pieces[1])
    if number is None:
        return None
    minutes = (number + (0.5 if pieces[3] else 0)) * unit
    at = now - timedelta(minutes=minutes)
    spread = timedelta(minutes=max(minutes * 0.25, 1) if unit < 1440 else 720)
    return at - spread, min(at + spread, now), at, True
