"""Single people and families told of one after the other, crossed with what befell them: all six figures are right."""

from itertools import product

import pytest

from plans.intake import read
from tests.plans.intake.saying import NOW

_FACTS = ("deaths", "injuries", "serious_injuries", "missing", "trapped", "ill")
_HEADS = ("矿车脱轨，", "工地脚手架塌了。", "山上落石砸了车 ", "小饭馆液化气罐炸了！")
_WHO = (
    ("司机", 1), ("电工小刘", 1), ("带队老师", 1), ("骑电动车的", 1), ("一个老太太", 1), ("爷孙仨", 3), ("王师傅", 1),
    ("后排俩乘客都", 2), ("村会计", 1), ("隔壁小两口", 2), ("小卖部老板", 1), ("母女三人", 3), ("放羊的老汉", 1),
)  # fmt: skip
_FATES = (
    ("当场没了", "deaths"), ("还没脱离危险，在抢救", "serious_injuries"), ("小腿骨裂", "injuries"), ("只是受了惊", ""),
    ("送到医院没抢救过来", "deaths"), ("压在底下没弄出来", "trapped"), ("缝了五针", "injuries"), ("毫发无伤", ""),
    ("伤最重，医生下了病危", "serious_injuries"), ("到现在没找着", "missing"), ("走了，没抢救回来", "deaths"),
)  # fmt: skip


def _six(text):
    return {name: (None if found.unknown else found.at_least) for name, found in read(text, now=NOW).facts.items()}


def _wanted(told):
    wanted = dict.fromkeys(_FACTS, 0)
    for many, fact in told:
        if fact:
            wanted[fact] += many
    wanted["injuries"] += wanted["serious_injuries"]
    return wanted


def test_each_is_told_in_his_turn():
    for at, (many, mark, start) in enumerate(product((2, 3, 4), "，。；", range(0, 13, 5))):
        told = [
            (*_WHO[(start + one) % len(_WHO)], *_FATES[(at + 3 * one) % len(_FATES)]) for one in range(many)
        ]  # who, how many, the words, the fact
        text = _HEADS[at % len(_HEADS)] + mark.join(who + words for who, _, words, _ in told)
        got = _six(text)
        wanted = _wanted((number, fact) for _, number, _, fact in told)
        assert {name: got.get(name) or 0 for name in _FACTS} == wanted, text


_PAIRS = (
    ("老两口", "老头", "老太太"),
    ("母子俩", "妈", "孩子"),
    ("师徒俩", "师傅", "徒弟"),
    ("夫妻俩", "男的", "女的"),
)


def test_two_of_a_family_are_told_apart():
    for at, ((both, one, other), start) in enumerate(product(_PAIRS, range(5))):
        first, second = _FATES[start], _FATES[(start + 3 + at) % len(_FATES)]
        text = f"中巴冲下坡了，车上{both}{'，：'[at % 2]}{one}{first[0]}，{other}{second[0]}"
        got = _six(text)
        wanted = _wanted(((1, first[1]), (1, second[1])))
        assert {name: got.get(name) or 0 for name in _FACTS} == wanted, text


@pytest.mark.parametrize(
    ("text", "fact", "many"),
    [
        ("轿车里一家三口，两大一小，大人当场没的，小的送医院路上没的", "deaths", 3),
        ("李家失火，一家六口就跑出来个儿媳妇，烫伤了胳膊，另外五个都烧死在屋里", "injuries", 1),
        ("菜市口，卖鱼的老曹跟收摊位费的打起来，老曹肋骨断三根，收费的鼻子淌血", "injuries", 2),
        ("滚石砸在工棚上，做饭的老两口被窝里就没了，看炸药的老关人找不见", "deaths", 2),
        ("车翻了，司机没了，他老婆腿断了，他没事", "injuries", 1),
        ("车翻了，司机死了，副驾也死了，其余三个轻伤", "deaths", 2),
    ],
)
def test_who_is_told_of_otherwise_is_not_counted_so(text, fact, many):
    assert _six(text).get(fact) in (many, None), text
