"""By whose word something is decided: in one's own name, or spoken and recorded by the duty officer (代录)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from plans.core.case import OpenCase
from plans.core.command import Acting
from plans.core.event import Event
from plans.model import Plan


@dataclass(frozen=True, kw_only=True, slots=True)
class Spoken(Event):
    """By whose word an event came: what declarations, agreements and endings have in common.

    Attributes:
        by: whose act it is: who declared it, or recorded what was spoken.
        oral: it was spoken, and recorded by the duty officer (代录).
        spoken_role: who spoke and owes the signature; perhaps one that holds the deciding role besides.
        acting_for, acting_until: the role was held for that person until then (代行).
    """

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
class Word:
    """By whose word: in one's own name, or spoken and recorded by the duty officer (代录)."""

    roles: frozenset[str]
    by: str
    oral: bool = False
    spoken_role: str = ""
    spoken_by: str | None = None
    spoken_id: str = ""
    spoken_at: datetime | None = None
    recorded_by: str | None = None
    acting: tuple[Acting, ...] = ()


class Uttered(Protocol):
    """What is kept of a decision that was spoken: who recorded it, and who spoke as far as that is on record."""

    @property
    def by(self) -> str:
        """Id of whoever recorded it."""

    @property
    def spoken_by(self) -> str:
        """Name of whoever spoke; empty = not on record."""

    @property
    def spoken_id(self) -> str:
        """Id of whoever spoke; empty = not on record."""


def spoke(case: OpenCase[Any], uttered: Uttered, role: str) -> bool:
    """Return whether the actor is the one who spoke, and may sign it (补签): never what he has recorded of others.

    Where it is not on record which holder of the role that was, it is one who holds it in his own right: whoever acts
    for another (代行) signs only what he himself has said.
    """
    own = case.actor.roles - {lent.role for lent in case.actor.acting}
    holds = role in with_also(case.plan, case.actor.roles)
    return said_by(case, uttered, holds=holds, in_own_right=role in with_also(case.plan, own))


def said_by(case: OpenCase[Any], uttered: Uttered, *, holds: bool, in_own_right: bool) -> bool:
    """Return whether the actor said what is kept, as :func:`spoke` does for a role.

    Args:
        holds: he is one of those who could have said it. in_own_right: without acting for another.
    """
    if uttered.by == case.actor.id:
        return False
    if uttered.spoken_id:
        return uttered.spoken_id == case.actor.id and holds
    named = uttered.spoken_by == "" or (case.actor.confirmed and uttered.spoken_by == case.actor.name)
    return named and in_own_right


def own_word(case: OpenCase[Any]) -> Word:
    """Return the word of the actor himself."""
    return Word(roles=case.actor.roles, by=case.actor.id, acting=case.actor.acting)


def recorded_word(
    case: OpenCase[Any], of: str, spoken_by: str = "", spoken_id: str = "", at: datetime | None = None
) -> Word:
    """Return the word of a role that the actor records (代录): who spoke, as far as that is known, and when."""
    return Word(
        roles=frozenset({of}),
        by=case.actor.id,
        oral=True,
        spoken_role=of,
        spoken_by=spoken_by or None,
        spoken_id=spoken_id,
        spoken_at=at or case.now,
        recorded_by=case.actor.name or None,
    )


def for_whom(case: OpenCase[Any], word: Word, role: str) -> Acting | None:
    """Return for whom a role is exercised, None where it is the person's own."""
    own = word.roles - {item.role for item in word.acting}
    if role in with_also(case.plan, own):
        return None
    return next((item for item in word.acting if role in with_also(case.plan, frozenset({item.role}))), None)


def spoken(word: Word, reason: str, acting: Acting | None) -> dict[str, Any]:
    """Return the fields of :class:`Spoken` for a word."""
    return {
        "by": word.by,
        "oral": word.oral,
        "spoken_role": word.spoken_role,
        "spoken_by": word.spoken_by,
        "spoken_id": word.spoken_id,
        "spoken_at": word.spoken_at,
        "recorded_by": word.recorded_by,
        "reason": reason or None,
        "acting_for": acting.whose if acting else None,
        "acting_until": acting.until if acting else None,
    }


def with_also(plan: Plan, roles: frozenset[str] | set[str]) -> list[str]:
    """Return role ids, highest rank first, followed by those that the same holder has too (``also``)."""
    own = {role for role in roles if role in plan.roles}
    extra = {also for role in own for also in plan.roles[role].also} - own
    return [role for some in (own, extra) for role in sorted(some, key=lambda role: plan.roles[role].rank)]
