"""Spot checks (抽查): at a moment that nobody knows before, those on duty are asked for one tap within a minute.

The moment is drawn outside of the core and recorded when the check is planned, so that a restart neither loses nor
draws it anew. A check that would disturb a response is not held, and that is on record.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

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
from plans.desk.spot_check_state import KIND, TOO_LATE, Asked, SpotCheck
from plans.times.night import is_night

RESPONSE, HOURS, AWAY = "response", "hours", "away"
"""Why one was not held: a response runs, it would fall out of the office's hours, the program was away."""


# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanSpotCheck(OpenDeskCase):
    """A moment was drawn; only the program plans."""

    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class CallSpotCheck(OpenDeskCase):
    """Hold one now, by hand; ``people``: whom, as :class:`HoldSpotCheck` has them."""

    people: tuple[dict[str, Any], ...] = ()
    busy: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class SpotCheckWake(ClockCommand):
    """The moment has come, or the time for an answer is over.

    Attributes:
        people: whom the rules name now: ``person``, ``title``, ``name``, ``reachable``; the shell looks them up.
        busy: the level of a response during which none is held, empty where none runs.
    """

    people: tuple[dict[str, Any], ...] = ()
    busy: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerSpotCheck(Command):
    """「我在岗」; also when the time is over: it is noted as late."""

    any_state = True


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class SpotCheckPlanned(DeskCaseOpened, name="spotcheck-planned"):
    """It will be held at a moment, or was called at once (``at`` is None)."""

    at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class SpotCheckAsked(Event, name="spotcheck-asked", personal=("people",)):
    """They were asked; ``seconds``: an answer that takes longer is late."""

    asked: tuple[str, ...]
    seconds: int
    people: tuple[dict[str, Any], ...] | None = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class SpotCheckAnswered(Event, name="spotcheck-answered"):
    """Somebody is there; how long it took, and whether that was too long."""

    by: str
    seconds: int
    late: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class SpotCheckClosed(Event, name="spotcheck-closed"):
    """The time for an answer is over."""

    silent: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class SpotCheckDropped(Event, name="spotcheck-dropped"):
    """It was not held: ``because`` is ``response``, ``hours`` or ``away``."""

    because: str
    level: str = ""


# --- what may happen


@decides(PlanSpotCheck)
def plan_check(case: Case[SpotCheck], command: PlanSpotCheck) -> Refusal | None:
    """Write down the moment that was drawn."""
    if "system" not in case.actor.roles:
        return Refusal(key="staff_only", who=("duty",))
    case.record(SpotCheckPlanned(**as_opened(command), by="", at=command.at))
    return None


@decides(CallSpotCheck)
def call_check(case: Case[SpotCheck], command: CallSpotCheck) -> Refusal | None:
    """Hold one at once: for who reads at the desk, never in a response that forbids it, nor by night without a rule."""
    if not case.reads or case.actor.via != "direct":
        return Refusal(key="spotcheck_not_yours")
    if command.busy:
        return Refusal(key="spotcheck_response", params={"level": command.busy})
    if is_night(case.now) and not case.policy.spot_checks.holds(case.now):
        return Refusal(key="spotcheck_night")
    people = tuple(item for item in command.people if item["person"] != case.actor.id)
    if not people:
        return Refusal(key="spotcheck_nobody")
    case.record(SpotCheckPlanned(**as_opened(command), by=case.actor.id), _asking(people, case.policy))
    return None


def _asking(people: Sequence[dict[str, Any]], policy: Policy) -> SpotCheckAsked:
    return SpotCheckAsked(
        asked=tuple(str(item["person"]) for item in people), seconds=int(policy.spot_checks.within.total_seconds()),
        people=tuple(people),
    )  # fmt: skip


@decides(AnswerSpotCheck)
def answer(case: Case[SpotCheck], command: AnswerSpotCheck) -> Refusal | None:
    """Note that somebody is there, once."""
    state = case.state
    item = state.asked.get(case.actor.id)
    if item is None or state.asked_at is None:
        return Refusal(key="spotcheck_not_asked")
    if item.answered_at is not None:
        return Refusal(key="spotcheck_answered", params={"seconds": item.seconds})
    took = case.now - state.asked_at
    case.record(
        SpotCheckAnswered(by=case.actor.id, seconds=max(0, int(took.total_seconds())), late=took > state.within)
    )
    if state.state == "asked" and not case.state.silent:
        case.record(SpotCheckClosed(silent=()))
    return None


@decides(SpotCheckWake)
def wake(case: Case[SpotCheck], command: SpotCheckWake) -> Refusal | None:
    """Hold it when its moment has come; close it when the time for an answer is over."""
    state = case.state
    if state.state == "planned" and state.at is not None and state.at <= case.now:
        rules = case.policy.spot_checks
        if command.busy:
            case.record(SpotCheckDropped(because=RESPONSE, level=command.busy))
        elif case.now - state.at > TOO_LATE:
            case.record(SpotCheckDropped(because=AWAY))
        elif not rules.holds(case.now):
            case.record(SpotCheckDropped(because=HOURS))
        else:
            case.record(_asking(command.people, case.policy))
    closes = case.state.closes_at
    if case.state.state == "asked" and (not case.state.asked or (closes is not None and closes <= case.now)):
        case.record(SpotCheckClosed(silent=case.state.silent))
    return None


def wakes(state: SpotCheck, policy: Policy) -> Sequence[WakePoint]:
    """Return the moment that was drawn, or that at which the time for an answer is over."""
    if state.state == "planned" and state.at is not None:
        return [WakePoint("held", state.at, KIND)]
    if state.state == "asked" and state.closes_at is not None:
        return [WakePoint("closed", state.closes_at, KIND)]
    return []


# --- what it does to the check


@applies(SpotCheckPlanned)
def _on_planned(state: SpotCheck, event: SpotCheckPlanned, item: Recorded) -> None:
    begin(state, event, "planned")
    state.at, state.by = event.at, event.by


@applies(SpotCheckAsked)
def _on_asked(state: SpotCheck, event: SpotCheckAsked, item: Recorded) -> None:
    state.state, state.asked_at, state.within = "asked", item.at, timedelta(seconds=event.seconds)
    said = {str(one["person"]): one for one in event.people or ()}
    for person in event.asked:
        one = said.get(person, {})
        state.asked[person] = Asked(
            title=str(one.get("title", "")), name=str(one.get("name", "")), reachable=bool(one.get("reachable", True))
        )


@applies(SpotCheckAnswered)
def _on_answered(state: SpotCheck, event: SpotCheckAnswered, item: Recorded) -> None:
    one = state.asked.get(event.by)
    if one is not None:
        state.asked[event.by] = Asked(
            title=one.title, name=one.name, reachable=one.reachable, answered_at=item.at, seconds=event.seconds
        )


@applies(SpotCheckClosed)
def _on_closed(state: SpotCheck, event: SpotCheckClosed, item: Recorded) -> None:
    state.state = "closed"


@applies(SpotCheckDropped)
def _on_dropped(state: SpotCheck, event: SpotCheckDropped, item: Recorded) -> None:
    state.state, state.dropped = "dropped", event.because


@revises(KIND, "on_duty")
def _asked_of(state: SpotCheck, of: str) -> int | None:
    item = state.asked.get(of)
    return 0 if item is not None and item.answered_at is None else None


@guards(KIND)
def _waiting(state: SpotCheck) -> Iterator[Key]:
    for person, item in state.asked.items():
        if item.answered_at is None:
            yield keys.on_duty(person)


# --- who is told


declare(NoticeType("spotcheck_ring"), NoticeType("spotcheck_table"), NoticeType("spotcheck_dropped"))


@tells(SpotCheckAsked)
def _tell_asked(event: SpotCheckAsked, item: Recorded, context: NoticeContext[SpotCheck]) -> Iterator[Notice]:
    for person, one in context.after.asked.items():
        if one.reachable:
            name = keys.on_duty(person)
            yield Notice(
                kind="asked", key="spotcheck_ring", to=keys.to_person(person), priority=1, ring=True, guard=name,
                params={"person": person}, buttons=buttons(("spotcheck_here", "spotcheck_here", name, {})),
            )  # fmt: skip


@tells(SpotCheckClosed)
def _tell_closed(event: SpotCheckClosed, item: Recorded, context: NoticeContext[SpotCheck]) -> Iterator[Notice]:
    by = context.after.by
    yield Notice(
        kind="note", key="spotcheck_table", to=keys.to_person(by) if by else keys.to_role("director"), priority=2
    )


@tells(SpotCheckDropped)
def _tell_dropped(event: SpotCheckDropped, item: Recorded, context: NoticeContext[SpotCheck]) -> Iterator[Notice]:
    yield Notice(
        kind="note", key="spotcheck_dropped", to=keys.to_role("director"), priority=3, params={"because": event.because}
    )


SPOT_CHECK = kind.install(desk_kind(KIND, SpotCheck, SpotCheckWake, wakes))
