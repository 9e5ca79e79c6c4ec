"""What a drill found wanting becomes instructions (整改): to the unit concerned, by a day that a person chooses.

A finding is a look that was not met, or late, or that units never answered, all of them together. The instruction is
one like any other; the drill notes what became of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from plans.core import keys
from plans.core.command import Command
from plans.core.event import Event, Recorded
from plans.core.keys import Key
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides, revises
from plans.desk.case import Case
from plans.desk.drill_state import INJECT, KIND, LATE, LOOK, REPORT, SILENT, UNMET, Drill, Item, Mending
from plans.desk.evaluating import verdict_of

DRAFT, GIVEN, DONE, DROPPED = "draft", "given", "done", "dropped"
"""How the instruction stands; one that was thrown away or taken back leaves the finding open."""

MOST_PRESSES = 8
"""Findings that the end offers with a button each; the paper has all of them."""


def findings(state: Drill) -> list[str]:
    """Return what was found wanting, in the script's order: ``look:3``, last ``silent``."""
    looks = [item for item in state.looks if verdict_of(item, over=state.over_at is not None) in (UNMET, LATE)]
    return [*(f"{LOOK}:{item.number}" for item in looks), *((SILENT,) if state.silent else ())]


def look_of(state: Drill, finding: str) -> Item | None:
    """Return the look that a finding is; None for silent units."""
    kind, _, of = finding.partition(":")
    item = state.items.get(int(of)) if kind == LOOK and of.isdecimal() else None
    return item if item is not None and item.kind == LOOK else None


def concerned(state: Drill, finding: str) -> tuple[str, ...]:
    """Return whom a finding concerns, as audiences: units that lacked, else who was played the words before it."""
    item = look_of(state, finding)
    if item is None:
        return tuple(map(keys.to_unit, state.silent))
    lacking = item.checked.lacking if item.checked is not None else ()
    units = tuple(keys.to_unit(name.partition(":")[2]) for name in lacking if name.startswith("answered:"))
    if units:
        return units
    before = [other for other in state.items.values() if other.number < item.number and other.kind in (INJECT, REPORT)]
    return tuple(filter(None, (before[-1].to,))) if before else ()


def offered(state: Drill) -> list[str]:
    """Return the findings that have a button each: those that are no instructions yet."""
    return [finding for finding in findings(state) if finding not in state.mended][:MOST_PRESSES]


def presses(state: Drill) -> Iterator[tuple[str, str, Key, dict[str, Any]]]:
    """Yield the buttons by which findings become instructions, for ``plans.core.notice.buttons``."""
    for finding in offered(state):
        yield ("drill_mend", "drill_mend", keys.drill_finding(finding), {"finding": finding})


# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class NoteMending(Command):
    """What became of a finding: how its instruction stands."""

    finding: str
    instruction: str
    instruction_number: int
    stands: str

    any_state = True


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class MendingNoted(Event, name="drill-mending-noted"):
    """How the instruction of a finding stands."""

    finding: str
    instruction: str
    instruction_number: int
    stands: str


# --- what may happen


@decides(NoteMending)
def note_mending(case: Case[Drill], command: NoteMending) -> Refusal | None:
    """By the program alone; of a finding that another instruction has already, nothing is noted."""
    if "system" not in case.actor.roles:
        return Refusal(key="drill_not_directing")
    known = case.state.mended.get(command.finding)
    if known is not None and known.instruction != command.instruction:
        return None
    if (known.stands if known is not None else DROPPED) == command.stands:
        return None
    case.record(
        MendingNoted(
            finding=command.finding, instruction=command.instruction, instruction_number=command.instruction_number,
            stands=command.stands,
        )
    )  # fmt: skip
    return None


# --- what it does to the drill


@applies(MendingNoted)
def _on_mending(state: Drill, event: MendingNoted, item: Recorded) -> None:
    if event.stands == DROPPED:
        state.mended.pop(event.finding, None)
        return
    state.mended[event.finding] = Mending(
        instruction=event.instruction, number=event.instruction_number, stands=event.stands
    )  # fmt: skip


@revises(KIND, "drill_finding")
def _finding_of(state: Drill, of: str) -> int | None:
    return None if of in state.mended or of not in findings(state) else 0
