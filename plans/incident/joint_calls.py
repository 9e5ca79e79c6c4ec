"""Whoever answers for several units gets one message that names them, and answers once for all or for one alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from plans.core import keys
from plans.core.keys import Key
from plans.core.notice import Notice, Press
from plans.incident.arrivals import MINUTES
from plans.incident.calling import RECEIVED
from plans.incident.state import Incident
from plans.incident.units import ANSWERS, ARRIVED, SET_OUT

MOST_ALONE = 8
"""Units of one message that get a button of their own; for any others /ack names one."""


def call_key(incident: Incident, units: Sequence[str]) -> Key:
    """Return the key of the calls to some units, all of one round."""
    number = incident.calls[units[0]].round
    return keys.call(units[0], number) if len(units) == 1 else keys.calls(units, number)


def next_answers(incident: Incident, units: Sequence[str]) -> tuple[Press, ...]:
    """Return the buttons under a call as things stand: 收到 first, then how it went on; who set out says its time."""
    guard, calls = call_key(incident, units), [incident.calls[unit] for unit in units]
    whose = _whose(units)
    statuses = {call.status for call in calls}
    if any(call.silent for call in calls):
        label = "received" if len(units) == 1 else "all_received"
        answers = [Press(action="ack", label=label, object=guard, args={**whose, "status": RECEIVED})]
    else:
        answers = [] if statuses != {SET_OUT} else _minutes("expect_in", guard, whose)
        answers += [
            Press(action="ack", label="answer", object=guard, args={**whose, "status": status})
            for status in ANSWERS
            if status != RECEIVED and statuses != {status}
        ]
    if any(call.answered_at is not None and not call.recorded for call in calls):
        answers.append(Press(action="undo", label="undo", object=guard, args={}))
    return (*answers, *_alone(units))


def whether_arrived(incident: Incident, units: Sequence[str]) -> tuple[Press, ...]:
    """Return the buttons of the question whether units have arrived: they have, or in how many minutes."""
    guard = call_key(incident, units)
    whose = _whose(units)
    arrived = Press(action="ack", label="answer", object=guard, args={**whose, "status": ARRIVED})
    return (arrived, *_minutes("expect_more", guard, whose), *_alone(units))


def together(incident: Incident, notices: Sequence[Notice]) -> Notice:
    """Return what is said of several units to the one person who answers for them."""
    first = notices[0]
    if len(notices) == 1:
        return first
    units = tuple(str(notice.params["unit"]) for notice in notices)
    if first.key == "arrival_asked":
        guard, presses = keys.arrival(*units), whether_arrived(incident, units)
    else:
        guard = call_key(incident, units) if first.guard else first.guard
        presses = next_answers(incident, units) if first.buttons else ()
    return replace(first, guard=guard, params={"units": units}, buttons=presses)


def _whose(units: Sequence[str]) -> dict[str, object]:
    return {"unit": units[0]} if len(units) == 1 else {"units": list(units)}


def _minutes(label: str, guard: Key, whose: dict[str, object]) -> list[Press]:
    return [
        Press(action="expect", label=label, object=guard, args={**whose, "minutes": minutes}) for minutes in MINUTES
    ]


def _alone(units: Sequence[str]) -> list[Press]:
    """Return a button for each of several units whose answer is another than that of the rest."""
    if len(units) == 1:
        return []
    return [
        Press(action="answer_alone", label="answer_alone", object=keys.CASE, args={"unit": unit})
        for unit in units[:MOST_ALONE]
    ]
