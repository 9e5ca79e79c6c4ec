"""Every row of every plan: three values at every bound; true, false and unknown; in any order; more harm, no less."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plans.classify import possible_levels
from plans.classify.outcome import Tables, tables_of
from plans.lint import lint
from plans.lint.evidence import check_evidence
from plans.lint.finding import Report
from plans.lint.sweep import facts_meeting
from plans.lint.tables import check_tables
from plans.load import load, load_all
from plans.logic import NONE, Environment, Space, Truth, truth
from plans.model import BELOW, CORE_FACTS, All, AnyOf, Compare, Expression, LevelRow, Not, Plan, merge_facts
from plans.values import FactValue, Interval, Options
from tests.plans.worlds import Value, holds

TINY = load(Path(__file__).with_name("tiny.yaml"))
PLANS = {**load_all(), TINY.id: TINY}
GRADED = {name: plan for name, plan in PLANS.items() if plan.levels and plan.levels.rows}
ROWS = [pytest.param(plan, row, id=f"{name}:{row.id}") for name, plan in GRADED.items() for row in plan.levels.rows]  # type: ignore[union-attr]
CASUALTIES = [name for name in CORE_FACTS if name != "trapped"]


def leaves(expression: Expression) -> Iterator[Compare]:
    if isinstance(expression, Compare):
        yield expression
    elif isinstance(expression, Not):
        yield from leaves(expression.part)
    elif isinstance(expression, All | AnyOf):
        for part in expression.parts:
            yield from leaves(part)


def plain(plan: Plan, facts: dict[str, FactValue]) -> dict[str, Value]:
    """The one world that exact facts describe, with everything else not so."""
    world: dict[str, Value] = {"event_class": NONE}
    for name, fact in merge_facts(plan.facts).items():
        value = facts.get(name)
        if value is None:
            number = fact.type in ("count", "number")
            world[name] = (0 if fact.open else None) if number else (False if fact.type == "flag" else None)
        else:
            assert isinstance(value, Interval | Options)
            world[name] = value.exact
    return world


def settled(plan: Plan, facts: dict[str, FactValue]) -> dict[str, FactValue]:
    """The same world for the engine: every open fact has a value."""
    complete = dict(facts)
    for name, fact in merge_facts(plan.facts).items():
        if fact.open and name not in complete:
            if fact.type in ("count", "number"):
                complete[name] = Interval(0, 0)
            elif fact.type == "flag":
                complete[name] = Options(frozenset([False]))
    return complete


def classes_of(plan: Plan, row: LevelRow) -> list[str | None]:
    return [*row.classes] or [item.id for item in plan.classes] or [None]


def by_hand(plan: Plan, world: dict[str, Value], event_class: str | None) -> str:
    assert plan.levels is not None
    facts = merge_facts(plan.facts)
    met = [
        row.level
        for row in plan.levels.rows
        if (not row.classes or event_class in row.classes) and holds(row.when, world, facts)
    ]
    return max(met, key=plan.event_levels.index, default=BELOW)


@pytest.mark.parametrize(("plan", "row"), ROWS)
def test_three_values_at_every_bound(plan: Plan, row: LevelRow) -> None:
    tables = tables_of(plan)
    for compare in leaves(row.when):
        whole = tables.space.facts[compare.fact].type == "count"
        step: float = 1 if whole else 0.25
        for bound in (compare.lt, compare.le, compare.gt, compare.ge):
            for value in () if bound is None else (bound - step, bound, bound + step):
                if value < 0:
                    continue
                facts = {**facts_meeting(tables, row.when, compare.fact), compare.fact: Interval(value, value)}
                world = plain(plan, facts)
                env = Environment(
                    plan=plan, facts=settled(plan, facts), event_levels=frozenset(), undetermined=True,
                    event_class=classes_of(plan, row)[0],
                )  # fmt: skip
                expected = Truth.TRUE if holds(row.when, world, tables.space.facts) else Truth.FALSE
                assert truth(row.when, env) is expected, f"{compare.fact} = {value}"
                for name in classes_of(plan, row)[:1]:
                    levels = possible_levels(plan, settled(plan, facts), event_class=name)
                    assert by_hand(plan, world, name) in levels
                    assert len(levels) == 1 or any(
                        fact.open and fact.type == "choice" for fact in tables.space.facts.values()
                    )


@pytest.mark.parametrize(("plan", "row"), ROWS)
def test_every_row_true_false_and_unknown(plan: Plan, row: LevelRow) -> None:
    tables = tables_of(plan)
    base: dict[str, Any] = {"plan": plan, "event_levels": frozenset(), "undetermined": True}
    base["event_class"] = classes_of(plan, row)[0]
    met = facts_meeting(tables, row.when, "")
    failed = facts_meeting(tables, row.when, "", wanted=False)
    assert truth(row.when, Environment(facts=settled(plan, met), **base)) is Truth.TRUE
    assert truth(row.when, Environment(facts=settled(plan, failed), **base)) is Truth.FALSE
    raised = frozenset(tables.space.facts)
    assert truth(row.when, Environment(facts={}, raised=raised, **base)) is Truth.POSSIBLE


@pytest.mark.parametrize(("plan", "row"), ROWS)
def test_more_harm_never_lowers_the_level(plan: Plan, row: LevelRow) -> None:
    tables = tables_of(plan)
    numbers = sorted({n + d for c in every_compare(plan) for n in bounds(c) for d in (-1, 0, 1) if n + d >= 0} | {0})
    start = settled(plan, facts_meeting(tables, row.when, ""))
    name = classes_of(plan, row)[0]
    for fact in CASUALTIES:
        before = -1
        for number in [int(n) for n in numbers if n < 200]:
            levels = possible_levels(plan, {**start, fact: Interval(number, number)}, event_class=name)
            rank = (BELOW, *plan.event_levels).index(levels[0])
            assert rank >= before, f"{fact} {number}: {levels}"
            before = rank


def every_compare(plan: Plan) -> list[Compare]:
    return [leaf for row in (plan.levels.rows if plan.levels else ()) for leaf in leaves(row.when)]


def bounds(compare: Compare) -> list[float]:
    return [bound for bound in (compare.lt, compare.le, compare.gt, compare.ge) if bound is not None]


@st.composite
def reports(draw: Any) -> tuple[Plan, str | None, dict[str, FactValue], dict[str, FactValue]]:
    """A graded plan, a class, some of the facts, and more of them."""
    plan = draw(st.sampled_from(list(GRADED.values())))
    facts = merge_facts(plan.facts)
    name = draw(st.sampled_from([item.id for item in plan.classes] or [None]))
    world: dict[str, FactValue] = {}
    for fact in draw(st.lists(st.sampled_from(list(facts)), max_size=7, unique=True)):
        kind = facts[fact].type
        if kind in ("count", "number"):
            number = draw(st.sampled_from([0, 1, 2, 3, 5, 9, 10, 29, 30, 31, 49, 50, 99, 100]))
            world[fact] = Interval(number, number)
        else:
            options: list[str | bool] = [choice.id for choice in facts[fact].choices] or [True, False]
            world[fact] = Options(frozenset([draw(st.sampled_from(options))]))
    first = draw(st.sets(st.sampled_from(sorted(world)))) if world else set()
    return plan, name, {fact: world[fact] for fact in first}, world


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(reports())
def test_learning_more_never_adds_a_level(
    case: tuple[Plan, str | None, dict[str, FactValue], dict[str, FactValue]],
) -> None:
    plan, name, some, more = case
    space = tables_of(plan).space
    # A closed fact becomes open when it is raised; then it is known, and only that may narrow.
    raised = frozenset(more)
    if not space.box(more)[1] and not space.box(some, raised)[1]:
        before = possible_levels(plan, some, event_class=name, raised=raised)
        after = possible_levels(plan, more, event_class=name, raised=raised)
        assert set(after) <= set(before)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(reports(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(
    case: tuple[Plan, str | None, dict[str, FactValue], dict[str, FactValue]], random: Any
) -> None:
    plan, name, some, _ = case
    assert plan.levels is not None
    shuffled = list(plan.levels.rows)
    random.shuffle(shuffled)
    other = plan.model_copy(update={"levels": plan.levels.model_copy(update={"rows": tuple(shuffled)})})
    assert possible_levels(plan, some, event_class=name) == possible_levels(other, some, event_class=name)


def mutants(expression: Expression) -> Iterator[tuple[str, Expression]]:
    """Every way to shift one bound by one."""
    if isinstance(expression, Compare):
        for name in ("lt", "le", "gt", "ge"):
            bound = getattr(expression, name)
            for step in () if bound is None else (-1, 1):
                yield (
                    f"{expression.fact} {name} {bound + step}",
                    dataclasses.replace(expression, **{name: bound + step}),
                )
    elif isinstance(expression, Not):
        for words, part in mutants(expression.part):
            yield words, Not(part=part)
    elif isinstance(expression, All | AnyOf):
        for index, part in enumerate(expression.parts):
            for words, other in mutants(part):
                parts = (*expression.parts[:index], other, *expression.parts[index + 1 :])
                yield words, dataclasses.replace(expression, parts=parts)


def told(plan: Plan, *, tables: bool) -> set[tuple[str, str, str]]:
    """What lint's checks of evidence, or of tables, find; without the readings that it only lists."""
    report = Report(plan=plan, document=None)
    if tables:
        check_tables(report, Tables(plan))
    else:
        check_evidence(report, Space(plan))
    return {(f.rule, f.clause, f.message) for f in report.findings}


def shifted_rows(plan: Plan) -> Iterator[tuple[str, Plan]]:
    for index, row in enumerate(plan.levels.rows if plan.levels else ()):
        for words, when in mutants(row.when):
            rows = list(plan.levels.rows)  # type: ignore[union-attr]
            rows[index] = row.model_copy(update={"when": when})
            table = plan.levels.model_copy(update={"rows": tuple(rows)})  # type: ignore[union-attr]
            yield f"{row.id}: {words}", plan.model_copy(update={"levels": table})
    for number, response in enumerate(plan.responses):
        for index, condition in enumerate(response.conditions):
            for words, when in mutants(condition.when):
                conditions = list(response.conditions)
                conditions[index] = condition.model_copy(update={"when": when})
                responses = list(plan.responses)
                responses[number] = response.model_copy(update={"conditions": tuple(conditions)})
                yield f"{condition.clause}: {words}", plan.model_copy(update={"responses": tuple(responses)})


@pytest.mark.parametrize("name", PLANS)
def test_a_bound_shifted_by_one_is_noticed(name: str) -> None:
    plan = PLANS[name]
    evidence, tables = told(plan, tables=False), told(plan, tables=True)
    unnoticed = [
        words
        for words, other in shifted_rows(plan)
        if not told(other, tables=False) - evidence and not told(other, tables=True) - tables
    ]
    assert unnoticed == []


@pytest.mark.parametrize("name", PLANS)
def test_a_shifted_clock_is_noticed(name: str) -> None:
    plan = PLANS[name]
    before = told(plan, tables=False)
    for index, rule in enumerate(plan.obligations):
        for key in ("within", "every"):
            span = getattr(rule.clock, key)
            if span and rule.evidence and not rule.local:
                rules = list(plan.obligations)
                rules[index] = rule.model_copy(update={"clock": rule.clock.model_copy(update={key: span * 2})})
                assert told(plan.model_copy(update={"obligations": tuple(rules)}), tables=False) - before, rule.id


@pytest.mark.parametrize("name", PLANS)
def test_lint_finds_no_error(name: str) -> None:
    assert [finding for finding in lint(PLANS[name]) if finding.severity == "error"] == []
