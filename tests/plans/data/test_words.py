"""The words of the plan files: a report finds its class, and a quantity finds its fact and no other."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from plans.intake.among import fits, is_clear
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
        ("jincheng-chengqu-campus", "食堂起火", "fire"),
        ("linan-campus", "食堂燃气爆炸，2人受伤", "accident"),
        ("linan-campus", "午餐后30名学生拉肚子", "health"),
        ("linan-campus", "家长在微博发帖质疑食堂", "opinion"),
        ("linan-campus", "学生在校门口静坐请愿", "security"),
        ("jincheng-transit", "全市公交停运26小时", "stoppage"),
        ("jincheng-transit", "公交车与货车相撞，2人死亡", "crash"),
        ("jincheng-public-health", "车间硫化氢中毒，4人送医", "occupational"),
        ("jincheng-energy", "晋城电网减供负荷59%", "power"),
        ("shanting-overall", "小区燃气爆炸，2人受伤", "gas"),
        ("shanting-overall", "学校食堂食物中毒20人", "food"),
        ("shanting-overall", "山火蔓延", "forest-fire"),
        ("shanting-overall", "翼云湖森林火灾", "forest-fire"),
        ("shanting-overall", "抱犊崮附近山林起火，火势蔓延", "forest-fire"),
        ("shanting-overall", "实验小学食堂午餐后35名学生呕吐腹泻", "food"),
        ("shanting-overall", "客车与货车相撞，5人死亡", "traffic"),
        ("shanting-overall", "采石场冒顶，2人被困", "mine"),
        ("shanting-overall", "尾矿库溃坝", "mine"),
        ("shanting-overall", "岩马水库水位超汛限，下游转移", "flood"),
        ("shanting-overall", "百余人在区政府门口聚集讨薪", "mass"),
        ("shanting-overall", "化工厂氯气泄漏，12人中毒", "chemical"),
        ("shanting-overall", "输油管道泄漏起火", "pipeline"),
        ("shanting-overall", "养殖场疑似非洲猪瘟", "animal"),
        ("shanting-overall", "男子持刀砍伤3名学生", "crime"),
        ("shanting-overall", "小学诺如病毒感染40人", "epidemic"),
        ("shanting-overall", "全区大面积停电", "blackout"),
    ],
)
def test_a_report_finds_its_class(name: str, text: str, expected: str) -> None:
    assert read_for(plan(name), text, now=NOW).class_candidates[0].name == expected


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("jincheng-chengqu-campus", "下课时楼梯口挤倒一片，踩着了5个学生", ["crowd"]),
        ("jincheng-chengqu-campus", "门口有人拿刀砍人，伤了2名学生", ["security"]),
        ("linan-campus", "围墙塌了，埋里头俩", ["accident"]),
        ("linan-campus", "寝室6个人吐了5个，午饭吃的都一样", ["health"]),
        ("shanting-overall", "面包车翻沟里了，车上5人受伤", ["traffic"]),
        ("shanting-overall", "山火蔓延", ["forest-fire"]),  # a class of no kind is named by its words
    ],
)
def test_where_no_word_of_the_plan_tells_the_class_the_kind_of_event_does(
    name: str, text: str, expected: list[str]
) -> None:
    assert [item.name for item in read_for(plan(name), text, now=NOW).class_candidates] == expected


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


@pytest.mark.parametrize(
    "text", ["高平市减供负荷80兆瓦", "高平市损失负荷80兆瓦", "晋城电网减供负荷300兆瓦", "县级市切负荷8万千瓦"]
)
def test_the_load_that_is_shed_is_not_the_load_of_the_grid(text: str) -> None:
    found, _ = facts_of(read_for(plan("jincheng-energy"), text, now=NOW))
    assert "county_load_mw" not in found


def test_linan_reads_how_many_districts_are_cut_off() -> None:
    facts, _ = facts_of(read_for(plan("linan-campus"), "4个区县学校无法使用杭州教育城域网", now=NOW))
    assert facts == {"districts_offline": 4}


def test_a_fire_on_campus_is_a_hazard_to_report() -> None:
    facts, _ = facts_of(read_for(plan("jincheng-chengqu-campus"), "宿舍起火", now=NOW))
    assert facts["hazard_on_site"] is True


def test_a_blackout_without_a_figure_leaves_every_level_open() -> None:
    of = plan("jincheng-energy")
    facts, raised = facts_of(read_for(of, "全市大面积停电", now=NOW))
    assert facts == {}
    assert assess(of, "power", facts, raised=raised).possible_response_levels == ("Ⅲ", "Ⅱ", "Ⅰ")


@pytest.mark.parametrize("text", ["水库溺水2人死亡", "煤矿透水", "某地发生爆炸"])
def test_what_the_annex_does_not_list_finds_no_class(text: str) -> None:
    assert read_for(plan("shanting-overall"), text, now=NOW).class_candidates == ()


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("暴雨引发山体滑坡，房屋倒塌", {"weather", "geology", "building"}),
        ("一名外籍教师在车祸中死亡", {"foreign", "traffic"}),
        ("投资人聚集，银行挤兑", {"mass", "finance"}),
    ],
)
def test_what_speaks_for_several_kinds_is_left_to_a_person(text: str, kinds: set[str]) -> None:
    of = plan("shanting-overall")
    found = tuple(item.name for item in read_for(of, text, now=NOW).class_candidates)
    assert set(found) == kinds
    asked = assess(of, None, {}, candidates=found)
    assert asked.route is None
    assert asked.ask[0].fact == "event_class"


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("全市公交瘫痪24小时，无人死亡", ("特别重大",)),
        ("全市公交瘫痪23小时，无人死亡", ("较大",)),
        ("调度系统瘫痪26小时，车辆照常运营，无人死亡", ("未达标准",)),
        ("三分之一以上公交线路停运24小时，无人死亡", ("重大",)),
        ("三分之一以上公交线路停运23小时，主要线路未停，无人死亡", ("一般",)),
        ("部分公交线路停运3小时，无人死亡", ("一般", "较大")),
        ("主要公交线路停驶，无人死亡", ("较大", "重大")),
        ("全市公交停运，预计26小时恢复，无人死亡", ("重大", "特别重大")),
        ("40%的公交线路停运，预计30小时，无人死亡", ("一般", "较大", "重大")),
        ("公交追尾，未造成线路停运，无人死亡", ("未达标准",)),
        ("是否主要线路停运尚不清楚，公交有停运，无人死亡", ("一般", "较大", "重大")),
        ("公交车侧翻，2人死亡1人失联", ("一般",)),
    ],
)
def test_transit_words(text: str, levels: tuple[str, ...]) -> None:
    of = plan("jincheng-transit")
    facts, raised = facts_of(read_for(of, text, now=NOW))
    assert assess(of, None, facts, raised=raised - facts.keys()).possible_event_levels == levels


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("渔船遇险，29人被困，无人死亡失踪", ("重大", "特别重大")),
        ("渔船遇险，30人被困，无人死亡失踪", ("特别重大",)),
        ("渔船沉没，12人落水全部救起，无人死亡失踪", ("重大", "特别重大")),
        ("沁河翻船，船上共5人，2人死亡1人失踪", ("较大",)),
        ("危化品船搁浅，船上共3人，无人死亡失踪", ("较大", "特别重大")),
        ("货船起火，船上共3人，无人死亡失踪", ("较大", "重大")),
        ("采砂船倾覆，船上共2人，无人死亡失踪", ("一般",)),
    ],
)
def test_water_words(text: str, levels: tuple[str, ...]) -> None:
    of = plan("jincheng-water-rescue")
    facts, raised = facts_of(read_for(of, text, now=NOW))
    assert assess(of, None, facts, raised=raised - facts.keys()).possible_event_levels == levels


def test_what_is_surely_met_is_said_without_what_is_open_beside_it() -> None:
    of = plan("jincheng-transit")
    found = assess(of, "stoppage", {"deaths": 0, "some_lines_stopped": True, "third_stopped": None, "stop_hours": 3})
    row = next(item for item in found.matched if item.clause == "1.5.4")
    assert row.because == "部分公交线路停运，连续停运时长3小时，符合1.5.4“部分城市公共交通线路停运”，为一般"


CITY = ("jincheng-transit", "jincheng-water-rescue", "jincheng-public-health", "jincheng-energy")


@pytest.mark.parametrize(
    ("text", "name", "clear"),
    [
        ("3路公交车与货车相撞，3人死亡", "jincheng-transit", True),
        ("公交因暴雪停运", "jincheng-transit", True),
        ("加气站断气，公交停运26小时", "jincheng-transit", True),
        ("张峰水库游船触礁", "jincheng-water-rescue", True),
        ("快艇起火，3人落水", "jincheng-water-rescue", True),
        ("沁河渔船翻沉，2人失踪", "jincheng-water-rescue", True),
        ("河西街食堂食物中毒30人", "jincheng-public-health", True),
        ("某村发生传染病疫情", "jincheng-public-health", True),
        ("河东小区燃气断供", "jincheng-energy", True),
        ("晋城电网减供负荷59%", "jincheng-energy", True),
        ("公交司机确诊霍乱", "jincheng-transit", False),
        ("煤矿瓦斯爆炸", "jincheng-transit", False),
        ("白马寺山地震", "jincheng-transit", False),
        ("公交车坠入沁河，10人落水", "jincheng-water-rescue", False),
    ],
)
def test_a_citys_report_finds_its_plan_or_is_asked_about(text: str, name: str, clear: bool) -> None:
    found = fits([plan(item) for item in CITY], text)
    assert is_clear(found) == clear
    assert not clear or found[0].plan.id == name


def test_what_is_open_of_the_dead_is_said_without_the_missing() -> None:
    found = assess(plan("jincheng-water-rescue"), "water", {"missing": 2, "endangered": {"at_least": 2}})
    assert any(
        text.startswith("死亡未定：0人则一般至特别重大；1至7人则较大至特别重大") for text in found.undetermined_because
    )
    met = assess(plan("jincheng-water-rescue"), "water", {"missing": 2, "deaths": 1, "endangered": 5})
    assert met.matched[0].because.startswith("死亡（含失踪）3人，符合4.1.3(1)")


@pytest.mark.parametrize(
    ("facts", "judgements"),
    [
        ({"deaths": 0, "missing": 0, "endangered": 2}, {"other_larger", "other_major", "other_huge"}),
        ({"deaths": 0, "missing": 0, "endangered": 9}, {"other_major", "other_huge"}),
        ({"deaths": 0, "missing": 0, "endangered": 30}, set()),
    ],
)
def test_only_judgements_that_would_raise_the_level_are_offered(facts: dict[str, Any], judgements: set[str]) -> None:
    found = assess(plan("jincheng-water-rescue"), "water", facts)
    assert {question.fact for question in found.judgements} == judgements
