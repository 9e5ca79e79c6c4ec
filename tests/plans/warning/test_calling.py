"""Whom a warning calls: of every plan, kind of body and level, what the plan says and nothing else."""

from __future__ import annotations

from itertools import product

import pytest

from plans.areas import Body
from plans.bearers import KINDS, is_a
from plans.lint import lint
from plans.load import load_all
from plans.warning.calling import calls_of, chosen

PLANS = load_all()
BODIES = (
    Body(id="小学", name="东风小学", kind="小学"),
    Body(id="幼儿园", name="南苑幼儿园", kind="幼儿园"),
    Body(id="有校车", name="河湾学校", kind="学校、有校车"),
    Body(id="医院", name="城关卫生院", kind="医院"),
    Body(id="企业", name="晋风商贸公司", kind="企业"),
    Body(id="公交企业", name="晋风公交公司", kind="公交企业"),
    Body(id="水运企业", name="沁河航运公司", kind="水运企业"),
    Body(id="渡口", name="河头渡口", kind="渡口"),
    Body(id="村居", name="河头村", kind="村居"),
    Body(id="镇街", name="城关镇人民政府", kind="镇街"),
    Body(id="县区", name="泽州县人民政府", kind="县区"),
    Body(id="单位", name="敬老院", kind=""),
)

CALLED = {
    "jincheng-chengqu-campus": {"小学", "幼儿园", "有校车", "镇街"},
    "jincheng-energy": {"镇街", "县区"},
    "jincheng-public-health": {"医院", "镇街", "县区"},
    "jincheng-transit": {"公交企业", "县区"},
    "jincheng-water-rescue": {"水运企业", "渡口", "镇街", "县区"},
    "shanting-overall": {body.id for body in BODIES},
}
LEVELS = [(plan, item.level) for plan in PLANS.values() for item in plan.warnings]


@pytest.mark.parametrize(("plan", "level"), LEVELS, ids=lambda item: getattr(item, "id", item))
def test_of_each_level_of_each_plan_those_are_called_whom_it_names(plan, level):
    found = chosen(plan, level, BODIES)
    assert {body.id for body in found.called} == CALLED[plan.id]
    assert sum(count for _, count in found.left) == len(BODIES) - len(found.called), "and the others are counted"
    assert [count for _, count in found.left] == sorted((count for _, count in found.left), reverse=True)


@pytest.mark.parametrize(("plan", "body"), list(product(PLANS.values(), BODIES)), ids=lambda item: item.id)
def test_a_body_is_called_by_a_kind_that_the_plan_names_and_by_no_other(plan, body):
    for level in ("", *(item.level for item in plan.warnings)):
        kinds = [kind for call in calls_of(plan, level) for kind in call.kinds]
        everybody = not calls_of(plan, level) or any(not call.kinds for call in calls_of(plan, level))
        wanted = everybody or any(is_a(body.families, body.kinds, kind) for kind in kinds)
        assert bool(chosen(plan, level, [body]).called) == wanted


@pytest.mark.parametrize("plan", PLANS.values(), ids=lambda plan: plan.id)
def test_every_level_says_whom_it_calls_under_a_clause_of_its_own(plan):
    assert [item.message for item in lint(plan) if item.rule == "warning-call" and item.severity == "warning"] == []
    for call in plan.warning_calls:
        assert call.clause in plan.clauses and call.text
        assert set(call.kinds) <= set(KINDS) or call.reading is not None


@pytest.mark.parametrize("plan", PLANS.values(), ids=lambda plan: plan.id)
def test_where_a_plan_says_nothing_too_many_are_called_and_never_too_few(plan):
    silent = plan.model_copy(update={"warning_calls": ()})
    assert chosen(silent, "", BODIES).called == BODIES
    for item in plan.warnings:
        other = tuple(call.model_copy(update={"levels": ("别的",)}) for call in plan.warning_calls)
        unsaid = plan.model_copy(update={"warning_calls": other})
        assert chosen(unsaid, item.level, BODIES) == chosen(silent, item.level, BODIES)
