"""The items of a played drill: what is played to whom at which moment; earlier, later, or left out, by its director."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from plans.core import keys
from plans.core.command import Command
from plans.core.event import Event, Recorded
from plans.core.keys import Audience
from plans.core.notice import Notice, NoticeType, buttons, declare
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides, revises, tells
from plans.desk.case import Case, NoticeContext
from plans.desk.drill_state import INJECT, KIND, LOOK, MET, UNMET, UNSEEN, Drill

LONGEST_DELAY = timedelta(minutes=60)


# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class PlayItem(Command):
    """Let an item go now."""

    number: int


@dataclass(frozen=True, kw_only=True, slots=True)
class DelayItem(Command):
    """Play an item, and all that comes behind it, later."""

    number: int
    by: timedelta


@dataclass(frozen=True, kw_only=True, slots=True)
class SkipItem(Command):
    """Leave an item out."""

    number: int


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemPlayed(Event, name="drill-item-played"):
    """An item was played, or asked of those who evaluate; ``early``: the director let it go."""

    number: int
    early: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemDelayed(Event, name="drill-item-delayed"):
    """It and all behind it come later."""

    number: int
    seconds: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemSkipped(Event, name="drill-item-skipped"):
    """It was left out."""

    number: int


# --- what may happen


@decides(PlayItem)
def play(case: Case[Drill], command: PlayItem) -> Refusal | None:
    """Let it go before its time."""
    if (refusal := _not_now(case, command.number)) is not None:
        return refusal
    case.record(ItemPlayed(number=command.number, early=True))
    return None


@decides(DelayItem)
def delay(case: Case[Drill], command: DelayItem) -> Refusal | None:
    """Later, by an hour at most each time."""
    if (refusal := _not_now(case, command.number)) is not None:
        return refusal
    if not timedelta() < command.by <= LONGEST_DELAY:
        return Refusal(key="drill_delay")
    case.record(ItemDelayed(number=command.number, seconds=int(command.by.total_seconds())))
    return None


@decides(SkipItem)
def skip(case: Case[Drill], command: SkipItem) -> Refusal | None:
    """Leave it out."""
    if (refusal := _not_now(case, command.number)) is not None:
        return refusal
    case.record(ItemSkipped(number=command.number))
    return None


def play_due(case: Case[Drill]) -> None:
    """Play what is due."""
    for item in case.state.waiting:
        due = case.state.due(item)
        if due is not None and due <= case.now:
            case.record(ItemPlayed(number=item.number))


def not_directing(case: Case[Drill]) -> Refusal | None:
    """Refuse who is not the director."""
    if case.actor.id != case.state.director or case.actor.via != "direct":
        return Refusal(key="drill_not_directing")
    return None


def _not_now(case: Case[Drill], number: int) -> Refusal | None:
    if (refusal := not_directing(case)) is not None:
        return refusal
    if case.state.state != "running":
        return Refusal(key="drill_not_running")
    item = case.state.items.get(number)
    if item is None or not item.waits or item.kind == LOOK:
        return Refusal(key="drill_item_gone")
    return None


# --- what it does to the drill


@applies(ItemPlayed)
def _on_played(state: Drill, event: ItemPlayed, item: Recorded) -> None:
    state.items[event.number] = replace(state.items[event.number], played_at=item.at, early=event.early)


@applies(ItemDelayed)
def _on_delayed(state: Drill, event: ItemDelayed, item: Recorded) -> None:
    state.shift += timedelta(seconds=event.seconds)
    state.moves += 1


@applies(ItemSkipped)
def _on_skipped(state: Drill, event: ItemSkipped, item: Recorded) -> None:
    state.items[event.number] = replace(state.items[event.number], skipped=True)


@revises(KIND, "drill_item")
def _item_of(state: Drill, of: str) -> int | None:
    item = state.items.get(int(of)) if of.isdecimal() else None
    return state.moves if item is not None and item.waits and state.state == "running" else None


# --- who is told


declare(NoticeType("drill_next"), NoticeType("drill_inject"), NoticeType("drill_look"))


@tells(ItemPlayed)
def _tell_played(event: ItemPlayed, item: Recorded, context: NoticeContext[Drill]) -> Iterator[Notice]:
    played = context.after.items[event.number]
    params = {"number": event.number}
    if played.kind == INJECT:
        yield Notice(kind="note", key="drill_inject", to=Audience(played.to), priority=1, ring=True, params=params)
    if played.kind == LOOK:
        if not played.expects:  # else it is said with what the program sees
            yield from look_asked(context, event.number)
        return
    yield from next_item(context)


def look_asked(context: NoticeContext[Drill], number: int) -> Iterator[Notice]:
    """Ask those who evaluate what they saw."""
    look = keys.drill_look(number)
    verdicts = (
        ("drill_judge", "drill_met", look, {"verdict": MET}),
        ("drill_judge", "drill_unmet", look, {"verdict": UNMET}),
        ("drill_judge", "drill_unseen", look, {"verdict": UNSEEN}),
    )
    for person in context.after.looking:
        yield Notice(
            kind="note", key="drill_look", to=keys.to_person(person), priority=2, params={"number": number},
            buttons=buttons(*verdicts),
        )  # fmt: skip


@tells(ItemDelayed)
def _tell_delayed(event: ItemDelayed, item: Recorded, context: NoticeContext[Drill]) -> Iterator[Notice]:
    yield from next_item(context)


@tells(ItemSkipped)
def _tell_skipped(event: ItemSkipped, item: Recorded, context: NoticeContext[Drill]) -> Iterator[Notice]:
    yield from next_item(context)


def next_item(context: NoticeContext[Drill]) -> Iterator[Notice]:
    """Tell the director what comes next, and let him steer it."""
    state = context.after
    item = state.next
    course = keys.drill_course("running")
    nothing: dict[str, Any] = {}
    ends = (("drill_hold", "drill_hold", course, nothing), ("drill_end", "drill_end", course, nothing))
    if item is None:
        yield Notice(
            kind="note", key="drill_next", to=keys.to_person(state.director), priority=2, params={"number": 0},
            guard=course, buttons=buttons(*ends),
        )  # fmt: skip
        return
    key = keys.drill_item(item.number)
    args = {"number": item.number}
    yield Notice(
        kind="note", key="drill_next", to=keys.to_person(state.director), priority=2, params=args, guard=key,
        buttons=buttons(
            ("drill_play", "drill_play", key, args), ("drill_delay", "drill_delay", key, args),
            ("drill_skip", "drill_skip", key, args), *ends,
        ),
    )  # fmt: skip
