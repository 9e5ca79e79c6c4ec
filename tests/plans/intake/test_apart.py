"""Harm told beside a figure that no figure holds makes it a question; what explains it leaves the figure shown."""

from __future__ import annotations

import pytest

from plans.intake import apart, outcomes, read
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
    (
        "grave_alone",
        "跑车掉道，重的3个，剩下的自己能走，蹭破了皮",
        "hurt",
        "跑车掉道，重的3个，其余都没事",
    ),
    (
        "graver_apart",
        "坠落4人：\n1、韦某，股骨骨折，重伤\n2、陶某，颅脑损伤，重伤",
        "serious",
        "坠落4人：\n1、韦某，股骨骨折，重伤\n2、陶某，皮外伤",
    ),
    ("none_here", "东头的车拉走3个，现场已无伤员", "hurt", "东头的车撞了护栏，无伤员"),
    (
        "part_alone",
        "报到大厅玻璃碎了，划了3个学生2个家长，其中一个家长伤到筋",
        "hurt",
        "报到大厅玻璃碎了，一个家长伤到筋",
    ),
    ("one_more_lost", "山洪冲了鸡场，老板娘跑脱了，帮工里头另外一个也没找到", "missing", "山洪冲了鸡场，有一个没找到"),
    (
        "sum_of_parts",
        "食物中毒初报中毒7人，二报中毒9人，均已住院",
        "ill",
        "一班中毒7人，二班中毒9人",
    ),
    ("comes_to_more", "车厢起火，两名乘务和七名乘客烧伤共十人", "hurt", "车厢起火，两名乘务和七名乘客烧伤共九人"),
    ("not_lost", "两车相撞，肇事司机吓跑了没找着", "missing", "两船相撞，一名司机没找着"),
    ("one_lives", "棚子着火，四个没了，有一个后来抢救活了", "dead", "棚子着火，四个没了，有一个后来跑了"),
    ("dead_inside", "车间里3人没出来，确定在里面烧没了", "trapped", "车间里3人没出来，确定在里面"),
    ("of_one_of_them", "三个娃爬变电箱，大的当场电死，小的手烧焦了", "dead", "三个娃爬变电箱，当场都电死了"),
    (
        "list_goes_on",
        "鬼屋的烟饼让人受不了，恶心呕吐的小孩11个、扮鬼的老师1个",
        "ill",
        "鬼屋的烟饼让人受不了，恶心呕吐的小孩11个、密切接触3个",
    ),
    ("slight_alone", "骑车的后座儿童（男，5岁）重伤；前筐内另有婴儿一名，仅擦伤", "hurt", "前筐内有婴儿一名，仅擦伤"),
    ("bare_behind", "夜里大风，工人伤16；菜市场雨棚砸伤摊贩6", "hurt", "夜里大风，工人伤16；菜市场雨棚掉瓦6"),
    ("ill_apart", "泵房泄漏\n巡检员2名失去意识\n施救人员中1名头晕送医", "ill", "泵房泄漏\n施救人员中1名头晕送医"),
    ("added_later", "儿科吐了3个护士\n另外放射科来了2个", "ill", "儿科吐了3个护士\n放射科没有"),
    ("counted_twice", "渡船翻了，穿救生衣的都捞上来了，差一个船老大没找到", "missing", "渡船翻了，差一个没找到"),
    ("hurt_not_ill", "列车急刹，8人自述碰撞不适", "ill", "车厢漏氨气，8人自述不适"),
]
"""Rule, a text whose figure it makes a question, the figure, and a twin in which it is shown."""
AROUND = ["{}", "我是门卫，{}", "报告值班室：{}", "{}。路已经封了"]


def test_every_rule_has_a_row():
    assert {row[0] for row in APART} == {rule.__name__ for rule in (*apart.RULES, *outcomes.RULES)}


@pytest.mark.usefixtures("rules_alone")
@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize(("text", "short"), [row[1:3] for row in APART])
def test_a_figure_beside_another_harm_is_asked(text, short, around):
    found = read(around.format(text), now=NOW).facts.get(SHORT[short])
    assert found is None or found.unknown


@pytest.mark.usefixtures("rules_alone")
@pytest.mark.parametrize(("rule", "text", "short"), [row[:3] for row in APART])
def test_each_text_is_asked_by_its_rule(rule, text, short, monkeypatch):
    for module in (apart, outcomes):
        monkeypatch.setattr(module, "RULES", tuple(one for one in module.RULES if one.__name__ == rule))
    for name in ("doubtful", "left_out", "others", "turned"):
        monkeypatch.setattr(f"plans.intake.doubting.{name}", lambda *given: False)
    assert read(text, now=NOW).facts[SHORT[short]].unknown


@pytest.mark.usefixtures("rules_alone")
@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize(("twin", "short"), [(row[3], row[2]) for row in APART])
def test_a_twin_is_shown(twin, short, around):
    assert not read(around.format(twin), now=NOW).facts[SHORT[short]].unknown
