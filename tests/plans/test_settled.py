"""Readings that are settled, each on the shipped plan it belongs to."""

from __future__ import annotations

from typing import Any

import pytest

from plans.classify import Assessment, classify, possible_levels
from plans.load import load_all
from plans.logic import Environment, Truth, truth
from plans.model import Plan
from plans.values import parse

ALL = ("一般", "较大", "重大", "特别重大")


@pytest.fixture(scope="module")
def plans() -> dict[str, Plan]:
    return load_all()


def assess(plan: Plan, facts: dict[str, Any], **more: Any) -> Assessment:
    return classify(plan, {name: parse(value) for name, value in facts.items()}, **more)


@pytest.mark.parametrize(
    ("facts", "levels"),
    [
        ({"ill": 35}, ("较大", "重大")),
        ({"ill": 35, "deaths": 0}, ("较大",)),
        ({"ill": 29, "deaths": 0}, ("一般",)),
        ({"ill": 30, "deaths": 0}, ("较大",)),
        ({"ill": 49, "deaths": 0}, ("较大",)),
        ({"ill": 50, "deaths": 0}, ("重大",)),
        ({"ill": 35, "deaths": 1}, ("重大",)),
        ({"ill": {"at_least": 25, "at_most": 39}, "deaths": 0}, ("一般", "较大")),
    ],
)
def test_food_poisoning_at_a_linan_school(
    plans: dict[str, Plan], facts: dict[str, Any], levels: tuple[str, ...]
) -> None:
    assert assess(plans["linan-campus"], facts, event_class="health").possible_event_levels == levels


def test_one_question_decides_the_food_poisoning(plans: dict[str, Plan]) -> None:
    assessment = assess(plans["linan-campus"], {"ill": 35}, event_class="health")
    assert assessment.event_level is None
    assert [question.fact for question in assessment.ask if question.narrows] == ["deaths"]
    assert assessment.undetermined_because == ("死亡未定：0人则较大；1人以上则重大",)


@pytest.mark.parametrize(
    ("facts", "levels"),
    [
        ({"injuries": 4, "deaths": 0}, ("一般",)),
        ({"injuries": 9, "deaths": 1}, ("较大",)),
        ({"deaths": 2}, ("重大", "特别重大")),
        ({"deaths": 2, "injuries": 9}, ("重大",)),  # the badly hurt are among the hurt
        ({"injuries": 4}, ALL),
    ],
)
def test_a_linan_accident_is_larger_only_with_a_death(
    plans: dict[str, Plan], facts: dict[str, Any], levels: tuple[str, ...]
) -> None:
    assert assess(plans["linan-campus"], facts, event_class="accident").possible_event_levels == levels


def test_exams_and_rumours_have_their_own_levels(plans: dict[str, Plan]) -> None:
    plan = plans["linan-campus"]
    assert "一般" not in assess(plan, {}, event_class="exam", raised=frozenset(["exam_paper"])).possible_event_levels
    open_rumour = assess(plan, {}, event_class="opinion", raised=frozenset(["opinion_impact"]))
    assert set(open_rumour.possible_event_levels) == {"未达标准", "潜在", "一般", "重大"}


class TestCampus:
    def test_the_response_is_about_capacity_and_exactly_that_is_asked(self, plans: dict[str, Plan]) -> None:
        assessment = assess(plans["jincheng-chengqu-campus"], {"injuries": 4})
        assert assessment.possible_response_levels == ("Ⅲ", "Ⅱ", "Ⅰ")
        assert assessment.response_level is None
        assert not assessment.no_response_possible
        assert [(question.fact, question.question) for question in assessment.ask] == [("capacity", "现有力量够吗？")]

    @pytest.mark.parametrize(
        ("answer", "level", "declarers"),
        [
            ("local", "Ⅲ", ("办公室主任",)),
            ("district", "Ⅱ", ("指挥长", "副指挥长")),
            ("beyond", "Ⅰ", ("指挥长",)),
        ],
    )
    def test_the_answer_gives_the_level_and_who_declares_it(
        self, plans: dict[str, Plan], answer: str, level: str, declarers: tuple[str, ...]
    ) -> None:
        assessment = assess(plans["jincheng-chengqu-campus"], {"capacity": answer})
        assert (assessment.response_level, assessment.declared_by) == (level, declarers)
        assert assessment.ask == ()

    def test_a_judgement_is_false_until_recorded(self, plans: dict[str, Plan]) -> None:
        plan = plans["jincheng-chengqu-campus"]
        before = assess(plan, {"capacity": "local"})
        assert {question.fact for question in before.judgements} == {"think_1", "think_2", "think_3"}
        after = assess(plan, {"capacity": "local", "think_1": True})
        assert after.response_level == "Ⅰ"
        assert [match.clause for match in after.matched] == ["4.3.1(2)"]

    def test_until_a_person_determines_it_every_event_level_is_possible(self, plans: dict[str, Plan]) -> None:
        plan = plans["jincheng-chengqu-campus"]
        assessment = assess(plan, {"deaths": 12})
        assert assessment.possible_event_levels == ALL
        assert assessment.undetermined
        assert "没有分级标准" in assessment.undetermined_because[0]
        determined = assess(plan, {"deaths": 12}, determined="一般")
        assert determined.event_level == "一般"
        assert not determined.undetermined
        assert determined.matched[0].because == "经区指挥部办公室认定为一般（4.1.1）"

    def test_its_stricter_clock_is_certain_and_the_province_s_is_possible(self, plans: dict[str, Plan]) -> None:
        plan = plans["jincheng-chengqu-campus"]
        env = Environment(plan=plan, facts={}, event_levels=frozenset(ALL), undetermined=True)
        found = {rule.id: truth(rule.when, env) for rule in plan.obligations}
        assert found["first-phone"] is Truth.TRUE
        assert found["first-general"] is Truth.FALSE
        assert found["direct-phone"] is Truth.POSSIBLE
        env = Environment(plan=plan, facts={}, event_levels=frozenset(["一般"]), undetermined=False)
        found = {rule.id: truth(rule.when, env) for rule in plan.obligations}
        assert found["first-phone"] is Truth.FALSE
        assert found["first-general"] is Truth.TRUE


@pytest.mark.parametrize(
    ("share", "level"), [(19, None), (20, "Ⅲ"), (39.9, "Ⅲ"), (40, "Ⅱ"), (59, "Ⅱ"), (59.9, "Ⅱ"), (60, "Ⅰ"), (100, "Ⅰ")]
)
def test_load_shed_in_jincheng(plans: dict[str, Plan], share: float, level: str | None) -> None:
    assessment = assess(plans["jincheng-energy"], {"jincheng_load_shed_pct": share})
    assert assessment.response_level == level
    assert assessment.possible_response_levels == ((level,) if level else ())
    assert assessment.event_level is None
    assert assessment.possible_event_levels == ()


def test_load_shed_names_its_clause_and_how_near_the_next_level_is(plans: dict[str, Plan]) -> None:
    assessment = assess(plans["jincheng-energy"], {"jincheng_load_shed_pct": 59})
    assert [match.clause for match in assessment.matched] == ["4.2.2(4)"]
    assert (assessment.near[0].level, assessment.near[0].distance) == ("Ⅰ", 1)
    assert assessment.near[0].text == "晋城电网减供负荷再增1个百分点，即达Ⅰ级响应条件（4.2.1(3)）"
    assert "users_out_pct" in [question.fact for question in assessment.ask]
    assert not any(question.narrows for question in assessment.ask)


def test_the_impossible_bound_is_read_as_ten_to_thirteen(plans: dict[str, Plan]) -> None:
    plan = plans["jincheng-energy"]
    for share, level in ((9.9, "Ⅲ"), (10, "Ⅱ"), (12.9, "Ⅱ"), (13, "Ⅰ")):
        facts = {"multi_city_outage": True, "shanxi_load_shed_pct": share}
        assert assess(plan, facts).response_level == level


class TestWater:
    @pytest.mark.parametrize(
        ("facts", "level"),
        [
            ({"deaths": 1, "missing": 1, "endangered": 2}, "一般"),
            ({"deaths": 2, "missing": 1, "endangered": 3}, "较大"),
            ({"deaths": 0, "missing": 9, "endangered": 9}, "较大"),
            ({"deaths": 1, "missing": 9, "endangered": 10}, "重大"),
            ({"deaths": 0, "missing": 0, "endangered": 29}, "重大"),
            ({"deaths": 0, "missing": 0, "endangered": 30}, "特别重大"),
            ({"deaths": 0, "missing": 0, "endangered": 0}, "未达标准"),
        ],
    )
    def test_the_missing_count_as_dead(self, plans: dict[str, Plan], facts: dict[str, Any], level: str) -> None:
        assert assess(plans["jincheng-water-rescue"], facts).event_level == level

    def test_undetermined_means_the_first_response(self, plans: dict[str, Plan]) -> None:
        plan = plans["jincheng-water-rescue"]
        assessment = assess(plan, {"deaths": 1})
        assert len(assessment.possible_event_levels) > 1
        assert (assessment.response_level, assessment.declared_by) == ("Ⅰ", ("指挥长",))
        assert assess(plan, {"endangered": 5}, undetermined=True).response_level == "Ⅰ"

    @pytest.mark.parametrize(("level", "response"), [("一般", "Ⅲ"), ("较大", "Ⅱ"), ("重大", "Ⅰ"), ("特别重大", "Ⅰ")])
    def test_a_determined_level_has_its_response(self, plans: dict[str, Plan], level: str, response: str) -> None:
        assert assess(plans["jincheng-water-rescue"], {}, determined=level).response_level == response

    def test_a_closed_circumstance_counts_once_it_is_raised(self, plans: dict[str, Plan]) -> None:
        plan = plans["jincheng-water-rescue"]
        facts = {"deaths": 0, "missing": 0, "endangered": 2}
        assert assess(plan, facts).event_level == "一般"
        raised = assess(plan, facts, raised=frozenset(["collision_threat"]))
        assert raised.possible_event_levels == ("一般", "重大")
        assert [question.fact for question in raised.ask if question.narrows] == ["collision_threat"]
        assert assess(plan, {**facts, "collision_threat": True}).event_level == "重大"


def test_deaths_alone_make_a_transit_event_larger(plans: dict[str, Plan]) -> None:
    assessment = assess(plans["jincheng-transit"], {"deaths": 3})
    assert (assessment.event_level, assessment.response_level) == ("较大", "Ⅱ")
    assert assess(plans["jincheng-transit"], {"deaths": 10}).response_level == "Ⅰ"


def test_an_undetermined_transit_event_waits_for_a_judgement(plans: dict[str, Plan]) -> None:
    plan = plans["jincheng-transit"]
    assert set(assess(plan, {}).possible_response_levels) == {"Ⅲ", "Ⅱ", "Ⅰ"}
    assert assess(plan, {"think_1": True}).response_level == "Ⅰ"


@pytest.mark.parametrize(
    ("facts", "event_class", "level", "response"),
    [
        ({"ill": 99, "deaths": 0}, "food", "一般", "Ⅲ"),
        ({"ill": 100, "deaths": 0}, "food", "较大", "Ⅱ"),  # the hole at 100 is read as 较大
        ({"ill": 100, "deaths": 1}, "food", "重大", "Ⅰ"),
        ({"ill": 5, "deaths": 10}, "food", "重大", "Ⅰ"),
        ({"ill": 5, "deaths": 4}, "occupational", "较大", "Ⅱ"),
        ({"ill": 9, "deaths": 0}, "occupational", "一般", "Ⅲ"),
        ({"ill": 5, "deaths": 5}, "occupational", "重大", "Ⅰ"),
    ],
)
def test_public_health(
    plans: dict[str, Plan], facts: dict[str, Any], event_class: str, level: str, response: str
) -> None:
    assessment = assess(plans["jincheng-public-health"], facts, event_class=event_class)
    assert (assessment.event_level, assessment.response_level) == (level, response)


def test_a_list_of_duties_has_no_event_levels(plans: dict[str, Plan]) -> None:
    assessment = assess(plans["dehui-education-duties"], {"deaths": 3})
    assert (assessment.event_level, assessment.possible_event_levels) == (None, ())
    assert (assessment.response_level, assessment.possible_response_levels) == (None, ())


def test_the_overall_plan_says_where_an_event_goes(plans: dict[str, Plan]) -> None:
    route = assess(plans["shanting-overall"], {}, event_class="earthquake").as_json()["route"]
    assert route == {"plan": None, "lead": "区应急管理局", "post": "区抗震救灾指挥部", "clause": "附件(1)3"}
    assert assess(plans["shanting-overall"], {}).as_json()["route"] is None


def test_possible_levels_alone_are_the_assessment_s(plans: dict[str, Plan]) -> None:
    plan = plans["jincheng-water-rescue"]
    facts = {"endangered": parse({"at_least": 2, "at_most": 12})}
    assert possible_levels(plan, facts) == classify(plan, facts).possible_event_levels == ("一般", "较大", "重大")
