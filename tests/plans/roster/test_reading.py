"""A duty roster as offices write it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from plans.roster import BadRoster, on_duty, read_roster, turns_of_a_day
from plans.times.workdays import Day

ZONE = ZoneInfo("Asia/Shanghai")
TODAY = datetime(2026, 11, 26, 15, tzinfo=ZONE)
HEAD = ["日期", "班次", "带班领导", "主班", "副班", "电话"]


class Weekends:
    """Saturdays and Sundays are free, the 29th is worked (调休); of next year nobody knows."""

    def day(self, date: date) -> Day:
        return Day(date.weekday() < 5 or date.day == 29, tentative=date.year > 2026)


def read(*rows, head=HEAD):
    return read_roster([head, *rows], TODAY, Weekends())


def shown(turns):
    return [f"{turn.begins:%m-%d %H:%M}–{turn.ends:%m-%d %H:%M} {turn.kind} {turn.name}" for turn in turns]


def test_a_line_is_a_turn_of_each_person_named():
    found = read(["2026-11-27", "夜班", "孙主任", "赵值班", "钱值班、李值班", "0356-2250777"])
    assert shown(found.turns) == [
        "11-27 20:00–11-28 08:00 主班 赵值班",
        "11-27 20:00–11-28 08:00 副班 李值班",
        "11-27 20:00–11-28 08:00 副班 钱值班",
        "11-27 20:00–11-28 08:00 带班领导 孙主任",
    ]
    assert {turn.name: turn.phone for turn in found.turns if turn.phone} == {"赵值班": "0356-2250777"}


@pytest.mark.parametrize(
    ("day", "shift", "wanted"),
    [
        ("11月27日", "", "11-27 08:00–11-28 08:00"), ("11-27", "白班", "11-27 08:00–11-27 20:00"),
        ("27", "", None), ("2026/11/27 周五", "全天", "11-27 08:00–11-28 08:00"),
        ("11.27（星期五）", "08:30-17:30", "11-27 08:30–11-27 17:30"), ("1月2日", "", "01-02 08:00–01-03 08:00"),
        ("11月27日", "20:00—次日8:00", "11-27 20:00–11-28 08:00"), ("11月27日", "中班", None),
        ("11月31日", "", None), ("2026-11-27", "25:70-3:00", "11-27 01:00"),
    ],
)  # fmt: skip
def test_days_and_hours(day, shift, wanted):
    found = read([day, shift, "", "赵值班"])
    if wanted is None or wanted == "11-27 01:00":
        assert not found.turns and found.problems[0].line == 2 and "应写作" in found.problems[0].text
    else:
        assert shown(found.turns) == [f"{wanted} 主班 赵值班"]


def test_a_day_of_winter_without_a_year_is_the_next_one():
    assert [turn.begins.year for turn in read(["1月2日", "", "", "赵值班"], ["10-30", "", "", "赵值班"]).turns] == [
        2026,
        2027,
    ]


def test_a_span_of_workdays_counts_those_that_are_worked_for_another():
    found = read(["11-27至11-30 工作日", "白班", "", "赵值班"], ["11-27至11-30 节假日", "白班", "", "钱值班"])
    assert [(turn.begins.day, turn.name) for turn in found.turns] == [
        (27, "赵值班"), (28, "钱值班"), (29, "赵值班"), (30, "赵值班"),
    ]  # fmt: skip
    assert found.tentative == ()


def test_of_a_year_without_notice_it_is_said():
    found = read(["2026-12-31至2027-01-01 工作日", "", "", "赵值班"], ["2027-01-02至2027-01-03", "", "", "钱值班"])
    assert found.tentative == (date(2027, 1, 1),) and len(found.turns) == 4


def test_what_cannot_be_read_is_told_line_by_line_and_the_rest_is_read():
    found = read(
        ["十一月", "", "", "赵值班"],
        [],
        ["11-27", "", "", ""],
        ["11-28", "", "", "赵" * 40],
        ["11-29", "", "", "李值班"],
    )
    assert [item.line for item in found.problems] == [2, 4, 5]
    assert "日期“十一月”看不懂" in found.problems[0].text and "没有写值班的人" in found.problems[1].text
    assert [turn.name for turn in found.turns] == ["李值班"]


def test_a_day_that_is_in_no_year_is_said_to_be_none():
    found = read(*([day, "", "", "赵值班", "", ""] for day in ("2月30日", "12月32日", "2026/13/01", "周三", "2月29日")))
    assert ["没有“" in item.text for item in found.problems] == [True, True, True, False]
    assert shown(found.turns) == ["02-29 08:00–03-01 08:00 主班 赵值班"]  # of the next year that has one


def test_days_that_are_led_and_have_no_officer_are_named():
    """待定 is nobody: the day would have stood there as if somebody served on it."""
    found = read(
        ["11-27", "", "孙主任", "赵值班", "", ""], ["11-28", "", "孙主任", "待定", "", ""],
        ["11-29", "", "孙主任", "", "李值班", ""], ["11-30", "夜班", "", "钱值班", "", ""],
    )  # fmt: skip
    wanted = "11月28日、11月29日没有写主班，这些日子没有人值班；请补上"
    assert (found.problems, found.unread) == ((), (wanted,))
    assert read(["11-27", "", "孙主任", "", "", ""]).unread == ()  # a roster of leaders alone


def test_merged_cells_repeat_the_day_above_and_a_title_may_stand_over_the_columns():
    rows = [["11月值班表"], HEAD, ["11-27", "白班", "", "赵值班"], ["", "夜班", "", "钱值班"]]
    found = read_roster(rows, TODAY, Weekends())
    assert [(turn.begins.day, turn.begins.hour, turn.name) for turn in found.turns] == [
        (27, 8, "赵值班"),
        (27, 20, "钱值班"),
    ]


def test_other_names_of_the_columns():
    found = read(["11-27", "赵值班", "孙主任"], head=["值班日期", "值班人员", "值班领导"])
    assert {turn.kind for turn in found.turns} == {"主班", "带班领导"}


def test_a_table_that_is_no_roster_and_one_without_end():
    with pytest.raises(BadRoster, match="没有找到表头"):
        read_roster([["姓名", "部门"]], TODAY, Weekends())
    with pytest.raises(BadRoster, match="请分月导入"):
        read_roster([HEAD] * 3000, TODAY, Weekends())
    assert "最多400天" in read(["2026-01-01至2028-01-01", "", "", "赵值班"]).problems[0].text


def test_who_is_on_duty_the_leader_first():
    turns = read(["11-26", "", "孙主任", "赵值班", "钱值班"], ["11-27", "", "孙主任", "李值班"]).turns
    assert [turn.name for turn in on_duty(turns, TODAY)] == ["孙主任", "赵值班", "钱值班"]
    assert [turn.name for turn in on_duty(turns, datetime(2026, 11, 27, 8, tzinfo=ZONE))] == ["孙主任", "李值班"]
    assert on_duty(turns, datetime(2026, 12, 27, 8, tzinfo=ZONE)) == []
    assert [turn.name for turn in turns_of_a_day(turns, date(2026, 11, 27))] == ["李值班", "孙主任"]
