"""批示、指令: a leader's word to units, by whom, when and by which way; received, done with a result, chased, told.

What a unit answers stands in ``plans.desk.results``, what comes due in ``plans.desk.chasing``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from plans.core.authority import with_also
from plans.core.command import NOBODY, Command
from plans.core.event import Event, Recorded
from plans.core.keys import Audience
from plans.core.notice import Notice, NoticeType, declare
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides, tells
from plans.desk.addressed import DRAFT, may_change, may_draft, well_named
from plans.desk.announcements import may_write
from plans.desk.case import Case, NoticeContext
from plans.desk.enclosures import MOST, enclosed
from plans.desk.instruction_state import WAYS, Instruction
from plans.desk.opening import DeskCaseOpened, OpenDeskCase, as_opened, begin
from plans.desk.recipients import tell
from plans.desk.standing import own_moment

# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenInstruction(OpenDeskCase):
    """Draft an instruction.

    Attributes:
        giver: whose word it is; empty = the actor's own, where he may give one. giver_id: looked up by the shell.
        recipients: those who are picked already, as the words name them.
        drill: the incident is one.
        evidence: pictures and files that go with it, ``kind:reference`` each.
        mends: the drill whose finding it mends (整改); finding: which one (``plans.desk.mending``).
    """

    text: str
    giver: str = ""
    giver_id: str = ""
    way: str = ""
    given_at: datetime | None = None
    due: datetime | None = None
    due_words: str = ""
    urgent: bool = False
    incident: str = ""
    incident_number: int = 0
    clause: str = ""
    recipients: tuple[str, ...] = ()
    drill: bool = False
    evidence: tuple[str, ...] = ()
    mends: str = ""
    finding: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class AmendInstruction(Command):
    """Set a draft right: what is None stays.

    Attributes:
        no_due: nothing is wanted by a day.
    """

    giver: str | None = None
    giver_id: str = ""
    way: str | None = None
    due: datetime | None = None
    due_words: str = ""
    no_due: bool = False
    urgent: bool | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class GiveInstruction(Command):
    """Send it to those who were picked.

    Attributes:
        unreachable: recipients for whom nobody stands who can be written to.
    """

    unreachable: frozenset[str] = NOBODY


@dataclass(frozen=True, kw_only=True, slots=True)
class ExtendInstruction(Command):
    """Set another day by which it is to be done."""

    due: datetime
    words: str = ""

    any_state = True


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class InstructionOpened(DeskCaseOpened, name="instruction-opened", personal=("text", "giver", "name")):
    """An instruction was drafted; ``recorded``: by the desk for the giver (代录)."""

    text: str | None
    giver: str | None = None
    giver_id: str = ""
    giver_role: str = ""
    recorded: bool = False
    way: str = ""
    given_at: datetime | None = None
    due: datetime | None = None
    due_words: str = ""
    urgent: bool = False
    incident: str = ""
    incident_number: int = 0
    clause: str = ""
    recipients: tuple[str, ...] = ()
    name: str | None = None
    drill: bool = False
    evidence: tuple[str, ...] = ()
    mends: str = ""
    finding: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class InstructionAmended(Event, name="instruction-amended", personal=("giver",)):
    """The draft says of whom, by which way and by when, as it stands now."""

    by: str
    giver: str | None = None
    giver_id: str = ""
    giver_role: str = ""
    recorded: bool = False
    way: str = ""
    due: datetime | None = None
    due_words: str = ""
    urgent: bool = False

    touches = ("draft",)


@dataclass(frozen=True, kw_only=True, slots=True)
class InstructionExtended(Event, name="instruction-extended", personal=("name",)):
    """Another day by which it is to be done."""

    due: datetime
    due_words: str = ""
    by: str
    name: str | None = None


# --- what may happen


@dataclass(frozen=True, slots=True)
class _Giver:
    """Whose word it is."""

    name: str
    id: str
    role: str
    recorded: bool

    def said(self) -> dict[str, Any]:
        """Return it as the fields of the events that tell of it."""
        return {
            "giver": self.name or None, "giver_id": self.id, "giver_role": self.role, "recorded": self.recorded
        }  # fmt: skip


def _giver(case: Case[Instruction], name: str, id: str) -> _Giver | Refusal:
    """Return whose word it is: the actor's own, by a role of the plan; or of somebody for whom the desk writes."""
    actor, name = case.actor, name.strip()
    roles = with_also(case.plan, actor.roles)
    titles = {case.plan.roles[role].title for role in roles}
    own = bool(roles) and (not name or id == actor.id or (not id and name in {actor.name, *titles}))
    if own:
        return _Giver(actor.name, actor.id, roles[0], False)
    if "duty" not in actor.roles:
        return Refusal(key="instruct_own_name", who=("duty",))
    if id == actor.id:
        return Refusal(key="instruct_no_leader", who=tuple(case.plan.roles))
    return _Giver(name, id, "", True)


def _known_way(way: str | None) -> None:
    if way and way not in WAYS:
        raise ValueError(f"an instruction is not given by {way}")


def _due_over(case: Case[Instruction], due: datetime | None) -> Refusal | None:
    return Refusal(key="instruct_due_over", params={"given": due}) if due is not None and due <= case.now else None


@decides(OpenInstruction)
def open_instruction(case: Case[Instruction], command: OpenInstruction) -> Refusal | None:
    """A role of the plan in its own name, or the desk for somebody; never a unit."""
    refusal = may_write(case, command.text) or case.ahead(command.given_at)
    if refusal is not None:
        return refusal
    _known_way(command.way)
    giver = _giver(case, command.giver, command.giver_id)
    if isinstance(giver, Refusal):
        return giver
    case.record(
        InstructionOpened(
            **as_opened(command), by=case.actor.id, name=case.actor.name or None, text=command.text.strip(),
            **giver.said(),
            way=command.way, given_at=command.given_at or case.now, due=command.due, due_words=command.due_words,
            urgent=command.urgent, incident=command.incident, incident_number=command.incident_number,
            clause=command.clause, recipients=well_named(command.recipients), drill=command.drill,
            evidence=command.evidence[:MOST], mends=command.mends, finding=command.finding,
        )
    )  # fmt: skip
    return None


@decides(AmendInstruction)
def amend_instruction(case: Case[Instruction], command: AmendInstruction) -> Refusal | None:
    """While it is a draft."""
    state = case.state
    if (refusal := may_draft(case)) is not None:
        return refusal
    _known_way(command.way)
    due = own_moment(case, command.due)
    if (refusal := _due_over(case, due)) is not None:
        return refusal
    giver: _Giver | Refusal = _Giver(state.giver, state.giver_id, state.giver_role, state.recorded)
    if command.giver is not None:
        giver = _giver(case, command.giver, command.giver_id)
    if isinstance(giver, Refusal):
        return giver
    keeps = command.due is None and not command.no_due
    event = InstructionAmended(
        by=case.actor.id, **giver.said(),
        way=state.way if command.way is None else command.way, due=state.due if keeps else due,
        due_words=state.due_words if keeps else command.due_words,
        urgent=state.urgent if command.urgent is None else command.urgent,
    )  # fmt: skip
    case.record(event)
    return None


@decides(GiveInstruction)
def give_instruction(case: Case[Instruction], command: GiveInstruction) -> Refusal | None:
    """Send it: whose word it is must be known, and its day not be over; what mends a drill's finding has one."""
    state = case.state
    if (refusal := may_draft(case)) is not None:
        return refusal
    if not state.giver:
        return Refusal(key="instruct_who")
    if state.mends and state.due is None:
        return Refusal(key="instruct_mend_due")
    return state.late(case.now) or tell(case, state.chosen, command.unreachable)


@decides(ExtendInstruction)
def extend_instruction(case: Case[Instruction], command: ExtendInstruction) -> Refusal | None:
    """Whoever looks after it, or gave it."""
    state = case.state
    if (refusal := may_change(case, giver=True)) is not None:
        return refusal
    due = own_moment(case, command.due) or command.due
    if (refusal := _due_over(case, due)) is not None:
        return refusal
    if due == state.due:
        return Refusal(key="same_as_before")
    case.record(
        InstructionExtended(
            due=due, due_words=command.words, by=case.actor.id, name=case.actor.name or None
        )
    )  # fmt: skip
    return None


# --- what it does to the case


@applies(InstructionOpened)
def _on_opened(state: Instruction, event: InstructionOpened, item: Recorded) -> None:
    begin(state, event, DRAFT)
    state.text, state.by, state.by_name = event.text or "", event.by, event.name or ""
    state.giver, state.giver_id, state.giver_role = event.giver or "", event.giver_id, event.giver_role
    state.recorded, state.way, state.given_at = event.recorded, event.way, event.given_at
    state.due, state.due_words, state.due_since, state.urgent = event.due, event.due_words, item.at, event.urgent
    state.incident, state.incident_number, state.clause = event.incident, event.incident_number, event.clause
    state.chosen, state.drill, state.mends, state.finding = event.recipients, event.drill, event.mends, event.finding
    enclosed(state, event.evidence)


@applies(InstructionAmended)
def _on_amended(state: Instruction, event: InstructionAmended, item: Recorded) -> None:
    state.giver, state.giver_id, state.giver_role = event.giver or "", event.giver_id, event.giver_role
    state.recorded, state.way, state.urgent = event.recorded, event.way, event.urgent
    state.due, state.due_words, state.due_since = event.due, event.due_words, item.at


@applies(InstructionExtended)
def _on_extended(state: Instruction, event: InstructionExtended, item: Recorded) -> None:
    state.due, state.due_words, state.due_since, state.chased = event.due, event.due_words, item.at, frozenset()


# --- who is told


EXTENDED = "instruction_extended"

declare(NoticeType(EXTENDED, one_each=True))


@tells(InstructionExtended)
def _tell_extended(event: InstructionExtended, item: Recorded, context: NoticeContext[Instruction]) -> Iterator[Notice]:
    state = context.after
    for name in state.unfinished:
        yield Notice(kind="desk", key=EXTENDED, to=Audience(name), priority=2, ring=state.ring(item.at))
