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
from plans.model import BELOW, Plan
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
CLOCK = time.thread_time
"""Of the processor: what this process waits for while others have the core is no part of an assessment's worst case."""

LOAD = """
import time
from plans.load import load_all
before = time.process_time()
load_all()
print(time.process_time() - before)
"""
NOTE = (
    "the peers find the level; so do we, as the set of all that are possible. The whole assessment is also the"
    " response, the clauses with their evidence, near misses and questions"
)
CASES = (
    "processor time; each class and none; nothing known, six facts raised but unknown, each figure at its bounds and"
    " one above them"
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
        # What is open and not spoken of may be anything to us. A rule engine must be told no, hence so are we.
        stated = {
            fact: parse(plain.get(fact, 0 if item.includes else given[fact]))
            for fact, item in plan_facts(plan).items()
            if (item.open or fact in plain) and given[fact] != ""
        }
        level = partial(possible_levels, plan, stated, event_class=event_class)
        whole = partial(classify, plan, stated, event_class=event_class)
        for peer, against, aim in (
            (RuleTable(flat, BELOW), "rule-engine", Aim(below=1)), (ZenTable(flat, BELOW), "zen-engine", Aim(at_most=3))
        ):  # fmt: skip
            theirs = partial(peer.level, given)
            if level() != (theirs(),):
                raise AssertionError(f"{name}: we say {level()}, {against} says {theirs()}")
            for ours, what, wanted in ((level, "the level", aim), (whole, "the whole assessment", None)):
                mine, others = alternate(run.rounds, partial(_mean, ours, times), partial(_mean, theirs, times))
                yield Line(
                    number="B7", measure=f"{what}, {name}", unit="µs", ours=scaled(mine, 1e6), peer=scaled(others, 1e6),
                    against=against, aim=wanted, note=NOTE,
                )  # fmt: skip
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
    quickest = {number: min(each(case, 3, CLOCK)) for number, case in enumerate(found)}
    chosen = sorted(quickest, key=lambda number: -quickest[number])[: run.size(6, 2)]
    worst: list[tuple[float, str]] = []
    for _ in range(run.rounds):
        timed = [
            (percentile(each(found[number], run.size(400, 100), CLOCK), 0.99), found[number].words) for number in chosen
        ]
        worst.append(max(timed))
    return Line(
        number="B7", measure=f"classify p99, slowest of {len(found)} cases of {plan.id} ({worst[-1][1]})", unit="ms",
        ours=tuple(seconds * 1e3 for seconds, _ in worst), aim=Aim(on="ours", below=1),
        note=f"cases: {CASES}",
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
