"""An incident as one tile of the wall or the board's list: few words, and the clock that runs out first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from bot.render import naming
from bot.render.card import RUNNING, event_level, response_line, silent_units, state
from bot.render.pages.clock import Clock, clocks
from bot.render.pages.names import shown, some
from bot.render.times import at
from bot.render.values import SHOWN, always, figures_to_show, label, plainly
from bot.render.view import View
from bot.texts import pages as t
from bot.texts import words as w
from plans.core.state import CaseState
from plans.incident.state import Incident

MOST_SILENT = 3
MOST_LEFT = 3
MOST_CLOCKS = 4
MOST_FIGURES = 3
FAR = datetime(9999, 1, 1, tzinfo=UTC)
"""Behind all that have a clock."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Tile:
    """One incident in short.

    Attributes:
        case: the end of its log's name, which its page is called by.
        title: its number and where it is. kind: what it is.
        figures: casualties, those of which somebody spoke. decision: what somebody must decide.
        clocks: what is owed, the deadline that ends first at the head; behind those what is owed 立即.
        left: who has not heard the first of them, in short. more: what is owed besides it, in words.
        called, answered: units of the last round. silent: the names of those that have not answered, in short.
        coming: which unit on its way will be there first, and when it said that.
        unattended: nobody has taken it.
        order: what tiles are sorted by: drills last, what runs out first at the head.
    """

    case: str
    title: str
    kind: str
    drill: bool
    response: str
    event_level: str
    figures: str
    decision: str
    reported: str
    seat: str
    unattended: bool
    clocks: tuple[Clock, ...]
    left: str
    more: str
    called: int
    answered: int
    silent: str
    coming: str
    order: str


def tile(view: View) -> Tile:
    """Return an incident's tile; it says the same whoever reads it, and holds no moment of its own but the clock's."""
    incident = view.incident
    owed = clocks(view)
    deadlines, at_once, maybe, standing = (
        sorted((clock for clock in owed if clock.kind == kind), key=lambda clock: clock.due)
        for kind in ("due", "now", "maybe", "stands")
    )
    certain = [*deadlines, *at_once, *standing]
    first = next(iter(certain or maybe), None)
    called = [call for call in incident.calls.values() if call.round] if incident.state in RUNNING else []
    silent = silent_units(view)
    unattended = incident.state == "reported" and not incident.handled_by
    return Tile(
        case=case_of(incident),
        title=title(view),
        kind=shown(naming.class_name(view), 24),
        drill=incident.drill,
        response=response_line(view) if incident.state == "responding" else state(view),
        event_level=event_level(view),
        figures=figures(view),
        decision=decision(view),
        reported=t.REPORTED.format(time=at(incident.reported_at, view.now)),
        seat=t.NOBODY if unattended else t.HANDLED.format(name=shown(view.seat, 16)) if view.seat else "",
        unattended=unattended,
        clocks=tuple((certain or maybe)[:MOST_CLOCKS]),
        left=some(first.left, MOST_LEFT) if first is not None else "",
        more=_more(len(certain), len(at_once) if deadlines else 0),
        called=len(called),
        answered=len(called) - len(silent),
        silent=some([naming.unit_name(view, unit) for unit in silent], MOST_SILENT),
        coming=_coming(view) if called else "",
        order=f"{int(incident.drill)}{(first.due if first is not None else FAR).isoformat()}{incident.number:06}",
    )


def unshown(incident: Incident) -> Tile:
    """Return the tile of an incident whose plan cannot be read: there it is, and nothing more can be said here."""
    number = w.NUMBER.format(number=incident.number)
    return Tile(
        case=case_of(incident), title=number, kind="", drill=incident.drill, response=t.UNSHOWN, event_level="",
        figures="", decision=t.UNSHOWN_WHERE, reported="", seat="", unattended=False, clocks=(), left="", more="",
        called=0, answered=0, silent="", coming="", order=f"{int(incident.drill)}{incident.number:06}",
    )  # fmt: skip


def _coming(view: View) -> str:
    """Return how many units are on their way with a time, and the first of them; the same whenever it is read."""
    coming = [(call.expected_at, call.unit) for call in view.incident.calls.values() if call.expected_at is not None]
    if not coming:
        return ""
    first, unit = min(coming)
    return t.COMING.format(count=len(coming), name=shown(naming.unit_name(view, unit), 16), time=at(first, view.now))


def _more(certain: int, at_once: int) -> str:
    """Return how much is owed besides what stands first, and how much of that at once."""
    texts = [t.CLOCK_MORE.format(count=certain - 1)] if certain > 1 else []
    texts += [t.CLOCK_AT_ONCE.format(count=at_once)] if at_once else []
    return w.COMMA.join(texts)


def title(view: View) -> str:
    """Return ``17号 ××小学``."""
    place = shown(view.incident.place or view.incident.unit, 24) or w.PLACE_UNKNOWN
    return t.INCIDENT_TITLE.format(number=naming.number(view), place=place)


def figures(view: View) -> str:
    """Return casualties in one line: dead and injured always, others where somebody spoke of them."""
    first = always(view.plan)
    names = [name for name in figures_to_show(view) if name in (*first, *SHOWN)]
    names = sorted(names, key=lambda name: name not in first)[:MOST_FIGURES]
    return w.COMMA.join(label(view, name) + plainly(view, name) for name in names)


def decision(view: View) -> str:
    """Return what somebody must decide now, or nothing."""
    incident, plan = view.incident, view.plan
    proposal = incident.proposal
    if proposal is not None and not proposal.declined:
        verb = w.DECISIONS["adjust" if incident.response_level else "declare"]
        return t.DECIDE.format(verb=verb, level=proposal.level)
    fact = plan.facts.get(incident.question) if incident.question else None
    if fact is not None and fact.question and incident.response_level is None and incident.state == "reported":
        return t.QUESTION.format(question=fact.question)
    if incident.unsigned:
        return t.SIGN.format(roles=naming.roles(plan, list(dict.fromkeys(item.role for item in incident.unsigned))))
    return ""


def case_of(case: CaseState) -> str:
    """Return what a case's page is called by."""
    return case.stream.partition(":")[2]
