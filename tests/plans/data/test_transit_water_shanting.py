"""Transit, water rescue and Shanting in particular: groups, commands, ends, warnings, duties, as the documents say."""

# ruff: noqa: E501 - tables, one document row a line
from __future__ import annotations

import pytest

from plans.model import Compare, Every, Plan, Within
from tests.plans.data.shipped import assess, plan, response

TRANSIT = "jincheng-transit"
WATER = "jincheng-water-rescue"
SHANTING = "shanting-overall"

GROUPS = {
    TRANSIT: {
        "现场抢险组": ((), "市公安局 市住建局 市交通局 市应急局 市交警支队 市消防救援支队 公共交通企业"),
        "医疗救援组": (("市卫健委",), ""),
        "安全保卫组": (("市公安局",), "市交警支队"),
        "后勤保障组": (("市交通局",), "市发展改革委 市公安局 市民政局 市财政局 市气象局 晋城银保监分局 中国联通晋城分公司 中国移动晋城分公司 中国电信晋城分公司 公共交通企业"),
        "宣传报道组": (("市委宣传部",), ""),
        "专家咨询组": ((), ""),
    },
    WATER: {
        "综合协调组": (("市交通局",), "市发展改革委 市公安局 市水务局 市农业农村局 市无线电管理局 晋城军分区 武警晋城支队"),
        "抢险搜救组": (("市交通局",), "市公安局 市生态环境局 市水务局 市农业农村局 市文旅局 市应急局 市外事办 市无线电管理局 晋城军分区 武警晋城支队"),
        "医疗救援组": (("市卫健委",), "市工信局"),
        "安全保卫组": (("市公安局",), "武警晋城支队"),
        "综合保障组": (("市发展改革委",), "市民政局 市财政局 市交通局 市水务局 市农业农村局 市文旅局 市退役军人局 市外事办 市金融办 市气象局 市无线电管理局 中国联通晋城分公司 中国移动晋城分公司 中国电信晋城分公司"),
        "调查监测组": (("市交通局",), "市规划和自然资源局 市生态环境局 市水务局 市应急局"),
        "新闻报道组": (("市委宣传部",), "市政府新闻办 市大数据应用局 市新闻传媒集团"),
        "专家咨询组": ((), ""),
        "通讯保障组": (("市无线电管理局",), "中国联通晋城分公司 中国移动晋城分公司 中国电信晋城分公司"),
        "善后处置组": (("市交通局",), "市民政局 市财政局 市水务局 市文旅局 市退役军人局 市外事办 市金融办"),
    },
    SHANTING: {
        "综合协调组": (("主要牵头部门",), ""),
        "灾害监测组": (("主要牵头部门",), "相关专业技术和救援力量"),
        "应急救援（处置）组": (("主要牵头部门",), "区公安分局 区消防救援大队"),
        "交通保障组": (("区公安分局",), "区交通运输局"),
        "医疗卫生组": (("区卫生健康局",), "区市场监督管理局 区畜牧业发展中心"),
        "后勤保障组": (("区发展和改革局",), "区财政局 区商务和投资促进局"),
        "治安维护组": (("区公安分局",), ""),
        "善后处置组": (("区民政局",), "区公安分局 区财政局 区人力资源和社会保障局 事发地镇街"),
        "宣传舆情组": (("区委宣传部",), "区委网信办 主要牵头部门"),
        "人员疏散安置组": (("区发展和改革局",), "区民政局 区公安分局 区住房和城乡建设局 区交通运输局 区商务和投资促进局 区人民防空办公室 区应急管理局"),
        "技术专家组": ((), ""),
    },
}  # fmt: skip


@pytest.mark.parametrize("name", GROUPS)
def test_groups_with_leads_and_members(name: str) -> None:
    found = {group.name: (group.lead, " ".join(group.members)) for group in plan(name).groups}
    assert found == GROUPS[name]


@pytest.mark.parametrize(
    ("name", "members"),
    [
        (TRANSIT, "市委宣传部 市委新闻办 市发展改革委 市工信局 市公安局 市民政局 市财政局 市住建局 市交通局 市卫健委 市应急局 市交警支队 市气象局 晋城军分区 武警晋城支队 市消防救援支队 晋城银保监分局 中国联通晋城分公司 中国移动晋城分公司 中国电信晋城分公司"),
        (WATER, "市委宣传部 市政府新闻办 市发展改革委 市工信局 市公安局 市民政局 市财政局 市规划和自然资源局 市生态环境局 市交通局 市水务局 市农业农村局 市文旅局 市卫健委 市退役军人局 市应急局 市外事办 市金融办 市大数据应用局 市气象局 市无线电管理局 市新闻传媒集团 晋城军分区 武警晋城支队 中国联通晋城分公司 中国移动晋城分公司 中国电信晋城分公司"),
    ],
)  # fmt: skip
def test_members_by_name_each_with_a_duty_and_a_line(name: str, members: str) -> None:
    units = [unit for unit in plan(name).units if unit.member]
    assert sorted(unit.id for unit in units) == sorted(members.split())
    assert all(unit.duty and unit.lines for unit in units)


QUICK = ("事件单位", "经济类型", "时间、地点", "危害程度", "简要经过", "原因", "措施", "协助", "签发人", "其他")


def test_the_ten_elements_of_the_quick_report_in_order() -> None:
    form = next(form for form in plan(TRANSIT).forms if form.report == "快报")
    assert len(form.elements) == 10
    assert all(word in element for word, element in zip(QUICK, form.elements, strict=True))


@pytest.mark.parametrize("name", [WATER])
def test_the_five_things_an_alarm_tells(name: str) -> None:
    alarm, first = (next(form for form in plan(name).forms if form.report == report) for report in ("事发报告", "首报"))
    assert alarm.elements == first.elements
    assert first.sources[1] == "endangered deaths missing injuries"


@pytest.mark.parametrize(
    ("colour", "kind"), [("红", "first"), ("橙", "second"), ("黄", "third"), ("蓝", "fourth")]
)  # fmt: skip
def test_water_warning_conditions(colour: str, kind: str) -> None:
    warning = next(item for item in plan(WATER).warnings if item.colour == colour)
    stage = {"红": "imminent", "橙": "accelerating", "黄": "uniform", "蓝": "creep"}[colour]
    peak = {"红": "extreme", "橙": "larger", "黄": "big"}.get(colour)
    ice = {"红": "extreme", "橙": "major", "黄": "larger", "蓝": "general"}[colour]
    said = {item.fact: item.values for item in warning.any if isinstance(item, Within)}
    assert (said["landslide_stage"], said["debris_flow_warning"], said["ice_flood"]) == ((stage,), (kind,), (ice,))
    assert said.get("flood_peak", (None,)) == (peak,)
    counted = {
        item.fact: (item.ge, item.le) for item in warning.any if isinstance(item, Compare) and item.ge is not None
    }
    assert (
        counted
        == {
            "红": {"quarter_ten_dead": (2, None), "month_fatal": (5, None)},
            "橙": {"deaths": (4, 9), "month_fatal": (3, None)},
            "黄": {"month_small_fatal": (3, None)},
            "蓝": {},
        }[colour]
    )
    province = colour in ("红", "橙")
    assert ("省指挥部" in warning.issued_by) == province
    assert ("省指挥部" in warning.lifted_by) == province


def test_the_measures_of_a_water_warning_are_not_graded_by_the_source() -> None:
    assert len({item.measures for item in plan(WATER).warnings}) == 1


def test_shanting_red_and_orange_add_seven_measures_to_those_of_yellow_and_blue() -> None:
    measures = {item.colour: item.measures for item in plan(SHANTING).warnings}
    assert measures["黄"] == measures["蓝"]
    assert measures["红"] == measures["橙"]
    assert measures["红"][: len(measures["黄"])] == measures["黄"]
    assert len(measures["红"]) - len(measures["黄"]) == 7


@pytest.mark.parametrize(
    ("name", "clauses"),
    [
        (TRANSIT, {"2.5", "4.1", "4.4.4", "6.5"}),
        (WATER, {"4.3.1(3)", "4.3.4", "2.5", "4.5", "4.6", "4.7"}),
        (SHANTING, {"3.1", "3.2", "4.5.2(2)", "4.5.1(1)", "4.5.1(2)", "4.5.1(4)", "4.5.3(4)"}),
    ],
)
def test_commands_on_the_scene(name: str, clauses: set[str]) -> None:
    posts = plan(name).on_site
    assert {post.clause for post in posts} == clauses
    assert all(post.commander and post.when and post.duties for post in posts)
    assert any("移交" in post.handover or "配合" in post.handover or "并入" in post.handover for post in posts)


def test_ends_name_who_confirms_and_who_declares() -> None:
    ends = {name: [(end.clause, len(end.conditions)) for end in plan(name).ends] for name in (TRANSIT, WATER, SHANTING)}
    assert ends == {TRANSIT: [("4.7", 1), ("3.4", 3)], WATER: [("4.9", 5)], SHANTING: [("4.5.6", 2)]}
    assert all(end.by for name in ends for end in plan(name).ends)


@pytest.mark.parametrize(
    ("name", "duty", "clause", "period", "every"),
    [
        (TRANSIT, "drill", "6.6", "每3年至少组织一次", {"years": 3}),
        (TRANSIT, "review", "7.3.1", "一般情况下3年修订一次", {"years": 3}),
        (WATER, "drill", "6.7.3", "每年至少组织一次", "year"),
        (WATER, "training", "6.7.2", "每年组织1至2次", "year"),
        (WATER, "review", "7.3", "一般情况下三年修订一次", {"years": 3}),
        (SHANTING, "year-review-lead", "4.6.3(2)", "每年第一季度", {"unit": "year", "by": "3月31日"}),
        (SHANTING, "year-review-township", "4.6.3(2)", "上年度", "year"),
        (SHANTING, "watch", "3.4", "24小时值班", None),
        (SHANTING, "filing-overall", "6.2(1)", "印发后的20个工作日内", {"after": "印发", "workdays": 20}),
        (SHANTING, "filing-unit", "6.2(5)", "印发后的20个工作日内", {"after": "单位预案印发", "workdays": 20}),
    ],
)
def test_recurring_duties(name: str, duty: str, clause: str, period: str, every: object) -> None:
    found = next(item for item in plan(name).duties if item.id == duty)
    assert (found.clause, found.period) == (clause, period)
    assert found.every == (None if every is None else Every.model_validate(every))
    assert found.standing is (every is None)


ROUTES = """
flood 区应急管理局、区城乡水务局 区防汛抗旱指挥部
weather 区气象服务中心、区应急管理局 区减灾委员会
earthquake 区应急管理局 区抗震救灾指挥部
geology 区应急管理局、区自然资源局 区地质灾害事故应急指挥部
forest-fire 区应急管理局、区自然资源局 区森林防灭火指挥部
pest 区农业农村局、区自然资源局 区生物灾害指挥部
chemical 区应急管理局 区危险化学品事故应急指挥部
mine 区应急管理局 区非煤矿山事故应急指挥部
fire 区消防救援大队、区应急管理局 区火灾事故应急指挥部
traffic 区公安分局 区道路交通事故应急指挥部
equipment 区市场监督管理局 区特种设备事故应急指挥部
building 区住房和城乡建设局 区房屋建筑突发事故应急指挥部
gas 区住房和城乡建设局 区燃气事故应急指挥部
heating 区住房和城乡建设局 区城区供热事故应急指挥部
water-supply 区城乡水务局 区城区供水突发事件应急指挥部
blackout 区发展和改革局 区大面积停电事件应急指挥部
pipeline 区发展和改革局 区油气长输管道突发事件应急指挥部
radiation 区生态环境分局 区生态环境事件应急指挥部
air 区生态环境分局 区生态环境事件应急指挥部
pollution 区生态环境分局 区生态环境事件应急指挥部
ecology 区生态环境分局 区生态环境事件应急指挥部
epidemic 区卫生健康局 区公共卫生事件应急指挥部
unexplained 区卫生健康局 区公共卫生事件应急指挥部
poisoning 区卫生健康局 区公共卫生事件应急指挥部
food 区市场监督管理局 区食品安全事件应急指挥部
drug 区市场监督管理局 区药品（疫苗）安全事件应急指挥部
animal 区畜牧业发展中心 区动物疫情事件应急指挥部
terror 区公安分局 区反恐工作领导小组
crime 区公安分局 区刑事案件应急指挥部
mass 区公安分局 区群体性事件应急指挥部
network 区公安分局 区网络与信息安全事件应急指挥部
market 区商务和投资促进局 区生活必需品市场供应突发事件应急指挥部
finance 区金融服务中心 区金融突发事件应急指挥部
foreign 区政府办公室 区涉外突发事件应急指挥部
religion 区委统战部 区民族宗教事件应急指挥部
opinion 区委宣传部 区舆情突发事件应急指挥部
"""


@pytest.mark.parametrize("line", ROUTES.split("\n")[1:-1], ids=lambda line: line.split()[0])
def test_every_kind_goes_to_its_lead_and_its_post(line: str) -> None:
    event_class, lead, post = line.split()
    of = plan(SHANTING)
    route = assess(of, event_class, {}).route
    assert route is not None
    assert (route.lead, route.post) == (lead, post)
    kind = next(item for item in of.classes if item.id == event_class)
    assert route.clause == kind.clause
    assert kind.lead == tuple(lead.split("、"))
    for level in ("Ⅲ", "Ⅳ"):
        called = next(pick.units for pick in response(SHANTING, level).calls.picks if event_class in pick.classes)
        assert set(kind.lead) <= set(called), level


@pytest.mark.parametrize("name", [TRANSIT, WATER, SHANTING])
def test_what_is_called_narrative_is_cited_nowhere(name: str) -> None:
    of: Plan = plan(name)
    narrative = {number for number, entry in of.clauses.items() if entry.status == "narrative"}
    dumped = of.model_dump(mode="json", exclude={"clauses", "errata"})

    def cited(value: object) -> set[str]:
        if isinstance(value, dict):
            own = {value["clause"]} if isinstance(value.get("clause"), str) else set()
            return own.union(*(cited(item) for item in value.values())) if value else own
        return set().union(*(cited(item) for item in value)) if isinstance(value, list) else set()

    assert not narrative & cited(dumped)


def test_hours_of_a_stoppage_are_not_asked_after_a_crash() -> None:
    hours = {"paralysis_hours", "stop_hours"}
    asked = {
        kind: {item.fact for item in assess(plan(TRANSIT), kind, {"deaths": 3}).ask} for kind in ("crash", "natural")
    }
    assert not asked["crash"] & hours
    assert asked["natural"] >= hours
