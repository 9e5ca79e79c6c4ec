"""Reports past a level: every obligation of every plan × roles × ways; who is owed it stays owed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from plans.core.outcome import Refusal
from plans.incident.filing import File
from plans.incident.skipping import LevelSkipped, SkipLevel
from plans.incident.undo import Undo
from plans.load import load_all
from tests.factories import DUTY, Life, person

PLANS = load_all()
RULES = [(plan, rule) for plan in PLANS.values() for rule in plan.obligations]
SKIPPING = [(plan, rule) for plan, rule in RULES if rule.skip_level]
WAYS = ("anonymous", "channel", "forward", "edit", "via_bot")


def reported(plan):
    life = Life(plan)
    return life.report(facts={"injuries": 4} if "injuries" in plan.facts else {}, candidates=())


@pytest.mark.parametrize(("plan", "rule"), [pytest.param(*pair, id=f"{pair[0].id}-{pair[1].id}") for pair in RULES])
def test_a_level_is_skipped_only_where_the_plan_says_so_and_whoever_is_owed_stays_owed(plan, rule):
    life = reported(plan)
    if all(item.rule != rule.id for item in life.incident.instances.values()):
        return
    before = {key: (item.to, item.status) for key, item in life.incident.instances.items()}
    key = life.instance(rule.id).key
    found = life.decide(SkipLevel(obligation=key, to="国务院", reason="情况特殊"), DUTY)
    if not rule.skip_level:
        assert isinstance(found, Refusal) and (found.key, found.clause) == ("no_skipping", rule.clause)
        return
    [event] = [item.event for item in found.recorded if isinstance(item.event, LevelSkipped)]
    assert (event.clause, event.together) == (rule.skip_clause or rule.clause, rule.skip_together)
    assert {name: (item.to, item.status) for name, item in life.incident.instances.items()} == before
    told_figures = life.incident.last_filings()["国务院"].figures
    assert told_figures.get("injuries") == (4 if "injuries" in plan.facts else None)
    told = [notice for _, notice in life.told if notice.key == "level_skipped"]
    assert [(notice.to, notice.params["together"]) for notice in told] == [("seat", rule.skip_together)]
    assert life.refuse(SkipLevel(obligation=key, to="国务院"), DUTY).key == "skipped_already"
    assert life.refuse(SkipLevel(obligation=key, to=rule.to[0]), DUTY).key == "skip_is_owed"
    assert life.refuse(SkipLevel(obligation=key, to=" "), DUTY).key == "skip_to_whom"


def test_some_rule_of_most_plans_can_be_skipped():
    arisen = {plan.id: {item.rule for item in reported(plan).incident.open_instances} for plan in PLANS.values()}
    assert {plan.id for plan, rule in SKIPPING if rule.id in arisen[plan.id]} >= {
        "jincheng-chengqu-campus",
        "jincheng-energy",
        "jincheng-public-health",
        "shanting-overall",
    }


@pytest.mark.parametrize("plan", {pair[0].id: pair[0] for pair in SKIPPING}.values(), ids=lambda plan: plan.id)
def test_officials_record_it_and_nobody_else(plan):
    rule = next(rule for one, rule in SKIPPING if one.id == plan.id)
    for role in ("duty", "reporter", "liaison", "admin", "", *plan.roles):
        life = reported(plan)
        if all(item.rule != rule.id for item in life.incident.instances.values()):
            return
        command = SkipLevel(obligation=rule.id, to="国务院")
        found = life.decide(command, person(f"p-{role}", *([role] if role else [])))
        assert isinstance(found, Refusal) is (role not in ("duty", *plan.roles))
        for way in WAYS:
            assert reported(plan).refuse(command, replace(DUTY, via=way)).key == "no_authority_that_way"


def test_who_was_told_past_a_level_hears_what_changes_and_is_corrected():
    life = reported(PLANS["shanting-overall"])
    life.do(SkipLevel(obligation="district-report", to="省政府"), DUTY)
    life.do(File(report="续报", to=("省政府",)), DUTY)
    assert [item.report for item in life.incident.filings] == ["首报", "续报"]


def test_a_slip_of_the_thumb_is_taken_back_with_its_filing():
    life = reported(PLANS["shanting-overall"])
    life.do(SkipLevel(obligation="district-report", to="省政府"), DUTY)
    life.do(Undo(), DUTY)
    assert life.incident.skips == () and not life.incident.filings
