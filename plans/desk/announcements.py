"""通知: a text to people, each of whom says that he has it; no incident, and no ladder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from plans.core import kind
from plans.core.command import NOBODY, ClockCommand, Command
from plans.core.event import Event, Recorded
from plans.core.keys import to_person
from plans.core.kind import WakePoint
from plans.core.notice import Notice, NoticeType, declare
from plans.core.outcome import Refusal
from plans.core.policy import Policy
from plans.core.registry import applies, decides, tells
from plans.desk import receipts, sending
from plans.desk.addressed import ANNOUNCEMENT, DONE, DRAFT, Addressed, may_change, may_draft, well_named
from plans.desk.case import Case, NoticeContext
from plans.desk.enclosures import MOST, enclosed
from plans.desk.kind import desk_kind
from plans.desk.opening import DeskCaseOpened, OpenDeskCase, as_opened, begin
from plans.desk.recipients import tell

KIND = ANNOUNCEMENT

WAITS = timedelta(days=7)
"""So long receipts are waited for (a rule of the program): then whoever is still silent stays on record as such."""


@dataclass(slots=True)
class Announcement(Addressed):
    """One notice.

    Attributes:
        closed_at: when nobody waited for receipts any more, though not all were there.
    """

    closed_at: datetime | None = None


# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenAnnouncement(OpenDeskCase):
    """Draft a notice.

    Attributes:
        recipients: those who are picked already. urgent: 加急.
        evidence: pictures and files that go with it, ``kind:reference`` each.
    """

    text: str
    urgent: bool = False
    recipients: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class MarkUrgent(Command):
    """加急, or not any more, while it is a draft."""

    urgent: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Announce(Command):
    """Send it.

    Attributes:
        unreachable: recipients for whom nobody stands who can be written to.
    """

    unreachable: frozenset[str] = NOBODY


@dataclass(frozen=True, kw_only=True, slots=True)
class StopWaiting(Command):
    """The office waits for no more receipts."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AnnouncementWake(ClockCommand):
    """Remind once, list once, then let it rest."""


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class AnnouncementOpened(DeskCaseOpened, name="announcement-opened", personal=("text", "name")):
    """A notice was drafted."""

    text: str | None
    urgent: bool = False
    recipients: tuple[str, ...] = ()
    name: str | None = None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class UrgencyMarked(Event, name="announcement-urgency-marked"):
    """Whether it rings at night."""

    urgent: bool
    by: str

    touches = ("draft",)


@dataclass(frozen=True, kw_only=True, slots=True)
class WaitingStopped(Event, name="announcement-waiting-stopped"):
    """No more receipts are waited for."""

    by: str
    silent: int = 0


# --- what may happen


@decides(OpenAnnouncement)
def open_announcement(case: Case[Announcement], command: OpenAnnouncement) -> Refusal | None:
    """The desk, or one of the plan's roles; never a unit."""
    refusal = may_write(case, command.text)
    if refusal is not None:
        return refusal
    case.record(
        AnnouncementOpened(
            **as_opened(command), by=case.actor.id, name=case.actor.name or None, text=command.text.strip(),
            urgent=command.urgent, recipients=well_named(command.recipients), evidence=command.evidence[:MOST],
        )
    )  # fmt: skip
    return None


def may_write(case: Case[Any], text: str) -> Refusal | None:
    """Return why somebody may not draft what goes out in the office's name."""
    if case.actor.via != "direct":
        return Refusal(key="no_authority_that_way", params={"via": case.actor.via})
    if not case.actor.roles & {"duty", *case.plan.roles}:
        return Refusal(key="desk_not_yours", who=("duty", *case.plan.roles))
    return Refusal(key="desk_no_text") if not text.strip() else None


@decides(MarkUrgent)
def mark_urgent(case: Case[Announcement], command: MarkUrgent) -> Refusal | None:
    """While it is a draft."""
    if (refusal := may_draft(case)) is not None:
        return refusal
    if command.urgent != case.state.urgent:
        case.record(UrgencyMarked(urgent=command.urgent, by=case.actor.id))
    return None


@decides(Announce)
def announce(case: Case[Announcement], command: Announce) -> Refusal | None:
    """Send it to those who were picked."""
    if (refusal := may_draft(case)) is not None:
        return refusal
    return tell(case, case.state.chosen, command.unreachable)


@decides(StopWaiting)
def stop_waiting(case: Case[Announcement], command: StopWaiting) -> Refusal | None:
    """The desk, or who wrote it."""
    if (refusal := may_change(case)) is not None:
        return refusal
    case.record(WaitingStopped(by=case.actor.id, silent=sum(1 for _ in case.state.silent())))
    return None


# --- when


def rests_at(state: Announcement) -> datetime | None:
    """Return when receipts are not waited for any more."""
    return state.sent_at + WAITS if state.out and state.sent_at is not None else None


def wakes(state: Announcement, policy: Policy) -> Sequence[WakePoint]:
    """Return the next moment of everything that waits: a handful, however many recipients there are."""
    found = [*sending.draft_points(state), *receipts.points(state, policy)]
    if (at := rests_at(state)) is not None:
        found.append(WakePoint("rest", at, KIND))
    return found


@decides(AnnouncementWake)
def wake(case: Case[Announcement], command: AnnouncementWake) -> Refusal | None:
    """Do what has fallen due, each thing once."""
    sending.ring_draft(case, ahead=command.ahead)
    at = rests_at(case.state)
    if at is not None and at <= case.now:
        case.record(WaitingStopped(by=case.actor.id, silent=sum(1 for _ in case.state.silent())))
        return None
    receipts.remind(case, ahead=command.ahead)
    return None


# --- what it does to the case


@applies(AnnouncementOpened)
def _on_opened(state: Announcement, event: AnnouncementOpened, item: Recorded) -> None:
    begin(state, event, DRAFT)
    state.text, state.by, state.by_name = event.text or "", event.by, event.name or ""
    state.urgent, state.chosen = event.urgent, event.recipients
    enclosed(state, event.evidence)


@applies(UrgencyMarked)
def _on_urgency(state: Announcement, event: UrgencyMarked, item: Recorded) -> None:
    state.urgent = event.urgent


@applies(WaitingStopped)
def _on_stopped(state: Announcement, event: WaitingStopped, item: Recorded) -> None:
    state.state, state.closed_at = DONE, item.at


ANNOUNCED = kind.install(desk_kind(KIND, Announcement, AnnouncementWake, wakes))

# --- who is told

RESTS = "announcement_rests"

declare(NoticeType(RESTS))


@tells(WaitingStopped)
def _tell_stopped(event: WaitingStopped, item: Recorded, context: NoticeContext[Announcement]) -> Iterator[Notice]:
    """Whoever wrote it hears how it ended when the program let it rest."""
    if event.by == "system":
        yield Notice(
            kind="desk", key=RESTS, to=to_person(context.after.by), priority=3, params={"silent": event.silent}
        )
