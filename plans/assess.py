"""An incident seen through its plan: the assessment of its figures, and what a rule's condition sees of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from plans.classify import Assessment, classify, possible_levels
from plans.incident.figures import counted, effective
from plans.incident.state import Incident
from plans.logic import Environment
from plans.model import Plan
from plans.values import FactValue


def assess(plan: Plan, incident: Incident) -> Assessment:
    """Return which levels the incident may have, and the question that would decide.

    A determination that the facts are surely beyond no longer speaks for a level of response. What nobody has chosen
    yet keeps levels possible; the reasons that are told, and how near the next level is, are of what counts.
    """
    found = _assess(plan, incident, effective(incident))
    if not incident.unsure:
        return found
    told = _assess(plan, incident, counted(incident))
    return replace(found, matched=told.matched, near=told.near)


def _assess(plan: Plan, incident: Incident, facts: Mapping[str, FactValue]) -> Assessment:
    doubt = incident.doubt
    return classify(
        plan,
        facts,
        event_class=incident.event_class or None,
        determined=None if doubt is not None and doubt.certain else incident.event_level,
        raised=incident.raised,
        candidates=incident.candidates,
    )


def environment(plan: Plan, incident: Incident, assessment: Assessment | None = None) -> Environment:
    """Return what an obligation's condition sees: until a person determined the level, every level still possible.

    Args:
        assessment: of this incident, where it has been made already.
    """
    facts = effective(incident)
    if incident.event_level is not None:
        levels = {incident.event_level}
    elif assessment is not None:
        levels = set(assessment.possible_event_levels)
    else:
        classes = (incident.event_class,) if incident.event_class else incident.candidates
        levels = {
            level
            for name in classes or (None,)
            for level in possible_levels(plan, facts, event_class=name, raised=incident.raised)
        }
    return Environment(
        plan=plan,
        facts=facts,
        event_levels=frozenset(levels),
        undetermined=incident.event_level is None,
        response_level=incident.response_level,
        event_class=incident.event_class or None,
        drill=incident.drill,
        raised=incident.raised,
    )
