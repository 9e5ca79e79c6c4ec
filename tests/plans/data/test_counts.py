"""Who and how many: members, groups, telephone lines, classes, clauses of each plan, as the documents print them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from plans.load import DATA, load_all
from plans.model import Plan
from tests.plans.data.shipped import IDS, plan

COUNTS = {
    # members (without 事发…), groups, units with a line, lines of them
    "dehui-education-duties": (20, 7, 0, 0),
    "jincheng-chengqu-campus": (24, 7, 39, 39),
    "jincheng-energy": (26, 8, 51, 70),
    "jincheng-public-health": (31, 10, 61, 135),
    "jincheng-transit": (20, 6, 31, 62),
    "jincheng-water-rescue": (27, 10, 36, 72),
    "linan-campus": (26, 13, 0, 0),
    "shanting-overall": (24, 11, 0, 0),
}


def test_the_eight_plans_ship() -> None:
    assert tuple(load_all()) == IDS
    assert set(COUNTS) == set(IDS)


@pytest.mark.parametrize("name", IDS)
def test_members_groups_and_lines(name: str) -> None:
    of = plan(name)
    members = [unit for unit in of.units if unit.member and not unit.place_bound]
    reachable = [unit for unit in of.units if unit.lines]
    lines = [line for unit in of.units for line in unit.lines]
    assert (len(members), len(of.groups), len(reachable), len(lines)) == COUNTS[name]


def test_campus_members_by_name() -> None:
    of = plan("jincheng-chengqu-campus")
    members = {unit.id for unit in of.units if unit.member}
    assert members == {
        "区政府办",
        "区委宣传部",
        "区委统战部",
        "区发展改革和科技局",
        "区教育局",
        "区工业和信息化局",
        "区民政局",
        "区财政局",
        "区自然资源局",
        "区住房和城乡建设管理局",
        "区交通运输局",
        "区文化和旅游局",
        "区卫生健康和体育局",
        "区应急管理局",
        "区市场监督管理局",
        "市公安局城区分局",
        "区人民武装部",
        "区残疾人联合会",
        "区消防救援大队",
        "区气象局",
        "国网晋城供电公司城区供电中心",
        "中国移动通信集团山西有限公司城区分公司",
        "中国联合网络通信有限公司晋城市城区分公司",
        "中国人寿财产保险股份有限公司",
        "事发镇街",
        "事发学校",
    }
    towns = next(unit for unit in of.units if unit.id == "事发镇街")
    assert len(towns.standing_for) == 8
    by_id = {unit.id: unit for unit in of.units}
    assert all(by_id[town].lines and not by_id[town].member for town in towns.standing_for)


def test_campus_groups_and_their_leads() -> None:
    groups = {group.name: (group.lead, len(group.members)) for group in plan("jincheng-chengqu-campus").groups}
    assert groups == {
        "应急综合组": (("区教育局",), 4),
        "应急处置组": (("区教育局",), 12),
        "应急保障组": (("区发展改革和科技局", "事发镇街"), 11),
        "社会稳定组": (("市公安局城区分局",), 5),
        "宣传报道组": (("区委宣传部",), 3),
        "医学救援组": (("区卫生健康和体育局",), 1),
        "技术专家组": (("区教育局", "区应急管理局"), 6),
    }


@pytest.mark.parametrize(
    ("name", "unit", "numbers"),
    [
        ("jincheng-chengqu-campus", "区教育局", ["0356-2250777"]),
        ("jincheng-chengqu-campus", "区委", ["0356-2022492"]),
        ("jincheng-chengqu-campus", "省政府", ["0351-3046789"]),
        ("jincheng-water-rescue", "市生态环境局", ["12369", "2028137"]),
        ("jincheng-transit", "武警晋城支队", ["2024114", "2024118"]),
        ("jincheng-public-health", "省委", ["0351-4045001", "0351-4019631"]),
        ("jincheng-public-health", "晋城东高铁站", ["0371-56936400", "0371-56936400"]),
        ("jincheng-energy", "市委", ["2062298", "2198332"]),
        ("jincheng-energy", "兰花集团", ["2189501", "2189500"]),
    ],
)
def test_lines_stand_at_their_unit(name: str, unit: str, numbers: list[str]) -> None:
    found = next(item for item in plan(name).units if item.id == unit)
    assert [line.number for line in found.lines] == numbers


def test_energy_office_lines_are_41_and_companies_ten() -> None:
    of = plan("jincheng-energy")
    companies = next(unit for unit in of.units if unit.id == "相关能源供应单位").standing_for
    reachable = {unit.id for unit in of.units if unit.lines}
    assert len(reachable - set(companies)) == 41
    assert len(reachable & set(companies)) == 10
    assert set(companies) - reachable == {"中电投陵川新能源发电有限责任公司"}


@pytest.mark.parametrize("name", ["jincheng-transit", "jincheng-water-rescue"])
def test_every_row_of_the_annex_has_telephone_and_fax(name: str) -> None:
    for unit in plan(name).units:
        if unit.lines:
            assert [line.kind == "传真" for line in unit.lines] == [False, True], unit.id


def test_shanting_has_36_kinds_in_four_classes_each_with_lead_and_post() -> None:
    of = plan("shanting-overall")
    sizes: dict[str, int] = {}
    for item in of.classes:
        sizes[item.category] = sizes.get(item.category, 0) + 1
    assert sizes == {"自然灾害": 6, "事故灾难": 15, "公共卫生事件": 6, "社会安全事件": 9}
    routed = [name for route in of.routes for name in route.classes]
    assert sorted(routed) == sorted(item.id for item in of.classes)
    assert all(route.lead and route.post for route in of.routes)


def test_linan_has_seven_classes_with_a_group_each_and_six_action_groups() -> None:
    of = plan("linan-campus")
    assert [item.id for item in of.classes] == [
        "security",
        "accident",
        "health",
        "natural",
        "exam",
        "network",
        "opinion",
    ]
    assert [group.classes for group in of.groups if group.classes] == [(item.id,) for item in of.classes]
    assert len([group for group in of.groups if not group.classes]) == 6
    levels = {item.id: item.levels for item in of.classes if item.levels}
    four = dict.fromkeys(("security", "accident", "health", "natural", "network"), ("一般", "较大", "重大", "特别重大"))
    assert levels == four | {"exam": ("较大", "重大", "特别重大"), "opinion": ("潜在", "一般", "重大")}
    assert all(unit.duty for unit in of.units if unit.member)


def test_dehui_names_the_nineteen_sections_and_the_safety_section() -> None:
    members = [unit.id for unit in plan("dehui-education-duties").units if unit.member]
    assert members[0] == "学校安全科"
    assert len(members) == 20
    assert members[1:4] == ["办公室", "人事科", "教育基建管理中心"]
    assert members[-1] == "学生资助管理中心"


@pytest.mark.parametrize("name", IDS)
def test_units_have_names_of_their_own(name: str) -> None:
    names = [word for unit in plan(name).units for word in (unit.id, *unit.aliases)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("name", IDS)
def test_every_recipient_standing_for_and_rung_at_is_a_unit(name: str) -> None:
    of = plan(name)
    known = {unit.id for unit in of.units}
    for rule in of.obligations:
        assert rule.to, rule.id
        assert set(rule.to) <= known, rule.id
    for unit in of.units:
        assert set(unit.standing_for) <= known, unit.id
        assert not unit.rung_at or unit.rung_at in known, unit.id
    for subject in of.subjects:
        assert subject.unit in known


@pytest.mark.parametrize("path", sorted(DATA.glob("*.yaml")), ids=lambda path: path.stem)
def test_no_mobile_numbers_and_no_long_passages(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)", text)
    assert "联系人" not in text


@pytest.mark.parametrize("name", IDS)
def test_statements_are_short(name: str) -> None:
    words = ("raised_by", "said_by", "denied_by")  # lists of words, of which each is short

    def strings(value: object) -> list[str]:
        if isinstance(value, dict):
            phrases = [text for key in words for text in value.get(key) or ()]
            rest = [text for key, item in value.items() if key not in words for text in strings(item)]
            return rest + [word for phrase in phrases for word in re.split("[/…]+", phrase)]
        if isinstance(value, list):
            return [text for item in value for text in strings(item)]
        return [value] if isinstance(value, str) else []

    of: Plan = plan(name)
    longest = max(strings(of.model_dump(mode="json", exclude={"path", "hash"})), key=len)
    assert len(longest) <= 60, longest
