"""Incidents as a kind of case: which topics there are, what is refused of all commands, and what follows from them."""

from __future__ import annotations

from plans.core import kind
from plans.core.command import ClockCommand, Command
from plans.core.keys import GROUP, SEAT
from plans.core.kind import CaseKind
from plans.core.notice import Notice
from plans.core.outcome import Refusal
from plans.incident import (  # each registers what is decided, applied and told of its topic
    aid,
    aid_answers,
    aid_demand,
    arrivals,
    asking_back,
    bodies,
    calling,
    calling_units,
    closing,
    conflicts,
    corrections,
    deaths,
    doubts,
    drills,
    duplicates,
    edits,
    elements,
    ending,
    evidence,
    facts,
    filing,
    hearing_back,
    instructions,
    judging,
    levels,
    merging,
    on_site,
    on_site_demand,
    oral,
    owed,
    plan_choice,
    proposals,
    publishing,
    question,
    raising,
    reassess,
    release_waiting,
    releasing,
    reminders,
    reporting,
    requests,
    revisions,
    ringing,
    scene,
    seat,
    second_reading,
    signing,
    skipping,
    submitting,
    superiors,
    timing,
    undo,
    units,
    unsure,
    voice,
    wake,
)
from plans.incident.authority import clause_of, declarers, enders
from plans.incident.case import Case, NoticeContext, Outcome
from plans.incident.state import KIND, RUNNING, Incident
from plans.obligations.wakes import wakes

TOPICS = (
    reporting, evidence, seat, plan_choice, facts, corrections, conflicts, scene, deaths, unsure, second_reading,
    judging, question, doubts, edits, elements, proposals, raising, levels, ending, oral, signing, calling,
    calling_units, bodies, on_site, on_site_demand, aid, aid_answers, aid_demand, units, arrivals, voice, filing,
    ringing, requests, submitting, superiors, hearing_back, asking_back, releasing, publishing, release_waiting,
    skipping, owed, reminders, closing, merging, duplicates, undo, drills, timing, instructions, wake,
)  # fmt: skip
"""In the order of an incident's life."""


def _refuses(case: Case, command: Command) -> Refusal | None:
    """Return why such a command cannot be asked of such an incident, or in such a way, by anybody."""
    incident = case.incident
    if command.opens:
        return Refusal(key="already_reported", params={"number": incident.number})
    if not command.may_come(case.actor.via):
        return _that_way(case, command)
    if incident.open or command.any_state:
        return None
    if command.until_closed and incident.state not in ("closed", "merged"):
        return None
    return Refusal(key="not_running", params={"state": incident.state})


def _that_way(case: Case, command: Command) -> Refusal:
    """Refuse what came in a way that carries no authority, with the clause and who may."""
    decides = isinstance(command, levels.Declare | oral.RecordOral)
    level = command.level if isinstance(command, levels.Declare | oral.RecordOral) else case.incident.response_level
    response = case.response(level) if decides or isinstance(command, ending.End) else None
    if response is None:
        return Refusal(key="no_authority_that_way", params={"via": case.actor.via})
    who = declarers(case, response) if decides else enders(case)
    clause = clause_of(case, response) if decides else response.clause
    return Refusal(key="no_authority_that_way", clause=clause, who=who, params={"via": case.actor.via})


def _follows(case: Case, command: Command) -> None:
    """Record what follows from the events of a command."""
    _taken_over(case, command)
    if not isinstance(command, ClockCommand):
        bodies.note_mentions(case, getattr(command, "mentions", ()))
        bodies.call_what_became_plain(case, getattr(command, "unreachable", frozenset()))
    reassess.reassess(case)
    raising.ask(case)
    on_site_demand.ask(case)
    aid_demand.ask(case)


def _taken_over(case: Case, command: Command) -> None:
    """Whatever the duty officer does about a running case, somebody has taken it: nobody is told otherwise."""
    incident, actor = case.incident, case.actor
    if command.opens or incident.handled_by or incident.state not in RUNNING:
        return
    if actor.via == "direct" and "duty" in actor.roles:
        case.record(seat.HandlingTaken(by=actor.id, name=actor.name or None))


INCIDENT = kind.install(
    CaseKind(
        name=KIND,
        state=Incident,
        case=Case,
        outcome=Outcome,
        context=NoticeContext,
        refuses=_refuses,
        follows=_follows,
        shows=(
            Notice(kind="card", key="card", to=GROUP, priority=3, edits=True),
            Notice(kind="card", key="worksheet", to=SEAT, priority=3, edits=True),
        ),
        statements=revisions.statements,
        wakes=wakes,
        wake=wake.Wake,
    )
)
