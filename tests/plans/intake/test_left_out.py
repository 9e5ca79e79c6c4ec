"""Beside words that tell of people without a number no figure is shown as sure; where nothing is left out, it is."""

from itertools import product

import pytest

from plans.intake import SURE, read
from tests.plans.intake.saying import NOW, said


def shown(text):
    """The figures of people that are shown as known."""
    facts = read(text, now=NOW).facts
    return {name for name, found in facts.items() if found.at_least and not found.unknown and found.confidence >= SURE}


HURT = ["咬伤3个人", "烫伤4名工人", "砸伤两个"]
ILL = ["晕倒2人", "吐了5个学生", "食物中毒7人"]
HARMS = HURT + ILL
MORE_HURT = [
    "我自己膝盖也磕破了",
    "我手腕扭肿了",
    "还有看摊的自己",
    "下午又咬了2个",
    "接着又砸了一个没躲开的",
    "扶他那位也摔了",
]
MORE_ILL = ["我也拉了一上午", "还有管灶的自己", "晚上那桌又有3个送来", "下井拉人的也晕了", "送饭的也吐了"]


@pytest.mark.usefixtures("rules_alone")
@pytest.mark.parametrize(("harm", "more"), [*product(HURT, MORE_HURT), *product(ILL, MORE_ILL)])
def test_one_more_beside_a_figure_makes_it_asked(harm, more):
    assert not shown(f"{harm}，{more}") & {"injuries", "ill"}


@pytest.mark.parametrize("harm", HARMS)
@pytest.mark.parametrize(
    "rest", ["", "，都送医院了", "，又来了两辆救护车", "，我在现场", "，消防也到了", "，我手机快没电了"]
)
def test_what_tells_of_nobody_leaves_it(harm, rest):
    assert shown(harm + rest) & {"injuries", "ill"}


SOURCES = ["门卫", "教务处", "后勤", "二车间", "街道"]


@pytest.mark.parametrize(("one", "other"), [(a, b) for a in SOURCES for b in SOURCES if a != b])
@pytest.mark.parametrize("behind", ["两边对不上", "口径不一致，等核", "以卫生所登记为准"])
def test_figures_of_several_sources_are_never_added(one, other, behind):
    text = f"{one}报伤11，{other}报伤9，{behind}"
    assert "injuries" not in shown(text)


@pytest.mark.parametrize(("one", "other"), [(a, b) for a in SOURCES for b in SOURCES if a != b])
@pytest.mark.parametrize("valid", ["以卫生所登记为准，伤10", "对过了，按医院的算，受伤10人"])
def test_the_figure_that_is_declared_valid_counts(one, other, valid):
    assert said(f"{one}报伤11，{other}报伤9，{valid}") == "hurt=10"


@pytest.mark.parametrize(
    "text",
    [
        "守夜俩没喝，喝了的除老板都吐了",
        "十二桌坏了两桌，6人一桌，两桌全吐",
        "学徒伤得重，扎了手，就他们四个，师傅擦破皮",
        "抢险记录\n1:20 出1（活）\n2:05 出3（2活1亡）\n2:40 出1（亡）",
        "名单\n亡：孙××、何××\n补：又一位老人没挺过来",
        "司机跳到车顶上，绳子拽上来的，人没事，就呛了一口水",
    ],
)
def test_what_a_person_must_count_is_not_counted(text):
    assert not shown(text)


def test_a_class_in_a_log_tells_of_the_class():
    assert said("[20:11] 2班：伤3个\n[20:12] 主任：知道了") == "hurt=3"
