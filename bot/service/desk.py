"""What the database knows of a text of the desk when it goes out; what its incident, or its drill, notes of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, TypeVar

from bot.outgoing.addresses import CaseAddresses
from bot.service.enrichers import Deciding, enriches
from bot.service.requests import Step
from plans.core.keys import Audience
from plans.core.outcome import CaseOutcome
from plans.core.state import CaseState
from plans.desk import mending
from plans.desk.addressed import DONE, DRAFT, SENT, WITHDRAWN, Addressed
from plans.desk.announcements import Announce
from plans.desk.instruction_state import Instruction
from plans.desk.instructions import GiveInstruction
from plans.desk.mending import NoteMending
from plans.desk.recipients import AddRecipients
from plans.incident import instructions as noted
from plans.incident.instructions import NoteInstruction
from plans.model import Plan
from storage.transaction import Reading

C = TypeVar("C", GiveInstruction, Announce)


@enriches(GiveInstruction, Announce)
async def nobody_stands_for(deciding: Deciding, command: C) -> C:
    """The recipients for whom nobody stands who can be written to."""
    case = deciding.case
    if not isinstance(case, Addressed):
        raise TypeError(f"{case.stream} goes to nobody")
    return replace(command, unreachable=await unreachable(deciding.tx, deciding.plan, case, case.chosen))


@enriches(AddRecipients)
async def nobody_stands_for_others(deciding: Deciding, command: AddRecipients) -> AddRecipients:
    """The same of those whom it goes to besides."""
    absent = await unreachable(deciding.tx, deciding.plan, deciding.case, command.recipients)
    return replace(command, unreachable=absent)


async def unreachable(rx: Reading, plan: Plan, case: CaseState, names: Iterable[str]) -> frozenset[str]:
    """Return those of some recipients for whom nobody stands who can be written to: one question for all units."""
    reachable = await rx.people.reachable_units(plan.jurisdiction.name, plan.id, by_head=True)
    addresses, absent = CaseAddresses(rx, plan, case), set[str]()
    for name in names:
        key = Audience(name)
        if key.of not in reachable if key.kind == "unit" else not await addresses.resolve(key):
            absent.add(name)
    return frozenset(absent)


def noted_in_incident(outcome: CaseOutcome[Any]) -> list[Step]:
    """Return what the incident notes of an instruction that was given within it, where that stands otherwise now."""
    state = outcome.after
    if not isinstance(state, Instruction) or not state.incident or not state.told:
        return []
    command = _note(state)
    before = outcome.before
    if isinstance(before, Instruction) and before.told and _note(before) == command:
        return []
    return [Step(stream=state.incident, command=command)]


def _note(state: Instruction) -> NoteInstruction:
    stands = {WITHDRAWN: noted.WITHDRAWN, DONE: noted.DONE}.get(
        state.state, noted.CORRECTED if state.corrected and state.state == SENT else noted.GIVEN
    )
    return NoteInstruction(
        instruction=state.stream, number=state.number, text=state.text, stands=stands, giver=state.giver,
        giver_id=state.giver_id, recorded=state.recorded, way=state.way, given_at=state.given_at, due=state.due,
        told=len(state.told), finished=state.finished,
    )  # fmt: skip


def noted_in_drill(outcome: CaseOutcome[Any]) -> list[Step]:
    """Return what a drill notes of the instruction that mends a finding of it, where that stands otherwise now."""
    state, before = outcome.after, outcome.before
    if not isinstance(state, Instruction) or not state.mends:
        return []
    stands = _mending(state)
    if isinstance(before, Instruction) and _mending(before) == stands:
        return []
    command = NoteMending(
        finding=state.finding, instruction=state.stream, instruction_number=state.number, stands=stands
    )
    return [Step(stream=state.mends, command=command)]


def _mending(state: Instruction) -> str:
    stands = {DRAFT: mending.DRAFT, SENT: mending.GIVEN, DONE: mending.DONE}
    return stands.get(state.state, mending.DROPPED)
