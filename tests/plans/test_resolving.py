"""What resolves an unknown never enlarges what is possible: facts of every kind, over all plans; rows that once did."""

import math
from collections.abc import Mapping

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from plans.classify import classify
from plans.intake.with_plan import facts_of, read_for
from plans.load import load_all
from plans.logic import space_of
from plans.model import All, AnyOf, Compare, Expression, Fact, Not, Plan, merge_facts
from plans.values import FactValue, Interval, Options, Unknown, parse
from tests.factories import START

PLANS = {name: plan for name, plan in load_all().items() if plan.levels or plan.responses}
NUMERIC = ("count", "number")


def bounds(plan: Plan) -> dict[str, list[float]]:
    """Return for each numeric fact the figures at which something changes, and those beside them."""
    found: dict[str, set[float]] = {}

    def walk(expression: Expression) -> None:
        if isinstance(expression, Compare):
            for bound in (expression.lt, expression.le, expression.gt, expression.ge):
                if bound is not None:
                    found.setdefault(expression.fact, {0, 1}).add(bound)
        elif isinstance(expression, All | AnyOf):
            for part in expression.parts:
                walk(part)
        elif isinstance(expression, Not):
            walk(expression.part)

    for row in plan.levels.rows if plan.levels else ():
        walk(row.when)
    for response in plan.responses:
        for condition in response.conditions:
            walk(condition.when)
    return {name: sorted(values) for name, values in found.items()}


BOUNDS = {name: bounds(plan) for name, plan in PLANS.items()}


def amounts(plan: Plan, name: str, fact: Fact) -> st.SearchStrategy[float]:
    step = 1 if fact.type == "count" else 0.5
    near = [value + by for value in BOUNDS[plan.id].get(name, [0, 1, 3, 10]) for by in (-step, 0, step)]
    most = math.inf if fact.at_most is None else fact.at_most
    return st.sampled_from([value for value in near if (fact.at_least or 0) <= value <= most])


def sharp(plan: Plan, name: str, fact: Fact) -> st.SearchStrategy[FactValue]:
    """Values that leave nothing open."""
    if fact.type in NUMERIC:
        return amounts(plan, name, fact).map(lambda value: Interval(value, value))
    options: list[str | bool] = [choice.id for choice in fact.choices] or [True, False]
    return st.sampled_from(options).map(lambda value: Options(frozenset([value])))


def vague(plan: Plan, name: str, fact: Fact) -> st.SearchStrategy[FactValue]:
    """Values that leave something open."""
    if fact.type in NUMERIC:
        pairs = st.tuples(amounts(plan, name, fact), amounts(plan, name, fact)).map(sorted)
        ends = pairs.flatmap(
            lambda pair: st.sampled_from([Interval(*pair), Interval(pair[0], None), Interval(None, pair[1])])
        )
        return st.one_of(st.just(Unknown()), ends)
    if len(fact.choices) > 2:
        some = st.sets(st.sampled_from([choice.id for choice in fact.choices]), min_size=2)
        return st.one_of(st.just(Unknown()), some.map(lambda values: Options(frozenset(values))))
    return st.just(Unknown())


def within(value: FactValue | None, other: FactValue) -> bool:
    """Whether ``other`` is one of what ``value`` allows."""
    if value is None or isinstance(value, Unknown):
        return True
    if isinstance(value, Options):
        return isinstance(other, Options) and other.values <= value.values
    assert isinstance(other, Interval) and other.exact is not None
    return (value.at_least or 0) <= other.exact <= (math.inf if value.at_most is None else value.at_most)


def possible(
    plan: Plan, facts: Mapping[str, FactValue], kind: str | None, raised: frozenset[str], undetermined: bool
) -> tuple[set[str], bool]:
    """Return every event level and response that is possible, and whether the figures contradict each other."""
    found = classify(plan, facts, event_class=kind, raised=raised, undetermined=undetermined)
    nothing = {"no response"} if found.no_response_possible else set()
    return {*found.possible_event_levels, *found.possible_response_levels, *nothing}, bool(found.contradictions)


@settings(max_examples=120, deadline=None)
@given(data=st.data())
@pytest.mark.parametrize("plan", PLANS.values(), ids=list(PLANS))
def test_resolving_an_unknown_never_enlarges_the_possible_set(plan: Plan, data: st.DataObject):
    facts = merge_facts(plan.facts)
    linked = [name for fact in facts.values() for name in fact.raised_by if name in facts]
    names = data.draw(st.lists(st.sampled_from([*facts, *linked]), min_size=1, max_size=5, unique=True))
    kind = data.draw(st.sampled_from([None, *(item.id for item in plan.classes)]))
    undetermined = data.draw(st.booleans())
    known: dict[str, FactValue] = {}
    raised: set[str] = set()
    for name in names:
        how = data.draw(st.sampled_from(["raised", "vague", "sharp"]))
        if how == "raised":
            raised.add(name)
        else:
            known[name] = data.draw((vague if how == "vague" else sharp)(plan, name, facts[name]))
    open_ones = [name for name in names if name in raised or not _sharp(known[name])]
    open_ones += [name for name, fact in facts.items() if fact.open and name not in known]
    assume(open_ones)
    name = data.draw(st.sampled_from(open_ones))
    value = data.draw(sharp(plan, name, facts[name]))
    assume(within(known.get(name), value))
    before, odd = possible(plan, known, kind, frozenset(raised), undetermined)
    after, odder = possible(plan, {**known, name: value}, kind, frozenset(raised), undetermined)
    assume(not odd and not odder)
    assert after <= before, (name, value, known, raised, kind)


def _sharp(value: FactValue) -> bool:
    return not isinstance(value, Unknown) and value.exact is not None


# --- the rows in which it was seen ------------------------------------------------------------------------------------

HEALTH, ENERGY, TRANSIT, WATER = (
    PLANS["jincheng-public-health"],
    PLANS["jincheng-energy"],
    PLANS["jincheng-transit"],
    PLANS["jincheng-water-rescue"],
)
RAISED = [
    # plan, what is raised without a value, what that leaves open, the class
    (HEALTH, "notifiable", "incidence_excess", "infectious"),  # 9.1 较大(4), 重大(5)
    (ENERGY, "city_gas_gap_pct", "gas_cut_days", "gas"),  # 4.2.1(5)
]


@pytest.mark.parametrize(("plan", "raised", "open_one", "kind"), RAISED, ids=[row[1] for row in RAISED])
def test_what_may_be_so_raises_what_hangs_on_it(plan: Plan, raised: str, open_one: str, kind: str):
    assert raised in plan.facts[open_one].raised_by
    said = possible(plan, {}, kind, frozenset({raised}), undetermined=False)[0]
    unknown = possible(plan, {raised: Unknown()}, kind, frozenset(), undetermined=False)[0]
    assert said == unknown
    for value in (0.5, 1, 2, 3, 25, 100):
        sure: FactValue = Options(frozenset([True])) if plan.facts[raised].type == "flag" else Interval(value, value)
        assert possible(plan, {raised: sure}, kind, frozenset(), undetermined=False)[0] <= said


WORDS = [
    (HEALTH, "发现我国尚未发现的传染病1例", "new_disease"),  # 重大(6)
    (HEALTH, "有人隐匿运输烈性生物毒素，2人感染", "smuggled_pathogen"),  # 重大(12)
    (HEALTH, "霍乱在我市市区首次发生", "cholera_first_urban"),  # 较大(3)
    (HEALTH, "某县流感暴发", "incidence_excess"),  # 较大(4)
    (HEALTH, "国家要求实施Ⅰ级公共卫生保障行动", "task_1"),  # 5.2.1(1)
]


@pytest.mark.parametrize(("plan", "text", "fact"), WORDS, ids=[row[2] for row in WORDS])
def test_the_words_of_a_row_raise_its_fact(plan: Plan, text: str, fact: str):
    known, raised = facts_of(read_for(plan, text, now=START))
    assert fact in {*known, *raised}


def test_every_fact_of_a_level_or_start_can_be_raised_by_words_or_persons():
    for plan in PLANS.values():
        for name, fact in merge_facts(plan.facts).items():
            reached = fact.open or fact.judgement or fact.words or fact.raised_by or fact.said_by
            assert reached or name not in BOUNDS[plan.id], (plan.id, name)


SAID = [
    # plan, text, fact, bounds, the levels or responses
    (ENERGY, "输气管道中断超过2天，全市供需缺口25%", "gas_cut_days", (math.nextafter(2, 3), None), {"Ⅱ", "Ⅰ"}),
    (ENERGY, "输气管道中断3天以上，全市供需缺口25%", "gas_cut_days", (3, None), {"Ⅰ"}),
    (ENERGY, "输气管道中断2天多，全市供需缺口25%", "gas_cut_days", (math.nextafter(2, 3), math.nextafter(3, 2)), {"Ⅱ"}),
    (ENERGY, "晋城市近一半用户停电", "users_out_pct", (45, 50), {"Ⅲ", "Ⅱ"}),
    (ENERGY, "晋城市约一半用户停电", "users_out_pct", (40, 60), {"Ⅲ", "Ⅱ"}),
    (ENERGY, "晋城市过半用户停电", "users_out_pct", (math.nextafter(50, 51), 100), {"Ⅱ", "Ⅰ"}),
    (ENERGY, "晋城市一半以上用户停电", "users_out_pct", (50, 100), {"Ⅱ", "Ⅰ"}),
    (ENERGY, "晋城市一半用户停电", "users_out_pct", (50, 50), {"Ⅱ"}),
    (ENERGY, "晋城电网减供负荷近六成", "jincheng_load_shed_pct", (54, 60), {"Ⅱ", "Ⅰ"}),
    (ENERGY, "晋城电网减供负荷60%左右", "jincheng_load_shed_pct", (48, 72), {"Ⅱ", "Ⅰ"}),
    (ENERGY, "晋城电网减供负荷约90%", "jincheng_load_shed_pct", (72, 100), {"Ⅰ"}),
    (ENERGY, "晋城电网减供负荷五十多个百分点", "jincheng_load_shed_pct", (50, math.nextafter(60, 0)), {"Ⅱ"}),
    (
        TRANSIT,
        "全市公交瘫痪超过23小时",
        "paralysis_hours",
        (math.nextafter(23, 24), None),
        {"较大", "重大", "特别重大"},
    ),
    (TRANSIT, "全市公交瘫痪24小时以上", "paralysis_hours", (24, None), {"特别重大"}),
    (TRANSIT, "全市公交瘫痪近24小时", "paralysis_hours", (21.6, 24), {"较大", "重大", "特别重大"}),
]


@pytest.mark.parametrize(("plan", "text", "fact", "span", "levels"), SAID, ids=[row[1] for row in SAID])
def test_what_is_measured_is_an_interval_that_decides_no_more_than_it_says(plan, text, fact, span, levels):
    facts, raised = facts_of(read_for(plan, text, now=START))
    value = parse(facts[fact])
    assert isinstance(value, Interval)
    assert (value.at_least, value.at_most) == span
    kind = "stoppage" if plan is TRANSIT else "gas" if "gas" in fact else "power"
    known = {name: parse(data) for name, data in facts.items()}
    found = classify(plan, known, event_class=kind, raised=raised)
    assert levels == set(found.possible_event_levels or found.possible_response_levels)


@pytest.mark.parametrize("plan", PLANS.values(), ids=list(PLANS))
def test_an_order_of_facts_holds_in_both_directions(plan: Plan):
    """The smaller raises the larger, the larger caps the smaller; where they contradict, neither is lost."""
    space = space_of(plan)
    for smaller, larger in space.order_names:
        if any(space.facts[name].includes for name in (smaller, larger)):
            continue
        few, many = space.own[smaller], space.own[larger]
        box, odd = space.box({smaller: Interval(12, 12), larger: Unknown()})
        assert (box.low[many], odd) == (12, [])
        box, odd = space.box({larger: Interval(5, 5), smaller: Unknown()})
        assert (box.high[few], odd) == (5, [])
        box, odd = space.box({smaller: Interval(12, 12), larger: Interval(0, 5)})
        assert odd and box.high[many] == 12, "what was said roughly gives way: the twelve are not lost"


def test_twelve_missing_are_endangered_whatever_was_said_of_them():
    both: dict[str, FactValue] = {"missing": Interval(12, 12), "endangered": Interval(5, 5)}
    assert possible(WATER, both, "water", frozenset(), undetermined=False)[0] >= {"重大"}
    trapped: dict[str, FactValue] = {"trapped": Interval(12, 12), "endangered": Interval(0, 5)}
    assert "重大" in possible(WATER, trapped, "water", frozenset(), undetermined=False)[0]
    eight: dict[str, FactValue] = {"endangered": Interval(8, 8), "missing": Unknown()}
    assert possible(WATER, eight, "water", frozenset(), undetermined=False)[0] == {"较大", "Ⅱ"}
