"""What people write, under two plans with figures: the levels that are possible by the document."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from plans.classify import Assessment, classify
from plans.intake.with_plan import elsewhere, facts_of, read_for
from plans.model import BELOW
from plans.values import parse
from tests.plans.data.shipped import plan

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
HEALTH, ENERGY = "jincheng-public-health", "jincheng-energy"


def assessed(name: str, text: str) -> Assessment:
    reading = read_for(plan(name), text, now=NOW)
    facts, raised = facts_of(reading)
    classes = tuple(item.name for item in reading.class_candidates)
    return classify(
        plan(name),
        {fact: parse(value) for fact, value in facts.items()},
        event_class=classes[0] if len(classes) == 1 else None,
        raised=raised - facts.keys(),
        candidates=() if len(classes) == 1 else classes,
    )


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("食堂食物中毒，100人呕吐腹泻，无人死亡", ("较大",)),
        ("食堂食物中毒，约100人送医", ("一般", "较大", "重大")),
        ("29名幼儿食物中毒，无死亡", (BELOW,)),
        ("化工厂车间硫化氢中毒，9人送医，无人死亡", ("一般",)),
        ("化工厂车间一氧化碳中毒，4人死亡，3人在医院抢救", ("较大",)),
        ("氯气泄漏急性职业中毒50人，死亡情况正在核实", ("重大",)),
        ("煤矿井下一氧化碳中毒，至少6人死亡", ("重大",)),
        ("居民家中煤气中毒，2人死亡，3人送医", ("较大",)),  # whichever kind it is; the kind is asked
        ("新冠疫苗接种后1人死亡", ("重大",)),
        ("预防接种后20名学生出现头晕，无人死亡", (BELOW, "较大")),
        ("县医院院感，1名患者死亡", ("重大",)),  # not the death after a vaccination of 9.1 重大(9)
        ("不明原因肺炎3例，已波及2个县", ("重大",)),
        ("疫情波及3个市，霍乱病例5例", ("重大",)),
        ("霍乱病例30例", ("重大",)),
        ("疑似霍乱病例30例", (BELOW, "重大")),
        ("是否霍乱待查，病例30例", (BELOW, "重大")),
        ("疫情波及3个县，霍乱病例5例", ("较大",)),
        ("发现1例肺鼠疫病例", ("较大",)),  # 鼠疫 in 肺鼠疫 is no 腺鼠疫
        ("发现9例腺鼠疫病例", ("一般",)),
        ("发现1例鼠疫病例", (BELOW, "一般", "较大")),
        ("排除霍乱，病例12例", (BELOW,)),
        ("尚未排除霍乱，病例12例", (BELOW, "较大")),
        ("流感暴发，波及2个县，发病水平超过前5年同期1.5倍", ("较大",)),
        ("流感暴发，波及2个县，发病水平超过前5年同期2倍", ("重大",)),
        ("发现1例人感染高致病性禽流感疑似病例", ("重大",)),
        ("发现非典型肺炎疑似病例1例，有扩散趋势", ("特别重大",)),
        ("诺如病毒感染45名学生，没有死亡", (BELOW, "较大")),  # a notifiable one may exceed the usual: not asked yet
        ("学校流感暴发，发病200人", (BELOW, "较大")),
    ],
)
def test_public_health(text: str, levels: tuple[str, ...]) -> None:
    assert assessed(HEALTH, text).possible_event_levels == levels


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("晋城电网减供负荷59%", ("Ⅱ",)),
        ("晋城电网减供负荷60%", ("Ⅰ",)),
        ("晋城电网减供负荷19.9%", ()),
        ("晋城电网减供负荷高于60%", ("Ⅰ",)),
        ("晋城电网减供负荷超过59%", ("Ⅱ", "Ⅰ")),
        ("晋城电网减供负荷不足40%", ("Ⅲ",)),
        ("全市超五成用户停电", ("Ⅱ", "Ⅰ")),
        ("全市不足五成用户停电", ("Ⅲ",)),
        ("晋城电网减供一半负荷", ("Ⅱ",)),
        ("全市约五成用户停电", ("Ⅲ", "Ⅱ")),
        ("全市有30%至50%用户停电", ("Ⅲ", "Ⅱ")),
        ("高平市停电，60%用户受影响", ("Ⅲ",)),  # not 60 % of the whole city's
        ("高平市一半用户停电", ("Ⅲ",)),
        ("高平市电网负荷160兆瓦，减供负荷60%", ("Ⅱ",)),
        ("高平市减供负荷60%", ("Ⅲ", "Ⅱ")),
        ("县级市电网负荷150MW，70%用户停电", ("Ⅱ",)),
        ("高平市停电，全市60%用户停电", ("Ⅱ",)),
        ("重点煤炭生产企业储煤不足1天", ("Ⅰ",)),
        ("重点煤炭生产企业储煤低于3天", ("Ⅱ", "Ⅰ")),
        ("重点煤炭生产企业储煤只够3天", ("Ⅲ",)),
        ("煤炭经营企业库存2天", ("Ⅱ",)),
        ("电煤库存为近三年平均水平的20%", ("Ⅱ",)),
        ("供气中断2天半，全市供需缺口15%", ("Ⅱ",)),
        ("供气中断3天", ("Ⅲ", "Ⅱ", "Ⅰ")),
        ("全市供需缺口20%", ("Ⅲ", "Ⅱ")),
        ("山西电网减供负荷12%", ("Ⅱ",)),
        ("晋城与长治同时大面积停电，山西电网减供负荷9.9%", ("Ⅲ", "Ⅱ", "Ⅰ")),
        ("全市没有停电，供电正常", ()),
    ],
)
def test_energy(text: str, levels: tuple[str, ...]) -> None:
    assert assessed(ENERGY, text).possible_response_levels == levels


def test_a_strict_bound_that_is_met_exactly_is_near_without_a_distance() -> None:
    (near,) = assessed(ENERGY, "重点煤炭生产企业储煤只够3天").near
    assert near.distance == 0
    assert near.text == "重点煤炭生产企业储煤（设计产量天数）再降即达Ⅱ级响应条件（4.2.2(2)）"
    (gas,) = (item for item in assessed(ENERGY, "供气中断3天，全市供需缺口15%").near if item.level == "Ⅰ")
    assert gas.text == "全市油气供需缺口再增超过5个百分点，即达Ⅰ级响应条件（4.2.1(5)）"


def test_only_the_quantities_of_the_class_are_offered() -> None:
    offered = {item.fact for item in assessed(ENERGY, "晋城电网减供负荷59%").ask}
    assert "users_out_pct" in offered
    assert not offered & {"coal_stock_days", "gas_cut_days", "city_gas_gap_pct"}


def test_the_reading_of_a_contradictory_clause_is_said_beside_it() -> None:
    found = assessed(ENERGY, "多市同时大面积停电，山西电网减供负荷12%").matched
    (match,) = (item for item in found if item.clause == "4.2.2(3)")
    assert "40%以上13%以下" in match.because
    assert match.reading == "10%以上13%以下，与Ⅲ级10%、Ⅰ级13%相接"


def test_what_belongs_to_another_plan_is_pointed_out() -> None:
    found = elsewhere(plan(ENERGY), "天然气管道破裂，供气中断3天")
    assert [item.plan for item in found] == [
        "晋城市油气中断事件应急预案（晋市政办〔2021〕4号）",
        "晋城市石油天然气管道输送突发事件应急预案（晋市政办〔2020〕67号）",
    ]
    assert elsewhere(plan(ENERGY), "晋城电网减供负荷59%") == ()
