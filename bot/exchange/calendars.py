"""A duty roster that is kept as a calendar: each event is a turn, its title who and perhaps as what (主班 赵值班)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.exchange.tables import MOST_BYTES, MOST_ROWS, BadFile
from plans.roster import Turn
from plans.roster.duty import FIRST, KINDS

ZONE = ZoneInfo("Asia/Shanghai")
WHOLE_DAY = time(8)
"""本地规定: an event of whole days begins and ends with the shift at eight."""


def turns_of(content: bytes) -> list[Turn]:
    """Return the turns of an iCalendar file; repeated events are not unfolded: an office exports single ones.

    Raises:
        BadFile: it is none, or too large, or an event repeats.
    """
    import icalendar

    if len(content) > MOST_BYTES:
        raise BadFile("文件太大，应在10 MB以内")
    try:
        calendar = icalendar.Calendar.from_ical(content)
        events = calendar.walk("VEVENT")
    except (ValueError, IndexError, KeyError) as problem:
        raise BadFile(f"不是iCalendar日历（{problem}）") from None
    if len(events) > MOST_ROWS:
        raise BadFile(f"日历超过{MOST_ROWS}个事项")
    turns = []
    for event in events:
        title = str(event.get("SUMMARY", "")).strip()
        if "RRULE" in event:
            raise BadFile(f"“{title[:30]}”是重复事项，请先在日历里展开成单次的再导出")
        begins, ends = _moment(event.get("DTSTART")), _moment(event.get("DTEND"))
        if begins is None or not title:
            raise BadFile(f"“{title[:30] or '无标题的事项'}”没有写明谁或什么时候")
        ends = ends if ends is not None and ends > begins else begins + timedelta(days=1)
        kind = next((kind for kind in KINDS if title.startswith(kind)), FIRST)
        turns.append(Turn(begins, ends, kind, title.removeprefix(kind).strip(" ：:")[:30]))
    return sorted(turns, key=lambda turn: (turn.begins, turn.kind, turn.name))


def _moment(value: object) -> datetime | None:
    found = getattr(value, "dt", None)
    if isinstance(found, datetime):
        return found.replace(tzinfo=ZONE) if found.tzinfo is None else found.astimezone(ZONE)
    return datetime.combine(found, WHOLE_DAY, ZONE) if isinstance(found, date) else None
