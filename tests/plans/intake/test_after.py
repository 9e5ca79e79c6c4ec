"""What a case knows after a later text: known, kind, text, what is known then; `~` = it has to be confirmed."""

import pytest

from plans.intake import after, read
from tests.plans.intake.saying import NOW, SHORT

AFTER = [
    ("dead=2", "traffic", "又死了一个", "dead=3"),
    ("dead=1 hurt=6", "traffic", "又拉来俩受商的", "dead=1 hurt=8"),
    ("hurt=6", "traffic", "一共8个", "hurt=8"),
    ("ill=6", "food_poisoning", "又有2个送医院了，一共8个", "ill=8"),
    ("ill=12", "food_poisoning", "家长又送来4个，也是吐的", "ill=16"),
    ("missing=3", "flood", "找到一个还差俩", "missing=2~"),
    ("missing=2", "flood", "都联系上了，虚惊一场", "missing=0~"),
    ("dead=1 missing=3", "flood", "下游找到两具遗体，是失踪名单上的", "dead=3 missing=1~"),
    ("dead=3 missing=2", "flood", "又发现一具遗体，不在失踪名单里", "dead=4 missing=2"),
    ("trapped=6", "mine_accident", "救上来2个，都能走", "trapped=4~"),
    ("trapped=3", "mine_accident", "人全出来了，一个不落", "trapped=0~"),
    ("hurt=2 trapped=4", "collapse", "扒出来2个，都带伤，送走了", "hurt=4 trapped=2~"),
    ("dead=1 hurt=6 serious=2", "traffic", "重伤的走了一个", "dead=2 hurt=5~ serious=1~"),
    ("hurt=7", "traffic", "接医院电话，有一个没抢救过来", "dead=1 hurt=6~"),
    ("hurt=8 serious=2", "stampede", "轻伤里有一个转成重伤了", "hurt=8 serious=3"),
    ("ill=28", "food_poisoning", "今天出院9个", "ill=28"),
    ("dead=2 hurt=10", "flood", "截至16时，无新增伤亡", "dead=2 hurt=10"),
    ("dead=0 hurt=12", "traffic", "那12个伤员里头，中医院收了5个", "dead=0 hurt=12"),
    ("ill=15", "food_poisoning", "两个班名单上有3个人重了，得减掉", "ill=12~"),
    ("dead=7", "explosion", "说错了，是受伤7个，不是死7个", "dead=?~ hurt=7"),
    ("dead=2 hurt=7", "explosion", "死亡2人那个消息不可靠，先撤回", "dead=?~ hurt=7"),
    ("dead=1 hurt=2", "explosion", "外头传死了3个了，我没核实", "dead=1 hurt=2"),
    ("dead=2 hurt=5", "traffic", "要是最重的那个今晚挺不过来，就是3个了", "dead=2 hurt=5"),
    ("dead=3", "earthquake", "死亡有没有增加？", "dead=3"),
    ("trapped=5", "mine_accident", "还有2个没上来", "trapped=2~"),
    ("trapped=5", "collapse", "刚挖出来一个，没气了", "dead=1 trapped=4~"),
    ("missing=4", "flood", "找到1人遗体", "dead=1 missing=3~"),
    ("ill=20", "food_poisoning", "目前总数25人", "ill=25"),
    ("hurt=8", "stampede", "5个回家观察了", "hurt=8"),
    ("hurt=6", "traffic", "漏报了2个轻伤的", "hurt=8"),
    ("dead=2 hurt=6", "traffic", "3名伤员转到市医院", "dead=2 hurt=6"),
    ("dead=4 hurt=9", "explosion", "死2人", "dead=?~ hurt=9"),
]


@pytest.mark.parametrize(("known", "category", "text", "then"), AFTER, ids=[row[2] for row in AFTER])
def test_after(known, category, text, then):
    facts = {SHORT[word]: int(number) for word, number in (item.split("=") for item in known.split())}
    changed = after(read(text, now=NOW), facts, category)
    shown = {}
    for word, name in SHORT.items():
        if name in changed:
            new = changed[name]
            value = "?" if new.value is None else str(new.value)
            shown[word] = f"{value}{'~' if new.asks else ''}"
    assert " ".join(f"{word}={value}" for word, value in shown.items()) == then


def test_a_fall_that_nothing_explains_is_asked_with_both_readings():
    changed = after(read("死2人", now=NOW), {"deaths": 4}, "explosion")["deaths"]
    assert changed.asks
    assert changed.unknown
    assert (changed.at_least, changed.at_most) == (2, 4)
    assert [option.value for option in changed.readings] == [4, 2]


def test_nothing_read_changes_nothing():
    reading = read("收到，辛苦了", now=NOW)
    assert reading.nothing
    assert {name: new.change for name, new in after(reading, {"deaths": 1}).items()} == {"deaths": "same"}


def test_a_known_value_that_is_no_number_is_refused():
    with pytest.raises(TypeError, match="不是数"):
        after(read("又死了一个", now=NOW), {"deaths": "两个"})
