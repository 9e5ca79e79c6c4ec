"""The names under a hand-over: signed to the page that was shown, added to, taken back, replaced by a reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from plans.core import keys
from plans.core.command import Command
from plans.core.event import Event, Recorded
from plans.core.keys import Key
from plans.core.notice import Notice, NoticeType, buttons, declare
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides, guards, revises, tells
from plans.desk.case import Case, NoticeContext
from plans.desk.handover_state import GIVER, KIND, TAKER, Absence, Handover, Side, Signature, Word, other

LONGEST = 500
"""Characters of a word that is added to the page."""


# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class Sign(Command):
    """「我已交清」, 「我已接清」: to the page that was shown.

    Attributes:
        side: which. added, settled: what has changed since the page, as lines.
    """

    side: str
    added: tuple[str, ...] = ()
    settled: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class AddWord(Command):
    """「补充一句」: becomes part of the page, which both then sign as it is."""

    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SayAbsent(Command):
    """「对方已离岗」: why the other's name is missing."""

    side: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class WithdrawSignature(Command):
    """Take a name back, as long as the other's is missing, and for a minute afterwards."""

    side: str

    any_state = True


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class HandoverSigned(Event, name="handover-signed", personal=("name", "added", "settled")):
    """A name stands under the page of that revision."""

    side: str
    by: str
    page: int
    name: str | None = None
    added: tuple[str, ...] | None = ()
    settled: tuple[str, ...] | None = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class HandoverWordAdded(Event, name="handover-word-added", personal=("text",)):
    """A sentence was added to the page; who had signed before signs again."""

    side: str
    by: str
    text: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class HandoverAbsenceSaid(Event, name="handover-absence-said", personal=("reason",)):
    """Somebody has left: why his name is missing."""

    side: str
    by: str
    reason: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class HandoverSignatureWithdrawn(Event, name="handover-signature-withdrawn"):
    """A name was taken back."""

    side: str
    by: str


# --- what may happen


@decides(Sign)
def sign(case: Case[Handover], command: Sign) -> Refusal | None:
    """Put one's own name under the page."""
    state = case.state
    if command.side not in state.sides_of(case.actor.id):
        return Refusal(key="handover_not_yours", params={"name": state.names.get(command.side, "")})
    if state.stands(command.side):
        return Refusal(key="handover_signed_already")
    case.record(
        HandoverSigned(
            side=command.side, by=case.actor.id, page=state.page, name=state.names.get(command.side) or None,
            added=command.added, settled=command.settled,
        )
    )  # fmt: skip
    return None


@decides(AddWord)
def add_word(case: Case[Handover], command: AddWord) -> Refusal | None:
    """Add a sentence, in the name of the side that one is; of both, who gave it over."""
    sides, text = case.state.sides_of(case.actor.id), command.text.strip()
    if not sides:
        return Refusal(key="handover_not_yours", params={"name": ""})
    if not text:
        return Refusal(key="nothing_new")
    if len(text) > LONGEST:
        return _too_long(text)
    case.record(HandoverWordAdded(side=sides[0], by=case.actor.id, text=text))
    return None


@decides(SayAbsent)
def say_absent(case: Case[Handover], command: SayAbsent) -> Refusal | None:
    """Say why the other's name is missing."""
    state, reason = case.state, command.reason.strip()
    if command.side not in state.sides or other(command.side) not in state.sides_of(case.actor.id):
        return Refusal(key="handover_not_yours", params={"name": ""})
    if state.stands(command.side):
        return Refusal(key="handover_signed_already")
    if not reason:
        return Refusal(key="handover_no_reason")
    if len(reason) > LONGEST:
        return _too_long(reason)
    case.record(HandoverAbsenceSaid(side=command.side, by=case.actor.id, reason=reason))
    return None


def _too_long(text: str) -> Refusal:
    """Return that words are not cut: what stands on the page is what was said."""
    return Refusal(key="handover_too_long", params={"count": len(text), "most": LONGEST})


@decides(WithdrawSignature)
def withdraw(case: Case[Handover], command: WithdrawSignature) -> Refusal | None:
    """Take one's own name back."""
    state = case.state
    if command.side not in state.sides_of(case.actor.id):
        return Refusal(key="handover_not_yours", params={"name": state.names.get(command.side, "")})
    signature = state.signed.get(command.side)
    if signature is None or state.state == "lapsed":
        return Refusal(key="nothing_new")
    if not state.open and case.now > _completed(state) + case.policy.undo:
        return Refusal(key="handover_complete")
    case.record(HandoverSignatureWithdrawn(side=command.side, by=case.actor.id))
    return None


def _completed(state: Handover) -> datetime:
    """Return when the last name came under it."""
    signed, absent = state.signed.values(), state.absent.values()
    return max([*(item.at for item in signed), *(item.at for item in absent)])


# --- what it does to the hand-over


@applies(HandoverSigned)
def _on_signed(state: Handover, event: HandoverSigned, item: Recorded) -> None:
    state.signed[event.side] = Signature(
        by=event.by, at=item.at, page=event.page, added=event.added or (), settled=event.settled or ()
    )
    state.absent.pop(event.side, None)
    _look(state)


@applies(HandoverWordAdded)
def _on_word(state: Handover, event: HandoverWordAdded, item: Recorded) -> None:
    state.words.append(Word(text=event.text or "", side=event.side, at=item.at))
    state.page = item.sequence


@applies(HandoverAbsenceSaid)
def _on_absent(state: Handover, event: HandoverAbsenceSaid, item: Recorded) -> None:
    state.absent[event.side] = Absence(reason=event.reason or "", at=item.at)
    _look(state)


@applies(HandoverSignatureWithdrawn)
def _on_withdrawn(state: Handover, event: HandoverSignatureWithdrawn, item: Recorded) -> None:
    state.signed.pop(event.side, None)
    state.state = "open"


def _look(state: Handover) -> None:
    if not state.waits_for and any(map(state.stands, state.sides)):
        state.state = "complete"


@revises(KIND, "page")
def _page(state: Handover, of: str) -> int | None:
    return state.page


@revises(KIND, "sign")
def _signing(state: Handover, of: str) -> int | None:
    return state.page if state.open and not state.stands(of) else None


@guards(KIND)
def _waiting(state: Handover) -> Iterator[Key]:
    if state.open:
        for side in state.sides:
            if not state.stands(side):
                yield keys.signing(side)


# --- who is told


declare(NoticeType("handover_word"), NoticeType("handover_complete"))


_SIGN = {
    GIVER: ("handover_sign", "handover_giver", keys.signing(GIVER), {"side": GIVER}),
    TAKER: ("handover_sign", "handover_taker", keys.signing(TAKER), {"side": TAKER}),
}


def presses(state: Handover, side: str) -> tuple[tuple[str, str, Key, dict[str, Any]], ...]:
    """Return the buttons of one side, as :func:`plans.core.notice.buttons` takes them.

    Who has signed still says why the other does not.
    """
    there = other(side)
    word: Any = ("handover_word", "handover_word", keys.PAGE, {})
    gone = ("handover_absent", "handover_absent", keys.signing(there), {"side": there})
    own = () if state.stands(side) else (_SIGN[side], word)
    return (*own, gone) if there in state.waits_for else own


def to_sign(state: Handover, side: Side, key: str, *, ring: bool = False, **params: Any) -> Notice:
    """Return the page as it is told to one side, with what it can do."""
    return Notice(
        kind="note", key=key, to=keys.to_person(state.who(side)), priority=1, ring=ring, guard=keys.signing(side),
        params={"side": side, **params}, buttons=buttons(*presses(state, side)),
    )  # fmt: skip


@tells(HandoverWordAdded)
def _tell_word(event: HandoverWordAdded, item: Recorded, context: NoticeContext[Handover]) -> Iterator[Notice]:
    for side in context.after.sides:
        yield to_sign(context.after, side, "handover_word", by=event.side)


@tells(HandoverSigned)
def _tell_signed(event: HandoverSigned, item: Recorded, context: NoticeContext[Handover]) -> Iterator[Notice]:
    yield from _tell_complete(context)


@tells(HandoverAbsenceSaid)
def _tell_absent(event: HandoverAbsenceSaid, item: Recorded, context: NoticeContext[Handover]) -> Iterator[Notice]:
    yield from _tell_complete(context)


def _tell_complete(context: NoticeContext[Handover]) -> Iterator[Notice]:
    state = context.after
    if state.state == "complete":
        for person in dict.fromkeys(filter(None, (state.taker, state.giver))):
            yield Notice(kind="note", key="handover_complete", to=keys.to_person(person), priority=2)
