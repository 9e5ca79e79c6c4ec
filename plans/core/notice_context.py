"""What the makers of notices see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic

from plans.core.event import Recorded
from plans.core.outcome import S
from plans.model import Plan


@dataclass(frozen=True, slots=True)
class NoticeContext(Generic[S]):
    """The plan, the case before and after the command, and all of its events."""

    plan: Plan
    before: S | None
    after: S
    events: tuple[Recorded, ...]
