"""To whom something at the desk goes: who answers for each, who has received it, who is reminded, who stays silent.

Instructions and notices share it. A recipient is named as an audience: ``unit:…`` (a unit or a listed body), ``role:…``
or ``person:…``. Whoever stands for several of them gets one message and answers once, for all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, ClassVar

from plans.core import keys
from plans.core.authority import with_also
from plans.core.command import NOBODY, Actor, Command
from plans.core.event import Event, Recorded
from plans.core.keys import SEAT, Audience, Key
from plans.core.kind import WakePoint
from plans.core.notice import Notice, NoticeType, buttons, declare
from plans.core.outcome import Refusal
from plans.core.policy import Policy, pause
from plans.core.registry import applies, decides, guards, revises, tells
from plans.core.revisions import last_change
from plans.desk.case import Case, NoticeContext
from plans.desk.state import DeskState
from plans.model import Plan
from plans.times.night import is_night, morning_of

INSTRUCTION, ANNOUNCEMENT = "instruction", "announcement"
KINDS = (INSTRUCTION, ANNOUNCEMENT)

DRAFT, SENT, DONE, WITHDRAWN, DISCARDED = "draft", "sent", "done", "withdrawn", "discarded"
"""States: written and chosen; with its recipients; nothing is waited for any more; taken back; never sent."""

MOST = 5000
"""Recipients of one text."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Recipient:
    """One of those whom it went to.

    Attributes:
        key: as an audience names it.
        sent_at: when it was told; anew with each correction.
        reachable: somebody who can be written to stands for it.
        answered_at, answered_by: 收到; ``recorded``: said on the telephone, and noted by the office.
        reminded_at: of the one reminder. listed_at: since when it stands on the seat's list.
        tried: calls by telephone in vain.
    """

    key: str
    sent_at: datetime
    reachable: bool = True
    answered_at: datetime | None = None
    answered_by: str = ""
    recorded: bool = False
    reminded_at: datetime | None = None
    listed_at: datetime | None = None
    tried: int = 0

    @property
    def silent(self) -> bool:
        """Whether it has not answered."""
        return self.answered_at is None


@dataclass(slots=True)
class Addressed(DeskState):
    """A text that goes to recipients.

    Attributes:
        text: as it was written. by, by_name: who wrote it here.
        urgent: 加急: it rings at night too.
        chosen: those picked in the draft. told: whom it went to, by their keys.
        round: how often it was said: when it went out, and at each correction. sent_at: the last time.
        corrected: it says something else than at first.
        draft_rung: whoever wrote the draft was reminded that it has not gone out.
        closing: why it was taken back.
        giver_id: in whose name it goes, where that is another; recorded: the desk wrote it down for him (代录).
    """

    OPEN_STATES: ClassVar[frozenset[str]] = frozenset({DRAFT, SENT})
    COLLECTIONS: ClassVar[tuple[str, ...]] = ("files", "told")

    text: str = ""
    by: str = ""
    by_name: str = ""
    urgent: bool = False
    chosen: tuple[str, ...] = ()
    told: dict[str, Recipient] = field(default_factory=dict)
    round: int = 0
    sent_at: datetime | None = None
    corrected: bool = False
    draft_rung: bool = False
    closing: str = ""
    giver_id: str = ""
    recorded: bool = False

    @property
    def out(self) -> bool:
        """Whether it is with its recipients, and something is waited for."""
        return self.state == SENT

    @property
    def presses(self) -> bool:
        """Whether it cannot wait for the morning."""
        return self.urgent

    def silent(self) -> Iterator[Recipient]:
        """Yield who has not answered."""
        yield from (item for item in self.told.values() if item.silent)

    def waits_for(self, name: str) -> bool:
        """Return whether a recipient has still to do something once the text says something else."""
        return True

    def ring(self, at: datetime) -> bool:
        """Return whether a message about it rings at a moment; one that does not is there all the same."""
        return self.presses or not is_night(at)


# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class PickRecipients(Command):
    """Choose to whom a draft goes.

    Attributes:
        recipients: all of them, instead of those chosen until now; None = those stay.
        toggle: one that is added, or taken off where it was chosen: two taps one after the other both count.
    """

    recipients: tuple[str, ...] | None = None
    toggle: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class AddRecipients(Command):
    """Send it to others too, after it has gone out."""

    recipients: tuple[str, ...]
    unreachable: frozenset[str] = NOBODY


@dataclass(frozen=True, kw_only=True, slots=True)
class Receive(Command):
    """收到, for all that the actor stands for; with ``recipient`` the office records what was said on the telephone.

    Attributes:
        informant: who said it, as the office wrote it down.
    """

    recipient: str = ""
    informant: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class RingInVain(Command):
    """A recipient was rung, and nobody answered the telephone."""

    recipient: str


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class RecipientsPicked(Event, name="desk-recipients-picked"):
    """To whom the draft goes."""

    recipients: tuple[str, ...]

    touches = ("draft",)


@dataclass(frozen=True, kw_only=True, slots=True)
class RecipientsTold(Event, name="desk-recipients-told"):
    """It went to these; nobody who can be written to stands for ``unreachable``."""

    recipients: tuple[str, ...]
    unreachable: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ReceiptGiven(Event, name="desk-receipt-given", personal=("name", "informant")):
    """收到; ``recorded``: said on the telephone, and noted by the office."""

    recipients: tuple[str, ...]
    by: str
    name: str | None = None
    recorded: bool = False
    informant: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class RecipientRung(Event, name="desk-recipient-rung"):
    """A call by telephone that nobody answered."""

    recipient: str
    by: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RecipientsReminded(Event, name="desk-recipients-reminded"):
    """Those who had not answered were told once more."""

    recipients: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class SilentListed(Event, name="desk-silent-listed"):
    """Those who have not answered stand on the seat's list of whom to ring."""

    recipients: tuple[str, ...]


# --- who stands for whom


def stands_for(actor: Actor, plan: Plan) -> frozenset[str]:
    """Return the recipients that somebody stands for: his units, his roles, himself."""
    roles = {*actor.roles, *with_also(plan, actor.roles)}
    return frozenset({*map(keys.to_unit, actor.units), *map(keys.to_role, roles), keys.to_person(actor.id)})


def own_of(state: Addressed, actor: Actor, plan: Plan) -> list[str]:
    """Return those of the recipients that somebody stands for."""
    return sorted(stands_for(actor, plan) & state.told.keys())


def manages(case: Case[Any]) -> bool:
    """Return whether the actor looks after it: a duty officer of the desk, or who wrote it and may still give one."""
    actor, state = case.actor, case.state
    if actor.via != "direct":
        return False
    return "duty" in actor.roles or (actor.id == state.by and bool(actor.roles & set(case.plan.roles)))


def gave(case: Case[Any]) -> bool:
    """Return whether it goes in the actor's name, who still holds a role by which one is given."""
    actor = case.actor
    if actor.via != "direct" or not actor.roles & {"duty", *case.plan.roles}:
        return False
    return bool(case.state.giver_id) and case.state.giver_id == actor.id


def well_named(recipients: Iterable[str]) -> tuple[str, ...]:
    """Return recipients once each; raise ValueError for what is none."""
    names = tuple(dict.fromkeys(recipients))
    for name in names:
        key = Audience(name)
        if key.kind not in ("unit", "role", "person") or not key.of:
            raise ValueError(f"no recipient: {name}")
    return names


# --- what may happen


@decides(PickRecipients)
def pick_recipients(case: Case[Any], command: PickRecipients) -> Refusal | None:
    """Whoever wrote the draft, or the desk, chooses."""
    if not manages(case):
        return Refusal(key="desk_not_yours", who=("duty",))
    if case.state.state != DRAFT:
        return Refusal(key="desk_is_out")
    chosen = case.state.chosen if command.recipients is None else command.recipients
    if command.toggle in chosen:
        chosen = tuple(name for name in chosen if name != command.toggle)
    elif command.toggle:
        chosen = (*chosen, command.toggle)
    names = well_named(chosen)
    if len(names) > MOST:
        return Refusal(key="desk_too_many", params={"most": MOST})
    if names != case.state.chosen:
        case.record(RecipientsPicked(recipients=names))
    return None


@decides(AddRecipients)
def add_recipients(case: Case[Any], command: AddRecipients) -> Refusal | None:
    """Send it to others too."""
    if not manages(case):
        return Refusal(key="desk_not_yours", who=("duty",))
    if not case.state.out:
        return Refusal(key="desk_not_out")
    if all(name in case.state.told for name in command.recipients):
        return Refusal(key="desk_told_before")
    return tell(case, command.recipients, command.unreachable)


def tell(case: Case[Any], recipients: Sequence[str], unreachable: frozenset[str]) -> Refusal | None:
    """Record that it goes to some recipients who do not have it yet."""
    fresh = tuple(name for name in well_named(recipients) if name not in case.state.told)
    if not fresh:
        return Refusal(key="desk_nobody_chosen")
    if len(fresh) + len(case.state.told) > MOST:
        return Refusal(key="desk_too_many", params={"most": MOST})
    case.record(
        RecipientsTold(recipients=fresh, unreachable=tuple(name for name in fresh if name in unreachable))
    )  # fmt: skip
    return None


@decides(Receive)
def receive(case: Case[Any], command: Receive) -> Refusal | None:
    """A recipient answers for itself, or the office records its answer."""
    names, refusal = answering(case, command.recipient)
    if refusal is not None:
        return refusal
    fresh = tuple(name for name in names if case.state.told[name].silent)
    if not fresh:
        return Refusal(key="desk_received_before")
    case.record(given(case, fresh, command.recipient, command.informant))
    return None


def given(case: Case[Any], names: Sequence[str], recipient: str = "", informant: str = "") -> ReceiptGiven:
    """Return the receipt of some recipients."""
    return ReceiptGiven(
        recipients=tuple(names), by=case.actor.id, name=case.actor.name or None,
        recorded=records_for(case, recipient), informant=informant.strip() or None,
    )  # fmt: skip


def records_for(case: Case[Any], recipient: str) -> bool:
    """Return whether the office answers for somebody else."""
    return bool(recipient) and recipient not in own_of(case.state, case.actor, case.plan)


def answering(case: Case[Any], recipient: str) -> tuple[list[str], Refusal | None]:
    """Return for which recipients the actor answers: his own, or the one that the office records."""
    state, own = case.state, own_of(case.state, case.actor, case.plan)
    if not state.told:
        return [], Refusal(key="desk_not_out")
    if recipient and recipient not in state.told:
        return [], Refusal(key="desk_no_such_recipient")
    if recipient and recipient not in own and not case.writes:
        return [], Refusal(key="desk_other_recipient", who=("duty",))
    names = [recipient] if recipient else own
    return (names, None) if names else ([], Refusal(key="desk_not_addressed"))


@decides(RingInVain)
def ring_in_vain(case: Case[Any], command: RingInVain) -> Refusal | None:
    """Write down that a call was made and nobody answered; the recipient stays on the list."""
    if not case.writes:
        return Refusal(key="desk_not_yours", who=("duty",))
    found = case.state.told.get(command.recipient)
    if found is None:
        return Refusal(key="desk_no_such_recipient")
    if not found.silent:
        return Refusal(key="desk_received_before")
    case.record(RecipientRung(recipient=command.recipient, by=case.actor.id))
    return None


# --- when


def reminder_at(state: Addressed, item: Recipient, policy: Policy) -> datetime | None:
    """Return when a silent recipient is reminded, once.

    What came in silence at night rings in its morning.
    """
    if not item.silent or not item.reachable or item.reminded_at is not None or item.listed_at is not None:
        return None
    pauses = policy.urgent_receipt if state.presses else policy.receipt
    if state.presses:
        return item.sent_at + pause(pauses, 0)
    return morning_of(item.sent_at) if is_night(item.sent_at) else morning_of(item.sent_at + pause(pauses, 0))


def listing_at(state: Addressed, item: Recipient, policy: Policy) -> datetime | None:
    """Return when a silent recipient comes on the seat's list, once."""
    if not item.silent or item.reminded_at is None or item.listed_at is not None:
        return None
    pauses = policy.urgent_receipt if state.presses else policy.receipt
    at = item.reminded_at + pause(pauses, 1)
    return at if state.presses else morning_of(at)


def points(state: Addressed, policy: Policy) -> list[WakePoint]:
    """Return the next reminder and the next listing: two moments, however many recipients there are."""
    if not state.out:
        return []
    found: dict[str, datetime] = {}
    for item in state.silent():
        for key, at in (("remind", reminder_at(state, item, policy)), ("list", listing_at(state, item, policy))):
            if at is not None and (key not in found or at < found[key]):
                found[key] = at
    return [WakePoint(key, at, state.stream.partition(":")[0]) for key, at in found.items()]


def remind(case: Case[Any]) -> None:
    """Record whom a reminder has fallen due for, and who comes on the seat's list."""
    state, policy = case.state, case.policy
    if not state.out:
        return
    silent = list(state.silent())
    due = [item.key for item in silent if (at := listing_at(state, item, policy)) is not None and at <= case.now]
    again = [item.key for item in silent if (at := reminder_at(state, item, policy)) is not None and at <= case.now]
    if again:
        case.record(RecipientsReminded(recipients=tuple(again)))
    if due:
        case.record(SilentListed(recipients=tuple(due)))


# --- what it does to the case


@applies(RecipientsPicked)
def _on_picked(state: Addressed, event: RecipientsPicked, item: Recorded) -> None:
    state.chosen = event.recipients


@applies(RecipientsTold)
def _on_told(state: Addressed, event: RecipientsTold, item: Recorded) -> None:
    state.state, state.sent_at = SENT, item.at
    state.round = max(state.round, 1)
    absent = set(event.unreachable)
    for name in event.recipients:
        reachable = name not in absent
        state.told[name] = Recipient(
            key=name, sent_at=item.at, reachable=reachable, listed_at=None if reachable else item.at
        )


@applies(ReceiptGiven)
def _on_receipt(state: Addressed, event: ReceiptGiven, item: Recorded) -> None:
    """Note who has it; a notice that everybody has is over."""
    for name in event.recipients:
        found = state.told.get(name)
        if found is not None and found.silent:
            state.told[name] = replace(
                found, answered_at=item.at, answered_by=event.informant or event.name or "", recorded=event.recorded
            )
    if state.stream.startswith(ANNOUNCEMENT) and state.out and not any(True for _ in state.silent()):
        state.state = DONE


@applies(RecipientRung)
def _on_rung(state: Addressed, event: RecipientRung, item: Recorded) -> None:
    if event.recipient in state.told:
        found = state.told[event.recipient]
        state.told[event.recipient] = replace(found, tried=found.tried + 1)


@applies(RecipientsReminded)
def _on_reminded(state: Addressed, event: RecipientsReminded, item: Recorded) -> None:
    for name in event.recipients:
        if name in state.told:
            state.told[name] = replace(state.told[name], reminded_at=item.at)


@applies(SilentListed)
def _on_listed(state: Addressed, event: SilentListed, item: Recorded) -> None:
    for name in event.recipients:
        if name in state.told:
            state.told[name] = replace(state.told[name], listed_at=item.at)


def _draft(state: Addressed, of: str) -> int | None:
    return last_change(state, "draft") if state.state == DRAFT else None


def _told(state: Addressed, of: str) -> int | None:
    return state.round if state.out and of == str(state.round) else None


def _recipient(state: Addressed, of: str) -> int | None:
    return state.round if state.out and of in state.told else None


def _paper(state: Addressed, of: str) -> int | None:
    return 0


def _silent(state: Addressed, of: str) -> int | None:
    return 0 if state.out and any(True for _ in state.silent()) else None


def _open(state: Addressed) -> Iterator[Key]:
    if state.state == DRAFT:
        yield keys.DRAFT
    if state.out:
        yield keys.told(state.round)
        if any(True for _ in state.silent()):
            yield keys.SILENT


for _kind in KINDS:
    guards(_kind)(_open)
    revises(_kind, "draft")(_draft)
    revises(_kind, "told")(_told)
    revises(_kind, "recipient")(_recipient)
    revises(_kind, "paper")(_paper)
    revises(_kind, "silent")(_silent)


# --- who is told

FIRST, AGAIN, AGAIN_URGENT, RING_LIST = "desk_told", "desk_again", "desk_again_urgent", "desk_ring_list"
ALL_RECEIVED, IN_YOUR_NAME = "desk_all_received", "desk_in_your_name"

declare(
    NoticeType(FIRST, one_each=True, stamps=True),
    NoticeType(AGAIN, one_each=True, stamps=True, joins_as="due"),
    NoticeType(AGAIN_URGENT, one_each=True, stamps=True, escalates=True, joins_as="due"),
    NoticeType(RING_LIST, fallback_to_group=True, joins_as="due"),
    NoticeType(ALL_RECEIVED),
    NoticeType(IN_YOUR_NAME, personal=True, stamps=True),
)


def to_recipients(
    state: Addressed, names: Iterable[str], key: str, at: datetime, *, ring: bool = True
) -> Iterator[Notice]:
    """Yield what is said to some recipients, with the button by which they answer."""
    target = keys.told(state.round)
    for name in names:
        yield Notice(
            kind="desk", key=key, to=Audience(name), priority=1 if state.presses else 2, ring=ring and state.ring(at),
            guard=target, buttons=buttons(("desk_received", "desk_received", target, {})),
        )  # fmt: skip


def ring_list(state: Addressed, at: datetime) -> Notice:
    """Return what tells the seat whom to ring."""
    return Notice(
        kind="desk", key=RING_LIST, to=SEAT, priority=2, ring=state.ring(at), guard=keys.SILENT,
        buttons=buttons(("desk_ring_list", "desk_ring_list", keys.SILENT, {})),
    )  # fmt: skip


@tells(RecipientsTold)
def _tell_told(event: RecipientsTold, item: Recorded, context: NoticeContext[Any]) -> Iterator[Notice]:
    absent = set(event.unreachable)
    reached = [name for name in event.recipients if name not in absent]
    yield from to_recipients(context.after, reached, FIRST, item.at)
    if absent:
        yield ring_list(context.after, item.at)
    yield from _in_your_name(item, context)


def _in_your_name(item: Recorded, context: NoticeContext[Any]) -> Iterator[Notice]:
    """Whoever it goes in the name of hears at once what was recorded, and may take it back."""
    state, before = context.after, context.before
    if not (state.recorded and state.giver_id) or (before is not None and before.told):
        return
    target = keys.told(state.round)
    yield Notice(
        kind="desk", key=IN_YOUR_NAME, to=keys.to_person(state.giver_id), priority=2, ring=state.ring(item.at),
        guard=target, buttons=buttons(("desk_withdraw", "desk_withdraw", target, {})),
    )  # fmt: skip


@tells(ReceiptGiven)
def _tell_receipt(event: ReceiptGiven, item: Recorded, context: NoticeContext[Any]) -> Iterator[Notice]:
    """Whoever wrote a notice hears once that all have it; of a single receipt nobody is told."""
    if not context.after.stream.startswith(ANNOUNCEMENT):
        return
    if context.after.state == DONE and context.before is not None and context.before.state != DONE:
        yield Notice(kind="desk", key=ALL_RECEIVED, to=keys.to_person(context.after.by), priority=3)


@tells(RecipientsReminded)
def _tell_reminded(event: RecipientsReminded, item: Recorded, context: NoticeContext[Any]) -> Iterator[Notice]:
    key = AGAIN_URGENT if context.after.presses else AGAIN
    yield from to_recipients(context.after, event.recipients, key, item.at)


@tells(SilentListed)
def _tell_listed(event: SilentListed, item: Recorded, context: NoticeContext[Any]) -> Iterator[Notice]:
    yield ring_list(context.after, item.at)
