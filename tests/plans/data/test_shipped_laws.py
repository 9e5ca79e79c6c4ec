"""Laws that the shipped tables obey: no lint error, more harm never lowers, knowing less never rules more out."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from plans.lint import lint
from plans.model import BELOW, Plan
from tests.plans.data.figures import CASES
from tests.plans.data.shipped import IDS, assess, plan

HARM = ("deaths", "missing", "injuries", "serious_injuries", "ill", "endangered")


def possible(of: Plan, event_class: str | None, facts: dict[str, Any]) -> set[str]:
    found = assess(of, event_class, facts)
    if of.event_levels:
        return set(found.possible_event_levels)
    return {*found.possible_response_levels, *([BELOW] if found.no_response_possible else [])}


@pytest.mark.parametrize("name", IDS)
def test_lint_finds_no_error(name: str) -> None:
    errors = [item for item in lint(plan(name), today=date(2026, 3, 2)) if item.severity == "error"]
    assert errors == []


def test_lint_finds_the_faults_of_the_sources_and_knows_them() -> None:
    found = {(item.rule, item.clause) for name in IDS for item in lint(plan(name)) if item.severity == "known"}
    assert ("impossible-bound", "4.2.2(3)") in found
    assert ("unknown-member", "8.4") in found
    assert ("unreachable-row", "5.2.2(2)") in found


def test_a_passed_review_is_a_warning() -> None:
    passed = {
        name
        for name in IDS
        for item in lint(plan(name), today=date(2026, 3, 2))
        if item.rule == "review-passed" and item.severity == "warning"
    }
    assert passed == {"jincheng-transit", "jincheng-water-rescue"}


@pytest.mark.parametrize(("name", "event_class", "facts", "expected"), [case for case in CASES if case[3] != BELOW])
def test_more_harm_never_lowers_the_level(
    name: str, event_class: str | None, facts: dict[str, Any], expected: str
) -> None:
    of = plan(name)
    order = [BELOW, *(of.event_levels or ("Ⅳ", "Ⅲ", "Ⅱ", "Ⅰ"))]
    for fact in HARM:
        if fact not in facts:
            continue
        more = {**facts, fact: facts[fact] + 1}
        more["injuries"] = max(more.get("injuries", 0), more.get("serious_injuries", 0))
        if "endangered" in more:
            more["endangered"] = max(more["endangered"], more.get("deaths", 0) + more.get("missing", 0))
        levels = possible(of, event_class, more)
        assert min(order.index(level) for level in levels) >= order.index(expected), (fact, levels)


@pytest.mark.parametrize(("name", "event_class", "facts", "expected"), CASES[::3])
def test_knowing_less_rules_nothing_more_out(
    name: str, event_class: str | None, facts: dict[str, Any], expected: str
) -> None:
    of = plan(name)
    for fact in facts:
        if of.facts.get(fact) is None or of.facts[fact].open:
            less = {key: value for key, value in facts.items() if key != fact}
            assert expected in possible(of, event_class, less), fact


@pytest.mark.parametrize("name", [name for name in IDS if plan(name).levels is not None])
def test_row_order_does_not_matter(name: str) -> None:
    of = plan(name)
    assert of.levels is not None
    turned = of.model_copy(update={"levels": of.levels.model_copy(update={"rows": of.levels.rows[::-1]})})
    for _, event_class, facts, _ in [case for case in CASES if case[0] == name][::4]:
        assert possible(turned, event_class, facts) == possible(of, event_class, facts)


@pytest.mark.parametrize(
    ("name", "event_class", "facts", "expected"),
    [
        ("linan-campus", "health", {"ill": 35}, {"较大", "重大"}),
        ("linan-campus", "health", {"ill": 35, "deaths": 0}, {"较大"}),
        ("linan-campus", "health", {"ill": {"at_least": 28, "at_most": 32}, "deaths": 0}, {"一般", "较大"}),
        ("linan-campus", "accident", {"injuries": 4}, {"一般", "较大", "重大", "特别重大"}),
        ("linan-campus", "accident", {"injuries": 4, "deaths": 0}, {"一般"}),
        ("linan-campus", "natural", {}, {BELOW, "一般", "较大", "重大", "特别重大"}),
        ("linan-campus", "exam", {"exam_paper": "national"}, {"重大", "特别重大"}),
        ("jincheng-water-rescue", "water", {"missing": 3}, {"较大", "重大", "特别重大"}),
        ("jincheng-water-rescue", "water", {"missing": 3, "endangered": 8}, {"较大"}),
        ("jincheng-public-health", "food", {"ill": 35}, {"一般", "较大", "重大"}),
        ("jincheng-energy", None, {"jincheng_load_shed_pct": 59}, {"Ⅱ"}),
        ("jincheng-transit", "crash", {"deaths": {"at_least": 2, "at_most": 3}}, {"一般", "较大"}),
    ],
)
def test_what_stays_possible(name: str, event_class: str | None, facts: dict[str, Any], expected: set[str]) -> None:
    assert possible(plan(name), event_class, facts) == expected
