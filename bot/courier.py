"""One call of the Bot API with a payload that is already as Telegram takes it."""

from __future__ import annotations

import warnings
from typing import Any, Protocol

from telegram import Bot
from telegram.warnings import PTBUserWarning

# Payloads are stored as they are sent; python-telegram-bot would rather see its own methods used, which would parse them anew.
warnings.filterwarnings("ignore", message="Please use 'Bot.*' instead", category=PTBUserWarning)


class Courier(Protocol):
    """Calls a method; raises python-telegram-bot's errors."""

    async def call(self, method: str, payload: dict[str, Any]) -> Any:
        """Return Telegram's result as plain data."""
        ...


class TelegramCourier:
    """The courier of a bot.

    Args:
        bot: an initialised bot.
    """

    def __init__(self, bot: Bot) -> None:
        self.bot = bot

    async def call(self, method: str, payload: dict[str, Any], *, read_timeout: float = 20.0) -> Any:
        """Return Telegram's result as plain data; raise ``telegram.error.TelegramError``."""
        return await self.bot.do_api_request(method, api_kwargs=payload, read_timeout=read_timeout)
