"""What plans refer to: every plan × every reference is shown somewhere, and nowhere that it does not help."""

from __future__ import annotations

import pytest

from bot.render.cites import page
from bot.render.citing import reference
from bot.render.view import View
from plans.cites import cited_at
from plans.lint import lint
from plans.load import load_all
from plans.model import Citation, Plan
from tests.factories import Life

PLANS = load_all()
EVERY = [pytest.param(plan, item, id=f"{plan.id}-{item.clause}") for plan in PLANS.values() for item in plan.cites]


def statements(plan: Plan):
    """Yield what pages show: levels, responses, groups, reports, tasks, duties, warnings, the scene, releases."""
    yield plan.levels or plan
    for section in (
        plan.responses, plan.groups, plan.obligations, plan.after, plan.duties, plan.warnings, plan.on_site,
        plan.releases, plan.excludes,
    ):  # fmt: skip
        yield from section


def test_every_document_but_linans_refers_to_something():
    assert {plan.id for plan in PLANS.values() if not plan.cites} == {"linan-campus"}


@pytest.mark.parametrize(("plan", "item"), EVERY)
def test_it_is_shown_at_some_statement_and_not_at_every_one(plan: Plan, item: Citation):
    places = [statement for statement in statements(plan) if item in cited_at(plan, [statement])]
    assert places, "it would be shown nowhere"
    assert len(places) < len(list(statements(plan)))
    told = reference(item).plain
    assert told.startswith(f"另见（{item.clause}）：") and item.to in told and "\n" not in told
    assert (f"/plan {item.at} 查看" in told) is bool(item.at)


@pytest.mark.parametrize("plan", PLANS.values(), ids=lambda plan: plan.id)
def test_the_page_has_all_of_it_once_and_says_what_is_no_rule_of_the_plan(plan: Plan):
    life = Life(plan).report(facts={}, candidates=())
    text = page(View(plan=plan, incident=life.incident, now=life.now)).text
    for item in plan.cites:
        assert text.count(reference(item).plain) == 1
    assert ("不是本预案的规定" in text) is bool(plan.references)
    assert all(name in text for name in plan.references)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"clause": "99"}, "unknown-clause"),
        ({"at": "99"}, "unknown-clause"),
        ({"shown_at": ("groups/没有这组",)}, "clause-place"),
    ],
)
def test_lint_refuses_what_leads_nowhere(change, rule):
    plan = PLANS["jincheng-public-health"]
    wrong = plan.cites[0].model_copy(update=change)
    found = lint(plan.model_copy(update={"cites": (wrong,)}))
    assert any(item.rule == rule and item.severity == "error" for item in found)
