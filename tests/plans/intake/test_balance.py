"""What a figure does not account for makes it a question, whatever stands around; what accounts for itself is shown."""

from __future__ import annotations

import pytest

from plans.intake import read
from plans.intake.balance import RULES
from tests.plans.intake.saying import NOW, SHORT, said

LEFT_OVER = [
    ("a_number_behind", "大巴侧翻，受伤乘客12人，学员5人", "hurt", "大巴侧翻，受伤乘客12人，已平安返校5人"),
    ("a_number_behind", "校车侧翻，受伤乘客12人，学员5人", "hurt", "校车侧翻，受伤12人（学员5人）"),
    ("a_number_beside", "冷库漏氨5人4人中毒", "ill", "冷库漏氨5名工人4人中毒"),
    ("more_to_add", "门楼塌了一角砸伤3人，连同跑的时候崴脚的2人", "hurt", "门楼塌了一角砸伤3人，围观的没有受伤"),
    ("a_turn_within", "矿上冒顶，先说死了2个，又一个没救过来", "dead", "矿上冒顶，死了2个"),
    ("another_line", "高速追尾\n轿车：亡2 伤4\n卡车：亡1 伤3", "dead", "高速追尾\n死亡2人\n受伤4人"),
    ("another_line", "高速追尾\n轿车：亡2 伤4\n卡车：亡1 伤3", "hurt", "高速追尾\n死亡2人\n受伤4人"),
    ("another_death", "煤气中毒，两个没救活。最后一个，也没了", "dead", "煤气中毒，两个没救活。消防车走了"),
    ("all_of_one", "师傅掉沼气池了，捞上来都没呼吸", "dead", "师傅掉沼气池了，捞上来没呼吸了"),
    ("out_again", "泥石流，1人卡在车里没救出来就砸死了", "trapped", "泥石流，1人卡在车里，正在破拆"),
    ("safe_before", "40名乘客全部下来了，列车长手腕扭伤", "hurt", "40名乘客全部下来了，都受伤了"),
    ("none_died", "供氧断了，家属喊死了三个，医务处核过，死亡没有", "dead", "供氧断了，家属喊死了三个，医务处在核"),
    ("well_again", "油锅起火，一个烫到手后来没事回家了", "hurt", "油锅起火，一个烫到手，在卫生室"),
    ("ill_or_hurt", "楼梯踩踏，一个恶心", "ill", "食堂中毒，一个恶心"),
]
"""Rule, a text with what is left over, the figure it touches, and its twin in which nothing is."""
NONE = ("桥塌了，没死人那是昨天的话，现在还在找", "桥塌了，没死人，现在还在找")
AROUND = ["{}", "我是门卫，{}", "报告值班室：{}", "{}。路已经封了", "{}。收到请回复", "刚才的情况：{}，消防到了"]


def figure(text, short):
    return read(text, now=NOW).facts[SHORT[short]]


def facts(text):
    return read(text, now=NOW).facts


def test_every_rule_has_a_row():
    assert {row[0] for row in LEFT_OVER} == {rule.__name__ for rule in RULES}


@pytest.mark.usefixtures("rules_alone")
@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize(("text", "short"), [row[1:3] for row in LEFT_OVER])
def test_a_figure_that_leaves_something_over_is_asked(text, short, around):
    found = figure(around.format(text), short)
    assert found.unknown
    value, more, nothing = found.readings
    assert value.text
    assert (value.at_least or 0) < more.at_least
    assert (nothing.at_least, nothing.at_most) == (None, None)
    assert (found.at_least, found.at_most) == (0, None), "what may be is bounded by nothing that was read"


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize(("twin", "short"), [(row[3], row[2]) for row in LEFT_OVER])
def test_a_figure_that_accounts_for_all_is_shown(twin, short, around):
    assert not figure(around.format(twin), short).unknown


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize(
    ("text", "short", "twin"),
    [
        ("车上19人，受伤：学生5、司机1，其余无伤", "hurt", "车上19人，司机被吓到了，无人受伤"),
        ("尚有18名游客被困洞内，均安全", "trapped", "18名游客被困洞内，均已救出，无人受伤"),
        ("游客被困18人，均安全", "trapped", "游客被困18人，全部救出"),
        ("两户人家7口失联，平安", "missing", "两户人家7口失联，正在找"),
    ],
)
def test_that_there_are_none_is_asked_where_it_is_said_of_the_rest_or_of_those_held(text, short, twin, around):
    assert figure(around.format(text), short).at_most != 0 if SHORT[short] in facts(around.format(text)) else True
    told = facts(around.format(twin)).get(SHORT[short])
    assert told is None or not told.unknown


@pytest.mark.parametrize("around", AROUND)
def test_that_nobody_was_harmed_is_asked_where_it_is_said_of_before(around):
    assert figure(around.format(NONE[0]), "dead").unknown
    assert figure(around.format(NONE[1]), "dead").value == 0


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("面包车追尾，死了1个，伤了4个，一共5个", "dead=1 hurt=4"),
        ("面包车追尾，死1伤4，合计5人", "dead=1 hurt=4"),
        ("山洪，死了1个，失踪3个，一共4个", "dead=1 missing=3"),
        ("山洪，死了1个，伤的一共8个", "dead=1 hurt=8"),
        ("三个人下去清井，两个没气了，还有1个没捞上来", "dead=2 missing=1"),
        ("塔吊倒了，9名工人4人死亡，3人受伤，2人逃过一劫", "dead=4 hurt=3"),
        ("宿舍跑水滑倒，摔伤6个，三男三女", "hurt=6"),
        ("踩踏伤员收到9人，骨科3人，普外2人，其余4人留观", "hurt=9"),
    ],
)
def test_what_comes_to_a_sum_leaves_nothing_over(text, facts):
    assert said(text) == facts
