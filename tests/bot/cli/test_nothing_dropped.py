"""``plans show`` drops nothing: the loaded model against what is printed, field by field, for every plan."""

import re
from typing import Any

import pytest

from bot.cli.plan_json import plan_whole
from bot.cli.plan_rest import leaves
from bot.cli.plan_tables import page
from bot.cli.table import unwrapped
from plans.load import load_all
from plans.model import Plan

PLANS = load_all()
EVERY = pytest.mark.parametrize("plan", PLANS.values(), ids=list(PLANS))
MACHINE = {"hash", "path", "schema"}


def contained(value: Any, shown: Any, where: str) -> None:
    """Every field of a statement is in what is shown of it, under its own name or as its detail."""
    if isinstance(value, dict):
        assert isinstance(shown, dict), where
        for key, inner in value.items():
            if where == "" and key in MACHINE:
                continue
            assert key in shown or f"{key}_detail" in shown, f"{where}.{key}"
            options = [shown[name] for name in (key, f"{key}_detail") if name in shown]
            if inner in options:
                continue
            contained(inner, options[-1], f"{where}.{key}")
    elif isinstance(value, list):
        assert isinstance(shown, list) and len(shown) == len(value), where
        for number, (inner, other) in enumerate(zip(value, shown, strict=True)):
            if inner != other:
                contained(inner, other, f"{where}[{number}]")
    else:
        assert value == shown, where


@EVERY
def test_the_machines_answer_holds_every_field(plan: Plan):
    whole = plan.model_dump(mode="json", by_alias=True, exclude_unset=True, exclude={"hash", "path"})
    shown = plan_whole(plan)
    levels, facts, clauses = whole.pop("levels", None), whole.pop("facts", {}), whole.pop("clauses", {})
    contained(whole | {"jurisdiction": None}, shown | {"jurisdiction": None}, "")
    assert shown["jurisdiction_detail"].items() >= whole["jurisdiction"].items()
    for name, fact in facts.items():
        contained(fact, next(item for item in shown["facts"] if item["id"] == name), f"facts.{name}")
    for number, clause in clauses.items():
        printed = next(item for item in shown["clauses"] if item["id"] == number)
        assert all(printed[key] == value for key, value in clause.items() if value)
    for row in (levels or {}).get("rows", []):
        contained(row, next(item for item in shown["levels"] if item["id"] == row["id"]), f"levels.{row['id']}")
    for key, value in (levels or {}).items():
        assert key == "rows" or shown["level_table"][key] == value


@EVERY
def test_the_page_holds_every_value(plan: Plan):
    with unwrapped():
        text = re.sub(r"\s+", "", "".join(page(plan)))
    whole = plan.model_dump(mode="json", by_alias=True, exclude_unset=True, exclude={"hash", "path"})
    for where, key, value in leaves(whole):
        if key not in MACHINE and value not in (None, "") and not re.fullmatch(r"P[0-9YMDTHS]+", str(value)):
            said = re.sub(r"\s+", "", str(value))
            assert said in text or f"{key}={said}" in text, (where, key, value)


def test_what_was_seen_to_be_lost():
    shanting = plan_whole(PLANS["shanting-overall"])
    assert {item["category"] for item in shanting["classes"]} == {
        "自然灾害",
        "事故灾难",
        "公共卫生事件",
        "社会安全事件",
    }
    campus = plan_whole(PLANS["jincheng-chengqu-campus"])
    assert any(unit["rung_at"] for unit in campus["units"])
    assert any(line["label"] for unit in campus["units"] for line in unit.get("lines_detail", []))
    assert any(item["reading"] for item in campus["obligations"])


def test_the_plans_say_what_their_sources_say():
    transit, shanting = PLANS["jincheng-transit"], PLANS["shanting-overall"]
    command = next(item for item in transit.on_site if item.clause == "2.5")
    assert "Ⅰ级、Ⅱ级" in command.when
    watching = next(group for group in shanting.groups if group.name == "灾害监测组")
    assert watching.members
    for warning in shanting.warnings:
        said = "；".join(warning.measures)
        assert "咨询电话" in said and "建议和劝告" in said
