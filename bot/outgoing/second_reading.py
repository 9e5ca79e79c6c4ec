"""Which messages a second reader is asked about: those whose words hold a number, and only so many at a time."""

from __future__ import annotations

from datetime import datetime

from plans.incident.case import Outcome
from plans.incident.facts import FactsStated
from plans.incident.reporting import Reported
from plans.intake.second import worth_sending
from storage.second_readings import SecondReading
from storage.transaction import Writing

MOST_WAITING = 200
"""More are not asked about: in a flood of reports a second reader that is behind is of no use to anybody."""


async def ask_for_second_reading(tx: Writing, outcome: Outcome, now: datetime) -> None:
    """Ask for another reading of the words that came with these events."""
    wanted = [
        SecondReading(stream=outcome.after.stream, sequence=item.sequence, asked_at=now, at=now)
        for item in outcome.recorded
        if isinstance(item.event, Reported | FactsStated) and worth_sending(item.event.text or "")
    ]
    if wanted and await tx.second_readings.waiting() < MOST_WAITING:
        await tx.second_readings.add(wanted)
