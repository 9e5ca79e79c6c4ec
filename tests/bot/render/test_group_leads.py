"""Who leads a work group, on every page that says so: every plan × every group × what the office named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest

from bot.render.group_leads import setup_lines
from bot.render.matrix import called_groups, work_groups
from bot.render.registry import DRAWN
from bot.render.units import leading
from bot.render.view import COMMAND, View
from bot.texts import group_leads as t
from plans.group_leads import GroupLead, group_named, without_lead
from plans.incident.facts import Update
from plans.incident.levels import Declare
from plans.load import load_all
from plans.model import Group, Plan
from tests.factories import START, Life, person

PLANS = load_all()
EVERY = [pytest.param(plan, group, id=f"{plan.id}-{group.name}") for plan in PLANS.values() for group in plan.groups]
LACKING = {
    "dehui-education-duties": 7,
    "jincheng-public-health": 10,
    "jincheng-transit": 2,
    "jincheng-water-rescue": 1,
    "shanting-overall": 1,
}
"""Groups for which the documents print nobody to lead them."""

POST = "办公室值班主任"


def test_the_documents_print_no_lead_for_these_and_no_others():
    assert {plan.id: len(without_lead(plan)) for plan in PLANS.values() if without_lead(plan)} == LACKING
    for plan in PLANS.values():
        names = [group.name for group in without_lead(plan)]
        assert len(set(names)) == len(names), "a name says which is meant"


def calling(plan: Plan, group: Group) -> Life | None:
    """Return an incident under the lowest response that calls this group, None where no level calls groups."""
    response = next(
        (item for item in reversed(plan.responses) if item.calls.groups == "all" and not item.external), None
    )
    if response is None:
        return None
    kind = group.classes[0] if group.classes else (plan.classes[0].id if plan.classes else "")
    life = Life(plan).report(facts={}, candidates=(kind,) if kind else ())
    if kind:
        life.do(Update(event_class=kind), person("all", "duty"), "+12m")
    life.do(Declare(level=response.level, reason="研判"), person("all", "duty", *plan.roles), "+15m")
    return life


def view_of(life: Life, **leads: str) -> View:
    named = {
        name: GroupLead(group=name, lead=lead, by="孙管理", at=START - timedelta(days=1))
        for name, lead in leads.items()
    }
    return View(plan=life.plan, incident=life.incident, now=life.now, place_kind=COMMAND, leads=named)


@pytest.mark.parametrize(("plan", "group"), EVERY)
def test_it_is_the_plans_or_the_offices_or_said_to_be_nobody(plan, group):
    life = calling(plan, group)
    if life is None or group not in called_groups(view_of(life)):
        assert plan.id == "dehui-education-duties" or group.classes, "only what calls no groups shows none"
        return
    without, named = view_of(life), view_of(life, **{group.name: POST})
    line = _line_of(work_groups(without).text, group)
    if group.lead:
        assert t.NOT_NAMED not in line
        assert POST not in work_groups(named).text, "the plan's own word is not overruled"
        return
    assert t.NOT_NAMED in line
    assert "尚未指定牵头" in DRAWN["card"](without).text
    told = _line_of(work_groups(named).text, group)
    assert POST in told and "本地规定" in told and "孙管理" in told and "3月1日" in told
    assert f"{group.name}由{POST}（本地规定）牵头" in DRAWN["card"](named).text


def _line_of(text: str, group: Group) -> str:
    return text[text.index(group.name) :].split("成员：")[0]


@pytest.mark.parametrize(("plan", "group"), EVERY)
def test_setup_asks_for_those_and_only_those(plan, group):
    asked = "\n".join(setup_lines(plan, {}, "✓ ", "✗ ", START))
    lead = GroupLead(group=group.name, lead=POST, by="孙管理", at=START)
    answered = "\n".join(setup_lines(plan, {group.name: lead}, "✓ ", "✗ ", START))
    if group.lead:
        assert group_named(plan, group.name) is None
        assert f"{group.name}（" not in asked and POST not in answered
    else:
        assert group_named(plan, group.name) == group
        assert f"✗ {group.name}（{group.clause}）：{t.NOT_NAMED}" in asked
        assert f"✓ {group.name}（{group.clause}）：{POST}（本地规定，孙管理3月2日登记）" in answered
    assert bool(asked) is (plan.id in LACKING)


def test_a_unit_that_leads_by_the_offices_word_is_told_so_when_it_is_called():
    plan = PLANS["shanting-overall"]
    group = without_lead(plan)[0]
    life = calling(plan, group)
    assert life is not None
    unit = next(unit.id for unit in plan.units if unit.member and not unit.place_bound)
    assert group.name not in "".join(leading(view_of(life), unit))
    told = "".join(leading(view_of(life, **{group.name: unit}), unit))
    assert told.startswith(f"{group.name}（") and "本地规定" in told


@dataclass(frozen=True)
class _Named:
    given: str
    found: str | None


@pytest.mark.parametrize(
    "case",
    [
        _Named("指挥组", "指挥组"), _Named("救护", "现场救护组"), _Named("现场", None), _Named("", None),
        _Named("没有这个组", None),
    ],
    ids=lambda case: case.given,
)  # fmt: skip
def test_a_group_is_meant_by_its_name_or_by_what_only_it_is_called(case):
    found = group_named(PLANS["dehui-education-duties"], case.given)
    assert (found.name if found is not None else None) == case.found
