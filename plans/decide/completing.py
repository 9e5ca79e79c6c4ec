"""Edited messages are proposals; short answers say that there is none, or that nobody knows yet."""

from __future__ import annotations

from plans import commands as c
from plans import events as e
from plans.decide.case import Case
from plans.decide.checks import check_facts
from plans.decide.facts import source_of, update
from plans.decide.outcome import Refusal
from plans.load import plan_facts

ANSWERS = ("none", "unknown", "verifying")


def note_edit(case: Case, command: c.NoteEdit) -> Refusal | None:
    """Note that a recorded message was edited. It comes as an edit, without authority: whoever wrote it may."""
    if not (case.actor.roles or case.actor.id == case.incident.reporter_id):
        return Refusal(key="outsider")
    pending = case.incident.edits.get(command.message)
    if command.after == (pending.text if pending is not None else command.before):
        return Refusal(key="nothing_new")
    facts = {name: data for name, data in command.facts.items() if check_facts(case, {name: data}) is None}
    case.record(
        e.EditNoticed(
            message=command.message,
            before=command.before or None,
            text=command.after or None,
            source=source_of(case),
            facts=facts,
            place=command.place,
            occurred_at=command.occurred_at,
        )
    )
    return None


def settle_edit(case: Case, command: c.SettleEdit) -> Refusal | None:
    """Adopt an edit, or leave the record as it was."""
    if not case.staff:
        return Refusal(key="staff_only", who=case.titles(("duty",)))
    edit = next((item for item in case.incident.edits.values() if item.sequence == command.sequence), None)
    if edit is None:
        return Refusal(key="nothing_new")
    if command.adopt:
        # The words were read beside the figures and the button pressed: a fall of deaths needs no second word.
        problem = update(
            case,
            c.Update(
                facts=edit.facts,
                text=edit.text,
                source=edit.source,
                place=edit.place,
                occurred_at=edit.occurred_at,
                reason=edit.text,
                sure=True,
            ),
        )
        if problem is not None:
            return problem
    case.record(e.EditSettled(message=edit.message, adopted=command.adopt))
    return None


def answer_element(case: Case, command: c.AnswerElement) -> Refusal | None:
    """Take a short answer. 无 to a figure is a zero of its source; what is not known stays unknown, and says so."""
    if not (case.staff or case.actor.id == case.incident.reporter_id):
        return Refusal(key="outsider")
    if command.answer not in ANSWERS or command.element in case.incident.claims:
        return Refusal(key="nothing_new")
    case.record(e.ElementAnswered(element=command.element, answer=command.answer, source=source_of(case)))
    fact = plan_facts(case.plan).get(command.element)
    if command.answer == "none" and fact is not None:
        return update(case, c.Update(facts={command.element: 0}))
    return None
