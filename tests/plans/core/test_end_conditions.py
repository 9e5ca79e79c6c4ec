"""Conditions of the end: confirmed one by one, by whom and when, with the experts whom the plan names."""

from __future__ import annotations

import pytest

from bot.render import View, export, preview_end
from plans.core.command import Actor
from plans.core.policy import DEFAULT_POLICY
from plans.incident.ending import ConfirmCondition, End, NameAssessors, conditions, unmet
from plans.incident.levels import Declare
from plans.incident.undo import Undo
from plans.load import load_all
from plans.model import Plan
from tests.factories import ADMIN, DUTY, SCHOOL, STRANGER, Life, liaison, person

PLANS = [plan for plan in load_all().values() if plan.ends]
CAMPUS, LINAN = (
    next(plan for plan in PLANS if plan.id == name) for name in ("jincheng-chengqu-campus", "linan-campus")
)


def running(plan: Plan) -> Life:
    life = Life(plan).report(candidates=())
    life.do(Declare(level=plan.responses[0].level, reason="研判"), leader(plan), "+15m")
    return life


def leader(plan: Plan) -> Actor:
    return person("all", "duty", *plan.roles, name="赵六")


def offered(life: Life, reason: str = "") -> bool:
    message = preview_end(View(plan=life.plan, incident=life.incident, now=life.now, policy=DEFAULT_POLICY), reason)
    return any(key.press.action == "end" for row in message.rows for key in row)


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.id)
def test_the_preview_offers_the_end_once_they_are_confirmed_or_with_a_reason(plan):
    life = running(plan)
    assert not offered(life) and offered(life, "专家建议提前终止")
    named = conditions(plan)
    for key in named:
        assert unmet(plan, life.incident) == [] or not offered(life)
        life.do(ConfirmCondition(condition=key), DUTY)
        assert life.refuse(ConfirmCondition(condition=key), DUTY).key == "condition_confirmed"
    assert unmet(plan, life.incident) == [] and offered(life)
    life.do(End(), leader(plan))
    text = export(View(plan=plan, incident=life.incident, now=life.now, policy=DEFAULT_POLICY))
    for rule, words in named.values():
        assert f"☑ {words}（{rule.clause}）（张三" in text


def test_one_is_enough_where_the_plan_says_so():
    life = running(CAMPUS)
    life.do(ConfirmCondition(condition="1.2"), DUTY)
    assert offered(life)
    life.do(Undo(), DUTY)
    assert not offered(life)


@pytest.mark.parametrize("who", [SCHOOL, STRANGER, ADMIN, liaison("区教育局")], ids=lambda who: who.id)
@pytest.mark.parametrize("command", [ConfirmCondition(condition="1.1"), NameAssessors(names="张教授")])
def test_others_than_the_office_confirm_nothing(command, who):
    assert running(LINAN).refuse(command, who).key == "staff_only"


@pytest.mark.parametrize("way", ["anonymous", "channel", "forward", "edit", "via_bot"])
def test_no_other_way_confirms(way):
    found = running(LINAN).refuse(ConfirmCondition(condition="1.1"), person("d", "duty", via=way))
    assert found.key == "no_authority_that_way"


def test_another_level_wants_them_confirmed_anew():
    life = running(LINAN)
    life.do(ConfirmCondition(condition="1.1"), DUTY)
    life.do(NameAssessors(names="张教授"), DUTY)
    life.do(Declare(level=LINAN.responses[1].level, reason="变化"), leader(LINAN), "+30m")
    assert not life.incident.end_conditions and not life.incident.assessors


def test_the_experts_are_named_where_the_plan_has_it_assessed():
    life = running(LINAN)
    assert life.refuse(NameAssessors(names=" "), DUTY).key == "assessors_missing"
    life.do(NameAssessors(names="张教授、李工"), DUTY)
    view = View(plan=LINAN, incident=life.incident, now=life.now, policy=DEFAULT_POLICY)
    assert "张教授、李工" in preview_end(view).text
    assert running(CAMPUS).refuse(NameAssessors(names="张教授"), DUTY).key == "nobody_assesses"
    assert life.refuse(ConfirmCondition(condition="9.9"), DUTY).key == "unknown_condition"
    life.do(End(reason="专家建议"), leader(LINAN))
    for late in (ConfirmCondition(condition="1.1"), NameAssessors(names="张教授")):
        assert life.refuse(late, DUTY).key == "not_running"
