"""A drill that is played by a script (演练): its course, from the script that a director takes to its end.

What is played in it stands in ``drill_items``, what those who evaluate say in ``evaluating``. Nobody who takes part
reads any of that. A real report holds the drill until the director lets it go on.
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
from plans.desk import drill_expected, evaluating, mending  # noqa: F401  # register what is seen, said, and mended
from plans.desk.case import Case, NoticeContext
from plans.desk.drill_items import next_item, not_directing, play_due
from plans.desk.drill_state import KIND, Drill, Item
from plans.desk.kind import desk_kind
from plans.desk.opening import DeskCaseOpened, OpenDeskCase, as_opened, begin

MISSED = timedelta(minutes=5)
"""An inject that is so late was missed: the program was away, and several would come at once."""

FORGOTTEN, FORGOTTEN_HELD = timedelta(hours=12), timedelta(days=3)
"""本地规定: so long after its last item, or after it was held, a drill that nobody ends is over by itself."""

# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class PrepareDrill(OpenDeskCase):
    """Take a script; whoever does is its director.

    Attributes:
        items: each with ``at`` (seconds), ``kind``, ``text``, and of an inject ``to``, ``who``; ``note``; of a look
            ``expects`` and ``incident``.
    """

    title: str
    script: str
    goals: tuple[str, ...] = ()
    items: tuple[dict[str, Any], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class NameEvaluators(Command):
    """Say who evaluates; whoever was named before does no more."""

    people: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class BeginDrill(Command):
    """Begin: the script's times count from now."""


@dataclass(frozen=True, kw_only=True, slots=True)
class HoldDrill(Command):
    """Play nothing until it goes on; ``incident``: the number of a real one for which the program holds it."""

    incident: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class GoOnWithDrill(Command):
    """Go on: all that waits is later by as long as it was held."""


@dataclass(frozen=True, kw_only=True, slots=True)
class EndDrill(Command):
    """End it; before it began, it does not take place. ``silent``: units that never answered, given by the shell."""

    silent: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class DrillWake(ClockCommand):
    """A moment has come; ``real``: the number of a real incident that was reported since; ``silent``: as at the end."""

    real: int = 0
    silent: tuple[str, ...] = ()


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class DrillPrepared(DeskCaseOpened, name="drill-prepared"):
    """A script was taken."""

    title: str
    script: str
    goals: tuple[str, ...] = ()
    items: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class EvaluatorsNamed(Event, name="drill-evaluators-named"):
    """These people evaluate."""

    people: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class DrillBegun(Event, name="drill-begun"):
    """It began."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DrillHeld(Event, name="drill-held"):
    """Nothing is played; ``incident``: the number of the real one that holds it; ``since``: what came was missed."""

    incident: int = 0
    since: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class DrillGoneOn(Event, name="drill-gone-on"):
    """It goes on."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DrillOver(Event, name="drill-over"):
    """It is over; ``begun``: it had begun; ``unanswered``: units that were called and never answered."""

    begun: bool = True
    unanswered: tuple[str, ...] = ()


# --- what may happen


@decides(PrepareDrill)
def prepare(case: Case[Drill], command: PrepareDrill) -> Refusal | None:
    """Take a script: for who reads at the desk."""
    if not case.reads or case.actor.via != "direct":
        return Refusal(key="drill_not_yours")
    own = {name: getattr(command, name) for name in ("title", "script", "goals", "items")}
    case.record(DrillPrepared(**as_opened(command), by=case.actor.id, **own))
    return None


@decides(NameEvaluators)
def name_evaluators(case: Case[Drill], command: NameEvaluators) -> Refusal | None:
    """Who evaluates is named by the director."""
    if (refusal := not_directing(case)) is not None:
        return refusal
    case.record(EvaluatorsNamed(people=command.people))
    return None


@decides(BeginDrill)
def begin_drill(case: Case[Drill], command: BeginDrill) -> Refusal | None:
    """Begin, once, while its director still reads at the desk; what is due at once is played at once."""
    if (refusal := not_directing(case)) is not None:
        return refusal
    if not case.reads:
        return Refusal(key="drill_not_yours")
    if case.state.state != "ready":
        return Refusal(key="drill_begun_already")
    case.record(DrillBegun())
    play_due(case)
    return None


@decides(HoldDrill)
def hold(case: Case[Drill], command: HoldDrill) -> Refusal | None:
    """Hold it: the director, and the program for a real report."""
    if "system" not in case.actor.roles and (refusal := not_directing(case)) is not None:
        return refusal
    if case.state.state != "running":
        return Refusal(key="drill_not_running")
    case.record(DrillHeld(incident=command.incident))
    return None


@decides(GoOnWithDrill)
def go_on(case: Case[Drill], command: GoOnWithDrill) -> Refusal | None:
    """Let it go on; the director alone."""
    if (refusal := not_directing(case)) is not None:
        return refusal
    if case.state.state != "held":
        return Refusal(key="drill_not_held")
    case.record(DrillGoneOn())
    return None


@decides(EndDrill)
def end(case: Case[Drill], command: EndDrill) -> Refusal | None:
    """End it: the director, or an administrator in his place."""
    if "admin" not in case.actor.roles and (refusal := not_directing(case)) is not None:
        return refusal
    case.record(DrillOver(begun=case.state.begun_at is not None, unanswered=command.silent))
    return None


@decides(DrillWake)
def wake(case: Case[Drill], command: DrillWake) -> Refusal | None:
    """Play what is due; where something real was reported, or the program was away, hold it instead.

    What was missed comes when it goes on, one after the other as in the script. One that nobody ends is over by itself.
    """
    state = case.state
    if (forgotten := _forgotten_at(state)) is not None and forgotten <= case.now:
        case.record(DrillOver(unanswered=command.silent))
    elif state.state == "running":
        missed = state.due(state.next) if state.next is not None else None
        if command.real:
            case.record(DrillHeld(incident=command.real))
        elif missed is not None and missed <= case.now - MISSED:
            case.record(DrillHeld(since=missed))
        else:
            play_due(case)
    return None


def _forgotten_at(state: Drill) -> datetime | None:
    """Return when it is over by itself: long after its last item, or after it was held."""
    if state.state == "held":
        return state.held_at + FORGOTTEN_HELD if state.held_at is not None else None
    if state.state != "running" or state.waiting or state.since is None:
        return None
    played = [item.played_at for item in state.items.values() if item.played_at is not None]
    return max(state.since, *played) + FORGOTTEN


def wakes(state: Drill, policy: Policy) -> Sequence[WakePoint]:
    """Return the moment of everything that waits, and of its end where nobody ends it."""
    forgotten = _forgotten_at(state)
    over = [WakePoint("over", forgotten, KIND)] if forgotten is not None else []
    if state.state != "running":
        return over
    items = [(item, state.due(item)) for item in state.waiting]
    return [*(WakePoint(f"item:{item.number}", due, KIND) for item, due in items if due is not None), *over]


# --- what it does to the drill


@applies(DrillPrepared)
def _on_prepared(state: Drill, event: DrillPrepared, item: Recorded) -> None:
    begin(state, event, "ready")
    state.drill, state.title, state.script, state.goals = True, event.title, event.script, tuple(event.goals)
    state.director = event.by
    for number, said in enumerate(event.items, 1):
        state.items[number] = Item(
            number=number, at=timedelta(seconds=int(said["at"])), kind=str(said["kind"]), text=str(said["text"]),
            to=str(said.get("to", "")), who=str(said.get("who", "")), note=str(said.get("note", "")),
            expects=dict(said.get("expects", {})), incident=int(said.get("incident", 1)),
        )  # fmt: skip


@applies(EvaluatorsNamed)
def _on_named(state: Drill, event: EvaluatorsNamed, item: Recorded) -> None:
    state.evaluators = tuple(event.people)


@applies(DrillBegun)
def _on_begun(state: Drill, event: DrillBegun, item: Recorded) -> None:
    state.state, state.begun_at, state.since = "running", item.at, item.at


@applies(DrillHeld)
def _on_held(state: Drill, event: DrillHeld, item: Recorded) -> None:
    state.state, state.held_at, state.held_for = "held", event.since or item.at, event.incident
    state.missed = event.since is not None
    state.holds.append((state.held_at, None, event.incident))


@applies(DrillGoneOn)
def _on_gone_on(state: Drill, event: DrillGoneOn, item: Recorded) -> None:
    if state.held_at is not None:
        state.shift += item.at - state.held_at
        state.holds[-1] = (state.held_at, item.at, state.held_for)
    state.state, state.held_at, state.held_for, state.since = "running", None, 0, item.at
    state.moves += 1


@applies(DrillOver)
def _on_over(state: Drill, event: DrillOver, item: Recorded) -> None:
    if state.held_at is not None:
        state.holds[-1] = (state.held_at, item.at, state.held_for)
    state.state, state.over_at = "over" if event.begun else "dropped", item.at
    state.silent = tuple(event.unanswered)


@revises(KIND, "drill_course")
def _course_of(state: Drill, of: str) -> int | None:
    return 0 if state.open and of == state.state else None


@revises(KIND, "record")
def _record_of(state: Drill, of: str) -> int | None:
    return 0 if state.over_at is not None and state.begun_at is not None else None


@guards(KIND)
def _waiting(state: Drill) -> Iterator[Key]:
    if not state.open:
        return
    yield keys.drill_course(state.state)
    for item in state.items.values():
        if item.waits and state.state == "running":
            yield keys.drill_item(item.number)


# --- who is told


declare(
    NoticeType("drill_ready"), NoticeType("drill_begun"), NoticeType("drill_held"), NoticeType("drill_gone_on"),
    NoticeType("drill_over"), NoticeType("drill_result"), NoticeType("drill_live", draws=True),
)  # fmt: skip


@tells(DrillPrepared)
def _tell_prepared(event: DrillPrepared, item: Recorded, context: NoticeContext[Drill]) -> Iterator[Notice]:
    yield from _ready(context)


@tells(EvaluatorsNamed)
def _tell_named(event: EvaluatorsNamed, item: Recorded, context: NoticeContext[Drill]) -> Iterator[Notice]:
    if context.after.state == "ready":
        yield from _ready(context)


def _ready(context: NoticeContext[Drill]) -> Iterator[Notice]:
    course = keys.drill_course("ready")
    yield Notice(
        kind="note", key="drill_ready", to=keys.to_person(context.after.director), priority=2, guard=course,
        buttons=buttons(("drill_begin", "drill_begin", course, {}), ("drill_end", "drill_drop", course, {})),
    )  # fmt: skip


@tells(DrillBegun)
def _tell_begun(event: DrillBegun, item: Recorded, context: NoticeContext[Drill]) -> Iterator[Notice]:
    yield Notice(kind="note", key="drill_begun", to=keys.GROUP, priority=1)
    yield Notice(kind="card", key="drill_live", to=keys.to_person(context.after.director), priority=2)
    yield from next_item(context)


@tells(DrillHeld)
def _tell_held(event: DrillHeld, item: Recorded, context: NoticeContext[Drill]) -> Iterator[Notice]:
    yield Notice(kind="note", key="drill_held", to=keys.GROUP, priority=1)
    course = keys.drill_course("held")
    yield Notice(
        kind="note", key="drill_held", to=keys.to_person(context.after.director), priority=1, ring=True, guard=course,
        buttons=buttons(("drill_go_on", "drill_go_on", course, {}), ("drill_end", "drill_end", course, {})),
    )  # fmt: skip


@tells(DrillGoneOn)
def _tell_gone_on(event: DrillGoneOn, item: Recorded, context: NoticeContext[Drill]) -> Iterator[Notice]:
    since = context.before.held_at if context.before is not None else None
    stood = int((item.at - since).total_seconds()) if since is not None else 0
    yield Notice(kind="note", key="drill_gone_on", to=keys.GROUP, priority=1, params={"stood": stood})
    yield from next_item(context)


@tells(DrillOver)
def _tell_over(event: DrillOver, item: Recorded, context: NoticeContext[Drill]) -> Iterator[Notice]:
    if not event.begun:
        return
    yield Notice(kind="note", key="drill_over", to=keys.GROUP, priority=1)
    for person in dict.fromkeys((context.after.director, *context.after.evaluators)):
        mends = mending.presses(context.after) if person == context.after.director else ()
        yield Notice(
            kind="note", key="drill_result", to=keys.to_person(person), priority=2,
            buttons=buttons(("drill_paper", "drill_paper", keys.RECORD, {}), *mends),
        )  # fmt: skip


LIVE = Notice(kind="card", key="card", to=keys.GROUP, priority=3, edits=True)
"""The director's page of how far it is, drawn anew after every event; it stands in his private chat alone."""

DRILL = kind.install(desk_kind(KIND, Drill, DrillWake, wakes, shows=(LIVE,)))
