"""Messages to be sent and messages that were: one row is one call of the Bot API."""

from __future__ import annotations

from storage.outbox.outcomes import Outcomes
from storage.outbox.queue import BESIDE, DIAL, OTHER_WAYS, Ahead, Queue
from storage.outbox.record import CallSaid, Departure, PriorityBacklog, Record
from storage.outbox.tables import NewMessage, OutboxRow

__all__ = [
    "BESIDE",
    "DIAL",
    "OTHER_WAYS",
    "Ahead",
    "CallSaid",
    "Departure",
    "NewMessage",
    "Outbox",
    "OutboxRow",
    "PriorityBacklog",
]


class Outbox(Queue, Outcomes, Record):
    """All that can be done with messages: queue and claim, record what became of them, look them up."""
