"""Statements for the public: who may publish at which level, approved first, from confirmed figures, filed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from plans.core.outcome import Refusal
from plans.incident.facts import Update
from plans.incident.judging import Determine, Verify
from plans.incident.levels import Declare
from plans.incident.publishing import PublishRelease
from plans.incident.releasing import ApproveRelease, DraftRelease, releasable, rule_of
from plans.incident.signing import Sign
from plans.incident.undo import Undo
from plans.load import load_all
from plans.model import Plan
from plans.values import Interval, parse
from tests.factories import COMMANDER, DUTY, LINAN, SCHOOL, STRANGER, Life, liaison, person

PLANS = load_all()
LEVELS = [(plan, level) for plan in PLANS.values() for level in plan.event_levels if level != "潜在"]
"""Linan knows 潜在 beside the four, of public opinion, and says nothing of who publishes then."""

HEALTH = PLANS["jincheng-public-health"]
TEXT = "3月2日发生突发事件，正在处置。"


def verified(plan: Plan = LINAN, level: str | None = None) -> Life:
    life = Life(plan).report(candidates=())
    life.do(Verify(facts={"deaths": 0, "injuries": 4}), DUTY, "+12m")
    if level:
        life.do(Determine(level=level), person("all", "duty", *plan.roles), "+13m")
    return life


def drafted(plan: Plan = LINAN, level: str | None = None) -> tuple[Life, int]:
    life = verified(plan, level or (plan.event_levels[1] if plan.event_levels else None))
    life.do(DraftRelease(text=TEXT), DUTY)
    return life, max(life.incident.statements)


def ready(plan: Plan, level: str) -> tuple[Life, int]:
    life, number = drafted(plan, level)
    if life.incident.statements[number].approval:
        life.do(ApproveRelease(release=number, taker="省里周处长"), DUTY)
    return life, number


@pytest.mark.parametrize(("plan", "level"), LEVELS, ids=lambda item: getattr(item, "id", item))
def test_it_is_published_by_those_whom_the_plan_names_and_by_nobody_else(plan, level):
    rule = rule_of(plan, level)
    assert rule is not None and (rule.roles or rule.units or rule.above), "who publishes is an id, not only words"
    for role in (*plan.roles, "duty", "reporter", "admin"):
        life, number = ready(plan, level)
        found = life.decide(PublishRelease(release=number, medium="政府网站"), person("one", role))
        if rule.above:
            assert isinstance(found, Refusal) and found.key == "release_above" and found.clause == rule.clause
            continue
        held = {role, *(plan.roles[role].also if role in plan.roles else ())}
        if held & set(rule.roles):
            assert not isinstance(found, Refusal)
            statement = life.incident.statements[number]
            assert (statement.status, statement.clause) == ("published", rule.clause)
            assert statement.role in held
        else:
            assert isinstance(found, Refusal)
            assert (found.key, found.clause, found.who) == ("not_yours_to_release", rule.clause, rule.roles)
    if rule.roles:
        life, number = ready(plan, level)
        life.do(PublishRelease(release=number, medium="政府网站", of=rule.roles[0], spoken_by="赵六"), DUTY)
        assert life.incident.statements[number].spoken_by == "赵六"
        [owed] = life.incident.unsigned
        assert (owed.kind, owed.signer) == ("publish", rule.roles[0])
        assert "to_sign" in [notice.key for _, notice in life.told if notice.to == f"role:{rule.roles[0]}"]
        sign = Sign(decision=owed.sequence)
        for other in (replace(DUTY, roles=DUTY.roles | {rule.roles[0]}), person("other", rule.roles[0])):
            assert life.refuse(sign, other).key == "nothing_to_sign"
        life.do(sign, replace(person("zhao", rule.roles[0]), name="赵六"))
        assert not life.incident.unsigned
        life, number = ready(plan, level)
        told = PublishRelease(release=number, medium="政府网站", of=rule.roles[0])
        assert life.refuse(told, person("head", *plan.roles)).key == "oral_by_duty"


@pytest.mark.parametrize("way", ["anonymous", "channel", "forward", "edit", "via_bot"])
@pytest.mark.parametrize(
    "command", [DraftRelease(text=TEXT), ApproveRelease(release=1), PublishRelease(release=1, medium="报纸")]
)
def test_no_other_way_has_authority(command, way):
    life, _ = drafted()
    found = life.refuse(command, person("all", "duty", *LINAN.roles, via=way))
    assert found.key == "no_authority_that_way"


def test_the_approval_that_the_plan_demands_comes_first():
    life, number = drafted(HEALTH, "较大")
    publish = PublishRelease(release=number, medium="政府网站")
    refusal = life.refuse(publish, COMMANDER)
    assert (refusal.key, refusal.clause, refusal.params["approval"]) == ("release_not_approved", "4.3", "省卫生健康委")
    assert life.refuse(ApproveRelease(release=number), COMMANDER).key == "not_yours_to_approve"
    refusal = life.refuse(ApproveRelease(release=number, approved=False), DUTY)
    assert (refusal.key, refusal.confirm) == ("reason_to_send_back", "reason")
    life.do(ApproveRelease(release=number, approved=False, reason="措辞"), DUTY)
    assert life.refuse(publish, COMMANDER).key == "release_settled"
    life.do(DraftRelease(text=TEXT), DUTY)
    number = max(life.incident.statements)
    life.do(ApproveRelease(release=number, taker="周处长"), DUTY)
    life.do(PublishRelease(release=number, medium="政府网站"), COMMANDER)
    assert life.incident.statements[number].approved_by == "周处长"
    other, number = drafted(LINAN)
    assert other.refuse(ApproveRelease(release=number), COMMANDER).key == "release_without_approval"


@pytest.mark.parametrize(
    ("make", "command", "actor", "key"),
    [
        (lambda: Life(LINAN).report(), DraftRelease(text=TEXT), DUTY, "release_unverified"),
        (lambda: verified(PLANS["jincheng-water-rescue"]), DraftRelease(text=TEXT), DUTY, "release_needs_level"),
        (lambda: verified(LINAN.model_copy(update={"releases": ()})), DraftRelease(text=TEXT), DUTY, "release_unnamed"),
        (lambda: verified(level="较大"), DraftRelease(text=" "), DUTY, "release_empty"),
        (lambda: verified(level="较大"), DraftRelease(text=TEXT), SCHOOL, "staff_only"),
        (lambda: verified(level="较大"), DraftRelease(text=TEXT), STRANGER, "staff_only"),
        (lambda: verified(level="较大"), DraftRelease(text=TEXT, obligation="first:1:1"), DUTY, "unknown_obligation"),
        *[
            (lambda: verified(level="较大"), DraftRelease(text=TEXT, addition=words), DUTY, "release_own_figures")
            for words in ("已救出12人", "三名学生住院", "数十人被疏散", "另有5例")
        ],
        (lambda: drafted()[0], PublishRelease(release=1, medium="政府网站"), COMMANDER, "release_settled"),
    ],
)  # fmt: skip
def test_what_is_refused(make, command, actor, key):
    assert make().refuse(command, actor).key == key


def test_without_a_medium_or_in_the_future_nothing_is_published():
    life, number = drafted()
    assert life.refuse(PublishRelease(release=number, medium=" "), COMMANDER).key == "medium_missing"
    later = PublishRelease(release=number, medium="报纸", published_at=life.moment("+9h"))
    assert life.refuse(later, COMMANDER).key == "time_ahead"


def test_where_the_plan_names_nobody_it_is_said_and_asked():
    life = verified(LINAN.model_copy(update={"releases": ()}), "较大")
    life.do(DraftRelease(text=TEXT, publisher="区委宣传部"), DUTY)
    (statement,) = life.incident.statements.values()
    assert (statement.publisher, statement.clause) == ("区委宣传部", "")


def test_only_what_is_confirmed_and_not_open_is_given():
    life = verified()
    assert {name: parse(value) for name, value in releasable(life.incident).items()} == {
        "deaths": Interval(0, 0), "injuries": Interval(4, 4),
    }  # fmt: skip
    life.do(Update(facts={"injuries": 9}), liaison("区卫健局"), "+20m")
    assert "injuries" not in releasable(life.incident), "sources differ"
    life.do(Update(facts={"injuries": 9}), DUTY, "+21m")
    life.do(Update(facts={"deaths": 1}), SCHOOL, "+22m")
    assert set(releasable(life.incident)) == {"injuries"}, "a saying is no figure"
    fresh = Life(LINAN).report(candidates=())
    assert releasable(fresh.incident) == {}


def test_a_draft_that_figures_have_overtaken_is_not_published():
    life, number = drafted()
    assert life.refuse(DraftRelease(text=TEXT), DUTY).key == "already_drafted"
    life.do(Update(facts={"injuries": 6}), DUTY)
    assert life.refuse(PublishRelease(release=number, medium="政府网站"), COMMANDER).key == "release_outdated"
    life.do(DraftRelease(text="伤6人，" + TEXT), DUTY)
    assert life.incident.statements[number].status == "replaced"
    life.do(PublishRelease(release=max(life.incident.statements), medium="政府网站"), COMMANDER)


def test_what_is_owed_to_the_public_is_done_one_by_one():
    """Linan: a brief word at once, what is authoritative within 4 hours, a press conference within 24."""
    life = verified(level="重大")
    life.do(Declare(level=LINAN.responses[0].level, reason="研判"), person("all", *LINAN.roles), "+15m")
    rules = ["info-first", "info-4h", "press-24h"]
    assert {life.status(rule) for rule in rules} <= {"pending", "overdue"}
    for done, rule in enumerate(rules, 1):
        key = next(item.key for item in life.incident.open_instances if item.rule == rule)
        life.do(DraftRelease(text=TEXT, obligation=key), DUTY)
        number = max(life.incident.statements)
        life.do(PublishRelease(release=number, medium="政府网站"), COMMANDER, f"+{done * 30}m")
        assert [life.status(item) in ("filed", "late") for item in rules] == [n < done for n in range(3)]
        assert life.incident.filings[-1].channel == "政府网站"
    life.do(Undo(), COMMANDER)
    assert life.status("press-24h") == "pending" and life.incident.statements[number].status == "draft"


def test_each_is_told_what_he_decides():
    life, _ = drafted()
    keys = {(notice.key, notice.to) for _, notice in life.told if notice.key.startswith("release")}
    assert keys == {("release_ready", "role:commander"), ("release_ready", "role:deputy"), ("release_ready", "seat")}
    life, number = drafted(HEALTH, "较大")
    assert [(notice.key, notice.to) for _, notice in life.told if notice.key.startswith("release")] == [
        ("release_approval", "seat")
    ]
    own = HEALTH.releases[0].model_copy(update={"approvers": ("director",)})
    life, number = drafted(HEALTH.model_copy(update={"releases": (own,)}), "较大")
    asked = [notice.to for _, notice in life.told if notice.key == "release_approval"]
    assert asked == ["role:director"]
    life.do(ApproveRelease(release=number), person("d", "director"))
    water, _ = drafted(PLANS["jincheng-water-rescue"], "重大")
    assert [notice.key for _, notice in water.told if notice.key.startswith("release")] == ["release_submit"]


def test_a_level_of_which_the_plan_says_nothing_is_asked_about():
    assert rule_of(LINAN, "潜在") is None
    life = verified(LINAN, "潜在")
    assert life.refuse(DraftRelease(text=TEXT), DUTY).key == "release_unnamed"
