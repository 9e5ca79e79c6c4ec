"""Who bears a duty: every shipped one has its bearers, and each way of naming them is read."""

from __future__ import annotations

import pytest

from bot.render.rules import borne_by, evidence, often, rhythm
from plans.areas import Body
from plans.bearers import KINDS, MEMBERS, Bearer, bearers, is_a
from plans.load import load_all
from plans.model import Duty, Every, Plan

PLANS = load_all()
DEHUI, CAMPUS, SHANTING = (
    PLANS[name] for name in ("dehui-education-duties", "jincheng-chengqu-campus", "shanting-overall")
)
DUTIES = [pytest.param(plan, duty, id=f"{plan.id}-{duty.id}") for plan in PLANS.values() for duty in plan.duties]


@pytest.mark.parametrize(("plan", "duty"), DUTIES)
def test_every_shipped_duty_has_bearers_and_words(plan: Plan, duty: Duty):
    found = bearers(plan, duty)
    assert found and len(set(found)) == len(found)
    units = {unit.id: unit for unit in plan.units}
    for one in found:
        known = {"role": set(plan.roles), "unit": set(units), "body": set(KINDS)}[one.kind]
        assert one.id in known and one.title
        assert one.kind != "unit" or not units[one.id].place_bound, "nobody is at every incident"
    assert borne_by(plan, duty) and rhythm(duty)
    assert (duty.every is None) is duty.standing


def duty(bearer: str = "", *each: str) -> Duty:
    return Duty(clause="1", bearer=bearer, each=each, text="检查", standing=True)


@pytest.mark.parametrize(
    ("plan", "item", "found"),
    [
        (DEHUI, duty("leader"), (Bearer("role", "leader", "局主要负责人"),)),
        (DEHUI, duty("局主要负责人"), (Bearer("role", "leader", "局主要负责人"),)),
        (DEHUI, duty("安全科"), (Bearer("unit", "学校安全科", "学校安全科"),)),
        (
            DEHUI,
            duty("学校领导班子", "学校", "幼儿园"),
            (Bearer("body", "学校", "学校"), Bearer("body", "幼儿园", "幼儿园")),
        ),
        (DEHUI, duty("事发学校"), ()),
        (DEHUI, duty("谁"), ()),
        (DEHUI, duty(""), ()),
        (CAMPUS, duty("区指挥部办公室"), (Bearer("unit", "区教育局", "区指挥部办公室"),)),
        (CAMPUS, duty("区校园安全事故应急指挥部"), (Bearer("unit", "区教育局", "区指挥部"),)),
    ],
)
def test_each_way_of_naming_a_bearer(plan, item, found):
    assert bearers(plan, item) == found


def test_a_unit_that_stands_for_others_is_each_of_them_and_members_are_all():
    lead = next(unit for unit in SHANTING.units if unit.id == "主要牵头部门")
    assert tuple(one.id for one in bearers(SHANTING, duty("主要牵头部门"))) == lead.standing_for
    members = [unit.id for unit in CAMPUS.units if unit.member and not unit.place_bound]
    assert [one.id for one in bearers(CAMPUS, duty("各成员单位", MEMBERS))] == members
    assert len(members) == 24


@pytest.mark.parametrize(
    ("families", "words", "kind", "answer"),
    [
        ({"学校"}, ("小学",), "学校", True), ({"学校"}, ("中小学", "有校车"), "有校车", True),
        ({"幼儿园"}, (), "学校", False),
        ({"学校"}, ("小学",), "有校车", False), (set(), (), "学校", False), ({"学校"}, ("寄宿制",), "寄宿制", True),
    ],
)  # fmt: skip
def test_what_a_body_is(families, words, kind, answer):
    assert is_a(families, words, kind) is answer


@pytest.mark.parametrize(
    ("name", "kind", "is_"),
    [
        ("城北小学", "小学", {"学校"}), ("城北中学", "中小学、有校车", {"学校", "有校车"}),
        ("蓝天幼儿园", "", {"幼儿园"}),
        ("市第一医院", "", {"医院"}), ("晨光化工公司", "企业", {"企业"}), ("河口村", "", {"村居"}),
        ("城关镇", "", {"镇街"}),
        ("青年宫", "", {"单位"}),
    ],
)  # fmt: skip
def test_a_listed_body_bears_the_duties_of_its_kind_and_of_no_other(name, kind, is_):
    body = Body(id="b1", name=name, kind=kind)
    assert {one for one in KINDS if is_a(body.families, body.kinds, one)} == is_


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("quarter", "每季度"), ("school-day", "每个上课日"), ({"years": 3}, "每3年"),
        ({"unit": "year", "by": "3月31日"}, "每年3月31日前"),
        ({"unit": "month", "school": True}, "每月（整月不上课的不计）"),
        ({"unit": "week", "school": True}, "每周（整段不上课的不计）"),
        ({"after": "印发", "workdays": 20}, "印发后20个工作日内"), ({"after": "放假", "days": 7}, "放假后7天内"),
        ({"before": "开学", "days": 14}, "开学前"),
        ({"theme_days": [{"name": "全国消防日", "date": "11月9日"}]}, "主题日：全国消防日（11月9日）"),
    ],
)  # fmt: skip
def test_a_rule_in_words(written, words):
    assert often(Every.model_validate(written)) == words


def test_a_duty_in_words():
    drill = next(item for item in DEHUI.duties if item.id == "school-month-drill")
    assert (rhythm(drill), evidence(drill)) == ("每月（整月不上课的不计）", "照片；演练即算完成")
    assert borne_by(DEHUI, drill) == "学校领导班子（各学校）"
    assert rhythm(duty("甲")) == "常设"
    assert rhythm(Duty(clause="1", bearer="甲", text="检查", period="定期", standing=True)) == "常设（定期）"
    assert borne_by(DEHUI, duty("", "学校", "幼儿园")) == "各学校、幼儿园"
    assert borne_by(DEHUI, duty("各类学校", "学校")) == "各类学校"
