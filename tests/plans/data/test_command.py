"""Who may declare and end which level, whom it calls, who publishes, what warnings and duties there are."""

from __future__ import annotations

import pytest

from bot.render.rules import borne_by
from plans.model import Compare
from tests.plans.data.shipped import IDS, assess, plan, response

DECLARERS = [
    ("jincheng-chengqu-campus", "Ⅰ", ["指挥长"]),
    ("jincheng-chengqu-campus", "Ⅱ", ["指挥长", "副指挥长"]),
    ("jincheng-chengqu-campus", "Ⅲ", ["办公室主任"]),
    ("jincheng-water-rescue", "Ⅰ", ["指挥长"]),
    ("jincheng-water-rescue", "Ⅱ", ["指挥长", "副指挥长"]),
    ("jincheng-water-rescue", "Ⅲ", ["办公室主任"]),
    ("jincheng-energy", "Ⅰ", ["指挥长"]),
    ("jincheng-energy", "Ⅱ", ["指挥长", "副指挥长"]),
    ("jincheng-energy", "Ⅲ", ["办公室主任"]),
    ("jincheng-transit", "Ⅰ", ["总指挥"]),
    ("jincheng-transit", "Ⅱ", ["总指挥"]),
    ("jincheng-transit", "Ⅲ", ["办公室主任"]),
    ("jincheng-public-health", "Ⅰ", ["指挥长"]),
    ("jincheng-public-health", "Ⅱ", ["指挥长", "副指挥长"]),
    ("jincheng-public-health", "Ⅲ", ["办公室主任"]),
    ("linan-campus", "Ⅰ", ["市政府"]),
    ("linan-campus", "Ⅱ", ["市政府"]),
    ("linan-campus", "Ⅲ", ["市政府"]),
    ("linan-campus", "Ⅳ", ["总指挥"]),
    ("shanting-overall", "Ⅰ", ["区长"]),
    ("shanting-overall", "Ⅱ", ["区长"]),
    ("shanting-overall", "Ⅲ", ["区政府分管负责同志"]),
    ("shanting-overall", "Ⅳ", ["牵头部门主要负责同志"]),
]


@pytest.mark.parametrize(("name", "level", "titles"), DECLARERS)
def test_who_declares(name: str, level: str, titles: list[str]) -> None:
    of = plan(name)
    found = response(name, level)
    assert [of.roles[role].title for role in found.declared_by] == titles
    assert found.ended_by == "declarer_or_above"
    assert found.measures


def test_every_response_of_every_plan_is_in_the_table() -> None:
    assert {(name, item.level) for name in IDS for item in plan(name).responses} == {row[:2] for row in DECLARERS}


def test_the_city_declares_the_higher_levels_of_linan() -> None:
    assert [item.external for item in plan("linan-campus").responses] == [True, True, True, False]


@pytest.mark.parametrize("name", [name for name in IDS if name.startswith("jincheng")])
def test_the_office_director_is_also_a_deputy(name: str) -> None:
    roles = plan(name).roles
    assert roles["director"].also == ("deputy",)
    assert (roles["commander"].rank, roles["deputy"].rank, roles["director"].rank) == (0, 1, 2)
    assert set(roles["director"].holders) <= set(roles["deputy"].holders)


def test_campus_response_follows_the_capacity_judgement() -> None:
    of = plan("jincheng-chengqu-campus")
    for choice, level in (("local", "Ⅲ"), ("district", "Ⅱ"), ("beyond", "Ⅰ")):
        found = assess(of, "crowd", {"capacity": choice, "deaths": 12})
        assert found.response_level == level
        assert found.possible_event_levels == ("一般", "较大", "重大", "特别重大")
    unknown = assess(of, "crowd", {"injuries": 4})
    assert unknown.possible_response_levels == ("Ⅲ", "Ⅱ", "Ⅰ")
    assert unknown.ask[0].question == "现有力量够吗？"


@pytest.mark.parametrize(("fact", "level"), [("think_1", "Ⅰ"), ("think_2", "Ⅱ")])
def test_campus_command_may_think_a_higher_level_due(fact: str, level: str) -> None:
    of = plan("jincheng-chengqu-campus")
    assert assess(of, "crowd", {"capacity": "local", fact: True}).response_level == level
    assert assess(of, "crowd", {"capacity": "local", fact: False}).response_level == "Ⅲ"


def test_campus_picks_three_to_five_units_for_each_class_and_calls_all_above() -> None:
    of = plan("jincheng-chengqu-campus")
    third = response(of.id, "Ⅲ").calls
    assert (third.units, third.rest) == ("picked", "inform")
    picked = {name: pick.units for pick in third.picks for name in pick.classes}
    assert set(picked) == {item.id for item in of.classes}
    assert all(3 <= len(units) <= 5 for units in picked.values())
    for level in ("Ⅰ", "Ⅱ"):
        assert (response(of.id, level).calls.units, response(of.id, level).calls.groups) == ("all", "all")


@pytest.mark.parametrize("name", IDS)
def test_picked_units_cover_every_class(name: str) -> None:
    of = plan(name)
    for item in of.responses:
        if item.calls.units == "picked":
            covered = {known for pick in item.calls.picks for known in pick.classes}
            assert covered == {known.id for known in of.classes} or any(not pick.classes for pick in item.calls.picks)


@pytest.mark.parametrize(
    ("name", "event_class", "facts", "level"),
    [
        ("jincheng-public-health", "food", {"ill": 150, "deaths": 1}, "Ⅰ"),
        ("jincheng-public-health", "food", {"ill": 150, "deaths": 0}, "Ⅱ"),
        ("jincheng-public-health", "food", {"ill": 50, "deaths": 0}, "Ⅲ"),
        ("jincheng-public-health", "food", {"ill": 50, "deaths": 0, "multi_region": True}, "Ⅰ"),
        ("jincheng-public-health", "food", {"ill": 50, "deaths": 0, "beyond_county": True}, "Ⅱ"),
        ("jincheng-water-rescue", "water", {"deaths": 1, "missing": 0, "endangered": 2}, "Ⅲ"),
        ("jincheng-water-rescue", "water", {"deaths": 3, "missing": 0, "endangered": 9}, "Ⅱ"),
        ("jincheng-water-rescue", "water", {"deaths": 0, "missing": 10, "endangered": 29}, "Ⅰ"),
        ("jincheng-transit", "crash", {"deaths": 2}, "Ⅲ"),
        ("jincheng-transit", "crash", {"deaths": 9}, "Ⅱ"),
        ("jincheng-transit", "crash", {"deaths": 30}, "Ⅰ"),
        ("linan-campus", "health", {"ill": 49, "deaths": 0}, "Ⅲ"),
        ("shanting-overall", "gas", {"grade": "fourth"}, "Ⅳ"),
    ],
)
def test_response_follows_the_level(name: str, event_class: str, facts: dict, level: str) -> None:
    assert assess(plan(name), event_class, facts).response_level == level


def test_water_undetermined_starts_the_first_level_and_transit_as_judged() -> None:
    water = assess(plan("jincheng-water-rescue"), "water", {}, undetermined=True)
    assert water.response_level == "Ⅰ"
    transit = plan("jincheng-transit")
    judged = assess(transit, "crash", {"deaths": 0, "think_2": True}, undetermined=True)
    assert judged.response_level == "Ⅱ"
    assert assess(transit, "crash", {"deaths": 0, "think_2": False}, undetermined=True).response_level is None


@pytest.mark.parametrize(
    ("name", "level", "by"),
    [
        ("jincheng-chengqu-campus", "一般", "区指挥部办公室"),
        ("jincheng-water-rescue", "一般", "县（市、区）应急指挥部"),
        ("jincheng-water-rescue", "较大", "市指挥部"),
        ("jincheng-water-rescue", "重大", "省应急指挥部"),
        ("jincheng-transit", "一般", "县级指挥部"),
        ("jincheng-transit", "较大", "市应急指挥部"),
        ("jincheng-transit", "特别重大", "上级应急指挥机构"),
        ("jincheng-public-health", "较大", "市指挥部"),
    ],
)
def test_who_publishes(name: str, level: str, by: str) -> None:
    assert [item.by for item in plan(name).releases if level in item.levels] == [by]


def test_water_warnings_by_visibility() -> None:
    limits = {
        warning.colour: condition.lt
        for warning in plan("jincheng-water-rescue").warnings
        for condition in warning.any
        if isinstance(condition, Compare) and condition.fact == "visibility_m"
    }
    assert limits == {"红": 100, "橙": 500, "黄": 800, "蓝": 1000}


def test_warnings_of_the_other_plans() -> None:
    levels = {name: [item.level for item in plan(name).warnings] for name in IDS}
    assert levels["shanting-overall"] == ["一级", "二级", "三级", "四级"]
    assert levels["jincheng-energy"] == ["重大", "较大", "一般"]
    assert levels["jincheng-transit"] == ["特别重大", "重大", "较大", "一般"]
    campus = plan("jincheng-chengqu-campus")
    assert [(len(item.measures), len(item.content)) for item in campus.warnings] == [(9, 7)]


def test_public_health_ends_only_after_the_longest_incubation() -> None:
    (end,) = plan("jincheng-public-health").ends
    assert any("最长潜伏期" in condition for condition in end.conditions)
    (linan,) = plan("linan-campus").ends
    assert "专家组" in linan.assessed_by


DEHUI_DUTIES = """
team-quarter-meeting 一(二) 领导班子 每季度召开1次专题会议 quarter
leader-half-year-check 二(四) 局主要负责人 每半年至少带队督促检查1次 half-year
deputy-quarter-check 三(二) 分管安全工作负责人 每季度至少组织1次 quarter
member-quarter-meeting 四(四) 领导班子其他成员 每季度至少召开1次 quarter
leader-contracts 二(八) 局主要负责人 年度与……签订安全工作责任书 year
safety-year-meeting 五(九) 学校安全科 每年定期召开 year
school-month-meeting 七(四) 学校领导班子（各学校、幼儿园） 每月至少召开1次 month
school-half-month-check 七(四) 学校领导班子（各学校、幼儿园） 每半月集中开展一次 half-month
school-day-patrol 七(四) 学校领导班子（各学校、幼儿园） 每天进行巡查 school-day
school-month-drill 七(七) 学校领导班子（各学校） 学校每月、幼儿园每季度开展一次 month
kindergarten-quarter-drill 七(七) 学校领导班子（各幼儿园） 学校每月、幼儿园每季度开展一次 quarter
"""


def test_dehui_duties_recur() -> None:
    dehui = plan("dehui-education-duties")
    duties = {
        duty.id: f"{duty.id} {duty.clause} {borne_by(dehui, duty)} {duty.period} {duty.every.unit}"
        for duty in dehui.duties
        if duty.every is not None and duty.every.unit is not None
    }
    rows = DEHUI_DUTIES.strip().splitlines()
    assert [duties[row.split()[0]] for row in rows] == rows


@pytest.mark.parametrize(
    ("word", "units"),
    [
        ("燃气", {("学校安全科", "五(四)"), ("教育基建管理中心", "六(三)4")}),
        ("校车", {("学校安全科", "五(十六)")}),
        ("校车许可", {("学校安全科", "五(十六)"), ("领导班子", "一(十二)")}),
        ("扫黑除恶", {("学校安全科", "五(十七)")}),
        ("食物中毒", {("学校后勤管理中心", "六(十八)2")}),
        ("心理健康", {("基础教育科", "六(五)7"), ("校外教育指导中心", "六(十二)2")}),
    ],
)
def test_dehui_knows_who_is_responsible(word: str, units: set) -> None:
    found = {(item.unit, item.clause) for item in plan("dehui-education-duties").subjects if word in item.words}
    assert found == units


@pytest.mark.parametrize(
    ("event_class", "lead", "post"),
    [
        ("gas", "区住房和城乡建设局", "区燃气事故应急指挥部"),
        ("poisoning", "区卫生健康局", "区公共卫生事件应急指挥部"),
        ("ecology", "区生态环境分局", "区生态环境事件应急指挥部"),
        ("flood", "区应急管理局、区城乡水务局", "区防汛抗旱指挥部"),
    ],
)
def test_shanting_routes(event_class: str, lead: str, post: str) -> None:
    route = assess(plan("shanting-overall"), event_class, {}).route
    assert route is not None
    assert (route.lead, route.post) == (lead, post)


def test_what_other_plans_cover() -> None:
    assert any("油气中断" in item.words for item in plan("jincheng-energy").excludes)
    assert len(plan("jincheng-public-health").excludes) == 3


ENERGY_GROUPS = {
    "综合协调组": (("市能源局",), 6),
    "应急处置组": (("市能源局",), 11),
    "治安维护组": (("市公安局",), 3),
    "监测预警组": (("市能源局",), 5),
    "应急保障组": (("市发展和改革委员会",), 10),
    "宣传报道组": (("市委宣传部",), 3),
    "专家组": (("市能源局",), 0),
    "善后处置组": (("市能源局",), 4),
}


def test_energy_groups_with_lead_and_number_of_members() -> None:
    groups = plan("jincheng-energy").groups
    assert {group.name: (group.lead, len(group.members)) for group in groups} == ENERGY_GROUPS
    assert [group.clause for group in groups] == [f"2.4.{n}" for n in range(1, 9)]


def test_public_health_has_ten_groups_whose_leads_the_source_leaves_blank() -> None:
    groups = plan("jincheng-public-health").groups
    assert [group.clause for group in groups] == ["9.4"] * 4 + ["2.3"] * 6
    assert all(not group.lead and group.reading for group in groups)


def test_measures_and_duties_of_energy_and_health_are_as_many_as_the_clauses() -> None:
    counts = {level: len(response("jincheng-energy", level).measures) for level in "ⅠⅡⅢ"}
    assert counts == {"Ⅰ": 8, "Ⅱ": 11, "Ⅲ": 8}
    # Ⅰ: the opening sentence and 13; Ⅱ: 10 and the announcement to others of 4.2.
    assert [len(response("jincheng-public-health", level).measures) for level in "ⅠⅡⅢ"] == [14, 11, 2]
    periods = {item.id: (item.clause, item.period) for item in plan("jincheng-energy").duties}
    each_two_years = "原则上每两年开展一次"
    assert (periods["drill"], periods["team-drill"]) == (("6.6", each_two_years), ("6.3", each_two_years))
    assert ("8.1", "每年至少进行一次") in {(item.clause, item.period) for item in plan("jincheng-public-health").duties}
    told = [item.applies for item in plan("jincheng-public-health").duties if item.clause == "4.2"]
    assert told == ["涉及学校的", "涉及食品、药品、疫苗安全的", "涉及人畜共患传染病的", "境外输入的"]
