"""Commands about response levels: declare, decline, end, record a spoken decision, sign."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from plans.commands.base import NOBODY, Command


@dataclass(frozen=True, kw_only=True, slots=True)
class Declare(Command):
    """Declare or adjust the response level.

    Attributes:
        units: the units to call, where the plan leaves the choice open; ``None`` = as picked.
        unreachable: units that nobody answers for, from the directory of people.
    """

    level: str
    reason: str = ""
    expected: str = ""
    units: tuple[str, ...] | None = None
    unreachable: frozenset[str] = NOBODY


@dataclass(frozen=True, kw_only=True, slots=True)
class DeclineProposal(Command):
    """暂不启动."""

    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class End(Command):
    """End the response, or an incident that had none (with a reason)."""

    reason: str = ""


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


@dataclass(frozen=True, kw_only=True, slots=True)
class Sign(Command):
    """补签: the person who spoke signs the recorded decision.

    Attributes:
        decision: its number in the log; 0 = all that are owed.
    """

    decision: int = 0
