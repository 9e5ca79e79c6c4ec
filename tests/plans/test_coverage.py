"""What acts on a clause: what is registered is true of the code, and no clause that is encoded is only kept."""

from __future__ import annotations

import ast
import inspect
import sys
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from bot.cli.plan_coverage import import_acts
from bot.texts import coverage as t
from bot.texts.directory import KINDS
from plans import model
from plans.acting import REGISTERED, Registered
from plans.clauses import parts, place, statements
from plans.coverage import coverage, idle
from plans.lint import lint
from plans.load import load, load_all
from plans.model import Plan

import_acts()

ROOT = Path(__file__).resolve().parents[2]
PLANS = load_all()
TINY = load(Path(__file__).with_name("tiny.yaml"))


def of_program(module: ModuleType) -> bool:
    path = getattr(module, "__file__", None)
    return path is not None and Path(path).is_relative_to(ROOT)


@cache
def read_by(module: ModuleType) -> set[str]:
    """Return the names of the attributes that a module reads."""
    tree = ast.parse(inspect.getsource(module))
    return {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


def near(module: ModuleType) -> list[ModuleType]:
    """Return a module and those of the program that it imports from."""
    tree = ast.parse(inspect.getsource(module))
    names = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}
    return [module, *(found for name in sorted(names) if of_program(found := import_module(name)))]


@pytest.mark.parametrize("item", REGISTERED, ids=lambda item: f"{item.act.kind}-{item.act.name}-{item.by.__name__}")
def test_what_is_registered_reads_what_it_carries_out(item: Registered):
    read = set().union(*(read_by(module) for module in near(sys.modules[item.by.__module__])))
    for part in item.parts:
        name, _, key = part.partition(".")
        kind = getattr(model, name)
        assert not key or key in kind.model_fields, part
        assert ({key} if key else set(kind.model_fields) - {"clause"}) & read, f"{item.by.__module__} reads no {part}"


def test_every_act_has_its_words_and_no_words_are_left_over():
    acts = {(item.act.kind, item.act.name) for item in REGISTERED}
    assert acts == set(t.ACTS)
    assert {kind for kind, _ in acts} <= set(t.KINDS)


@pytest.mark.parametrize("plan", PLANS.values(), ids=lambda plan: plan.id)
def test_every_encoded_clause_is_somewhere_in_its_file(plan: Plan):
    encoding = parts(plan)
    for number, entry in plan.clauses.items():
        assert entry.status != "encoded" or encoding[number], number
        assert all(place(plan, at) for at in entry.at), number


@pytest.mark.parametrize("plan", PLANS.values(), ids=lambda plan: plan.id)
def test_something_acts_on_every_encoded_clause(plan: Plan):
    assert idle(plan) == []


@pytest.mark.parametrize(
    ("at", "found"),
    [
        ("responses/Ⅰ/measures", [4]), ("responses/*/measures", [4, 6, 3]), ("responses/measures", []),
        ("responses/Ⅴ", []), ("forms/首报/elements", [13]), ("on_site/2.5/duties", [6]), ("duties/review", [1]),
        ("roles/commander/title", [1]), ("roles/nobody", []), ("groups", [1] * 7), ("in_force", [1]),
        ("jurisdiction", [1]), ("jurisdiction//name", [1]), ("event_levels", [4]), ("event_levels/一般", []),
        ("warnings/*/lifted_by", [1]), ("nothing", []), ("", []), ("routes", []), ("units/区委/standing_for", []),
    ],
)  # fmt: skip
def test_a_place_of_a_plan_file(at, found):
    campus = PLANS["jincheng-chengqu-campus"]
    sizes = [len(part.value) if isinstance(part.value, tuple) else 1 for part in place(campus, at)]
    assert sizes == found


@pytest.mark.parametrize("plan", PLANS.values(), ids=lambda plan: plan.id)
def test_what_a_clause_page_says_is_chinese(plan: Plan):
    for number in plan.clauses:
        for item in statements(plan, number):
            assert item.kind in KINDS
            assert not item.text or not item.text.split("：")[0].isascii() or item.text[0].isdigit(), item


def test_a_clause_page_says_what_stands_at_its_places():
    campus, shanting = PLANS["jincheng-chengqu-campus"], PLANS["shanting-overall"]
    *others, one = statements(campus, "4.3.1 措施(3)")
    assert [item.kind for item in others] == ["Aid", "Aid"] and others[0].text.startswith("上级指挥部")
    assert (one.kind, one.clause) == ("Response", "4.3.1") and one.text.startswith("Ⅰ：") and one.text.count("；") >= 3
    assert [item.text for item in statements(campus, "7.3")] == ["2025-04-10"]
    assert [item.clause for item in statements(shanting, "附件(3)")] == [f"附件(3){number}" for number in range(1, 7)]
    found = [item.text for item in statements(PLANS["dehui-education-duties"], "七(四)")]
    assert found[0] == "每月至少召开1次：安全稳定形势分析会议"


def test_acts_come_from_what_cites_the_clause():
    acts = {item.clause: {(act.kind, act.name): keys for act, keys in item.acts.items()} for item in coverage(TINY)}
    assert ("clock", "report") in acts["4.1"] and ("reading", "level") in acts["3.1(1)"]
    assert acts["6.1"]["check", "review"] == ("Review",) and acts["6.1"]["duty", "period"] == ("Duty.every",)
    assert ("list", "who") in acts["6.1"] and ("duty", "drill") not in acts["6.1"]
    without = TINY.model_copy(update={"duties": (), "review": None})
    assert "6.1" in idle(without)
    found = [item for item in lint(without, idle=idle(without)) if item.rule == "nothing-acts"]
    assert "6.1" in [item.clause for item in found] and {item.severity for item in found} == {"error"}


def test_a_duty_that_stands_is_no_clock_and_wants_nothing():
    energy = PLANS["jincheng-energy"]
    acts = {item.clause: {(act.kind, act.name) for act in item.acts} for item in coverage(energy)}
    assert not {kind for kind, _ in acts["6.4"]} & {"clock", "duty"} and ("list", "duties") in acts["6.4"]
    assert {("clock", "duty"), ("duty", "settle"), ("duty", "drill")} <= acts["6.3"]
    assert ("call", "units") in acts["2.3(2)"]
