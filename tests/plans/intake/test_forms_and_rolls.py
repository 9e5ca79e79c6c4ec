"""A form of harms with their numbers, and a roll of named people with what befell each, crossed with how they are set.

No figure that is shown is false, and all six are right.
"""

from itertools import cycle, islice, product

import pytest

from plans.intake import read
from tests.plans.intake.saying import NOW

_FACTS = ("deaths", "injuries", "serious_injuries", "missing", "trapped", "ill")
_HEADS = ("水泥厂料仓垮塌", "G25高速货车侧翻", "居民楼燃气爆炸", "小学春游大巴侧翻")
_LABELS = (
    ("死亡", "重伤", "轻伤", "失联", "被困"),
    ("亡", "重", "轻", "失踪", "被埋"),
    ("遇难", "危重", "轻微伤", "下落不明", "受困"),
    ("死亡人数", "重伤人数", "轻伤人数", "失联人数", "被困人数"),
    ("🔴死亡", "🟠重伤", "🟡轻伤", "❓失联", "⛔被困"),
    ("死亡（人）", "重伤（人）", "轻伤（人）", "失踪（人）", "被困（人）"),
    ("确认死亡", "伤势危重", "伤势轻微", "仍失联", "仍被困"),
)  # fmt: skip
_NUMBERS = ((3, 2, 6, 1, 4), (0, 5, 2, 0, 1), (1, 0, 0, 2, 3))
_KEPT = ((0, 1, 2), (0, 1, 2, 3, 4), (1, 2, 4), (0, 2), (2, 3))
_SET = (("：{n}", "\n"), ("：{n}人", "，"), (" {n}", "\n"), ("={n}人", "；"), ("{n}人", "、"))


def _six(text):
    return {name: (None if found.unknown else found.at_least) for name, found in read(text, now=NOW).facts.items()}


def test_a_form_is_told_label_by_label():
    heads, numbers = cycle(_HEADS), cycle(_NUMBERS)
    for labels, kept, (item, mark) in islice(product(_LABELS, _KEPT, _SET), 0, None, 4):
        many = next(numbers)
        text = next(heads) + "\n" + mark.join(labels[at] + item.format(n=many[at]) for at in kept)
        told = dict(zip(("deaths", "serious_injuries", "", "missing", "trapped"), many, strict=True))
        hurt = sum(many[at] for at in (1, 2) if at in kept)
        wanted = {name: told[name] for at, name in enumerate(told) if name and at in kept} | {"injuries": hurt}
        got = _six(text)
        assert {name: got.get(name) or 0 for name in _FACTS} == {name: wanted.get(name, 0) for name in _FACTS}, text


_FATES = (
    ("颅脑伤，危重", "serious_injuries"),
    ("右腿骨折", "injuries"),
    ("未受伤", ""),
    ("抢救无效死亡", "deaths"),
    ("肺挫伤，在ICU", "serious_injuries"),
    ("尚未联系上", "missing"),
    ("软组织挫伤", "injuries"),
    ("死亡（院前）", "deaths"),
    ("无明显外伤", ""),
)
_ENTRIES = (
    ("{s}某（{x}，{a}）{f}", "；"),
    ("{i}. {s}某某，{x}，{a}岁，{f}", "\n"),
    ("{s}秀英 {x} {a} {f}", "\n"),
    ("{s}某，{x}，{a}岁：{f}", "；"),
    ("{i}、{s}某{x}{a}岁{f}", "\n"),
    ("{s}XX（{a}岁）{f}", "；"),
    ("姓名：{s}建国，{x}，{a}岁，伤情：{f}", "；"),
    ("伤者{s}某，{x}，{a}岁，{f}", "\n"),
)


def test_a_roll_is_told_person_by_person():
    for at, ((entry, mark), many, start) in enumerate(product(_ENTRIES, (2, 4), range(0, 9, 4))):
        fates = [_FATES[(start + one * (1 + at % 2)) % len(_FATES)] for one in range(many)]
        people = [
            entry.format(i=one + 1, s="祝柏窦章苏"[one], x="男女"[one % 2], a=19 + 7 * one, f=words)
            for one, (words, _) in enumerate(fates)
        ]
        text = _HEADS[at % len(_HEADS)] + "。名单：\n" + mark.join(people)
        wanted = dict.fromkeys(_FACTS, 0)
        for _, fact in fates:
            if fact:
                wanted[fact] += 1
        wanted["injuries"] += wanted["serious_injuries"]
        got = _six(text)
        assert {name: got.get(name) or 0 for name in _FACTS} == wanted, text


@pytest.mark.parametrize(
    ("text", "fact", "many"),
    [
        ("货车侧翻，3人受伤：祝某（男，41）骨折；柏某（女，7）擦伤", "injuries", 3),
        ("楼塌了。一单元：死亡1，重伤2；二单元：死亡2，重伤1", "deaths", 3),
    ],
)
def test_a_form_or_roll_beside_others_is_not_the_whole(text, fact, many):
    assert _six(text).get(fact) in (many, None), text


@pytest.mark.parametrize(
    "text",
    [
        "如果死亡：2，重伤：3，就启动二级响应",
        "货车侧翻。祝某，男，41岁，司机；柏某，女，30岁，乘客",
    ],
)
def test_a_form_of_what_may_be_and_a_roll_without_harm_tell_of_none(text):
    assert not any(_six(text).get(name) for name in _FACTS), text


def test_a_number_between_two_others_is_none_of_a_form():
    for text, fact in (
        ("车站有人捅人。死了一两个。伤三人", "deaths"),
        ("货车追尾了。失踪一两人。重伤31人", "missing"),
        ("山洪冲了村子。疏散9人 困了三四人。", "trapped"),
    ):
        found = read(text, now=NOW).facts[fact]
        assert found.unknown or found.at_least != found.at_most, text


def test_a_table_behind_a_question_is_one_of_its_own():
    assert _six("喜宴上食物中毒\n伤了多少人？\n单位\t死亡\n五班\t1\n六班\t0") == {"deaths": 1}
