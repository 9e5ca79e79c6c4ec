"""Rosters as offices have them: each table says the turns that were meant, or what was not read; never a wrong one."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from plans.cells import Fault, Figure, Table
from plans.roster import BadRoster, read_book, read_roster
from plans.times.workdays import Day

ZONE = ZoneInfo("Asia/Shanghai")
TODAY = datetime(2026, 11, 29, 10, tzinfo=ZONE)
MOBILE = "1380000000"  # and a digit: invented


class Weekends:
    def day(self, date: date) -> Day:
        return Day(date.weekday() < 5)


def read(*rows, today=TODAY):
    return read_roster([list(row) for row in rows], today, Weekends(), "0356")


def shown(reading):
    return [
        f"{turn.begins:%m-%d %H:%M}–{turn.ends:%m-%d %H:%M} {turn.kind} {turn.name} {turn.phone}".rstrip()
        for turn in reading.turns
    ]


def whole(day, name, kind="主班", phone=""):
    after = date(2026, 12, day).toordinal() + 1
    return f"12-{day:02} 08:00–{date.fromordinal(after):%m-%d} 08:00 {kind} {name} {phone}".rstrip()


SINGLE = ["12-01 08:00–12-02 08:00"]


def span(first, last, name="赵值班"):
    return [whole(day, name) for day in range(first, last + 1)]


@pytest.mark.parametrize(
    ("cell", "first", "last"),
    [
        ("2026-12-01", 1, 1),
        ("2026/12/1", 1, 1),
        ("2026.12.1", 1, 1),
        ("2026年12月1日", 1, 1),
        ("26年12月1日", 1, 1),
        ("20261201", 1, 1),
        ("12月1日", 1, 1),
        ("12月1号", 1, 1),
        ("12月01日 ", 1, 1),
        ("12/1", 1, 1),
        ("12.01", 1, 1),
        ("十二月一日", 1, 1),
        ("二〇二六年十二月一日", 1, 1),
        ("十二月二十一日", 21, 21),
        ("2026-12-01 00:00", 1, 1),
        ("2026.12.2 星期三", 2, 2),
        ("2026年12月3日（周四）", 3, 3),
        ("12月4日(星期五)", 4, 4),
        ("12月6日 礼拜天", 6, 6),
        ("12月1日-12月7日", 1, 7),
        ("12月8日—14日", 8, 14),
        ("12.15-12.21", 15, 21),
        ("12月22日～12月28日", 22, 28),
        ("12月1日至7日", 1, 7),
        ("12月1日到12月7日", 1, 7),
        ("12月1日－7日", 1, 7),
        ("2026-12-01至2026-12-07", 1, 7),
        ("2026-12-01 ~ 2026-12-07", 1, 7),
        ("12-01-12-07", 1, 7),
        ("12月1日——12月7日", 1, 7),
        ("12.1—7", 1, 7),
        ("12月9日、10日", 9, 10),
        ("12月9日，12月10日", 9, 10),
        ("１２月１日", 1, 1),
        ("\u200b12月1日\u202c", 1, 1),
        ("12\u00a0月\u00a01 日", 1, 1),
        ("12月 1日", 1, 1),
    ],
)
def test_a_day_is_read_however_it_is_written(cell, first, last):
    found = read(["日期", "值班员"], [cell, "赵值班"])
    assert (shown(found), found.problems) == (span(first, last), ())


@pytest.mark.parametrize(
    "cell",
    [
        "1日",
        "1",
        "12月",
        "十二月",
        "12月32日",
        "2026-02-29",
        "12-1-7",
        "明天",
        "46359",
        "9999-12-31",
        "12月8日（周五）",
        "12月9日-12月1日",
        "12月1日下旬",
        "1/12/2026",
        "2026-12",
        "26-12-1",
        Figure("12.1"),
        Figure("12.8"),
        Figure("46359"),
        Figure("12"),
        Figure("0.5"),
        Fault("公式没有算出结果"),
        "2026-12-01 09:30",
    ],
)
def test_what_is_not_sure_to_be_a_day_is_asked(cell):
    found = read(["日期", "值班员"], [cell, "赵值班"])
    assert found.turns == () and found.problems[0].line == 2


def test_a_date_that_was_typed_as_a_number_names_both_days_that_it_may_be():
    [problem] = read(["日期", "值班员"], [Figure("12.1"), "赵值班"]).problems
    assert "可能是12月1日，也可能是12月10日" in problem.text


def test_a_span_over_new_year_ends_in_the_next_year():
    for cell in ("12月29日至次年1月3日", "12月29日-1月3日", "2026年12月29日至2027年1月3日", "12月29日—次年1月3日"):
        found = read(["日期", "值班员"], [cell, "吴值班"])
        assert [f"{turn.begins:%Y-%m-%d}" for turn in found.turns] == [
            "2026-12-29", "2026-12-30", "2026-12-31", "2027-01-01", "2027-01-02", "2027-01-03",
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("titles", "cell", "wanted"),
    [
        (["2026年12月值班表"], "1日", "2026-12-01"),
        (["2026年12月值班表"], Figure("3"), "2026-12-03"),
        (["值班表（2027年2月）"], "1", "2027-02-01"),
        (["二〇二七年二月值班表"], "1日", "2027-02-01"),
        (["2027年值班表"], "3月1日", "2027-03-01"),
        (["2026年12月值班表"], "1月1日", "2027-01-01"),
        (["2027年1月值班表"], "12月31日", "2026-12-31"),
        (["12月值班表"], "5号", "2026-12-05"),
        (["2026年11月、12月值班表"], "5日", ""),
        (["1—12月值班表"], "5日", ""),
        (["值班表"], "5日", ""),
    ],
)
def test_the_title_says_month_and_year(titles, cell, wanted):
    found = read(titles, ["日期", "值班员"], [cell, "赵值班"])
    assert [f"{turn.begins:%Y-%m-%d}" for turn in found.turns] == ([wanted] if wanted else [])
    assert bool(found.problems) != bool(wanted)


def test_the_sheets_name_says_the_month_and_one_that_contradicts_the_title_is_asked():
    def sheet(name, title):
        return Table(rows=((1, [title]), (2, ["日期", "值班员"]), (3, ["2日", "赵值班"])), name=name)

    turns = read_roster(sheet("2027年1月", "值班表"), TODAY, Weekends()).turns
    assert [f"{turn.begins:%Y-%m-%d}" for turn in turns] == ["2027-01-02"]
    assert read_roster(sheet("1月", "12月值班表"), TODAY, Weekends()).turns == ()


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("赵值班", ["赵值班"]),
        ("王　伟", ["王伟"]),
        ("王 伟", ["王伟"]),
        ("李  强", ["李强"]),
        ("王\u00a0伟", ["王伟"]),
        ("张 三、李 四", ["张三", "李四"]),
        ("欧阳　修文", ["欧阳修文"]),
        ("欧阳 修", ["欧阳修"]),
        ("诸葛 小明", ["诸葛小明"]),
        ("张 小 三", ["张小三"]),
        ("王 小明", ["王小明"]),
        ("赵值班 钱值班", ["赵值班", "钱值班"]),
        ("赵值班\n钱值班", ["赵值班", "钱值班"]),
        ("赵值班/钱值班", ["赵值班", "钱值班"]),
        ("赵·值班", ["赵·值班"]),
        ("\u200b赵值班\u200f", ["赵值班"]),
        ("\u202e赵值班", ["赵值班"]),
        ("赵\ufe0f值班", ["赵值班"]),
        ("𠮷野", ["𠮷野"]),
        ("赵\x01值班", ["赵值班"]),
        ("赵值班_x000D_", ["赵值班"]),
        ("㐱值班", ["㐱值班"]),
        ("甲08", ["甲08"]),
        ("甲", ["甲"]),
        ("赵值班（组长）", ["赵值班"]),
        ("阿卜杜拉·买买提", ["阿卜杜拉·买买提"]),
        ("赵值班；钱值班,李值班", ["李值班", "赵值班", "钱值班"]),
        ("赵值班\u3164", ["赵值班"]),
    ],
)
def test_names_are_taken_apart_and_put_together(cell, names):
    found = read(["日期", "值班员"], ["12月1日", cell])
    assert (sorted(turn.name for turn in found.turns), found.problems) == (sorted(names), ())


@pytest.mark.parametrize(
    "cell",
    [
        "王",
        "伟、赵值班",
        "张 三 李 四",
        "张三　李四",
        "<b>赵</b>",
        "=HYPERLINK(1)",
        "@SUM(1)",
        "13900000",
        "2026-11-28",
        "审核：周科长",
        "制表人：吴干事",
        "同上",
        "赵值班（李四代）",
        "赵值班（请假）",
        "夜班",
        "主班",
        "0356-2250777",
        "全体会议",
        "国庆节放假",
        "#REF!",
        "赵" * 40,
        "赵值班 夜班",
        "赵值班（夜班）",
        "赵值班（8:00-20:00）",
        "赵值班（12月3日起）",
        "赵 钱值班 李值班",
        "办公室全体人员",
        "今日值班",
        Fault("公式没有算出结果"),
        "-1+1",
        "0356-22507778 赵值班",
    ],
)
def test_what_is_not_sure_to_be_a_person_is_asked(cell):
    found = read(["日期", "值班员"], ["12月1日", cell])
    assert found.turns == () and (found.problems or found.unread)


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        (f"赵值班 {MOBILE}1", [("赵值班", f"{MOBILE}1")]),
        (f"赵值班（{MOBILE}1）", [("赵值班", f"{MOBILE}1")]),
        (f"赵值班\n{MOBILE}1", [("赵值班", f"{MOBILE}1")]),
        (f"赵值班：{MOBILE}1", [("赵值班", f"{MOBILE}1")]),
        (f"赵值班{MOBILE}1、钱值班{MOBILE}2", [("赵值班", f"{MOBILE}1"), ("钱值班", f"{MOBILE}2")]),
        (f"赵值班{MOBILE}1 钱值班{MOBILE}2", [("赵值班", f"{MOBILE}1"), ("钱值班", f"{MOBILE}2")]),
        (f"赵值班 电话：{MOBILE}1", [("赵值班", f"{MOBILE}1")]),
        ("赵值班 0356-2250777转8", [("赵值班", "0356-2250777转8")]),
        ("赵值班 2250777", [("赵值班", "0356-2250777")]),
        (f"{MOBILE}1 赵值班", [("赵值班", f"{MOBILE}1")]),
        (f"赵值班 +86 {MOBILE}1", [("赵值班", f"{MOBILE}1")]),
        (f"王　伟 {MOBILE}1", [("王伟", f"{MOBILE}1")]),
        (f"{MOBILE}1 赵值班 {MOBILE}2 钱值班", None),
        (f"{MOBILE}1", None),
    ],
)
def test_a_telephone_beside_a_name_is_that_persons(cell, wanted):
    found = read(["日期", "值班员"], ["12月1日", cell])
    assert [(turn.name, turn.phone) for turn in found.turns] == (wanted or [])
    assert bool(found.problems) == (wanted is None)


@pytest.mark.parametrize(
    ("names", "phones", "wanted", "said"),
    [
        ("赵值班、钱值班", f"{MOBILE}1、{MOBILE}2", [f"{MOBILE}1", f"{MOBILE}2"], ""),
        ("赵值班\n钱值班", f"{MOBILE}1\n{MOBILE}2", [f"{MOBILE}1", f"{MOBILE}2"], ""),
        ("赵值班", f"0356-2250777、{MOBILE}1", [f"0356-2250777、{MOBILE}1"], ""),
        ("赵值班、钱值班", "2250777", ["0356-2250777", "0356-2250777"], ""),
        ("赵值班、钱值班", f"{MOBILE}1", ["", ""], "不知道各是谁的"),
        ("赵值班", Figure("3562250777"), ["0356-2250777"], ""),
        ("赵值班", Figure(f"{MOBILE}1"), [f"{MOBILE}1"], ""),
        ("赵值班", "0356-1", [""], "“0356-1”不是电话号码"),
        ("赵值班", "2026-11-28", [""], "不是电话号码"),
        ("赵值班", "", [""], ""),
    ],
)
def test_two_telephones_are_two_persons(names, phones, wanted, said):
    found = read(["日期", "值班员", "电话"], ["12月1日", names, phones])
    assert [turn.phone for turn in found.turns] == wanted
    assert [item.text for item in found.problems if said in item.text] if said else not found.problems
    assert not any(MOBILE in item.text for item in found.problems), "a mobile number is in no message"


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("", "12-01 08:00–12-02 08:00"),
        ("全天", "12-01 08:00–12-02 08:00"),
        ("24小时", "12-01 08:00–12-02 08:00"),
        ("24h", "12-01 08:00–12-02 08:00"),
        ("昼夜", "12-01 08:00–12-02 08:00"),
        ("白班", "12-01 08:00–12-01 20:00"),
        ("白", "12-01 08:00–12-01 20:00"),
        ("白天", "12-01 08:00–12-01 20:00"),
        ("夜班", "12-01 20:00–12-02 08:00"),
        ("夜", "12-01 20:00–12-02 08:00"),
        ("晚班", "12-01 20:00–12-02 08:00"),
        ("8:00-20:00", "12-01 08:00–12-01 20:00"),
        ("20:00-8:00", "12-01 20:00–12-02 08:00"),
        ("08：00－20：00", "12-01 08:00–12-01 20:00"),
        ("20:00-次日08:00", "12-01 20:00–12-02 08:00"),
        ("白班（8:00-20:00）", "12-01 08:00–12-01 20:00"),
        ("夜班 17:30-次日8:30", "12-01 17:30–12-02 08:30"),
        ("8:00-次日8:00", "12-01 08:00–12-02 08:00"),
        ("8时至20时", "12-01 08:00–12-01 20:00"),
        ("8点-20点", "12-01 08:00–12-01 20:00"),
        ("8-20时", "12-01 08:00–12-01 20:00"),
        ("0:00-24:00", "12-01 00:00–12-02 00:00"),
        ("18:00-24:00", "12-01 18:00–12-02 00:00"),
        ("8:00~20:00", "12-01 08:00–12-01 20:00"),
        ("上午8点至下午6点", "12-01 08:00–12-01 18:00"),
        ("8:00—18:00", "12-01 08:00–12-01 18:00"),
        ("8:00-次日18:00", "12-01 08:00–12-02 18:00"),
        ("08:00-2026-12-04 08:00", "12-01 08:00–12-04 08:00"),
        ("8:30至17:30", "12-01 08:30–12-01 17:30"),
        ("中班", ""),
        ("早班", ""),
        ("大班", ""),
        ("8-20", ""),
        ("25:00-3:00", ""),
        ("8:70-9:00", ""),
        ("24:30-8:00", ""),
        ("8:00", ""),
        ("08:00-2026-11-04 08:00", ""),
        ("白班、夜班", ""),
        (Fault("公式没有算出结果"), ""),
    ],
)
def test_the_hours_of_a_shift(cell, wanted):
    found = read(["日期", "班次", "值班员"], ["12月1日", cell, "赵值班"])
    assert shown(found) == ([f"{wanted} 主班 赵值班"] if wanted else [])
    assert bool(found.problems) != bool(wanted)


def test_a_day_of_three_shifts_is_covered_without_overlap_and_that_is_said():
    found = read(
        ["日期", "班次", "值班员"],
        ["12月1日", "早班", "甲"],
        ["", "中班", "乙"],
        ["", "晚班", "丙"],
        ["12月2日", "白", "卯"],
        ["", "夜", "辰"],
    )
    assert shown(found) == [
        "12-01 08:00–12-01 16:00 主班 甲", "12-01 16:00–12-02 00:00 主班 乙", "12-02 00:00–12-02 08:00 主班 丙",
        "12-02 08:00–12-02 20:00 主班 卯", "12-02 20:00–12-03 08:00 主班 辰",
    ]  # fmt: skip
    assert any("早班8:00-16:00" in item for item in found.unread)


def test_two_half_months_stand_side_by_side():
    head = ["日期", "值班员", "电话"]
    found = read(
        [*head, *head],
        ["12-01", "甲01", "2250777", "12-16", "乙16", "2250778"],
        ["12-02", "甲02", "", "12-17", "乙17", ""],
        ["", "", "", "12-31", "乙31", ""],
    )
    assert shown(found) == [
        whole(1, "甲01", phone="0356-2250777"), whole(2, "甲02"), whole(16, "乙16", phone="0356-2250778"),
        whole(17, "乙17"), whole(31, "乙31"),
    ]  # fmt: skip
    assert found.problems == ()


def test_day_and_night_stand_in_columns_of_their_own():
    wanted = ["12-01 08:00–12-01 20:00 主班 赵值班", "12-01 20:00–12-02 08:00 主班 钱值班"]
    assert shown(read(["日期", "白班", "夜班"], ["12-01", "赵值班", "钱值班"])) == wanted
    assert shown(read(["日期", "白班值班员", "夜班值班员"], ["12-01", "赵值班", "钱值班"])) == wanted
    two = read(
        ["日期", "白班", "白班", "夜班", "夜班"],
        ["日期", "带班领导", "值班员", "带班领导", "值班员"],
        ["12-01", "孙主任", "赵值班", "周主任", "钱值班"],
    )
    assert shown(two) == [
        "12-01 08:00–12-01 20:00 主班 赵值班", "12-01 08:00–12-01 20:00 带班领导 孙主任",
        "12-01 20:00–12-02 08:00 主班 钱值班", "12-01 20:00–12-02 08:00 带班领导 周主任",
    ]  # fmt: skip


def test_headings_in_two_rows_say_whose_telephone_it_is():
    found = read(
        ["日期", "带班领导", "", "值班员", ""],
        ["", "姓名", "电话", "姓名", "电话"],
        ["12-01", "孙主任", "2250771", "赵值班", "2250772"],
    )
    assert shown(found) == [
        whole(1, "赵值班", phone="0356-2250772"),
        whole(1, "孙主任", "带班领导", "0356-2250771"),
    ]


@pytest.mark.parametrize(
    "head",
    [
        ["日期", "带班\n领导", "值班员", "联系\n电话"],
        ["日 期", "带 班 领 导", "值班人员（主）", "电　话"],
        ["值班日期", "值班领导", "值班人", "手机号码"],
    ],
)
def test_headings_may_be_broken_and_spaced(head):
    found = read(head, ["12-01", "孙主任", "赵值班", "2250777"])
    assert shown(found) == [whole(1, "赵值班", phone="0356-2250777"), whole(1, "孙主任", "带班领导")]


def test_several_columns_of_one_kind_are_all_read():
    found = read(["日期", "值班员1", "值班员2", "副班"], ["12-01", "赵值班", "钱值班", "李值班"])
    assert [turn.name for turn in found.turns] == ["赵值班", "钱值班", "李值班"]


def test_columns_that_are_not_known_are_named_and_those_without_meaning_are_not():
    found = read(
        ["序号", "日期", "星期", "值班员", "司机", "", "备注"],
        ["1", "12-01", "二", "赵值班", "冯师傅", "x", "带钥匙"],
        ["2", "12-02", "三", "钱值班"],
    )
    assert found.unread == ("“司机”一列没有读", "第6列没有表头，没有读", "“备注”一列没有读")
    assert len(found.turns) == 2 and not read(["日期", "值班员", "备注"], ["12-01", "赵值班", ""]).unread


def test_the_foot_of_a_table_is_no_duty_and_is_named():
    found = read(
        ["日期", "带班领导", "值班员", "电话"],
        ["2026-12-01", "孙主任", "赵值班", "0356-2250777"],
        ["", "", "审核：周科长", ""],
        ["备注：值班电话保持畅通"],
        ["", "制表人：吴干事", "", "2026-11-28"],
        ["说明", "", "电话24小时畅通", ""],
        ["值班电话：0356-2250777"],
        ["合计1天"],
    )
    assert {turn.name for turn in found.turns} == {"孙主任", "赵值班"}
    assert len(found.unread) == 6 and not found.problems


def test_behind_an_empty_row_no_day_holds_on():
    found = read(["日期", "值班员"], ["12-01", "赵值班"], [], ["", "周科长"])
    assert [turn.name for turn in found.turns] == ["赵值班"]
    assert [(item.line, item.text) for item in found.problems] == [(4, "没有写日期")]


def test_the_headings_may_stand_again_with_a_month_of_their_own():
    found = read(
        ["2026年12月"],
        ["日期", "值班员"],
        ["30日", "赵值班"],
        ["2027年1月"],
        ["日期", "值班员", "副班"],
        ["1日", "钱值班", "李值班"],
    )
    assert [f"{turn.begins:%Y-%m-%d} {turn.name}" for turn in found.turns] == [
        "2026-12-30 赵值班", "2027-01-01 钱值班", "2027-01-01 李值班",
    ]  # fmt: skip


def test_a_book_is_read_sheet_by_sheet_and_what_is_no_roster_is_named():
    def sheet(name, *rows, unread=()):
        return Table(rows=tuple(enumerate([list(row) for row in rows], 1)), name=name, unread=unread)

    found = read_book(
        [
            sheet("12月", ["日期", "值班员"], ["12-31", "赵值班"], ["坏", "钱值班"], unread=("隐藏的第5行没有读",)),
            sheet("1月", ["日期", "值班员"], ["2027-01-01", "钱值班"]),
            sheet("说明", ["请各科室配合"]),
            Table(rows=(), name="空"),
        ],
        TODAY,
        Weekends(),
    )
    assert [turn.name for turn in found.turns] == ["赵值班", "钱值班"]
    assert [(item.sheet, item.line) for item in found.problems] == [("12月", 3)]
    assert found.unread[0] == "工作表“12月”隐藏的第5行没有读" and "工作表“说明”没有读：没有找到表头" in found.unread[1]
    with pytest.raises(BadRoster, match="没有找到表头"):
        read_book([sheet("说明", ["请各科室配合"])], TODAY, Weekends())
    with pytest.raises(BadRoster, match="隐藏"):
        read_book([Table(rows=(), name="12月", unread=("工作表“12月”是隐藏的",))], TODAY, Weekends())


def test_one_cell_may_say_who_leads_and_who_serves():
    found = read(
        ["日期", "值班人员"],
        ["12-01", "带班：孙主任 值班：赵值班、钱值班"],
        ["12-02", "赵值班（主班）、钱值班（副班）"],
    )
    assert [(turn.kind, turn.name) for turn in found.turns] == [
        ("主班", "赵值班"), ("主班", "钱值班"), ("带班领导", "孙主任"), ("主班", "赵值班"), ("副班", "钱值班"),
    ]  # fmt: skip


def test_a_day_with_a_shift_behind_it_and_one_that_contradicts():
    assert shown(read(["日期", "值班员"], ["12月8日(周二）夜", "韩值班"])) == ["12-08 20:00–12-09 08:00 主班 韩值班"]
    assert shown(read(["日期", "值班员"], ["12月8日 17:30-8:30", "韩值班"])) == ["12-08 17:30–12-09 08:30 主班 韩值班"]
    assert "班次不一致" in read(["日期", "班次", "值班员"], ["12月8日夜", "白班", "韩值班"]).problems[0].text


@pytest.mark.parametrize(
    ("first", "second", "phones", "wanted"),
    [
        ("赵值班", "钱值班", f"{MOBILE}1、{MOBILE}2", {"赵值班": f"{MOBILE}1", "钱值班": f"{MOBILE}2"}),
        ("赵值班", "钱值班", f"{MOBILE}1", {"赵值班": f"{MOBILE}1"}),
        ("赵值班", "钱值班", "2250777", {"赵值班": "0356-2250777"}),
        ("赵值班", "", f"{MOBILE}1、{MOBILE}2", {"赵值班": f"{MOBILE}1、{MOBILE}2"}),
        ("赵值班", "钱值班、李值班", f"{MOBILE}1、{MOBILE}2", None),
        ("赵值班", "钱值班", f"{MOBILE}1、13800", None),
    ],
)
def test_a_column_of_telephones_may_be_about_the_second_officer_too(first, second, phones, wanted):
    found = read(["日期", "带班领导", "主班", "副班", "电话"], ["12月1日", "孙主任", first, second, phones])
    assert {turn.name: turn.phone for turn in found.turns if turn.phone} == (wanted or {})
    assert bool(found.problems) == (wanted is None) and {turn.name for turn in found.turns} >= {"孙主任", "赵值班"}


def test_one_column_of_telephones_beside_day_and_night():
    head = ["日期", "白班", "夜班", "电话"]
    two = read(head, ["12月1日", "赵值班", "钱值班", f"{MOBILE}1、{MOBILE}2"]).turns
    assert [(turn.name, turn.phone) for turn in two] == [("赵值班", f"{MOBILE}1"), ("钱值班", f"{MOBILE}2")]
    office = read(head, ["12月1日", "赵值班", "钱值班", "2250777"]).turns
    assert {turn.phone for turn in office} == {"0356-2250777"}
    unsure = read(head, ["12月1日", "赵值班", "钱值班", f"{MOBILE}1"])
    assert {turn.phone for turn in unsure.turns} == {""} and unsure.problems


@pytest.mark.parametrize(
    "head",
    [
        ["日期", "白班（8:30-17:30）", "夜班（17:30-次日8:30）"],
        ["日期", "白班8:30-17:30", "夜班17:30-8:30"],
        ["日期", "8:30-17:30", "17:30-次日8:30"],
        ["日期", "白班\n(8:30-17:30)\n值班员", "夜班\n(17:30-8:30)\n值班员"],
        ["日期", "白班（08：30—17：30）", "夜班（17：30—08：30）"],
    ],
)
def test_the_hours_of_a_column_may_stand_in_its_heading(head):
    assert shown(read(head, ["12-01", "赵值班", "钱值班"])) == [
        "12-01 08:30–12-01 17:30 主班 赵值班",
        "12-01 17:30–12-02 08:30 主班 钱值班",
    ]


@pytest.mark.parametrize("name", ["2027.1", "2027-01", "2027年1月份", "1月值班"])
def test_sheets_are_called_by_their_month_in_several_ways(name):
    sheet = Table(rows=((1, ["日期", "值班员"]), (2, [Figure("2"), "赵值班"])), name=name)
    assert [f"{turn.begins:%Y-%m-%d}" for turn in read_roster(sheet, TODAY, Weekends()).turns] == ["2027-01-02"]


@pytest.mark.parametrize("cell", ["12月1日(二)", "12月1日（二）", "12月1日 周二"])
def test_a_weekday_in_brackets_is_no_shift(cell):
    assert shown(read(["日期", "值班员"], [cell, "赵值班"])) == ["12-01 08:00–12-02 08:00 主班 赵值班"]
    assert read(["日期", "值班员"], [cell.replace("二", "三"), "赵值班"]).problems


@pytest.mark.parametrize("said", ["星期三", "三", "周三", "礼拜 三"])
def test_a_day_that_is_another_weekday_than_its_column_says_is_named_once(said):
    head = ["日期", "星期", "值班员"]
    lines = (["12月1日", said, "赵值班"], ["12月2日", said, "钱值班"], ["", "", "李值班"], ["12月4日", said, "周值班"])
    found = read(head, *lines)
    assert len(found.turns) == 4 and not found.problems
    assert found.unread == (f"第2行的2026-12-01不是{said}，已按日期读；请核对年份和日期",)
    right = (["12月2日", said, "钱值班"], ["12月2日", "", "李值班"], ["12月3日", "略", "周值班"])
    assert read(head, *right).unread == ()


def test_a_column_of_names_and_telephones_has_both_in_each_cell():
    head = ["日期", "带班领导及电话", "值班人员及联系方式"]
    found = read(head, ["12月1日", f"孙主任/{MOBILE}1", "赵值班 2250777"])
    assert sorted((turn.kind, turn.name, turn.phone) for turn in found.turns) == [
        ("主班", "赵值班", "0356-2250777"), ("带班领导", "孙主任", f"{MOBILE}1"),
    ]  # fmt: skip
    assert not found.problems and not found.unread


def test_what_is_said_behind_a_name_is_not_part_of_it():
    found = read(["日期", "值班员"], ["12月1日", "李小四值班"], ["12月2日", "赵值班"])
    assert [turn.name for turn in found.turns] == ["李小四", "赵值班"]


def test_a_month_that_begins_below_the_last_needs_no_headings_of_its_own():
    found = read(["2026年12月值班表"], ["日期", "值班员"], ["31日", "赵值班"], ["2027年1月值班表"], ["1日", "钱值班"])
    assert [f"{turn.begins:%Y-%m-%d}{turn.name}" for turn in found.turns] == ["2026-12-31赵值班", "2027-01-01钱值班"]


@pytest.mark.parametrize("hours", ["17:30至次日8:30", "17：30—8：30", "17时-次日8时"])
def test_hours_above_the_headings_are_named(hours):
    found = read([f"12月值班表（值班时间{hours}）"], ["日期", "值班员"], ["12月1日", "赵值班"])
    assert len(found.turns) == 1 and "请加“班次”一列" in "".join(found.unread)
    assert read(["12月1日至12月31日值班表"], ["日期", "值班员"], ["12月1日", "赵值班"]).unread == ()
