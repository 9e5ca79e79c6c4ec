"""What a second reader of a message says of its figures: recorded, asked about where it differs, deciding nothing.

The figures of a case are those of the first reading. Where the second says the same the record says so; where it says
otherwise the duty seat is asked, with the words of the message. What somebody has stated or confirmed since needs no
such question.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
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
from plans.incident.facts import FactsStated, Update, update
from plans.incident.figures import counted
from plans.incident.records_said import ReadTwice
from plans.incident.reporting import Reported
from plans.incident.state import KIND, RUNNING, Incident
from plans.values import as_data

MOST_ASKED = 3
"""Figures of one message that are asked about; the others stand in the record."""

# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class CompareReadings(Command):
    """A second reader has read a message.

    Attributes:
        of: number of the event that recorded the message.
        agreed: fact -> confidence in the first reading, where both say the same.
        first, second: fact -> plain value, where they differ; the first may have none.
        words: fact -> of the message, as the second reader was sent it.
        totals: those whose number replaces what is known, so that it can be taken with one press.
        reader: what the second reader is called.
    """

    of: int
    agreed: Mapping[str, float] = field(default_factory=dict)
    first: Mapping[str, Any] = field(default_factory=dict)
    second: Mapping[str, Any] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    totals: frozenset[str] = frozenset()
    reader: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class SettleReading(Command):
    """A person says which reading of a message is right; taking the second states its figure."""

    fact: str
    use: str
    """``first`` or ``second``."""


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadingsCompared(Event, name="readings-compared", personal=("words",)):
    """Two readings of a message stand beside each other; ``first``, ``second``, ``words`` where they differ."""

    of: int
    agreed: dict[str, Any]
    first: dict[str, Any]
    second: dict[str, Any]
    words: dict[str, Any] | None = None
    totals: tuple[str, ...] = ()
    reader: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadingSettled(Event, name="reading-settled"):
    """A person has looked at the words and said which reading is right: ``first`` or ``second``."""

    fact: str
    use: str


# --- what may happen


@decides(CompareReadings)
def compare(case: Case, command: CompareReadings) -> Refusal | None:
    """Record what a second reader said; only of what nobody has stated since is there anything to ask."""
    events = case.incident.events
    said = events[command.of - 1].event if 0 < command.of <= len(events) else None
    if "system" not in case.actor.roles or not isinstance(said, Reported | FactsStated):
        return Refusal(key="nothing_new")
    if any(isinstance(item.event, ReadingsCompared) and item.event.of == command.of for item in events):
        return Refusal(key="nothing_new")
    asked = [fact for fact in command.second if _needs_asking(case, command, fact)]
    agreed = {fact: value for fact, value in command.agreed.items() if check_facts(case, {}, (fact,)) is None}
    if not asked and not agreed:
        return Refusal(key="nothing_new")
    case.record(
        ReadingsCompared(
            of=command.of,
            agreed=agreed,
            first={fact: command.first.get(fact) for fact in asked},
            second={fact: command.second[fact] for fact in asked},
            words={fact: command.words.get(fact, "") for fact in asked},
            totals=tuple(fact for fact in asked if fact in command.totals),
            reader=command.reader,
        )
    )
    return None


def _needs_asking(case: Case, command: CompareReadings, fact: str) -> bool:
    """Whether the plan knows the fact, nobody has spoken of it since, and it is not known to be so anyway."""
    if check_facts(case, {fact: command.second[fact]}) is not None:
        return False
    known = counted(case.incident).get(fact)
    if known is not None and as_data(known) == command.second[fact]:
        return False
    if _offered(case.incident, fact, command.second[fact]):
        return False
    return not _answered(case.incident, fact, command.of, read=command.first.get(fact) is not None)


def _offered(incident: Incident, fact: str, value: Any) -> bool:
    """Whether somebody is asked already how a figure is meant, with this one among the answers."""
    asked = [item for item in incident.unsure.values() if item.fact == fact]
    return any(choice.get("value") == value for item in asked for choice in item.options)


def _answered(incident: Incident, fact: str, of: int, *, read: bool) -> bool:
    """Whether somebody has stated a fact since a message, or has confirmed what was read in it."""
    said_at = incident.events[of - 1].at
    confirmed = read and incident.verified_at is not None and incident.verified_at > said_at
    return confirmed or any(claim.sequence > of for claim in incident.claims.get(fact, ()))


@decides(SettleReading)
def settle(case: Case, command: SettleReading) -> Refusal | None:
    """Say which reading is right. The second becomes a figure by the person's word, like any that he states."""
    if not case.staff:
        return Refusal(key="staff_only", who=("duty",))
    doubt = next((item for item in open_readings(case.incident) if item.fact == command.fact), None)
    if doubt is None or command.use not in ("first", "second"):
        return Refusal(key="reading_settled")
    case.record(ReadingSettled(fact=command.fact, use=command.use))
    if command.use == "second":
        return update(case, Update(facts={command.fact: doubt.second}, sure=True))
    return None


def open_readings(incident: Incident) -> list[ReadTwice]:
    """Return the figures that two readers read differently and that nobody has spoken of since."""
    doubts = incident.read_twice.values()
    return [item for item in doubts if not _answered(incident, item.fact, item.of, read=item.first is not None)]


# --- what it does to the incident


@applies(ReadingsCompared)
def _on_compared(incident: Incident, event: ReadingsCompared, item: Recorded) -> None:
    for fact in list(event.second)[:MOST_ASKED]:
        incident.read_twice[fact] = ReadTwice(
            fact=fact,
            sequence=item.sequence,
            of=event.of,
            first=event.first.get(fact),
            second=event.second[fact],
            words=str((event.words or {}).get(fact, "")),
            total=fact in event.totals,
        )


@applies(ReadingSettled)
def _on_settled(incident: Incident, event: ReadingSettled, item: Recorded) -> None:
    incident.read_twice.pop(event.fact, None)


@guards(KIND)
def _open(incident: Incident) -> Iterator[Key]:
    if not incident.over:
        yield from {keys.reading(item.sequence) for item in open_readings(incident)}


# --- who is told


@tells(ReadingsCompared)
def _tell_compared(event: ReadingsCompared, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    found = [doubt for doubt in open_readings(context.after) if doubt.sequence == item.sequence]
    if found:
        yield Notice(
            kind="asked",
            key="read_twice",
            to=SEAT,
            priority=2,
            guard=keys.reading(item.sequence),
            buttons=tuple(press for doubt in found for press in _answers(doubt)),
            params={"facts": tuple(doubt.fact for doubt in found)},
        )


def _answers(doubt: ReadTwice) -> tuple[Press, ...]:
    """Return that the second is right, where its number replaces what is known, and that the first is."""
    target = keys.fact(doubt.fact)
    args = {"fact": doubt.fact, "first": doubt.first, "second": doubt.second}
    presses = [("settle_reading", "second_reading", target, {**args, "use": "second"})] if doubt.total else []
    return buttons(*presses, ("settle_reading", "first_reading", target, {**args, "use": "first"}))


@asks(ReadingsCompared)
def _asks_readings(incident: Incident, event: ReadingsCompared, item: Recorded, key: Key) -> bool:
    open_here = {doubt.fact for doubt in open_readings(incident) if doubt.sequence == item.sequence}
    return incident.state in RUNNING and key.of in open_here
