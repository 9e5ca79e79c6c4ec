"""After every change: conflicts, the deciding question, a proposal, and the obligations."""

from __future__ import annotations

from plans import events as e
from plans.assess import assess, environment
from plans.decide.case import Case, height
from plans.incident import Incident
from plans.incident.figures import differing
from plans.obligations import settle

_SETTLED_BY_PERSONS = ("judgement",)


def reassess(case: Case) -> None:
    """Record what follows from the events so far."""
    if case.incident.state in ("reported", "responding"):
        _conflicts(case)
        _question_and_proposal(case)

    def record(_: Incident, found: list[e.Event]) -> Incident:
        case.record(*found)
        return case.incident

    settle(case.plan, case.incident, case.now, case.policy, lambda incident: environment(case.plan, incident), record)


def _conflicts(case: Case) -> None:
    for fact, claims in list(case.incident.claims.items()):
        found = differing([claim for claim in claims if claim.source not in _SETTLED_BY_PERSONS])
        if found != case.incident.conflicts.get(fact, {}):
            case.record(e.ConflictFound(fact=fact, claims=found))


def _question_and_proposal(case: Case) -> None:
    incident = case.incident
    assessment = assess(case.plan, incident)
    level = assessment.response_level
    if level is None:
        ask = next(iter(assessment.ask), None)
        if ask is not None and ask.fact != incident.question and incident.response_level is None:
            case.record(e.QuestionAsked(fact=ask.fact, question=ask.question, clause=_clause(case, ask.fact)))
        return
    proposal = incident.proposal
    if height(level) <= height(incident.response_level) or (proposal is not None and proposal.level == level):
        return
    response = case.response(level)
    if response is None or response.external:
        return
    because = tuple(item.because for item in assessment.matched if item.level == level)
    case.record(e.Proposed(level=level, clause=response.clause, to_roles=response.declared_by, because=because))


def _clause(case: Case, fact: str) -> str:
    definition = case.plan.facts.get(fact)
    if definition is None:
        return ""
    return definition.clause or next(
        (choice.clause.split("(")[0] for choice in definition.choices if choice.clause), ""
    )
