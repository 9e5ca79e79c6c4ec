"""Persons told of one after another are summed by what befell them, and a tale with gaps shows no other figure."""

from itertools import permutations, product

import pytest

from plans.intake import read
from plans.intake.ledger import account
from plans.intake.numerals import normalise
from plans.intake.persons import tale
from tests.plans.intake.saying import NOW, said

LOTS = {
    "没抢救过来": "dead",
    "小腿骨折": "hurt",
    "胳膊让铁皮划了道口子": "hurt",
    "没伤着": "",
}
WHOLES = ["砖墙倒了，底下站着两个{}", "吊篮掉下来，里头两个{}", "电动车撞上护栏，车上两个{}"]
WHO = ["学徒", "女工", "小伙"]
PARTS = [("一个", "另一个"), ("一个", "一个"), ("高的", "矮的")]


def assert_none_false(text: str, *lots: str) -> None:
    """What is shown of the text is so; what is not sure is asked."""
    told = dict(part.split("=") for part in said(text).split())
    for kind in ("dead", "hurt"):
        assert told.get(kind, "?") in ("?", str(lots.count(kind))), text


@pytest.mark.parametrize(("whole", "who"), list(product(WHOLES, WHO)))
@pytest.mark.parametrize(("one", "other"), PARTS)
@pytest.mark.parametrize(("first", "second"), list(permutations(LOTS, 2)))
def test_a_counted_group_is_told_of_part_by_part(whole, who, one, other, first, second):
    text = f"{whole.format(who)}，{one}{first}，{other}{second}"
    assert_none_false(text, LOTS[first], LOTS[second])


SINGLES = ["司机", "押车的师傅", "卖菜的大妈", "老周", "车上的护工"]


@pytest.mark.parametrize(("one", "other"), list(permutations(SINGLES, 2)))
@pytest.mark.parametrize(("first", "second"), list(permutations(LOTS, 2)))
def test_never_is_one_shown_where_two_are_told_of(one, other, first, second):
    text = f"货车翻进排水沟，{one}{first}，{other}{second}"
    assert_none_false(text, LOTS[first], LOTS[second])


READ = [
    ("塔吊吊臂砸下来，砸到三个木工，一个当场没了，另外两个腿断了", "dead=1 hurt=2"),
    ("锅炉爆了，司炉工老梁没救过来，他徒弟脸烫了，看煤场的大爷没事", "dead=1 hurt=1"),
    ("摩托撞石墩，骑车的小伙锁骨断了，姑娘膝盖磕破", "hurt=2"),
    ("竹筏翻了，上头三个人，两个自己爬上岸，一个没冒头", "missing=1"),
    ("吊顶掉下来砸到四个顾客，三个头皮划破，还有一个肩膀脱臼", "hurt=4"),
    ("围墙倒了，老郑没了，他老婆腿砸断", "dead=1 hurt=1"),
    ("两口子烧炭取暖，男的没了，女的昏迷送医院", "dead=1 ill=1"),
    ("车间行车掉钩，正底下的班长肩膀砸断了，旁边的焊工躲开了", "hurt=1"),
    ("高压线打到两个钓鱼的，一个当场不行了，另一个手掌烧焦", "dead=1 hurt=1"),
    ("老人已没有呼吸，医生到场后宣布死亡", "dead=1"),
    ("玻璃门炸了，前台女孩耳朵后面划一道，两个孩子擦伤", "hurt=3"),
    ("烤鱼店鱼盘炸飞，2号桌两个女生腿上扎到，5号桌小孩耳朵后面划一道，别的桌没事", "hurt=3"),
    ("爆炸了，13人受伤，主楼3个受伤、副楼1个、附楼6个", "hurt=?"),
    ("吊臂砸下来，看车的脚脖子崴了，考生没有伤的", "hurt=1"),
]
"""Tales that are understood as a whole."""
ASKED = [
    ("石料厂皮带卷了一个，去拉他的班长手也夹肿了，还有几个吓瘫的说不清", "hurt"),
    ("马蜂蛰了3个，带队的大姐脸肿成馒头，另一个跑下山不知道咋样", "hurt"),
]
"""Others are told of than those whom a number counts, and not all is understood."""
NOT_TOLD = [
    ("清点物资时发现少了3人份的盒饭", ""),
    ("人家那边死了3个，我们这边伤2人", "hurt=2"),
    ("压了3个人的车位", ""),
]


@pytest.mark.parametrize(("text", "facts"), [*READ, *NOT_TOLD])
def test_what_persons_come_to(text, facts):
    assert said(text) == facts


@pytest.mark.parametrize(("text", "kind"), ASKED)
def test_other_persons_make_a_figure_a_question(text, kind):
    told = dict(part.split("=") for part in said(text).split())
    assert told.get(kind, "?") == "?"


@pytest.mark.parametrize(
    ("text", "gap"),
    [
        ("班组三个人在井口,突然一声响,炸药库那头的也死了", "who"),
        ("台账上第一处伤2", "number"),
        ("护士蹲在那里捂着额头", "body"),
    ],
)
def test_what_is_not_understood_is_a_gap(text, gap):
    assert gap in tale(text).gaps


def test_the_same_person_is_told_of_once():
    persons = tale("一个骑车的大爷被撞飞,大爷没挺过去,司机脸划破,司机在医院").persons
    assert [(one.noun[-2:], one.many) for one in persons] == [("大爷", 1), ("司机", 1)]


def test_a_list_has_the_number_of_all():
    assert said("张某、李某、王某三人在腌池边晕倒送医") == said("三人在腌池边晕倒送医")


OFFERED = [
    ("烤肉店气罐漏气闪了一下，老板胳膊烫了，两个客人脸上起泡，服务员跑出来了说没事没事", "injuries"),
    ("马蜂蛰了3个，带队的大姐脸肿成馒头，另一个跑下山不知道咋样", "injuries"),
]


def test_what_the_persons_come_to_is_among_the_ways_to_choose():
    for text, fact in OFFERED:
        found = read(text, now=NOW).facts[fact]
        told = account(normalise(text), read(text, now=NOW).category)
        assert found.unknown, text
        assert told is not None
        assert told.counts[fact] in {option.value for option in found.readings}, text
        assert found.at_least is not None
        assert found.at_least <= told.counts[fact], text
