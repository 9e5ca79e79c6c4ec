"""What is told of animals, in a drill, of an earlier event or of another village counts nobody here."""

from itertools import product

import pytest

from plans.intake import read
from tests.plans.intake.saying import NOW, said

FIGURES = [("砸伤三个人", "hurt=3"), ("伤2人", "hurt=2"), ("两名工人失联", "missing=2"), ("困了4个", "trapped=4")]
BEASTS = ["那头驴当场死了", "一只羊埋了", "还有两头跑没影了", "圈里三头也没了", "那条黄狗被冲走了"]
THEN = [
    "早先传的死2伤9是三月那回的",
    "先前写的死4人是去年的事",
    "群里那个亡5人属于上次的旧账",
    "给当年牺牲的6位师傅扫墓",
    "追悼会上念了遇难的8人",
]
PLAYED = [
    "演练小结：“伤员”6名已“救出”，“死亡”0",
    "今天演习，“被困人员”4名全部“获救”，评分92",
    "业务考试第7题：井下被困6人，已知死亡2人，先报谁",
    "第十二道题：3名学生失联，班主任怎么办",
]

WHERE = """游戏里 打游戏 王者荣耀里 电影里 看电视剧 小说里 昨晚做梦 剧本杀 桌游 狼人杀 动画片里 副本里 手游 联机打CS
我的世界里 模拟器里 刷到个视频 短视频里 抖音上 抖音上看到 朋友圈看到 直播里""".split()
"""Where it was seen or played, and who tells of it was not there."""
SEEN = "炸没了3个 死了3个 被埋了5个 三个人没了 伤了4个 失踪2人 中毒5人 炸死3人 被困4人 3人死亡2人受伤".split()


@pytest.mark.parametrize(("figure", "beast"), list(product(FIGURES, BEASTS)))
def test_animals_are_nobody(figure, beast):
    text, facts = figure
    assert said(f"{text}，{beast}") == facts
    assert said(f"{beast}，{text}") == facts


@pytest.mark.parametrize(("figure", "then"), list(product(FIGURES, THEN)))
def test_an_earlier_event_beside_todays(figure, then):
    text, facts = figure
    assert said(then) == ""
    assert said(f"{then}，今天{text}") == facts


@pytest.mark.parametrize("text", PLAYED)
def test_what_is_played_or_examined_befell_nobody(text):
    assert said(text) == ""


@pytest.mark.parametrize(
    ("group", "whole"),
    [
        *product(
            ["我们单位", "本村", "咱们厂", "我们镇的人", "我校师生", "外来工人"],
            [("死8伤20", "dead=8 hurt=20"), ("死亡5人，受伤11人", "dead=5 hurt=11")],
        )
    ],
)
def test_the_part_of_a_group_is_no_addition(group, whole):
    text, facts = whole
    assert said(f"县里通报{text}，其中{group}死2伤3") == facts


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("他们那儿死2失踪5，咱村没死人", "dead=0"),
        ("人家那边死了3个，我们这边伤2人", "hurt=2"),
        ("受伤：14（重3轻11，后来死的已从重伤里剔掉）", "hurt=14 serious=3"),
        ("伤9人（重2轻7，从重伤名单里划掉的不算）", "hurt=9 serious=2"),
        ("一百三四十人困在车里", "trapped=130..140"),
        ("困着二百五六十人", "trapped=250..260"),
        ("值班的领导我也没见着", ""),
        ("我没见着伤员", ""),
        ("撞伤一个，孩子没碰着", "hurt=1"),
        ("两个人没见着", "missing=2"),
    ],
)
def test_words_beside_a_figure(text, facts):
    assert said(text) == facts


@pytest.mark.parametrize("where", WHERE)
def test_what_is_seen_or_played_is_no_figure(where):
    for seen, mark in product(SEEN, ("", "，")):
        facts = read(where + mark + seen, now=NOW).facts
        assert all(found.unknown for found in facts.values()), (where, mark, seen)
