"""What the log of a hand-over tells: the page of what was open, what was added to it, the names under it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar, Final, Literal

from plans.desk.state import DeskState

KIND = "handover"

GIVER: Final = "giver"
TAKER: Final = "taker"
"""The two sides of a hand-over: 交班人 and 接班人."""

Side = Literal["giver", "taker"]


def other(side: str) -> Side:
    """Return the other side."""
    return GIVER if side == TAKER else TAKER


@dataclass(frozen=True, kw_only=True, slots=True)
class Matter:
    """One thing that was open, as it stood on the page.

    Attributes:
        section: of the page. id: what it is called on every page (``bot.office.open_matters``). plan: under which.
    """

    section: str
    id: str
    line: str
    due: datetime | None = None
    plan: str = ""

    @property
    def stream(self) -> str:
        """Of the case that it belongs to."""
        return self.id.partition("|")[0]

    @property
    def key(self) -> str:
        """What tells it from others of the same case; empty for the case itself."""
        return self.id.partition("|")[2]


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """A sentence that one of the two added (补充); it is part of the page."""

    text: str
    side: str
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Signature:
    """A name under the page.

    Attributes:
        page: revision of the page that it stands under.
        added, settled: lines of what had become open, and was not open any more, between showing and signing.
    """

    by: str
    at: datetime
    page: int
    added: tuple[str, ...] = ()
    settled: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Absence:
    """Why somebody's name is missing: he has left (离岗); said by the other."""

    reason: str
    at: datetime


@dataclass(slots=True)
class Handover(DeskState):
    """One hand-over.

    Attributes:
        giver, taker: by our id, empty where nobody sat there before; they may share an account.
        names: what each of them is called. seats, titles: the plans whose seats were taken, by id and as called.
        leader: what is said of who leads the shift; leader_id: of ours, empty where nobody knows.
        since: when the seat was taken. matters: what was open then. looked: the sections that were looked at for it.
        words: what was added.
        page: number of the event that changed last what the page shows. told: the leader was told that it is unsigned.
    """

    OPEN_STATES: ClassVar[frozenset[str]] = frozenset({"open"})
    COLLECTIONS: ClassVar[tuple[str, ...]] = ("files", "words", "signed", "absent")

    giver: str = ""
    taker: str = ""
    names: dict[str, str] = field(default_factory=dict)
    seats: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    leader: str = ""
    leader_id: str = ""
    since: datetime | None = None
    matters: tuple[Matter, ...] = ()
    looked: tuple[str, ...] = ()
    words: list[Word] = field(default_factory=list)
    signed: dict[str, Signature] = field(default_factory=dict)
    absent: dict[str, Absence] = field(default_factory=dict)
    page: int = 0
    told: bool = False

    @property
    def sides(self) -> tuple[Side, ...]:
        """Whose names stand under it: of the first shift of an office only that of who takes it."""
        return (GIVER, TAKER) if self.giver else (TAKER,)

    def who(self, side: str) -> str:
        """Return a side's person by our id."""
        return self.giver if side == GIVER else self.taker

    def stands(self, side: str) -> bool:
        """Return whether somebody's name stands under the page as it is."""
        signature = self.signed.get(side)
        return signature is not None and signature.page == self.page

    @property
    def waits_for(self) -> tuple[Side, ...]:
        """Who has neither signed the page as it is nor been replaced by a reason."""
        return tuple(side for side in self.sides if not self.stands(side) and side not in self.absent)

    def sides_of(self, person: str) -> tuple[Side, ...]:
        """Return which sides somebody is."""
        return tuple(side for side in self.sides if person and self.who(side) == person)
