"""A case of the duty desk begins: what the shell gives it, whatever its kind."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from plans.core.command import Command
from plans.core.event import Event
from plans.desk.state import DeskState


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenDeskCase(Command):
    """Base of the commands that open one. What is not given here the shell gives (``bot.office.desk.new_case``).

    Attributes:
        plan, plan_version, plan_hash: of the desk's seat, pinned to its content.
        number: by which people call it, within its kind, jurisdiction and year.
        origin: the chat that it came from. entry, entry_number: of the duty log, from which it was opened.
    """

    plan: str = ""
    plan_version: str = ""
    plan_hash: str = ""
    jurisdiction: str = ""
    number: int = 0
    year: int = 0
    origin: str = ""
    entry: str = ""
    entry_number: int = 0

    opens = True


@dataclass(frozen=True, kw_only=True, slots=True)
class DeskCaseOpened(Event):
    """Base of the events that tell of it; the attributes are those of :class:`OpenDeskCase`."""

    plan: str
    plan_version: str
    plan_hash: str
    jurisdiction: str
    number: int
    year: int
    by: str
    origin: str = ""
    entry: str = ""
    entry_number: int = 0


def as_opened(command: OpenDeskCase) -> dict[str, Any]:
    """Return the fields of :class:`DeskCaseOpened` that a command gives."""
    return {item.name: getattr(command, item.name) for item in fields(OpenDeskCase)}


def begin(state: DeskState, event: DeskCaseOpened, as_what: str) -> None:
    """Take over what every case of the desk is opened with; ``as_what``: the state in which its kind begins."""
    state.state, state.plan, state.plan_version = as_what, event.plan, event.plan_version
    state.plan_hash, state.jurisdiction = event.plan_hash, event.jurisdiction
    state.number, state.year, state.origin = event.number, event.year, event.origin
    state.entry, state.entry_number = event.entry, event.entry_number
