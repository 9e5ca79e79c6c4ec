"""A picture of an incident, over every state in which a scenario of any plan ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import Any

import pytest

from bot.pictures import incident_picture
from bot.pictures.clocks import MOST, clocks
from bot.render import View, duties
from bot.render.view import MEMBERS, SCHOOL
from bot.texts import pictures as t
from plans.incident.drills import JumpDrill
from plans.incident.records import Call
from plans.incident.state import Incident
from plans.kinds import fold_any
from plans.load import DATA, load
from plans.obligations.record import coverage, coverages
from tests import factories
from tests.bot.pictures.boxes import boxes, check
from tests.bot.pictures.crowded import crowded
from tests.factories import COMMANDER, DUTY, Life
from tests.recorded import HERE, LOGS, read, recorded

pytestmark = pytest.mark.draws

PLANS = {plan.id: plan for plan in map(load, sorted(DATA.glob("*.yaml")))}


SCENARIOS = [*sorted(path.name for path in (HERE / "scenarios").iterdir() if path.is_dir()), "tests"]


@cache
def logs() -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for item in recorded(max(LOGS.glob("*.jsonl.gz"))):
        if item["stream"].startswith("incident:"):
            found.setdefault(item["of"].partition("/")[0], []).append(item)
    return found


def ends(scenarios: str, later: timedelta) -> Iterator[View]:
    """Every incident of these scenarios as it stood a time after its last event."""
    for item in logs().get(scenarios, ()):
        incident: Incident = fold_any(item["stream"], read(item["log"]))
        if incident.plan in PLANS:  # some scenarios bring a plan of their own
            yield View(plan=PLANS[incident.plan], incident=incident, now=incident.events[-1].at + later)


@pytest.mark.parametrize(
    "later", [timedelta(), timedelta(minutes=7), timedelta(days=4)], ids=["at once", "7 min", "4 d"]
)
@pytest.mark.parametrize("scenarios", SCENARIOS)
def test_every_scenario_draws_and_tells_the_same_in_words(scenarios, later):
    for number, view in enumerate(ends(scenarios, later)):
        night = number % 2 == 1
        picture = incident_picture(view, night=night)
        check(picture)
        assert picture == incident_picture(view, night=night)
        drawn = " ".join(box.text for box in boxes(picture))
        owed = clocks(view)
        for clock in owed:
            assert f"{clock.name} {clock.due}：{clock.outcome}" in picture.words
        if len(owed) <= MOST:
            assert all(clock.outcome[:8] in drawn for clock in owed)
        assert all(duties.name(item) in picture.words for item in duties.owed(view))
        assert view.incident.drill == (t.DRILL in drawn)
        assert len(view.incident.text) < 12 or view.incident.text not in picture.words + picture.svg
        assert number or owed or not view.plan.obligations


def test_of_too_many_clocks_the_open_ones_and_the_last_late_ones_are_drawn_and_the_rest_is_said():
    life = crowded()
    view = View(plan=life.plan, incident=life.incident, now=life.now + timedelta(minutes=3))
    owed = clocks(view)
    assert len(owed) > 2 * MOST
    picture = incident_picture(view)
    check(picture)
    drawn = [box.text for box in boxes(picture)]
    pending = [clock for clock in owed if clock.status == "pending"]
    assert pending and all(clock.outcome in drawn for clock in pending)
    assert any(text.startswith(f"另有{len(owed) - MOST}项没有画出") for text in drawn)
    assert all(f"{clock.name} {clock.due}：{clock.outcome}" in picture.words for clock in owed)
    assert "第1次更正" in picture.words
    people = {person.name for person in (DUTY, factories.SCHOOL, COMMANDER)} | {
        item.answered_by for item in life.incident.calls.values()
    }
    assert not any(name in picture.words + picture.svg for name in people if name), "roles and units, and no persons"


def test_the_largest_picture_is_still_a_photo():
    life = crowded()
    for number in range(600):
        unit = f"晋城市城区第{number}应急救援大队特勤站"
        life.incident.calls[unit] = Call(unit, 1, life.now - timedelta(minutes=number % 30))
    picture = incident_picture(View(plan=life.plan, incident=life.incident, now=life.now))
    check(picture)
    assert "第599应急救援大队" in picture.words and "个单位没有画出" in picture.svg


def test_a_clock_that_was_set_ahead_in_a_drill_is_the_clock_of_the_picture():
    life = Life()
    life.report(drill=True)
    life.do(JumpDrill(by=timedelta(hours=3)), DUTY, "+20m")
    view = View(plan=life.plan, incident=life.incident, now=life.now + life.incident.offset)
    picture = incident_picture(view)
    check(picture)
    assert t.DRILL in picture.words and "现在 13:40" in [box.text for box in boxes(picture)]


@pytest.mark.parametrize("scenarios", SCENARIOS)
def test_who_heard_what_is_the_same_when_the_log_is_read_once_for_all_clocks(scenarios):
    for view in ends(scenarios, timedelta()):
        owed = list(view.incident.instances.values())
        together = coverages(view.plan, view.incident, owed, view.policy)
        assert together == {
            instance.key: coverage(view.plan, view.incident, instance, view.policy) for instance in owed
        }


def test_there_is_a_scenario_with_clocks_of_every_plan():
    assert all(any(clocks(view) for view in ends(name, timedelta())) for name in SCENARIOS[:-1] if name in logs())
    assert len(logs().keys() & set(SCENARIOS)) >= 7


@pytest.mark.parametrize("kind", [MEMBERS, SCHOOL])
def test_where_others_than_officials_read_along_there_is_none(kind):
    view = next(ends("linan-campus", timedelta()))
    with pytest.raises(ValueError, match="others than officials"):
        incident_picture(replace(view, place_kind=kind))
