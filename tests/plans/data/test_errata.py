"""Known faults of the sources, and the readings taken."""

from __future__ import annotations

import pytest

from tests.plans.data.shipped import IDS, plan, readings

FAULTS = [
    ("jincheng-chengqu-campus", "8.3", "区教育局"),
    ("jincheng-chengqu-campus", "8.4", "区融媒体中心"),
    ("jincheng-chengqu-campus", "8.4", "技术专家组"),
    ("jincheng-chengqu-campus", "3.3.3", "未分级"),
    ("jincheng-chengqu-campus", "8.2", "缺附录"),
    ("jincheng-chengqu-campus", "4.1.1", "立即"),
    ("jincheng-chengqu-campus", "5.2", "工会"),
    ("linan-campus", "2.5 特别重大", "扩散有限"),
    ("linan-campus", "6", "善后处理组"),
    ("linan-campus", "3 响应终止", "专家组"),
    ("dehui-education-duties", "六(二)4", "违反犯罪"),
    ("dehui-education-duties", "四(五)", "一(五)"),
    ("linan-campus", "3 信息报送", "市指挥部"),
    ("linan-campus", "4 成员", "区公安局、区公安分局"),
    ("linan-campus", "5", "不是成员单位"),
    ("jincheng-public-health", "9.1 较大(6)", "100人"),
    ("jincheng-public-health", "9.1 较大(8)", "4人"),
    ("jincheng-public-health", "9.1 一般(4)", "9人"),
    ("jincheng-public-health", "9.1 较大(1)", "串行"),
    ("jincheng-public-health", "9.4", "四组"),
    ("jincheng-public-health", "5.2.2(2)", "同文"),
    ("jincheng-public-health", "9.1", "矛盾"),
    ("jincheng-energy", "4.2.2(3)", "40%以上13%以下"),
    ("jincheng-energy", "4.2.1(2)", "30%"),
    ("jincheng-energy", "4.2.1(5)", "1.3"),
    ("jincheng-energy", "4.2.2(8)", "1.3"),
    ("jincheng-energy", "4.2.3(8)", "1.3"),
    ("jincheng-energy", "4.2.3(1)", "两个以上县"),
    ("jincheng-energy", "4.2.2(5)", "县级市"),
    ("jincheng-energy", "8.3", "印为传真"),
    ("jincheng-public-health", "9.1 重大(5)", "1倍至2倍"),
    ("jincheng-public-health", "9.1 一般(4)", "煤气中毒"),
    ("jincheng-public-health", "5.1", "报给谁"),
    ("jincheng-public-health", "4.1.3", "一般事件"),
    ("jincheng-transit", "3.2", "四级"),
    ("jincheng-transit", "3.4", "响应终止"),
    ("jincheng-transit", "4.6", "较大"),
    ("jincheng-water-rescue", "3.2.2(4)", "4至9人以上"),
    ("jincheng-water-rescue", "3.2.1(3)", "洪峰"),
    ("jincheng-water-rescue", "4.1.1", "特大"),
    ("jincheng-water-rescue", "2.4.6", "调查检测组"),
    ("shanting-overall", "附件(1)5", "空白"),
    ("shanting-overall", "附件(4)4", "空白"),
]


@pytest.mark.parametrize(("name", "clause", "word"), FAULTS)
def test_a_known_fault_is_listed_with_its_reading(name: str, clause: str, word: str) -> None:
    found = [item for item in plan(name).errata if item.clause == clause and word in item.fault]
    assert len(found) == 1
    assert found[0].reading


READINGS = [
    ("jincheng-chengqu-campus", "处置能力"),
    ("jincheng-chengqu-campus", "适时通知"),
    ("jincheng-public-health", "推定需要实施公共卫生保障行动"),
    ("jincheng-public-health", "暂时无法判明等级影响较大即等级未判明"),
    ("jincheng-water-rescue", "含2人，因较大自3人起"),
    ("jincheng-water-rescue", "倾覆、翻沉、沉没本身不算"),
    ("jincheng-transit", "死亡3人以上10人以下即足够"),
    ("linan-campus", "人员伤亡须有人死亡"),
    ("linan-campus", "从事发起算"),
    ("dehui-education-duties", "从事发起算"),
    ("jincheng-energy", "10%以上13%以下"),
    ("shanting-overall", "向下填充"),
]


@pytest.mark.parametrize(("name", "words"), READINGS)
def test_a_settled_reading_is_marked(name: str, words: str) -> None:
    assert any(words in reading.taken for reading in readings(plan(name)))


@pytest.mark.parametrize("name", IDS)
def test_every_reading_names_its_alternative(name: str) -> None:
    for reading in readings(plan(name)):
        assert reading.taken
        assert reading.alternative
        assert reading.taken != reading.alternative
        assert reading.basis in {"reading", "derived", "assumed"}


def test_bounds_are_cited_where_the_document_defines_them() -> None:
    cited = {name: plan(name).bounds.clause for name in IDS if plan(name).bounds.basis == "cited"}
    assert cited == {"jincheng-public-health": "8.4", "jincheng-transit": "7.2", "jincheng-water-rescue": "7.1(3)"}
    for name in IDS:
        assert plan(name).bounds.over == "exclusive"


def test_review_periods() -> None:
    found = {name: (review.every, review.extension) for name in IDS if (review := plan(name).review) is not None}
    assert found == {
        "jincheng-chengqu-campus": ("P3Y", "P2Y"),
        "jincheng-transit": ("P3Y", "P2Y"),
        "jincheng-water-rescue": ("P3Y", ""),
    }


def test_the_campus_plan_has_no_table_and_names_linan_as_a_reference_only() -> None:
    of = plan("jincheng-chengqu-campus")
    assert of.levels is None
    assert of.references == ("临安区校园突发事件应急预案",)
    assert (of.determination_clause, of.undetermined_clause) == ("4.1.1", "4.1.2")
