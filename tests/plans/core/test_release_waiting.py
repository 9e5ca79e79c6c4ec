"""A statement that waits is reminded of by the policy's times, each plan × level, until something is done about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from plans.core.policy import DEFAULT_POLICY, after, pause
from plans.incident.closing import Reject
from plans.incident.facts import Update
from plans.incident.judging import Determine, Verify
from plans.incident.publishing import PublishRelease
from plans.incident.release_waiting import ReleaseRung, SubmitRelease
from plans.incident.releasing import ApproveRelease, DraftRelease, rule_of
from plans.load import load_all
from plans.model import Plan
from tests.factories import DUTY, Life, person

PLANS = load_all()
LEVELS = [
    pytest.param(plan, level, id=f"{plan.id}-{level}")
    for plan in PLANS.values()
    for level in plan.event_levels
    if rule_of(plan, level) is not None
]
TEXT = "3月2日发生突发事件，正在处置。"
WAYS = ("anonymous", "channel", "forward", "edit", "via_bot")


def drafted(plan: Plan, level: str) -> tuple[Life, int]:
    life = Life(plan).report(candidates=())
    life.do(Verify(facts={"deaths": 0, "injuries": 4}), DUTY, "+12m")
    life.do(Determine(level=level), person("all", "duty", *plan.roles), "+13m")
    life.do(DraftRelease(text=TEXT), DUTY, "+14m")
    return life, max(life.incident.statements)


def rung(life: Life) -> list[int]:
    return [item.event.ordinal for item in life.incident.events if isinstance(item.event, ReleaseRung)]


def again(life: Life) -> list[tuple[str, tuple[str, ...]]]:
    return [
        (str(notice.to), tuple(button.action for button in notice.buttons))
        for _, notice in life.told
        if notice.key == "release_again"
    ]


@pytest.mark.parametrize(("plan", "level"), LEVELS)
def test_it_is_reminded_of_by_the_times_of_the_policy_to_whoever_acts_next(plan, level):
    life, _ = drafted(plan, level)
    rule = rule_of(plan, level)
    assert rule is not None
    moment = life.now
    for ordinal in range(1, 6):
        moment = after(moment, pause(DEFAULT_POLICY.release, ordinal - 1))
        life.run_to(moment - timedelta(seconds=1))
        assert len(rung(life)) == ordinal - 1
        life.run_to(moment)
        assert rung(life) == list(range(1, ordinal + 1))
    told = dict(again(life)[: len(again(life)) // 5])
    if rule.approval:
        assert set(told) == {f"role:{role}" for role in rule.approvers} or set(told) == {"seat"}
        assert set(told.values()) == {("release_approve", "release_return")}
    elif rule.above:
        assert told == {"seat": ("release_submitted",)}
    else:
        assert set(told) == {"seat", *(f"role:{role}" for role in rule.roles)}
        assert set(told.values()) == {("release_preview",)}


@pytest.mark.parametrize(("plan", "level"), LEVELS)
def test_it_stops_when_something_was_done_about_it(plan, level):
    life, number = drafted(plan, level)
    rule = rule_of(plan, level)
    assert rule is not None
    life.until("+30m")
    assert rung(life)
    if rule.approval:
        approver = person("approver", "duty", *rule.approvers)
        life.do(ApproveRelease(release=number, taker="省里周处长"), approver)
        assert life.incident.statements[number].rung == 0, "what comes next has times of its own"
    count = len(rung(life))
    if rule.above:
        life.do(SubmitRelease(release=number, taker="市里王科长"), DUTY)
        assert life.incident.statements[number].status == "submitted"
    elif rule.roles:
        life.do(PublishRelease(release=number, medium="政府网站"), person("one", rule.roles[0]))
    else:
        life.do(DraftRelease(text=f"{TEXT}已经控制。"), DUTY)
        number = max(life.incident.statements)
        life.do(Reject(reason="误报"), DUTY)
    life.until("+9h")
    assert len(rung(life)) == count


@pytest.mark.parametrize(("plan", "level"), LEVELS)
def test_only_what_goes_to_another_body_is_submitted_and_by_the_office(plan, level):
    rule = rule_of(plan, level)
    assert rule is not None
    for role in ("duty", "reporter", "liaison", "admin", "", *plan.roles):
        life, number = drafted(plan, level)
        who = person("p", *([role] if role else []))
        if role not in ("duty", *plan.roles):
            assert life.refuse(SubmitRelease(release=number), who).key == "staff_only"
        elif not rule.above:
            assert life.refuse(SubmitRelease(release=number), who).key == "release_not_above"
        elif rule.approval:
            assert life.refuse(SubmitRelease(release=number), who).key == "release_not_approved"
        else:
            life.do(SubmitRelease(release=number), who)
            assert life.refuse(SubmitRelease(release=number), who).key == "release_settled"
    for way in WAYS:
        life, number = drafted(plan, level)
        assert life.refuse(SubmitRelease(release=number), replace(DUTY, via=way)).key == "no_authority_that_way"


def test_the_times_are_the_offices_own():
    plan = PLANS["linan-campus"]
    life, _ = drafted(plan, "较大")
    slow = replace(DEFAULT_POLICY, release=(timedelta(hours=2), timedelta(hours=4)))
    life.policy = slow
    life.until("+2h")
    assert not rung(life)
    life.until("+3h")
    assert rung(life) == [1]


def test_a_draft_whose_figures_have_changed_is_reminded_of_until_it_is_written_anew():
    life, number = drafted(PLANS["linan-campus"], "较大")
    life.do(Update(facts={"injuries": 9}), DUTY, "+16m")
    life.until("+25m")
    assert rung(life) == [1]
    life.do(Verify(facts={"deaths": 0, "injuries": 9}), DUTY)
    life.do(DraftRelease(text=f"{TEXT}九人受伤"), DUTY)
    assert life.incident.statements[number].status == "replaced"
    assert life.incident.statements[max(life.incident.statements)].rung == 0
