"""Who may issue, pass on and lift a warning: every plan × level × role × way, as the plan file says."""

from __future__ import annotations

from datetime import timedelta

import pytest

from plans.core.command import Shown
from plans.core.outcome import Refusal
from plans.load import load_all
from plans.warning.conditions import warning_of
from plans.warning.issuing import IssueWarning, LiftWarning
from plans.warning.oral import RecordWarningWord, SignWarning
from plans.warning.proposals import AmendProposal
from plans.warning.state import ISSUE, PASS_ON
from tests.plans.warning.life import DUTY, Life, actor, heavy_rain

PLANS = load_all()
LEVELS = [(plan, item) for plan in PLANS.values() for item in plan.warnings]
ROLES = ("duty", "reporter", "liaison", "admin", "")
VIAS = ("direct", "anonymous", "channel", "forward", "edit", "via_bot")


def names(plan, item=None):
    return (*ROLES, *plan.roles)


def taken(plan, **changes):
    life = Life(plan)
    assert life.take(heavy_rain(**changes)) is None
    return life


@pytest.mark.parametrize(
    ("plan", "item", "role"),
    [
        pytest.param(plan, item, role, id=f"{plan.id}-{item.level}-{role or 'nobody'}")
        for plan, item in LEVELS
        for role in names(plan)
    ],
)
def test_only_whom_the_plan_names_issues_a_level(plan, item, role):
    life = taken(plan, colour=item.colour, level=item.level, issuer="")
    refusal = life.do(IssueWarning(way=ISSUE), actor(role) if role else actor())
    held = {role, *(plan.roles[role].also if role in plan.roles else ())}
    if item.above:
        assert isinstance(refusal, Refusal)
        assert (refusal.key, refusal.clause) == ("issued_above", item.clause)
    elif held & set(item.issuers):
        assert refusal is None
        assert life.warning.in_force
        assert life.warning.stages[0].clause == item.clause
        assert life.warning.stages[0].measures == item.measures
    else:
        assert isinstance(refusal, Refusal)
        assert (refusal.key, refusal.clause) == ("not_yours_to_issue", item.clause)
        assert refusal.who == (*item.issuers, *item.issuing_units)
        assert not life.warning.in_force


@pytest.mark.parametrize(
    ("plan", "item", "unit"),
    [
        pytest.param(plan, item, unit.id, id=f"{plan.id}-{item.level}-{unit.id}")
        for plan, item in LEVELS
        for unit in plan.units
    ],
)
def test_only_units_that_issue_within_their_duties_do(plan, item, unit):
    life = taken(plan, colour=item.colour, level=item.level, issuer="")
    refusal = life.do(IssueWarning(way=ISSUE), actor("liaison", units=(unit,)))
    assert (refusal is None) == (unit in item.issuing_units)


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
def test_a_plan_without_warnings_passes_on_and_issues_none(plan):
    for role in plan.roles:
        life = taken(plan, issuer="")
        refusal = life.do(IssueWarning(way=ISSUE), actor(role))
        if not plan.warnings:
            assert refusal is not None
            assert refusal.key == "plan_without_warnings"
    life = taken(plan)
    assert life.do(IssueWarning(way=PASS_ON)) is None
    item = warning_of(plan, "", "红")
    assert life.warning.stages[0].measures == (item.measures if item else ())
    assert life.warning.content.level == (item.level if item else "")


@pytest.mark.parametrize("via", VIAS)
@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
def test_nothing_that_came_in_a_way_without_authority_is_issued_or_lifted(plan, via):
    for role in ("duty", *plan.roles):
        for way in (ISSUE, PASS_ON):
            for item in plan.warnings or (None,):
                life = taken(plan, **({"colour": item.colour, "level": item.level} if item else {}))
                refusal = life.do(IssueWarning(way=way), actor(role, via=via))
                if via != "direct":
                    assert refusal is not None
                    assert refusal.key == "no_authority_that_way"
    life = taken(plan)
    life.do(IssueWarning(way=PASS_ON))
    refusal = life.do(LiftWarning(reason="区气象台已解除"), actor("duty", via=via))
    assert (refusal is None) == (via == "direct")


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
def test_the_office_alone_passes_on_and_says_whose_it_is(plan, role):
    life = taken(plan)
    refusal = life.do(IssueWarning(way=PASS_ON), actor(role) if role else actor())
    assert (refusal is None) == (role == "duty")
    life = taken(plan, issuer="")
    refusal = life.do(IssueWarning(way=PASS_ON))
    assert refusal is not None
    assert refusal.key == "passed_on_from_whom"


@pytest.mark.parametrize(
    ("plan", "item", "issuer", "lifter"),
    [
        pytest.param(plan, item, issuer, lifter, id=f"{plan.id}-{item.level}-{issuer}-{lifter or 'nobody'}")
        for plan, item in LEVELS
        for issuer in item.issuers
        for lifter in names(plan)
    ],
)
def test_it_is_lifted_by_whoever_issued_it_or_as_the_plan_says(plan, item, issuer, lifter):
    life = taken(plan, colour=item.colour, level=item.level, issuer="")
    assert life.do(IssueWarning(way=ISSUE), actor(issuer)) is None
    role = life.warning.stages[0].role
    refusal = life.do(LiftWarning(), actor(lifter) if lifter else actor())
    rank = plan.roles[role].rank
    allowed = set(item.lifters) or {name for name, one in plan.roles.items() if one.rank < rank or name == role}
    held = {lifter, *(plan.roles[lifter].also if lifter in plan.roles else ())}
    assert (refusal is None) == bool(held & allowed)
    if refusal is not None:
        assert refusal.key == "not_yours_to_lift"
        assert set(refusal.who) == allowed


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
def test_a_unit_lifts_what_it_issued_and_no_other_does(plan):
    for item in plan.warnings:
        for unit in item.issuing_units:
            for other in item.issuing_units:
                life = taken(plan, colour=item.colour, level=item.level, issuer="")
                assert life.do(IssueWarning(way=ISSUE), actor("liaison", units=(unit,))) is None
                refusal = life.do(LiftWarning(), actor("liaison", units=(other,)))
                assert (refusal is None) == (unit == other)


def test_what_was_passed_on_is_lifted_on_its_issuers_word():
    life = taken(PLANS["jincheng-water-rescue"])
    assert life.do(IssueWarning(way=PASS_ON)) is None
    refusal = life.do(LiftWarning())
    assert refusal is not None
    assert (refusal.key, refusal.confirm, refusal.params["issuer"]) == ("lifted_by_issuer", "reason", "区气象台")
    assert life.do(LiftWarning(reason="20:10区气象台电话通知解除")) is None
    assert life.warning.state == "lifted"


@pytest.mark.parametrize(
    ("plan", "item", "role"),
    [
        pytest.param(plan, item, role, id=f"{plan.id}-{item.level}-{role}")
        for plan, item in LEVELS
        for role in plan.roles
    ],
)
def test_a_spoken_decision_is_recorded_by_the_duty_officer_alone_and_signed_by_whoever_spoke(plan, item, role):
    life = taken(plan, colour=item.colour, level=item.level, issuer="")
    word = RecordWarningWord(of=role, decides=ISSUE, spoken_by="王某", spoken_id="p-1")
    for other in names(plan):
        if other != "duty":
            refusal = life.do(word, actor(other) if other else actor())
            assert refusal is not None
            assert refusal.key == "oral_by_duty"
    refusal = life.do(word)
    held = {role, *plan.roles[role].also}
    assert (refusal is None) == (bool(held & set(item.issuers)) and not item.above)
    if refusal is None:
        [stage] = life.warning.stages
        assert (stage.oral, stage.signed, stage.spoken_by) == (True, False, "王某")
        assert life.do(SignWarning(), actor(role, id="p-2")) is not None
        assert life.do(SignWarning(), DUTY) is not None
        assert life.do(SignWarning(), actor(role, id="p-1")) is None
        assert life.warning.stages[0].signed


def test_what_changed_since_it_was_shown_is_not_issued():
    life = taken(PLANS["shanting-overall"], issuer="")
    shown = Shown(object="proposed", revision=1)

    assert life.do(AmendProposal(fields={"ends": life.now + timedelta(hours=3)})) is None
    refusal = life.do(IssueWarning(way=ISSUE), actor("commander"), shown=shown)
    assert refusal is not None
    assert refusal.key == "changed_since"
    assert not life.warning.in_force
