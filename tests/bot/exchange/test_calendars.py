"""Rosters that are kept as calendars: each event says the turns that were meant, or what was not read."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.exchange.calendars import calendar_of, turns_of
from bot.exchange.tables import BadFile
from plans.roster import Turn

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 29, 10, tzinfo=ZONE)
DAY = "DTSTART;VALUE=DATE:20261201"
WHOLE = "12-01 08:00–12-02 08:00"


def calendar(*events: str, head: str = "", zone: str = "") -> str:
    inner = "".join(
        f"BEGIN:VEVENT\r\nUID:{number}@x\r\nDTSTAMP:20261101T000000Z\r\n{event}\r\nEND:VEVENT\r\n"
        for number, event in enumerate(events)
    )
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//CN\r\n{head}{zone}{inner}END:VCALENDAR\r\n"


def read(*events: str, **more: str):
    return turns_of(calendar(*events, **more).encode(), NOW, "0356")


def shown(reading):
    return [
        f"{turn.begins:%m-%d %H:%M}–{turn.ends:%m-%d %H:%M} {turn.kind} {turn.name} {turn.phone}".rstrip()
        for turn in reading.turns
    ]


@pytest.mark.parametrize(
    ("times", "wanted"),
    [
        ("DTSTART:20261127T120000Z\r\nDTEND:20261128T000000Z", "11-27 20:00–11-28 08:00"),
        (DAY, WHOLE),
        (f"{DAY}\r\nDTEND;VALUE=DATE:20261202", WHOLE),
        (f"{DAY}\r\nDTEND;VALUE=DATE:20261201", WHOLE),
        (f"{DAY}\r\nDTEND;VALUE=DATE:20261204", "12-01 08:00–12-04 08:00"),
        (f"{DAY}\r\nDURATION:P3D", "12-01 08:00–12-04 08:00"),
        ("DTSTART;TZID=Asia/Shanghai:20261201T200000\r\nDURATION:PT12H", "12-01 20:00–12-02 08:00"),
        ("DTSTART:20261201T200000\r\nDTEND:20261202T080000", "12-01 20:00–12-02 08:00"),
        ("DTSTART;TZID=China Standard Time:20261201T200000\r\nDURATION:PT12H", "12-01 20:00–12-02 08:00"),
        ("DTSTART;TZID=Asia/Tokyo:20261201T210000\r\nDURATION:PT12H", "12-01 20:00–12-02 08:00"),
    ],
)
def test_an_event_is_a_turn_in_beijings_time(times, wanted):
    found = read(f"{times}\r\nSUMMARY:赵值班")
    assert (shown(found), found.problems) == ([f"{wanted} 主班 赵值班"], ())


@pytest.mark.parametrize(
    "times",
    [
        "DTSTART:20261201T080000Z",
        "DTSTART:20261201T080000Z\r\nDTEND:20261201T080000Z",
        "DTSTART:20261202T080000Z\r\nDTEND:20261201T080000Z",
        "DTSTART:sometime\r\nDTEND:20261201T080000Z",
        "DTSTART:20261301T080000Z\r\nDTEND:20261302T080000Z",
        "DTSTART:20261201T240000\r\nDTEND:20261202T080000",
        "DTSTART:20261201T080000\r\nDTEND:20261201T240000",
        "DTSTART:20261201T080000Z\r\nDTEND:never",
        f"{DAY}\r\nDURATION:soon",
        "DTSTART:99991231T235959Z\r\nDTEND:99991231T235959Z",
        "DTSTART;VALUE=DATE:99991231",
        f"{DAY}\r\nDURATION:P99999D",
        "DTSTART;TZID=Mars/Base:20261201T080000\r\nDURATION:PT12H",
        "",
    ],
)
def test_a_time_that_is_not_sure_is_asked(times):
    found = read(f"{times}\r\nSUMMARY:赵值班" if times else "SUMMARY:赵值班")
    assert found.turns == () and [item.line for item in found.problems] == [1]
    assert "赵值班" in found.problems[0].text
    assert "property" not in found.problems[0].text


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("赵值班", ["主班 赵值班"]),
        ("主班 赵值班、钱值班", ["主班 赵值班", "主班 钱值班"]),
        ("值班：李值班", ["主班 李值班"]),
        ("带班领导:孙主任\\; 值班员:赵值班", ["主班 赵值班", "带班领导 孙主任"]),
        ("赵值班（主班）", ["主班 赵值班"]),
        ("主班\\, 赵值班", ["主班 赵值班"]),
        ("主班张 三 副班李四", ["主班 张三", "副班 李四"]),
        ("主班 赵值班\\n副班 钱值班", ["主班 赵值班", "副班 钱值班"]),
        ("副班：钱值班", ["副班 钱值班"]),
        ("王　伟", ["主班 王伟"]),
        ("\u200b赵值班", ["主班 赵值班"]),
        ("赵值班 0356-2250777", ["主班 赵值班 0356-2250777"]),
        ("全天 赵值班", ["主班 赵值班"]),
    ],
)
def test_a_title_says_who_and_as_what(title, wanted):
    found = read(f"{DAY}\r\nSUMMARY:{title}")
    assert (shown(found), found.problems) == ([f"{WHOLE} {item}" for item in wanted], ())


@pytest.mark.parametrize(
    "title", ["主班", "", "全体会议", "国庆节放假", "<b>赵</b>", "=1+1", "王", "2026-12-01", "赵值班（李四代）"]
)
def test_a_title_that_names_nobody_is_asked(title):
    found = read(f"{DAY}\r\nSUMMARY:{title}")
    assert found.turns == () and len(found.problems) == 1


@pytest.mark.parametrize("title", ["夜班 赵值班", "夜班：赵值班", "赵值班（夜班）"])
def test_the_shift_in_a_title_is_the_hours_of_a_whole_day(title):
    assert shown(read(f"{DAY}\r\nSUMMARY:{title}")) == ["12-01 20:00–12-02 08:00 主班 赵值班"]
    timed = "DTSTART;TZID=Asia/Shanghai:20261201T173000\r\nDURATION:PT15H"
    assert shown(read(f"{timed}\r\nSUMMARY:{title}")) == ["12-01 17:30–12-02 08:30 主班 赵值班"]


def test_what_is_cancelled_is_not_read_and_named():
    found = read(f"{DAY}\r\nSUMMARY:赵值班\r\nSTATUS:CANCELLED", f"{DAY}\r\nSUMMARY:钱值班\r\nSTATUS:CONFIRMED")
    assert shown(found) == [f"{WHOLE} 主班 钱值班"] and found.unread == ("已取消，没有读：赵值班",)
    notice = read(f"{DAY}\r\nSUMMARY:赵值班", head="METHOD:CANCEL\r\n")
    assert notice.turns == () and "METHOD:CANCEL" in notice.unread[0]


def test_several_calendars_are_one_roster_and_a_notice_takes_its_events_away():
    both = calendar(f"{DAY}\r\nSUMMARY:赵值班", "DTSTART;VALUE=DATE:20261202\r\nSUMMARY:钱值班")
    other = calendar("DTSTART;VALUE=DATE:20261203\r\nSUMMARY:李值班").replace("0@x", "9@x")
    cancelled = calendar(f"{DAY}\r\nSUMMARY:赵值班", head="METHOD:CANCEL\r\n")
    found = turns_of((both + other).encode(), NOW)
    assert [turn.name for turn in found.turns] == ["赵值班", "钱值班", "李值班"]
    found = turns_of((both + cancelled).encode(), NOW)
    assert [turn.name for turn in found.turns] == ["钱值班"] and len(found.unread) == 2


def days(reading):
    return [f"{turn.begins:%m-%d}" for turn in reading.turns]


@pytest.mark.parametrize(
    ("more", "wanted"),
    [
        ("RRULE:FREQ=DAILY;INTERVAL=7;COUNT=3", ["12-01", "12-08", "12-15"]),
        ("RRULE:FREQ=WEEKLY;BYDAY=TU;UNTIL=20261216T000000Z", ["12-01", "12-08", "12-15"]),
        ("RRULE:FREQ=WEEKLY;BYDAY=TU,SA;COUNT=4", ["12-01", "12-05", "12-08", "12-12"]),
        ("RRULE:FREQ=WEEKLY;COUNT=3\r\nEXDATE;TZID=Asia/Shanghai:20261208T080000", ["12-01", "12-15"]),
        ("RDATE;TZID=Asia/Shanghai:20261208T080000,20261215T080000", ["12-01", "12-08", "12-15"]),
        ("RRULE:FREQ=DAILY;COUNT=3\r\nEXDATE:20261202T000000Z", ["12-01", "12-03"]),
        ("RRULE:FREQ=DAILY;COUNT=3\r\nEXDATE;VALUE=DATE:20261202", ["12-01", "12-03"]),
        ("RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=2", ["12-01", "12-31", "01-29"]),
    ],
)
def test_events_that_repeat_are_unfolded(more, wanted):
    begins = "DTSTART;TZID=Asia/Shanghai:20261201T080000\r\nDURATION:P1D"
    found = read(f"{begins}\r\n{more}\r\nSUMMARY:赵值班")
    assert (days(found), found.problems) == (wanted, ())


def test_one_day_of_a_series_may_be_anothers_or_nobodys():
    series = f"{DAY}\r\nRRULE:FREQ=DAILY;COUNT=4\r\nSUMMARY:赵值班"
    text = calendar(series)
    other = (
        "BEGIN:VEVENT\r\nUID:0@x\r\nDTSTAMP:20261101T000000Z\r\nRECURRENCE-ID;VALUE=DATE:20261202\r\n"
        "DTSTART;VALUE=DATE:20261202\r\nSUMMARY:钱值班\r\nEND:VEVENT\r\n"
    )
    none = other.replace("20261202", "20261203").replace("SUMMARY:钱值班", "SUMMARY:赵值班\r\nSTATUS:CANCELLED")
    found = turns_of(text.replace("END:VCALENDAR", other + none + "END:VCALENDAR").encode(), NOW)
    assert [(f"{turn.begins:%m-%d}", turn.name) for turn in found.turns] == [
        ("12-01", "赵值班"), ("12-02", "钱值班"), ("12-04", "赵值班"),
    ]  # fmt: skip
    assert found.unread == ("已取消，没有读：赵值班",)


def moved(id_: str, when: str, name: str, more: str = "") -> str:
    """Return one time of a series as a program changed it."""
    return (
        f"BEGIN:VEVENT\r\nUID:0@x\r\nDTSTAMP:20261101T000000Z\r\nRECURRENCE-ID{more};TZID=Asia/Shanghai:{id_}\r\n"
        f"DTSTART;TZID=Asia/Shanghai:{when}\r\nDURATION:PT12H\r\nSUMMARY:{name}\r\nEND:VEVENT\r\n"
    )


@pytest.mark.parametrize(
    ("series", "other", "wanted"),
    [
        (True, moved("20261202T200000", "20261210T200000", "赵值班"), ["12-01 赵值班", "12-03 赵值班", "12-10 赵值班"]),
        (True, moved("20261202T200000", "20261202T200000", "钱值班", ";RANGE=THISANDFUTURE"),
         ["12-01 赵值班", "12-02 钱值班", "12-03 钱值班"]),
        (False, moved("20261202T200000", "20261202T200000", "钱值班"), ["12-02 钱值班"]),
    ],
    ids=["another day", "from that day on", "without its series"],
)  # fmt: skip
def test_a_time_of_a_series_may_be_another(series, other, wanted):
    whole = "DTSTART;TZID=Asia/Shanghai:20261201T200000\r\nDURATION:PT12H\r\nRRULE:FREQ=DAILY;COUNT=3\r\nSUMMARY:赵值班"
    text = calendar(*([whole] if series else [])).replace("END:VCALENDAR", f"{other}END:VCALENDAR")
    found = turns_of(text.encode(), NOW)
    assert [f"{turn.begins:%m-%d} {turn.name}" for turn in found.turns] == wanted


def test_series_of_long_ago_are_counted_only_so_far():
    old = "DTSTART;TZID=Asia/Shanghai:19900101T200000\r\nDURATION:PT12H\r\nRRULE:FREQ=DAILY\r\nSUMMARY:赵值班"
    found = read(*[old] * 12)
    assert len(found.turns) and len(found.problems) == 5 and "重复得太久" in found.problems[0].text
    past = "DTSTART;TZID=Asia/Shanghai:20200101T200000\r\nDURATION:PT12H\r\nRRULE:FREQ=DAILY;COUNT=2\r\nSUMMARY:赵值班"
    assert not read(*[past] * 200).problems


def test_a_series_without_end_is_bounded_and_one_that_rings_every_minute_is_refused():
    found = read(f"{DAY}\r\nRRULE:FREQ=DAILY\r\nSUMMARY:赵值班")
    assert 380 < len(found.turns) <= 401 and "一直重复，读到" in found.unread[0]
    for rule in ("FREQ=SECONDLY", "FREQ=MINUTELY;COUNT=9", "FREQ=DAILY;BYHOUR=1,2,3,4,5,6,7,8,9,10", "FREQ=NEVER"):
        refused = read(f"{DAY}\r\nRRULE:{rule}\r\nSUMMARY:赵值班")
        assert len(refused.turns) <= 1 and (refused.problems or refused.turns == ()), rule


def test_a_calendar_of_any_chinese_program():
    text = calendar(f"{DAY}\r\nSUMMARY:赵值班")
    for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16"):
        assert shown(turns_of(text.encode(encoding), NOW)) == [f"{WHOLE} 主班 赵值班"]


def test_what_is_no_calendar_or_was_cut_is_said():
    whole = calendar(f"{DAY}\r\nSUMMARY:赵值班").encode()
    for content, wanted in (
        (b"nonsense", "不是iCalendar"),
        (calendar().encode(), "没有事项"),
        (whole[: whole.index(b"END:VEVENT")], "坏了或没有传完"),
        (b"x" * 11_000_000, "10 MB"),
    ):
        with pytest.raises(BadFile, match=wanted):
            turns_of(content, NOW)


def test_todos_are_named():
    todo = "BEGIN:VTODO\r\nUID:t\r\nDTSTAMP:20261101T000000Z\r\nSUMMARY:交接\r\nEND:VTODO\r\n"
    found = read(f"{DAY}\r\nSUMMARY:赵值班", zone=todo)
    assert found.unread == ("1个待办或日志没有读",) and len(found.turns) == 1


def test_what_goes_out_comes_in_the_same():
    begin = datetime(2026, 12, 1, 20, tzinfo=ZONE)
    turns = [
        Turn(begin, begin.replace(day=2, hour=8), "主班", "赵值班", "0356-2250777转8"),
        Turn(begin, begin.replace(day=2, hour=8), "带班领导", "孙主任"),
        Turn(begin.replace(day=5), begin.replace(day=8), "副班", "阿卜杜拉·买买提", "0356-2250777、13800000001"),
    ]
    back = turns_of(calendar_of(turns, NOW), NOW, "0356")
    assert (list(back.turns), back.problems, back.unread) == (sorted(turns, key=lambda t: (t.begins, t.kind)), (), ())


def test_a_line_that_is_folded_within_a_character_is_put_together():
    text = calendar(f"{DAY}\r\nSUMMARY:主班 赵值班、钱值班").encode()
    for place in range(text.index("主".encode()) + 1, text.index(b"\r\nEND:VEVENT")):
        folded = text[:place] + b"\r\n " + text[place:]
        assert shown(turns_of(folded, NOW)) == [f"{WHOLE} 主班 赵值班", f"{WHOLE} 主班 钱值班"]


def test_an_event_that_was_changed_later_is_read_as_it_is_now():
    old, new = (f"{DAY}\r\nSEQUENCE:{number}\r\nSUMMARY:{name}" for number, name in ((0, "赵值班"), (2, "钱值班")))
    found = turns_of(calendar(old, new).replace("1@x", "0@x").encode(), NOW)
    assert shown(found) == [f"{WHOLE} 主班 钱值班"] and found.unread == ("后来改过，旧的没有读：赵值班",)
    same = turns_of(
        calendar(f"{DAY}\r\nSUMMARY:赵值班", f"{DAY}\r\nSUMMARY:钱值班").replace("1@x", "0@x").encode(), NOW
    )
    assert len(same.turns) == 2, "programs that give all events one name"


@pytest.mark.parametrize(
    "zone", ["(UTC+08:00) 北京，重庆，香港特别行政区，乌鲁木齐", "China Standard Time", "Asia/Chongqing"]
)
def test_the_names_that_programs_give_to_beijings_time(zone):
    found = read(f'DTSTART;TZID="{zone}":20261201T200000\r\nDURATION:PT12H\r\nSUMMARY:赵值班')
    assert shown(found) == ["12-01 20:00–12-02 08:00 主班 赵值班"]


def test_extra_dates_may_have_lengths_of_their_own():
    begins = "DTSTART;TZID=Asia/Shanghai:20261201T080000\r\nDURATION:PT24H"
    found = read(f"{begins}\r\nRDATE;VALUE=PERIOD:20261207T120000Z/PT12H\r\nSUMMARY:赵值班")
    assert shown(found) == [f"{WHOLE} 主班 赵值班", "12-07 20:00–12-08 08:00 主班 赵值班"]
