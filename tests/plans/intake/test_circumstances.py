"""Plain sentences about what a plan asks that is no number: believed, denied, left open, or passed over."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from plans.classify import classify
from plans.intake.reading import Reading
from plans.intake.with_plan import facts_of, read_for
from plans.load import plan_facts
from plans.model import Fact
from plans.values import Options, parse
from tests.plans.data.shipped import IDS, plan

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
TABLE = Path(__file__).with_name("circumstances.tsv")


class Row(NamedTuple):
    """A sentence and what must come of one fact of a plan.

    Args:
        want: ``yes``, ``no``, ``open`` (known to be unsettled), ``silent`` (not believed), the id of a choice, or
            ``not:`` and the id of one that is ruled out.
    """

    plan: str
    fact: str
    want: str
    text: str


ROWS = [Row(*line.split("\t")) for line in TABLE.read_text("utf-8").splitlines() if line and not line.startswith("#")]


def asserts(row: Row) -> bool:
    return row.want not in ("no", "open", "silent") and not row.want.startswith("not:")


def fact_of(row: Row) -> Fact:
    return plan_facts(plan(row.plan))[row.fact]


def problem(row: Row) -> str:
    """What is wrong with a row, empty where it is as it should be."""
    reading = read_for(plan(row.plan), row.text, now=NOW)
    facts, raised = facts_of(reading)
    said: Any = facts.get(row.fact)
    open_ = row.fact in raised or fact_of(row).open
    if row.want == "no":
        right = said is False or (said is None and not open_)
    elif row.want == "open":
        right = said is None and open_
    elif row.want == "silent":
        right = said is None
    elif row.want.startswith("not:"):
        right = isinstance(said, list) and row.want[4:] not in said
    else:
        right = said == (True if row.want == "yes" else row.want)
        if right:
            where = reading.circumstances[row.fact].span
            right = row.text[slice(*where)] == reading.circumstances[row.fact].text
            right = right and stays_possible(row, reading)
    judged = [name for name in facts if plan_facts(plan(row.plan))[name].judgement]
    return "" if right and not judged else f"{row}: {said!r}, raised {sorted(raised)}, judged {judged}"


def stays_possible(row: Row, reading: Reading) -> bool:
    """Whether the level that a sentence means is possible by what was read of it."""
    of = plan(row.plan)
    facts, raised = facts_of(reading)
    candidates = tuple(item.name for item in reading.class_candidates)
    known = {name: parse(value) for name, value in facts.items()}
    true = known | {row.fact: Options(frozenset([True if row.want == "yes" else row.want]))}
    found, meant = (
        classify(of, values, candidates=candidates, raised=raised - values.keys()) for values in (known, true)
    )
    events = set(found.possible_event_levels) >= set(meant.possible_event_levels)
    return events and set(found.possible_response_levels) >= set(meant.possible_response_levels)


@pytest.mark.parametrize("name", sorted({row.plan for row in ROWS}))
def test_a_sentence_says_of_a_circumstance_what_it_says_and_no_judgement(name: str) -> None:
    assert not [told for row in ROWS if row.plan == name and (told := problem(row))]


def test_every_circumstance_has_sentences_that_assert_it() -> None:
    asserted = Counter((row.plan, row.fact) for row in ROWS if asserts(row))
    for name in IDS:
        for fact, item in plan(name).facts.items():
            read = item.type in ("flag", "choice") and not item.judgement and not item.not_said
            assert not read or asserted[name, fact] >= 2, (name, fact)
    assert sum(asserted.values()) >= 149
