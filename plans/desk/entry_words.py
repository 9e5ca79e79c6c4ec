"""What was read of an entry's words: who called, what is wanted by when; as commands say it and as events keep it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from plans.core.event import Recorded
from plans.desk.entry_state import ANSWERED, NOTED, WAITING, Entry, Want

LONGEST = 4096
"""Characters of an entry that are kept: Telegram sends no more."""


@dataclass(frozen=True, kw_only=True)
class Understood:
    """What was read of the words of an entry, as a command says it; see ``plans.desk.entry_state.Entry``.

    Attributes:
        alarming: they tell of an event that may have to be reported.
    """

    text: str = ""
    evidence: tuple[str, ...] = ()
    way: str = ""
    unit: str = ""
    caller: str = ""
    phone: str = ""
    called_at: datetime | None = None
    called_options: tuple[datetime, ...] = ()
    what: str = ""
    wants: tuple[Want, ...] = ()
    alarming: bool = False


@dataclass(frozen=True, kw_only=True)
class Kept:
    """The same as an event keeps it; what can be erased is None then.

    Attributes:
        wants: the times of what is wanted. wanted: the words of it, in the same order.
    """

    text: str | None = None
    evidence: tuple[str, ...] = ()
    way: str = ""
    unit: str = ""
    caller: str | None = None
    phone: str | None = None
    called_at: datetime | None = None
    called_options: tuple[str, ...] = ()
    what: str | None = None
    wants: tuple[dict[str, Any], ...] = ()
    wanted: list[dict[str, str]] | None = None
    alarming: bool = False


def as_kept(command: Understood) -> dict[str, Any]:
    """Return what was read of words, as events keep it."""
    return {
        "way": command.way, "unit": command.unit, "caller": command.caller or None, "phone": command.phone or None,
        "called_at": command.called_at, "called_options": tuple(map(iso, command.called_options)),
        "what": command.what[:LONGEST] or None, "alarming": command.alarming, **stated(command.wants),
    }  # fmt: skip


def stated(wants: tuple[Want, ...]) -> dict[str, Any]:
    """Return wants as events keep them: the times apart from the words, which can be erased."""
    times = tuple(
        {"at": iso(want.at) if want.at is not None else "", "options": [iso(moment) for moment in want.options]}
        for want in wants
    )
    return {"wants": times, "wanted": [{"words": want.words, "what": want.what} for want in wants] or None}


def wants_of(times: tuple[dict[str, Any], ...], words: list[dict[str, str]] | None) -> tuple[Want, ...]:
    """Return the wants that :func:`stated` kept, also where their words were erased."""
    said = words or [{} for _ in times]
    return tuple(
        Want(
            at=datetime.fromisoformat(time["at"]) if time["at"] else None,
            options=tuple(map(datetime.fromisoformat, time["options"])),
            words=word.get("words", ""), what=word.get("what", ""),
        )
        for time, word in zip(times, said, strict=True)
    )  # fmt: skip


def iso(moment: datetime) -> str:
    """Return a moment as events keep it."""
    return moment.isoformat()


def understand(entry: Entry, event: Kept, item: Recorded) -> None:
    """Take over what was read of words; what they want waits from then on."""
    entry.way, entry.unit, entry.caller, entry.phone = event.way, event.unit, event.caller or "", event.phone or ""
    entry.called_at, entry.what, entry.alarming = event.called_at, event.what or event.text or "", event.alarming
    entry.called_options = tuple(map(datetime.fromisoformat, event.called_options))
    entry.wants, entry.since = wants_of(event.wants, event.wanted), item.at
    settle(entry)


def settle(entry: Entry) -> None:
    """Set the state of an entry by what it waits for."""
    if entry.stands:
        done = len(entry.replies)
        entry.state = WAITING if done < len(entry.wants) else ANSWERED if done else NOTED
