"""The engine against brute force: on a small grid both find the same levels, whatever the table and the facts."""

from __future__ import annotations

import math
from typing import Any

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from plans.classify import classify, possible_levels
from plans.classify.ask import inquiries
from plans.classify.outcome import Outcome, tables_of
from plans.logic import NONE
from plans.logic.search import Reach, Search
from plans.model import BELOW, Plan
from plans.values import UNKNOWN, FactValue, Interval, Options
from tests.plans.worlds import Grid, oracle, rows, small_plan, worlds

LEVELS = ["一般", "较大", "重大"]
GRID: Grid = {
    "x": [0, 1, 2, 3, 4, 5, 6],  # what it bounds may be a sum of two
    "y": [0, 1, 2, 3],
    "t": [0, 1, 2, 3],
    "c": [0, 1, 2, 3, 4, 5, 6],
    "n": [0, 0.5, 1, 1.25, 1.5, 1.75, 2, 2.5, 3],
}

FACTS: dict[str, dict[str, Any]] = {
    "x": {"label": "甲", "open": True},
    "y": {"label": "乙", "open": True},
    "t": {"label": "合计", "open": True, "includes": ["y"]},
    "c": {"label": "闭", "open": False},
    "n": {"label": "比例", "type": "number", "unit": "%", "open": True},
    "f": {"label": "旗", "type": "flag"},
    "g": {"label": "开旗", "type": "flag", "open": True},
    "k": {"label": "选", "type": "choice", "open": True, "choices": [{"id": i, "label": i} for i in "abc"]},
}
COUNTS = ["x", "y", "t", "c"]

operators = st.sampled_from(["lt", "le", "gt", "ge"])
compares = st.builds(
    lambda name, op, number: {name: {op: number}}, st.sampled_from(COUNTS), operators, st.integers(0, 2)
)
ranges = st.builds(lambda name, a, b: {name: {"ge": min(a, b), "le": max(a, b)}}, st.sampled_from(COUNTS),
                   st.integers(0, 2), st.integers(0, 2))  # fmt: skip
fractions = st.builds(lambda op, number: {"n": {op: number}}, operators, st.sampled_from([0, 1, 1.5, 2]))
options = st.sampled_from([{"f": True}, {"f": False}, {"g": True}, {"k": "a"}, {"k": ["a", "b"]}])
atoms = st.one_of(compares, ranges, fractions, options)
conditions = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.builds(lambda parts: {"all": parts}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda parts: {"any": parts}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda part: {"not": part}, inner),
    ),
    max_leaves=4,
)
tables = st.lists(st.tuples(st.sampled_from(LEVELS), conditions), min_size=1, max_size=4)
constraints = st.lists(
    st.sampled_from([("x", "y"), ("y", "x"), ("x", "t"), ("t", "x"), ("y", "c"), ("x", "c")]), max_size=2, unique=True
)


def used(*parts: Any) -> set[str]:
    text = repr(parts)
    return {name for name in FACTS if f"'{name}'" in text}


@st.composite
def known_facts(draw: Any) -> dict[str, FactValue]:
    facts: dict[str, FactValue] = {}
    for name in draw(st.lists(st.sampled_from([*COUNTS, "n"]), max_size=3, unique=True)):
        low, high = sorted((draw(st.integers(0, 3)), draw(st.integers(0, 3))))
        facts[name] = draw(st.sampled_from([Interval(low, low), Interval(low, high), Interval(low, None), UNKNOWN]))
    if draw(st.booleans()):
        facts["f"] = draw(st.sampled_from([Options(frozenset([True])), Options(frozenset([False])), UNKNOWN]))
    if draw(st.booleans()):
        facts["k"] = Options(draw(st.frozensets(st.sampled_from("abc"), min_size=1)))
    return facts


def make(table: list[Any], orders: list[tuple[str, str]], **more: Any) -> tuple[Plan, list[str]]:
    names = used(table, orders, more)
    names |= {"y"} if "t" in names else set()
    plan = small_plan(
        facts=FACTS,
        event_levels=LEVELS,
        levels=rows(*table),
        constraints=[{"smaller": smaller, "larger": larger} for smaller, larger in orders],
        **more,
    )
    return plan, sorted(names)


@settings(max_examples=100)
@given(tables, constraints, known_facts())
@example([("重大", {"t": {"ge": 2}}), ("一般", {"not": {"n": {"gt": 1.5}}})], [("t", "x")], {"x": Interval(1, 1)})
def test_possible_levels_are_exactly_what_some_world_gives(table, orders, known) -> None:
    plan, names = make(table, orders)
    assume(any(True for _ in worlds(plan, names, known, GRID)))
    answer = oracle(plan, names, known, GRID)
    assert set(possible_levels(plan, known)) == answer.events


responses = st.lists(
    st.tuples(
        st.sampled_from(["Ⅰ", "Ⅱ", "Ⅲ"]),
        st.one_of(
            conditions,
            st.builds(lambda levels: {"event_level": levels}, st.lists(st.sampled_from([*LEVELS, BELOW]), min_size=1)),
            st.just({"undetermined": True}),
            st.builds(lambda part, level: {"all": [{"event_level": level}, part]}, conditions, st.sampled_from(LEVELS)),
        ),
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda pair: pair[0],
)


@settings(max_examples=100)
@given(tables, responses, known_facts())
def test_possible_responses_go_with_the_level_of_the_same_world(table, starts, known) -> None:
    plan, names = make(
        table,
        [],
        responses=[
            {"level": level, "clause": "4", "conditions": [{"clause": "4(1)", "text": "条件", "when": when}],
             "declared_by": ["commander"]}
            for level, when in starts
        ],
    )  # fmt: skip
    answer = oracle(plan, names, known, GRID)
    assessment = classify(plan, known)
    assert set(assessment.possible_event_levels) == answer.events
    assert set(assessment.possible_response_levels) == answer.responses
    assert assessment.no_response_possible == answer.no_response


@settings(max_examples=100)
@given(tables, constraints, known_facts(), st.data())
def test_resolving_an_unknown_never_adds_a_level(table, orders, known, data) -> None:
    plan, names = make(table, orders)
    possible = list(worlds(plan, names, known, GRID))
    assume(possible)
    world = data.draw(st.sampled_from(possible))
    before = set(possible_levels(plan, known))
    for name in data.draw(st.permutations(names)):
        value = world[name]
        if value is None:
            continue
        known = {**known, name: Interval(value, value) if isinstance(value, int | float) and not isinstance(value, bool)
                 else Options(frozenset([value]))}  # fmt: skip
        after = set(possible_levels(plan, known))
        assert after <= before
        before = after
    assert len(before) == 1


@settings(max_examples=60)
@given(tables, known_facts(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(table, known, random) -> None:
    plan, _ = make(table, [])
    shuffled = table[:]
    random.shuffle(shuffled)
    again, _ = make(shuffled, [])
    assert possible_levels(plan, known) == possible_levels(again, known)


@settings(max_examples=60)
@given(tables, known_facts())
@example([("重大", {"any": [{"all": [{"g": True}, {"k": "a"}]}, {"all": [{"g": False}, {"k": ["b", "c"]}]}]})], {})
def test_while_the_level_is_open_there_is_something_to_ask(table, known) -> None:
    plan, _ = make(table, [])
    assessment = classify(plan, known)
    narrowing = [question for question in assessment.ask if question.narrows]
    if len(assessment.possible_event_levels) == 1:
        assert narrowing == []
    else:
        assert narrowing, assessment.possible_event_levels


@settings(max_examples=50)
@given(tables, constraints, st.lists(known_facts(), min_size=2, max_size=4))
def test_what_was_found_for_one_incident_misleads_no_other(table, orders, incidents) -> None:
    plan, names = make(table, orders)
    for known in incidents:
        answer = oracle(plan, names, known, GRID).events
        if answer:  # no world is left where facts contradict an order, which then does not bind
            assert set(possible_levels(plan, known)) == answer


@settings(max_examples=120)
@given(tables, constraints, st.lists(known_facts(), min_size=1, max_size=2))
def test_an_answer_leaves_what_classifying_with_it_leaves(table, orders, incidents) -> None:
    plan, _ = make(table, orders)
    tables_ = tables_of(plan)

    def assess(part: Reach) -> Outcome:
        return tables_.outcome_in(part, (NONE,))

    for known in incidents:
        box, contradictions = tables_.space.box(known)
        assume(not contradictions)
        search = Search(tables_.cells, box)
        for inquiry in inquiries(tables_.scope((NONE,)), search, assess(search), assess):
            fact = tables_.space.facts[inquiry.fact]
            for answer in inquiry.answers:
                value: FactValue = Interval(answer.low, None if answer.high == math.inf else answer.high)
                if fact.type in ("flag", "choice"):
                    value = Options(frozenset([{"是": True, "否": False}.get(answer.text, answer.text)]))
                narrowed, strange = tables_.space.box({**known, inquiry.fact: value})
                assert not strange, "an answer that cannot be is not offered"
                assert answer.outcome == tables_.outcome(narrowed, (NONE,)), (inquiry.fact, answer)
