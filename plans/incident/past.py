"""Casualty figures as they stood earlier: at the moment of a call, or when the words that were read out were made."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from plans.core.fold import fold
from plans.incident.figures import figures
from plans.incident.state import Incident


def figures_at(incident: Incident, moment: datetime, shown: int = 0) -> dict[str, Any]:
    """Return the casualty figures of a moment as plain data.

    Args:
        moment: of the call.
        shown: number in the log up to which the words that were read out knew; 0 = all that was known then.
    """
    last = incident.events[-1] if incident.events else None
    if last is None or (moment >= last.at and (not shown or shown >= incident.changed.get("facts", 0))):
        return figures(incident)
    events = [item for item in incident.events if item.at <= moment and (not shown or item.sequence <= shown)]
    return figures(fold(incident.stream, events or incident.events[:1]))
