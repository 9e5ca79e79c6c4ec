"""The worked example of docs/add-a-plan.md is true: it loads, lints, fits the schema, and its scenario happens."""

import asyncio
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.simulate import read_scenario, simulate
from plans.classify import classify
from plans.lint import lint
from plans.load import load
from plans.values import Interval

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "add-a-plan.md"
TEXT = GUIDE.read_text("utf-8")
EXAMPLE, SCENARIO = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)


@pytest.fixture
def files(tmp_path):
    (tmp_path / "my-plan.yaml").write_text(EXAMPLE, "utf-8")
    (tmp_path / "my-scenario.yaml").write_text(SCENARIO, "utf-8")
    return tmp_path


def test_the_example_lints_without_an_error_or_a_warning(files):
    plan = load(files / "my-plan.yaml")
    found = lint(plan, today=date(2030, 6, 1))
    assert [item for item in found if item.severity in ("error", "warning")] == []


def test_the_scenario_happens_as_it_expects(files):
    result = asyncio.run(simulate(read_scenario(files / "my-scenario.yaml")))
    assert result["failures"] == []
    assert result["incident"]["plan"] == "pool-guide"


def test_what_the_guide_says_of_it_is_so(files):
    plan = load(files / "my-plan.yaml")
    one = classify(plan, {"deaths": Interval(1, 1)})
    assert (one.event_level, one.response_level) == ("一般", "Ⅲ")
    between = classify(plan, {"deaths": Interval(2, 4)})
    assert between.possible_event_levels == ("一般", "较大")
    assert between.ask[0].fact == "deaths"


def test_the_commands_it_names_exist():
    import typer

    from bot.cli.application import application

    command: Any = typer.main.get_command(application())
    named = re.findall(r"tocsin (plans \w+|\w+)", TEXT)
    known = {"simulate", "classify", *(f"plans {name}" for name in command.commands["plans"].commands)}
    assert named
    assert set(named) <= known


@pytest.mark.parametrize("part", ["levels", "responses", "obligations", "forms", "units", "roles", "bounds"])
def test_every_part_of_the_table_is_in_the_example(part):
    assert f"| `{part}` |" in TEXT
    assert f"\n{part}:" in EXAMPLE
