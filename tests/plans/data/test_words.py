"""The words of the plan files: a report finds its class, and a quantity finds its fact and no other."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from plans.intake.with_plan import facts_of, read_for
from tests.plans.data.shipped import assess, plan

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("jincheng-chengqu-campus", "教学楼楼梯踩踏，4人受伤", "crowd"),
        ("jincheng-chengqu-campus", "午饭后30名学生呕吐", "health"),
        ("jincheng-chengqu-campus", "宿舍起火", "fire"),
        ("jincheng-chengqu-campus", "校车与轿车追尾", "traffic"),
        ("jincheng-chengqu-campus", "校园围墙倒塌，压伤2人", "building"),
        ("jincheng-chengqu-campus", "校外人员持刀闯入", "security"),
        ("jincheng-chengqu-campus", "春游时一名学生溺水", "outing"),
        ("jincheng-transit", "全市公交停运26小时", "stoppage"),
        ("jincheng-transit", "公交车与货车相撞，2人死亡", "crash"),
        ("jincheng-public-health", "车间硫化氢中毒，4人送医", "occupational"),
        ("jincheng-energy", "晋城电网减供负荷59%", "power"),
        ("shanting-overall", "小区燃气爆炸，2人受伤", "gas"),
        ("shanting-overall", "学校食堂食物中毒20人", "food"),
        ("shanting-overall", "山火蔓延", "forest-fire"),
    ],
)
def test_a_report_finds_its_class(name: str, text: str, expected: str) -> None:
    assert read_for(plan(name), text, now=NOW).class_candidates[0].name == expected


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("晋城电网减供负荷59%", {"jincheng_load_shed_pct": 59}),
        ("山西电网减供负荷15%", {"shanxi_load_shed_pct": 15}),
        ("高平市电网减供负荷65%，电网负荷160兆瓦", {"county_load_shed_pct": 65, "county_load_mw": 160}),
        ("全市55%用户停电", {"users_out_pct": 55}),
        ("油气管道输送中断2天，全市供需缺口15%", {"gas_cut_days": 2, "city_gas_gap_pct": 15}),
        ("局部地区供需缺口35%", {"local_gas_gap_pct": 35}),
    ],
)
def test_energy_figures(text: str, facts: dict[str, Any]) -> None:
    found, raised = facts_of(read_for(plan("jincheng-energy"), text, now=NOW))
    assert found == facts
    assert not raised & {"jincheng_load_shed_pct", "users_out_pct"}


def test_a_blackout_without_a_figure_leaves_every_level_open() -> None:
    of = plan("jincheng-energy")
    facts, raised = facts_of(read_for(of, "全市大面积停电", now=NOW))
    assert facts == {}
    assert assess(of, "power", facts, raised=raised).possible_response_levels == ("Ⅲ", "Ⅱ", "Ⅰ")
