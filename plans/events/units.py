"""Events of the units: called, informed, answered, silent."""

from __future__ import annotations

from dataclasses import dataclass

from plans.events.base import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class UnitCalled(Event, name="unit-called"):
    """A unit was called; ``reachable`` is False where nobody of it is bound, so that the duty seat must ring."""

    unit: str
    round: int
    level: str
    reachable: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class UnitInformed(Event, name="unit-informed"):
    """A unit was informed silently, without being called."""

    unit: str
    level: str


@dataclass(frozen=True, kw_only=True, slots=True)
class UnitAnswered(Event, name="unit-answered", personal=("name", "note")):
    """A unit answered: 收到, 已出发, 已到场 or 来不了; ``recorded``: noted by the duty officer after a call."""

    unit: str
    status: str
    by: str
    name: str | None = None
    note: str | None = None
    recorded: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class UnitsEscalated(Event, name="units-escalated"):
    """Silent units climbed a step: 1 = called again, 2 = on the duty seat's list of numbers to ring, then repeated."""

    units: tuple[str, ...]
    step: int


@dataclass(frozen=True, kw_only=True, slots=True)
class UnitsAsked(Event, name="units-asked"):
    """The plan leaves it to the event class whom this level calls, and no class was chosen: the seat is asked."""

    level: str


@dataclass(frozen=True, kw_only=True, slots=True)
class BodyAsked(Event, name="body-asked"):
    """A placeholder (事发镇街) was called and it is not plain which body it is: the seat is asked.

    Attributes:
        among: units that it may be, the likelier first.
    """

    unit: str
    among: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class BodyNamed(Event, name="body-named"):
    """Which body a placeholder stands for at this incident; a call that nobody answered goes over to it.

    Attributes:
        by: whoever said so; empty = read in the report's own words.
    """

    unit: str
    body: str
    by: str = ""
