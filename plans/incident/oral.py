"""代录: the duty officer records what somebody who may decide has said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from plans.core.authority import recorded_word
from plans.core.command import NOBODY, Command
from plans.core.outcome import Refusal
from plans.core.registry import decides
from plans.incident.case import Case
from plans.incident.ending import end_by
from plans.incident.levels import Declare, declare_by
from plans.incident.proposals import decline_by


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordOral(Command):
    """代录: record a spoken decision.

    Attributes:
        of: the role that spoke. spoken_by: who that was, by name; spoken_id: and by our id, where one is known.
        decides: ``declare``, ``adjust``, ``decline`` (暂不启动) or ``end``.
    """

    of: str
    decides: str
    level: str | None = None
    spoken_by: str = ""
    spoken_id: str = ""
    spoken_at: datetime | None = None
    reason: str = ""
    expected: str = ""
    units: tuple[str, ...] | None = None
    unreachable: frozenset[str] = NOBODY


DECISIONS = ("declare", "adjust", "decline", "end")


@decides(RecordOral)
def record_oral(case: Case, command: RecordOral) -> Refusal | None:
    """代录: the duty officer, and nobody else, records a spoken decision; the signature of whoever spoke is owed."""
    if "duty" not in case.actor.roles or case.actor.via != "direct":
        return Refusal(key="oral_by_duty", who=("duty",))
    if command.of not in case.plan.roles:
        return Refusal(
            key="unknown_role",
            params={"given": command.of, "known": {name: role.title for name, role in case.plan.roles.items()}},
        )
    if command.decides not in DECISIONS:
        return Refusal(key="unknown_decision", params={"given": command.decides, "known": list(DECISIONS)})
    problem = case.ahead(command.spoken_at)
    if problem is not None:
        return problem
    word = recorded_word(case, command.of, command.spoken_by, command.spoken_id, command.spoken_at)
    if command.decides == "end":
        return end_by(case, command.reason, word)
    if command.decides == "decline":
        return decline_by(case, command.reason, word)
    if command.level is None:
        return Refusal(key="level_missing", params={"known": [item.level for item in case.plan.responses]})
    declaration = Declare(
        level=command.level,
        reason=command.reason,
        expected=command.expected,
        units=command.units,
        unreachable=command.unreachable,
    )
    return declare_by(case, declaration, word)
