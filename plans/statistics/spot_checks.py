"""What is counted of a spot check (抽查): who was asked, as what, and how long the answer took."""

from __future__ import annotations

from plans.desk.spot_check_state import SpotCheck
from plans.statistics import rows as r
from plans.statistics.rows import CountedCase, Row

KIND = "spotcheck"


def counted_spot_check(check: SpotCheck) -> CountedCase:
    """Return a check as it is counted, from the moment when it was held; one that was not held is not counted."""
    held = check.asked_at is not None and not check.open
    return CountedCase(
        stream=check.stream, kind=KIND, jurisdiction=check.jurisdiction, plan_id=check.plan, drill=check.drill,
        year=check.year, number=check.number, at=check.asked_at if held else None, sort="", level="", response="",
        state=check.state, open=check.open, sequence=check.sequence,
        rows=tuple(
            Row(
                topic=r.SPOT, key=item.title, name=item.title, since=check.asked_at, at=item.answered_at,
                outcome="silent" if item.answered_at is None else "late" if check.late(item) else "in_time",
                seconds=item.seconds if item.answered_at is not None else None, local=True,
            )
            for item in check.asked.values()
        ) if held else (),
    )  # fmt: skip
