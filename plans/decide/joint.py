"""Levels that several roles decide together (共同研究决定): each says yes, the last yes declares."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from plans import events as e
from plans.commands import Acting
from plans.decide.case import Case, with_also
from plans.decide.outcome import Refusal
from plans.model import Response


class Word(Protocol):
    """By whose word, as ``plans.decide.levels`` has it."""

    @property
    def roles(self) -> frozenset[str]: ...  # noqa: D102
    @property
    def acting(self) -> tuple[Acting, ...]: ...  # noqa: D102
    @property
    def by(self) -> str: ...  # noqa: D102
    @property
    def oral(self) -> bool: ...  # noqa: D102
    @property
    def spoken_role(self) -> str: ...  # noqa: D102
    @property
    def spoken_by(self) -> str | None: ...  # noqa: D102
    @property
    def spoken_id(self) -> str: ...  # noqa: D102
    @property
    def spoken_at(self) -> datetime | None: ...  # noqa: D102
    @property
    def recorded_by(self) -> str | None: ...  # noqa: D102


def one_voice(case: Case, response: Response, word: Word) -> list[str]:
    """Return the roles of those who decide together for which one person speaks.

    Who acts for another (代行) speaks in his own role, or else for one other person: 共同研究 is of several.
    """
    lent = {item.role for item in word.acting}
    mine = _among(case, response, word.roles - lent)
    for item in () if mine else word.acting:
        mine = mine or _among(
            case, response, frozenset(other.role for other in word.acting if other.whose == item.whose)
        )
    return mine


def _among(case: Case, response: Response, roles: frozenset[str]) -> list[str]:
    return [role for role in with_also(case.plan, roles) if role in response.declared_by]


def missing(case: Case, response: Response, held: list[str]) -> tuple[str, ...]:
    """Return who has still to say yes after somebody who holds these roles; empty where one decides alone."""
    if not response.jointly:
        return ()
    said = {*case.incident.agreed.get(response.level, ()), *held}
    return tuple(role for role in response.declared_by if role not in said)


def agree(
    case: Case, response: Response, clause: str, word: Word, voices: list[str], acting: Acting | None, reason: str
) -> Refusal | None:
    """Record the yes of one of them, and ask the others.

    A level that nobody proposed is proposed by it; a proposal of a higher one goes on ringing.
    """
    incident, left = case.incident, missing(case, response, voices)
    mine = tuple(role for role in response.declared_by if role in voices)
    if set(mine) <= set(incident.agreed.get(response.level, ())):
        return Refusal(key="already_agreed", clause=clause, who=case.titles(left), params={"level": response.level})
    proposal = incident.proposal
    if proposal is None or proposal.declined or case.plan.height(proposal.level) < case.plan.height(response.level):
        case.record(e.Proposed(level=response.level, clause=clause, to_roles=left, because=(), by_person=True))
    case.record(
        e.Agreed(
            level=response.level,
            clause=clause,
            roles=mine,
            missing=left,
            by=word.by,
            oral=word.oral,
            spoken_role=word.spoken_role,
            spoken_by=word.spoken_by,
            spoken_id=word.spoken_id,
            spoken_at=word.spoken_at,
            recorded_by=word.recorded_by,
            reason=reason or None,
            acting_for=acting.whose if acting else None,
            acting_until=acting.until if acting else None,
        )
    )
    return None
