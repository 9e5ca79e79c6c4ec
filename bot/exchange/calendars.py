"""A duty roster that is kept as a calendar: each event is a turn, its title who and perhaps as what (主班 赵值班)."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from bot.exchange.series import AHEAD, NotUnfolded, Series
from bot.exchange.stumbling import stumbled
from bot.exchange.tables import MOST_BYTES, MOST_ROWS, BadFile, decoded
from plans.cells import legible, plain
from plans.directory.numbers import number_of
from plans.roster import Problem, Reading, Turn
from plans.roster.duty import FIRST
from plans.roster.people import Named, people_of
from plans.times.days import FIRST_YEAR, LAST_YEAR
from plans.times.hours import WHOLE, WORDS, Shifts, shift_named

ZONE = ZoneInfo("Asia/Shanghai")
WHOLE_DAY = time(8)
"""本地规定: an event of whole days begins and ends with the shift at eight."""

DUTY = "X-TOCSIN-DUTY"
"""Marks what a calendar of ours shows beside turns; see ``bot.exchange.published``."""

LONGEST_TURN = timedelta(days=62)
MOST_TURNS = 5_000
SHOWN = 30

_WORDS = "|".join(sorted((word for words in WORDS.values() for word in words if len(word) > 1), key=len, reverse=True))
_SHIFT = re.compile(rf"\s*({_WORDS})(?=[\s:：,，、(（]|\Z)[\s:：,，、]*|[（(]\s*({_WORDS})\s*[）)]")
_FOLD = re.compile(rb"\r?\n[ \t]")
_PHONE = re.compile(r"\s*(?:联系)?电话\s*[:：]\s*(\S[^\n]*?)\s*\Z")
_OURS = re.compile(r"北京|Beijing|Shanghai|China|Chongqing|PRC|[+]0?8(?::?00)?\b", re.I)


class _Event(NamedTuple):
    """An event of the calendar, or one day of those on which it repeats."""

    number: int
    title: str
    component: Any


def turns_of(content: bytes, now: datetime, area_code: str = "") -> Reading:
    """Return the turns of an iCalendar file; what of it is none is named.

    Args:
        now: aware; events that repeat are unfolded from two months before to 400 days ahead.
        area_code: of the place, for telephone numbers without theirs.

    Raises:
        BadFile: it is none, or too large.
    """
    if len(content) > MOST_BYTES:
        raise BadFile("文件太大，应在10 MB以内")
    calendars = _calendars(content)
    turns: list[Turn] = []
    problems: list[Problem] = []
    unread: list[str] = []
    for event in _events(calendars, now, problems, unread):
        try:
            turns += _turns(event, area_code)
        except ValueError as problem:
            problems.append(Problem(line=event.number, text=f"“{_short(event.title)}”{problem}"))
        if len(turns) > MOST_TURNS:
            raise BadFile(f"日历超过{MOST_TURNS}条值班安排，请分月导出")
    if not turns and not problems and not unread:
        raise BadFile("日历里没有事项")
    turns.sort(key=lambda turn: (turn.begins, turn.kind, turn.name))
    notes = tuple(dict.fromkeys(unread))
    return Reading(turns=tuple(dict.fromkeys(turns)), problems=tuple(dict.fromkeys(problems)), unread=notes)


def _calendars(content: bytes) -> list[Any]:
    import icalendar

    if content[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        content = _FOLD.sub(b"", content)  # before it is decoded: a line may be folded within a character
    text = decoded(content, "读不出文字，日历应为 UTF-8 编码的 .ics")
    if "BEGIN:VCALENDAR" not in text[:2000].upper():
        raise BadFile("不是iCalendar日历，应为 .ics 文件")
    if text.upper().count("BEGIN:VEVENT") > MOST_ROWS:
        raise BadFile(f"日历超过{MOST_ROWS}个事项")
    if text.upper().count("BEGIN:VEVENT") != text.upper().count("END:VEVENT"):
        raise BadFile("日历文件坏了或没有传完，请重新导出")
    try:
        with warnings.catch_warnings(action="ignore"):
            calendars = icalendar.Calendar.from_ical(text.lstrip("\ufeff"), multiple=True)
    except Exception as problem:  # the library raises whatever a spoilt file makes it stumble over
        stumbled("ics", problem)
        raise BadFile("日历文件坏了，读不了；请重新导出 .ics") from None
    return list(calendars)


def _events(calendars: Sequence[Any], now: datetime, problems: list[Problem], unread: list[str]) -> Iterator[_Event]:
    """Yield the events that take place, each as often as it does."""
    gone, latest = _cancelled(calendars), _latest(calendars)
    number = 0
    for calendar in calendars:
        if _is_cancelling(calendar):
            unread.append("取消通知（METHOD:CANCEL）里的事项没有读")
            continue
        if others := len(calendar.walk("VTODO")) + len(calendar.walk("VJOURNAL")):
            unread.append(f"{others}个待办或日志没有读")
        events, series = calendar.walk("VEVENT"), Series(calendar)
        for event in events:
            number += 1
            entry = _Event(number, _title(event), event)
            if DUTY in event:
                unread.append(f"是职责，不是值班，没有读：{_short(entry.title)}")
            elif _is_gone(event, gone):
                unread.append(f"已取消，没有读：{_short(entry.title)}")
            elif _is_superseded(event, latest):
                unread.append(f"后来改过，旧的没有读：{_short(entry.title)}")
            elif not series.holds(event):
                yield entry
            elif "RECURRENCE-ID" not in event:
                yield from _unfolded(series, entry, now, gone, problems, unread)


def _unfolded(
    series: Series, event: _Event, now: datetime, gone: dict[str, set[str]], problems: list[Problem], unread: list[str]
) -> Iterator[_Event]:
    """Yield an event for each day on which it takes place."""
    title = f"“{_short(event.title)}”"
    try:
        occurrences = series.unfolded(event.component, now)
    except NotUnfolded as reason:
        problems.append(Problem(line=event.number, text=f"{title}{reason}"))
        return
    if series.is_endless(event.component):
        unread.append(f"{title}一直重复，读到{(now + AHEAD).astimezone(ZONE):%Y-%m-%d}为止")
    if not occurrences:
        unread.append(f"{title}近两个月和以后400天里没有，没有读")
    for item in occurrences[:MOST_TURNS]:
        if not _is_gone(item, gone):
            yield _Event(event.number, _title(item), item)


def _turns(event: _Event, area: str) -> list[Turn]:
    """Return the turns of an event.

    Raises:
        ValueError: it does not say who or when.
    """
    begins, ends, whole = _times(event.component)
    shift, title = _shift_of(event.title)
    people = people_of(title, area)
    if not people:
        raise ValueError("没有写明谁值班")
    people = _with_phone(people, event.component, area)
    spans = [(begins, ends)]
    if whole and shift is not None and shift_named(shift) != WHOLE:
        hours = Shifts().hours(shift)
        days = (ends.date() - begins.date()).days
        spans = [hours.on(begins.date() + timedelta(days=number), ZONE) for number in range(days)]
    return [
        Turn(begin, end, one.kind or FIRST, one.name, one.phone, one.office) for begin, end in spans for one in people
    ]


def _shift_of(title: str) -> tuple[str | None, str]:
    match = _SHIFT.match(title) or next((item for item in _SHIFT.finditer(title) if item[2]), None)
    if match is None:
        return None, title
    return match[1] or match[2], f"{title[: match.start()]} {title[match.end() :]}".strip()


def _with_phone(people: list[Named], component: Any, area: str) -> list[Named]:
    """Return somebody with the telephone that stands in the description, as our own calendars have it."""
    match = _PHONE.match(plain(str(component.get("DESCRIPTION", ""))))
    if match is None or len(people) != 1 or people[0].phone:
        return people
    numbers = [number_of(part.strip(), area) for part in re.split(r"[、，;；]", match[1])]
    if not all(numbers):
        return people
    return [people[0]._replace(phone="、".join(item.text for item in numbers if item is not None))]


def _times(component: Any) -> tuple[datetime, datetime, bool]:
    """Return when an event begins and ends, and whether it is one of whole days."""
    start, end, lasts = component.get("DTSTART"), component.get("DTEND"), component.get("DURATION")
    begins = _moment(start)
    if begins is None:
        raise ValueError("没有写明什么时候，或日期不对（DTSTART）")
    whole = not isinstance(start.dt, datetime)
    length = _said(lasts)
    if "DTEND" in component:
        ends = _moment(end)
        if ends is None:
            raise ValueError("写错了到什么时候（DTEND）")
        if whole and ends == begins:
            ends = begins + timedelta(days=1)
    elif isinstance(length, timedelta):
        ends = _later(begins, length)
    elif whole and not _spoilt(component, "DTEND", "DURATION"):
        ends = _later(begins, timedelta(days=1))
    else:
        raise ValueError("没有写明到什么时候")
    if not timedelta(0) < ends - begins <= LONGEST_TURN:
        raise ValueError(f"从{begins:%Y-%m-%d %H:%M}到{ends:%Y-%m-%d %H:%M}，应由早到晚，最多{LONGEST_TURN.days}天")
    return begins, ends, whole


def _spoilt(component: Any, *names: str) -> bool:
    return any(str(item[0]).upper() in names for item in getattr(component, "errors", ()) if item)


def _later(begins: datetime, length: timedelta) -> datetime:
    try:
        return begins + length
    except OverflowError:
        raise ValueError("日期太远") from None


def _said(value: Any) -> Any:
    """Return what a property says, None where it is spoilt: the library keeps such a one and fails when it is read."""
    try:
        return getattr(value, "dt", None)
    except ValueError:
        return None


def _moment(value: Any) -> datetime | None:
    """Return a moment in Beijing's time, None where there is none that is sure."""
    moment = _said(value)
    if not isinstance(moment, date) or not FIRST_YEAR <= moment.year <= LAST_YEAR:
        return None
    if not isinstance(moment, datetime):
        return datetime.combine(moment, WHOLE_DAY, ZONE)
    if moment.tzinfo is not None:
        return moment.astimezone(ZONE)
    zone = str(getattr(value, "params", {}).get("TZID", ""))
    return None if zone and not _OURS.search(zone) else moment.replace(tzinfo=ZONE)


def _cancelled(calendars: Iterable[Any]) -> dict[str, set[str]]:
    """Return what is cancelled: for each event the days, an empty one for all of them."""
    days: dict[str, set[str]] = {}
    for calendar in calendars:
        for event in calendar.walk("VEVENT"):
            if _is_cancelling(calendar) or _status(event) == "CANCELLED":
                days.setdefault(_uid(event), set()).add(_which(event))
    days.pop("", None)
    return days


def _latest(calendars: Iterable[Any]) -> dict[str, int]:
    """Return the newest version of each event that does not repeat, where an event is there in several."""
    versions: dict[str, int] = {}
    for calendar in calendars:
        for event in calendar.walk("VEVENT"):
            if "RECURRENCE-ID" not in event:
                versions[_uid(event)] = max(versions.get(_uid(event), 0), _sequence(event))
    return versions


def _is_superseded(event: Any, latest: dict[str, int]) -> bool:
    return "RECURRENCE-ID" not in event and bool(_uid(event)) and _sequence(event) < latest.get(_uid(event), 0)


def _sequence(event: Any) -> int:
    number = str(event.get("SEQUENCE", "0"))
    return int(number) if number.isdecimal() else 0


def _is_gone(event: Any, gone: dict[str, set[str]]) -> bool:
    days = gone.get(_uid(event), set())
    return _status(event) == "CANCELLED" or "" in days or (bool(days) and _start(event) in days)


def _is_cancelling(calendar: Any) -> bool:
    return str(calendar.get("METHOD", "")).strip().upper() == "CANCEL"


def _status(event: Any) -> str:
    return str(event.get("STATUS", "")).strip().upper()


def _which(event: Any) -> str:
    moment = _moment(event.get("RECURRENCE-ID"))
    return moment.isoformat() if moment is not None else ""


def _start(event: Any) -> str:
    moment = _moment(event.get("RECURRENCE-ID")) or _moment(event.get("DTSTART"))
    return moment.isoformat() if moment is not None else "?"


def _uid(event: Any) -> str:
    return str(event.get("UID", ""))


def _title(event: Any) -> str:
    return plain(str(event.get("SUMMARY", ""))).strip()


def _short(title: str) -> str:
    text = " ".join(title.split())
    return (text if len(text) <= SHOWN else f"{text[:SHOWN]}…") or "无标题的事项"


def calendar_of(turns: Sequence[Turn], moment: datetime) -> bytes:
    """Return turns as an iCalendar file that a telephone or a mail program takes, and :func:`turns_of` too."""
    import icalendar

    calendar = icalendar.Calendar()
    calendar.add("PRODID", "-//Tocsin//roster//ZH")
    calendar.add("VERSION", "2.0")
    for number, turn in enumerate(turns):
        event = icalendar.Event()
        event.add("UID", f"{turn.begins:%Y%m%dT%H%M}-{number}@tocsin")
        event.add("DTSTAMP", moment)
        event.add("DTSTART", turn.begins)
        event.add("DTEND", turn.ends)
        event.add("SUMMARY", legible(f"{turn.kind} {turn.name}"))
        if turn.phone:
            event.add("DESCRIPTION", legible(f"电话：{turn.phone}"))
        calendar.add_component(event)
    return bytes(calendar.to_ical())
