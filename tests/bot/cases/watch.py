"""A kind of case as small as one can be: the duty seat is asked to look at something, and again until it has.

It stands for the kinds that come after incidents: nothing of the program but this file knows of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.render.cases import LABELS, WORDS, CaseView, labels_of, words_of
from plans.core import kind, registry
from plans.core.case import OpenCase
from plans.core.command import ClockCommand, Command
from plans.core.event import _BY_NAME as names_by
from plans.core.event import Event, Recorded
from plans.core.keys import SEAT, Key
from plans.core.kind import CaseKind, WakePoint
from plans.core.notice import Notice, Press, buttons
from plans.core.notice_context import NoticeContext
from plans.core.outcome import CaseOutcome, Refusal
from plans.core.policy import Policy
from plans.core.registry import applies, decides, guards, revises, tells
from plans.core.revisions import last_change
from plans.core.state import CaseState

KIND = "watch"
PAUSE = timedelta(minutes=10)
LOOK = Key("look")


@dataclass(slots=True)
class Watch(CaseState):
    """What is to be looked at, since when, and how often it was asked."""

    OPEN_STATES = frozenset({"waiting"})

    what: str = ""
    asked_at: datetime | None = None
    asked: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenWatch(Command):
    """Ask the duty seat to look at something."""

    what: str
    plan: str
    plan_hash: str
    jurisdiction: str
    number: int
    year: int

    opens = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Look(Command):
    """Say that it was looked at."""


@dataclass(frozen=True, kw_only=True, slots=True)
class WatchWake(ClockCommand):
    """Time to ask again."""


@dataclass(frozen=True, kw_only=True, slots=True)
class WatchOpened(Event, name="test-watch-opened"):
    """Somebody asked for it."""

    what: str
    plan: str
    plan_hash: str
    jurisdiction: str
    number: int
    year: int


@dataclass(frozen=True, kw_only=True, slots=True)
class WatchAsked(Event, name="test-watch-asked"):
    """The seat was asked again."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Looked(Event, name="test-watch-looked"):
    """It was looked at."""

    touches = ("look",)


def _refuses(case: OpenCase[Watch], command: Command) -> Refusal | None:
    over = not case.state.open and not command.any_state
    return Refusal(key="not_running", params={"state": case.state.state}) if over else None


WATCH = CaseKind(
    name=KIND,
    state=Watch,
    case=OpenCase,
    outcome=CaseOutcome,
    context=NoticeContext,
    refuses=_refuses,
    follows=lambda case, command: None,
    shows=(),
    statements=lambda state: {},
    wakes=lambda state, policy: _wakes(state, policy),
    wake=WatchWake,
)


def _wakes(watch: Watch, policy: Policy) -> list[WakePoint]:
    return [WakePoint("look", watch.asked_at + PAUSE, "watch")] if watch.open and watch.asked_at is not None else []


def _open(case: OpenCase[Watch], command: OpenWatch) -> Refusal | None:
    case.record(
        WatchOpened(
            what=command.what, plan=command.plan, plan_hash=command.plan_hash, jurisdiction=command.jurisdiction,
            number=command.number, year=command.year,
        )
    )  # fmt: skip
    return None


def _look(case: OpenCase[Watch], command: Look) -> Refusal | None:
    if "duty" not in case.actor.roles:
        return Refusal(key="staff_only", who=("duty",))
    case.record(Looked())
    return None


def _wake(case: OpenCase[Watch], command: WatchWake) -> Refusal | None:
    if any(point.at <= case.now for point in _wakes(case.state, case.policy)):
        case.record(WatchAsked())
    return None


def _on_opened(watch: Watch, event: WatchOpened, item: Recorded) -> None:
    watch.state, watch.what, watch.plan, watch.plan_hash = "waiting", event.what, event.plan, event.plan_hash
    watch.jurisdiction, watch.number, watch.year, watch.asked_at = event.jurisdiction, event.number, event.year, item.at


def _on_asked(watch: Watch, event: WatchAsked, item: Recorded) -> None:
    watch.asked, watch.asked_at = watch.asked + 1, item.at


def _on_looked(watch: Watch, event: Looked, item: Recorded) -> None:
    watch.state = "looked"


def _ask(key: str) -> Notice:
    presses = buttons(("look", "look", LOOK, {}))
    return Notice(kind="asked", key=key, to=SEAT, priority=1, ring=True, guard=LOOK, buttons=presses)


def _tell_opened(event: WatchOpened, item: Recorded, context: NoticeContext[Watch]) -> Iterator[Notice]:
    yield _ask("watch")


def _tell_asked(event: WatchAsked, item: Recorded, context: NoticeContext[Watch]) -> Iterator[Notice]:
    yield _ask("watch_again")


def _waiting(watch: Watch) -> Iterator[Key]:
    if watch.open:
        yield LOOK


def _revision(watch: Watch, of: str) -> int | None:
    return last_change(watch, "look") if watch.open else None


def _words(notice: Notice, view: CaseView) -> str:
    watch: Any = view.case
    return f"请看一看：{watch.what}（第{watch.asked + 1}次）"


def _label(press: Press, view: CaseView) -> str:
    return "看过了"


EVENTS = {cls.NAME: names_by.pop(cls.NAME) for cls in (WatchOpened, WatchAsked, Looked)}
"""Known only while the kind is installed: other tests of this process ask which events there are."""


@contextmanager
def installed() -> Iterator[CaseKind]:
    """Install the kind while a test runs, and take it away with all that it registered."""
    kind.install(WATCH)
    names_by.update(EVENTS)
    decides(OpenWatch)(_open)
    decides(Look)(_look)
    decides(WatchWake)(_wake)
    applies(WatchOpened)(_on_opened)
    applies(WatchAsked)(_on_asked)
    applies(Looked)(_on_looked)
    tells(WatchOpened)(_tell_opened)
    tells(WatchAsked)(_tell_asked)
    guards(KIND)(_waiting)
    revises(KIND, "look")(_revision)
    words_of(KIND)(_words)
    labels_of(KIND)(_label)
    try:
        yield WATCH
    finally:
        kind.remove(KIND)
        for name in EVENTS:
            del names_by[name]
        tables: tuple[dict[Any, Any], ...] = (registry.DECIDERS, registry.APPLIERS, registry.TELLERS)
        for table in tables:
            for item in [item for item in table if item.__module__ == __name__]:
                del table[item]
        registry.GUARDS.pop(KIND)
        registry.REVISIONS.pop((KIND, "look"))
        WORDS.pop(KIND)
        LABELS.pop(KIND)
