"""What is read of an entry of the duty log, and by when something is wanted: tables of what people write."""

from __future__ import annotations

import string
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.intake.due import due_named, dues, hours_ahead
from plans.intake.entries import read_entry, tells_of_happening
from plans.intake.numerals import normalise
from plans.intake.reading import SHANGHAI

NOW = datetime(2026, 11, 30, 10, 12, tzinfo=SHANGHAI)  # a Monday


def moments(words: str, *, now: datetime = NOW) -> list[tuple[str | None, list[str], str]]:
    return [
        (f"{item.at:%d %H:%M}" if item.at else None, [f"{one:%d %H:%M}" for one in item.options], item.wanted)
        for item in dues(words, now)
    ]


@pytest.mark.parametrize(
    ("text", "at", "wanted"),
    [
        ("下午强对流，16时前反馈落实情况", "30 16:00", "反馈落实情况"),
        ("16：00前报", "30 16:00", "报"),
        ("请于１６时３０分前反馈", "30 16:30", "反馈"),
        ("15点40前反馈", "30 15:40", "反馈"),
        ("下午4点前回复", "30 16:00", "回复"),
        ("4点前反馈", "30 16:00", "反馈"),
        ("十六时前回复", "30 16:00", "回复"),
        ("中午前回电", "30 12:00", "回电"),
        ("今晚8点前上报人数", "30 20:00", "上报人数"),
        ("16时反馈", "30 16:00", "反馈"),
        ("截止时间16:00，报参会名单", "30 16:00", "报参会名单"),
        ("明天上午10点前报送材料", "01 10:00", "报送材料"),
        ("下周一上午9点前上报", "07 09:00", "上报"),
        ("一小时内反馈", "30 11:12", "反馈"),
        ("半小时内上报", "30 10:42", "上报"),
        ("两个半小时内到场", "30 12:42", "到场"),
        ("24时前反馈", "01 00:00", "反馈"),
    ],
)
def test_a_time_behind_which_something_is_asked_for_is_due_then(text: str, at: str, wanted: str):
    assert moments(text) == [(at, [], wanted)]


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("8点前回电", ["30 20:00", "01 08:00"]),
        ("9时前报结果", ["30 21:00", "01 09:00"]),
        ("12月1日前报总结", ["30 18:00", "01 12:00", "01 18:00"]),
        ("本周五前完成整改", ["03 18:00", "04 12:00", "04 18:00"]),
        ("今天下班前反馈", ["30 17:30", "30 18:00"]),
        ("一周内报结果", ["07 12:00", "07 18:00"]),
        ("3日内报", ["03 12:00", "03 18:00"]),
        ("11月28日前报", []),
    ],
)
def test_what_may_be_meant_of_several_moments_is_asked_and_none_is_taken(text: str, options: list[str]):
    [(at, found, _)] = moments(text)
    assert at is None and found == options


def test_a_day_of_the_year_that_is_long_past_is_the_next_one():
    spring = datetime(2026, 3, 2, 3, 0, tzinfo=SHANGHAI)
    assert moments("12月1日前报总结", now=spring) == [(None, ["30 18:00", "01 12:00", "01 18:00"], "报总结")]
    assert dues("12月1日18时前报", spring)[0].at == datetime(2026, 12, 1, 18, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    "text",
    [
        "预计今天20时前有强对流，注意防范", "预计今天20时前后有雷雨", "昨天16时前已完成", "今日9时报告火情", "25时前报",
        "请尽快反馈", "明早8点开会", "", "16时", "已于16时前反馈",
    ],
)  # fmt: skip
def test_a_forecast_what_is_past_and_what_nobody_asks_for_is_never_due(text: str):
    assert moments(text) == []


def test_two_demands_are_two_the_earliest_first():
    assert moments("18时前报书面材料；16时前反馈情况") == [
        ("30 16:00", [], "反馈情况"), ("30 18:00", [], "报书面材料"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("16:00", ["30 16:00"]), ("16时前", ["30 16:00"]), ("明天9点", ["01 09:00"]), ("2小时", ["30 12:12"]),
        ("下午三点半", ["30 15:30"]), ("5点", ["30 17:00"]), ("明天3点", ["01 03:00", "01 15:00"]), ("昨天", []),
        ("abc", []), ("", []), ("09:00", ["30 21:00", "01 09:00"]),
    ],
)  # fmt: skip
def test_a_time_alone_is_read_as_in_a_sentence(text: str, found: list[str]):
    assert [f"{item:%d %H:%M}" for item in due_named(text, NOW)] == found


@given(
    text=st.text(alphabet="16时点前反馈明天下午半小内周五日月报请：:，。 今晚8九十" + string.digits, max_size=40),
    minutes=st.integers(0, 60 * 24 * 400),
)
def test_whatever_is_written_nothing_is_due_in_the_past_or_far_ahead(text: str, minutes: int):
    now = NOW + timedelta(minutes=minutes)
    for item in dues(text, now):
        for moment in (*item.options, *((item.at,) if item.at else ())):
            assert now < moment <= now + timedelta(days=371)
        assert text[slice(*item.span)] == item.text and (item.at is None or not item.options)
    assert all(now < moment for moment in (*due_named(text, now), *hours_ahead(now)))
    assert list(hours_ahead(now)) == sorted(set(hours_ahead(now)))


@given(hour=st.integers(0, 23), minute=st.integers(0, 59), ahead=st.integers(1, 23 * 60))
def test_a_clock_time_of_today_is_due_then_by_the_clock_of_twenty_four(hour: int, minute: int, ahead: int):
    now = datetime(2026, 11, 30, hour, minute, tzinfo=SHANGHAI)
    due = now + timedelta(minutes=ahead)
    [found] = dues(f"{due:%H:%M}前反馈", now)
    if due.date() == now.date():
        assert found.at == due and found.options == ()
    else:
        assert found.at is None and (due in found.options or not found.options)


WHO = [
    # text, way, unit, person, number, clock, what
    ("市政府值班室张 来电：下午强对流", "来电", "市政府值班室", "张", "", "", "下午强对流"),
    ("10:01 市应急局李主任来电，报值班表", "来电", "市应急局", "李主任", "", "10:01", "报值班表"),
    ("接市政府值班室张科长电话：明天检查", "来电", "市政府值班室", "张科长", "", "", "明天检查"),
    ("区气象台 王 0356-2030000 电话通知，今晚大风", "来电", "区气象台", "王", "0356-2030000", "", "今晚大风"),
    ("市政府值班室（张 2022492）来电，核实", "来电", "市政府值班室", "张", "0356-2022492", "", "核实"),
    ("群众来电反映噪音", "来电", "", "群众", "", "", "反映噪音"),
    ("收到市政府办公室来文《关于防汛的通知》", "来文", "市政府办公室", "", "", "", "《关于防汛的通知》"),
    ("市防汛办传真：加强值守", "传真", "市防汛办", "", "", "", "加强值守"),
    ("致电区教育局李，要求报名单", "去电", "区教育局", "李", "", "", "要求报名单"),
    ("来电：市政府值班室张，下午检查", "来电", "市政府值班室", "张", "", "", "下午检查"),
    ("东沟镇中心小学赵校长来电：2名学生肚子疼", "来电", "东沟镇中心小学", "赵校长", "", "", "2名学生肚子疼"),
    ("8点40 市政府值班室张来电：核实", "来电", "市政府值班室", "张", "", "08:40", "核实"),
    ("昨晚11点半区公安分局值班室来电：校外斗殴", "来电", "区公安分局值班室", "", "", "23:30", "校外斗殴"),
    ("市教育局今早8点来电，报名单", "来电", "市教育局", "", "", "08:00", "报名单"),
    ("市教育局昨天20时许来电：核实", "来电", "市教育局", "", "", "20:00", "核实"),
    ("王主任昨晚11点半来电：核实", "来电", "", "王主任", "", "23:30", "核实"),
    ("12月31日来电，报数", "来电", "", "", "", "", "报数"),
    ("第三中学来电：停水", "来电", "第三中学", "", "", "", "停水"),
    ("区三中队来电：归队", "来电", "区三中队", "", "", "", "归队"),
    ("区卫健局局长刘来电：核实", "来电", "区卫健局", "局长刘", "", "", "核实"),
    ("市政府值班室张：报名单", "", "市政府值班室", "张", "", "", "报名单"),
    ("区教育局报：校车停运两辆", "", "区教育局", "", "", "", "校车停运两辆"),
    ("巡查门岗，一切正常", "", "", "", "", "", "巡查门岗，一切正常"),
    ("电话通知各镇街做好防范", "去电", "", "", "", "", "电话通知各镇街做好防范"),
    ("今天校门口又有家长来电询问", "来电", "", "", "", "", "询问"),
    ("来电", "", "", "", "", "", "来电"),
    ("", "", "", "", "", "", ""),
]


@pytest.mark.parametrize(("text", "way", "unit", "person", "number", "clock", "what"), WHO, ids=[row[0] for row in WHO])
def test_who_called_is_read_and_what_was_not_said_is_not_there(text, way, unit, person, number, clock, what):
    found = read_entry(text, NOW, "0356")
    called = f"{found.called_at:%H:%M}" if found.called_at else ""
    assert (found.way, found.unit, found.name, found.number, called) == (way, unit, person, number, clock)
    assert found.what == what


def test_a_bare_hour_of_the_call_that_may_be_two_is_asked():
    found = read_entry("8点40 市政府值班室张来电：核实", datetime(2026, 11, 30, 22, 0, tzinfo=SHANGHAI))
    assert found.called_at is None and [f"{item:%H:%M}" for item in found.called_options] == ["08:40", "20:40"]


def test_what_is_asked_without_a_time_waits_without_one():
    assert read_entry("市政府来电，请尽快回电", NOW).asked == "请尽快回电"
    assert read_entry("市政府来电，已要求学校反馈", NOW).asked == ""
    assert read_entry("天气 晴，12到23度", NOW).head == "天气" and read_entry("天气晴朗，巡查正常", NOW).head == ""


@given(st.text(max_size=200))
def test_any_text_is_read_and_nothing_stands_in_it_that_was_not_said(text: str):
    found = read_entry(text, NOW)
    for part in (found.unit, found.name):
        assert normalise(part).replace(" ", "") in normalise(text).replace(" ", "")


@pytest.mark.parametrize(
    ("text", "happened"),
    [
        ("三中发生踩踏", True), ("一中着火了", True), ("群众来电反映有人落水", True), ("下午强对流，16时前反馈", False),
        ("加强防汛值守", False), ("开展防溺水检查", False), ("明天检查食堂", False),
        ("消防演练，模拟教学楼着火", False), ("水管爆了", False), ("谨防中毒。南门有人晕倒", True), ("", False),
    ],
)  # fmt: skip
def test_what_happened_is_told_from_what_is_planned_against_it(text: str, happened: bool):
    assert tells_of_happening(text) is happened
