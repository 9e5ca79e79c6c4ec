"""批示、指令: a leader's word to units, by whom, when and by which way; received, done with a result, chased, told.

What a unit answers stands in ``plans.desk.results``, what comes due in ``plans.desk.chasing``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import ClassVar, Literal

from plans.core.authority import with_also
from plans.core.command import NOBODY, Command
from plans.core.event import Event, Recorded
from plans.core.keys import Audience
from plans.core.notice import Notice, NoticeType, declare
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides, tells
from plans.desk.announcements import may_write
from plans.desk.case import Case, NoticeContext
from plans.desk.opening import DeskCaseOpened, OpenDeskCase, as_opened, begin
from plans.desk.recipients import (
    DRAFT,
    INSTRUCTION,
    Addressed,
    gave,
    manages,
    tell,
    well_named,
)

KIND = INSTRUCTION

WAYS = ("批示件", "电话", "会议", "当面")
"""By which way it was given; empty = nobody has said."""

CANNOT_WAIT = timedelta(hours=12)
"""What is due so soon after it was given is chased at night too."""

DONE_, DECLINED, RELEASED, RETURNED = "done", "declined", "released", "returned"
"""What became of it with one recipient: 办结; 退回 by the unit; let off by the office; sent back as not enough."""

Status = Literal["done", "declined", "released", "returned"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """What became of it with one recipient.

    Attributes:
        text, evidence: what was handed in: words, and ``kind:reference`` of pictures and files.
        reason: why it was declined, or sent back. by: name; recorded: said on the telephone, noted by the office.
    """

    status: Status
    at: datetime
    by: str = ""
    text: str = ""
    evidence: tuple[str, ...] = ()
    reason: str = ""
    recorded: bool = False


@dataclass(slots=True)
class Instruction(Addressed):
    """One instruction.

    Attributes:
        giver, giver_role: whose word it is; ``giver_id`` is empty where he is not registered.
        way: of ``WAYS``, empty where nobody has said.
        given_at: when it was given. due: by when a result is wanted; due_words: as it was said.
        due_since: since when this is the due time. chased: which reminders of it have been sent.
        incident, incident_number: within which incident; clause: of the plan's element in which it is told.
        results: by recipient; none while it is being worked on.
    """

    COLLECTIONS: ClassVar[tuple[str, ...]] = ("files", "told", "results")

    giver: str = ""
    giver_role: str = ""
    way: str = ""
    given_at: datetime | None = None
    due: datetime | None = None
    due_words: str = ""
    due_since: datetime | None = None
    chased: frozenset[str] = frozenset()
    incident: str = ""
    incident_number: int = 0
    clause: str = ""
    results: dict[str, Result] = field(default_factory=dict)

    @property
    def presses(self) -> bool:
        """Whether it cannot wait for the morning: 加急, or due soon after it was given."""
        if self.urgent:
            return True
        since = self.due_since or self.given_at
        return self.due is not None and since is not None and self.due - since <= CANNOT_WAIT

    def ring(self, at: datetime) -> bool:
        """What is said within an incident when it is given rings; later words wait for the morning."""
        return Addressed.ring(self, at) or (bool(self.incident) and self.sent_at == at)

    def status(self, name: str) -> str:
        """Return where it stands with a recipient: ``sent received done declined released returned``."""
        result = self.results.get(name)
        if result is not None:
            return result.status
        return "sent" if self.told[name].silent else "received"

    def waits_for(self, name: str) -> bool:
        """Whether the recipient has still to do it; one that declined waits for the office."""
        return self.status(name) in ("sent", "received", RETURNED)

    @property
    def unfinished(self) -> list[str]:
        """Those who have still to do it."""
        return [name for name in self.told if self.waits_for(name)]

    @property
    def declined(self) -> list[str]:
        """Those who say that it is not theirs, of which the office has still to decide."""
        return [name for name in self.told if self.status(name) == DECLINED]

    @property
    def finished(self) -> int:
        """How many have done it."""
        return sum(1 for item in self.results.values() if item.status == DONE_)


# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenInstruction(OpenDeskCase):
    """Draft an instruction.

    Attributes:
        giver: whose word it is; empty = the actor's own, where he may give one. giver_id: looked up by the shell.
        recipients: those who are picked already, as the words name them.
        drill: the incident is one.
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


@decides(OpenInstruction)
def open_instruction(case: Case[Instruction], command: OpenInstruction) -> Refusal | None:
    """A role of the plan in its own name, or the desk for somebody; never a unit."""
    refusal = may_write(case, command.text) or case.ahead(command.given_at)
    if refusal is not None:
        return refusal
    if command.way and command.way not in WAYS:
        raise ValueError(f"an instruction is not given by {command.way}")
    giver = _giver(case, command.giver, command.giver_id)
    if isinstance(giver, Refusal):
        return giver
    case.record(
        InstructionOpened(
            **as_opened(command), by=case.actor.id, name=case.actor.name or None, text=command.text.strip(),
            giver=giver.name or None, giver_id=giver.id, giver_role=giver.role, recorded=giver.recorded,
            way=command.way, given_at=command.given_at or case.now, due=command.due, due_words=command.due_words,
            urgent=command.urgent, incident=command.incident, incident_number=command.incident_number,
            clause=command.clause, recipients=well_named(command.recipients), drill=command.drill,
        )
    )  # fmt: skip
    return None


@decides(AmendInstruction)
def amend_instruction(case: Case[Instruction], command: AmendInstruction) -> Refusal | None:
    """While it is a draft."""
    state = case.state
    if not manages(case):
        return Refusal(key="desk_not_yours", who=("duty",))
    if state.state != DRAFT:
        return Refusal(key="desk_is_out")
    if command.way and command.way not in WAYS:
        raise ValueError(f"an instruction is not given by {command.way}")
    if command.due is not None and command.due <= case.now:
        return Refusal(key="instruct_due_over", params={"given": command.due})
    giver: _Giver | Refusal = _Giver(state.giver, state.giver_id, state.giver_role, state.recorded)
    if command.giver is not None:
        giver = _giver(case, command.giver, command.giver_id)
    if isinstance(giver, Refusal):
        return giver
    keeps = command.due is None and not command.no_due
    event = InstructionAmended(
        by=case.actor.id, giver=giver.name or None, giver_id=giver.id, giver_role=giver.role, recorded=giver.recorded,
        way=state.way if command.way is None else command.way, due=state.due if keeps else command.due,
        due_words=state.due_words if keeps else command.due_words,
        urgent=state.urgent if command.urgent is None else command.urgent,
    )  # fmt: skip
    case.record(event)
    return None


@decides(GiveInstruction)
def give_instruction(case: Case[Instruction], command: GiveInstruction) -> Refusal | None:
    """Send it: whose word it is must be known, and its day must not be over."""
    state = case.state
    if not manages(case):
        return Refusal(key="desk_not_yours", who=("duty",))
    if state.state != DRAFT:
        return Refusal(key="desk_is_out")
    if not state.giver:
        return Refusal(key="instruct_who")
    if state.due is not None and state.due <= case.now:
        return Refusal(key="instruct_due_over", params={"given": state.due})
    return tell(case, state.chosen, command.unreachable)


@decides(ExtendInstruction)
def extend_instruction(case: Case[Instruction], command: ExtendInstruction) -> Refusal | None:
    """Whoever looks after it, or gave it."""
    state = case.state
    if not manages(case) and not gave(case):
        return Refusal(key="desk_not_yours", who=("duty",))
    if not state.out:
        return Refusal(key="desk_not_out")
    if command.due <= case.now:
        return Refusal(key="instruct_due_over", params={"given": command.due})
    if command.due == state.due:
        return Refusal(key="same_as_before")
    case.record(
        InstructionExtended(
            due=command.due, due_words=command.words, by=case.actor.id, name=case.actor.name or None
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
    state.chosen, state.drill = event.recipients, event.drill


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
