"""Under which plan a warning falls, in the core: by whose word, once, and nothing is issued before it."""

from __future__ import annotations

import pytest

from plans.load import load_all
from plans.model import Plan
from plans.warning.issuing import IssueWarning
from plans.warning.oral import RecordWarningWord
from plans.warning.plan_choice import ChooseWarningPlan
from plans.warning.proposals import AmendProposal, DismissProposal
from plans.warning.state import ISSUE, PASS_ON
from plans.warning.taking import TakeChange
from tests.plans.warning.life import DUTY, Life, actor, heavy_rain

PLANS = load_all()
WATER, ENERGY = PLANS["jincheng-water-rescue"], PLANS["jincheng-energy"]
BOTH = ((ENERGY.id, ENERGY.title), (WATER.id, WATER.title))


def asked(**content: str) -> Life:
    life = Life(ENERGY)
    assert life.take(heavy_rain(**content), among=BOTH) is None
    return life


def choice(plan: Plan, **more: object) -> ChooseWarningPlan:
    return ChooseWarningPlan(plan=plan.id, plan_version=plan.version, plan_hash=plan.hash, **more)  # type: ignore[arg-type]


def choose(life: Life, plan: Plan, by=DUTY, **more: object):
    life.plan = plan  # the shell decides it by the plan that is chosen
    return life.do(choice(plan, **more), by)


@pytest.mark.parametrize(
    "command", [IssueWarning(way=ISSUE), IssueWarning(way=PASS_ON), RecordWarningWord(of="commander", decides=ISSUE)]
)
def test_nothing_is_issued_before_it_is_said(command):
    for by in (DUTY, actor("commander", "duty")):
        assert asked().refused(command, by).key == "warning_which_plan"


@pytest.mark.parametrize("plan", [WATER, ENERGY], ids=lambda plan: plan.id)
def test_once_it_is_said_the_rules_of_that_plan_hold(plan):
    life = asked()
    assert choose(life, plan) is None
    assert (life.warning.plan, life.warning.plan_hash, life.warning.plan_asked) == (plan.id, plan.hash, False)
    assert [(notice.key, str(notice.to)) for notice in life.told if not notice.edits] == [("warning_taken", "seat")]
    assert life.refused(choice(plan)).key == "warning_plan_settled"
    assert life.do(IssueWarning(way=PASS_ON)) is None


@pytest.mark.parametrize(
    ("by", "allowed", "refusal"),
    [
        (actor("duty"), False, None), (actor("commander"), False, None), (actor(), True, None),
        (actor("liaison", units=("市能源局",)), False, "staff_only"), (actor(), False, "staff_only"),
        (actor("duty", via="inline"), False, "no_authority_that_way"),
    ],
)  # fmt: skip
def test_the_office_says_it_and_nobody_else(by, allowed, refusal):
    found = choose(asked(), WATER, by, allowed=allowed)
    assert (found.key if found else None) == refusal


def test_only_what_was_weighed_may_be_chosen():
    campus = PLANS["jincheng-chengqu-campus"]
    refused = choose(asked(), campus)
    assert refused is not None and refused.key == "unknown_plan"
    life = asked()
    assert life.refused(ChooseWarningPlan(plan=WATER.id)).key == "unknown_plan", "one that is not installed"


def test_a_level_stays_where_the_chosen_plan_knows_it():
    for plan in (WATER, ENERGY):
        life = Life(ENERGY)
        assert life.take(heavy_rain(level="较大", colour=""), among=BOTH) is None
        assert choose(life, plan) is None
        assert life.warning.proposal is not None
        assert life.warning.proposal.content.level == ("较大" if plan is ENERGY else "")


def test_what_changes_it_meanwhile_is_asked_about_too_and_dismissing_ends_it():
    life = asked()
    assert life.do(TakeChange(content=heavy_rain(colour="橙"), source="text")) is None
    keys = [(notice.key, str(notice.to)) for notice in life.told if not notice.edits]
    assert keys[:2] == [("warning_which_plan", "seat"), ("warning_which_plan", "group")]
    assert life.do(AmendProposal(fields={"issuer": "市气象台"})) is None
    assert life.do(DismissProposal(reason="不在本区域")) is None
    assert life.refused(choice(WATER)).key in ("warning_closed", "warning_plan_settled")


LEVELS = [(item.level, item.colour) for item in WATER.warnings]


@pytest.mark.parametrize(("level", "colour"), LEVELS)
def test_a_level_and_its_colour_are_set_right_together(level, colour):
    for first, _ in LEVELS:
        life = Life(WATER)
        assert life.take(heavy_rain(colour="", level=first)) is None
        if first != level:
            assert life.do(AmendProposal(fields={"level": level})) is None
            assert life.warning.proposal is not None and life.warning.proposal.content.colour == colour
        other = Life(WATER)
        assert other.take(heavy_rain(colour="", level=first)) is None
        assert other.do(AmendProposal(fields={"colour": colour})) is None
        assert other.warning.proposal is not None and other.warning.proposal.content.level == ""
