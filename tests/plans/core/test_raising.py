"""Whether a level is raised for what the event is: asked with the clause, judged by whom the plan says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from plans.core.authority import with_also
from plans.core.outcome import Refusal
from plans.incident.corrections import Correct
from plans.incident.facts import Update
from plans.incident.judging import Judge
from plans.incident.levels import Declare
from plans.incident.proposals import Proposed
from plans.incident.raising import JudgeRaising, RaisingAsked, above, holding
from plans.load import load_all
from tests.factories import DUTY, Life, person

PLANS = load_all()
SHANTING = PLANS["shanting-overall"]
CHIEF = person("chief", "commander")
CHOICES = {"Ⅳ": "fourth", "Ⅲ": "third", "Ⅱ": "second", "Ⅰ": "first"}
WAYS = ("anonymous", "channel", "forward", "edit", "via_bot")


def proposed(level: str = "Ⅲ", **facts) -> Life:
    life = Life(SHANTING).report(facts={"sensitive": True, **facts}, candidates=())
    life.do(Judge(fact="grade", option=CHOICES[level]), CHIEF, "+12m")
    return life


def asked(life: Life) -> list[tuple[str, str, str]]:
    events = [item.event for item in life.incident.events if isinstance(item.event, RaisingAsked)]
    return [(event.base, event.level, event.clause) for event in events]


@pytest.mark.parametrize("level", CHOICES)
def test_it_is_asked_for_every_level_but_the_highest_and_nothing_is_raised_by_itself(level):
    life = proposed(level)
    higher = above(SHANTING, level)
    assert asked(life) == ([(level, higher.level, "1.6")] if higher is not None else [])
    assert life.proposal.level == level and life.incident.response_level is None
    told = {notice.to for _, notice in life.told if notice.key.startswith("may_raise")}
    roles = {f"role:{role}" for role in SHANTING.raising[0].judged_by}
    assert told == ({"seat", *roles} if higher is not None else set())


@pytest.mark.parametrize("plan", PLANS.values(), ids=lambda plan: plan.id)
@pytest.mark.parametrize("role", ["duty", "reporter", "liaison", "admin", ""])
def test_who_holds_no_role_that_judges_does_not(plan, role):
    life = Life(plan).report()
    refusal = life.refuse(JudgeRaising(), person("p", *([role] if role else [])))
    if plan.raising:
        assert (refusal.key, refusal.clause) == ("not_yours_to_judge_raising", plan.raising[0].clause)
        assert refusal.who == plan.raising[0].judged_by
    else:
        assert refusal.key == "no_raising"


@pytest.mark.parametrize("role", SHANTING.roles)
def test_whom_the_plan_names_proposes_the_next_level_with_the_reason(role):
    life = proposed()
    found = life.decide(JudgeRaising(reason="正值高考"), person("p", role))
    rule = SHANTING.raising[0]
    assert isinstance(found, Refusal) is not bool(set(with_also(SHANTING, frozenset({role}))) & set(rule.judged_by))
    if isinstance(found, Refusal):
        return
    [event] = [item.event for item in found.recorded if isinstance(item.event, Proposed)]
    assert (event.level, event.clause, event.to_roles) == ("Ⅱ", "1.6", ("commander",))
    assert "正值高考" in event.because[0]
    assert life.incident.response_level is None, "whoever may declare declares"
    life.do(Update(text="又有2人受伤"), DUTY)
    assert life.proposal.level == "Ⅱ", "the figures do not take it back"
    assert life.refuse(JudgeRaising(), CHIEF).key == "raising_judged"


def test_not_to_raise_is_kept_and_not_asked_again():
    life = proposed()
    life.do(JudgeRaising(raises=False, reason="影响不大"), CHIEF)
    assert life.proposal.level == "Ⅲ"
    life.do(Declare(level="Ⅲ"), person("d", "deputy"), "+20m")
    life.until("+5h")
    assert len(asked(life)) == 1
    assert life.incident.raising is not None and (life.incident.raising.judged, life.incident.raising.raises) == (
        True,
        False,
    )


def test_what_runs_already_is_raised_too_and_what_is_not_stated_is_not_asked():
    life = Life(SHANTING).report(candidates=())
    life.do(Declare(level="Ⅲ", reason="研判"), person("d", "deputy"), "+12m")
    assert asked(life) == [] and life.refuse(JudgeRaising(), CHIEF).key == "raising_not_stated"
    life.do(Update(facts={"sensitive": True}), DUTY)
    assert asked(life) == [("Ⅲ", "Ⅱ", "1.6")]
    life.do(JudgeRaising(), CHIEF)
    assert (life.proposal.level, life.incident.response_level) == ("Ⅱ", "Ⅲ")


def test_what_is_corrected_is_not_judged():
    life = proposed()
    life.do(Correct(facts={"sensitive": False}), DUTY)
    assert holding(SHANTING, life.incident) is None
    assert life.refuse(JudgeRaising(), CHIEF).key == "raising_not_stated"
    highest = proposed("Ⅰ")
    assert highest.refuse(JudgeRaising(), CHIEF).key == "nothing_to_raise"


@pytest.mark.parametrize("way", WAYS)
def test_no_way_without_authority_judges(way):
    assert proposed().refuse(JudgeRaising(), replace(CHIEF, via=way)).key == "no_authority_that_way"
