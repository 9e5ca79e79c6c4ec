"""What a writer hears, asks, fears, orders, plays or denies, or tells of another day or place, beside what is so.

Crossed: no figure of the other kind is shown, and his own stays, wherever the other stands.
"""

import pytest

from plans.intake import read, spheres
from plans.intake.lexicon import Row, TableError
from plans.intake.replacing import FILL
from plans.intake.utterances import utterances, without
from tests.plans.intake.saying import NOW, said

_ASIDE = {
    "hearsay": ("群里有人说{x}", "有个大姐跟我讲{x}", "楼下小卖部的说{x}", "{x}是听来的", "卖菜的大婶讲{x}"),
    "question": ("外面问是不是{x}", "群里问{x}真的假的", "你们那边{x}了没有", "{x}？真的吗", "领导问{x}没有"),
    "fear": ("差点{x}", "幸亏走得快，不然要{x}", "再晚一步恐怕{x}", "换成平时肯定{x}", "照这样下去要{x}"),
    "order": ("如有{x}立即报告", "按{x}的标准准备", "{x}才启动二级", "做好{x}的准备", "预案里{x}对应三级"),
    "drill": ("上午演练设定的是{x}", "{x}那是演练的", "昨天桌面推演的是{x}", "应急演练那边写{x}"),
    "denial": ("没有{x}这回事", "根本没有{x}", "未发现{x}", "谁造谣说{x}", "网上那个{x}是编的"),
    "day": ("去年这里{x}", "春节那次{x}", "{x}是上周的事", "十年前{x}", "上礼拜{x}"),
    "place": ("隔壁县今天也{x}", "{x}那是李庄的", "另外高速上那起{x}", "老家那边{x}", "山那边李家沟{x}"),
}
_OWN = (
    ("中巴翻沟里了", "死了9个人", "我在现场，前车伤了4个，后车伤了3个", {"injuries": 7}),
    ("仓库着火了", "烧死8个", "刚点完，二楼烧伤2个，三楼烧伤4个", {"injuries": 6}),
    ("厂房顶塌了", "埋了11个", "现场看到的是挖出来4个，2个没气了，2个骨折", {"deaths": 2, "injuries": 2}),
    ("渡船翻了", "冲走12个", "我数了，淹死2个，还有5个没找到", {"deaths": 2, "missing": 5}),
)


def _texts():
    at = 0
    for asides in _ASIDE.values():
        for aside in asides:
            head, other, own, truth = _OWN[at % len(_OWN)]
            said, mark = aside.format(x=other), ("。", "，", "\n")[at % 3]
            yield f"{head}，{own}。{said}", truth
            yield f"{head}，{said}{mark}{own}", truth
            at += 1


def test_what_the_writer_sets_apart_is_no_figure_and_hides_none_of_his_own():
    right = 0
    texts = list(_texts())
    for text, truth in texts:
        facts = read(text, now=NOW).facts
        shown = {name: found.at_least for name, found in facts.items() if not found.unknown and found.at_most}
        assert shown.items() <= truth.items(), (text, shown)
        right += shown == truth
    assert right >= 0.95 * len(texts), (right, len(texts))


_OF_THE_EVENT = (
    "外国语学校呕吐学生22例",
    "还差一个没有上来",
    "一死四伤是刚才报的",
    "送到邻县医院3个",
    "外地游客伤了3个",
    "没有找到2个",
    "有个学生说肚子疼",
    "上周陆续发热8个",
    "一个受伤的都没有",
    "大夫问诊了3个",
    "我数了,伤了3个,那两个贴张膏药走了",
    "5个要住院",
    "我在现场,一个抬上车的时候还喊疼",
)


def test_who_is_of_the_event_stays_in_it():
    for text in _OF_THE_EVENT:
        assert {item.kind for item in utterances(text)} == {"asserted"}, text


def test_who_dies_since_dies_of_the_event_of_the_day_before():
    for text, six in (
        ("昨晚那起车祸死了3个，今天又走了一个", "dead=4"),
        ("昨天那场爆炸伤了4个，今早又死了一个", "dead=1 hurt=4"),
        ("昨晚那场火死了3个，今天又翻了一辆，伤2个", "hurt=2"),
        ("昨晚那场火伤了2个，今天这边车翻了伤1个", "hurt=1"),
    ):
        assert said(text) == six, text


def test_a_drill_that_is_only_spoken_of_hides_nothing():
    beside = "演练方案里写的死3个,我数了,伤了2个"
    assert spheres.beside_a_drill(beside)
    for script in ("演练脚本:死3个,我数了,伤了2个", "今天演练,死3个,现场看到伤了2个", "演练方案里写的死3个,伤了2个"):
        assert not spheres.beside_a_drill(script), script


def test_what_is_set_apart_is_masked_where_groups_look_for_others():
    text = "伤了2个。差点死了5个。听说死了4个。老板娘说头疼"
    assert without(text, utterances(text)) == f"伤了2个。{FILL * 6}。{FILL * 6}。老板娘说头疼"


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("open\tpast\t<lead><nowhere>\t去年", "no class"),
        ("open\tpast\t<lead><then>\t今天", "does not match"),
        ("between\tpast\t<then>\t去年", "no place"),
    ],
)
def test_a_wrong_frame_is_named(monkeypatch, row, complaint):
    monkeypatch.setattr(spheres, "rows", lambda *_: _rows(row))
    spheres._frames.cache_clear()
    try:
        with pytest.raises(TableError, match=complaint):
            spheres.look_over()
    finally:
        spheres._frames.cache_clear()


def _rows(text):
    yield Row(tuple(text.split("\t")), "spheres", 1)
