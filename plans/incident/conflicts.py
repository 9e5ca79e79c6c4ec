"""Sources that differ about a fact: which one counts is chosen by a person; the program never sums by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from plans.core import keys
from plans.core.command import Command
from plans.core.event import Event, Recorded
from plans.core.keys import SEAT, Key
from plans.core.notice import Notice, Press, buttons
from plans.core.outcome import Refusal
from plans.core.registry import applies, asks, decides, guards, tells
from plans.incident.case import Case, NoticeContext
from plans.incident.checks import check_facts
from plans.incident.claims import claim
from plans.incident.deaths import DeathUnconfirmed
from plans.incident.facts import add
from plans.incident.state import KIND, Incident
from plans.incident.timing import count_up
from plans.values import FactValue, Interval, as_data

# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class Resolve(Command):
    """Decide between conflicting figures: ``use`` a source, or ``sum``."""

    fact: str
    use: str


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class FactResolved(Event, name="fact-resolved"):
    """A person decided between conflicting figures; the program never sums by itself."""

    fact: str
    value: Any
    use: str

    reassesses = True
    states_facts = True


@dataclass(frozen=True, kw_only=True, slots=True)
class ConflictFound(Event, name="conflict-found"):
    """Sources differ about a fact; ``claims`` maps source to value."""

    fact: str
    claims: dict[str, Any]


# --- what may happen


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


@applies(FactResolved)
def _on_resolved(incident: Incident, event: FactResolved, item: Recorded) -> None:
    claim(incident, {event.fact: event.value}, event.use, item, confirmed=True)


@applies(ConflictFound)
def _on_conflict(incident: Incident, event: ConflictFound, item: Recorded) -> None:
    if event.claims:
        incident.conflicts[event.fact] = event.claims
    else:
        incident.conflicts.pop(event.fact, None)


@guards(KIND)
def _open(incident: Incident) -> Iterator[Key]:
    if not incident.over:
        yield from (keys.conflict(fact) for fact in incident.conflicts)


# --- who is told


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
