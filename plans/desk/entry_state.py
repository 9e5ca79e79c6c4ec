"""What the log of an entry tells: its words, what was read of them, what it waits for, what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from plans.desk.state import DeskState

KIND = "entry"

NOTED, WAITING, ANSWERED, WITHDRAWN = "noted", "waiting", "answered", "withdrawn"
"""Nothing is wanted; something is; all of it was answered or needs no answer; taken back at once."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Want:
    """Something that is wanted of the desk.

    Attributes:
        at: when it is due; None where no time was said, or it is not plain which.
        options: moments that the words may mean, the earliest first.
        words: of the time, as they were said. what: what is wanted.
    """

    at: datetime | None = None
    options: tuple[datetime, ...] = ()
    words: str = ""
    what: str = ""

    @property
    def counted_from(self) -> datetime | None:
        """The moment that reminders are counted from: when it is due, else the earliest that may be meant."""
        return self.at or (self.options[0] if self.options else None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """What was answered: when it was ticked off, by whom, in which words; ``waived`` = no answer was needed."""

    at: datetime
    by: str
    by_name: str = ""
    words: str = ""
    waived: bool = False
    sequence: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Became:
    """A case that was opened from the entry: its stream, and the number that people call it by."""

    stream: str
    number: int
    drill: bool = False


@dataclass(slots=True)
class Entry(DeskState):
    """One entry of the duty log.

    Attributes:
        text: as it was written, perhaps empty where a voice message came alone.
        by, by_name: whose entry it is. said_at: when the message was sent. forwarded: the words are somebody else's.
        head: of the day's page that it fills in (天气 …), empty for what happened.
        way, unit, caller, phone, called_at, called_options: who called, as it was read or set right since.
        what: what was said, without who said it. alarming: it tells of an event that may have to be reported.
        wants: what is wanted, the earliest first. replies: what was answered of them, in that order.
        since: from when what waits first is counted. rung: how often the seat was reminded of it, last at ``rung_at``.
        corrects, corrects_number: the entry that this one sets right; corrected_by …: the one that sets this one right.
        became: what was opened from it. evidence: pictures, voice and files, ``kind:reference``.
    """

    OPEN_STATES: ClassVar[frozenset[str]] = frozenset({WAITING})
    COLLECTIONS: ClassVar[tuple[str, ...]] = ("files", "replies", "became", "evidence")

    text: str = ""
    by: str = ""
    by_name: str = ""
    said_at: datetime | None = None
    forwarded: bool = False
    head: str = ""
    way: str = ""
    unit: str = ""
    caller: str = ""
    phone: str = ""
    called_at: datetime | None = None
    called_options: tuple[datetime, ...] = ()
    what: str = ""
    alarming: bool = False
    wants: tuple[Want, ...] = ()
    replies: list[Reply] = field(default_factory=list)
    since: datetime | None = None
    rung: int = 0
    rung_at: datetime | None = None
    corrects: str = ""
    corrects_number: int = 0
    corrected_by: str = ""
    corrected_number: int = 0
    became: list[Became] = field(default_factory=list)
    evidence: list[str] = field(default_factory=list)

    @property
    def at(self) -> datetime:
        """When it happened, as the page of the day tells it: the call, else the writing."""
        return self.called_at or self.said_at or self.events[0].at

    @property
    def waits_for(self) -> Want | None:
        """What is wanted first and was not answered; None where nothing is."""
        done = len(self.replies)
        return self.wants[done] if self.state == WAITING and done < len(self.wants) else None

    @property
    def stands(self) -> bool:
        """Whether it is what the log says: neither taken back nor set right by another."""
        return self.state != WITHDRAWN and not self.corrected_by
