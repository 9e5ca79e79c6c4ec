"""Workdays and 调休 as noticed, and what the office's own file settles."""

import re
from datetime import date
from pathlib import Path

import pytest

from bot.workdays import BadCalendar, ChinaWorkdays, calendar_of, read_calendar
from plans.calendar import Term
from plans.times.workdays import Day


def test_days_of_notice():
    days = ChinaWorkdays()
    assert days.day(date(2025, 10, 1)) == Day(False)  # 国庆
    assert days.day(date(2025, 9, 28)) == Day(True)  # a Sunday that was worked
    assert days.day(date(2025, 10, 9)) == Day(True)


def test_of_a_year_without_notice_weekends_are_free_and_it_is_said():
    assert ChinaWorkdays().day(date(2099, 1, 1)) == Day(True, tentative=True)
    assert ChinaWorkdays().day(date(2099, 1, 3)) == Day(False, tentative=True)


def test_the_offices_own_file_settles(tmp_path):
    file = tmp_path / "days.txt"
    file.write_text("# 2099\n2099-01-01 休 # 元旦\n\n2099-01-03 班\n", encoding="utf-8")
    days = read_calendar(file)
    assert (days.day(date(2099, 1, 1)), days.day(date(2099, 1, 3))) == (Day(False), Day(True))
    file.write_text("2099-01-01 holiday\n", encoding="utf-8")
    with pytest.raises(BadCalendar, match=r"第1行.*2027-02-14 班"):
        read_calendar(file)
    assert read_calendar(None).day(date(2099, 1, 1)).tentative


SCHOOL_YEAR = """
# 2026学年校历
2026-09-01～2027-01-15 学期 2026年秋季学期
2027-03-01 ~ 2027-07-09 学期
2026-11-09 至 2026-11-13 放假 秋假
2026-11-15 上课            # 补课
2026-12-04 上课
2027-02-11～2027-02-17 休
2027-05-10 主题日 全国防灾减灾日
每年6月1日 主题日 本市 防溺水日
2027-06-01 节点 汛期
2026-06-01 节点 汛期
"""


def test_the_school_year_of_an_office():
    calendar = calendar_of(SCHOOL_YEAR, "校历.txt")
    autumn, spring = calendar.terms
    assert autumn == Term(date(2026, 9, 1), date(2027, 1, 15), "2026年秋季学期")
    assert spring == Term(date(2027, 3, 1), date(2027, 7, 9), "2027年春季学期")
    lessons = {
        "2026-08-31": False, "2026-09-01": True, "2026-11-08": False, "2026-11-09": False, "2026-11-13": False,
        "2026-11-15": True, "2026-11-16": True, "2026-10-01": False, "2027-01-15": True, "2027-01-18": False,
        "2027-02-26": False, "2027-03-01": True, "2027-07-12": False, "2027-09-17": False,
    }  # fmt: skip
    assert {day: calendar.school_day(date.fromisoformat(day)).work for day in lessons} == lessons
    assert calendar.school_day(date(2027, 9, 20)) == Day(True, tentative=True)  # 73 days after the last known term
    assert not calendar.day(date(2027, 2, 17)).work
    assert calendar.moved == {("全国防灾减灾日", 2027): date(2027, 5, 10)}
    assert calendar.local_theme_days(2030) == {"本市 防溺水日": date(2030, 6, 1)}
    assert calendar.events_of("汛期") == (date(2026, 6, 1), date(2027, 6, 1))
    assert calendar.events_of("开学") == (date(2026, 9, 1), date(2027, 3, 1))
    assert calendar.events_of("放假") == (date(2027, 1, 16), date(2027, 7, 10))
    assert calendar.events_of("统考") == ()


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("2027-02-30 班", "第1行“2027-02-30 班”：应写作"),
        ("\n2027-03-01 开学", "第2行.*应写作.*学期 秋季学期"),
        ("2027-07-09～2027-03-01 学期", "由早到晚"),
        ("2027-01-01～2028-12-31 休", "最多400天"),
        ("2026-09-01～2026-09-20 学期 秋", "“秋”.*有20天.*核对年份"),
        ("2026-09-01～2027-08-30 学期 秋", "有364天"),
        ("2026-09-01～2027-01-15 学期 一\n2027-01-10～2027-07-01 学期 二", "“一”.*与学期“二”.*重叠"),
        ("2026-09-01～2027-01-15 学期\n2027-01-20 放假", "2027-01-20不在任何学期里"),
        ("2026-09-01～2027-01-15 学期\n2026-12-05 上课\n2026-12-05 放假", "2026-12-05既写放假又写上课"),
        ("2027-02-14 班\n2027-02-10～2027-02-20 休", "第2行.*2027-02-14既写班又写休"),
        ("2027-05-10 主题日", "主题日后面应有名称"),
        ("2027-05-10～2027-05-12 主题日 防灾减灾日", "主题日只写一天"),
        ("2027-05-10 主题日 甲\n2027-05-11 主题日 甲", "2027年的甲写了两个日子"),
        ("每年13月1日 主题日 甲", "应为每年的一天"),
        ("每年6月1日 放假", "只有主题日可以写每年"),
        ("2027-06-01 节点", "节点后面应有名称，如 汛期"),
        ("x 班\ny 休\nz 班", "第1行.*第2行.*第3行"),
        ("\n".join("x 班" for _ in range(20)), "共20处"),
    ],
)
def test_what_is_wrong_with_a_calendar_is_said_line_by_line(lines, said):
    with pytest.raises(BadCalendar, match=said) as caught:
        calendar_of(lines, "校历.txt")
    assert str(caught.value).startswith("校历.txt ")


def test_the_example_of_the_guide_is_a_calendar():
    guide = (Path(__file__).resolve().parents[2] / "deploy" / "guides" / "管理员手册.md").read_text("utf-8")
    lines = [line for line in guide.splitlines() if re.match(r"    (?:20\d\d-|每年)", line)]
    calendar = calendar_of("\n".join(lines), "校历.txt")
    assert len(lines) == 7 and calendar.terms and calendar.moved and calendar.local and calendar.events
