"""Those hurt of whom a text goes on to tell are counted once, also where readers add up what stands in turn."""

from itertools import islice, product

from plans.intake import read
from tests.plans.intake.saying import NOW, said

_WHOLES = ("厂里爆炸，{n}人受伤", "车翻了，伤了{n}个", "校门口撞伤{n}人", "锅炉房烫伤{n}名工人", "村口打架打伤{n}人")
_PARTS = (
    "{k}个骨折",
    "{k}个伤得不轻",
    "{k}个轻的回家了",
    "{k}人已出院",
    "{k}个包扎完走了",
    "还有{k}人失联",
    "消防来了{k}个人",
)
_MARKS = ("，", " ", "。", "、")

_ROWS = (
    ("吊车断臂砸伤7人，2个伤得不轻，1个轻的回家了", "hurt=7"),
    ("集市上牛惊了，顶伤了6个，3个骨折，其余擦破皮", "hurt=6"),
    ("看台塌了，摔伤9人，还有2人失联，都是轻伤", "hurt=9 missing=2"),
    ("客车翻了，伤了5个，对面三轮车上还有2个也伤了", "hurt=7"),
)


def test_a_part_of_the_hurt_is_not_added_to_them():
    for at, (whole, part, mark) in enumerate(product(_WHOLES, _PARTS, _MARKS)):
        many, some = ((7, 2), (9, 3), (6, 1))[at % 3]
        text = whole.format(n=many) + mark + part.format(k=some)
        found = read(text, now=NOW).facts.get("injuries")
        assert found is None or found.unknown or found.at_least == found.at_most == many, (text, found)


def test_the_hurt_are_counted_once():
    for text, facts in _ROWS:
        assert said(text) == facts, text


_HURT_FIRST = ("锅炉房烫伤8名工人", "看台塌了，8个学生摔伤", "车翻了，伤了8个", "村口打架打伤8人")
_BETWEEN = ("两个包扎完走了", "住院2个", "2个轻的回家了", "路过的1个人报的警", "2个骨折")
_DIED = ("有1个没抢救过来", "1个没救过来", "其中1人经抢救无效死亡", "1个伤重不治")


def test_who_died_of_the_hurt_is_no_more_among_them_whatever_is_told_between():
    for first, between, died in islice(product(_HURT_FIRST, _BETWEEN, _DIED), 0, None, 3):
        text = f"{first}，{between}。{died}"
        found = read(text, now=NOW).facts.get("injuries")
        assert found is None or found.unknown or found.at_least == found.at_most == 7, (text, found)
