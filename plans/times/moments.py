"""A moment as people write it in a command: ahead (明天8点, 11月27日8时, 24小时, 3天), or past (10:20); or ISO 8601."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo

from plans.times import BEIJING

_SPAN = re.compile(r"^(\d{1,3})\s*(小时|个小时|天|日)$")
_TIME = r"(?P<hour>\d{1,2})(?:[:：](?P<minute>\d{2})|[点时](?:(?P<half>半)|(?P<minute2>\d{1,2})分?)?)"
_DATE = r"(?:(?P<year>\d{4})[-年/])?(?P<month>\d{1,2})[-月/](?P<day>\d{1,2})[日号]?"
_DAY = rf"(?:(?P<word>今天|今晚|明天|明早|后天)|{_DATE})"
_MOMENT = re.compile(rf"^{_DAY}?\s*(?:{_TIME})?$")
_PAST = re.compile(r"^(?:(\d{1,2})月(\d{1,2})日)?(\d{1,2})[:：时点](\d{1,2})?分?$")
_AHEAD = {"今天": 0, "今晚": 0, "明天": 1, "明早": 1, "后天": 2}


def moment_ahead(text: str, now: datetime) -> datetime | None:
    """Return the moment that a text names, in the zone of ``now``; None when it names none or one that is over.

    A time without a day is the next such time; a day without a time is its end; a day without a year is the next one.

    Args:
        now: aware, in the zone that the text is in.
    """
    text = text.strip()
    if span := _SPAN.match(text):
        length = int(span[1])
        return now + (timedelta(hours=length) if "小时" in span[2] else timedelta(days=length))
    match = _MOMENT.match(text)
    if not text or match is None:
        return None
    try:
        return _named(match, now)
    except ValueError:  # 13月, 25点
        return None


def _named(match: re.Match[str], now: datetime) -> datetime | None:
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    dated = match["word"] is not None or match["month"] is not None
    if match["word"]:
        day += timedelta(days=_AHEAD[match["word"]])
    elif match["month"]:
        day = day.replace(year=int(match["year"] or now.year), month=int(match["month"]), day=int(match["day"]))
        if match["year"] is None and day.date() < now.date():
            day = day.replace(year=now.year + 1)
    if match["hour"] is None:
        ends = day + timedelta(days=1)
        return ends if ends > now else None
    minute = 30 if match["half"] else int(match["minute"] or match["minute2"] or 0)
    hour = int(match["hour"])
    if match["word"] == "今晚" and hour < 12:
        hour += 12
    if minute > 59 or hour > 24:
        return None
    moment = day + timedelta(hours=hour, minutes=minute)
    if not dated and moment <= now:
        moment += timedelta(days=1)
    return moment if moment > now else None


def moment_past(word: str, now: datetime) -> datetime | None:
    """Return the moment of 10:20, 10时20分 or 3月2日10:20, never tomorrow's; None where a word is none."""
    match = _PAST.match(word)
    if match is None:
        return None
    month, day, hour, minute = (int(part) if part else None for part in match.groups())
    local = now.astimezone(BEIJING)
    try:
        at = local.replace(hour=hour or 0, minute=minute or 0, second=0, microsecond=0)
        if month and day:
            return at.replace(month=month, day=day)
    except ValueError:
        return None
    # 23:58 noted at 00:05 was yesterday.
    return at - timedelta(days=1) if at > local + timedelta(hours=1) else at


def instant(value: str | datetime, zone: tzinfo) -> datetime:
    """Return an instant in UTC; raise ValueError.

    Args:
        zone: of one that says none.
    """
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    try:
        return (moment if moment.tzinfo is not None else moment.replace(tzinfo=zone)).astimezone(UTC)
    except OverflowError as error:
        raise ValueError("instant") from error
