"""Figures: who said what, what may change it, and what is owed when it was wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from plans.core import keys
from plans.core.command import NOBODY, Command
from plans.core.event import Event, Recorded
from plans.core.keys import GROUP, SEAT, Key
from plans.core.notice import Notice, Press, buttons
from plans.core.outcome import Refusal
from plans.core.registry import applies, asks, decides, guards, tells
from plans.incident.case import Case, NoticeContext
from plans.incident.checks import believable, check_class, check_facts, check_fall, is_first_death
from plans.incident.claims import claim, doubtful, take_in
from plans.incident.deaths import DeathUnconfirmed
from plans.incident.figures import confirmed, counted, hearsay
from plans.incident.records import Correction
from plans.incident.revisions import revision
from plans.incident.scene import SceneStated, occurrence
from plans.incident.state import CASUALTIES, KIND, Incident
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


@dataclass(frozen=True, kw_only=True, slots=True)
class Correct(Command):
    """Correct figures that were told; owed to exactly those who heard the wrong ones."""

    facts: Mapping[str, Any]
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Resolve(Command):
    """Decide between conflicting figures: ``use`` a source, or ``sum``."""

    fact: str
    use: str


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


@dataclass(frozen=True, kw_only=True, slots=True)
class FactResolved(Event, name="fact-resolved"):
    """A person decided between conflicting figures; the program never sums by itself."""

    fact: str
    value: Any
    use: str

    reassesses = True
    states_facts = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Corrected(Event, name="corrected", personal=("reason",)):
    """Figures that were told were wrong. ``told`` are the recipients that had heard a wrong one."""

    ordinal: int
    old: dict[str, Any]
    new: dict[str, Any]
    told: tuple[str, ...]
    reason: str | None = None

    reassesses = True
    states_facts = True


@dataclass(frozen=True, kw_only=True, slots=True)
class ConflictFound(Event, name="conflict-found"):
    """Sources differ about a fact; ``claims`` maps source to value."""

    fact: str
    claims: dict[str, Any]


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


@decides(Correct)
def correct(case: Case, command: Correct) -> Refusal | None:
    """Correct figures; a correction is owed to exactly those who were told other ones."""
    if not case.staff:
        return Refusal(key="staff_only", who=("duty",))
    problem = check_facts(case, command.facts)
    if problem:
        return problem
    values = counted(case.incident)
    new = {name: as_data(parse(data)) for name, data in command.facts.items()}
    old = {name: as_data(values[name]) if name in values else None for name in new}
    recipients = tuple(
        name
        for name, filing in case.incident.last_filings().items()
        if any(
            fact in filing.figures and filing.figures[fact] != value
            for fact, value in new.items()
            if fact in CASUALTIES
        )
    )
    if new == old and not recipients:
        return Refusal(key="nothing_to_correct")
    ordinal = len(case.incident.corrections) + 1
    case.record(Corrected(ordinal=ordinal, old=old, new=new, told=recipients, reason=command.reason or None))
    return None


@decides(Resolve)
def resolve(case: Case, command: Resolve) -> Refusal | None:
    """Decide between sources, or say that they count different people (sum)."""
    if not case.staff:
        return Refusal(key="staff_only", who=("duty",))
    count_up(case)
    claims = case.incident.claims.get(command.fact, ())
    if len(claims) < 2:
        return Refusal(key="no_conflict", params={"fact": command.fact})
    total: FactValue | None = None
    if command.use == "sum":
        for claim in claims:
            if not isinstance(claim.value, Interval):
                return Refusal(key="cannot_sum", params={"fact": command.fact})
            total = claim.value if total is None else add(total, claim.value)
    else:
        total = next((claim.value for claim in claims if claim.source == command.use), None)
    if total is None:
        sources = [claim.source for claim in claims]
        return Refusal(key="unknown_source", params={"given": command.use, "known": sources})
    facts = {command.fact: as_data(total)}
    problem = check_facts(case, facts)
    if problem:
        return problem
    case.record(FactResolved(fact=command.fact, value=facts[command.fact], use=command.use))
    return None


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


@applies(FactResolved)
def _on_resolved(incident: Incident, event: FactResolved, item: Recorded) -> None:
    claim(incident, {event.fact: event.value}, event.use, item, confirmed=True)


@applies(Corrected)
def _on_corrected(incident: Incident, event: Corrected, item: Recorded) -> None:
    claim(incident, event.new, "correction", item, confirmed=True)
    incident.corrections.append(
        Correction(item.sequence, item.at, event.told, event.ordinal, event.old, event.new, "figures")
    )


@applies(ConflictFound)
def _on_conflict(incident: Incident, event: ConflictFound, item: Recorded) -> None:
    if event.claims:
        incident.conflicts[event.fact] = event.claims
    else:
        incident.conflicts.pop(event.fact, None)


revision("facts", "facts")
revision("fact", "said:{}")


@guards(KIND)
def _open(incident: Incident) -> Iterator[Key]:
    if not incident.over:
        yield from (keys.conflict(fact) for fact in incident.conflicts)


# --- who is told


@tells(FactsStated)
def _tell_stated(event: FactsStated, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    if not event.confirmed:
        params = {"facts": event.facts, "source": event.source, "text": event.text or "", "unread": event.unread}
        yield Notice(kind="note", key="update", to=SEAT, priority=2, params=params)
    yield from figures_asked(item, context)


@tells(Corrected)
def _tell_corrected(event: Corrected, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    yield Notice(
        kind="note",
        key="correction",
        to=GROUP,
        priority=1,
        params={"ordinal": event.ordinal, "old": event.old, "new": event.new, "told": event.told},
    )


@tells(ConflictFound)
def _tell_conflict(event: ConflictFound, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    if not event.claims or (event.fact == "deaths" and _asked_already(context)):
        return
    target = keys.fact(event.fact)
    presses: list[Press] = [
        Press(
            action="resolve",
            label="by_source",
            object=target,
            args={"fact": event.fact, "use": source, "value": value},
        )
        for source, value in event.claims.items()
    ]
    if all(isinstance(value, int | float | dict) and not isinstance(value, bool) for value in event.claims.values()):
        presses.extend(buttons(("resolve", "sum", target, {"fact": event.fact, "use": "sum"})))
    yield Notice(
        kind="asked",
        key="conflict",
        to=SEAT,
        priority=1,
        guard=keys.conflict(event.fact),
        buttons=tuple(presses),
        params={"fact": event.fact, "claims": event.claims},
    )


def _asked_already(context: NoticeContext) -> bool:
    """A first death is asked about as such, not as a conflict as well."""
    return any(isinstance(item.event, DeathUnconfirmed) for item in context.events)


@asks(ConflictFound)
def _asks_conflict(incident: Incident, event: ConflictFound, item: Recorded, key: Key) -> bool:
    return key.of == event.fact and event.fact in incident.conflicts and bool(event.claims)
