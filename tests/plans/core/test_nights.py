"""Generated nights with open cases of every kind: every deadline has its ring, and nobody is rung more than a constant.

The constants are targets (``plans.attention``), the same for one open case and for twenty.
"""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plans.attention import DIRECTOR, HEAD, LEADER, SEAT, TARGETS, UNIT
from plans.core.kind import AHEAD, kinds
from plans.incident.reminders import Reminded
from plans.times.night import is_night
from tests.plans.core import night_cases as cases
from tests.plans.core.night_cases import DAWN, DUSK, Incident, Warned, pass_night

MINUTES = st.integers(0, 8 * 60)
INCIDENTS = st.tuples(
    MINUTES, st.lists(st.sampled_from(["taken", "judged", "declared", "told"]), max_size=4, unique=True).map(tuple)
)
OTHERS = st.one_of(
    st.builds(Warned, st.integers(0, 5 * 60), st.sampled_from(["红", "橙", "黄", "蓝", ""])),
    st.builds(cases.entry, MINUTES, st.integers(5, 600)),
    st.builds(cases.instruction, MINUTES, st.integers(30, 900), urgent=st.booleans()),
    st.builds(cases.announcement, MINUTES, urgent=st.booleans()),
    st.builds(cases.draft, MINUTES),
    st.builds(cases.handover, MINUTES),
    st.builds(cases.spot_check, MINUTES, st.integers(1, 300)),
    st.builds(cases.book, MINUTES),
)


def part(audience: str) -> str:
    """Return what somebody is who is told as an audience."""
    kind = audience.partition(":")[0]
    if audience == "role:director":
        return DIRECTOR
    return {"seat": SEAT, "role": LEADER, "unit": UNIT, "head": HEAD, "person": SEAT}.get(kind, "")


@settings(max_examples=12, deadline=None)
@given(st.lists(INCIDENTS, max_size=10), st.lists(OTHERS, max_size=10))
def test_every_deadline_has_its_ring_and_nobody_is_rung_more_than_the_constant(incidents, others):
    ours = [Incident(minute, number, acts) for number, (minute, acts) in enumerate(incidents, 1)]
    night = pass_night([*ours, *others])
    for name in night.told:
        if part(name):
            assert night.worst_hour(name) <= TARGETS[part(name)].hour, (name, night.told[name])
    for case in ours:
        rung = [
            (key, item.at)
            for item in case.life.incident.events
            if isinstance(item.event, Reminded)
            for key in item.event.keys
        ]
        for instance in case.life.incident.instances.values():
            due = max(instance.due, instance.arose_at)
            left = instance.status == "open" or (instance.settled_at is not None and instance.settled_at > due)
            certain = instance.by_office and not instance.possible
            if certain and left and due + AHEAD < DAWN and instance.filed_at is None:
                late = due + case.life.policy.immediate
                assert any(key == instance.key and due - AHEAD <= at <= late for key, at in rung), (instance, rung)


@pytest.mark.parametrize(("seed", "acts"), [(1, 0), (2, 2), (3, 3), (4, 4)])
def test_twenty_incidents_of_one_hour_ring_nobody_more_often_than_one_target(seed: int, acts: int):
    draw, done = random.Random(seed), ("taken", "judged", "declared", "told")[:acts]
    night = pass_night([Incident(draw.randint(0, 60), number, done) for number in range(1, 21)])
    for name in night.told:
        if part(name):
            assert night.worst_hour(name) <= TARGETS[part(name)].hour, (name, night.told[name])


@pytest.mark.parametrize("acts", [(), ("taken",), ("taken", "judged"), ("taken", "declared")])
def test_one_incident_rings_nobody_more_often_in_a_night_than_its_target(acts):
    night = pass_night([Incident(60, 1, acts)])
    for name in {*night.told, *night.acted}:
        if part(name):
            assert night.at_night(name) <= TARGETS[part(name)].night, (name, night.at_night(name))


@pytest.mark.parametrize("colour", ["红", "橙", "黄", "蓝", ""])
def test_one_warning_rings_nobody_more_often_in_a_night_than_its_target(colour):
    night = pass_night([Warned(60, colour)])
    for name in {*night.told, *night.acted}:
        if part(name):
            assert night.at_night(name) <= TARGETS[part(name)].night, (name, night.at_night(name))


def test_the_targets_are_not_far_above_what_comes():
    night = pass_night([Incident(60, 1, ("taken", "declared"))])
    assert night.at_night("seat") > TARGETS[SEAT].night / 2
    many = pass_night([Incident(3 * number, number, ("taken", "judged")) for number in range(1, 21)])
    assert many.worst_hour("seat") > TARGETS[SEAT].hour / 2


# --- nothing rings hourly for ever, and nothing rings at night that can wait: a case of each kind, left alone

ONE_OF_EACH: dict[str, Any] = {
    "incident": lambda minute: Incident(minute, 1, ("taken", "judged")),
    "warning": lambda minute: Warned(minute, "红"),
    "duty": cases.book,
    "entry": lambda minute: cases.entry(minute, 90),
    "instruction": lambda minute: cases.instruction(minute, 120, urgent=True),
    "announcement": lambda minute: cases.announcement(minute, urgent=True),
    "handover": cases.handover,
    "spotcheck": lambda minute: cases.spot_check(minute, 30),
}
"""A case of each kind of which nobody does anything; what presses is marked so, since it may ring at night."""

CAN_WAIT: dict[str, Any] = {
    "duty": cases.book,
    "instruction": lambda minute: cases.instruction(minute, 60 * 24 * 3, urgent=False),
    "announcement": lambda minute: cases.announcement(minute, urgent=False),
    "a draft": cases.draft,
    "handover": cases.handover,
    "spotcheck": lambda minute: cases.spot_check(minute, 30),
}


def test_there_is_one_of_each_kind():
    directed = {"drill"}  # whoever directs one is there and moves it on
    assert ONE_OF_EACH.keys() == {kind.name for kind in kinds()} - directed


@pytest.mark.parametrize("kind", ONE_OF_EACH)
@pytest.mark.parametrize("minute", [1, 300, 620])
def test_what_is_left_alone_rings_a_few_times_and_then_by_day_once_a_day_at_most(kind: str, minute: int):
    """Behind its last step it stands on the worksheet and on the page of the hand-over."""
    begins = DUSK + timedelta(minutes=minute)
    night = pass_night([ONE_OF_EACH[kind](minute)], until=begins + timedelta(days=6))
    for name, moments in night.told.items():
        later = [at for at in moments if at >= begins + timedelta(days=2)]
        if kind != "duty":  # a book is no matter that waits: each week and each duty has its own word
            assert not [at for at in later if is_night(at)], (name, later)
            days = [at.date() for at in later]
            assert len(days) == len(set(days)), (name, later)


@pytest.mark.parametrize("kind", CAN_WAIT)
@pytest.mark.parametrize("minute", [1, 90, 480, 900])
def test_what_can_wait_rings_nobody_at_night(kind: str, minute: int):
    begins = DUSK + timedelta(minutes=minute)
    night = pass_night([CAN_WAIT[kind](minute)], until=begins + timedelta(days=6))
    assert not [(at, key) for at, key, _ in night.keys if is_night(at)]
