"""What each button does. Everything here a command does too (contract.md, In Telegram)."""

from handlers.pressed import deciding, filing, knowing, rejecting

__all__ = ["deciding", "filing", "knowing", "rejecting"]
