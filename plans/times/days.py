"""The days that a cell of a duty roster names: 12月1日, 2026.12.2 星期三, 12月8日—14日, 十二月七日."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from plans.cells import Fault, Figure, plain

MOST_DAYS = 400
SHOWN = 30
FIRST_YEAR, LAST_YEAR = 2000, 2999
BACK = timedelta(days=180)
LAST_YEARS = timedelta(days=62)
"""A day without a year lies at most so far back, in last year still less, else it is the next one of its name."""
EXPECTED = "应写作 2026-11-27、11月27日，或 12-01至12-31 工作日"

_FIGURES = dict(zip("〇零○一二三四五六七八九", (0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_WRITTEN = re.compile(r"[〇零○一二三四五六七八九十廿卅元]+(?=[年月日号])")
_WEEKDAY = re.compile(
    r"[（(]?\s*(?:星期|周|礼拜)([一二三四五六日天])\s*[）)]?|[（(]\s*(?P<bare>[一二三四五六日天])\s*[）)]"
)
_FULL = re.compile(r"(?:(\d{4}|\d{2}(?=年))[-年/.])?(\d{1,2})[-月/.](\d{1,2})[日号]?(?:\s+0?0:00(?::00)?)?\Z")
_PACKED = re.compile(r"(20\d{2})(\d{2})(\d{2})\Z")
_DAY = re.compile(r"(\d{1,2})([日号]?)\Z")
_FILTER = re.compile(r"\s*[（(]?(工作日|节假日|周末|休息日|每天)[）)]?\Z")
_SPLIT = re.compile(r"至|到|~+|—+|–+|-+")
_NEXT_YEAR, _NEXT_MONTH = ("次年", "翌年", "明年"), ("次月", "下月")
_TITLE = re.compile(r"(?:(20\d{2})\s*年\s*(?:度\s*)?)?(?<![\d\-—–~至到、])(\d{1,2})\s*月(?!\s*\d)")
_DOTTED = re.compile(r"(?<!\d)(20\d{2})[-./](\d{1,2})(?![-./\d])")
_SEVERAL = re.compile(r"\d\s*月?\s*[-—–~至到、]\s*\d{1,2}\s*月(?!\s*\d)")
_YEAR = re.compile(r"(20\d{2})\s*年")


@dataclass(frozen=True, kw_only=True, slots=True)
class Month:
    """What the title of a table, or the name of its sheet, says of its days; None where it says nothing."""

    year: int | None = None
    month: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Days:
    """The days of a cell.

    Attributes:
        only: 工作日, 节假日 … of a span, empty = all of them.
        rest: what stands behind the days: a shift.
    """

    days: tuple[date, ...]
    only: str = ""
    rest: str = ""


class Disagreement(ValueError):
    """A date and the weekday beside it are two days; in words."""


def month_of(titles: Iterable[str]) -> Month:
    """Return the month that titles name: 2026年12月值班表; what they name differently is left open."""
    years, months = set(), set()
    for title in titles:
        text = _in_figures(plain(title))
        if _SEVERAL.search(text):
            months |= {0, 13}
        years |= {int(year) for year in _YEAR.findall(text)}
        months |= {int(groups[1]) for groups in _TITLE.findall(text)}
        for year, month in _DOTTED.findall(text):
            years.add(int(year))
            months.add(int(month))
    month = months.pop() if len(months) == 1 else None
    return Month(year=years.pop() if len(years) == 1 else None, month=month if month and month <= 12 else None)


def days_of(text: str, today: datetime, month: Month) -> Days:
    """Return the days that a cell names.

    Args:
        today: aware; a day without a year is the one nearest ahead of half a year ago, unless the title says the year.

    Raises:
        ValueError: it names none, or it is not sure which; with what was expected.
    """
    if isinstance(text, Fault):
        raise ValueError(f"日期一格{text}")
    if isinstance(text, Figure):
        return _figure(text, today, month)
    words = re.sub(r" ?([年月]) ?|(?<=\d) (?=[日号])", r"\1", re.sub(r"\s+", " ", plain(text)).strip())
    only = _FILTER.search(words)
    bare = _in_figures(words[: only.start()] if only else words)
    for end in range(len(bare), 0, -1):
        if end < len(bare) and (bare[end].isdigit() or bare[end] in "日号月年"):
            continue  # no part of a date is a shift
        days = _listed(bare[:end].strip(" ，,"), today, month)
        if days is not None:
            return Days(days=days, only=only[1] if only else "", rest=bare[end:].strip(" ，,（()）"))
    if (full := _FULL.match(_without_weekday(bare)[1])) is not None:
        raise ValueError(f"没有“{text[:SHOWN]}”这一天，请核对；{EXPECTED}" if _never(full) else str(_unclear(text)))
    raise _unclear(text)


def _never(full: re.Match[str]) -> bool:
    """Return whether a date with a month and a day is in no year."""
    return _valid(_year(full[1]) or 2024, int(full[2]), int(full[3])) is None


def _unclear(text: str) -> ValueError:
    return ValueError(f"日期“{text[:SHOWN]}”看不懂，{EXPECTED}")


def _figure(text: str, today: datetime, month: Month) -> Days:
    """Return the day of a cell that is a number: only a day of the title's month is sure."""
    if text.isdigit() and int(text) <= 31 and month.month is not None:
        day = _dated(None, month.month, int(text), today, month)
        if day is not None:
            return Days(days=(day,))
    if text.isdigit() and (packed := _PACKED.match(text)):
        day = _dated(int(packed[1]), int(packed[2]), int(packed[3]), today, month)
        if day is not None:
            return Days(days=(day,))
    whole, _, part = text.partition(".")
    meant = f"可能是{whole}月{part}日，也可能是{whole}月{part}0日；" if len(part) == 1 and part in "123" else ""
    raise ValueError(f"日期“{text[:SHOWN]}”在表格里是数字，{meant}请把这一格改成日期或文字，{EXPECTED}")


def _in_figures(text: str) -> str:
    return _WRITTEN.sub(lambda match: _number(match[0]), text)


def _number(word: str) -> str:
    if word == "元":
        return "1"
    word = word.replace("廿", "二十").replace("卅", "三十")
    if "十" not in word:
        return "".join(str(_FIGURES.get(char, "")) for char in word)
    tens, _, ones = word.partition("十")
    if len(tens) > 1 or len(ones) > 1 or "十" in ones or "元" in word:
        return word
    return str(10 * (_FIGURES[tens] if tens else 1) + (_FIGURES[ones] if ones else 0))


def _listed(text: str, today: datetime, month: Month) -> tuple[date, ...] | None:
    """Return the days of 12月9日、10日 or of a span, each once."""
    dates: list[date] = []
    for part in re.split(r"\s*[、，,;；和]\s*", text):
        days = _single_or_span(part, today, month, dates[-1] if dates else None)
        if days is None:
            return None
        dates += days
    return tuple(dict.fromkeys(dates))


def _single_or_span(text: str, today: datetime, month: Month, before: date | None) -> list[date] | None:
    day = _date(text, today, month, before)
    if day is not None:
        return [day]
    spans = set()
    for sign in _SPLIT.finditer(text):
        left, right = text[: sign.start()].strip(), text[sign.end() :].strip()
        first = _date(left, today, month, before, end=right)
        last = _last(right, left, first, today, month) if first is not None else None
        if first is not None and last is not None:
            spans.add((first, last))
    if len(spans) != 1:
        return None
    first, last = spans.pop()
    if not timedelta(0) <= last - first <= timedelta(days=MOST_DAYS):
        raise ValueError(f"日期“{text[:SHOWN]}”应由早到晚，最多{MOST_DAYS}天")
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _last(text: str, left: str, first: date, today: datetime, month: Month) -> date | None:
    """Return the end of a span: the same year and month as its beginning, where it does not say."""
    years = 1 if text.startswith(_NEXT_YEAR) else 0
    months = 1 if text.startswith(_NEXT_MONTH) else 0
    text = text[2:].strip() if years or months else text
    weekday, bare = _without_weekday(text)
    if (day := _DAY.match(bare)) is not None:
        if "-" in left and not day[2]:
            return None  # 12-1-7 is no span for sure
        index = 12 * first.year + first.month - 1 + months
        end = _valid(index // 12, index % 12 + 1, int(day[1]))
    else:
        full = _FULL.match(bare)
        if full is None:
            return None
        year = _year(full[1])
        end = _valid(year or first.year + years, int(full[2]), int(full[3]))
        if end is not None and year is None and not years and end < first and int(full[2]) < first.month:
            end = _valid(first.year + 1, int(full[2]), int(full[3]))
    return _agrees(end, weekday, text)


def _date(text: str, today: datetime, month: Month, before: date | None, end: str = "") -> date | None:
    """Return a single day.

    Args:
        before: the day named before it, whose month holds on. end: of the span that it begins.
    """
    weekday, bare = _without_weekday(text)
    if (packed := _PACKED.match(bare)) is not None:
        return _agrees(_dated(int(packed[1]), int(packed[2]), int(packed[3]), today, month), weekday, text)
    if (full := _FULL.match(bare)) is not None:
        return _agrees(_dated(_year(full[1]), int(full[2]), int(full[3]), today, month), weekday, text)
    day = _DAY.match(bare)
    if day is None or not (day[2] or (not end and month.month) or end.rstrip(" ）)").endswith(("日", "号"))):
        return None
    if before is not None:
        return _agrees(_valid(before.year, before.month, int(day[1])), weekday, text)
    if month.month is None:
        return None
    return _agrees(_dated(None, month.month, int(day[1]), today, month), weekday, text)


def _without_weekday(text: str) -> tuple[str, str]:
    match = _WEEKDAY.search(text)
    if match is None:
        return "", text.strip()
    return (match[1] or match["bare"]).replace("天", "日"), f"{text[: match.start()]}{text[match.end() :]}".strip()


def _agrees(day: date | None, weekday: str, text: str) -> date | None:
    if day is not None and weekday and "一二三四五六日"[day.weekday()] != weekday:
        raise Disagreement(f"日期“{text[:SHOWN]}”：{day.isoformat()}是星期{'一二三四五六日'[day.weekday()]}，请核对")
    return day


def is_on(day: date, weekday: str) -> bool:
    """Return whether a day is the weekday that another column says (星期三, 周三, 三), or that column says none."""
    match = re.fullmatch(r"(?:星期|周|礼拜)?([一二三四五六日天])", re.sub(r"\s+", "", plain(weekday)).strip("（()）"))
    return match is None or "一二三四五六日"[day.weekday()] == match[1].replace("天", "日")


def _year(text: str | None) -> int | None:
    if text is None:
        return None
    return int(text) if len(text) == 4 else 2000 + int(text)


def _dated(year: int | None, month: int, day: int, today: datetime, title: Month) -> date | None:
    if year is not None:
        return _valid(year, month, day)
    if title.year is not None:
        away = month - title.month if title.month is not None else 0
        return _valid(title.year + (1 if away < -6 else -1 if away > 6 else 0), month, day)
    for number in range(today.year - 1, today.year + 9):  # the next 29 February may be years ahead
        candidate = _valid(number, month, day)
        if candidate is not None and candidate >= today.date() - (LAST_YEARS if number < today.year else BACK):
            return candidate
    return None


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        return None
