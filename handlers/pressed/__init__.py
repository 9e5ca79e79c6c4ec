"""What each button does. Everything here a command does too (contract.md, In Telegram)."""

from handlers.pressed import knowing

__all__ = ["knowing"]
