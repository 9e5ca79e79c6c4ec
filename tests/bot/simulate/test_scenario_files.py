"""Every scenario file of every plan happens as it expects."""

import asyncio
import re
from collections import Counter
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bot.simulate import read_scenario, simulate
from bot.simulate.run import _Play
from plans.incident.case import Outcome
from plans.incident.state import Incident
from plans.load import load_all
from plans.model import Plan
from tests.bot.cli import shapes
from tests.bot.render.record import agrees

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
FILES = sorted(SCENARIOS.glob("*/*.yaml"))
scenario_of = cache(read_scenario)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_it_happens_as_expected_and_the_export_agrees_with_the_log(path, monkeypatch):
    scenario = scenario_of(path)
    seen: dict[str, tuple[Plan, Incident, datetime]] = {}
    observe = _Play.observe

    def watch(self: Any, plan: Plan, outcome: Outcome, told: Any, now: datetime) -> None:
        seen[outcome.after.stream] = (plan, outcome.after, now)
        observe(self, plan, outcome, told, now)

    monkeypatch.setattr(_Play, "observe", watch)
    result = asyncio.run(simulate(scenario))
    assert result["failures"] == []
    for plan, incident, now in seen.values():
        agrees(plan, incident, now + incident.offset)
    shapes.holds(result, shapes.SIMULATION)
    shapes.holds(result["incidents"], [shapes.INCIDENT])


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_its_author_can_read_it(path):
    text, scenario = path.read_text("utf-8"), scenario_of(path)
    assert scenario.plan == path.parent.name, "a scenario stands in the folder of its plan"
    assert text.startswith("# "), "it begins with what it shows"
    assert scenario.title
    assert re.fullmatch(r"[a-z0-9-]+", path.stem), "it is named by what it shows"
    assert scenario.expect.model_fields_set, "it says what it expects"
    checked = [scenario.expect, *(step.expect for step in scenario.steps if step.expect)]
    looked_at = {"statuses", "happens", "possible_event_levels", "possible_response_levels", "refused", "due"}
    assert any(expect.model_fields_set & looked_at for expect in checked)
    assert not re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)", text)


def test_there_are_enough_of_every_plan():
    count = Counter(path.parent.name for path in FILES)
    assert set(count) == set(load_all())
    assert count["jincheng-chengqu-campus"] >= 10
    assert min(count.values()) >= 5


def test_the_files_use_every_step_that_there_is():
    used = {step.do for path in FILES for step in scenario_of(path).steps}
    assert {
        "report",
        "verify",
        "judge",
        "undetermined",
        "declare",
        "adjust",
        "end",
        "ack",
        "file",
        "update",
        "oral",
        "request",
        "reject",
        "merge",
        "reopen",
        "takeover",
        "undo",
        "correct",
        "waive",
        "resolve",
        "close",
        "expect",
    } <= used
    actors = {step.actor.split(":")[0] for path in FILES for step in scenario_of(path).steps}
    assert {"school", "duty", "director", "deputy", "commander", "admin", "outsider", "unit", "role"} <= actors
