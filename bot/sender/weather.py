"""Whether Telegram can be reached, told by how the calls end; while it cannot, messages wait and ``getMe`` is asked.

A call that fails alone is that message's trouble. When none of those made since then was answered either, it is the
server that is not there: nothing more is sent, ``getMe``, which has no effect, is asked for again and again, and when
that is answered a few messages go first. The first message that Telegram answers ends it, and everything follows.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.delivery import PAUSES

TRIALS = 3
"""Messages that go first when Telegram seems to be back: more than one, since a single chat may fail by itself."""

PROBE = timedelta(seconds=5)
"""Between two questions whether Telegram is there, at the most."""

CLOSE = timedelta(seconds=3)
"""What was answered so soon after a call had failed shows that the server was there when it failed."""

REMEMBERED = timedelta(minutes=5)


@dataclass(frozen=True, kw_only=True, slots=True)
class Landed:
    """How a call ended.

    Attributes:
        row: the message. begun: when the call began. answered: whether Telegram answered, be it with a refusal.
        makes: whether it makes a message: edits may get through where none can be made.
        doubtful: nobody knows whether it had an effect, and nothing on the way has said that it could not pass it on.
    """

    row: int
    begun: datetime
    answered: bool
    makes: bool = True
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Outage:
    """From when to when nothing got through."""

    since: datetime
    until: datetime

    @property
    def seconds(self) -> float:
        """How long it was."""
        return (self.until - self.since).total_seconds()


@dataclass(slots=True)
class Weather:
    """What the calls tell.

    Attributes:
        since: from when on nothing got through; None where something does.
        probe_at: when to ask whether Telegram is there; None while it is being asked, or need not be.
        trying: whether it seems to be back, so that a few messages go first, from ``trial_at`` on.
    """

    since: datetime | None = None
    probe_at: datetime | None = None
    trying: bool = False
    trial_at: datetime | None = None
    _tries: int = 0
    _trials: int = 0
    _gentle: bool = False
    _makes: bool = False
    _answered: dict[bool, datetime] = field(default_factory=dict)
    _landings: deque[tuple[datetime, Landed]] = field(default_factory=deque)
    _probed: datetime | None = None

    @property
    def foul(self) -> bool:
        """Whether nothing gets through."""
        return self.since is not None

    def next_at(self, now: datetime) -> datetime | None:
        """Return when there is something to be done about it that nobody gives a signal for."""
        if self.trying:
            return self.trial_at if self.trial_at is not None and self.trial_at > now else None
        return self.probe_at

    def may_try(self, now: datetime) -> bool:
        """Return whether a few messages may go, since Telegram seems to be back."""
        return self.trying and self.trial_at is not None and self.trial_at <= now

    def room(self, flying: Sequence[datetime]) -> int:
        """Return how many messages may be tried, given when those in the air began; one where it may be a copy."""
        begin = self.trial_at
        most = 1 if self._gentle else TRIALS
        return most - sum(begin is not None and at >= begin for at in flying)

    def learn(self, landed: Sequence[Landed], now: datetime) -> Outage | None:
        """Take in how calls ended that were in the air; return the outage that is over by this."""
        while self._landings and self._landings[0][0] < now - REMEMBERED:
            self._landings.popleft()
        self._landings.extend((now, one) for one in landed)
        over = None
        for one in landed:
            if one.answered:
                self._answered[one.makes] = max(one.begun, self._answered.get(one.makes, one.begun))
                over = over or (self._clear(now) if one.makes or not self._makes else None)
        lost = [one for one in landed if not one.answered]
        if self.foul:
            self._gentle = self._gentle or any(one.doubtful for one in lost)
            self._makes = self._makes or any(one.makes for one in lost)
            if lost and self.trying:
                self._ask(now)
                self._trials += 1
        elif missed := [one for one in lost if not self._is_there(one)]:
            self.since, self._trials = min(one.begun for one in missed), 0
            self._gentle = any(one.doubtful for one in missed)
            self._makes = any(one.makes for one in missed)
            self._ask(now)
        return over

    def _is_there(self, lost: Landed) -> bool:
        """Return whether a call that began as late as the lost one was answered."""
        kinds = (True,) if lost.makes else (True, False)
        return any(self._answered[kind] >= lost.begun for kind in kinds if kind in self._answered)

    def _ask(self, now: datetime) -> None:
        self.trying, self.trial_at, self.probe_at, self._tries = False, None, now, 0

    def probing(self) -> None:
        """Note that Telegram is being asked."""
        self.probe_at = None

    def probed(self, there: bool, now: datetime) -> None:
        """Note whether Telegram was there.

        Where tries may make copies of messages they come more and more seldom, else every few seconds.
        """
        if not self.foul:
            return
        if not there:
            self.probe_at = now + min(PAUSES[min(self._tries, len(PAUSES) - 1)], PROBE)
            self._tries += 1
            return
        self._probed = now
        pause = PAUSES[min(self._trials, len(PAUSES)) - 1] if self._trials else timedelta()
        self.trying, self.trial_at = True, now + (pause if self._gentle else min(pause, PROBE))

    def calm(self) -> None:
        """Nothing is left to try: it is over where Telegram is there, and nothing is late."""
        if self.trying and self.since is not None:
            self._clear(self.since)

    def _clear(self, now: datetime) -> Outage | None:
        since, self.since = self.since, None
        self.probe_at = self.trial_at = None
        self.trying = False
        return Outage(since, now) if since is not None else None

    def alone(self, row: int, begun: datetime, failed: datetime) -> bool:
        """Return whether a message failed to be made though the server was there: most others about then were made.

        Where no other was tried about then, nor lost since the last that was made, the server's answer to our question
        counts.
        """
        landings = [(at, one) for at, one in self._landings if one.makes and at <= failed + CLOSE]
        others = [(at, one) for at, one in landings if one.row != row]
        about = [one.answered for at, one in others if at >= begun]
        if any(about):
            return about.count(True) > about.count(False)
        before = max((at for at, one in landings if one.answered), default=None)
        if any(not one.answered and (before is None or at > before) for at, one in others):
            return False
        return self._probed is not None and begun <= self._probed <= failed + CLOSE
