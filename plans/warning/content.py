"""What a warning says: how events state it, what goes with what, and what cannot be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from plans.core.event import Event
from plans.core.outcome import Refusal
from plans.model import Plan
from plans.warning.case import Case
from plans.warning.state import COLOURS, Content

FIELDS = ("hazard", "colour", "level", "issuer", "starts", "ends", "areas", "text")
"""What a warning says, in the order in which it is read."""

LONGEST = timedelta(days=180)
"""An end that lies further ahead was misread or mistyped: nobody would be asked what comes after it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ContentStated(Event):
    """What a warning says, as every event has it that states it; see ``plans.warning.state.Content``."""

    hazard: str = ""
    colour: str = ""
    level: str = ""
    issuer: str = ""
    starts: datetime | None = None
    ends: datetime | None = None
    areas: tuple[str, ...] = ()
    text: str | None = None
    words: dict[str, str] | None = None

    def content(self) -> Content:
        """Return it as one thing."""
        return Content(
            hazard=self.hazard, colour=self.colour, level=self.level, issuer=self.issuer, starts=self.starts,
            ends=self.ends, areas=self.areas, text=self.text or "", words=dict(self.words or {}),
        )  # fmt: skip


def stated(content: Content) -> dict[str, Any]:
    """Return the fields of :class:`ContentStated` for a content."""
    values = {name: getattr(content, name) for name in FIELDS}
    return {**values, "text": content.text or None, "words": dict(content.words) or None}


def graded(plan: Plan, changed: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is set right with what goes with it: a colour takes a level away that has another one, and back."""
    if "level" in changed and "colour" not in changed:
        colour = next((item.colour for item in plan.warnings if item.level == changed["level"]), "")
        return {**changed, "colour": colour} if colour else dict(changed)
    if "colour" in changed and "level" not in changed:
        return {**changed, "level": ""}
    return dict(changed)


def faulty(case: Case, content: Content) -> Refusal | None:
    """Return why a content cannot be that of a warning of this plan."""
    levels = [item.level for item in case.plan.warnings]
    if content.level and content.level not in levels:
        return Refusal(key="unknown_warning_level", params={"given": content.level, "known": levels})
    if content.colour and content.colour not in COLOURS:
        return Refusal(key="unknown_colour", params={"given": content.colour, "known": list(COLOURS)})
    if content.starts is not None and content.ends is not None and content.ends <= content.starts:
        return Refusal(key="ends_before_start", params={"starts": content.starts, "ends": content.ends})
    if content.ends is not None and content.ends > case.now + LONGEST:
        return Refusal(key="ends_too_late", params={"ends": content.ends, "days": LONGEST.days})
    return None
