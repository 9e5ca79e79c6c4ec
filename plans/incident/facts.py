"""Figures, place, class and time stated anew: who said what, and what of it counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from plans.core.command import NOBODY, Command, is_platform
from plans.core.event import Event, Recorded
from plans.core.keys import SEAT
from plans.core.notice import Notice
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides, tells
from plans.incident.case import Case, NoticeContext
from plans.incident.checks import believable, check_class, check_facts, check_fall, is_first_death
from plans.incident.claims import claim, doubtful, take_in
from plans.incident.deaths import DeathUnconfirmed
from plans.incident.figures import confirmed, counted, hearsay
from plans.incident.revisions import revision
from plans.incident.scene import SceneStated, occurrence
from plans.incident.state import Incident
from plans.incident.timing import count_up
from plans.incident.unsure_notices import figures_asked
from plans.values import FactValue, Interval, as_data, parse

# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class Update(Command):
    """State figures, place, class or time anew.

    Attributes:
        increments: facts whose value is to be added to what is known (又发现2名).
        sure: the person confirmed that a number fell.
        unsure: what does not count before somebody has chosen, as ``plans.intake.telling`` has it.
        unread: numbers of the text that no reading used.
        from_other: of another case that came into this one: its figures stand beside those of this one.
        mentions: listed bodies that the words name (``plans.incident.bodies``).
        unreachable: units that nobody answers for who can be written to; a place or class may call some.
    """

    facts: Mapping[str, Any] = field(default_factory=dict)
    increments: frozenset[str] = NOBODY
    raised: tuple[str, ...] = ()
    text: str = ""
    source: str = ""
    occurred_at: datetime | None = None
    occurred_basis: str = ""
    place: str = ""
    event_class: str = ""
    unit: str = ""
    township: str = ""
    reason: str = ""
    sure: bool = False
    unsure: Mapping[str, Any] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    from_other: bool = False
    mentions: tuple[dict[str, Any], ...] = ()
    unreachable: frozenset[str] = frozenset()

    any_way = True
    by_platform = True


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class FactsStated(Event, name="facts-stated", personal=("text",)):
    """Somebody gave figures. ``confirmed``: by the duty officer or above, so that earlier claims give way.

    Attributes:
        unsure: what does not count before somebody has chosen, as ``plans.intake.telling`` has it.
        unread: numbers of the text that no reading used.
        from_other: of another case that came into this one: no figure gives way to them.
    """

    facts: dict[str, Any]
    source: str
    confirmed: bool
    text: str | None = None
    raised: tuple[str, ...] = ()
    unsure: dict[str, Any] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    from_other: bool = False

    reassesses = True
    states_facts = True
    touches = ("words",)


# --- what may happen


@decides(Update)
def update(case: Case, command: Update) -> Refusal | None:
    """State figures, place, class or time anew. Without the duty officer's word they are a claim of their source."""
    if not (case.actor.roles or case.actor.id == case.incident.reporter_id):
        return Refusal(key="outsider")
    problem = check_facts(case, command.facts, command.raised) or check_class(case, command.event_class)
    if problem:
        return problem
    if command.increments:
        count_up(case)
    source = command.source or source_of(case)
    asked, beyond = believable(case, command.unsure, command.text)
    unsure, differing = _to_choose(case, asked, source)
    facts = {**_totals(case, command), **differing}
    problem = check_facts(case, facts) or check_fall(case, facts, sure=command.sure)
    problem = problem or occurrence(case, command.occurred_at, command.occurred_basis or "stated", command.reason)
    if problem:
        return problem
    if command.place or command.event_class or command.unit or command.township:
        case.record(
            SceneStated(
                place=command.place, event_class=command.event_class, unit=command.unit, township=command.township
            )
        )
    if facts or command.raised or command.text:
        first_death = is_first_death(case, facts)
        case.record(
            FactsStated(
                facts=facts,
                source=source,
                confirmed=case.staff,
                text=command.text or None,
                raised=command.raised,
                unsure=unsure,
                unread=(*command.unread, *beyond),
                from_other=command.from_other,
            )
        )
        if first_death:
            case.record(DeathUnconfirmed(value=facts["deaths"], source=source))
    return None if case.recorded else Refusal(key="nothing_new")


def _to_choose(case: Case, asked: Mapping[str, Any], source: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what somebody has to choose, and figures that are only another source's.

    Fewer than somebody else said is no slip, but a word of his own: it counts beside the other, and the duty seat is
    asked which one does.
    """
    unsure, differing = {}, {}
    for name, data in asked.items():
        fact = data["fact"]
        claims = case.incident.claims.get(fact, ())
        told = next((option["value"] for option in data["options"] if option.get("value") is not None), None)
        own = case.staff or any(claim.source == source for claim in claims)
        if data["why"] == "fall" and not own and claims and fact != "deaths" and told is not None:
            differing[fact] = told
        else:
            unsure[name] = data
    return unsure, differing


def source_of(case: Case) -> str:
    """Return whose word the actor's is."""
    if case.staff:
        return "duty"
    if case.actor.units:
        return sorted(case.actor.units)[0]
    return case.incident.source if case.actor.id == case.incident.reporter_id else f"person:{case.actor.id}"


def _totals(case: Case, command: Update) -> dict[str, Any]:
    """Return the totals that a statement comes to: what was said to be added (又发现2名) is added to what is known."""
    values = counted(case.incident)
    facts: dict[str, Any] = {}
    for name, data in command.facts.items():
        value = parse(data)
        if name in command.increments and isinstance(value, Interval):
            # A death that was only said is none to add to.
            unsure = name == "deaths" and case.staff and hearsay(case.incident)
            base = confirmed(case.incident, name) if unsure else values.get(name)
            value = add(base, value)
        facts[name] = as_data(value)
    return facts


def add(base: FactValue | None, more: Interval) -> Interval:
    """Return the sum; what is not known is at least none, and has no upper bound."""
    if not isinstance(base, Interval):
        return Interval(more.at_least, None)
    low = (base.at_least or 0) + (more.at_least or 0)
    high = None if base.at_most is None or more.at_most is None else base.at_most + more.at_most
    return Interval(low, high)


# --- what it does to the incident


@applies(FactsStated)
def _on_stated(incident: Incident, event: FactsStated, item: Recorded) -> None:
    if event.from_other:
        for fact, data in event.facts.items():
            take_in(incident, fact, data, event.source, item, confirmed=event.confirmed)
    else:
        claim(incident, event.facts, event.source, item, confirmed=event.confirmed)
    if event.text is not None:
        doubtful(incident, event.unsure, event.unread, event.text, event.source, item)
    incident.raised |= set(event.raised)


revision("facts", "facts")
revision("fact", "said:{}")


# --- who is told


@tells(FactsStated)
def _tell_stated(event: FactsStated, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    if not event.confirmed:
        params = {"facts": event.facts, "source": event.source, "text": event.text or "", "unread": event.unread}
        if is_platform(item.actor):  # nobody of the office has seen the words in a chat
            params["words"] = event.text or ""
        yield Notice(kind="note", key="update", to=SEAT, priority=2, params=params)
    yield from figures_asked(item, context)
