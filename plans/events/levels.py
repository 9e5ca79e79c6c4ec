"""Events of response levels: proposed, declared, declined, ended, signed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from plans.events.base import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposed(Event, name="proposed"):
    """The program proposed a response level to those whom the plan lets decide.

    ``by_person``: one of those who decide it together began it.
    """

    level: str
    clause: str
    to_roles: tuple[str, ...]
    because: tuple[str, ...] = ()
    by_person: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class ProposalRung(Event, name="proposal-rung"):
    """A silent decider: the duty seat was asked again to ring; ``widened`` are roles offered what they may declare."""

    ordinal: int
    widened: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ProposalDeclined(Event, name="proposal-declined", personal=("spoken_by", "recorded_by", "reason")):
    """Somebody who may decide said 暂不启动; with ``oral`` on the telephone, recorded by the duty officer."""

    level: str
    by_role: str
    reason: str | None = None
    oral: bool = False
    spoken_role: str = ""
    spoken_by: str | None = None
    spoken_at: datetime | None = None
    recorded_by: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class OfferDeclined(Event, name="offer-declined", personal=("reason",)):
    """Somebody who was offered a lower level, while the one who may decide is silent, will not declare it.

    The proposal itself stays open. ``level`` is the proposed one.
    """

    level: str
    roles: tuple[str, ...]
    reason: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ProposalWithdrawn(Event, name="proposal-withdrawn"):
    """The figures or judgements no longer speak for the proposed level, and nobody had decided yet."""

    level: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Agreed(Event, name="agreed", personal=("spoken_by", "recorded_by", "reason", "acting_for")):
    """One of those who decide together has said yes to a level; ``missing`` have not yet.

    The other attributes are as in ``Declared``.
    """

    level: str
    clause: str
    roles: tuple[str, ...]
    missing: tuple[str, ...]
    by: str
    oral: bool = False
    spoken_role: str = ""
    spoken_by: str | None = None
    spoken_id: str = ""
    spoken_at: datetime | None = None
    recorded_by: str | None = None
    reason: str | None = None
    acting_for: str | None = None
    acting_until: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Declared(Event, name="declared", personal=("spoken_by", "recorded_by", "reason", "acting_for")):
    """A response level was declared or adjusted.

    Attributes:
        role: under which it was decided.
        oral: it was spoken, and recorded by the duty officer (代录).
        spoken_role: who spoke and owes the signature; perhaps one that holds ``role`` besides.
        acting_for, acting_until: the role was held for that person until then (代行).
        jointly: the roles that decided it together, empty where one decided.
        settles: the declarer might have declared the proposed level and chose this one: it is not proposed again.
    """

    level: str
    previous: str | None
    clause: str
    role: str
    by: str
    matter: str = ""
    expected: str = ""
    measures: tuple[str, ...] = ()
    proposed: str | None = None
    oral: bool = False
    spoken_role: str = ""
    spoken_by: str | None = None
    spoken_id: str = ""
    spoken_at: datetime | None = None
    recorded_by: str | None = None
    reason: str | None = None
    settles: bool = False
    acting_for: str | None = None
    acting_until: datetime | None = None
    jointly: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Ended(Event, name="ended", personal=("spoken_by", "recorded_by", "reason", "acting_for")):
    """The response was ended, or the incident without a response; ``acting_for`` as in ``Declared``."""

    clause: str
    role: str
    by: str
    oral: bool = False
    spoken_role: str = ""
    spoken_by: str | None = None
    spoken_id: str = ""
    spoken_at: datetime | None = None
    recorded_by: str | None = None
    reason: str | None = None
    acting_for: str | None = None
    acting_until: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Signed(Event, name="signed", personal=("name",)):
    """A spoken decision was signed afterwards (补签)."""

    sequence_of: int
    role: str
    name: str | None = None
