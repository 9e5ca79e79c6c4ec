"""Whom a level calls: plan × level × class; who acts first; which real body a placeholder of a plan is."""

import pytest

from plans.bodies import body_of, standing
from plans.incident.bodies import NameBody
from plans.incident.calling import UnitCalled, picked_units, unpicked
from plans.incident.calling_units import CallMore
from plans.incident.case import Outcome
from plans.incident.facts import Update
from plans.incident.levels import Declare
from plans.incident.undo import Undo
from plans.incident.units import Acknowledge
from plans.load import load_all
from plans.model import Plan, Response
from tests.factories import DUTY, SCHOOL, Life, liaison, person

PLANS = load_all()
CAMPUS = PLANS["jincheng-chengqu-campus"]
STREET, EAST, NORTH = "事发镇街", "东街街道办事处", "北街街道办事处"

LEVELS = [(plan, response) for plan in PLANS.values() for response in plan.responses if not response.external]
EVERY_LEVEL = pytest.mark.parametrize(
    ("plan", "response"), LEVELS, ids=[f"{plan.id} {response.level}" for plan, response in LEVELS]
)


def chief(plan: Plan):
    """Somebody who holds every role of a plan."""
    return person("chief", *plan.roles)


def declared(plan: Plan, level: str, **given) -> Life:
    """Return a life in which a level was declared two minutes after the report."""
    life = Life(plan).report("+10m", **{"candidates": (), "place": "", **given})
    life.do(Declare(level=level, reason="研判"), chief(plan), "+12m")
    return life


def called(life: Life) -> set[str]:
    return {unit for unit, call in life.incident.calls.items() if call.round}


# --- the class (A3) ---------------------------------------------------------------------------------------------------


def general(response: Response) -> set[str] | None:
    """Return whom a level calls whatever it is: the pick without a class, or of 其他; None where it has neither."""
    found = [pick for pick in response.calls.picks if not pick.classes or "other" in pick.classes]
    return set(found[0].units) if found else None


@EVERY_LEVEL
def test_a_class_that_nobody_chose_calls_the_general_pick_or_nobody_of_a_class(plan: Plan, response: Response):
    units, first = set(picked_units(plan, response, "")), set(plan.first_action.units if plan.first_action else ())
    if response.calls.units == "all":
        assert units == {unit.id for unit in plan.units if unit.member} | first
        return
    whatever = general(response)
    assert unpicked(response, "") is (whatever is None and response.calls.units == "picked")
    assert units == first | set(response.calls.always) | (whatever or set())


@EVERY_LEVEL
def test_every_class_calls_its_own_pick_and_two_that_may_be_meant_call_both(plan: Plan, response: Response):
    if response.calls.units != "picked":
        assert not unpicked(response, "")
        return
    general_units = general(response)
    for kind in plan.classes:
        own = [set(pick.units) for pick in response.calls.picks if kind.id in pick.classes]
        wanted = set().union(*own) if own else general_units
        units = set(picked_units(plan, response, kind.id))
        assert wanted is not None, f"{kind.id} is in no pick, and there is none for the rest"
        assert wanted <= units
        assert units <= wanted | set(response.calls.always) | set(plan.first_action.units if plan.first_action else ())
    one, other = plan.classes[0].id, plan.classes[-1].id
    both = set(picked_units(plan, response, "", (one, other)))
    assert both == set(picked_units(plan, response, one)) | set(picked_units(plan, response, other))


@EVERY_LEVEL
def test_where_no_class_is_chosen_the_seat_is_asked_and_the_answer_calls(plan: Plan, response: Response):
    life = declared(plan, response.level)
    asked = [notice for _, notice in life.told if notice.key == "whom_to_call"]
    assert bool(asked) is unpicked(response, "")
    if not asked:
        return
    assert (asked[0].to, asked[0].ring) == ("seat", True)
    before = called(life)
    kind = plan.classes[-1].id
    life.do(Update(event_class=kind), DUTY, "+14m")
    wanted = {body_of(plan, life.incident, unit) for unit in picked_units(plan, response, kind)}
    named = before - called(life)  # a placeholder that the class made plain
    assert all(body_of(plan, life.incident, unit) in wanted for unit in named)
    assert called(life) == (before | wanted) - named
    life.do(Update(event_class=kind, place="别处"), DUTY, "+15m")
    assert called(life) == (before | wanted) - named


def test_the_declarers_own_choice_of_units_is_not_asked_about():
    plan = PLANS["linan-campus"]
    life = Life(plan).report("+10m", candidates=())
    life.do(Declare(level="Ⅳ", units=("区消防救援大队",)), chief(plan), "+12m")
    assert "whom_to_call" not in {notice.key for _, notice in life.told}
    assert "区委宣传部" not in called(life), "an air crash is no matter of public opinion"


# --- who acts first (A4) ----------------------------------------------------------------------------------------------

FIRST = {
    "jincheng-chengqu-campus": ("4.2", {"事发学校", "事发镇街", "区教育局"}),
    "linan-campus": ("3 先期处置", {"事发学校", "事发地镇街", "区教育局"}),
    "jincheng-public-health": ("5.1", {"事发地县级政府", "市卫生健康委员会"}),
    "jincheng-energy": ("2.3(25)", {"事发地县级政府", "相关能源供应单位", "市能源局"}),
    "jincheng-transit": ("4.1", {"公共交通企业", "事发地县级政府", "市交通局"}),
    "jincheng-water-rescue": ("4.3.4", {"涉事单位", "事发地县级政府", "市交通局"}),
    "shanting-overall": ("4.5.1(1)", {"事发单位", "事发地镇街", "主要牵头部门"}),
}
"""Plan -> the clause and the bodies that act first, as the sources have it."""


def test_every_plan_that_declares_says_who_acts_first():
    said = {
        plan.id: (plan.first_action.clause, set(plan.first_action.units))
        for plan in PLANS.values()
        if plan.first_action
    }
    assert said == FIRST
    assert {plan.id for plan in PLANS.values() if plan.responses} == set(FIRST)


@EVERY_LEVEL
def test_whoever_acts_first_is_called_at_every_level_for_every_class(plan: Plan, response: Response):
    _, first = FIRST[plan.id]
    for kind in ("", *(item.id for item in plan.classes)):
        assert first <= set(picked_units(plan, response, kind)), kind


@pytest.mark.parametrize("plan", [PLANS[name] for name in FIRST], ids=list(FIRST))
def test_the_declarer_cannot_leave_out_who_acts_first(plan: Plan):
    level = [item for item in plan.responses if not item.external][-1].level
    some = next(unit.id for unit in plan.units if unit.member and unit.id not in FIRST[plan.id][1])
    life = Life(plan).report("+10m", candidates=(plan.classes[0].id,), place="")
    life.do(Declare(level=level, units=(some,), reason="研判"), chief(plan), "+12m")
    assert called(life) == {some} | {body_of(plan, life.incident, unit) for unit in FIRST[plan.id][1]}


# --- the real body (A5) -----------------------------------------------------------------------------------------------

MEANT = [
    # plan, text, place, placeholder -> body
    ("jincheng-chengqu-campus", "", "东街街道育才小学", STREET, EAST),
    ("jincheng-chengqu-campus", "东街街道某小学楼梯踩踏，4人受伤", "", STREET, EAST),
    ("jincheng-chengqu-campus", "已报北街街道，东街街道育才小学踩踏", "东街街道育才小学", STREET, EAST),
    ("jincheng-chengqu-campus", "", "北石店镇中心小学", STREET, "北石店镇人民政府"),
    ("jincheng-chengqu-campus", "", "城区开发区街道办事处门前", STREET, "开发区街道办事处"),
    ("jincheng-public-health", "", "泽州县金村镇某小区", "事发地县级政府", "泽州县人民政府"),
    ("jincheng-public-health", "", "泽州县金村镇某小区", "县级卫生健康主管部门", "泽州县卫体局"),
    ("jincheng-public-health", "晋城市城区某食堂30人呕吐", "", "事发地县级政府", "城区人民政府"),
    ("jincheng-public-health", "阳城县某厂20人中毒，送高平市人民医院", "", "事发地县级政府", "阳城县人民政府"),
    ("jincheng-energy", "兰花集团供煤中断", "", "相关能源供应单位", "兰花集团"),
    ("jincheng-energy", "", "高平市", "事发地县级政府", "高平市政府"),
    ("jincheng-transit", "晋风公交一辆车侧翻", "高平市寺庄镇", "公共交通企业", "晋风公交有限公司"),
    ("jincheng-transit", "", "高平市寺庄镇", "事发地县级政府", "高平市交通局"),
    ("jincheng-water-rescue", "", "沁水县张峰水库", "事发地县级政府", "沁水县交通局"),
]
DOUBTFUL = [
    ("jincheng-chengqu-campus", "某小学楼梯踩踏", "某小学", STREET, None),
    ("jincheng-chengqu-campus", "", "东街小学", STREET, EAST),
    ("jincheng-chengqu-campus", "东街街道和北街街道交界处", "", STREET, EAST),
    ("jincheng-energy", "城区大面积停电", "", "事发地县级政府", "城区政府"),
    ("jincheng-public-health", "20人送高平市人民医院", "", "事发地县级政府", "高平市人民政府"),
    ("jincheng-water-rescue", "已通知阳城县交通局", "", "事发地县级政府", "阳城县交通局"),
]


@pytest.mark.parametrize(("name", "text", "place", "unit", "body"), MEANT)
def test_a_placeholder_is_the_body_that_the_report_names(name, text, place, unit, body):
    life = Life(PLANS[name]).report("+10m", text=text, place=place)
    assert body_of(life.plan, life.incident, unit) == body


@pytest.mark.parametrize(
    ("place", "school"),
    [
        ("东街街道育才小学", "育才小学"),
        ("锦城街道某小学", ""),
        ("某镇某某中学", ""),
        ("一所幼儿园", ""),
        ("附近小学", ""),
        ("北石店镇中心小学", "北石店镇中心小学"),
    ],
)
@pytest.mark.parametrize("name", ["jincheng-chengqu-campus", "linan-campus"])
def test_a_certain_school_is_the_name_of_none(name, place, school):
    incident = Life(PLANS[name]).report("+10m", place=place).incident
    assert standing(PLANS[name], incident, "事发学校").name == school


@pytest.mark.parametrize(("name", "text", "place", "unit", "likely"), DOUBTFUL)
def test_what_is_not_plain_is_asked_the_likely_one_first(name, text, place, unit, likely):
    life = Life(PLANS[name]).report("+10m", text=text, place=place)
    found = standing(life.plan, life.incident, unit)
    assert found.body == ""
    assert set(found.among) == set(next(item.standing_for for item in life.plan.units if item.id == unit))
    assert likely is None or found.among[0] == likely


def test_every_body_that_a_plan_knows_is_found_by_its_name():
    for plan in PLANS.values():
        leads = {name for route in plan.routes for name in route.lead.split("、")}
        for unit in plan.units:
            for body in unit.standing_for:
                if body in leads:
                    continue  # found by the class, not by a name
                life = Life(plan).report("+10m", text="", place=f"{plan.jurisdiction.name}{body}")
                assert body_of(plan, life.incident, unit.id) == body, (plan.id, body)


def test_the_lead_department_is_that_of_the_class():
    plan = PLANS["shanting-overall"]
    for route in plan.routes:
        for kind in route.classes:
            life = Life(plan).report("+10m", candidates=(kind,), text="已通知区公安分局")
            assert body_of(plan, life.incident, "主要牵头部门") == route.lead.split("、")[0]
    unknown = Life(plan).report("+10m", candidates=(), text="已通知区公安分局")
    assert body_of(plan, unknown.incident, "主要牵头部门") == "主要牵头部门"


def test_a_plain_street_is_called_itself_and_answers_for_the_placeholder():
    life = declared(CAMPUS, "Ⅲ", place="东街街道育才小学", candidates=("crowd",))
    assert EAST in called(life)
    assert STREET not in life.incident.calls
    assert "which_body" not in {notice.key for _, notice in life.told}
    assert ("call", f"unit:{EAST}") in life.keys()
    life.do(Acknowledge(status="已出发"), liaison(STREET), "+13m")
    assert life.incident.calls[EAST].status == "已出发"
    life.do(Acknowledge(status="已到场", unit=STREET), DUTY, "+14m")
    assert life.incident.calls[EAST].status == "已到场"


def test_a_doubtful_street_is_asked_once_and_the_answer_calls_it():
    life = declared(CAMPUS, "Ⅲ", place="育才小学", candidates=("crowd",))
    asked = [notice for _, notice in life.told if notice.key == "which_body"]
    assert [(notice.to, notice.params["unit"]) for notice in asked] == [("seat", STREET)]
    assert [press.args["body"] for press in asked[0].buttons] == list(standing(CAMPUS, life.incident, STREET).among)
    before = len(life.told)
    assert life.refuse(NameBody(unit=STREET, body="区教育局"), DUTY, "+13m").key == "unknown_unit"
    assert life.refuse(NameBody(unit=STREET, body=EAST), SCHOOL, "+13m").key == "staff_only"
    life.do(NameBody(unit=STREET, body=EAST, unreachable=frozenset({EAST, STREET})), DUTY, "+13m")
    assert STREET not in life.incident.calls
    assert life.incident.calls[EAST].silent
    assert ("ring_units", "seat") in life.keys(before)
    assert life.refuse(NameBody(unit=STREET, body=EAST), DUTY, "+14m").key == "already_called"
    life.do(Declare(level="Ⅱ", reason="扩大"), chief(CAMPUS), "+20m")
    assert len([notice for _, notice in life.told if notice.key == "which_body"]) == 1


def test_a_place_that_is_told_later_calls_its_street():
    life = declared(CAMPUS, "Ⅲ", place="", candidates=("crowd",))
    life.do(Update(place="北街街道第二小学"), DUTY, "+14m")
    assert NORTH in called(life)
    assert STREET not in life.incident.calls
    life.do(Update(place="东街街道第二小学"), DUTY, "+15m")
    assert {NORTH, EAST} <= called(life), "the right one is called; who has been asked already is told by the seat"


def test_calling_a_street_by_name_answers_which_it_is():
    life = declared(CAMPUS, "Ⅲ", place="", candidates=("crowd",))
    events = life.do(CallMore(units=(EAST,)), DUTY, "+14m")
    assert [event.unit for event in events if isinstance(event, UnitCalled)] == [EAST]
    assert body_of(CAMPUS, life.incident, STREET) == EAST
    assert STREET not in life.incident.calls


def test_a_placeholder_that_answered_keeps_its_answer_when_its_body_is_named():
    life = declared(CAMPUS, "Ⅲ", place="", candidates=("crowd",))
    life.do(Acknowledge(status="已出发", unit=STREET), DUTY, "+13m")
    life.do(NameBody(unit=STREET, body=EAST), DUTY, "+13m30s")
    assert life.incident.calls[STREET].status == "已出发"
    found = life.decide(Undo(), DUTY, "+13m40s")
    assert isinstance(found, Outcome)


def test_the_rest_that_are_only_informed_do_not_hear_of_a_street_twice():
    life = declared(CAMPUS, "Ⅲ", place="东街街道育才小学", candidates=("crowd",))
    informed = {unit for unit, call in life.incident.calls.items() if call.status == "informed"}
    assert not informed & {STREET, EAST, "事发学校", "区教育局"}
