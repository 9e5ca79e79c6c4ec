"""By when something is wanted, as people say it: a time where one was said, a question where a day was, else none."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.intake.due import due_named, dues
from plans.intake.entries import read_entry
from plans.intake.reading import SHANGHAI

NOW = datetime(2026, 11, 30, 10, 12, tzinfo=SHANGHAI)  # a Monday, the last day of its month
ASK, OPEN = "问", "没说时限"
"""Which moment is meant is for a person to say; an answer is wanted, and no time was said."""

# What is said -> the time (day hh:mm); 问 with the moments that may be meant, perhaps none; 没说时限; empty: no demand.
SAID = {
    # a clock
    "16时前反馈": "30 16:00", "16:00前报": "30 16:00", "最迟16时报": "30 16:00", "不晚于18时报送": "30 18:00",
    "18时以前报": "30 18:00", "18点整报": "30 18:00", "下午3点报": "30 15:00", "16点报情况": "30 16:00",
    "今晚8点报": "30 20:00", "下午五点半之前报": "30 17:30", "12点前报": "30 12:00", "零点前报": "01 00:00",
    "24时前反馈": "01 00:00", "明天9点前报": "01 09:00", "次日上午9时前报": "01 09:00",
    "请明日16：00时前将名单报至我办": "01 16:00", "截止到明天中午12点，报名单": "01 12:00",
    "限下周一三点半报": "07 03:30", "截止下周五16时报": "11 16:00", "请下周一三点半左右报": "问 07 03:30",
    "后天上午10点前报": "02 10:00", "下周一上午9时报": "07 09:00",
    "9点前报": "问 30 21:00 01 09:00", "要求9点报": "问 30 21:00 01 09:00", "16时前后报": "问 30 16:00",
    "每天下午5点报": "问 30 17:00", "每日17时前报": "问 30 17:00",
    # a length
    "半小时内报": "30 10:42", "一刻钟内回电": "30 10:27", "2小时之内反馈": "30 12:12", "限时1小时报": "30 11:12",
    "给半小时回话": "30 10:42", "一小时后回电": "30 11:12", "半小时后再报": "30 10:42", "10分钟后回个电话": "30 10:22",
    "三天内报": "问 03 12:00 03 18:00", "三天后报": "问 03 12:00 03 18:00", "一周后反馈": "问 07 12:00 07 18:00",
    "3个工作日内报": "问", "半天内报": "问 30 12:00 30 18:00",
    # a day, a part of a day
    "明天报": "问 01 17:30 01 18:00", "明日前反馈": "问 01 17:30 01 18:00", "限明天报": "问 01 17:30 01 18:00",
    "务必今天报": "问 30 17:30 30 18:00", "今天内反馈": "问 30 17:30 30 18:00", "当天报": "问 30 17:30 30 18:00",
    "上午报": "问 30 11:30 30 12:00", "中午回电": "问 30 12:00 30 14:00", "下午反馈": "问 30 17:30 30 18:00",
    "今天下午将落实情况报来": "问 30 17:30 30 18:00", "下班前报": "问 30 17:30 30 18:00",
    "明天下班前报": "问 01 17:30 01 18:00", "今晚报": "问 30 20:00 30 22:00 01 00:00",
    "晚上回电": "问 30 20:00 30 22:00 01 00:00", "明早报": "问 01 08:00 01 08:30 01 09:00",
    "明天一上班报": "问 01 08:00 01 08:30 01 09:00", "明天上午反馈": "问 01 11:30 01 12:00",
    "后天报": "问 02 12:00 02 18:00", "大后天报": "问 03 12:00 03 18:00", "周五报": "问 04 12:00 04 18:00",
    "周五前报": "问 03 18:00 04 12:00 04 18:00", "周五下班前报": "问 04 17:30 04 18:00",
    "下周三前反馈": "问 08 18:00 09 12:00 09 18:00", "本周内报": "问 04 12:00 04 18:00",
    "下周前报": "问 04 12:00 04 18:00", "12月5日报": "问 05 12:00 05 18:00",
    "5号前报": "问 04 18:00 05 12:00 05 18:00", "下月5日前报": "问 04 18:00 05 12:00 05 18:00",
    "月底前报": "问 30 17:30 30 18:00", "月底报": "问 30 17:30 30 18:00", "12月底前报": "问 31 17:30 31 18:00",
    "下月底前报": "问 31 17:30 31 18:00", "月内报": "问 30 17:30 30 18:00", "年底前报总结": "问 31 17:30 31 18:00",
    "本月25日前报": "问",
}  # fmt: skip
NEVER = (
    "会前报 会后反馈 节前报 春节前完成 天黑前报 雨停后报 近期报 这两天报 今明两天报 年前完成 "
    "每小时报一次 每2小时续报一次"
)
"""What no calendar tells."""
SOON = "尽快 请尽快回电 尽早回复 马上报 立即反馈 抓紧报 速回电 第一时间报告 稍后回电 请及时反馈 请报结果"
NONE = (
    "有情况随时报告 如有异常请立即上报 明天9点开会 明天检查 今天反馈了 今天报的是3起 下午反馈：已整改 上午已报 "
    "昨天下午反馈没问题 8点反馈无异常 今日9时报告火情 太行晚报来电采访 明天报到 周五交接班 "
    "下午交通管制 明天报名 高速交警上报堵车 预计今天20时报站 即日起加强值班 早报登了"
)
for words, kind in ((NEVER, ASK), (SOON, OPEN), (NONE, "")):
    SAID |= dict.fromkeys(words.split(), kind)


def said(text: str, now: datetime = NOW) -> str:
    found = dues(text, now)
    if not found:
        return OPEN if read_entry(f"市政府值班室张 来电：{text}", now).asked else ""
    [due] = found
    if due.at is not None:
        return f"{due.at:%d %H:%M}"
    return " ".join([ASK, *(f"{moment:%d %H:%M}" for moment in due.options)])


@pytest.mark.parametrize("text", SAID)
def test_what_is_said_gives_that_time_or_a_question_and_nothing_else(text: str):
    assert said(text) == SAID[text]
    assert said(f"请贵单位{text}") == SAID[text] or not SAID[text] or SAID[text] == OPEN


@pytest.mark.parametrize("text", [text for text, found in SAID.items() if found not in ("", OPEN)])
def test_an_entry_that_says_so_waits_for_it(text: str):
    found = read_entry(f"市政府值班室张 来电：下午强对流，{text}", NOW)
    assert len(found.dues) == 1 and found.unit == "市政府值班室", found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("明天", "01 17:30 01 18:00"), ("下午", "30 17:30 30 18:00"), ("明早", "01 08:00 01 08:30 01 09:00"),
        ("周五", "04 12:00 04 18:00"), ("12月底", "31 17:30 31 18:00"), ("半小时后", "30 10:42"),
        ("下班前", "30 17:30 30 18:00"), ("零点", "01 00:00"), ("会前", ""), ("尽快", ""),
    ],
)  # fmt: skip
def test_a_time_that_is_asked_for_may_be_a_day_too(text: str, found: str):
    assert " ".join(f"{moment:%d %H:%M}" for moment in due_named(text, NOW)) == found


DAY = ["今天", "明天", "明日", "后天", "周五", "下周一", "12月5日", "5号", "月底", "本周", "年底", "12月底", "当日", ""]
PART = ["早", "上午", "下午", "晚上", "下班", "中午", "一早", ""]
CLOCK = ["9点", "16时", "16:30", "三点半", "零点", "20时许", "1小时", "半小时", "3个工作日", "两天", ""]
TAIL = ["前", "内", "后", "之前", "左右", "", "整"]
VERB = ["报", "反馈", "回电", "将名单报来", "上报", "完成", "开会", "报警", "交接班", "反馈了", "报告", "请准时参加"]
HEAD = ["请", "务必", "会前", "每", "昨天", "预计", "最迟", "限", "有情况", ""]
PARTS = st.tuples(*(st.sampled_from(items) for items in (HEAD, DAY, PART, CLOCK, TAIL, VERB)))
HOURS = {"9点": 9, "16时": 16, "16:30": 16, "三点半": 3, "零点": 0, "20时许": 20}
OFFICE = {"08:00", "08:30", "09:00", "11:30", "12:00", "14:00", "17:30", "18:00", "20:00", "22:00", "00:00"}


@given(
    clauses=st.lists(PARTS, min_size=1, max_size=3), minutes=st.integers(0, 60 * 24 * 40), joint=st.sampled_from("，。")
)
def test_no_moment_is_due_that_nobody_said(clauses: list[tuple[str, ...]], minutes: int, joint: str):
    text, now = joint.join(map("".join, clauses)), NOW + timedelta(minutes=minutes)
    for due in dues(text, now):
        counted = re.search(r"小时|天|工作日", due.text)
        clocks = {hour % 12 for words, hour in HOURS.items() if words.rstrip("许") in due.text}
        if due.at is not None:
            assert counted or "中午" in due.text or due.at.hour % 12 in clocks, (text, due)
            assert not due.options and now < due.at
        for moment in due.options:
            assert moment > now
            assert f"{moment:%H:%M}" in OFFICE or counted or moment.hour % 12 in clocks, (text, due)
