"""A call goes: to Telegram, to a channel or to the telephone gateway, and its end becomes a verdict."""

from __future__ import annotations

import asyncio
from typing import Any

from telegram.error import TelegramError

from bot.bot_api_client import BotApi
from bot.delivery import Sent, Verdict, sort
from bot.notifier import Notifier, NotSent, Unsure
from bot.notifier.voice import Rejected, Unanswered
from bot.sealed import Seal
from bot.sender.beside import told_by
from bot.sender.dialling import Telephone, verdict_of
from bot.sender.filling import filled, for_many, is_open
from bot.sender.send_outcomes import Call
from storage import crash_points
from storage.outbox import BESIDE, DIAL


class Ways:
    """The ways by which a call can go.

    Args:
        notifier: sends by other channels than Telegram. telephone: makes calls, where the office has one.
        seal: fills in the secrets of invitations, which stand in no row.
    """

    def __init__(self, bot_api: BotApi, notifier: Notifier, telephone: Telephone | None, seal: Seal) -> None:
        self._bot_api, self._notifier, self._telephone, self._seal = bot_api, notifier, telephone, seal

    async def go(self, call: Call) -> Verdict:
        """Make the call and return what its end means."""
        if crash_points.armed is not None:
            crash_points.armed("send.leaving")
        try:
            if call.method == DIAL:
                return await self._dial(call)
            if call.method == BESIDE:
                address, text = str(call.payload["address"]), str(call.payload["text"])
                await self._notifier.notify(address, text, call.row.person_id or "")
                return Sent()
            return await self._to_telegram(call)
        except (Unanswered, Rejected) as other:
            return verdict_of(other)
        except (NotSent, Unsure) as problem:
            return told_by(problem, call.row.attempts)
        except TelegramError as error:
            return sort(error, call.row.attempts)

    async def _dial(self, call: Call) -> Verdict:
        if self._telephone is not None:
            await self._telephone.gateway.dial(call.payload)
        _answered()
        return Sent()

    async def _to_telegram(self, call: Call) -> Verdict:
        payload = call.payload
        if is_open(payload):
            payload = await asyncio.to_thread(filled, payload, self._seal)
        if call.place.kind != "private":
            payload = for_many(payload)
        result = await self._bot_api.call(call.method, payload)
        _answered()
        return Sent(message_id=_id_in(result))


def _answered() -> None:
    if crash_points.armed is not None:
        crash_points.armed("send.answered")


def _id_in(result: Any) -> int | None:
    """Return the id of the message, or of the topic, that a call made."""
    number = result.get("message_id") or result.get("message_thread_id") if isinstance(result, dict) else None
    return int(number) if number is not None else None
