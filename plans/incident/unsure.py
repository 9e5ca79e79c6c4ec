"""Figures that do not count before somebody has chosen: not surely read, fewer than before, or only said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plans.core import keys
from plans.core.command import Command
from plans.core.event import Event, Recorded
from plans.core.keys import Key
from plans.core.outcome import Refusal
from plans.core.registry import applies, asks, decides, guards, revises
from plans.incident.case import Case
from plans.incident.facts import FactsStated, Update, update
from plans.incident.merging import Absorbed
from plans.incident.plan_choice import PlanChosen
from plans.incident.reporting import Reported
from plans.incident.revisions import running
from plans.incident.state import KIND, Incident
from plans.incident.unsure_notices import asks_figure

# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class ChooseFigure(Command):
    """Say how a figure is meant: one of its options, by its place among them."""

    key: str
    option: int
    unreachable: frozenset[str] = frozenset()


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class FigureChosen(Event, name="figure-chosen"):
    """Somebody has chosen; where it is a figure, that is stated in an event of its own.

    Attributes:
        kept: it stays as it was.
    """

    key: str
    fact: str
    kept: bool

    reassesses = True
    states_facts = True


# --- what may happen


@decides(ChooseFigure)
def choose_figure(case: Case, command: ChooseFigure) -> Refusal | None:
    """Take one of the options. Whether a saying is true only the office decides; the rest also whoever wrote it."""
    found = case.incident.unsure.get(command.key)
    if found is None or not 0 <= command.option < len(found.options):
        return Refusal(key="nothing_new")
    if not case.staff and (found.why == "said" or case.actor.id != found.by):
        return Refusal(key="staff_only", who=("duty",))
    choice = found.options[command.option]
    if "value" in choice:
        source = found.source if found.from_other or not case.staff else ""
        stated = Update(facts={found.fact: choice["value"]}, source=source, sure=True, from_other=found.from_other)
        problem = update(case, stated)
        if problem is not None:
            return problem
    case.record(FigureChosen(key=found.key, fact=found.fact, kept="value" not in choice))
    return None


# --- what it does to the incident


@applies(FigureChosen)
def _on_chosen(incident: Incident, event: FigureChosen, item: Recorded) -> None:
    incident.unsure.pop(event.key, None)


@revises(KIND, "figure")
def _revision(incident: Incident, of: str) -> int | None:
    found, since = incident.unsure.get(of), running()(incident, of)
    return None if found is None or since is None else max(found.sequence, since)


@guards(KIND)
def _open(incident: Incident) -> Iterator[Key]:
    if not incident.over:
        yield from (keys.figure(key) for key in incident.unsure)


# --- who is told


def _asks(incident: Incident, event: Event, item: Recorded, key: Key) -> bool:
    return asks_figure(incident, item, key)


for _event in (Absorbed, FactsStated, PlanChosen, Reported):  # an edited message asks besides whether it is adopted
    asks(_event)(_asks)
