"""Who commands at the scene: every plan × level asks what the plan demands, every role × way may what it says."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from plans.core.authority import with_also
from plans.core.command import Actor
from plans.core.outcome import Refusal
from plans.incident.levels import Declare
from plans.incident.on_site import HandOverSite, SetUpSite, SiteHandedOver, SiteSetUp, demanded, post_at, posts
from plans.incident.on_site_demand import DoWithoutSite, SiteAsked
from plans.incident.signing import Sign
from plans.incident.undo import Undo
from plans.kinds import fold_any
from plans.load import load_all
from tests.factories import COMMANDER, DUTY, SCHOOL, STRANGER, Life, declared, person

PLANS = load_all()
LEVELS = [(plan, response.level) for plan in PLANS.values() for response in plan.responses if not response.external]
COMMANDS = (SetUpSite(commander="王五"), HandOverSite(body="上级"), DoWithoutSite(reason="无"))
WAYS = ("anonymous", "channel", "forward", "edit", "via_bot")


def running(plan, level):
    """Return a response of a plan at a level, declared by all who may."""
    life = Life(plan).report()
    response = next(item for item in plan.responses if item.level == level)
    for role in response.declared_by if response.jointly else response.declared_by[:1]:
        life.do(Declare(level=level, reason="情况需要"), person(f"p-{role}", role), "+15m")
    return life


@pytest.mark.parametrize(("plan", "level"), [pytest.param(*pair, id=f"{pair[0].id}-{pair[1]}") for pair in LEVELS])
def test_the_seat_is_asked_once_at_the_levels_that_demand_it(plan, level):
    life = running(plan, level)
    post = demanded(plan, level)
    asked = [item.event for item in life.incident.events if isinstance(item.event, SiteAsked)]
    told = [notice for _, notice in life.told if notice.key == "who_commands"]
    if post is None:
        assert not asked and not told
        return
    assert [(item.level, item.clause) for item in asked] == [(level, post.clause)]
    assert [notice.to for notice in told] == ["seat"]
    assert {item.args["role"] for item in told[0].buttons} == set(post.held_by)
    life.until("+6h")
    assert sum(notice.key == "who_commands" for _, notice in life.told) == 1, "once; then it stands on the list"


@pytest.mark.parametrize(
    ("plan", "role"),
    [
        pytest.param(plan, role, id=f"{plan.id}-{role or 'nobody'}")
        for plan in PLANS.values()
        for role in ("duty", "reporter", "liaison", "admin", "", *plan.roles)
    ],
)
def test_only_whom_the_plan_names_names_the_commander(plan, role):
    life = Life(plan).report()
    post = post_at(plan, None)
    who = post.named_by if post is not None else ()
    clause = post.clause if post is not None else ""
    by = person(f"p-{role}", *([role] if role else []))
    held = set(with_also(plan, by.roles)) & set(who)
    found = life.decide(SetUpSite(commander="王五", place="北门"), by)
    if role not in ("duty", *plan.roles):
        assert isinstance(found, Refusal) and (found.key, found.clause) == ("staff_only", clause)
    elif who and not held:
        assert isinstance(found, Refusal) and (found.key, found.clause, found.who) == ("not_yours_to_name", clause, who)
    else:
        assert not isinstance(found, Refusal)
        [site] = life.incident.site
        assert (site.name, site.place, site.clause) == ("王五", "北门", clause)
        assert site.named_by in (held or {""}) and not site.oral


@pytest.mark.parametrize(
    ("plan", "role"),
    [pytest.param(plan, role, id=f"{plan.id}-{role}") for plan in PLANS.values() for role in plan.roles],
)
def test_the_duty_officer_records_the_word_of_whom_the_plan_names(plan, role):
    life = Life(plan).report()
    post = post_at(plan, None)
    who = post.named_by if post is not None else ()
    found = life.decide(SetUpSite(commander="王五", of=role, spoken_by="赵六"), DUTY)
    if who and role not in who:
        assert isinstance(found, Refusal) and found.key == "not_yours_to_name"
        return
    assert not isinstance(found, Refusal)
    [site] = life.incident.site
    assert site.oral is bool(who)
    if who:
        assert (site.named_by, site.spoken_by, site.recorded_by) == (role, "赵六", DUTY.name)
        assert [notice.key for _, notice in life.told if notice.to == f"role:{role}"][-1] == "to_sign"
        assert_signed_by(life, role)


def assert_signed_by(life: Life, role: str) -> None:
    """What was spoken is signed by who spoke; never by who recorded it, though he held that role too."""
    [owed] = life.incident.unsigned
    assert (owed.kind, owed.signer) == ("site", role)
    assert life.refuse(Sign(decision=owed.sequence), replace(DUTY, roles=DUTY.roles | {role})).key == "nothing_to_sign"
    assert life.refuse(Sign(decision=owed.sequence), person("other", role)).key == "nothing_to_sign"
    life.do(Sign(decision=owed.sequence), replace(person("zhao", role), name="赵六"))
    assert not life.incident.unsigned


@pytest.mark.parametrize("plan", [plan for plan in PLANS.values() if posts(plan)], ids=lambda plan: plan.id)
def test_only_who_may_hold_it_himself_commands_without_a_name(plan):
    [post, *_] = posts(plan)
    for role in plan.roles:
        found = Life(plan).report().decide(SetUpSite(role=role), DUTY)
        assert isinstance(found, Refusal) is (role not in post.held_by)
        assert not isinstance(found, Refusal) or found.key == "site_commander_missing"


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("command", COMMANDS)
def test_no_way_without_authority_sets_up_or_hands_over(command, way):
    life = declared("Ⅱ")
    before = life.incident.sequence
    for who in (COMMANDER, DUTY):
        assert life.refuse(command, replace(who, via=way)).key == "no_authority_that_way"
    assert life.incident.sequence == before


def test_both_names_stay_when_the_higher_command_takes_over():
    life = declared("Ⅱ")
    life.do(SetUpSite(commander="王五", of="commander", spoken_by="赵六"), DUTY, "+20m")
    [event] = life.do(HandOverSite(body="上级指挥部"), DUTY, "+2h")
    assert isinstance(event, SiteHandedOver) and event.before == "王五"
    first, second = life.incident.site
    assert (first.name, first.until, second.body, second.since) == ("王五", second.since, "上级指挥部", life.now)
    assert second.place == first.place
    to_group = [notice.key for _, notice in life.told[-9:] if notice.to == "group" and not notice.edits]
    assert to_group[-1] == "site_handed_over"
    assert life.refuse(HandOverSite(body="上级指挥部"), DUTY).key == "site_stands"
    assert life.refuse(SetUpSite(commander="某甲", of="commander"), DUTY).key == "site_stands"


@pytest.mark.parametrize(
    ("command", "key"),
    [
        (SetUpSite(of="commander"), "site_commander_missing"),
        (HandOverSite(body="上级指挥部"), "site_not_set_up"),
        (DoWithoutSite(), "site_reason"),
        (SetUpSite(commander="王五"), "not_yours_to_name"),
        (SetUpSite(commander="王五", of="deputy"), "not_yours_to_name"),
    ],
)
def test_what_is_lacking_is_said_with_the_clause(command, key):
    refusal = declared("Ⅱ").refuse(command, DUTY)
    assert (refusal.key, refusal.clause) == (key, "2.5")


def test_a_moment_is_neither_ahead_nor_before_the_last_one():
    life = declared("Ⅱ")
    ahead = life.now + timedelta(hours=1)
    assert life.refuse(SetUpSite(commander="王五", of="commander", since=ahead), DUTY).key == "time_ahead"
    life.do(SetUpSite(commander="王五", of="commander"), DUTY)
    early = life.now - timedelta(hours=1)
    assert life.refuse(HandOverSite(commander="钱七", since=early), DUTY).key == "site_before"
    assert life.refuse(HandOverSite(), DUTY).key == "site_to_whom"
    for outsider in (SCHOOL, STRANGER, Actor(id="x")):
        assert life.refuse(HandOverSite(commander="钱七"), outsider).key == "staff_only"


def test_doing_without_is_the_answer_until_one_is_set_up():
    life = declared("Ⅱ")
    life.do(DoWithoutSite(reason="现场已处置完毕"), DUTY)
    assert life.incident.site_not == "现场已处置完毕"
    assert life.refuse(DoWithoutSite(reason="同上"), DUTY).key == "site_not_asked"
    life.do(SetUpSite(commander="王五", of="commander"), DUTY)
    assert not life.incident.site_not
    assert declared("Ⅲ").refuse(DoWithoutSite(reason="无"), DUTY).key == "site_not_asked"


def test_a_slip_of_the_thumb_is_taken_back():
    life = declared("Ⅱ")
    [event] = life.do(SetUpSite(role="commander"), DUTY)
    assert isinstance(event, SiteSetUp)
    life.do(Undo(), DUTY)
    assert life.incident.site == ()
    assert life.incident.events and fold_any(life.incident.stream, life.incident.events) == life.incident
