"""What the clock alone makes so, written into the claims: by whom a length was stated stays as it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from plans import events as e
from plans.incident.records import Claim
from plans.incident.registry import on
from plans.incident.state import Incident
from plans.values import FactValue, Interval, parse

CALENDAR = "calendar"
"""The source of what the calendar answers."""


@on(e.CalendarRead)
def _read(incident: Incident, event: e.CalendarRead, item: e.Recorded) -> None:
    for fact, value in event.facts.items():
        incident.claims[fact] = (Claim(parse(value), CALENDAR, item.at, item.sequence, True),)


@on(e.TimeRuns)
def _runs(incident: Incident, event: e.TimeRuns, item: e.Recorded) -> None:
    claims = incident.claims.get(event.fact, ())
    incident.claims[event.fact] = tuple(
        replace(claim, value=_grown(claim.value, (event.at - claim.at) / timedelta(seconds=event.seconds)), at=event.at)
        for claim in claims
    )
    incident.runs[event.fact] = event.next_at


def _grown(value: FactValue, by: float) -> FactValue:
    if not isinstance(value, Interval) or by <= 0:
        return value
    low, high = (None if bound is None else round(bound + by, 9) for bound in (value.at_least, value.at_most))
    return Interval(low, high)
