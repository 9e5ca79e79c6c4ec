"""What somebody says of himself: every way in which it is written, and what is no such thing."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from handlers.identity import answer
from plans.identity import NO_PHONE, NotSaid, Who, contradict, listed_head, read_who
from plans.load import load_all

AT = datetime(2026, 3, 1, 4, tzinfo=UTC)
PLANS = list(dict(load_all()).values())
MOBILE = "139" + "0000" + "0012"
SCENARIOS = Path(__file__).parents[1] / "scenarios"

READ = {
    f"赵敏 区应急管理局 {MOBILE}": Who("赵敏", "区应急管理局", MOBILE),
    "赵敏，区应急管理局，2250777": Who("赵敏", "区应急管理局", "0356-2250777"),
    f"姓名：赵敏\n单位：区应急管理局\n电话：{MOBILE}": Who("赵敏", "区应急管理局", MOBILE),
    "姓名:赵敏 科室:应急科 ": Who("赵敏", "应急科"),
    "单位：区教育局，姓名：赵敏": Who("赵敏", "区教育局"),
    "王　伟 区教育局": Who("王伟", "区教育局"),
    "买买提•艾力 区教育局": Who("买买提·艾力", "区教育局"),
    "John Smith 区教育局": Who("John Smith", "区教育局"),
    "赵\u200b敏\u00ad 区教育局": Who("赵敏", "区教育局"),
    "欧阳娜娜 区教育局 安全科": Who("欧阳娜娜", "区教育局 安全科"),
    "𠮷田 区教育局": Who("𠮷田", "区教育局"),
    "赵敏 区教育局 无": Who("赵敏", "区教育局", NO_PHONE),
    "姓名：赵敏 单位：区教育局 电话：没有": Who("赵敏", "区教育局", NO_PHONE),
}
REFUSED = {
    "": "name", "赵": "name", "赵敏": "office", f"赵敏 {MOBILE}": "office", "赵敏 区教育局 139": "phone",
    f"赵敏 区教育局 {MOBILE} {MOBILE[:-1]}3": "phone", "姓名：赵敏 单位：区教育局 电话：不知道": "phone",
    "赵" * 200: "long", "赵敏 " + "局" * 100: "office", "<b>赵敏</b> 区教育局": "name", "赵*敏 区教育局": "name",
    "赵敏 <i>区教育局</i>": "office", "\u202e敏赵\u202c 区教育局": "name", "@zhaomin 区教育局": "name",
    "赵敏\u0000 区教育局\u202e": "name", "😀 区教育局": "name", "12345 区教育局": "office",
    "他叫 姓名：赵敏": "name", "http://a.example 区教育局": "name", "敏\u0301敏 区教育局": "name",
}  # fmt: skip


@pytest.mark.parametrize("text", READ)
def test_it_is_read(text):
    assert read_who(text, "0356") == READ[text]


@pytest.mark.parametrize("text", REFUSED)
def test_it_is_not_guessed(text):
    with pytest.raises(NotSaid) as refused:
        read_who(text, "0356")
    assert refused.value.fault == REFUSED[text]


def test_what_an_administrator_leaves_out_follows_from_the_invitation():
    assert read_who("赵敏", office="区教育局") == Who("赵敏", "区教育局")
    assert read_who("赵敏 区卫健局", office="区教育局") == Who("赵敏", "区卫健局")


def test_whatever_is_read_can_be_shown_and_read_again():
    chance = random.Random(17)
    signs = "赵敏王伟·<>*_`[]()@#\u200b\u202e\u2066 \n,，:：0123456789aZé\ud800\U0001f600局单位姓名电话"
    for _ in range(4000):
        text = "".join(chance.choice(signs) for _ in range(chance.randrange(30)))
        try:
            who = read_who(text)
        except NotSaid:
            continue
        assert 2 <= len(who.name) <= 40 and 2 <= len(who.office) <= 40
        assert not set("<>*_`[]@#\u200b\u202e\u2066\n\ud800") & set("".join(who))
        assert read_who(f"姓名：{who.name} 单位：{who.office}")[:2] == who[:2]


UNITS = sorted({name for plan in PLANS for unit in plan.units for name in (unit.id, unit.name) if name})


def test_everybody_of_every_unit_of_every_plan_can_answer_in_one_line():
    for unit in UNITS:
        who = answer(f"赵敏 {unit} 0356-2250777", PLANS, AT)
        assert isinstance(who, Who) and (who.name, who.phone) == ("赵敏", "0356-2250777") and who.office, unit


def test_no_report_of_any_scenario_is_taken_for_an_answer_to_who_somebody_is():
    texts = [
        step["text"]
        for path in SCENARIOS.glob("*/*.yaml")
        for step in yaml.safe_load(path.read_text(encoding="utf-8")).get("steps", [])
        if isinstance(step.get("text"), str) and step.get("do") in ("report", "update", "say")
    ]
    assert len(texts) > 60
    for text in texts:
        assert answer(text, PLANS, AT) is None, text
        assert answer(f"{text} {MOBILE}", PLANS, AT) is None, text


@pytest.mark.parametrize(
    "text",
    ["救命", "马上来人", "楼塌了 实验小学 0356-2250777", "高空坠物 实验小学", "着火了 区教育局", "快来人 实验小学"],
)
def test_a_cry_for_help_is_no_name(text):
    assert not isinstance(answer(text, PLANS, AT), Who)


HEADS = {
    "赵敏": Who("赵敏", "某小学"), "王　伟": Who("王伟", "某小学"), f"赵敏 {MOBILE}": Who("赵敏", "某小学", MOBILE),
    "赵敏（校长）": None, "赵校长": None, "赵敏、钱一": None, "赵敏 钱一": None, "": None, "待定": None, "空缺": None,
    "赵": None,
    "<b>赵敏</b>": None, "赵敏 无": None, "孙主任": None, "12345": None, "赵" * 300: None,
}  # fmt: skip


@pytest.mark.parametrize("cell", HEADS)
def test_a_head_is_who_the_list_names_by_a_real_name(cell):
    assert listed_head(cell, "某小学") == HEADS[cell]


def test_the_one_mobile_number_of_a_list_is_the_head_s():
    other = MOBILE[:-1] + "3"
    assert listed_head("赵敏", "某小学", ["0356-2250777", MOBILE]) == Who("赵敏", "某小学", MOBILE)
    assert listed_head("赵敏", "某小学", [other, MOBILE]) == Who("赵敏", "某小学")
    assert listed_head("赵敏", "<某小学>", [MOBILE]) == Who("赵敏", "", MOBILE)


OFFICES = {
    ("区教育局", "区卫健局"): True, ("市教育局", "区教育局"): True, ("区教育局值班室", "区卫健局"): True, ("安全科",
    "应急科"): True,
    ("城关镇政府", "河口乡政府"): True, ("实验小学", "凤鸣小学"): True, ("区委宣传部", "区政府办"): True,
    ("区教育局安全科", "区卫健局"): True,
    ("区教育局", "教育局"): False, ("区应急局", "区应急管理局值班室"): False, ("应急科", "区应急管理局"): False,
    ("值班室", "区教育局"): False,
    ("卫健局", "区卫生健康和体育局"): False, ("晋城市城区教育局", "区教育局"): False, ("区教育局", "区教育局"): False,
    ("负责人", "区教育局"): False, ("二队", "区教育局"): False, ("城区", "区教育局"): False, ("借调",
    "区教育局"): False,
    ("", "区教育局"): False, ("", ""): False, ("A组", "B组"): False, ("消防大队", "区消防救援大队"): False,
    ("指挥中心", "区公安局"): False,
    ("区 教育\u200b局", "区教育局"): False, ("城关镇", "城关镇政府"): False, ("区教育局安全科", "区教育局"): False,
}  # fmt: skip


@pytest.mark.parametrize("pair", OFFICES)
def test_two_offices_contradict_where_they_are_certainly_two(pair):
    one, other = pair
    assert contradict(one, other) is contradict(other, one) is OFFICES[pair]
