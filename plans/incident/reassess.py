"""After every change: conflicts, the deciding question, a proposal, and the obligations."""

from __future__ import annotations

from plans.assess import assess, environment
from plans.classify import Assessment
from plans.core.event import Event
from plans.incident.case import Case
from plans.incident.conflicts import ConflictFound
from plans.incident.doubts import doubt
from plans.incident.figures import differing, values_of
from plans.incident.proposals import ProposalWithdrawn, Proposed
from plans.incident.question import QuestionAsked, QuestionSettled
from plans.incident.records_decided import Proposal
from plans.incident.state import RUNNING, Incident
from plans.incident.timing import CALENDAR, timely
from plans.obligations.settle import settle
from plans.overtaken import rises

_NO_SOURCES = ("judgement", CALENDAR)
"""Claims of persons who decide, and of the clock: no source contradicts them."""


def reassess(case: Case) -> None:
    """Record what follows from the events so far."""
    assessment: Assessment | None = None
    if case.incident.open:
        timely(case)
    if case.incident.open and any(item.event.reassesses for item in case.recorded):
        _conflicts(case)
        doubt(case)
        if case.incident.state in RUNNING:
            assessment = assess(case.plan, case.incident)
            _propose(case, assessment)
            _ask(case, assessment)

    def record(events: list[Event]) -> Incident:
        case.record(*events)
        return case.incident

    env = environment(case.plan, case.incident, assessment)
    settle(case.plan, case.incident, case.now, case.policy, env, record)


def _conflicts(case: Case) -> None:
    for fact, claims in case.incident.claims.items():
        conflict = differing([claim for claim in claims if claim.source not in _NO_SOURCES])
        if conflict != case.incident.conflicts.get(fact, {}):
            case.record(ConflictFound(fact=fact, claims=conflict))


def _propose(case: Case, assessment: Assessment) -> None:
    """Propose the level that is certain and higher than the declared one; take back what no longer holds."""
    incident, level = case.incident, assessment.response_level
    proposal = incident.proposal
    response = case.response(level)
    if proposal is not None and proposal.by_person and not proposal.declined:
        if case.plan.height(proposal.level) >= case.plan.height(level):
            return
    if response is not None and case.plan.height(level) > case.plan.height(incident.response_level):
        if _just_left(case, response.level):
            return
        if proposal is None or proposal.level != level or _overtaken(case, proposal):
            because = tuple(item.because for item in assessment.matched if item.level == level)
            case.record(
                Proposed(level=response.level, clause=response.clause, to_roles=response.declared_by, because=because)
            )
        return
    if proposal is not None and not proposal.declined:
        possible = proposal.level in assessment.possible_response_levels
        rises = case.plan.height(proposal.level) > case.plan.height(incident.response_level)
        if level is not None or not possible or not rises:
            case.record(ProposalWithdrawn(level=proposal.level))


def _just_left(case: Case, level: str) -> bool:
    """Whether somebody entitled lowered this level, or a higher one, knowing all that is known now."""
    incident, height = case.incident, case.plan.height
    adjusted = incident.adjusted
    if (
        adjusted is None
        or height(incident.response_level) >= height(adjusted.left)
        or height(level) > height(adjusted.left)
    ):
        return False
    return adjusted.event_level == incident.event_level and values_of(adjusted.basis) == values_of(incident.basis)


def _overtaken(case: Case, proposal: Proposal) -> bool:
    """Whether somebody said 暂不启动, or chose another level, and more harm has become known since."""
    return proposal.declined and proposal.basis is not None and bool(rises(proposal.basis, case.incident.basis))


def _ask(case: Case, assessment: Assessment) -> None:
    """Ask the one fact that would decide, while no level is certain and none is declared."""
    incident = case.incident
    certain = assessment.response_level is not None or incident.response_level is not None
    ask = None if certain else next((item for item in assessment.ask if item.narrows), None)
    if ask is None and incident.question:
        case.record(QuestionSettled(fact=incident.question))
    elif ask is not None and ask.fact != incident.question:
        case.record(QuestionAsked(fact=ask.fact, question=ask.question, clause=_clause(case, ask.fact)))


def _clause(case: Case, fact: str) -> str:
    definition = case.plan.facts.get(fact)
    if definition is None:
        return ""
    return definition.clause or next(
        (choice.clause.split("(")[0] for choice in definition.choices if choice.clause), ""
    )
