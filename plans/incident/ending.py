"""The end of a response, or of an incident that had none (谁启动谁终止)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plans.acting import carries_out
from plans.bodies import bodies_of
from plans.core.authority import Spoken, Word, for_whom, own_word, spoken, with_also
from plans.core.command import Command
from plans.core.event import Recorded
from plans.core.keys import GROUP, SEAT, to_unit
from plans.core.notice import Notice
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides, tells
from plans.incident.authority import enders
from plans.incident.case import Case, NoticeContext
from plans.incident.signing import decision, to_sign
from plans.incident.state import EVENT_LEVEL, RUNNING, Incident
from plans.obligations.rules import tasks_after

# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class End(Command):
    """End the response, or an incident that had none (with a reason)."""

    reason: str = ""


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class Ended(Spoken, name="ended", personal=("spoken_by", "recorded_by", "reason", "acting_for")):
    """The response was ended, or the incident without a response; ``acting_for`` as in ``Declared``."""

    clause: str
    role: str

    touches = ("course",)


# --- what may happen


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


# --- who is told


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
