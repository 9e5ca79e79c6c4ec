"""What a plan demands after the end of a response: who bears it, by when, and what shows that it was done."""

from __future__ import annotations

from datetime import timedelta

import pytest

from plans.core.policy import DEFAULT_POLICY, Policy
from plans.incident.closing import Close
from plans.incident.ending import End
from plans.incident.filing import File
from plans.incident.judging import Determine
from plans.incident.levels import Declare
from plans.incident.owed import Waive
from plans.load import load_all
from plans.model import Plan
from plans.obligations.rules import rules_of, tasks_after
from tests.factories import BEIJING, DUTY, Life, person

PLANS = [plan for plan in load_all().values() if plan.after and plan.responses]
PAPER = "政办〔2026〕5号"


def ended(plan: Plan, policy: Policy = DEFAULT_POLICY) -> Life:
    everybody = person("all", "duty", *plan.roles)
    life = Life(plan, policy).report(facts={"deaths": 1, "injuries": 3}, candidates=())
    if plan.event_levels:
        life.do(Determine(level=plan.event_levels[-1]), everybody, "+12m")
    life.do(Declare(level=plan.responses[0].level, reason="研判"), everybody, "+15m")
    life.do(End(reason="处置完毕"), everybody, "+6h")
    return life


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.id)
def test_every_task_has_a_name_of_its_own_and_opens_with_the_end_alone(plan):
    tasks = tasks_after(plan)
    names = [rule.report for rule in rules_of(plan)]
    assert all(names.count(task.report) == 1 for task in tasks), "each is filed by its name"
    assert len(tasks) + sum(bool(item.obligation) for item in plan.after) == len(plan.after)
    life = ended(plan)
    opened = {item.rule for item in life.incident.instances.values()}
    assert {task.id for task in tasks if task.when is None} <= opened
    ends = [item.opened_at for item in life.incident.instances.values() if item.rule in {task.id for task in tasks}]
    assert set(ends) == {life.incident.ended_at}
    without = Life(plan).report(candidates=())
    without.do(End(reason="已处置"), DUTY, "+1h")
    assert not {item.rule for item in without.incident.instances.values()} & {task.id for task in tasks}


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.id)
@pytest.mark.parametrize("days", [7, 30])
def test_what_the_plan_gives_no_time_is_due_by_the_local_rule_at_the_end_of_work(plan, days):
    life = ended(plan, policy=Policy(after_end=timedelta(days=days)))
    local = {task.id for task in tasks_after(plan) if task.local}
    assert life.incident.ended_at is not None
    for item in life.incident.instances.values():
        if item.rule in local:
            due = item.due.astimezone(BEIJING)
            assert item.local and (due.hour, due.minute) == (17, 30)
            assert due.date() == (life.incident.ended_at + timedelta(days=days)).astimezone(BEIJING).date()


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.id)
def test_the_bearers_are_told_at_the_end_and_the_office_closes_after_its_own(plan):
    life = ended(plan)
    told = {notice.to: notice.params["keys"] for _, notice in life.told if notice.key == "after_tasks"}
    assert all(to.kind == "unit" and keys for to, keys in told.items())
    assert bool(told) == any(task.bearers for task in tasks_after(plan))
    for item in list(life.incident.open_instances):
        if item.rule in {task.id for task in tasks_after(plan)}:
            refusal = life.refuse(File(obligation=item.key), DUTY)
            assert (refusal.key, refusal.clause) == ("document_to_file", item.clause)
            if item.by_office and item.rule.endswith("1"):
                life.do(File(report=item.report, document=PAPER), DUTY)
                assert life.incident.instances[item.key].status == "filed"
                assert life.incident.filings[-1].document == PAPER
    tasks = {task.id for task in tasks_after(plan)}
    for item in list(life.incident.open_instances):
        if item.by_office and item.rule not in tasks:
            life.do(Waive(obligation=item.key, reason="试验"), DUTY)
    life.do(Close(), DUTY)
    left = {item.key for item in life.incident.open_instances if item.rule in tasks and not item.possible}
    told_left = [notice.params["keys"] for _, notice in life.told if notice.key == "closed_before_tasks"]
    assert {key for keys in told_left for key in keys} == left, "what is not done stays on the record, and it is said"
    since = len(life.told)
    life.until("+40d")
    assert len(life.told) == since


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.id)
def test_a_task_is_reminded_of_when_it_is_due(plan):
    life = ended(plan)
    tasks = {task.id for task in tasks_after(plan)}
    since = len(life.told)
    life.until("+32d")
    reminded = {key for _, notice in life.told[since:] if notice.key == "reminder" for key in notice.params["keys"]}
    opened = {item.key for item in life.incident.instances.values() if item.rule in tasks and not item.possible}
    assert opened <= reminded
