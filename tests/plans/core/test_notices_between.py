"""What departments and neighbours are told: owed from the moment at which it is certain, each recipient for itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from plans.incident.facts import Update
from plans.incident.filing import File
from plans.incident.judging import Judge
from plans.load import load_all
from tests.factories import DUTY, START, Life, person, span

PLANS = load_all()
RULES = [(plan, rule) for plan in PLANS.values() for rule in plan.obligations if rule.clock.from_ == "holds"]
SO: dict[tuple[str, str], dict[str, Any]] = {
    ("jincheng-chengqu-campus", "nearby-notice"): {"may_reach_others": True},
    ("jincheng-public-health", "schools-notice"): {"school_involved": True},
    ("jincheng-public-health", "market-notice"): {"event_class": "food"},
    ("jincheng-public-health", "farming-notice"): {"zoonotic": True},
    ("jincheng-public-health", "customs-notice"): {"imported_case": True},
    ("jincheng-public-health", "risk-report"): {"may_be_major": True},
    ("jincheng-public-health", "risk-notice"): {"may_be_major": True},
    ("shanting-overall", "grid-notice"): {"may_reach_others": True},
}
"""What makes each of them owed."""

EACH = [pytest.param(*pair, id=f"{pair[0].id}-{pair[1].id}") for pair in RULES]
JUDGE = person("judge", "duty", "director", "deputy", "commander")


def test_the_table_has_every_rule_that_counts_from_what_is_so():
    assert {(plan.id, rule.id) for plan, rule in RULES} == set(SO)


def quiet(plan) -> Life:
    """An incident of which nothing is known but that it happened."""
    other = next(item.id for item in plan.classes if item.id not in ("food", "immunisation"))
    return Life(plan).report(facts={}, candidates=(other,))


def say(life: Life, rule, at: str = "", *, so: bool = True) -> None:
    """Have somebody say of what a rule asks for that it is so, or that it is not."""
    [(name, value)] = SO[life.plan.id, rule.id].items()
    if name == "event_class":
        other = next(item.id for item in life.plan.classes if item.id not in ("food", "immunisation"))
        life.do(Update(event_class=value if so else other), JUDGE, at)
    elif life.plan.facts[name].judgement:
        life.do(Judge(fact=name, holds=so, reason="会商"), JUDGE, at)
    else:
        life.do(Update(facts={name: so}, sure=True), JUDGE, at)


def standing(life: Life, rule) -> list[Any]:
    return [item for item in life.incident.open_instances if item.rule == rule.id]


@pytest.mark.parametrize(("plan", "rule"), EACH)
def test_it_is_owed_from_the_moment_at_which_it_is_certain(plan, rule):
    life = quiet(plan)
    assert not standing(life, rule), "what only may be so is no debt"
    say(life, rule, "+5h")
    [found] = standing(life, rule)
    assert found.due == START + span("+5h") + rule.clock.within
    assert (found.possible, found.raised, found.to) == (False, False, rule.to)
    life.do(Update(text="没有新情况", place="育才小学东门"), DUTY, "+6h")
    assert [item.due for item in standing(life, rule)] == [found.due], "other news moves it not"


@pytest.mark.parametrize(("plan", "rule"), EACH)
def test_each_recipient_is_filed_with_channel_and_name(plan, rule):
    life = quiet(plan)
    say(life, rule, "+1h")
    key = life.instance(rule.id).key
    for number, recipient in enumerate(rule.to, 1):
        assert life.instance(rule.id).status == "open"
        life.do(
            File(report=rule.report, obligation=key, to=(recipient,), channel="电话", taker="某人"),
            DUTY,
            f"+{60 + 5 * number}m",
        )
    assert life.instance(rule.id).status == "filed"
    filings = [item for item in life.incident.filings if item.report == rule.report]
    assert [(item.recipient, item.channel, item.taker) for item in filings] == [
        (recipient, "电话", "某人") for recipient in rule.to
    ]


@pytest.mark.parametrize(("plan", "rule"), EACH)
def test_it_falls_away_when_it_is_not_so_and_comes_back_with_a_clock_of_its_own(plan, rule):
    life = quiet(plan)
    say(life, rule, "+1h")
    say(life, rule, "+2h", so=False)
    assert not standing(life, rule) and life.instance(rule.id).reason == "otherwise"
    say(life, rule, "+9h")
    [found] = standing(life, rule)
    assert found.due == START + span("+9h") + rule.clock.within


@pytest.mark.parametrize(("plan", "rule"), EACH)
def test_the_seat_is_reminded_only_of_what_the_office_bears(plan, rule):
    life = quiet(plan)
    say(life, rule, "+1h")
    life.until("+8h")
    reminded = [notice for _, notice in life.told if any(key.startswith(rule.id) for key in notice.obligations)]
    assert reminded and all(notice.to == "seat" for notice in reminded if not rule.by_office)
    assert (len(reminded) > 1) is rule.by_office, "others are asked about once"


def test_what_was_told_before_it_was_certain_counts():
    plan = PLANS["jincheng-public-health"]
    life = quiet(plan)
    life.do(File(report="通报", to=("市教育局",), channel="电话"), DUTY, "+30m")
    life.do(Update(facts={"school_involved": True}), DUTY, "+2h")
    assert life.instance("schools-notice").status == "filed"
    assert life.instance("schools-notice").due - START == timedelta(hours=3)
