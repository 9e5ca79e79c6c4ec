"""What is said of cases that are no incidents: each kind registers one function that words its notices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from bot.render import naming
from bot.render.catalogue import REFUSALS
from bot.render.citing import cite
from bot.render.labels import stamped
from bot.render.message import Key, Message
from bot.texts import refusals as t
from bot.texts import words as w
from plans.core.notice import Notice, Press
from plans.core.outcome import Refusal
from plans.core.policy import DEFAULT_POLICY, Policy
from plans.core.state import CaseState
from plans.kinds import kind_of
from plans.model import Plan

Label = Callable[[Press, "CaseView"], str]
Words = Callable[[Notice, "CaseView"], str]
W = TypeVar("W", bound=Words)
L = TypeVar("L", bound=Label)


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseView:
    """A case before the eyes of one audience.

    Attributes:
        case: after the events that the text is about.
        now: the case's own moment (a drill's offset included), aware.
        place_kind: ``private``, ``command``, ``members`` or ``school``: what may be shown there.
        audience: as in ``Notice.to``. recipient: display name of the person who reads it.
        online: False = written after an outage, later than it should have been, and says so.
    """

    plan: Plan
    case: CaseState
    now: datetime
    policy: Policy = DEFAULT_POLICY
    place_kind: str = "private"
    audience: str = ""
    recipient: str = ""
    online: bool = True


WORDS: dict[str, Words] = {}
LABELS: dict[str, Label] = {}


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


def render_case(notice: Notice, view: CaseView) -> Message:
    """Return the message of a notice, its buttons bound to the case as it stands; raise KeyError without words."""
    kind = kind_of(view.case.stream).name
    presses = [stamped(press, view.case) for press in notice.buttons]
    rows = tuple((Key(LABELS[kind](press, view), press),) for press in presses)
    return replace(Message(WORDS[kind](notice, view)), rows=rows)


def case_refusal(refusal: Refusal, view: CaseView) -> str:
    """Return why nothing was done about a case: the reason, the clause, who may, what to do next."""
    values = _Stated({name: str(value) for name, value in refusal.params.items()})
    why, following = (sentence.format_map(values) for sentence in REFUSALS[refusal.key])
    who = t.POPUP_WHO.format(titles=naming.roles(view.plan, refusal.who)) if refusal.who else ""
    mark = w.DRILL if view.case.drill else ""
    return mark + t.POPUP.format(why=why, clause=cite(refusal.clause), who=who, next=following)


class _Stated(dict[str, str]):
    """What a refusal states; what its words make of it besides is said only of incidents."""

    def __missing__(self, name: str) -> str:
        return self.get(name.removesuffix("_name"), w.UNSTATED)
