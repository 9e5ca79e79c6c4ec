"""Telegram's flood limits on the given clock: 30 calls a second in all, one a second a chat, 20 a minute a group."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.playground.errors import ApiError

_SENDS = frozenset(
    "sendMessage sendPhoto sendDocument sendVideo sendAudio sendVoice sendSticker sendContact sendVenue sendLocation "
    "sendMediaGroup copyMessage forwardMessage".split()
)
_EDITS = frozenset("editMessageText editMessageCaption editMessageReplyMarkup editMessageMedia".split())
_TOPICS = frozenset({"createForumTopic", "editForumTopic"})


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How much a bot may send; None switches a limit off. Edits and sends share them (tdlib/td#2592).

    Args:
        overall: calls a second in all chats.
        chat: seconds between two calls to one chat, after a burst of ``chat_burst``.
        group: calls a minute to one group or supergroup.
        counted: the methods that count.
    """

    overall: int | None = 30
    chat: float | None = 1.0
    chat_burst: int = 1
    group: int | None = 20
    counted: frozenset[str] = _SENDS | _EDITS | _TOPICS

    @classmethod
    def unlimited(cls) -> Limits:
        """Return limits that never refuse."""
        return cls(overall=None, chat=None, group=None)


def spend(
    spent: list[tuple[datetime, str, bool]],
    limits: Limits,
    now: datetime,
    account: str,
    chat: str,
    group: bool,
    cost: int = 1,
) -> None:
    """Count a call, or refuse it without counting.

    Args:
        spent: what was counted in the last minute, of all bots: moment, "bot/chat", whether a group; changed in place.
        limits: the limits.
        now: the moment.
        account: the bot.
        chat: key of the chat.
        group: whether the chat is a group.
        cost: messages of this call (an album counts each).

    Raises:
        ApiError: 429 with ``retry_after`` in whole seconds.
    """
    if limits.overall is None and limits.chat is None and limits.group is None:
        return
    minute = timedelta(minutes=1)
    spent[:] = [entry for entry in spent if now - minute < entry[0] <= now]
    mine = [(at, key) for at, key, _ in spent if key.startswith(f"{account}/")]
    here = [at for at, key in mine if key == f"{account}/{chat}"]
    waits = [0.0]
    if limits.overall is not None:
        waits.append(_wait([at for at, _ in mine], now, timedelta(seconds=1), limits.overall, cost))
    if limits.chat is not None:
        waits.append(_wait(here, now, timedelta(seconds=limits.chat * limits.chat_burst), limits.chat_burst, 1))
    if limits.group is not None and group:
        waits.append(_wait(here, now, minute, limits.group, cost))
    if (wait := max(waits)) > 0:
        after = max(1, math.ceil(wait))
        raise ApiError(429, f"Too Many Requests: retry after {after}", retry_after=after)
    spent.extend([(now, f"{account}/{chat}", group)] * cost)


def _wait(past: list[datetime], now: datetime, span: timedelta, most: int, cost: int) -> float:
    """Return the seconds until ``cost`` more fit into ``most`` a ``span``."""
    inside = sorted(at for at in past if now - at < span)
    over = len(inside) + cost - most
    if over <= 0:
        return 0.0
    return (inside[min(over, len(inside)) - 1] + span - now).total_seconds() if inside else 0.0
