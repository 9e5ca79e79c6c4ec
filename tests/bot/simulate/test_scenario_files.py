"""Every scenario file of every plan happens as it expects."""

import asyncio
import re
from collections import Counter
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bot.render import View
from bot.simulate import read_scenario, simulate
from bot.simulate.timeline import Timeline
from plans.incident.case import Outcome
from plans.incident.state import Incident
from plans.load import load_all
from plans.model import Plan
from tests.bot.cli import shapes
from tests.bot.render.papers import reports_hold, review_holds
from tests.bot.render.record import agrees
from tests.thorough import THOROUGH

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
FILES = sorted(SCENARIOS.glob("*/*.yaml"))
scenario_of = cache(read_scenario)

YEAR = SCENARIOS / "dehui-education-duties" / "school-year.yaml"
"""Forty schools and ten thousand taps: forty seconds of work, with the long tests alone (``make chaos``)."""

WEEKS = [YEAR.with_stem("first-weeks"), *([YEAR] if THOROUGH else [])]

PLAYED = [path for path in FILES if path != YEAR or THOROUGH]


Watched = dict[str, tuple[Plan, Incident, datetime]]
"""The last state of every incident of a play, when it was reached and under which plan."""


@cache
def played(path: Path) -> tuple[dict[str, Any], Watched]:
    """Play a file once, whoever asks."""
    seen: Watched = {}
    observe = Timeline.observe

    def watch(self: Any, plan: Plan, outcome: Outcome, told: Any, now: datetime) -> None:
        seen[outcome.after.stream] = (plan, outcome.after, now)
        observe(self, plan, outcome, told, now)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Timeline, "observe", watch)
        return asyncio.run(simulate(scenario_of(path))), seen


def named(path: Path) -> Any:
    """Return a file as a parameter; what plays weeks of forty schools is played by one worker."""
    marks = [pytest.mark.xdist_group(path.stem)] if path in WEEKS else []
    return pytest.param(path, id=f"{path.parent.name}/{path.stem}", marks=marks)


@pytest.mark.timeout(900 if THOROUGH else 300)
@pytest.mark.parametrize("path", [named(path) for path in PLAYED])
def test_it_happens_as_expected_and_the_export_agrees_with_the_log(path):
    result, seen = played(path)
    assert result["failures"] == []
    for plan, incident, now in seen.values():
        agrees(plan, incident, now + incident.offset)
        reports_hold(plan, incident, now + incident.offset)
        review_holds(View(plan=plan, incident=incident, now=now + incident.offset))
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
    looked_at = {"statuses", "happens", "possible_event_levels", "possible_response_levels", "refused", "due", "duties"}
    assert any(expect.model_fields_set & looked_at for expect in checked)
    assert not re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)", text)


@pytest.mark.parametrize("path", [named(path) for path in WEEKS])
@pytest.mark.timeout(900 if THOROUGH else 300)
def test_a_head_who_does_what_is_due_reads_three_messages_a_week_at_most_and_none_at_night(path):
    scenario, (result, _) = scenario_of(path), played(path)
    told = [line for line in result["timeline"] if line["kind"] == "duty" and line["key"] != "duty_settled"]
    schools = {body.name for body in scenario.bodies}
    weeks: dict[str, Counter[tuple[int, int]]] = {}
    for line in told:
        at = datetime.fromisoformat(line["at"])
        assert 7 <= at.hour < 20, line
        year, week, _ = at.isocalendar()
        to = line["to"][0]
        head = to.removesuffix("负责人")
        weeks.setdefault(head if head in schools else to, Counter())[year, week] += 1
    assert len(schools) == 40 and schools <= set(weeks)
    diligent = schools - {"第二小学", "第三十四小学"}
    assert {max(weeks[name].values()) for name in diligent} == {1}, "who does things as they come reads the list alone"
    assert 2 <= max(weeks["第二小学"].values()) <= 3, "who waits for the last day is reminded of it"
    assert max(weeks["学校安全科"].values()) <= 2 and max(weeks["局主要负责人"].values()) <= 2, (
        "the office reads few, too"
    )
    keys = Counter((line["to"][0], line["key"]) for line in told)
    quarters = {(row["due"][:4], (int(row["due"][5:7]) + 2) // 3) for row in result["duties"]}
    assert 0 < keys["局主要负责人", "duty_leader"] <= len(quarters), "a page a quarter"
    assert max(weeks["第三十四小学"].values()) > 3, "who does nothing is reminded"
    statuses = {row["status"] for row in result["duties"] if row["bearer"] == "第三十四小学"}
    assert "missed" in statuses, "and what was missed stays missed"


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
        "site",
        "site_over",
        "site_without",
        "skip",
        "release",
        "approve",
        "publish",
        "raise_level",
        "aid",
        "aid_answer",
        "aid_without",
    } <= used
    actors = {step.actor.split(":")[0] for path in FILES for step in scenario_of(path).steps}
    assert {"school", "duty", "director", "deputy", "commander", "admin", "outsider", "unit", "role"} <= actors
