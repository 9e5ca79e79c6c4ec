"""By whose word a level is declared, declined or ended: in one's own name, or spoken and recorded (代录)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from plans.core.command import Acting
from plans.core.event import Event
from plans.incident.case import Case, with_also
from plans.model import Response


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


def own_word(case: Case) -> Word:
    """Return the word of the actor himself."""
    return Word(roles=case.actor.roles, by=case.actor.id, acting=case.actor.acting)


def for_whom(case: Case, word: Word, role: str) -> Acting | None:
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


def declarers(case: Case, response: Response) -> tuple[str, ...]:
    """Return the roles that may declare this level now.

    Raising: whoever the plan lets declare it. Lowering: by the plan's one rule for every pair of levels
    (``adjusting``); where it has none, lowering ends the higher level in part, so it lies with the role that declared
    that one or one above it.
    """
    if not lowers(case, response):
        return response.declared_by
    rule = case.plan.adjusting
    if rule is None:
        return tuple(dict.fromkeys((*_declarer_or_above(case), *response.adjusted_by)))
    return _declarer_or_above(case) if rule.lowered_by == "declarer_or_above" else rule.lowered_by


def lowers(case: Case, response: Response) -> bool:
    """Return whether declaring this response lowers the one that runs."""
    current = case.incident.response_level
    return current is not None and case.plan.height(response.level) < case.plan.height(current)


def clause_of(case: Case, response: Response) -> str:
    """Return the clause under which the level would be declared now: of the adjusting where that lowers it."""
    rule = case.plan.adjusting
    return rule.clause if rule is not None and lowers(case, response) else response.clause


def enders(case: Case) -> tuple[str, ...]:
    """Return the roles that may end the response (谁启动谁终止), where the plan names no others."""
    response = case.response(case.incident.response_level)
    if response is not None and response.ended_by != "declarer_or_above":
        return response.ended_by
    return _declarer_or_above(case)


def _declarer_or_above(case: Case) -> tuple[str, ...]:
    roles, declarer = case.plan.roles, case.incident.response_role
    ranked = sorted(roles, key=lambda role: roles[role].rank)
    if declarer not in roles:
        return tuple(ranked)
    return tuple(role for role in ranked if roles[role].rank < roles[declarer].rank or role == declarer)
