"""How a case stands that another office or system reported, for that one: what it may know of it, and nothing else.

The API answers with it (``bot.web.api.reports``), and a reporting line of this installation brings it back
(``bot.sender.lines``): who took it, whether it was rejected or went into another case, the level of response, the
end, and what whoever reported is asked to verify. Figures, words, units and other reports stay here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.cases.plan_registry import UnusablePlan
from bot.outgoing.viewer import amendments
from bot.service import Service
from plans.directory import amended, duty_line
from plans.incident.asking_back import asked_since
from plans.incident.state import Incident
from plans.model import Plan
from storage.transaction import Reading

MOST_MERGED = 20
"""Cases that went into one another, one after the other; there is no circle, and nothing is followed for ever."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What whoever reported is asked to verify."""

    id: str
    at: datetime
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """How the case stands.

    Attributes:
        state: of the very case that was reported. merged_into: number of the case that it went into.
        taken: somebody has it in hand, or has decided about it; ``taken_at``, ``taken_by``: when, and who.
        ring: nobody has taken it in time: the duty room is to be rung at ``duty_line``.
        response_level, ended: of the case that it went into, where it did.
        questions: what whoever reported is asked to verify, the oldest first.
    """

    state: str
    number: int
    merged_into: int | None
    taken: bool
    taken_at: datetime | None
    taken_by: str
    ring: bool
    duty_line: str | None
    response_level: str | None
    ended: bool
    questions: tuple[Asked, ...]


async def standing_of(service: Service, stream: str, *reporter: str) -> Standing | None:
    """Return how a case stands to whoever reported it; None where it is another's, or cannot be read now.

    Args:
        reporter: id of the office or system, as the log has it; an office's several lines have one each.
    """
    try:
        pair = await service.incident(stream)
    except UnusablePlan:  # it is safe all the same
        return None
    if pair is None or pair[1].reporter_id not in reporter:
        return None
    plan, incident = pair
    chain = await chain_of(service, incident)
    target = chain[-1]
    asked = [Asked(id=str(item.sequence), at=item.at, text=item.question) for item in incident.asked_back]
    for other in chain[1:]:  # who reported a case is asked also by the one that it went into
        later = asked_since(other, incident.stream)
        asked += [Asked(id=f"{other.number}.{item.sequence}", at=item.at, text=item.question) for item in later]
    # What was rejected, or put together with another case, somebody has looked at.
    taken = bool(incident.handled_by) or incident.state in ("rejected", "merged") or incident.verified_at is not None
    return Standing(
        state=incident.state, number=incident.number, merged_into=incident.merged_number or None, taken=taken,
        taken_at=incident.handled_at or target.handled_at, taken_by=incident.handler_name or target.handler_name,
        ring=incident.told_phone_at is not None and not taken and incident.open,
        duty_line=await _duty_line(service, plan, incident.jurisdiction), response_level=target.response_level,
        ended=target.state in ("ended", "closed"),
        questions=tuple(asked),
    )  # fmt: skip


async def chain_of(service: Service, incident: Incident) -> list[Incident]:
    """Return a case, and behind it each one that it went into, one after the other."""
    chain = [incident]
    while len(chain) <= MOST_MERGED and chain[-1].state == "merged" and chain[-1].merged_into:
        pair = await service.incident(chain[-1].merged_into)
        if pair is None:
            break
        chain.append(pair[1])
    return chain


async def _duty_line(service: Service, plan: Plan, jurisdiction: str) -> str | None:
    async with service.store.reading() as rx:
        return await duty_line_in(rx, plan, jurisdiction)


async def duty_line_in(rx: Reading, plan: Plan, jurisdiction: str) -> str | None:
    """Return the number of the duty line of a jurisdiction, as it is dialled."""
    entry = duty_line(amended(plan, await amendments(rx, jurisdiction)))
    return entry.dial if entry is not None else None
