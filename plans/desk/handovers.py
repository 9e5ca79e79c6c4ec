"""Hand-over (交接班): what was open when a seat was taken, and the two names under it.

The seat is taken before, and by itself: nothing here can keep it. A hand-over is complete when both who gave it and who
took it have said so, each to the page that he was shown; one who has left is replaced by a reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, ClassVar, Final, Literal

from plans.core import keys, kind
from plans.core.command import ClockCommand, Command
from plans.core.event import Event, Recorded
from plans.core.keys import Key
from plans.core.kind import WakePoint
from plans.core.notice import Notice, NoticeType, buttons, declare
from plans.core.outcome import Refusal
from plans.core.policy import Policy
from plans.core.registry import applies, decides, guards, revises, tells
from plans.desk.case import Case, NoticeContext
from plans.desk.kind import desk_kind
from plans.desk.opening import DeskCaseOpened, OpenDeskCase, as_opened, begin
from plans.desk.state import DeskState
from plans.times.night import is_night, morning_of

KIND = "handover"

GIVER: Final = "giver"
TAKER: Final = "taker"
"""The two sides of a hand-over: 交班人 and 接班人."""

Side = Literal["giver", "taker"]

OPEN_FOR = timedelta(days=3)
"""After so long a hand-over is not signed any more: it stays on record as unsigned (a rule of the program)."""

LONGEST = 500
"""Characters of a word that is added to the page."""


def other(side: str) -> Side:
    """Return the other side."""
    return GIVER if side == TAKER else TAKER


@dataclass(frozen=True, kw_only=True, slots=True)
class Matter:
    """One thing that was open, as it stood on the page.

    Attributes:
        section: of the page. id: what it is called on every page (``bot.office.open_matters``). plan: under which.
    """

    section: str
    id: str
    line: str
    due: datetime | None = None
    plan: str = ""

    @property
    def stream(self) -> str:
        """Of the case that it belongs to."""
        return self.id.partition("|")[0]

    @property
    def key(self) -> str:
        """What tells it from others of the same case; empty for the case itself."""
        return self.id.partition("|")[2]


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """A sentence that one of the two added (补充); it is part of the page."""

    text: str
    side: str
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Signature:
    """A name under the page.

    Attributes:
        page: revision of the page that it stands under.
        added, settled: lines of what had become open, and was not open any more, between showing and signing.
    """

    by: str
    at: datetime
    page: int
    added: tuple[str, ...] = ()
    settled: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Absence:
    """Why somebody's name is missing: he has left (离岗); said by the other."""

    reason: str
    at: datetime


@dataclass(slots=True)
class Handover(DeskState):
    """One hand-over.

    Attributes:
        giver, taker: by our id, empty where nobody sat there before; they may share an account.
        names: what each of them is called. seats, titles: the plans whose seats were taken, by id and as called.
        leader: what is said of who leads the shift; leader_id: of ours, empty where nobody knows.
        since: when the seat was taken. matters: what was open then. looked: the sections that were looked at for it.
        words: what was added.
        page: number of the event that changed last what the page shows. told: the leader was told that it is unsigned.
    """

    OPEN_STATES: ClassVar[frozenset[str]] = frozenset({"open"})
    COLLECTIONS: ClassVar[tuple[str, ...]] = ("files", "words", "signed", "absent")

    giver: str = ""
    taker: str = ""
    names: dict[str, str] = field(default_factory=dict)
    seats: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    leader: str = ""
    leader_id: str = ""
    since: datetime | None = None
    matters: tuple[Matter, ...] = ()
    looked: tuple[str, ...] = ()
    words: list[Word] = field(default_factory=list)
    signed: dict[str, Signature] = field(default_factory=dict)
    absent: dict[str, Absence] = field(default_factory=dict)
    page: int = 0
    told: bool = False

    @property
    def sides(self) -> tuple[Side, ...]:
        """Whose names stand under it: of the first shift of an office only that of who takes it."""
        return (GIVER, TAKER) if self.giver else (TAKER,)

    def who(self, side: str) -> str:
        """Return a side's person by our id."""
        return self.giver if side == GIVER else self.taker

    def stands(self, side: str) -> bool:
        """Return whether somebody's name stands under the page as it is."""
        signature = self.signed.get(side)
        return signature is not None and signature.page == self.page

    @property
    def waits_for(self) -> tuple[Side, ...]:
        """Who has neither signed the page as it is nor been replaced by a reason."""
        return tuple(side for side in self.sides if not self.stands(side) and side not in self.absent)

    def sides_of(self, person: str) -> tuple[Side, ...]:
        """Return which sides somebody is."""
        return tuple(side for side in self.sides if person and self.who(side) == person)


# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenHandover(OpenDeskCase):
    """The seat was taken: write down what is open. Who asks is who took it; the attributes are those of the state."""

    giver: str = ""
    giver_name: str = ""
    taker_name: str
    seats: tuple[str, ...]
    titles: tuple[str, ...] = ()
    leader: str = ""
    leader_id: str = ""
    matters: tuple[Matter, ...] = ()
    looked: tuple[str, ...] = ()


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


@dataclass(frozen=True, kw_only=True, slots=True)
class HandoverWake(ClockCommand):
    """Time to tell the leader that it is unsigned, or to end the wait."""


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class HandoverOpened(
    DeskCaseOpened, name="handover-opened", personal=("giver_name", "taker_name", "leader", "matters")
):
    """The seat was taken, and this was open; ``matters``: section, id, line, due and plan of each."""

    giver: str = ""
    giver_name: str | None = None
    taker_name: str | None = None
    seats: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    leader: str | None = None
    leader_id: str = ""
    matters: tuple[dict[str, Any], ...] | None = ()
    looked: tuple[str, ...] = ()


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


@dataclass(frozen=True, kw_only=True, slots=True)
class HandoverUnsigned(Event, name="handover-unsigned"):
    """It was not complete in time; the leader was told, once."""

    missing: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class HandoverLapsed(Event, name="handover-lapsed"):
    """Nobody waits for the missing names any more."""

    missing: tuple[str, ...]


# --- what may happen


@decides(OpenHandover)
def open_handover(case: Case[Handover], command: OpenHandover) -> Refusal | None:
    """Write down what is open; for who has taken the seat."""
    if not case.writes:
        return Refusal(key="staff_only", who=("duty",))
    case.record(
        HandoverOpened(
            **as_opened(command), by=case.actor.id, giver=command.giver, giver_name=command.giver_name or None,
            taker_name=command.taker_name or None, seats=command.seats, titles=command.titles,
            leader=command.leader or None, leader_id=command.leader_id, matters=tuple(map(_as_data, command.matters)),
            looked=command.looked,
        )
    )  # fmt: skip
    return None


def _as_data(matter: Matter) -> dict[str, Any]:
    due = matter.due.isoformat() if matter.due is not None else ""
    return {"section": matter.section, "id": matter.id, "line": matter.line, "due": due, "plan": matter.plan}


def _as_matter(data: dict[str, Any]) -> Matter:
    due = datetime.fromisoformat(data["due"]) if data["due"] else None
    return Matter(section=data["section"], id=data["id"], line=data["line"], due=due, plan=data["plan"])


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
    case.record(HandoverWordAdded(side=sides[0], by=case.actor.id, text=text[:LONGEST]))
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
    case.record(HandoverAbsenceSaid(side=command.side, by=case.actor.id, reason=reason[:LONGEST]))
    return None


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


# --- when


@decides(HandoverWake)
def wake(case: Case[Handover], command: HandoverWake) -> Refusal | None:
    """Do what has fallen due, each thing once."""
    state = case.state
    if not state.open or state.since is None:
        return None
    if not state.told and unsigned_at(state, case.policy) <= case.now:
        case.record(HandoverUnsigned(missing=state.waits_for))
    if state.since + OPEN_FOR <= case.now:
        case.record(HandoverLapsed(missing=state.waits_for))
    return None


def unsigned_at(state: Handover, policy: Policy) -> datetime:
    """Return when the leader is told that names are missing: by day."""
    since = state.since or state.events[0].at
    return morning_of(since + policy.handover)


def wakes(state: Handover, policy: Policy) -> Sequence[WakePoint]:
    """Return when it is looked at again."""
    if not state.open or state.since is None:
        return []
    points = [WakePoint("lapse", state.since + OPEN_FOR, KIND)]
    if not state.told:
        points.insert(0, WakePoint("unsigned", unsigned_at(state, policy), KIND))
    return points


# --- what it does to the hand-over


@applies(HandoverOpened)
def _on_opened(state: Handover, event: HandoverOpened, item: Recorded) -> None:
    begin(state, event, "open")
    state.giver, state.taker, state.since = event.giver, event.by, item.at
    state.names = {GIVER: event.giver_name or "", TAKER: event.taker_name or ""}
    state.seats, state.titles = event.seats, event.titles
    state.leader, state.leader_id = event.leader or "", event.leader_id
    state.matters, state.looked = tuple(map(_as_matter, event.matters or ())), event.looked
    state.page = item.sequence


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


@applies(HandoverUnsigned)
def _on_unsigned(state: Handover, event: HandoverUnsigned, item: Recorded) -> None:
    state.told = True


@applies(HandoverLapsed)
def _on_lapsed(state: Handover, event: HandoverLapsed, item: Recorded) -> None:
    state.state = "lapsed"


def _look(state: Handover) -> None:
    if not state.waits_for and any(map(state.stands, state.sides)):
        state.state = "complete"


@revises(KIND, "handover")
def _as_it_is(state: Handover, of: str) -> int | None:
    return 0


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


declare(
    NoticeType("handover_give", stamps=True),
    NoticeType("handover_take", stamps=True),
    NoticeType("handover_word"),
    NoticeType("handover_complete"),
    NoticeType("handover_unsigned"),
)


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


def _to_sign(state: Handover, side: Side, key: str, *, ring: bool = False, **params: Any) -> Notice:
    return Notice(
        kind="note", key=key, to=keys.to_person(state.who(side)), priority=1, ring=ring, guard=keys.signing(side),
        params={"side": side, **params}, buttons=buttons(*presses(state, side)),
    )  # fmt: skip


@tells(HandoverOpened)
def _tell_opened(event: HandoverOpened, item: Recorded, context: NoticeContext[Handover]) -> Iterator[Notice]:
    state = context.after
    yield _to_sign(state, TAKER, "handover_take")
    if state.giver:
        yield _to_sign(state, GIVER, "handover_give", ring=not is_night(item.at))


@tells(HandoverWordAdded)
def _tell_word(event: HandoverWordAdded, item: Recorded, context: NoticeContext[Handover]) -> Iterator[Notice]:
    for side in context.after.sides:
        yield _to_sign(context.after, side, "handover_word", by=event.side)


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


@tells(HandoverUnsigned)
def _tell_unsigned(event: HandoverUnsigned, item: Recorded, context: NoticeContext[Handover]) -> Iterator[Notice]:
    leader = context.after.leader_id
    to = keys.to_person(leader) if leader else keys.to_role("director")
    yield Notice(kind="note", key="handover_unsigned", to=to, priority=2, params={"missing": event.missing})


HANDOVER = kind.install(desk_kind(KIND, Handover, HandoverWake, wakes))
