"""What is read of a sentence that puts down an instruction; what is not said is not made up."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.desk.wording import by_when, read_instruction
from plans.times import BEIJING

NOW = datetime(2026, 11, 30, 10, 30, tzinfo=BEIJING)  # a Monday


@pytest.mark.parametrize(
    ("text", "giver", "way", "given_at", "body", "due"),
    [
        (
            "王副区长 举一反三，全区排查，一周内报结果",
            "王副区长",
            "",
            "",
            "举一反三，全区排查，一周内报结果",
            "12-07 18:00",
        ),
        ("王副区长批示：举一反三，全区排查", "王副区长", "", "", "举一反三，全区排查", ""),
        ("王副区长 电话 立即封锁现场", "王副区长", "电话", "", "立即封锁现场", ""),
        ("李书记在会上要求：明天下班前报", "李书记", "会议", "", "明天下班前报", "12-01 18:00"),
        ("赵区长当面交代，要把名单报来", "赵区长", "当面", "", "要把名单报来", ""),
        ("王强 10:20 全区排查，明天下班前", "王强", "", "10:20", "全区排查，明天下班前", "12-01 18:00"),
        ("总指挥 批示件 16时前报名单", "总指挥", "批示件", "", "16时前报名单", "11-30 16:00"),
        ("王副区长：全区排查", "王副区长", "", "", "全区排查", ""),
        ("王副区长 会上要求：三天内报", "王副区长", "会议", "", "三天内报", "12-03 18:00"),
        ("会议时间：明早8点", "", "", "", "会议时间：明早8点", ""),
        ("请王局长：来开会", "", "", "", "请王局长：来开会", ""),
        ("两年内建成，二百年内不倒", "", "", "", "两年内建成，二百年内不倒", ""),
        ("全区排查 一周内报", "", "", "", "全区排查 一周内报", "12-07 18:00"),
        ("请各单位 立即排查", "", "", "", "请各单位 立即排查", ""),
        ("12月5日前整改，12月10日前报结果", "", "", "", "12月5日前整改，12月10日前报结果", "12-10 18:00"),
        ("王副区长", "", "", "", "王副区长", ""),
        ("", "", "", "", "", ""),
    ],
)
def test_whose_word_it_is_how_and_by_when(text: str, giver: str, way: str, given_at: str, body: str, due: str) -> None:
    found = read_instruction(text, NOW, {"总指挥"})
    assert (found.giver, found.way, found.text) == (giver, way, body)
    assert (f"{found.given_at.astimezone(BEIJING):%H:%M}" if found.given_at else "") == given_at
    assert (f"{found.due.at:%m-%d %H:%M}" if found.due else "") == due


@pytest.mark.parametrize(
    ("words", "expected"),
    [("明天下班", "12-01 18:00"), ("12月30日前", "12-30 18:00"), ("三天内", "12-03 18:00"), ("16:00", "11-30 16:00"),
     ("今天下班前", "11-30 18:00"), ("一周内", "12-07 18:00"), ("随便", ""), ("", ""),
     ("24:00", "12-01 00:00"), ("12月31日24时", "01-01 00:00"), ("2月29日", ""), ("9月31日", ""), ("昨天", ""),
     ("十年内", ""), ("两年内", ""), ("2027年3月1日前", "03-01 18:00")],
)  # fmt: skip
def test_a_day_is_set_by_words_alone(words: str, expected: str) -> None:
    found = by_when(words, NOW)
    assert (f"{found.at:%m-%d %H:%M}" if found else "") == expected


@given(st.text(alphabet="王区长批示电话会议：， 0123456789月日时前内一周请全排查<b>&\n", max_size=40))
def test_whatever_is_written_nothing_is_added_and_the_day_lies_ahead(text: str) -> None:
    found = read_instruction(text, NOW)
    assert found.text in text and found.giver in text
    assert found.due is None or (found.due.at > NOW and found.due.words in text)
