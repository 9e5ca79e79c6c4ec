"""B7: classifying by a plan, beside the same table in two rule engines; and how long it takes at worst."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from plans.classify import classify, possible_levels
from plans.classify.scope import compares
from plans.load import load_all, plan_facts
from plans.logic import facts_in
from plans.model import Plan
from plans.values import UNKNOWN, FactValue, parse
from tests.bench.report import Aim, Line
from tests.bench.rounds import Run, alternate, each, percentile, scaled

SAME_TABLE: tuple[tuple[str, str | None, Mapping[str, Any]], ...] = (
    ("jincheng-water-rescue", "water", {"deaths": 4, "missing": 1, "endangered": 12}),
    ("jincheng-transit", "crash", {"deaths": 4, "serious_injuries": 6, "injuries": 12, "endangered": 30}),
    ("jincheng-public-health", "food", {"ill": 35, "deaths": 1, "endangered": 40}),
    ("linan-campus", "health", {"ill": 35, "endangered": 40, "natural_damage": "none"}),
)
"""Plan, class and facts: one clear case for each shipped plan that has a level table."""

UNKNOWNS = 6
LOAD = (
    "import time; from plans.load import load_all; t = time.perf_counter(); load_all(); print(time.perf_counter() - t)"
)


def measure(run: Run) -> Iterator[Line]:
    """Yield the lines of B7."""
    from tests.bench.peers.flat import cases, context
    from tests.bench.peers.rules import RuleTable
    from tests.bench.peers.zen import ZenTable

    plans = load_all()
    times = run.size(400, 50)
    for name, event_class, plain in SAME_TABLE:
        plan = plans[name]
        flat, given = cases(plan, event_class), context(plan, plain)
        # What is open and not spoken of may be anything to us; a rule engine must be told no, so that we are told it too.
        stated = {
            fact: parse(plain.get(fact, 0 if item.includes else given[fact]))
            for fact, item in plan_facts(plan).items()
            if (item.open or fact in plain) and given[fact] != ""
        }
        ours = partial(classify, plan, stated, event_class=event_class)
        expected = ours().event_level
        for peer in (RuleTable(flat, "未达标准"), ZenTable(flat, "未达标准")):
            theirs = partial(peer.level, given)
            if theirs() != expected:
                raise AssertionError(f"{name}: we say {expected}, {type(peer).__name__} says {theirs()}")
            mine, others = alternate(run.rounds, partial(_mean, ours, times), partial(_mean, theirs, times))
            zen = isinstance(peer, ZenTable)
            yield Line(
                number="B7", measure=f"classify {name}, known facts", unit="µs", ours=scaled(mine, 1e6),
                peer=scaled(others, 1e6), against="zen-engine" if zen else "rule-engine",
                aim=Aim(at_most=3) if zen else Aim(below=1),
                note="ours is the whole assessment (levels, response, clauses, near misses, questions); theirs the level",
            )  # fmt: skip
        only, _ = alternate(
            run.rounds,
            partial(_mean, partial(possible_levels, plan, stated, event_class=event_class), times),
            lambda: 0.0,
        )
        yield Line(number="B7", measure=f"only the level, {name}", unit="µs", ours=scaled(only, 1e6))
    loads = [_load() for _ in range(run.rounds)]
    yield Line(
        number="B7",
        measure="load all plans, a new process",
        unit="s",
        ours=tuple(loads),
        aim=Aim(on="ours", at_most=0.3),
    )
    for plan in plans.values():
        yield _slowest(plan, run)


@dataclass(frozen=True)
class _Case:
    """Something to classify."""

    plan: Plan
    event_class: str | None
    facts: Mapping[str, FactValue]
    words: str

    def __call__(self) -> object:
        return classify(self.plan, self.facts, event_class=self.event_class)


def _slowest(plan: Plan, run: Run) -> Line:
    """Find the slowest cases of a plan, then measure these for long; the worst p99 of each round."""
    found = list(_cases(plan))
    for case in found:
        case()
    quickest = {number: min(each(case, 3)) for number, case in enumerate(found)}
    chosen = sorted(quickest, key=lambda number: -quickest[number])[: run.size(6, 2)]
    worst: list[tuple[float, str]] = []
    for _ in range(run.rounds):
        timed = [(percentile(each(found[number], run.size(400, 100)), 0.99), found[number].words) for number in chosen]
        worst.append(max(timed))
    return Line(
        number="B7", measure=f"classify p99, slowest of {len(found)} cases of {plan.id} ({worst[-1][1]})", unit="ms",
        ours=tuple(seconds * 1e3 for seconds, _ in worst), aim=Aim(on="ours", below=1),
        note="cases: each class and none; nothing known, six facts raised but unknown, each figure at and beside its bounds",
    )  # fmt: skip


def _cases(plan: Plan) -> Iterator[_Case]:
    rows = plan.levels.rows if plan.levels else ()
    starts = [condition for response in plan.responses for condition in response.conditions]
    known = plan_facts(plan)
    for name in [None, *(item.id for item in plan.classes)]:
        whens = [row.when for row in rows if not row.classes or name is None or name in row.classes]
        whens += [condition.when for condition in starts]
        mentioned = sorted(frozenset[str]().union(*(facts_in(when) for when in whens))) if whens else []
        words = f"class {name}" if name else "no class"
        yield _Case(plan, name, {}, f"{words}, nothing known")
        numeric = [fact for fact in mentioned if known[fact].type in ("count", "number")]
        others = [fact for fact in mentioned if fact not in numeric]
        six = (numeric + others)[:UNKNOWNS]
        yield _Case(plan, name, dict.fromkeys(six, UNKNOWN), f"{words}, {len(six)} unknown")
        for compare in dict.fromkeys(leaf for when in whens for leaf in compares(when)):
            for bound in (compare.ge, compare.gt, compare.le, compare.lt):
                if bound is not None:
                    for value in (bound, bound + 1):
                        facts = dict.fromkeys(six, UNKNOWN) | {compare.fact: parse(value)}
                        yield _Case(plan, name, {compare.fact: parse(value)}, f"{words}, {compare.fact} {value:g}")
                        yield _Case(plan, name, facts, f"{words}, {compare.fact} {value:g}, {len(six)} unknown")


def _mean(work: partial[Any], times: int) -> float:
    clock = time.perf_counter
    before = clock()
    for _ in range(times):
        work()
    return (clock() - before) / times


def _load() -> float:
    done = subprocess.run([sys.executable, "-c", LOAD], capture_output=True, text=True, check=True)
    return float(done.stdout)
