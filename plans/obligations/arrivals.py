"""When units that were called are asked about their arrival, or named to the duty seat: local policy, each once."""

from __future__ import annotations

from datetime import datetime

from plans.core.policy import Policy
from plans.incident.calling import RECEIVED
from plans.incident.records import Call
from plans.incident.state import Incident

ARRIVAL, IDLE = "arrival", "idle"
"""Past the moment that a unit named; 收到 and nothing since."""

LAST = 2
"""The step at which the seat has been told, and nothing follows."""


def waited_for(incident: Incident, policy: Policy) -> list[tuple[str, str, datetime, datetime]]:
    """Return of each unit that is waited for which of the two it is, its id, since when, and when it is said."""
    if incident.state != "responding" or incident.unasked is not None:
        return []
    found = ((call, _waited_for(call, incident.response_level, policy)) for call in incident.calls.values())
    return [(item[0], call.unit, item[1], item[2]) for call, item in found if item is not None]


def _waited_for(call: Call, level: str | None, policy: Policy) -> tuple[str, datetime, datetime] | None:
    if call.expected_at is not None:
        since = call.asked_at or call.expected_at
        return None if call.asked >= LAST else (ARRIVAL, since, since + policy.pause_of_arrival(call.asked))
    if call.status == RECEIVED and call.round and call.idle_at is None and call.answered_at is not None:
        return IDLE, call.answered_at, call.answered_at + policy.setting_out_at(level)
    return None
