"""What a book of duties tells: which periods one bearer has begun in a year, and what became of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar, Literal

from plans.core.files import CaseWithFiles
from plans.times import midnight

KIND = "duty"

DONE, NOT_APPLICABLE = "done", "not_applicable"
"""What somebody says of a period; what is done after its end is late, what is not done by then is missed."""

Status = Literal["open", "done", "late", "missed", "not_applicable", "returned"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What a bearer said on the telephone, as the office recorded it (代录).

    Attributes:
        by, recorded_by: id and name of whoever recorded it. spoken_by, spoken_id: who said it; no id = not registered.
        at: when it was said. signed: whoever said it has signed since (补签).
    """

    by: str
    recorded_by: str
    spoken_by: str
    spoken_id: str
    at: datetime
    signed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Instance:
    """One duty in one period.

    Attributes:
        duty: id in the plan. period: id of the period (2026-Q4), of the rule that held when it began.
        first, last: days in Beijing. due: aware. name: of its theme days, term or event.
        said: ``done`` or ``not_applicable``, empty = nothing. at, by: when and by whom it was said.
        text, evidence: what was handed in: words, digests of pictures and files.
        returned_at, returned: it was sent back since, and why.
        outdated: so many of the evidence were there when it was sent back, and show it no more.
        told: it was said on the telephone and recorded by the office. objected: why its bearer says it was not so.
        reminded_at: when it was reminded of before its end.
        sequence: number of the event that changed it last.
    """

    duty: str
    period: str
    first: date
    last: date
    due: datetime
    name: str = ""
    said: str = ""
    at: datetime | None = None
    by: str = ""
    reason: str = ""
    text: str = ""
    evidence: tuple[str, ...] = ()
    returned_at: datetime | None = None
    returned: str = ""
    outdated: int = 0
    told: Told | None = None
    objected: str = ""
    reminded_at: datetime | None = None
    sequence: int = 0

    @property
    def key(self) -> str:
        """What it is called in buttons and rows."""
        return f"{self.duty}|{self.period}"

    @property
    def begins(self) -> datetime:
        """The first moment of its period."""
        return midnight(self.first)

    @property
    def settled(self) -> bool:
        """Whether nothing is asked of its bearer."""
        return bool(self.said)

    def status(self, now: datetime) -> Status:
        """Return where it stands at a moment."""
        if self.said == NOT_APPLICABLE:
            return "not_applicable"
        if self.said == DONE:
            return "late" if self.at is not None and self.at > self.due else "done"
        if self.returned_at is not None:
            return "returned"
        return "missed" if self.due <= now else "open"


@dataclass(slots=True)
class DutyBook(CaseWithFiles):
    """The duties of one bearer under one plan in one year.

    Attributes:
        bearer: id of a role, a unit or a body. bearer_kind: which of them. title: what people call it.
        kinds: of a body: its families and the words of the office's list, by which duties name it.
        instances: by (duty, period). begun_until: the day up to which periods have been begun.
        digest_at: of the last weekly message. daily_at: of the last question after a daily duty.
        since: since when its bearer has been told of it: a book that goes on with the year before's, since that turned.
        closing: why it was closed. reopened_at: since when it has been kept again.
    """

    OPEN_STATES: ClassVar[frozenset[str]] = frozenset({"open"})
    COLLECTIONS: ClassVar[tuple[str, ...]] = ("instances", "files")

    bearer: str = ""
    bearer_kind: str = ""
    title: str = ""
    kinds: tuple[str, ...] = ()
    instances: dict[tuple[str, str], Instance] = field(default_factory=dict)
    begun_until: date | None = None
    digest_at: datetime | None = None
    daily_at: datetime | None = None
    last_done: dict[str, date] = field(default_factory=dict)
    since: datetime | None = None
    closing: str = ""
    reopened_at: datetime | None = None

    def of(self, key: str) -> Instance | None:
        """Return an instance by its key."""
        duty, _, period = key.partition("|")
        return self.instances.get((duty, period))

    def unsettled(self) -> Iterator[Instance]:
        """Yield what is not settled, in the order in which it began."""
        return (item for item in self.instances.values() if not item.said)

    def waiting(self) -> Iterator[Instance]:
        """Yield what is not settled, the earliest end first."""
        yield from sorted(self.unsettled(), key=lambda item: (item.due, item.duty))
