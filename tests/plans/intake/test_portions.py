"""Portions of a count, crossed: so much of those who are counted is told, and never all of them."""

from random import Random

import pytest

from plans.intake import read
from tests.plans.intake.saying import NOW, SHORT, said

WHOLE = 30
PORTIONS = {
    "一半": 0.5, "差不多一半": 0.5, "将近一半": 0.47, "近一半": 0.47, "大约一半": 0.5, "一半左右": 0.5,
    "一半多": 0.55, "快一半": 0.47, "大半": 0.7, "一大半": 0.7, "多半": 0.7, "过半": 0.6, "半数": 0.5,
    "半数以上": 0.6, "超过一半": 0.6, "小半": 0.4, "三分之一": 0.34, "三分之二": 0.67, "四分之一": 0.25,
    "六成": 0.6, "三成": 0.3, "七八成": 0.75, "30%": 0.3, "百分之三十": 0.3, "大部分": 0.8, "多数": 0.7,
    "大多数": 0.8, "绝大多数": 0.9, "少数": 0.1, "个别": 0.05, "一部分": 0.4, "部分": 0.4, "一些": 0.4,
    "不少": 0.5,
}  # fmt: skip
"""A portion, and how much of all it may be."""
WHO = "个孩子 人 名学生 个工人 个人 名乘客 口人 位老人".split()
HARMS = {
    "受伤": "injuries", "拉肚子": "ill", "中毒": "ill", "被困": "trapped", "没出来": "trapped", "失联": "missing",
    "死了": "deaths", "发烧": "ill", "死亡": "deaths", "吐了": "ill", "重伤": "serious_injuries", "烧伤": "injuries",
}  # fmt: skip
FORMS = [
    "{n}{w}{s}{h}", "{n}{w}有{s}{h}", "{n}{w}，{s}{h}", "{n}{w}里{s}{h}", "{n}{w}里头有{s}{h}", "{n}{w}{h}{s}",
    "{n}{w}中{s}{h}", "{n}{w}，有{s}{h}", "{n}{w}，{s}的{h}", "{n}{w}，{s}都{h}", "{n}{w}，{h}的占{s}", "{n}{w} {s}{h}",
    "班里{n}{w}{s}{h}", "车上{n}{w}，{s}{h}", "共{n}{w}，{h}{s}", "{n}{w}，其中{s}{h}", "{s}{h}，一共{n}{w}",
]  # fmt: skip
FACTS = {SHORT[short] for short in ("dead", "hurt", "serious", "missing", "trapped", "ill")}


@pytest.mark.parametrize("seed", [1, 2])
def test_a_portion_is_never_all(seed):
    random, right, many = Random(seed), 0, 150
    for _ in range(many):
        form, harm = random.choice(FORMS), random.choice(list(HARMS))
        portion, part = random.choice(list(PORTIONS.items()))
        text = form.format(n=WHOLE, w=random.choice(WHO), s=portion, h=harm) + random.choice(("", "，120到了", "。"))
        facts = read(text, now=NOW).facts
        for name in FACTS & facts.keys():
            found = facts[name]
            if not found.unknown:
                low, high = found.at_least or 0, found.at_most
                assert high is not None, (text, name)
                assert low < WHOLE, (text, name)
                assert low <= part * WHOLE <= high, (text, name, low, high)
                right += name == HARMS[harm]
    assert right >= 0.6 * many


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("车上40人，三分之一受伤", "hurt=12..15"),
        ("30名学生六成拉肚子", "ill=16..20"),
        ("5人烧伤，其中1人烧伤面积达70%，伤势危重", "hurt=5 serious=1"),
        ("30人受伤，一半重伤", "hurt=30 serious=13..17"),
        ("受伤8人，房子塌了一半", "hurt=8"),
        ("3人死亡，一半的路断了", "dead=3"),
    ],
)
def test_what_a_portion_is_of(text, facts):
    assert said(text) == facts
