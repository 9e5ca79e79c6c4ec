"""An incident seen through its plan: the assessment of its figures, and what a rule's condition sees of it."""

from __future__ import annotations

from plans.classify import Assessment, classify
from plans.incident import Incident
from plans.incident.figures import effective
from plans.logic import Environment
from plans.model import Plan


def assess(plan: Plan, incident: Incident) -> Assessment:
    """Return which levels the incident may have, and the question that would decide."""
    return classify(
        plan,
        effective(incident),
        event_class=incident.event_class or None,
        determined=incident.event_level,
        raised=frozenset(incident.raised),
    )


def environment(plan: Plan, incident: Incident) -> Environment:
    """Return what an obligation's condition sees: until a person determined the level, every level still possible."""
    if incident.event_level is not None:
        levels = frozenset({incident.event_level})
    else:
        levels = frozenset(assess(plan, incident).possible_event_levels)
    return Environment(
        plan=plan,
        facts=effective(incident),
        event_levels=levels,
        undetermined=incident.event_level is None,
        response_level=incident.response_level,
        event_class=incident.event_class or None,
        drill=incident.drill,
    )
