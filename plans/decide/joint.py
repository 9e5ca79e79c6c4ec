"""Levels that several roles decide together (共同研究决定): each says yes, the last yes declares."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from plans import events as e
from plans.decide.case import Case
from plans.decide.outcome import Refusal
from plans.model import Response


class Word(Protocol):
    """By whose word, as ``plans.decide.levels`` has it."""

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


def missing(case: Case, response: Response, held: list[str]) -> tuple[str, ...]:
    """Return who has still to say yes after somebody who holds these roles; empty where one decides alone."""
    if not response.jointly:
        return ()
    said = {*case.incident.agreed.get(response.level, ()), *held}
    return tuple(role for role in response.declared_by if role not in said)


def agree(case: Case, response: Response, clause: str, word: Word, held: list[str], reason: str) -> Refusal | None:
    """Record the yes of one of them, and ask the others; a level that nobody proposed is proposed by it."""
    incident, left = case.incident, missing(case, response, held)
    mine = tuple(role for role in response.declared_by if role in held)
    if set(mine) <= set(incident.agreed.get(response.level, ())):
        return Refusal(key="already_agreed", clause=clause, who=case.titles(left), params={"level": response.level})
    proposal = incident.proposal
    if proposal is None or proposal.declined or proposal.level != response.level:
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
        )
    )
    return None
