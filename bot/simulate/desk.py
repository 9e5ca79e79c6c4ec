"""Steps of the duty desk: ``log`` writes an entry or answers one, ``instruct`` and ``result`` begin and end a task."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.office.desk import new_case
from bot.office.log_words import written
from bot.rows import iso
from bot.scenario.base import ScenarioError
from bot.scenario.form import Step
from bot.service import Requester, Result, Service
from bot.service import Step as Asked
from bot.simulate import cast
from plans.core import keys
from plans.core.command import Command
from plans.core.notice import Notice
from plans.desk.entry_replies import AnswerEntry
from plans.desk.entry_state import KIND as ENTRY
from plans.desk.entry_state import Entry
from plans.desk.instruction_state import KIND as INSTRUCTION
from plans.desk.instruction_state import Instruction
from plans.desk.instructions import GiveInstruction, OpenInstruction
from plans.desk.receipts import Receive
from plans.desk.results import DeclineInstruction, SettleInstruction
from plans.desk.wording import read_instruction
from plans.incident.state import Incident
from plans.model import Plan

STEPS = frozenset({"log", "instruct", "result"})
"""What a step does at the desk; ``received`` is of an instruction where it names one."""


class Desk:
    """Entries and instructions of a scenario, as they stand."""

    def __init__(self, plan: Plan, service: Service) -> None:
        self._plan, self._service = plan, service
        self._entries: dict[int, Entry] = {}
        self._instructions: dict[int, Instruction] = {}

    @staticmethod
    def does(step: Step) -> bool:
        """Return whether a step is about the desk."""
        return step.do in STEPS or (step.do == "received" and step.instruction is not None)

    @property
    def used(self) -> bool:
        """Whether anything was written."""
        return bool(self._entries or self._instructions)

    @staticmethod
    def kind(case: object, notice: Notice) -> str:
        """Return which kind of line of the timeline a notice is."""
        return INSTRUCTION if isinstance(case, Instruction) and notice.kind == "desk" else notice.kind

    def see(self, case: object) -> None:
        """Remember how a case stands."""
        if isinstance(case, Entry):
            self._entries[case.number] = case
        elif isinstance(case, Instruction):
            self._instructions[case.number] = case

    async def do(self, step: Step, cause: str, now: datetime, incident: Incident | None) -> Result:
        """Do a step.

        Args:
            incident: within which an instruction is given, None for none.

        Raises:
            ScenarioError: it names an entry or an instruction that is not there.
        """
        requester = Requester(person_id=cast.person_id(step.actor))
        if step.do == "log" and step.entry is None:
            command = written(self._plan, step.text, origin=cast.place_id(step.actor), said_at=now)
            return await self._service.execute([new_case(ENTRY, self._plan, command)], cause=cause, requester=requester)
        if step.do == "instruct":
            opens = self._opening(step, now, incident)
            draft = await self._service.execute(
                [new_case(INSTRUCTION, self._plan, opens)], cause=f"{cause}:draft", requester=requester
            )
            if draft.refusal is not None:
                return draft
            asked = Asked(stream=draft.streams[0], command=GiveInstruction())
        else:
            asked = self._asked(step)
        return await self._service.execute([asked], cause=cause, requester=requester)

    def _opening(self, step: Step, now: datetime, incident: Incident | None) -> OpenInstruction:
        """Return the draft: whose word, by which way and by when, as the text says or the file states."""
        said = read_instruction(step.text, now, {role.title for role in self._plan.roles.values()})
        return OpenInstruction(
            text=said.text, giver=step.spoken_by or said.giver, way=said.way, given_at=said.given_at,
            due=said.due.at if said.due is not None else None, due_words=said.due.words if said.due is not None else "",
            urgent=said.urgent, incident=incident.stream if incident is not None else "",
            incident_number=incident.number if incident is not None else 0,
            recipients=tuple(map(keys.to_unit, step.to)), origin=cast.place_id(step.actor),
        )  # fmt: skip

    def _asked(self, step: Step) -> Asked:
        if step.do == "log":
            entry = _numbered(self._entries, step.entry, "日志")
            return Asked(stream=entry.stream, command=AnswerEntry(words=step.text))
        instruction = _numbered(self._instructions, step.instruction, "指令")
        return Asked(stream=instruction.stream, command=_said(step))

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """Return the entries and instructions as the result lists them; nothing where the desk was not used."""
        if not self.used:
            return {}
        return {
            "entries": [
                {
                    "number": item.number, "state": item.state, "text": item.text, "caller": item.caller or None,
                    "unit": item.unit or None,
                    "wants": [{"due": iso(want.at) if want.at else None, "what": want.what} for want in item.wants],
                    "replies": [reply.words for reply in item.replies],
                }
                for item in self._entries.values()
            ],
            "instructions": [
                {
                    "number": item.number, "state": item.state, "giver": item.giver, "text": item.text,
                    "due": iso(item.due) if item.due else None,
                    "recipients": [
                        {"recipient": keys.Audience(name).of, "status": item.status(name)} for name in item.told
                    ],
                }
                for item in self._instructions.values()
            ],
        }  # fmt: skip


def _said(step: Step) -> Command:
    """Return what a recipient says of an instruction; the duty officer says it for a unit by telephone."""
    recipient = keys.to_unit(step.unit) if step.unit else ""
    if step.do == "received":
        return Receive(recipient=recipient)
    if step.reason:
        return DeclineInstruction(recipient=recipient, reason=step.reason)
    return SettleInstruction(recipient=recipient, text=step.text)


def _numbered(cases: dict[int, Any], number: int | None, name: str) -> Any:
    if not cases:
        raise ScenarioError(f"还没有{name}；先有一步 do: {'log' if name == '日志' else 'instruct'}")
    if number not in cases:
        raise ScenarioError(f"没有{name}{number}号；已有：{'、'.join(map(str, cases))}")
    return cases[number]


def known_recipients(plan: Plan, names: Sequence[str]) -> tuple[str, ...]:
    """Return the units that a step names.

    Raises:
        ScenarioError: one of them is none of the plan.
    """
    found = [(name, cast.unit_of(plan, name)) for name in names]
    strange = [name for name, unit in found if unit is None]
    if strange:
        raise ScenarioError(f"没有单位“{strange[0]}”；单位见 tocsin plans show {plan.id}")
    return tuple(unit for _, unit in found if unit is not None)
