"""What is said on the telephone: no figure is left to a synthesiser, a drill says so first, keys say what they mean."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.render.voice import LONGEST, Said, keys_of, speech, spelled
from plans.core.notice import declared
from tests.bot.render.story import STORIES

READ = {
    "03:02": "三点零二分", "03:00": "三点整", "00:05": "零点零五分", "23:59": "二十三点五十九分",
    "3时2分": "三点零二分",
    "14:00–20:00": "十四点整到二十点整", "07:30至09:00": "七点三十分到九点整",
    "17号": "十七号", "110号": "一百一十号", "10": "十", "12日": "十二日", "200米": "二百米", "1002人": "一千零二人",
    "10020": "一万零二十", "100300": "十万零三百", "20000003": "二千万零三", "123456789": "一二三四五六七八九",
    "0": "零",
    "2人": "两人", "22人": "二十二人", "第2件": "第二件", "2日": "二日",
    "0356-2022492": "零三五六，二零二二四九二", "13900000017": "幺三九零零零零零零幺七",
    "0356-2250777转801": "零三五六，二二五零七七七转八零幺", "400-000-0001": "四零零，零零零，零零零幺",
    "已拨打120": "已拨打幺二零", "120人": "一百二十人", "请打12345": "请打幺二三四五",
    "Ⅲ级响应": "三级响应", "3.5米": "三点五米", "4.3.3": "四点三点三", "50%": "百分之五十", "-3℃": "负三℃",
    "3-5人": "三到五人",
    "2026-03-02": "二零二六年三月二日", "2026年": "二零二六年", "××小学": "某小学",
}  # fmt: skip


@pytest.mark.parametrize(("written", "said"), READ.items())
def test_figures_are_read_as_people_read_them(written, said):
    assert spelled(written) == said


@given(st.text(alphabet="0123456789:-.年月日时分号人%（）() 至Ⅲ转", max_size=24))
def test_no_figure_is_left(text):
    assert not re.search(r"\d|[Ⅰ-Ⅳ]", spelled(text))


@given(st.integers(0, 99_999_999))
def test_a_number_is_read_back_as_itself(number):
    digits = {name: value for value, name in enumerate("零一二三四五六七八九")}
    total = section = digit = 0
    for char in spelled(f"{number}米"):
        if char in digits:
            digit = digits[char]
        elif char in "十百千":
            section += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[char]
            digit = 0
        elif char == "万":
            total, section, digit = (section + digit) * 10_000, 0, 0
    assert total + section + digit == number


def test_every_ringing_message_of_every_story_can_be_said():
    kinds = {item.key: item.on_key for item in declared()}
    said = 0
    for name in STORIES:
        for notice, view in STORIES[name]().told:
            if not (notice.type.escalates or kinds.get(notice.key)):
                continue
            from bot.render import render

            text = render(notice, view).text
            words = speech([Said(text, notice.type.on_key or "told")], "区教育局", drill=view.incident.drill)
            said += 1
            assert len(words) <= LONGEST * 2 and not re.search(r"[\d【】*_]|http|/[a-z]|，，|。。", words), words
            assert words.startswith("演练") is view.incident.drill
    assert said > 20


def test_nobodys_own_words_and_no_mobile_number_are_said():
    text = "【待接报】17号 育才小学\n联系：张三 13900000017\n原文：三班的李小明摔伤了\n等级未定"
    words = speech([Said(text, "heard")], "区教育局", drill=False)
    assert "李小明" not in words and "幺三九" not in words and "手机号见Telegram" in words and "等级未定" in words


def test_what_the_keys_mean_is_said_by_what_is_asked():
    answer, heard, decide = Said("甲", "answer"), Said("乙", "heard"), Said("丙", "decide")
    assert keys_of([answer]) == {"1": "收到", "2": "需要人工回电"} and keys_of([decide]) == {"2": "需要人工回电"}
    assert keys_of([heard]) == {"1": "听到"}
    assert "按键不算决定" in speech([answer, decide], "区教育局", drill=False)
    assert "不能作决定" in speech([decide], "区教育局", drill=False)
    assert "不算接手" in speech([heard], "区教育局", drill=False)
    many = speech([Said(f"事{number}", "answer") for number in "甲乙丙丁"], "区教育局", drill=True)
    assert many.startswith("演练，演练，这是演练。") and "共有四件事" in many and "其余请看Telegram" in many
    assert "第四件" not in many
