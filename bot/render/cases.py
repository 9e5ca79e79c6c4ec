"""What is said of cases that are no incidents: each kind registers one function that words its notices."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from bot.render import naming
from bot.render.catalogue import REFUSALS
from bot.render.citing import cite
from bot.render.delivery import undelivered
from bot.render.labels import SHARED, short, stamped
from bot.render.message import Key, Message
from bot.render.refusals import stated
from bot.render.text import Text, joined
from bot.texts import refusals as t
from bot.texts import words as w
from plans.core.notice import Notice, Press
from plans.core.outcome import Refusal
from plans.core.policy import DEFAULT_POLICY, Policy
from plans.core.state import CaseState
from plans.kinds import kind_of
from plans.model import Plan

UNDELIVERABLE = "undeliverable"
"""A message of a case did not arrive: said alike whatever the kind."""

Label = Callable[[Press, "CaseView"], str]
Words = Callable[[Notice, "CaseView"], Text | str]
Draw = Callable[["CaseView"], Message]
Stamp = Callable[[CaseState], str]
W = TypeVar("W", bound=Words)
L = TypeVar("L", bound=Label)
D = TypeVar("D", bound=Draw)
T = TypeVar("T", bound=Stamp)


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseView:
    """A case before the eyes of one audience.

    Attributes:
        case: after the events that the text is about.
        now: the case's own moment (a drill's offset included), aware.
        place_kind: ``private``, ``command``, ``members`` or ``school``: what may be shown there.
        audience: as in ``Notice.to``. recipient: display name of the person who reads it.
        online: False = written after an outage, later than it should have been, and says so.
        names: what bodies are called that the plan does not name, by their ids.
        numbers: telephone numbers to ring somebody, by whom; only where they may be read.
        beside: short lines of other cases that matter here (incidents during a warning).
    """

    plan: Plan
    case: CaseState
    now: datetime
    policy: Policy = DEFAULT_POLICY
    place_kind: str = "private"
    audience: str = ""
    recipient: str = ""
    online: bool = True
    names: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)
    beside: tuple[str, ...] = ()


WORDS: dict[str, Words] = {}
LABELS: dict[str, Label] = {}
CARDS: dict[str, Draw] = {}
STAMPS: dict[str, Stamp] = {}


def words_of(kind: str) -> Callable[[W], W]:
    """Register what words the notices of a kind of case: (notice, view) -> plain text."""

    def register(function: W) -> W:
        WORDS[kind] = function
        return function

    return register


def labels_of(kind: str) -> Callable[[L], L]:
    """Register what words the buttons of a kind of case: (press, view) -> label."""

    def register(function: L) -> L:
        LABELS[kind] = function
        return function

    return register


def card_of(kind: str) -> Callable[[D], D]:
    """Register what draws the live message of a kind of case in the command group."""

    def register(function: D) -> D:
        CARDS[kind] = function
        return function

    return register


def stamped_by(kind: str) -> Callable[[T], T]:
    """Register what heads the messages of a kind of case that are settled: (case) -> a line, perhaps empty."""

    def register(function: T) -> T:
        STAMPS[kind] = function
        return function

    return register


def stamp_of(case: CaseState) -> str:
    """Return the line that heads what was sent about something that is settled now; empty for none."""
    stamp = STAMPS.get(kind_of(case.stream).name)
    return stamp(case) if stamp is not None else ""


def render_case(notice: Notice, view: CaseView) -> Message:
    """Return the message of a notice, its buttons bound to the case as it stands; raise KeyError without words."""
    if notice.key == UNDELIVERABLE:
        # Words for one person may hold a number of his own: where others read along they are left out.
        said = str(notice.params["said"]) if view.place_kind == "private" else ""
        return framed_case(view, undelivered(**{**notice.params, "said": said}))
    return framed_case(view, WORDS[kind_of(view.case.stream).name](notice, view), notice.buttons)


def draw_case(view: CaseView) -> Message:
    """Return the live message of a case as it stands; raise KeyError where its kind has none."""
    return CARDS[kind_of(view.case.stream).name](view)


def framed_case(view: CaseView, text: Text | str, presses: Iterable[Press] = ()) -> Message:
    """Return a message of a case as it is sent: the drill's mark first and last, a note when it is late."""
    body = Text() + text
    if not view.online:
        body = joined((body, w.LATE_NOTE))
    if view.case.drill:
        body = Text(w.DRILL) + body + "\n" + w.DRILL
    return Message(body.plain, body.entities, _rows(view, presses), w.DRILL if view.case.drill else "")


def _rows(view: CaseView, presses: Iterable[Press]) -> tuple[tuple[Key, ...], ...]:
    """Return the buttons in rows: short neighbours in pairs, a long one alone."""
    label, lines = LABELS[kind_of(view.case.stream).name], list[tuple[Key, ...]]()
    for press in presses:
        key = Key(short(label(press, view)), stamped(press, view.case))
        last = lines[-1] if lines else ()
        if len(last) == 1 and len(last[0].label) <= SHARED and len(key.label) <= SHARED:
            lines[-1] = (*last, key)
        else:
            lines.append((key,))
    return tuple(lines)


def case_refusal(refusal: Refusal, view: CaseView) -> str:
    """Return why nothing was done about a case: the reason, the clause, who may, what to do next."""
    who = t.POPUP_WHO.format(titles=naming.roles(view.plan, refusal.who)) if refusal.who else ""
    mark = w.DRILL if view.case.drill else ""
    return mark + _refused(refusal, view.now, who)


def bare_refusal(refusal: Refusal) -> str:
    """Return why nothing was opened: there is no case yet that it could be said of."""
    return _refused(refusal, None, "")


def _refused(refusal: Refusal, now: datetime | None, who: str) -> str:
    values = _Stated({name: stated(value, now) for name, value in refusal.params.items()})
    why, following = (sentence.format_map(values) for sentence in REFUSALS[refusal.key])
    return t.POPUP.format(why=why, clause=cite(refusal.clause), who=who, next=following)


class _Stated(dict[str, str]):
    """What a refusal states; what its words make of it besides is said only of incidents."""

    def __missing__(self, name: str) -> str:
        return self.get(name.removesuffix("_name"), w.UNSTATED)
