"""What was decided of an incident, as its state holds it: proposals, decisions, and words that facts have overtaken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from plans.incident.records_said import Claim, Unsure


@dataclass(frozen=True, slots=True)
class Basis:
    """What was known when a person gave a word: worse facts than these overtake it."""

    claims: Mapping[str, tuple[Claim, ...]]
    death_unconfirmed: bool = False
    raised: frozenset[str] = frozenset()
    event_class: str = ""
    candidates: tuple[str, ...] = ()
    unsure: tuple[Unsure, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """A person's word that worse facts have overtaken, and that nobody has given anew.

    Attributes:
        subject: ``event_level``, or the fact that was judged.
        held: the level or answer that was given; None = 暂时无法判明.
        reached: the event level that the facts reach by all that was said; empty where no table grades them.
        surely: the level above ``held`` that they reach whatever is unknown or not confirmed, else empty.
        beyond: the event levels above ``held`` that are possible now, lowest first.
        basis: what was known when it was asked about.
        unverified: only what nobody has chosen yet, a saying most of all, is beyond it.
        first: number of the event by which it was first asked about.
        rung: how often it was asked about again.
    """

    subject: str
    sequence: int
    held: str | None
    reached: str
    surely: str
    beyond: tuple[str, ...]
    at: datetime
    basis: Basis
    first: int = 0
    unverified: bool = False
    rung: int = 0
    rung_at: datetime | None = None

    @property
    def certain(self) -> bool:
        """Whether the facts are surely beyond the word, so that it no longer counts for a proposal."""
        return bool(self.surely)


@dataclass(frozen=True, slots=True)
class Adjusted:
    """The level was adjusted: on the same facts the one that somebody entitled has just left is not proposed again.

    Attributes:
        left: the level that ran before. basis: what was known. event_level: what was determined.
    """

    left: str
    basis: Basis
    event_level: str | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal of a response level.

    Attributes:
        widened: roles that were offered lower levels while those who may decide are silent.
        refused: of these, the roles that will not declare a lower one.
        declined: by somebody who may decide; also when he declared another level.
        by_person: somebody who may decide it with others began it; the figures do not take it back.
        basis: what was known when it was declined.
    """

    sequence: int
    level: str
    clause: str
    to_roles: tuple[str, ...]
    at: datetime
    rung: int = 0
    rung_at: datetime | None = None
    widened: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    declined: bool = False
    basis: Basis | None = None
    by_person: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided by whose word, for the signature that is owed when it was spoken.

    Attributes:
        kind: ``declare``, ``agree``, ``adjust``, ``end``; of what was spoken also ``publish`` and ``site``.
        by: who declared it, or recorded what was spoken. spoken_id: who spoke, where that is on record.
    """

    sequence: int
    kind: str
    level: str | None
    role: str
    by: str
    at: datetime
    oral: bool = False
    spoken_by: str = ""
    spoken_at: datetime | None = None
    recorded_by: str = ""
    reason: str = ""
    signed: bool = False
    spoken_role: str = ""
    acting_for: str = ""
    acting_until: datetime | None = None
    spoken_id: str = ""

    @property
    def signer(self) -> str:
        """The role that owes the signature."""
        return self.spoken_role or self.role
