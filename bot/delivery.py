"""Sending as a policy: how much may be sent when, and what an answer of Telegram means. Decisions only.

The sender acts.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
PAUSES = tuple(timedelta(seconds=value) for value in (1, 2, 5, 10, 30, 60))
"""Between tries of a call that certainly had no effect; the last one repeats."""

COUNTED = ("send", "editMessage", "copy", "forward", "createForumTopic", "card")
"""Beginnings of the methods that Telegram counts: sends, edits and new topics share a group's twenty a minute.

A row of the outbox for a live message (``card``) becomes a send or an edit.
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Budget:
    """Telegram's limits (FAQ): calls a second in all, seconds between two to one chat, calls a minute to one group."""

    overall: int = 30
    chat_gap: timedelta = SECOND
    group: int = 20


@dataclass(slots=True)
class Meter:
    """Counts what was sent and says who may be written to.

    Args:
        budget: the limits to keep.
    """

    budget: Budget = field(default_factory=Budget)
    _all: deque[datetime] = field(default_factory=deque)
    _last: dict[str, datetime] = field(default_factory=dict)
    _groups: dict[str, deque[datetime]] = field(default_factory=dict)

    def count(self, place_id: str, group: bool, now: datetime) -> None:
        """Note one call to a place."""
        self._all.append(now)
        self._last[place_id] = now
        if group:
            self._groups.setdefault(place_id, deque()).append(now)

    def room(self, now: datetime) -> int:
        """Return how many calls may start now in all."""
        _forget_after(self._all, now)
        while self._all and self._all[0] <= now - SECOND:
            self._all.popleft()
        return self.budget.overall - len(self._all)

    def blocked(self, now: datetime) -> dict[str, datetime]:
        """Return the places that must wait, and until when."""
        places = {}
        for place_id, last in list(self._last.items()):
            until = last + self.budget.chat_gap if last <= now else now
            times = self._groups.get(place_id)
            if times is not None:
                _forget_after(times, now)
                while times and times[0] <= now - MINUTE:
                    times.popleft()
                if len(times) >= self.budget.group:
                    until = max(until, times[-self.budget.group] + MINUTE)
            if until > now:
                places[place_id] = until
            elif not times:
                del self._last[place_id]
        return places

    def next_room(self, now: datetime) -> datetime | None:
        """Return when the overall limit lets the next call through, None when it does now."""
        return None if self.room(now) > 0 else self._all[-self.budget.overall] + SECOND


def _forget_after(times: deque[datetime], now: datetime) -> None:
    """Drop moments that lie ahead: the clock was set back, and they would hold everybody up until it is there again."""
    while times and times[-1] > now:
        times.pop()


def counts(method: str) -> bool:
    """Return whether Telegram counts a method against the limits."""
    return method.startswith(COUNTED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Sent:
    """It took effect."""

    message_id: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Later:
    """It certainly had no effect: try again; with ``hold`` nothing else may go there before.

    ``everywhere``: nothing may go anywhere before.
    """

    after: timedelta
    error: str
    hold: bool = False
    everywhere: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Down(Later):
    """It certainly had no effect, since the server was not reached or could do nothing: others may fare no better."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Moved:
    """The group became a supergroup with another id."""

    chat_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Dead:
    """It will never work.

    ``blocked``: the person cannot be reached any more. ``gone``: the edited message is not there; ``strange``: nobody
    deleted it, but Telegram knows it not. ``no_topic``: the topic is not there, or closed.
    """

    error: str
    blocked: bool = False
    gone: bool = False
    strange: bool = False
    no_topic: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Plain:
    """Telegram refused the markup: send the same words without it."""

    error: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Ambiguous:
    """It may or may not have taken effect: no answer of Telegram came.

    ``gateway``: something before Telegram said that it could not pass it on, or had no answer.
    """

    error: str
    gateway: bool = False


Verdict = Sent | Later | Down | Moved | Dead | Plain | Ambiguous

MOST_OF_A_PAGE = 200
"""Characters that are kept of an error page."""

_ONE_LINE = re.compile(r"\s+")
_NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)


def sort(error: TelegramError, attempts: int) -> Verdict:
    """Return what an error means for the call that met it.

    Args:
        error: as python-telegram-bot raises it; the network's own error is its cause.
        attempts: tries so far, this one included.
    """
    pause = PAUSES[min(attempts - 1, len(PAUSES) - 1)]
    text = str(error)
    if _is_page(error):
        return Ambiguous(error=_ONE_LINE.sub(" ", text)[:MOST_OF_A_PAGE], gateway=True)
    if isinstance(error, RetryAfter):
        after = error.retry_after
        return Later(after=after if isinstance(after, timedelta) else timedelta(seconds=after), error=text, hold=True)
    if isinstance(error, ChatMigrated):
        return Moved(chat_id=error.new_chat_id)
    if isinstance(error, Forbidden):
        return Dead(error=text, blocked=True)
    if isinstance(error, InvalidToken) or (
        isinstance(error, EndPointNotFound) and "Unauthorized" in str(error.__cause__)
    ):
        # A wrong token is an operator's fault, not the message's: nothing is thrown away for it. Once the bot has
        # started, python-telegram-bot tells of it as of a method that is not there.
        return Later(after=MINUTE, error=text, everywhere=True, hold=True)
    if isinstance(error, BadRequest):
        return _bad_request(text)
    if isinstance(error, NetworkError):
        cause = error.__cause__
        if cause is None or isinstance(cause, _NEVER_LEFT):
            return Down(after=pause, error=text)
        return Ambiguous(error=f"{text} ({type(cause).__name__})")
    if isinstance(error, EndPointNotFound | Conflict):
        return Later(after=pause, error=text) if attempts < len(PAUSES) else Dead(error=text)
    return Ambiguous(error=text)  # a success that cannot be read: something between us and Telegram spoils answers


def answered(verdict: Verdict) -> bool:
    """Return whether Telegram itself answered, be it with a refusal: then it can be reached."""
    return not isinstance(verdict, Ambiguous | Down)


def _is_page(error: TelegramError) -> bool:
    """Return whether what came is no answer of Telegram but a page of something on the way, whatever its status.

    python-telegram-bot sorts by the status alone: a proxy's 403 would look like a person who blocked the bot, its 400
    like words that can never be sent. What it could not read stands as the cause.
    """
    cause = error.__cause__
    while isinstance(cause, InvalidToken):  # a 404 of a raw call is raised anew as a method that is not there
        cause = cause.__cause__
    telegrams_own = isinstance(error, NetworkError | Forbidden | InvalidToken | EndPointNotFound | Conflict)
    return telegrams_own and isinstance(cause, TelegramError) and not isinstance(cause, NetworkError)


def _bad_request(text: str) -> Verdict:
    low = text.lower()
    if "message is not modified" in low:
        return Sent()
    if _any_of(low, ("message to edit not found", "message can't be edited", "message to pin not found")):
        return Dead(error=text, gone=True)
    if _any_of(low, _NO_SUCH):
        return Dead(error=text, gone=True, strange=True)
    if "message thread not found" in low or "topic_" in low:
        return Dead(error=text, no_topic=True)
    if "can't parse entities" in low or "entity" in low or "entities" in low:
        return Plain(error=text)
    if _any_of(low, ("chat not found", "user is deactivated", "bot was kicked", "have no rights to send")):
        return Dead(error=text, blocked=True)
    return Dead(error=text)


_NO_SUCH = (
    "message_id_invalid", "message identifier", "message_not_found", "message not found", "message_edit_time_expired",
    "message_author_required", "no text in the message to edit", "message to unpin not found",
)  # fmt: skip
"""Telegram knows no such message, or it is none of ours: a number of before a migration, of another bot, too old."""


def _any_of(text: str, parts: Iterable[str]) -> bool:
    return any(part in text for part in parts)
