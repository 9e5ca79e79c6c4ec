"""Whether what the telephone tells still waits for an answer."""

from __future__ import annotations

from plans.core.keys import Key, each_of
from plans.core.notices import answered_guards, open_guards
from plans.core.state import CaseState
from storage.outbox import OutboxRow


def still_waits(case: CaseState, row: OutboxRow) -> bool:
    """Return whether the object of a message is neither settled nor answered; true of what depends on none."""
    guard = Key((row.guard or "").partition("|")[2])
    if not guard or guard.kind == "obligations":
        return True
    waiting = open_guards(case) - answered_guards(case)
    return any(one in waiting for one in each_of(guard))
