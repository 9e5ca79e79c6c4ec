"""Telling Telegram where the webhook is, and seeing that it stays told: another process may have taken it back."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import structlog
from telegram.error import TelegramError

from bot.bot_api_client import BotApi
from bot.clock import Clock
from bot.pulse import Pulse
from bot.updates.intake import ALLOWED
from bot.web.address import Address

CONNECTIONS = 100
"""Deliveries that Telegram may have open at once: they share commits."""

EVERY = timedelta(seconds=60)
SILENCE = timedelta(minutes=5)

log = structlog.get_logger(__name__)


async def tell_telegram(bot_api: BotApi, base: str, address: Address) -> None:
    """Tell Telegram where to deliver; updates that wait there come at once.

    Args:
        base: the public address in front of us, without a slash at the end.

    Raises:
        telegram.error.TelegramError: it does not take it.
    """
    await bot_api.call(
        "setWebhook",
        {
            "url": base + address.path,
            "secret_token": address.secret,
            "allowed_updates": list(ALLOWED),
            "max_connections": CONNECTIONS,
        },
    )


async def stop_telling(bot_api: BotApi) -> None:
    """Take the webhook back, so that polling works; waiting updates stay at Telegram."""
    await bot_api.call("deleteWebhook", {"drop_pending_updates": False})


class Registration:
    """Keeps the webhook registered, and tells whether Telegram gets through.

    Args:
        base: as for ``tell_telegram``.
        pulse: gets a beat ``webhook`` when Telegram answers, knows our address and has no trouble delivering.
    """

    def __init__(self, bot_api: BotApi, clock: Clock, base: str, address: Address, pulse: Pulse) -> None:
        self._bot_api, self._clock, self._base, self._address, self._pulse = bot_api, clock, base, address, pulse
        self._stopped = asyncio.Event()

    def stop(self) -> None:
        """Let :meth:`run` return; Telegram goes on delivering, and keeps what it cannot deliver."""
        self._stopped.set()

    async def run(self) -> None:
        """Register, and look once a minute, until stopped."""
        with self._pulse.expected("webhook", SILENCE):
            while not self._stopped.is_set():
                await self.look()
                await self._clock.sleep_until(self._clock.now() + EVERY, self._stopped)

    async def look(self) -> None:
        """Ask Telegram what it knows, and register when that is not us."""
        try:
            info: dict[str, Any] = await self._bot_api.call("getWebhookInfo", {})
            if info.get("url") != self._base + self._address.path:
                log.warning("webhook.registered_anew" if info.get("url") else "webhook.registered")
                await tell_telegram(self._bot_api, self._base, self._address)
            elif info.get("pending_update_count") and self._failed_lately(info.get("last_error_date")):
                log.warning("webhook.not_reached", waiting=info["pending_update_count"])
                return
        except TelegramError as problem:
            log.warning("webhook.unknown", error=type(problem).__name__)
            return
        self._pulse.beat("webhook")

    def _failed_lately(self, moment: int | None) -> bool:
        return moment is not None and self._clock.now().timestamp() - moment < 2 * EVERY.total_seconds()
