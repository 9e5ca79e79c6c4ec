"""Who is told of an edited message."""

from __future__ import annotations

from collections.abc import Iterator

from plans import events as e
from plans.notices.notice import Notice, buttons
from plans.notices.registry import Told, on


@on(e.EditNoticed)
def _edited(event: e.EditNoticed, item: e.Recorded, told: Told) -> Iterator[Notice]:
    guard = f"edit:{item.sequence}"
    args = {"sequence": item.sequence}
    changes = bool(event.facts or event.place or event.occurred_at)
    presses = (("adopt_edit", "adopt", guard, args),) if changes else ()
    yield Notice(
        kind="asked",
        key="edit",
        to="seat",
        guard=guard,
        params={
            "before": event.before or "",
            "after": event.text or "",
            "source": event.source,
            "facts": event.facts,
            "place": event.place,
            "occurred": event.occurred_at,
        },
        buttons=buttons(*presses, ("drop_edit", "keep_record", guard, args)),
    )
