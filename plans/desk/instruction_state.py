"""An instruction (批示、指令): whose word it is, by when it is wanted, and what became of it with each recipient."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import ClassVar, Literal

from plans.core.outcome import Refusal
from plans.desk.addressed import INSTRUCTION, Addressed

KIND = INSTRUCTION

WAYS = ("批示件", "电话", "会议", "当面")
"""By which way it was given; empty = nobody has said."""

CANNOT_WAIT = timedelta(hours=12)
"""What is due so soon after it was given is chased at night too."""

DONE_, DECLINED, RELEASED, RETURNED = "done", "declined", "released", "returned"
"""What became of it with one recipient: 办结; 退回 by the unit; let off by the office; sent back as not enough."""

Status = Literal["done", "declined", "released", "returned"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """What became of it with one recipient.

    Attributes:
        text, evidence: what was handed in: words, and ``kind:reference`` of pictures and files.
        reason: why it was declined, or sent back. by: name; recorded: said on the telephone, noted by the office.
    """

    status: Status
    at: datetime
    by: str = ""
    text: str = ""
    evidence: tuple[str, ...] = ()
    reason: str = ""
    recorded: bool = False


@dataclass(slots=True)
class Instruction(Addressed):
    """One instruction.

    Attributes:
        giver, giver_role: whose word it is; ``giver_id`` is empty where he is not registered.
        way: of ``WAYS``, empty where nobody has said.
        given_at: when it was given. due: by when a result is wanted; due_words: as it was said.
        due_since: since when this is the due time. chased: which reminders of it have been sent.
        incident, incident_number: within which incident; clause: of the plan's element in which it is told.
        mends, finding: the drill whose finding it mends, and which one.
        results: by recipient; none while it is being worked on.
    """

    COLLECTIONS: ClassVar[tuple[str, ...]] = ("files", "told", "results")

    giver: str = ""
    giver_role: str = ""
    way: str = ""
    given_at: datetime | None = None
    due: datetime | None = None
    due_words: str = ""
    due_since: datetime | None = None
    chased: frozenset[str] = frozenset()
    incident: str = ""
    incident_number: int = 0
    clause: str = ""
    mends: str = ""
    finding: str = ""
    results: dict[str, Result] = field(default_factory=dict)

    @property
    def due_by_clock(self) -> datetime | None:
        """By when it is wanted, by the clock on the wall: that of a drill which was held lies behind it."""
        return self.due - self.offset if self.due is not None else None

    @property
    def presses(self) -> bool:
        """Whether it cannot wait for the morning: 加急, or due soon after it was given."""
        if self.urgent:
            return True
        since = self.due_since or self.given_at
        return self.due is not None and since is not None and self.due - since <= CANNOT_WAIT

    def ring(self, at: datetime) -> bool:
        """What is said within an incident when it is given rings; later words wait for the morning."""
        return Addressed.ring(self, at) or (bool(self.incident) and self.sent_at == at)

    def status(self, name: str) -> str:
        """Return where it stands with a recipient: ``sent received done declined released returned``."""
        result = self.results.get(name)
        if result is not None:
            return result.status
        return Addressed.status(self, name)

    def late(self, now: datetime) -> Refusal | None:
        """Its day must not be over."""
        over = self.due is not None and self.due <= now
        return Refusal(key="instruct_due_over", params={"given": self.due}) if over else None

    def waits_for(self, name: str) -> bool:
        """Whether the recipient has still to do it; one that declined waits for the office."""
        return self.status(name) in ("sent", "received", RETURNED)

    def pending(self, name: str) -> bool:
        """The same: of an instruction a receipt is not enough."""
        return self.waits_for(name)

    @property
    def unfinished(self) -> list[str]:
        """Those who have still to do it."""
        return [name for name in self.told if self.waits_for(name)]

    @property
    def declined(self) -> list[str]:
        """Those who say that it is not theirs, of which the office has still to decide."""
        return [name for name in self.told if self.status(name) == DECLINED]

    @property
    def finished(self) -> int:
        """How many have done it."""
        return sum(1 for item in self.results.values() if item.status == DONE_)
