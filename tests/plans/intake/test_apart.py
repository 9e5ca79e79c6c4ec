"""Harm told beside a figure that no figure holds makes it a question; what explains it leaves the figure shown."""

from __future__ import annotations

import pytest

from plans.intake import apart, read
from tests.plans.intake.saying import NOW, SHORT

APART = [
    (
        "counted_apart",
        "连夜大雨，因屋顶坍塌死亡1人，因清淤坠落死亡1人",
        "dead",
        "连夜大雨，因屋顶坍塌死亡1人，受伤2人",
    ),
    (
        "hurt_apart",
        "玻璃门炸了，前台女孩耳朵后面划一道，两个孩子擦伤",
        "hurt",
        "玻璃门炸了，擦伤两个孩子，一个缝了三针",
    ),
    ("none_of_some", "吊臂砸下来，看车的脚脖子崴了，考生没有伤的", "hurt", "吊臂砸下来，车全扁了，没有伤的"),
    (
        "none_of_one",
        "站台上六个人，两个没碰着，一个吓得坐在地上，其他三个压在下头",
        "hurt",
        "站台棚子塌了，没碰着人",
    ),
    ("dead_apart", "房东倒在楼梯口没了，他自己从窗口跳下去也死了", "dead", "房东倒在楼梯口没了"),
    (
        "past_another",
        "皮艇上四个，船工游回去了，我腿划破缝完了，她男朋友下午到现在没有消息",
        "missing",
        "皮艇上四个，到现在没有消息",
    ),
    (
        "from_afar",
        "收进来19个人避寒，夜里走了没拦住，早上发现时已经冻死",
        "dead",
        "收进来19个人避寒，冻死",
    ),
]
"""Rule, a text whose figure it makes a question, the figure, and a twin in which it is shown."""
AROUND = ["{}", "我是门卫，{}", "报告值班室：{}", "{}。路已经封了"]


def test_every_rule_has_a_row():
    assert {row[0] for row in APART} == {rule.__name__ for rule in apart.RULES}


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize(("text", "short"), [row[1:3] for row in APART])
def test_a_figure_beside_another_harm_is_asked(text, short, around):
    found = read(around.format(text), now=NOW).facts.get(SHORT[short])
    assert found is None or found.unknown


@pytest.mark.parametrize(("rule", "text", "short"), [row[:3] for row in APART])
def test_each_text_is_asked_by_its_rule(rule, text, short, monkeypatch):
    monkeypatch.setattr(apart, "RULES", tuple(one for one in apart.RULES if one.__name__ == rule))
    for name in ("doubtful", "left_out", "others", "turned"):
        monkeypatch.setattr(f"plans.intake.doubting.{name}", lambda *given: False)
    assert read(text, now=NOW).facts[SHORT[short]].unknown


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize(("twin", "short"), [(row[3], row[2]) for row in APART])
def test_a_twin_is_shown(twin, short, around):
    assert not read(around.format(twin), now=NOW).facts[SHORT[short]].unknown
