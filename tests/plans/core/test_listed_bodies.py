"""Bodies that an office has listed, in the place of a plan's placeholders: every plan × every placeholder."""

from __future__ import annotations

from typing import Any

import pytest

from plans.areas import families_meant
from plans.bodies import bodies_of, fitting, mentioned, standing, stood_for
from plans.incident.bodies import NameBody, mention_data
from plans.incident.calling_units import CallMore
from plans.incident.edits import NoteEdit, SettleEdit
from plans.incident.facts import Update
from plans.incident.filing import File
from plans.incident.levels import Declare
from plans.incident.records_said import BodyMention, MentionedBody
from plans.incident.units import Acknowledge
from plans.load import load_all
from plans.model import Plan, Unit
from tests.factories import DUTY, SCHOOL, Life, liaison, person

PLANS = load_all()
CAMPUS = PLANS["jincheng-chengqu-campus"]
LINAN = PLANS["linan-campus"]


def _names(unit: Unit) -> tuple[str, ...]:
    return (unit.id, unit.name, *unit.aliases)


PLACEHOLDERS = [
    (plan, unit, families_meant(_names(unit)))
    for plan in PLANS.values()
    for unit in plan.units
    if unit.place_bound and not unit.standing_for and families_meant(_names(unit))
]
EVERY_PLACEHOLDER = pytest.mark.parametrize(
    ("plan", "unit", "families"), PLACEHOLDERS, ids=[f"{plan.id} {unit.id}" for plan, unit, _ in PLACEHOLDERS]
)


def body(name: str, families: Any = ("学校",), town: str = "青山镇", office: bool = True) -> MentionedBody:
    return MentionedBody(
        id=name, name=name, families=frozenset(families), township=town,
        office=f"{town}人民政府" if office else "", office_name=f"{town}人民政府" if office else "",
    )  # fmt: skip


def said(*bodies: MentionedBody, words: str = "凤小", sure: bool = True) -> dict[str, Any]:
    return mention_data(BodyMention(words=words, bodies=bodies, sure=sure))


def reported(plan: Plan, *mentions: dict[str, Any], **given: Any) -> Life:
    return Life(plan).report(
        "+10m", **{"candidates": (), "place": "", "text": "有人受伤", "mentions": mentions, **given}
    )


def chief(plan: Plan):
    return person("chief", *plan.roles)


def test_the_plans_have_placeholders_of_each_kind():
    assert len(PLACEHOLDERS) >= 7
    assert {frozenset({"镇街"}), frozenset({"学校", "幼儿园"})} <= {
        frozenset(families) for _, _, families in PLACEHOLDERS
    }


@EVERY_PLACEHOLDER
def test_the_only_body_that_the_words_name_is_the_placeholder(plan: Plan, unit: Unit, families: frozenset[str]):
    town = families == {"镇街"}
    one = body("凤鸣小学") if town else body("凤鸣小学", families)
    found = standing(plan, reported(plan, said(one)).incident, unit.id)
    expected = "青山镇人民政府" if town else "凤鸣小学"
    assert (found.body, found.name, found.words, found.among) == (expected, expected, "凤小", ())


@EVERY_PLACEHOLDER
def test_two_are_asked_about_and_a_person_settles_it(plan: Plan, unit: Unit, families: frozenset[str]):
    town = families == {"镇街"}
    kinds = {"学校"} if town else families
    one, two = body("凤鸣小学", kinds), body("河口小学", kinds, town="河口乡")
    life = reported(plan, said(one), said(two, words="河口小学"))
    found = standing(plan, life.incident, unit.id)
    assert found.body == "" and len(found.among) == 2
    chosen = found.among[1]
    assert mentioned(life.incident, chosen) is not None
    life.do(NameBody(unit=unit.id, body=chosen), DUTY, "+11m")
    assert standing(plan, life.incident, unit.id).body == chosen
    assert unit.id in stood_for(plan, life.incident, chosen)


@EVERY_PLACEHOLDER
def test_what_only_may_be_meant_fills_nothing(plan: Plan, unit: Unit, families: frozenset[str]):
    kinds = {"学校"} if families == {"镇街"} else families
    life = reported(plan, said(body("凤鸣小学", kinds), body("河口小学", kinds), sure=False))
    assert standing(plan, life.incident, unit.id).body == ""
    assert life.refuse(NameBody(unit=unit.id, body="没有的"), DUTY, "+11m").key == "unknown_unit"
    assert life.refuse(NameBody(unit=unit.id, body="凤鸣小学"), SCHOOL, "+11m").key == "staff_only"


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
def test_a_body_of_another_kind_fills_no_placeholder(plan: Plan):
    life = reported(plan, said(body("区医院", ("医院",), town="", office=False)))
    for unit in plan.units:
        if unit.place_bound and "医院" not in families_meant(_names(unit)):
            assert standing(plan, life.incident, unit.id).body in ("", *unit.standing_for)
    hospital = mentioned(life.incident, "区医院")
    assert hospital is not None
    fits = {unit.id for unit in plan.units if "医院" in families_meant(_names(unit)) and not unit.standing_for}
    assert set(fitting(plan, life.incident, hospital)) == fits


def test_the_township_of_a_school_is_the_street_that_the_plan_knows():
    life = reported(CAMPUS, said(body("凤鸣小学", town="北石店镇", office=False)))
    assert standing(CAMPUS, life.incident, "事发镇街").body == "北石店镇人民政府"
    assert bodies_of(CAMPUS, life.incident, ("事发学校", "事发镇街")) == ("凤鸣小学", "北石店镇人民政府")


def test_a_township_without_a_listed_office_is_named_all_the_same():
    found = standing(LINAN, reported(LINAN, said(body("凤鸣小学", office=False))).incident, "事发地镇街")
    assert (found.body, found.name) == ("", "青山镇")


def test_the_body_for_which_somebody_reports_goes_before_one_that_he_names():
    own, other = body("凤鸣小学"), body("河口小学")
    life = reported(CAMPUS, said(own, words=""), said(other, words="河口小学"), unit="凤鸣小学")
    assert standing(CAMPUS, life.incident, "事发学校").body == "凤鸣小学"


def declared(*mentions: dict[str, Any], **given: Any) -> Life:
    life = reported(CAMPUS, *mentions, **given)
    life.do(Declare(level="Ⅲ", reason="研判"), chief(CAMPUS), "+12m")
    return life


def test_the_school_is_called_where_the_plan_calls_the_placeholder_and_answers_for_it():
    life = declared(said(body("凤鸣小学")))
    assert life.incident.calls["凤鸣小学"].silent and "事发学校" not in life.incident.calls
    assert ("call", "unit:凤鸣小学") in life.keys()
    life.do(Acknowledge(status="已出发"), person("head", "head", units=("凤鸣小学",)), "+13m")
    assert life.incident.calls["凤鸣小学"].status == "已出发"
    life.do(Acknowledge(status="已到场"), liaison("事发学校"), "+14m")
    assert life.incident.calls["凤鸣小学"].status == "已到场"


def test_a_listed_body_may_be_chosen_called_and_told_as_a_unit_may():
    life = reported(CAMPUS, said(body("凤鸣小学"), body("河口小学"), words="中心小学", sure=False))
    life.do(Declare(level="Ⅲ", reason="研判", units=("凤鸣小学",)), chief(CAMPUS), "+12m")
    assert life.incident.calls["凤鸣小学"].silent
    life.do(CallMore(units=("河口小学",)), DUTY, "+13m")
    assert life.incident.calls["河口小学"].silent
    assert life.refuse(CallMore(units=("别的小学",)), DUTY, "+13m").key == "unknown_unit"
    life.do(File(report="首报", channel="电话", to=("凤鸣小学",)), DUTY, "+14m")


def test_whoever_reported_for_the_placeholder_answers_for_the_school_that_it_is():
    life = declared(said(body("凤鸣小学")), unit="事发学校")
    life.do(Acknowledge(), SCHOOL, "+13m")
    assert life.incident.calls["凤鸣小学"].status == "收到"


def test_a_doubtful_school_is_asked_with_buttons_and_the_answer_calls_it():
    life = declared(said(body("凤鸣小学"), body("河口小学"), words="中心小学", sure=False))
    [asked] = [notice for _, notice in life.told if notice.key == "which_body" and notice.params["unit"] == "事发学校"]
    assert [press.args["body"] for press in asked.buttons] == ["凤鸣小学", "河口小学"]
    assert life.incident.calls["事发学校"].silent
    life.do(NameBody(unit="事发学校", body="河口小学"), DUTY, "+13m")
    assert "事发学校" not in life.incident.calls and life.incident.calls["河口小学"].silent


def test_a_school_that_was_called_wrongly_is_let_go_and_told():
    life = declared(said(body("凤鸣小学")))
    before = len(life.told)
    other = said(body("东方小学"), words="", sure=False)
    life.do(NameBody(unit="事发学校", body="东方小学", mentions=(other,)), DUTY, "+14m")
    assert "凤鸣小学" not in life.incident.calls and life.incident.calls["东方小学"].silent
    assert {("not_meant", "unit:凤鸣小学"), ("not_meant", "head:凤鸣小学"), ("call", "unit:东方小学")} <= set(
        life.keys(before)
    )
    assert standing(CAMPUS, life.incident, "事发学校").body == "东方小学"


def test_a_school_that_is_named_later_is_called_then():
    life = declared()
    assert "事发学校" in life.incident.calls
    life.do(Update(text="是凤鸣小学", mentions=(said(body("凤鸣小学"), words="凤鸣小学"),)), DUTY, "+13m")
    assert "事发学校" not in life.incident.calls and life.incident.calls["凤鸣小学"].silent


def test_the_same_words_are_noted_once():
    mention = said(body("凤鸣小学"))
    life = reported(CAMPUS, mention)
    life.do(Update(text="凤小还有人", mentions=(mention,)), DUTY, "+11m")
    assert len(life.incident.mentions) == 1


def test_an_edit_that_is_not_adopted_names_nobody():
    life = reported(CAMPUS)
    life.do(NoteEdit(message="m", before="有人受伤", after="凤鸣小学有人受伤", place="凤鸣小学"), SCHOOL, "+11m")
    [edit] = life.incident.edits.values()
    life.do(SettleEdit(sequence=edit.sequence, adopt=False), DUTY, "+12m")
    assert life.incident.mentions == ()
