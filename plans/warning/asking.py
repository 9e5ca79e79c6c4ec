"""What the office is asked about a warning that waits: to issue it, or first under which plan it falls."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from plans.core.keys import GROUP, PLAN, PROPOSED, SEAT, Key
from plans.core.notice import Notice, NoticeType, buttons, declare
from plans.warning.loudness import rings_again
from plans.warning.state import WarningCase

More = tuple[str, str, Key, dict[str, Any]]
"""A further button: action, label, object, arguments."""

declare(
    NoticeType("warning_taken", fallback_to_group=True),
    NoticeType("warning_taken_again", fallback_to_group=True, escalates=True, joins_as="due"),
    NoticeType("warning_which_plan_again", fallback_to_group=True, escalates=True, joins_as="due"),
)


def ask(warning: WarningCase, *more: More, again_at: datetime | None = None) -> Iterator[Notice]:
    """Yield what is asked of the office.

    Args:
        again_at: the seat is reminded, at this moment.
    """
    again = again_at is not None
    rings = again_at is None or rings_again(warning, again_at)
    if not warning.plan_asked:
        yield Notice(
            kind="warning", key="warning_taken_again" if again else "warning_taken", to=SEAT, priority=1, ring=rings,
            guard=PROPOSED,
            buttons=buttons(
                ("warning_preview", "warning_preview", PROPOSED, {}),
                ("warning_amend", "warning_amend", PROPOSED, {}),
                ("warning_dismiss", "warning_dismiss", PROPOSED, {}),
                *more,
            ),
        )  # fmt: skip
        return
    # What it asks and whom it calls depends on the plan; an officer of another of the plans reads it in the group.
    presses = [("warning_plan", "this_plan", PLAN, {"plan": plan, "title": title}) for plan, title in warning.plans]
    for to in (SEAT,) if again else (SEAT, GROUP):
        yield Notice(
            kind="warning", key="warning_which_plan_again" if again else "warning_which_plan", to=to, priority=1,
            ring=rings and to == SEAT, guard=PLAN,
            buttons=buttons(*presses, ("warning_dismiss", "warning_dismiss", PROPOSED, {}), *more),
        )  # fmt: skip
