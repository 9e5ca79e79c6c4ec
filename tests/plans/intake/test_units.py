"""Quantities in the units of the plans: money, areas, households, power, sight, rain, hours; in the plan's unit."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from plans.intake import Quantity, read
from plans.intake.with_plan import facts_of, read_for
from tests.plans.data.shipped import plan

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)


def stated(text: str, unit: str, *words: str) -> Any:
    found = read(text, now=NOW, quantities={"x": Quantity(words=words, unit=unit)}).facts.get("x")
    if found is None:
        return None
    return found.value if found.value is not None else (found.at_least, found.at_most)


@pytest.mark.parametrize(
    ("text", "unit", "word", "value"),
    [
        ("直接经济损失5000万元", "万元", "损失", 5000),
        ("损失0.5亿元", "万元", "损失", 5000),
        ("损失三千万元", "万元", "损失", 3000),
        ("损失20万块钱", "万元", "损失", 20),
        ("损失800万，没有伤亡", "万元", "损失", 800),
        ("损失1.5个亿", "万元", "损失", 15000),
        ("损失300万人民币", "万元", "损失", 300),
        ("直接损失5000元", "万元", "损失", 0.5),
        ("过火面积150亩", "公顷", "过火面积", 10),
        ("过火面积0.3平方公里", "公顷", "过火面积", 30),
        ("过火面积3万平方米", "公顷", "过火面积", 3),
        ("3.2万户停电", "万户", "停电", 3.2),
        ("停电用户3万2千户", "万户", "停电", 3.2),
        ("停电32000户", "万户", "停电", 3.2),
        ("减供负荷300MW", "兆瓦", "负荷", 300),
        ("损失负荷30万千瓦", "兆瓦", "负荷", 300),
        ("损失负荷8万kW", "兆瓦", "负荷", 80),
        ("能见度0.3公里", "米", "能见度", 300),
        ("1小时降雨80毫米", "毫米", "降雨", 80),
        ("下了8公分雨", "毫米", "下了", 80),
        ("停运1天12小时", "小时", "停运", 36),
        ("停运一天零两小时", "小时", "停运", 26),
        ("停运2小时30分钟", "小时", "停运", 2.5),
        ("停运半小时", "小时", "停运", 0.5),
        ("停运一个半小时", "小时", "停运", 1.5),
        ("停气1天12小时", "天", "停气", 1.5),
        ("停气72小时", "天", "停气", 3),
        ("气温零下10度", "摄氏度", "气温", -10),
    ],
)
def test_a_quantity_is_counted_in_the_plans_unit(text: str, unit: str, word: str, value: float) -> None:
    assert stated(text, unit, word) == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "unit", "word", "inside", "outside"),
    [
        ("停运超过23小时", "小时", "停运", (23.1, 24, 30), (23,)),
        ("停气超过2天", "天", "停气", (2.1, 3), (2,)),
        ("停运3个多小时", "小时", "停运", (3.1, 3.9), (3, 4)),
        ("停运不到3个小时", "小时", "停运", (2.5, 2.9), (3,)),
        ("能见度不足50米", "米", "能见度", (40, 49.9), (50,)),
        ("能见度小于1公里", "米", "能见度", (0, 999), (1000,)),
        ("损失超过1亿元", "万元", "损失", (10001, 20000), (10000, 9999)),
        ("过火面积1500多亩", "公顷", "过火面积", (101,), (99, 134)),
        ("雨量超过100毫米", "毫米", "雨量", (100.1, 150), (100,)),
    ],
)
def test_a_hedge_bounds_a_quantity(
    text: str, unit: str, word: str, inside: tuple[float, ...], outside: tuple[float, ...]
) -> None:
    low, high = stated(text, unit, word)
    assert all((low is None or low <= value) and (high is None or value <= high) for value in inside)
    assert not any((low is None or low <= value) and (high is None or value <= high) for value in outside)


@pytest.mark.parametrize(
    ("text", "excess"),
    [
        ("流感发病是前5年同期平均水平的2倍", 1),
        ("发病水平达到同期平均水平的3倍", 2),
        ("发病数为往年同期的2.5倍", 1.5),
        ("发病水平超过前5年同期1.5倍", 1.5),
        ("比往年同期高出2倍", 2),
        ("发病比同期增加1倍", 1),
    ],
)
def test_times_of_a_base_are_an_excess_over_it(text: str, excess: float) -> None:
    facts, _ = facts_of(read_for(plan("jincheng-public-health"), text, now=NOW))
    assert facts["incidence_excess"] == excess


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("这个月库区已经发生5起死亡事件", "month_fatal", 5),
        ("本季度死亡10人以上的事件发生2起", "quarter_ten_dead", 2),
    ],
)
def test_events_of_a_span_are_counted(text: str, fact: str, value: int) -> None:
    facts, _ = facts_of(read_for(plan("jincheng-water-rescue"), text, now=NOW))
    assert facts[fact] == value
