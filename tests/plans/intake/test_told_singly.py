"""Two people told of one after another: who they are × what befell each × where they were × marks, by construction.

The truth comes from the words each text is put together of, never from the reader.
"""

from collections import Counter
from random import Random

import pytest

from plans.intake import read
from tests.plans.intake.saying import NOW, said

WHERE = [
    "",
    *"电动车上俩人， 车上两个人， 屋里俩人， 摩托车上两人， 车里就他们俩， 骑车的俩人，".split(),
    *"灶上就俩炊事员， 车上一共两个， 就两个人， 当时两人在干活，".split(),
]
WHO = [
    *(("大人", "孩子"), ("男的", "女的"), ("司机", "副驾"), ("老头", "老太太"), ("大的", "小的"), ("一个", "另一个")),
    *(("哥哥", "弟弟"), ("师傅", "徒弟"), ("爷爷", "孙子"), ("老婆", "男人"), ("他妈", "娃"), ("前面那个", "后面那个")),
    *(("年轻的", "年纪大的"), ("上岁数那个", "年轻那个")),
]
FATES = {
    "deaths": "没了 当场没了 没救过来 没等到车就没了 不行了 断气了 已经死了 当场死亡 没气了".split(),
    "injuries": "腿断了 破了点皮 骨折送医 头破了 轻伤 受了点伤 胳膊骨折".split(),
    "missing": "还没找着 没影了 不见了".split(),
    "trapped": "还卡在里面 还困着 压在底下出不来".split(),
    "": "没事 好好的 一点皮没破 毫发无伤 一点事没有".split(),
}
HAPPENED = "翻车了， 撞车了， 着火了， 房子塌了，".split()
MARKS = ("，", "，", "；", " ", "。")
FACTS = {*FATES, "serious_injuries", "ill"} - {""}


def test_what_befell_each_of_two_is_counted_once_and_of_him_alone():
    random, shown_rightly, all_told = Random(5), 0, 0
    fates = [(fact, words) for fact, several in FATES.items() for words in several]
    for _ in range(1200):
        (first, one), (second, other) = random.choice(fates), random.choice(fates)
        a, b = random.choice(WHO)
        text = random.choice(HAPPENED) + random.choice(WHERE) + a + one + random.choice(MARKS) + b + other
        truth = Counter(fact for fact in (first, second) if fact)
        found = read(text, now=NOW).facts
        shown = {name: found[name].value for name in FACTS & set(found) if not found[name].unknown}
        wrong = {name: value for name, value in shown.items() if value != truth[name]}
        if wrong == {"missing": 0} or wrong == {"serious_injuries": 0}:
            wrong = {}
        assert not wrong, (text, wrong)
        all_told += len(truth)
        shown_rightly += sum(shown.get(name) == many for name, many in truth.items())
    assert shown_rightly >= 0.9 * all_told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("撞翻一个老人，头破了，就他一个受伤", "hurt=1"),
        ("3个人受伤，就他们3个受伤", "hurt=3"),
        ("失踪5人，也就这5人", "missing=5"),
        ("死2伤5，就他俩死了", "dead=2 hurt=5"),
        ("撞了个老头，就他一个受伤", "hurt=1"),
        ("司机失联，死亡的没有", "dead=0 missing=1"),
        ("房子塌了，底下压了9人，还压着2个", "trapped=2"),
        ("电梯卡了9个人，还卡着2个", "trapped=2"),
        ("房子塌了，底下压了九人，扒出来五个；挖出2具遗体；还埋着两个", "dead=2 trapped=2"),
        ("东边埋了3个，西边还埋着2个", "trapped=5"),
    ],
)
def test_whoever_is_pointed_back_to_is_no_other(text, expected):
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("系统联调：死亡3 受伤12 被困2 地点：测试一路。以上是假数据，收到回1，不用处理", ""),
        ("【测试消息】某小区火灾死亡1人", ""),
        ("系统测试时炸了，死3人", "dead=3"),
        ("锅炉联调：突然爆炸，死亡3人", "dead=3"),
        ("测试数据显示一氧化碳超标，3人中毒", "ill=3"),
        ("别再写没死人了，医院证明都开了", ""),
        ("别再报没人受伤了，伤了3个", "hurt=3"),
        ("前天东门那起伤2个，今天西门这起伤5个", "hurt=5"),
        ("上周三那次塌方埋了3个，这次又埋了2个", "trapped=2"),
        ("昨天那起死亡增加到5人", "dead=5"),
        ("昨晚那场火伤了2个，今天又死了一个", "dead=1 hurt=2"),
    ],
)
def test_what_is_played_told_of_another_day_or_not_to_be_written_is_no_figure(text, expected):
    assert said(text) == expected
