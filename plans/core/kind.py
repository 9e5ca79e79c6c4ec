"""Kinds of case. Which one a log is of is read from its stream's name: ``incident:17`` is an incident."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from plans.core.command import ClockCommand, Command
from plans.core.notice import Notice
from plans.core.outcome import Refusal
from plans.core.policy import Policy
from plans.times.night import is_night

AHEAD = timedelta(minutes=10)
"""At most so much earlier something is said, together with what is due in other cases."""


CALL = "call"
"""Kind of a wake at which somebody is called again, at his moment: it says nothing to who reads what else is due."""

CLOSE = timedelta(minutes=5)
"""What falls due so soon behind a ring is said with it."""


def slack_of(length: timedelta) -> timedelta:
    """Return how much earlier than after a pause something may be said beside other cases.

    Half of it, ten minutes at most; of a short one two thirds, so that of many cases nobody is rung every minute.
    """
    return min(max(length / 2, min(CLOSE, length * 2 / 3)), AHEAD)


def slack_by_day(at: datetime, length: timedelta) -> timedelta:
    """Return the same of what can wait for the morning: nothing of it is said in the night before."""
    slack = slack_of(length)
    return timedelta() if is_night(at - slack) else slack


@dataclass(frozen=True, slots=True)
class WakePoint:
    """A moment at which something of this case falls due. ``key`` names what; ``kind`` groups it for people.

    Attributes:
        at: in the case's own time.
        slack: so much earlier it may be said together with what is due in another case; half of it within its own.
        exact: only beside other cases; in its own it keeps its moment, as a deadline and what leads up to it does.
    """

    key: str
    at: datetime
    kind: str
    slack: timedelta = timedelta()
    exact: bool = False

    def falls_due(self, now: datetime, *, ahead: bool = False, alone: bool = False) -> bool:
        """Return whether it is said now; ``ahead``: other things are told in this moment too, so that it may be.

        Args:
            alone: those are of this case.
        """
        slack = self.slack if ahead else timedelta()
        if alone:
            slack = timedelta() if self.exact else slack / 2
        return self.at - slack <= now


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseKind:
    """What the core asks of a kind of case.

    Attributes:
        name: its streams are called ``name:…``.
        state: (stream) -> the state of a case of which nothing is recorded.
        case: what its deciders work on, a subclass of ``plans.core.case.OpenCase``.
        outcome: what a command comes to, a subclass of ``plans.core.outcome.CaseOutcome``.
        context: what the makers of its notices see, a subclass of ``plans.core.notice_context.NoticeContext``.
        refuses: (case, command) -> why such a command cannot be asked of such a case, or in such a way, by anybody.
        follows: (case, command) -> records what follows from the events of any command.
        shows: the notices that come last after every command: what is drawn anew in place.
        statements: (state) -> what is said in the case and held to be known, by aspect, to see what an event changed.
        wakes: (state, policy) -> the next moment of everything that waits.
        wake: the command that is given then.
    """

    name: str
    state: Callable[[str], Any]
    case: Callable[..., Any]
    outcome: Callable[..., Any]
    context: Callable[..., Any]
    refuses: Callable[[Any, Command], Refusal | None]
    follows: Callable[[Any, Command], None]
    shows: tuple[Notice, ...]
    statements: Callable[[Any], dict[str, object]]
    wakes: Callable[[Any, Policy], Sequence[WakePoint]]
    wake: type[ClockCommand]


class UnknownKind(LookupError):
    """A stream is called as no kind of case is: the log was written by a newer version of the program."""


_KINDS: dict[str, CaseKind] = {}


def install(kind: CaseKind) -> CaseKind:
    """Add a kind of case; every name once."""
    if kind.name in _KINDS:
        raise ValueError(f"the kind of case “{kind.name}” is there already")
    _KINDS[kind.name] = kind
    return kind


def remove(name: str) -> None:
    """Take a kind of case away again, as tests do."""
    del _KINDS[name]


def kinds() -> tuple[CaseKind, ...]:
    """Return every kind of case that is installed."""
    return tuple(_KINDS.values())


def kind_of(stream: str) -> CaseKind:
    """Return the kind of a case by its stream; raise UnknownKind."""
    name = stream.partition(":")[0]
    if name not in _KINDS:
        raise UnknownKind(f"no kind of case is called “{name}” ({stream}); known: {', '.join(_KINDS) or 'none'}")
    return _KINDS[name]
