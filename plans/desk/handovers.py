"""Hand-over (交接班): what was open when a seat was taken, and the two names under it.

The seat is taken before, and by itself: nothing here can keep it. A hand-over is complete when both who gave it and who
took it have said so, each to the page that he was shown; one who has left is replaced by a reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from plans.core import keys, kind
from plans.core.command import ClockCommand
from plans.core.event import Event, Recorded
from plans.core.kind import WakePoint
from plans.core.notice import Notice, NoticeType, declare
from plans.core.outcome import Refusal
from plans.core.policy import Policy
from plans.core.registry import applies, decides, revises, tells
from plans.desk.case import Case, NoticeContext
from plans.desk.handover_signing import to_sign
from plans.desk.handover_state import GIVER, KIND, TAKER, Handover, Matter
from plans.desk.kind import desk_kind
from plans.desk.opening import DeskCaseOpened, OpenDeskCase, as_opened, begin
from plans.times.night import is_night, morning_of

OPEN_FOR = timedelta(days=3)
"""After so long a hand-over is not signed any more: it stays on record as unsigned (a rule of the program)."""


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


@applies(HandoverUnsigned)
def _on_unsigned(state: Handover, event: HandoverUnsigned, item: Recorded) -> None:
    state.told = True


@applies(HandoverLapsed)
def _on_lapsed(state: Handover, event: HandoverLapsed, item: Recorded) -> None:
    state.state = "lapsed"


@revises(KIND, "handover")
def _as_it_is(state: Handover, of: str) -> int | None:
    return 0


# --- who is told


declare(
    NoticeType("handover_give", stamps=True),
    NoticeType("handover_take", stamps=True),
    NoticeType("handover_unsigned", joins_as="due"),
)


@tells(HandoverOpened)
def _tell_opened(event: HandoverOpened, item: Recorded, context: NoticeContext[Handover]) -> Iterator[Notice]:
    state = context.after
    yield to_sign(state, TAKER, "handover_take")
    if state.giver:
        yield to_sign(state, GIVER, "handover_give", ring=not is_night(item.at))


@tells(HandoverUnsigned)
def _tell_unsigned(event: HandoverUnsigned, item: Recorded, context: NoticeContext[Handover]) -> Iterator[Notice]:
    leader = context.after.leader_id
    to = keys.to_person(leader) if leader else keys.to_role("director")
    yield Notice(kind="note", key="handover_unsigned", to=to, priority=2, params={"missing": event.missing})


HANDOVER = kind.install(desk_kind(KIND, Handover, HandoverWake, wakes))
