"""What turns a figure into another one makes it a question; what only looks like it leaves it shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from plans.intake import others, read, turns
from plans.intake.lexicon import rows
from tests.plans.intake.saying import NOW, SHORT, said

TURNED = [
    ("added_to_its_parts", "张家死了俩，李家一个，算三死", "dead", "张家死了俩"),
    ("some_are_dead", "阳台掉了，摔了俩，老的当场不行了，小的骨折", "hurt", "阳台掉了，摔了俩，小的骨折"),
    ("the_light_alone", "翻车，一共拉走7个，5个轻的2个重的", "hurt", "翻车，轻伤5人，重伤2人"),
    ("by_name", "架子倒了，老李背上砸了一下，小王脚崴了", "hurt", "架子倒了，砸伤1人"),
    ("more_bodies", "已认领遗体3具，尚有1具身份不明", "dead", "已认领遗体3具"),
    (
        "by_themselves",
        "大巴追尾受伤，救护车拉走伤员6个，还有2个自己去的医院",
        "hurt",
        "大巴追尾受伤，救护车拉走伤员6个",
    ),
    ("counted_otherwise", "门卫说死了两个，我数了——是一个", "dead", "我数了，死了两个"),
    ("set_aside", "台风死亡2人，一个是触电，与台风无关", "dead", "台风死亡2人，与堤坝溃口有关"),
    ("out_again", "货架压住三个理货的，扒出来两个", "trapped", "货架压住三个理货的，正在扒"),
    ("told_again", "踩踏，广场伤了3个，伤者3个里面还有老人", "hurt", "踩踏，广场伤了3个，里面有老人"),
    ("graver_part", "公园有马蜂，7个人蛰了，2个休克", "hurt", "公园有马蜂，蛰了7个人，2个休克"),
    ("is_that_one", "电梯夹伤1名保洁，保洁手指骨折", "hurt", "电梯夹伤1名保洁，手指骨折"),
    ("told_by_doctor", "奶奶被发现时已无生命体征，经医生现场确认死亡", "dead", "奶奶被发现时已无生命体征"),
    ("half_of_them", "一屋八个人晕了一半", "ill", "一屋八个人都晕了"),
    ("so_many_each", "追尾，司机导游各伤1个", "hurt", "追尾，司机导游共伤2个"),
    ("the_rest", "仓库炸了，出来一个满脸是血的，其他的还没见着", "missing", "仓库炸了，还有3个没见着"),
    (
        "at_least_the_second",
        "野塘溺水，捞起1名，已死亡。第2名出水，无生命体征",
        "dead",
        "野塘溺水，捞起1名，已死亡。第2名自己上岸",
    ),
    ("not_so", "南湾37人被困路口，只是绕行，不算被困", "trapped", "南湾37人被困路口"),
    ("not_so_many", "追尾，三十多人没几个伤的", "hurt", "追尾，有几十个伤的"),
    ("held_and_dead", "仓库起火，值班的老头没跑出来，确认死亡一人", "trapped", "仓库起火，1人被困没跑出来，死亡一人"),
    (
        "named_again",
        "夜里范某被热水烫伤，自行处置。4时范某未应答，已死亡",
        "hurt",
        "夜里范某被热水烫伤。4时乔某未应答，已死亡",
    ),
    (
        "less_the_dead",
        "下去三个人，三个都送医院，医院宣布老板没了，其余两个上着呼吸机",
        "hurt",
        "卸货砸伤三个，其余的跑了，死了一个",
    ),
    (
        "actually_others",
        "家中爆燃，烧伤1人，实际是一家三口加上门的工人一名",
        "hurt",
        "家中爆燃，烧伤1人，实际是燃气泄漏",
    ),
    ("another_one", "一名饲养员咬伤。另一名去救他的同事跌进水沟擦伤", "hurt", "一名饲养员咬伤。另一名去救他的同事没事"),
    ("bodies", "车上有人砸人，挨砸的：司机手背、前排大妈头，砸伤一个重的", "hurt", "车上有人砸人，砸伤一个"),
    ("one_of_all", "货轮上13个船员里大副磕伤", "hurt", "货轮上13个船员都磕伤"),
    ("too", "砍伤一名保安，拉架的也挨了一刀", "hurt", "砍伤一名保安，拉架的没事"),
    ("counted_beside", "后厨爆燃，服务员2名厨师1名烧伤", "hurt", "后厨爆燃，厨师1名烧伤"),
    ("bare_number", "航模砸了看台，划伤观众2，1个缝了针", "hurt", "航模砸了看台，划伤观众2人"),
    ("rows", "今日送来：\n老赵溺水死亡\n老钱溺水死亡\n老孙清醒", "dead", "今日送来死亡2人"),
    ("line_before", "分两处报：\n东口 撞护栏，1伤\n西口 货车追尾，2死6伤", "hurt", "死亡2人\n受伤6人"),
]
"""Rule, a text whose figure it makes a question, the figure, and a twin in which it is shown."""
AROUND = ["{}", "我是门卫，{}", "报告值班室：{}", "{}。路已经封了", "{}。收到请回复"]
FAMILIES = [
    tuple(line.split("\t"))
    for line in Path(__file__).with_name("turns.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


def test_every_rule_has_a_row():
    assert {row[0] for row in TURNED} == {rule.__name__ for rule in (*turns.RULES, *others.RULES)}


@pytest.mark.usefixtures("rules_alone")
@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize(("text", "short"), [row[1:3] for row in TURNED])
def test_a_figure_that_may_be_another_is_asked(text, short, around):
    found = read(around.format(text), now=NOW).facts.get(SHORT[short])
    assert found is None or found.unknown


@pytest.mark.usefixtures("rules_alone")
@pytest.mark.parametrize(("rule", "text", "short"), [row[:3] for row in TURNED])
def test_each_text_is_asked_by_its_rule(rule, text, short, monkeypatch):
    for module in (turns, others):
        monkeypatch.setattr(module, "RULES", tuple(one for one in module.RULES if one.__name__ == rule))
    monkeypatch.setattr("plans.intake.doubting.doubtful", lambda *given: False)
    monkeypatch.setattr("plans.intake.doubting.left_out", lambda *given: False)
    found = read(text, now=NOW).facts[SHORT[short]]
    assert found.unknown


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize(("twin", "short"), [(row[3], row[2]) for row in TURNED])
def test_a_twin_is_shown(twin, short, around):
    assert not read(around.format(twin), now=NOW).facts[SHORT[short]].unknown


@pytest.mark.parametrize(("kind", "text"), [row.cells[::2] for row in rows("turns", 3, 3)])
def test_every_row_of_the_table_makes_its_text_a_question(kind, text):
    if kind in ("busy", "still"):
        assert "?" not in said(text), "these words say that nothing has turned"
    else:
        assert "?" in said(text)


@pytest.mark.parametrize(("family", "text", "facts"), FAMILIES, ids=[row[1][:16] for row in FAMILIES])
def test_families_of_meaning(family, text, facts):
    assert (said(text.replace("⏎", "\n")) or ".") == facts
