"""A double of Telegram for loads: it keeps the limits, answers after a while, and hands out what people send.

``bot.playground`` is the strict one, and knows what everybody sees; this one only knows what a load asks: who is told
what, with which buttons, and when. Telegram's limits are those of its FAQ, taken as the pessimistic reading has it:
edits count like messages, and what comes too soon is refused with 429.
"""

from __future__ import annotations

import asyncio
import json
import math
import random
from collections import Counter, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from telegram.request import BaseRequest, RequestData

from bot.delivery import MINUTE, SECOND, counts
from tests.bench.province.clock import WorkClock

OVERALL, A_CHAT, A_GROUP = 30, 1, 20
"""Calls a second in all, a second to one chat, a minute to one group."""

GRACE = 0.05
"""Seconds: calls that leave a second apart arrive so much sooner or later."""

MEDIAN, SPREAD, LONGEST = 0.08, 0.7, 5.0
"""Of the time until an answer: seconds in the middle, sigma of its logarithm (one in 100 takes 0.4 s), the most."""

MOST = 100
"""Updates in one answer."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """A message, or the edit of one, as it reached somebody.

    Attributes:
        chat: Telegram's id. buttons: label and data of each.
    """

    chat: int
    message_id: int
    text: str
    buttons: tuple[tuple[str, str], ...]
    new: bool


class Telegram(BaseRequest):
    """Telegram for one bot.

    Args:
        heard: is told of everything that reaches somebody.
        rate: calls a second in all.
        price: seconds of processor time that a call over the network would take beside, see ``clock``.

    Attributes:
        calls: how many calls of each method were answered; refused: how many with 429.
        at: of each second since the beginning, how many counted calls it took.
        at_once: answer without a while, from now on.
    """

    def __init__(
        self, clock: WorkClock, bot_id: int, heard: Callable[[Said], None], seed: int,
        rate: int = OVERALL, price: float = 0.0,
    ) -> None:  # fmt: skip
        self._rate = rate
        self._clock, self._bot_id, self._heard, self._price = clock, bot_id, heard, price
        self._draw = random.Random(seed)
        self._updates: deque[dict[str, Any]] = deque()
        self._waiting = asyncio.Event()
        self._ids = 0
        self._last = 0
        self._recent: deque[datetime] = deque()
        self._chats: dict[int, datetime] = {}
        self._groups: dict[int, deque[datetime]] = {}
        self.calls: Counter[str] = Counter()
        self.refused = 0
        self.at: Counter[datetime] = Counter()
        self.at_once = False

    @property
    def read_timeout(self) -> float | None:
        """As the default of the real one, seconds."""
        return 5.0

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    def give(self, update: Mapping[str, Any]) -> None:
        """Let an update lie there until it is fetched."""
        self._last += 1
        self._updates.append({"update_id": self._last, **update})
        self._waiting.set()

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, read_timeout: Any = None,
        write_timeout: Any = None, connect_timeout: Any = None, pool_timeout: Any = None,
    ) -> tuple[int, bytes]:  # fmt: skip
        """Answer one request."""
        name = url.rsplit("/", 1)[1].removesuffix("_")
        params = dict(request_data.json_parameters) if request_data is not None else {}
        self._clock.charge(self._price)
        if name == "getUpdates":
            return 200, await self._fetched(params)
        now = self._clock.now()
        if counts(name) and (wait := self._too_soon(int(params["chat_id"]), now)):
            self.refused += 1
            return 429, _refusal(math.ceil(wait))
        self.calls[name] += 1
        if not counts(name) and name != "answerCallbackQuery":  # at a start, before the clock goes
            return 200, json.dumps({"ok": True, "result": self._effect(name, params)}).encode()
        with self._clock.elsewhere():
            await self._clock.sleep_until(now + timedelta(seconds=self._latency()))
        return 200, json.dumps({"ok": True, "result": self._effect(name, params)}).encode()

    async def _fetched(self, params: Mapping[str, Any]) -> bytes:
        offset = int(params.get("offset", 0))
        while self._updates and self._updates[0]["update_id"] < offset:
            self._updates.popleft()
        if not self._updates:
            self._waiting.clear()
            until = self._clock.now() + timedelta(seconds=float(params.get("timeout", 0)))
            await self._clock.sleep_until(until, self._waiting)
        await self._clock.sleep_until(self._clock.now() + timedelta(seconds=self._latency()))
        some = [self._updates[number] for number in range(min(MOST, len(self._updates)))]
        return json.dumps({"ok": True, "result": some}).encode()

    def _effect(self, name: str, params: Mapping[str, Any]) -> Any:
        if name == "getMe":
            return {"id": self._bot_id, "is_bot": True, "first_name": "警钟", "username": "province_bot"}
        if not name.startswith(("sendMessage", "editMessageText", "sendPhoto", "sendDocument")):
            return True
        chat, new = int(params["chat_id"]), name.startswith("send")
        if new:
            self._ids += 1
        number = self._ids if new else int(params["message_id"])
        text = str(params.get("text", ""))
        self._heard(Said(chat=chat, message_id=number, text=text, buttons=_buttons(params), new=new))
        kind = "private" if chat > 0 else "supergroup"
        return {"message_id": number, "date": 0, "chat": {"id": chat, "type": kind}, "text": text}

    def _latency(self) -> float:
        if self.at_once:
            return 0.0
        return min(MEDIAN * math.exp(self._draw.gauss(0, SPREAD)), LONGEST)

    def _too_soon(self, chat: int, now: datetime) -> float:
        """Count a call, or return how many seconds it came too soon."""
        while self._recent and self._recent[0] <= now - SECOND:
            self._recent.popleft()
        group = self._groups.setdefault(chat, deque()) if chat < 0 else deque[datetime]()
        while group and group[0] <= now - MINUTE:
            group.popleft()
        waits = [0.0]
        if len(self._recent) >= self._rate:
            waits.append((self._recent[-self._rate] + SECOND - now).total_seconds())
        if (last := self._chats.get(chat)) is not None:
            waits.append((last + A_CHAT * SECOND - now).total_seconds())
        if len(group) >= A_GROUP:
            waits.append((group[-A_GROUP] + MINUTE - now).total_seconds())
        if (wait := max(waits)) > GRACE:
            return wait
        self._recent.append(now)
        self._chats[chat] = now
        group.append(now)
        self.at[now.replace(microsecond=0)] += 1
        return 0.0


def _refusal(after: int) -> bytes:
    told = {"ok": False, "error_code": 429, "description": f"Too Many Requests: retry after {after}"}
    return json.dumps(told | {"parameters": {"retry_after": after}}).encode()


def _buttons(params: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    markup = params.get("reply_markup")
    if not markup:
        return ()
    rows = (json.loads(markup) if isinstance(markup, str) else markup).get("inline_keyboard", [])
    return tuple((one["text"], one["callback_data"]) for row in rows for one in row if "callback_data" in one)
