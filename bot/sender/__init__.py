"""The sender: takes messages from the outbox by urgency, keeps Telegram's limits, and records what became of each."""

from __future__ import annotations

from bot.sender.loop import Sender
from bot.sender.send_outcomes import AFTER_DEATHS

__all__ = ["AFTER_DEATHS", "Sender"]
