"""Conditions: what holds surely, never or possibly; sums, orders and what does not apply."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plans.logic import Environment, FactError, Truth, space_of, truth
from plans.logic.linear import feasible, inequality
from plans.model import Plan
from plans.model.condition import parse
from plans.values import parse as value
from tests.plans.worlds import small_plan

FACTS: dict[str, Any] = {
    "deaths": {"includes": ["missing"]},
    "share": {"label": "比例", "type": "number", "unit": "%", "at_most": 100},
    "gas": {"label": "泄漏", "type": "flag", "raised_by": ["ill"]},
    "place": {
        "label": "地点",
        "type": "choice",
        "choices": [{"id": "in", "label": "内"}, {"id": "out", "label": "外"}],
    },
}


def plan_of_facts(**more: Any) -> Plan:
    return small_plan(facts=FACTS, classes=[{"id": "a", "name": "甲"}, {"id": "b", "name": "乙"}], **more)


PLAN = plan_of_facts()


def judge(condition: dict[str, Any], facts: dict[str, Any] | None = None, **more: Any) -> Truth:
    known = {name: value(data) for name, data in (facts or {}).items()}
    settings: dict[str, Any] = {"event_levels": frozenset(["一般"]), "undetermined": False, **more}
    return truth(parse(condition), Environment(plan=PLAN, facts=known, **settings))


@pytest.mark.parametrize(
    ("condition", "facts", "expected"),
    [
        ({"injuries": {"ge": 3}}, {}, Truth.POSSIBLE),
        ({"injuries": {"ge": 3}}, {"injuries": 3}, Truth.TRUE),
        ({"injuries": {"ge": 3}}, {"injuries": 2}, Truth.FALSE),
        ({"injuries": {"ge": 3}}, {"injuries": {"at_least": 1, "at_most": 3}}, Truth.POSSIBLE),
        ({"injuries": {"gt": 3}}, {"injuries": {"at_least": 4}}, Truth.TRUE),
        ({"injuries": {"ge": 0}}, {}, Truth.TRUE),
        # the missing count as dead
        ({"deaths": {"ge": 5}}, {"deaths": 2, "missing": 3}, Truth.TRUE),
        ({"deaths": {"ge": 5}}, {"deaths": 2}, Truth.POSSIBLE),
        ({"deaths": {"le": 1}}, {"deaths": 2}, Truth.FALSE),
        # the seriously injured are among the injured
        ({"serious_injuries": {"ge": 5}}, {"injuries": 4}, Truth.FALSE),
        ({"injuries": {"ge": 5}}, {"serious_injuries": 5}, Truth.TRUE),
        ({"deaths": {"ge": 5}}, {"endangered": 4}, Truth.FALSE),
        # counts are whole, shares are not
        ({"all": [{"injuries": {"gt": 2}}, {"injuries": {"lt": 3}}]}, {}, Truth.FALSE),
        ({"all": [{"share": {"gt": 2}}, {"share": {"lt": 3}}]}, {"share": None}, Truth.POSSIBLE),
        ({"share": {"gt": 100}}, {"share": None}, Truth.FALSE),
        ({"share": {"ge": 59.5}}, {"share": 59.5}, Truth.TRUE),
        ({"share": {"gt": 59.5}}, {"share": 59.5}, Truth.FALSE),
        # what nobody raised does not apply, whichever way the comparison points
        ({"share": {"ge": 1}}, {}, Truth.FALSE),
        ({"share": {"le": 1}}, {}, Truth.FALSE),
        ({"not": {"share": {"ge": 1}}}, {}, Truth.TRUE),
        ({"gas": True}, {}, Truth.FALSE),
        ({"gas": False}, {}, Truth.TRUE),
        ({"place": "in"}, {}, Truth.FALSE),
        ({"not": {"place": "in"}}, {}, Truth.TRUE),
        ({"gas": True}, {"gas": None}, Truth.POSSIBLE),
        ({"place": "in"}, {"place": ["in", "out"]}, Truth.POSSIBLE),
        ({"place": ["in", "out"]}, {"place": None}, Truth.TRUE),
        # another fact raises a closed one
        ({"gas": True}, {"ill": 3}, Truth.POSSIBLE),
        ({"gas": True}, {"ill": 0}, Truth.FALSE),
        # together, not part by part
        ({"any": [{"injuries": {"ge": 3}}, {"injuries": {"lt": 3}}]}, {}, Truth.TRUE),
        ({"all": [{"gas": True}, {"gas": False}]}, {"gas": None}, Truth.FALSE),
        ({"not": {"any": [{"injuries": {"ge": 3}}, {"gas": True}]}}, {"injuries": 3}, Truth.FALSE),
    ],
)
def test_conditions(condition: dict[str, Any], facts: dict[str, Any], expected: Truth) -> None:
    assert judge(condition, facts) is expected


@pytest.mark.parametrize(
    ("condition", "settings", "expected"),
    [
        ({"event_level": "一般"}, {}, Truth.TRUE),
        ({"event_level": ["较大", "重大"]}, {"event_levels": frozenset(["一般", "较大"])}, Truth.POSSIBLE),
        ({"any": [{"event_level": "较大"}, {"undetermined": True}]},
         {"event_levels": frozenset(["一般", "较大"]), "undetermined": True}, Truth.TRUE),
        ({"event_level": "一般", "undetermined": False}, {"undetermined": True}, Truth.FALSE),
        ({"event_level": "一般"}, {"event_levels": frozenset()}, Truth.FALSE),
        ({"not": {"event_level": "一般"}}, {"event_levels": frozenset()}, Truth.TRUE),
        ({"event_level": "未达标准"}, {"event_levels": frozenset(["未达标准"])}, Truth.TRUE),
        ({"response_level": "Ⅰ"}, {}, Truth.FALSE),
        ({"event_class": "a"}, {}, Truth.POSSIBLE),
        ({"event_class": "a"}, {"event_class": "a"}, Truth.TRUE),
        ({"event_class": ["a", "b"]}, {}, Truth.TRUE),
        ({"drill": True}, {"drill": True}, Truth.TRUE),
        ({"drill": True}, {}, Truth.FALSE),
    ],
)  # fmt: skip
def test_reserved_names(condition: dict[str, Any], settings: dict[str, Any], expected: Truth) -> None:
    assert judge(condition, {}, **settings) is expected


def test_a_declared_response_is_seen() -> None:
    plan = plan_of_facts(
        responses=[{"level": "Ⅱ", "clause": "4", "declared_by": ["commander"]}],
    )
    env = Environment(plan=plan, facts={}, event_levels=frozenset(), undetermined=True, response_level="Ⅱ")
    assert truth(parse({"response_level": "Ⅱ"}), env) is Truth.TRUE
    assert truth(None, env) is Truth.TRUE


def test_what_the_incident_raised_is_open() -> None:
    env = Environment(
        plan=PLAN, facts={}, event_levels=frozenset(), undetermined=True, raised=frozenset(["share", "gas"])
    )
    assert truth(parse({"share": {"ge": 60}}), env) is Truth.POSSIBLE
    assert truth(parse({"gas": True}), env) is Truth.POSSIBLE


def test_facts_that_contradict_each_other_are_named_and_do_not_bind() -> None:
    box, contradictions = space_of(PLAN).box({"serious_injuries": value(5), "injuries": value(3)})
    assert contradictions == ["所报重伤多于受伤"]
    assert box.consistent()
    assert judge({"serious_injuries": {"ge": 5}}, {"serious_injuries": 5, "injuries": 3}) is Truth.TRUE
    assert judge({"injuries": {"le": 3}}, {"serious_injuries": 5, "injuries": 3}) is Truth.TRUE


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"deths": 3}, "没有事实 deths"),
        ({"deaths": -1}, "从0起的整数"),
        ({"deaths": 2.5}, "从0起的整数"),
        ({"deaths": True}, "是数"),
        ({"share": 101}, "从0到100的数"),
        ({"gas": 3}, "true"),
        ({"place": "roof"}, "in、out"),
    ],
)
def test_impossible_facts_are_refused_in_words(facts: dict[str, Any], words: str) -> None:
    with pytest.raises(FactError, match=words) as caught:
        judge({"deaths": {"ge": 1}}, facts)
    assert caught.value.fact in facts


coefficients = st.dictionaries(st.integers(0, 2), st.sampled_from([-1, 1]), min_size=1, max_size=3)
systems = st.lists(st.tuples(coefficients, st.integers(-4, 6)), max_size=6)


@given(systems)
@example([({0: 1, 1: 1}, 3), ({0: -1, 1: -1}, -3), ({0: 1, 1: -1}, 0), ({0: -1}, -1), ({1: 1}, 1)])
def test_elimination_agrees_with_trying_every_value(system: list[tuple[dict[int, int], int]]) -> None:
    bounded = [*system, *(({v: 1}, 7) for v in range(3)), *(({v: -1}, 0) for v in range(3))]
    found = any(
        all(sum(c * point[v] for v, c in row.items()) <= limit for row, limit in bounded)
        for point in itertools.product(range(8), repeat=3)
    )
    # Sums and orders of three variables can, in odd systems, have a real solution and no whole one; never the reverse.
    if found:
        assert feasible(inequality(row, limit) for row, limit in bounded)
    elif all(len(row) < 3 for row, _ in bounded) and not _odd(bounded):
        assert not feasible(inequality(row, limit) for row, limit in bounded)


def _odd(system: list[tuple[dict[int, int], int]]) -> bool:
    """Whether sums and differences of the same pair meet, which is what leaves halves."""
    pairs = [frozenset(row) for row, _ in system if len(row) == 2]
    signs = {pair: {tuple(sorted(row.items())) for row, _ in system if frozenset(row) == pair} for pair in pairs}
    return any(len(kinds) > 1 for kinds in signs.values()) or len(set(pairs)) == 3


def test_a_question_that_branches_without_end_is_answered_carefully() -> None:
    pairs = list(itertools.combinations(range(9), 2))
    facts = {
        f"p{i}": {"type": "choice", "open": True, "choices": [{"id": h, "label": h} for h in "abcdefgh"]}
        for i in range(9)
    }
    apart = {"all": [{"not": {"all": [{f"p{i}": h}, {f"p{j}": h}]}} for i, j in pairs for h in "abcdefgh"]}
    plan = small_plan(facts=facts)
    env = Environment(plan=plan, facts={}, event_levels=frozenset(), undetermined=True)
    # Nine choices among eight cannot all differ, but to find out would take for ever.
    assert truth(parse(apart), env) is Truth.POSSIBLE
