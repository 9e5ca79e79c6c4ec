"""What people call a case of the duty desk, and from which entry of its log another case came."""

from __future__ import annotations

from bot.texts import desk as t
from plans.core.state import CaseState
from plans.desk.entry_state import KIND as ENTRY
from plans.kinds import kind_of


def called(case: CaseState) -> str:
    """Return what people call a case of the desk: 日志12号."""
    return called_so(kind_of(case.stream).name, case.number)


def called_so(kind: str, number: int) -> str:
    """Return what people call a case of the desk of which only kind and number are known."""
    return t.CALLED.format(name=t.NAMES[kind], number=number)


def from_entry(case: CaseState) -> str:
    """Return from which entry of the duty log a case was opened; empty where it was not."""
    return t.FROM_ENTRY.format(called=called_so(ENTRY, case.entry_number)) if case.entry else ""
