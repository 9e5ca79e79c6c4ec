"""What those who evaluate a drill say: met, not met, not seen, and a word; also when it is over."""

from __future__ import annotations

from dataclasses import dataclass, replace

from plans.core.command import Command
from plans.core.event import Event, Recorded
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides, revises
from plans.desk.case import Case
from plans.desk.drill_state import KIND, LATE, LOOK, MET, UNMET, UNSEEN, VERDICTS, Drill, Item


def verdict_of(item: Item, *, over: bool = True) -> str:
    """Return what a look came to: what those who evaluate say, else what the program saw; empty where nothing is said.

    Args:
        over: the drill is: what the program has not seen by then was not met.
    """
    said = set(item.verdicts.values())
    if said & {UNMET, MET}:
        return UNMET if UNMET in said else MET
    if item.checked is None:
        return UNSEEN if said else ""
    if not item.checked.done:
        return UNMET if over else ""
    late = item.played_at is not None and item.checked.at is not None and item.checked.at > item.played_at
    return LATE if late or item.checked.late else MET


# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class JudgeLook(Command):
    """Say what was seen, also when it is over; said again, the last word counts."""

    number: int
    verdict: str

    any_state = True


@dataclass(frozen=True, kw_only=True, slots=True)
class NoteLook(Command):
    """Write a word to a look."""

    number: int
    words: str

    any_state = True


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class LookJudged(Event, name="drill-look-judged"):
    """Somebody who evaluates has said what he saw."""

    number: int
    verdict: str
    by: str


@dataclass(frozen=True, kw_only=True, slots=True)
class LookNoted(Event, name="drill-look-noted", personal=("words",)):
    """Somebody who evaluates has written something."""

    number: int
    by: str
    words: str | None = ""


# --- what may happen


@decides(JudgeLook)
def judge(case: Case[Drill], command: JudgeLook) -> Refusal | None:
    """Say what was seen of what has come."""
    if (refusal := _not_looking(case, command.number)) is not None:
        return refusal
    if command.verdict not in VERDICTS:
        return Refusal(key="drill_no_look")
    case.record(LookJudged(number=command.number, verdict=command.verdict, by=case.actor.id))
    return None


@decides(NoteLook)
def note_look(case: Case[Drill], command: NoteLook) -> Refusal | None:
    """Write to what has come."""
    if (refusal := _not_looking(case, command.number)) is not None:
        return refusal
    case.record(LookNoted(number=command.number, by=case.actor.id, words=command.words))
    return None


def _not_looking(case: Case[Drill], number: int) -> Refusal | None:
    state = case.state
    if case.actor.id not in {*state.evaluators, state.director} or case.actor.via != "direct":
        return Refusal(key="drill_not_evaluating")
    item = state.items.get(number)
    if item is None or item.kind != LOOK or item.played_at is None:
        return Refusal(key="drill_no_look")
    return None


# --- what it does to the drill


@applies(LookJudged)
def _on_judged(state: Drill, event: LookJudged, item: Recorded) -> None:
    look = state.items[event.number]
    state.items[event.number] = replace(look, verdicts={**look.verdicts, event.by: event.verdict})


@applies(LookNoted)
def _on_noted(state: Drill, event: LookNoted, item: Recorded) -> None:
    look = state.items[event.number]
    state.items[event.number] = replace(look, words=(*look.words, (event.by, event.words or "")))


@revises(KIND, "drill_look")
def _look_of(state: Drill, of: str) -> int | None:
    item = state.items.get(int(of)) if of.isdecimal() else None
    return 0 if item is not None and item.played_at is not None else None
