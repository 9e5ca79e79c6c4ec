"""The end of a response, or of an incident that had none (谁启动谁终止)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plans.acting import carries_out
from plans.bodies import bodies_of
from plans.core.authority import Spoken, Word, for_whom, own_word, spoken, with_also
from plans.core.command import Command
from plans.core.event import Event, Recorded
from plans.core.keys import GROUP, SEAT, to_unit
from plans.core.notice import Notice, NoticeType, declare
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides, tells
from plans.incident.authority import enders
from plans.incident.case import Case, NoticeContext
from plans.incident.records_beside import ConfirmedCondition
from plans.incident.revisions import revision
from plans.incident.signing import decision, to_sign
from plans.incident.state import EVENT_LEVEL, RUNNING, Incident
from plans.model import EndRule, Plan
from plans.obligations.rules import tasks_after

# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class End(Command):
    """End the response, or an incident that had none (with a reason)."""

    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ConfirmCondition(Command):
    """Confirm one condition of the end, by its name in :func:`conditions`."""

    condition: str


@dataclass(frozen=True, kw_only=True, slots=True)
class NameAssessors(Command):
    """Note who assessed the situation before the end, where the plan wants experts to."""

    names: str


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class ConditionConfirmed(Event, name="end-condition-confirmed", personal=("name",)):
    """A condition of the end holds, says a named person."""

    condition: str
    clause: str
    by: str
    name: str | None = None

    undoable = True
    touches = ("conditions",)


@dataclass(frozen=True, kw_only=True, slots=True)
class AssessorsNamed(Event, name="end-assessors-named", personal=("names",)):
    """Who assessed the situation before the end."""

    clause: str
    names: str | None
    by: str

    touches = ("conditions",)


@dataclass(frozen=True, kw_only=True, slots=True)
class Ended(Spoken, name="ended", personal=("spoken_by", "recorded_by", "reason", "acting_for")):
    """The response was ended, or the incident without a response; ``acting_for`` as in ``Declared``."""

    clause: str
    role: str

    touches = ("course",)


# --- what may happen


def conditions(plan: Plan) -> dict[str, tuple[EndRule, str]]:
    """Return the conditions of the end by a name that is stable within the plan: their rule, and their words."""
    return {
        f"{number}.{place}": (rule, text)
        for number, rule in enumerate(plan.ends, 1)
        for place, text in enumerate(rule.conditions, 1)
    }


@carries_out("check", "end", "EndRule.conditions", "EndRule.enough")
def unmet(plan: Plan, incident: Incident) -> list[str]:
    """Return the conditions that have still to be confirmed; none where each rule has enough of them."""
    named = conditions(plan)
    lacking: list[str] = []
    for rule in plan.ends:
        own = [key for key, (of, _) in named.items() if of is rule]
        left = [key for key in own if key not in incident.end_conditions]
        if left and (rule.enough == "all" or len(left) == len(own)):
            lacking += left
    return lacking


@decides(ConfirmCondition)
def confirm_condition(case: Case, command: ConfirmCondition) -> Refusal | None:
    """Confirm a condition of the end while the response runs."""
    if not case.staff:
        return Refusal(key="staff_only", who=("duty",))
    known = conditions(case.plan)
    if command.condition not in known:
        return Refusal(key="unknown_condition", params={"given": command.condition})
    rule, text = known[command.condition]
    if case.incident.state != "responding":
        return Refusal(key="not_running", clause=rule.clause, params={"state": case.incident.state})
    if command.condition in case.incident.end_conditions:
        return Refusal(key="condition_confirmed", clause=rule.clause, params={"condition": text})
    case.record(
        ConditionConfirmed(
            condition=command.condition, clause=rule.clause, by=case.actor.id, name=case.actor.name or None
        )
    )
    return None


@carries_out("check", "experts", "EndRule.assessed_by")
@decides(NameAssessors)
def name_assessors(case: Case, command: NameAssessors) -> Refusal | None:
    """Note the experts by name, where the plan has the end assessed."""
    if not case.staff:
        return Refusal(key="staff_only", who=("duty",))
    rule = next((item for item in case.plan.ends if item.assessed_by), None)
    if rule is None:
        return Refusal(key="nobody_assesses")
    if case.incident.state != "responding":
        return Refusal(key="not_running", clause=rule.clause, params={"state": case.incident.state})
    if not command.names.strip():
        return Refusal(key="assessors_missing", clause=rule.clause, params={"assessed_by": rule.assessed_by})
    case.record(AssessorsNamed(clause=rule.clause, names=command.names, by=case.actor.id))
    return None


@decides(End)
def end(case: Case, command: End) -> Refusal | None:
    """End the response, or an incident that had none."""
    return end_by(case, command.reason, own_word(case))


@carries_out("command", "end", "Response.ended_by", "EndRule")
def end_by(case: Case, reason: str, word: Word) -> Refusal | None:
    """End a response by somebody's word; without a response the duty officer ends the incident, with a reason."""
    incident = case.incident
    if incident.state not in RUNNING:
        return Refusal(key="not_running", params={"state": incident.state})
    if incident.state == "reported":
        if not case.staff:
            return Refusal(key="staff_only", who=("duty",))
        if not reason.strip():
            return Refusal(key="reason_to_end_without_response", confirm="reason")
        clause, role = "", "duty"
    else:
        allowed = enders(case)
        response = case.response(incident.response_level)
        clause = next((item.clause for item in case.plan.ends), response.clause if response else "")
        entitled = next((item for item in with_also(case.plan, word.roles) if item in allowed), None)
        if entitled is None:
            declared_by = incident.response_role
            return Refusal(
                key="not_yours_to_end",
                clause=clause,
                who=allowed,
                params={"level": incident.response_level, "declared_by": declared_by},
            )
        role = entitled
    acting = for_whom(case, word, role)
    case.record(
        Ended(
            clause=clause,
            role=role,
            **spoken(word, reason, acting),
        )
    )
    return None


# --- what it does to the incident


@applies(Ended)
def _on_ended(incident: Incident, event: Ended, item: Recorded) -> None:
    incident.state, incident.ended_role = "ended", event.role
    incident.ended_at, incident.ended_sequence = item.at, item.sequence
    incident.proposal, incident.question = None, ""
    incident.agreed.clear()
    # A response that has ended needs no judgement of its level any more; the event still has one.
    incident.doubts = {name: item for name, item in incident.doubts.items() if name == EVENT_LEVEL}
    incident.decisions.append(decision("end", None, event.role, event, item))


@applies(ConditionConfirmed)
def _on_confirmed(incident: Incident, event: ConditionConfirmed, item: Recorded) -> None:
    incident.end_conditions[event.condition] = ConfirmedCondition(item.at, event.name or "", item.sequence)


@applies(AssessorsNamed)
def _on_assessors(incident: Incident, event: AssessorsNamed, item: Recorded) -> None:
    incident.assessors = event.names or ""


revision("conditions", "conditions", "response")


# --- who is told


declare(NoticeType("ended", pictured=True))


@tells(Ended)
def _tell_ended(event: Ended, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    yield Notice(kind="ended", key="ended", to=GROUP, priority=1, params={"sequence": item.sequence})
    for unit in context.called():
        yield Notice(kind="ended", key="ended_unit", to=to_unit(unit), priority=2, params={"unit": unit})
    if event.oral:
        yield to_sign(event.spoken_id, event.spoken_role or event.role, item.sequence)
    yield Notice(kind="note", key="after_end", to=SEAT, priority=2)
    for unit, keys in _borne(context).items():
        params = {"unit": unit, "keys": tuple(keys)}
        yield Notice(
            kind="note", key="after_tasks", to=to_unit(unit), priority=2, params=params, obligations=tuple(keys)
        )
    if context.after.drill and any(call.round for call in context.after.calls.values()):
        yield Notice(kind="note", key="answer_times", to=GROUP, priority=2)


def _borne(context: NoticeContext) -> dict[str, list[str]]:
    """Return by unit which open tasks after the end it bears; a placeholder is the body that it stands for."""
    borne: dict[str, list[str]] = {}
    tasks = {task.id: task for task in tasks_after(context.plan)}
    for instance in context.after.open_instances:
        task = tasks.get(instance.rule)
        if task is not None and not instance.possible:
            for unit in bodies_of(context.plan, context.after, task.bearers):
                borne.setdefault(unit, []).append(instance.key)
    return borne
