"""What each button does. Everything here a command does too (contract.md, In Telegram)."""

from handlers.pressed import calling, completing, deciding, filing, knowing, rejecting

__all__ = ["calling", "completing", "deciding", "filing", "knowing", "rejecting"]
