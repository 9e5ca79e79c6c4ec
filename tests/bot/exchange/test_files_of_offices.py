"""The files that were found, each with what it says: turns, numbers, and what of it is asked or named."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.exchange.calendars import turns_of
from bot.exchange.cards import numbers_of
from bot.exchange.tables import BadFile, tables_of
from plans.directory.exchange import differing, from_cards, from_tables, table
from plans.load import load_all
from plans.roster import read_book
from plans.times.workdays import Day

pytestmark = pytest.mark.shared

ZONE = ZoneInfo("Asia/Shanghai")
HOUR = timedelta(hours=1)
NOW = datetime(2026, 11, 29, 10, tzinfo=ZONE)
PLANS = load_all()
CAMPUS = PLANS["jincheng-chengqu-campus"]
UNIT = "区消防救援大队"


class Weekends:
    def day(self, date: date) -> Day:
        return Day(date.weekday() < 5)


def roster(shared: Path, name: str):
    file = shared / "faults" / "roster" / name
    return read_book(tables_of(name, file.read_bytes()), NOW, Weekends(), "0356")


def day(first: int, name: str, phone: str = "", kind: str = "主班", begin: int = 8, hours: int = 24) -> str:
    return f"2026-12-{first:02} {begin:02}+{hours} {kind} {name} {phone}".rstrip()


def said(turns) -> list[str]:
    return sorted(
        f"{turn.begins:%Y-%m-%d %H}+{(turn.ends - turn.begins) // HOUR} {turn.kind} {turn.name} {turn.phone}".rstrip()
        for turn in turns
    )


LINE = "0356-2250777"
LED = [day(number, "孙主任", kind="带班领导") for number in range(1, 6)]
ROSTERS = {
    "01-numfmt58.xlsx": [day(3, "赵值班", LINE), day(4, "钱值班", LINE), day(5, "李值班", LINE), *LED[2:5]],
    "02-dimension-A1.xlsx": [
        *(day(number, f"{name}值班", LINE) for number, name in enumerate("赵钱李周", 1)),
        *LED[:4],
    ],
    "04-typed-12.10.xlsx": [],
    "05-padded-names.xlsx": [
        day(1, "王伟"),
        day(2, "赵值班"),
        day(3, "张三"),
        day(3, "李四"),
        LED[0],
        day(2, "李强", kind="带班领导"),
        LED[2],
    ],
    "06-two-halves.xlsx": [
        *(day(number, f"甲{number:02}", LINE) for number in range(1, 16)),
        *(day(number, f"乙{number}", "0356-2250778") for number in range(16, 31)),
    ],
    "08-merged-leader.xlsx": [day(1, "赵值班"), day(2, "钱值班"), day(3, "李值班"), *LED[:3]],
    "09-sheet-a-month.xlsx": [
        day(30, "赵值班"),
        day(31, "赵值班"),
        "2027-01-01 08+24 主班 钱值班",
        "2027-01-02 08+24 主班 李值班",
    ],
    "12-name-and-phone.xlsx": [
        day(1, "赵值班", "13800000001"),
        day(2, "钱值班", "13800000002"),
        day(3, "李值班", "13800000003"),
        day(4, "赵值班", "13800000001"),
        day(4, "钱值班", "13800000002"),
    ],
    "14-header-with-break.xlsx": [day(1, "赵值班", LINE), LED[0]],
    "19-footer.xlsx": [day(1, "赵值班", LINE), LED[0]],
    "22-zero-width-and-formula.csv": [
        day(1, "𠮷野"),
        day(2, "赵值班"),
        day(3, "赵值班"),
        day(4, "赵·值班"),
        day(5, "欧阳修文"),
        day(7, "㐱值班"),
        day(8, "赵值班"),
    ],
    "24-control-char.csv": [day(1, "赵值班")],
    "25-two-phones.xlsx": [
        day(1, "赵值班", "13800000001"),
        day(1, "钱值班", "13800000002"),
        day(2, "赵值班", "13800000001"),
        day(3, "赵值班", LINE),
    ],
    "20-shifts.xlsx": [
        day(1, "甲", hours=8),
        day(1, "乙", begin=16, hours=8),
        day(2, "丙", begin=0, hours=8),
        day(2, "丁", hours=12),
        day(2, "戊", begin=20, hours=12),
        day(3, "己", hours=12),
        day(3, "庚", begin=20, hours=12),
        day(4, "辛", hours=12),
        day(5, "壬"),
        day(6, "癸"),
        day(7, "子", hours=12),
        day(8, "丑", begin=0),
        day(9, "寅", begin=18, hours=6),
        day(10, "卯", hours=12),
        day(10, "辰", begin=20, hours=12),
        day(11, "巳", hours=12),
        day(11, "午", hours=10),
    ],
}
ASKED = {"04-typed-12.10.xlsx": 6, "22-zero-width-and-formula.csv": 3}


@pytest.mark.parametrize("name", ROSTERS)
def test_a_roster_says_its_turns(shared, name):
    found = roster(shared, name)
    assert said(found.turns) == sorted(ROSTERS[name])
    assert len(found.problems) == ASKED.get(name, 0)


def test_spans_of_days(shared):
    found = roster(shared, "16-ranges.xlsx")
    names: dict[str, list[str]] = {}
    for turn in found.turns:
        names.setdefault(turn.name, []).append(f"{turn.begins:%m-%d}")
    assert {name: (days[0], days[-1], len(days)) for name, days in names.items()} == {
        "赵值班": ("12-01", "12-07", 7),
        "钱值班": ("12-08", "12-14", 7),
        "李值班": ("12-15", "12-21", 7),
        "周值班": ("12-22", "12-28", 7),
        "吴值班": ("12-29", "01-03", 6),
        "冯值班": ("12-02", "12-02", 1),
        "陈值班": ("12-03", "12-03", 1),
        "褚值班": ("12-04", "12-04", 1),
        "卫值班": ("12-05", "12-05", 1),
        "蒋值班": ("12-06", "12-06", 1),
        "沈值班": ("12-07", "12-07", 1),
        "韩值班": ("12-08", "12-08", 1),
        "杨值班": ("12-09", "12-10", 2),
    }
    [night] = [turn for turn in found.turns if turn.name == "韩值班"]
    assert night.begins.hour == 20
    assert [item.text[:6] for item in found.problems] == ["日期“1日”"]


def test_an_open_quote_is_said(shared):
    with pytest.raises(BadFile, match="第3行读不了：引号没有成对"):
        roster(shared, "21-open-quote.csv")


def test_the_foot_of_a_roster_is_named(shared):
    assert len(roster(shared, "19-footer.xlsx").unread) == 3


CALENDARS = {
    "11_names.ics": [
        day(1, "赵值班"),
        day(1, "钱值班"),
        day(2, "李值班"),
        day(3, "孙主任", kind="带班领导"),
        day(3, "赵值班"),
        day(4, "赵值班"),
        day(5, "赵值班", begin=20, hours=12),
        day(6, "赵值班"),
        day(8, "张三"),
        day(8, "李四", kind="副班"),
    ],
    "13_gbk.ics": [day(1, "赵值班")],
    "16_year9999.ics": [],
    "1_duration.ics": [day(1, "赵值班", begin=20, hours=12), day(2, "钱值班", hours=12), day(5, "李值班", hours=72)],
    "29_multiline_summary.ics": [day(1, "赵值班"), day(1, "钱值班", kind="副班")],
    "2_cancelled.ics": [day(1, "钱值班")],
    "9_rdate.ics": [day(1, "赵值班"), day(8, "赵值班"), day(15, "赵值班")],
}


@pytest.mark.parametrize("name", CALENDARS)
def test_a_calendar_says_its_turns(shared, name):
    found = turns_of((shared / "faults" / "ics" / name).read_bytes(), NOW, "0356")
    assert said(found.turns) == sorted(CALENDARS[name])
    assert len(found.problems) == (1 if name in ("11_names.ics", "16_year9999.ics") else 0)


CARDS = {
    "d10_only_n.vcf": [("0356-2000009", "值班")],
    "d12_photo_android.vcf": [("0356-2000009", "值班")],
    "d13_charset_unknown.vcf": [("0356-2000009", "值班")],
    "d22_num00.vcf": [("0356-2000010", "值班")],
    "d22_num12.vcf": [("0356-2000020", "值班")],
    "d5_outlook_fax21.vcf": [("0356-2000008", "传真")],
    "d6_v4_uri.vcf": [("0356-2000009", "值班"), ("0356-2000008", "传真")],
    "d8_iphone.vcf": [("0356-2000009", "值班"), ("0356-2000007", "值班"), ("0356-2000008", "传真")],
}


@pytest.mark.parametrize("name", CARDS)
def test_a_card_says_its_numbers(shared, name):
    cards = numbers_of((shared / "faults" / "vcf" / name).read_bytes())
    rows, unread = from_cards(cards, [CAMPUS], table([CAMPUS], {}))
    assert [(row.unit, row.number, row.kind) for row in rows] == [(UNIT, number, kind) for number, kind in CARDS[name]]
    assert unread == []


TABLES = {
    "01-dimension.xlsx": [("区教育局", "0356-2250777", "0356-2000001")],
    "02-lost-zero.xlsx": [(UNIT, "", "0356-2250999")],
    "04-extension.xlsx": [(UNIT, "", "0356-2250999转801")],
    "06-0086.xlsx": [(UNIT, "", "0356-2250999")],
    "07-mobile-with-zero.csv": [(UNIT, "", "13900000001")],
}


@pytest.mark.parametrize("name", TABLES)
def test_a_directory_says_its_numbers(shared, name):
    tables = tables_of(name, (shared / "faults" / "directory" / name).read_bytes())
    rows, unread = from_tables(tables, PLANS)
    changed = differing(rows, table(PLANS.values(), {}))
    assert [(row.unit, row.was, row.number) for row in changed] == TABLES[name] and unread == []


def test_every_file_that_was_found_is_looked_at(shared):
    named = {*ROSTERS, *CALENDARS, *CARDS, *TABLES, "16-ranges.xlsx", "21-open-quote.csv"}
    folders = [shared / "faults" / name for name in ("roster", "ics", "vcf", "directory")]
    assert {file.name for folder in folders for file in folder.iterdir()} == named
