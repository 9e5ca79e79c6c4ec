"""A first death that was only said (待核实): recorded, and asked of the duty seat."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from plans.core import keys
from plans.core.event import Event, Recorded
from plans.core.keys import SEAT, Key
from plans.core.notice import Notice, Press, buttons
from plans.core.registry import applies, asks, tells
from plans.incident.case import NoticeContext
from plans.incident.figures import confirmed, hearsay
from plans.incident.state import Incident
from plans.values import Interval, as_data

# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class DeathUnconfirmed(Event, name="death-unconfirmed"):
    """A first death was stated by somebody other than the duty officer: 待核实."""

    value: Any
    source: str

    reassesses = True
    states_facts = True


# --- what it does to the incident


@applies(DeathUnconfirmed)
def _on_death(incident: Incident, event: DeathUnconfirmed, item: Recorded) -> None:
    incident.death_unconfirmed = True


# --- who is told


@tells(DeathUnconfirmed)
def _tell_death(event: DeathUnconfirmed, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    yield Notice(
        kind="asked",
        key="death_unconfirmed",
        to=SEAT,
        priority=1,
        ring=True,
        params={"value": event.value, "source": event.source},
        buttons=_death_buttons(event.value, context.after),
    )


def death_buttons(incident: Incident) -> tuple[Press, ...]:
    """Return the two answers to a death that was only said, with the highest number that was."""
    values = [as_data(claim.value) for claim in hearsay(incident)]
    counted = [value for value in values if isinstance(value, int)]
    return _death_buttons(max(counted), incident) if counted else ()


def _death_buttons(value: Any, incident: Incident) -> tuple[Press, ...]:
    """Yes takes what was said; no leaves what was confirmed before, else none."""
    deaths = confirmed(incident, "deaths")
    none_or_confirmed = as_data(deaths) if isinstance(deaths, Interval) and deaths.exact is not None else 0
    return buttons(
        ("confirm_deaths", "confirm", keys.fact("deaths"), {"value": value}),
        ("deny_deaths", "deny", keys.fact("deaths"), {"value": none_or_confirmed}),
    )


@asks(DeathUnconfirmed)
def _asks_death(incident: Incident, event: DeathUnconfirmed, item: Recorded, key: Key) -> bool:
    return key.of == "deaths" and incident.death_unconfirmed
