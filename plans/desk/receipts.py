"""收到: who has a text of the desk, who is reminded of his receipt, who comes on the list of those to ring."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from plans.core import keys
from plans.core.command import VOICE, Command
from plans.core.event import Event, Recorded
from plans.core.kind import WakePoint, slack_by_day, slack_of
from plans.core.notice import Notice, NoticeType, buttons, declare
from plans.core.outcome import Refusal
from plans.core.policy import Policy, pause
from plans.core.registry import applies, decides, tells
from plans.desk.addressed import ANNOUNCEMENT, DONE, Addressed, Recipient, own_of
from plans.desk.case import Case, NoticeContext
from plans.desk.recipients import ring_list, to_recipients
from plans.times.night import is_night, morning_of

# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class Receive(Command):
    """收到, for all that the actor stands for; with ``recipient`` the office records what was said on the telephone.

    Attributes:
        informant: who said it, as the office wrote it down. voice: of a key on the telephone its number, masked.
    """

    recipient: str = ""
    informant: str = ""
    voice: str = ""

    by_voice = True


@dataclass(frozen=True, kw_only=True, slots=True)
class RingInVain(Command):
    """A recipient was rung, and nobody answered the telephone."""

    recipient: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AskForCall(Command):
    """Whoever was told by telephone wants a person to ring him: he comes on the seat's list at once."""

    by_voice = True


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class ReceiptGiven(Event, name="desk-receipt-given", personal=("name", "informant", "voice")):
    """收到; ``recorded``: by telephone: noted by the office or, with ``voice``, a key on it; that is its number."""

    recipients: tuple[str, ...]
    by: str
    name: str | None = None
    recorded: bool = False
    informant: str | None = None
    voice: str | None = None


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


# --- what may happen


@decides(Receive)
def receive(case: Case[Any], command: Receive) -> Refusal | None:
    """A recipient answers for itself, or the office records its answer."""
    names, refusal = answering(case, command.recipient)
    if refusal is not None:
        return refusal
    fresh = tuple(name for name in names if case.state.told[name].silent)
    if not fresh:
        return Refusal(key="desk_received_before")
    receipt = given(case, fresh, command.recipient, command.informant)
    by_key = case.actor.via == VOICE
    case.record(replace(receipt, recorded=True, voice=command.voice) if by_key else receipt)
    return None


@decides(AskForCall)
def ask_for_call(case: Case[Any], command: AskForCall) -> Refusal | None:
    """By a key alone; of what has been answered nobody is rung."""
    if case.actor.via != VOICE:
        return Refusal(key="no_authority_that_way", params={"via": case.actor.via})
    told = case.state.told
    silent = [name for name in own_of(case.state, case.actor, case.plan) if told[name].silent]
    if not silent:
        return Refusal(key="desk_received_before")
    case.record(SilentListed(recipients=tuple(silent)))
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
    found: dict[str, WakePoint] = {}
    for item in state.silent():
        for point in _points_of(state, item, policy):
            if point.key not in found or point.at < found[point.key].at:
                found[point.key] = point
    return list(found.values())


def _points_of(state: Addressed, item: Recipient, policy: Policy) -> Iterator[WakePoint]:
    """Yield the moments of one recipient, with how much earlier beside other things each may be said."""
    kind = state.stream.partition(":")[0]
    for key, at, since in (
        ("remind", reminder_at(state, item, policy), item.sent_at),
        ("list", listing_at(state, item, policy), item.reminded_at),
    ):
        if at is not None and since is not None:
            length = at - since
            yield WakePoint(key, at, kind, slack_of(length) if state.presses else slack_by_day(at, length))


def remind(case: Case[Any], *, ahead: bool = False) -> None:
    """Record whom a reminder has fallen due for, and who comes on the seat's list."""
    state, policy = case.state, case.policy
    if not state.out:
        return
    fallen = [
        (item.key, point.key)
        for item in state.silent()
        for point in _points_of(state, item, policy)
        if point.falls_due(case.now, ahead=ahead)
    ]
    due, again = ([name for name, what in fallen if what == key] for key in ("list", "remind"))
    if again:
        case.record(RecipientsReminded(recipients=tuple(again)))
    if due:
        case.record(SilentListed(recipients=tuple(due)))


# --- what it does to the case


@applies(ReceiptGiven)
def _on_receipt(state: Addressed, event: ReceiptGiven, item: Recorded) -> None:
    """Note who has it; a notice that everybody has is over."""
    for name in event.recipients:
        found = state.told.get(name)
        if found is not None and found.silent:
            state.told[name] = replace(
                found, answered_at=item.at, answered_by=event.informant or event.name or "", recorded=event.recorded,
                by_key=event.voice is not None,
            )  # fmt: skip
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


# --- who is told

AGAIN, AGAIN_URGENT, ALL_RECEIVED = "desk_again", "desk_again_urgent", "desk_all_received"

declare(
    NoticeType(AGAIN, one_each=True, stamps=True, joins_as="due"),
    NoticeType(AGAIN_URGENT, one_each=True, stamps=True, escalates=True, joins_as="due", on_key="answer"),
    NoticeType(ALL_RECEIVED),
)


@tells(ReceiptGiven)
def _tell_receipt(event: ReceiptGiven, item: Recorded, context: NoticeContext[Any]) -> Iterator[Notice]:
    """Whoever wrote a notice hears once that all have it; of a single receipt nobody is told."""
    if not context.after.stream.startswith(ANNOUNCEMENT):
        return
    if context.after.state == DONE and context.before is not None and context.before.state != DONE:
        yield Notice(
            kind="desk", key=ALL_RECEIVED, to=keys.to_person(context.after.by), priority=3,
            buttons=buttons(("desk_page", "desk_page", keys.PAPER, {})),
        )  # fmt: skip


@tells(RecipientsReminded)
def _tell_reminded(event: RecipientsReminded, item: Recorded, context: NoticeContext[Any]) -> Iterator[Notice]:
    key = AGAIN_URGENT if context.after.presses else AGAIN
    yield from to_recipients(context.after, event.recipients, key, item.at)


@tells(SilentListed)
def _tell_listed(event: SilentListed, item: Recorded, context: NoticeContext[Any]) -> Iterator[Notice]:
    yield ring_list(context.after, item.at)
