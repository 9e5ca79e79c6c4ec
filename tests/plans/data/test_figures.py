"""Every bound of every table: what holds at it and on both sides, and that no bound could shift unnoticed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from plans.lint import lint
from plans.lint.evidence import check_evidence
from plans.lint.finding import Report
from plans.logic import Space
from plans.model import All, Compare, Expression, LevelTable, Plan, Response
from tests.plans.data.figures import CASES, ENDS, Case
from tests.plans.data.shipped import IDS, assess, level, plan


@pytest.mark.parametrize(("name", "event_class", "facts", "expected"), CASES)
def test_level(name: str, event_class: str | None, facts: dict[str, Any], expected: str) -> None:
    assert level(plan(name), event_class, facts) == expected


@pytest.mark.parametrize(
    ("dead", "missing", "expected"),
    [
        (0, 1, "一般"),
        (1, 0, "一般"),
        (1, 1, "一般"),
        (2, 1, "较大"),
        (3, 0, "较大"),
        (0, 9, "较大"),
        (4, 5, "较大"),
        (5, 5, "重大"),
        (10, 0, "重大"),
        (20, 9, "重大"),
        (29, 0, "重大"),
        (15, 15, "特别重大"),
        (30, 0, "特别重大"),
        (31, 0, "特别重大"),
    ],
)
def test_water_counts_the_missing_as_dead(dead: int, missing: int, expected: str) -> None:
    found = assess(
        plan("jincheng-water-rescue"), "water", {"deaths": dead, "missing": missing, "endangered": dead + missing}
    )
    assert found.event_level == expected


def _compares(expression: Expression) -> Iterator[Compare]:
    if isinstance(expression, Compare):
        yield expression
    elif isinstance(expression, All):
        for part in expression.parts:
            yield from _compares(part)


def _ends(of: Plan) -> dict[tuple[str, str], tuple[str, int, int]]:
    """The rows of a plan that end at a figure, as whole numbers: fact, first and last."""
    found = {}
    for row in of.levels.rows if of.levels else ():
        for compare in _compares(row.when):
            first = compare.ge if compare.ge is not None else None if compare.gt is None else compare.gt + 1
            last = compare.le if compare.le is not None else None if compare.lt is None else compare.lt - 1
            if first is not None and last is not None:
                found[of.id, row.id] = (compare.fact, int(first), int(last))
    return found


def _ends_expected(name: str) -> dict[tuple[str, str], tuple[str, int, int]]:
    return {key: value for key, value in ENDS.items() if key[0] == name}


@pytest.mark.parametrize("name", IDS)
def test_rows_that_end_at_a_figure(name: str) -> None:
    assert _ends(plan(name)) == _ends_expected(name)


def _shifted(data: Any) -> Iterator[tuple[str, str]]:
    """Shift one bound of a level or start condition after another by one, and yield its fact and what was done."""
    spots: list[tuple[str, dict[str, Any], str]] = []

    def collect(value: Any, fact: str = "") -> None:
        if isinstance(value, dict):
            for key, item in value.items():
                if key in ("lt", "le", "gt", "ge") and isinstance(item, int | float):
                    spots.append((fact, value, key))
                else:
                    collect(item, key)
        elif isinstance(value, list):
            for item in value:
                collect(item)

    for row in (data.get("levels") or {}).get("rows", []):
        collect(row["when"])
    for response in data.get("responses", []):
        for condition in response["conditions"]:
            collect(condition["when"])
    for fact, holder, key in spots:
        right = holder[key]
        for step in (-1, 1):
            holder[key] = right + step
            yield fact, f"{fact} {holder}, was {key} {right}"
            holder[key] = right


def _moved(base: Plan, data: Any) -> Plan:
    """The plan with its figures anew; the rest of it is not read again for each of hundreds of bounds."""
    levels = LevelTable.model_validate(data["levels"]) if data.get("levels") else None
    responses = tuple(Response.model_validate(item) for item in data.get("responses", ()))
    return base.model_copy(update={"levels": levels, "responses": responses})


def _told(moved: Plan) -> bool:
    """Whether lint tells of an error; the phrase of the bound most often does."""
    report = Report(plan=moved, document=None)
    check_evidence(report, Space(moved))
    found = [*report.findings] if any(item.severity == "error" for item in report.findings) else lint(moved)
    return any(item.severity == "error" for item in found)


def _tabled(name: str, fact: str) -> list[Case]:
    return [case for case in CASES if case[0] == name and fact in case[2]]


@pytest.mark.parametrize("name", sorted({case[0] for case in CASES}))
def test_a_bound_shifted_by_one_fails_a_case_or_its_evidence(name: str) -> None:
    data = plan(name).model_dump(mode="json", by_alias=True, exclude_unset=True, exclude={"path", "hash"})
    unnoticed = []
    for fact, what in _shifted(data):
        moved = _moved(plan(name), data)
        if any(level(moved, case[1], case[2]) != case[3] for case in _tabled(name, fact)):
            continue
        # An upper bound that reaches into the next level changes no answer; its own table or its phrase tells.
        if _ends(moved) == _ends_expected(name) and not _told(moved):
            unnoticed.append(what)
    assert not unnoticed
