"""What each button does. Everything here a command does too (contract.md, In Telegram)."""

from handlers.pressed import completing, deciding, filing, knowing, rejecting

__all__ = ["completing", "deciding", "filing", "knowing", "rejecting"]
