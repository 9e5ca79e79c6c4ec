"""The sender: takes messages from the outbox by urgency, keeps Telegram's limits, and records what became of each."""

from __future__ import annotations

from bot.sender.endings import AFTER_DEATHS
from bot.sender.loop import Sender

__all__ = ["AFTER_DEATHS", "Sender"]
