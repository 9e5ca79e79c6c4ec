"""Figures that were told and were wrong are corrected: owed to exactly those who heard the wrong ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from plans.core.command import Command
from plans.core.event import Event, Recorded
from plans.core.keys import GROUP
from plans.core.notice import Notice
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides, tells
from plans.incident.case import Case, NoticeContext
from plans.incident.checks import check_facts
from plans.incident.claims import claim
from plans.incident.figures import counted
from plans.incident.records import Correction
from plans.incident.state import CASUALTIES, Incident
from plans.values import as_data, parse

# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class Correct(Command):
    """Correct figures that were told; owed to exactly those who heard the wrong ones."""

    facts: Mapping[str, Any]
    reason: str = ""


# --- events


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


# --- what may happen


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


# --- what it does to the incident


@applies(Corrected)
def _on_corrected(incident: Incident, event: Corrected, item: Recorded) -> None:
    claim(incident, event.new, "correction", item, confirmed=True)
    incident.corrections.append(
        Correction(item.sequence, item.at, event.told, event.ordinal, event.old, event.new, "figures")
    )


# --- who is told


@tells(Corrected)
def _tell_corrected(event: Corrected, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    yield Notice(
        kind="note",
        key="correction",
        to=GROUP,
        priority=1,
        params={"ordinal": event.ordinal, "old": event.old, "new": event.new, "told": event.told},
    )
