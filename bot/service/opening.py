"""A report becomes the command that opens an incident: its plan, its number, the incidents that it may repeat."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.cases.body_lists import BodyLists, ListedBodies
from bot.cases.plan_registry import PlanRegistry
from bot.cases.streams import INCIDENT
from bot.clock import SHANGHAI
from bot.service.actors import actor_of
from bot.service.duplicate_candidates import DuplicateCandidates
from bot.service.plan_choice import installed, weighed
from bot.service.reports import NewReport, to_command
from bot.service.requests import Refused, Requester
from bot.service.strangers import bounded
from plans.core.command import Actor, Command
from plans.incident.records_said import BodyMention
from plans.model import Plan
from storage.transaction import Reading, Writing


@dataclass(frozen=True, kw_only=True, slots=True)
class Opening:
    """The command that opens a case, of what kind, under which plan, and who gives it."""

    kind: str
    plan: Plan
    actor: Actor
    command: Command


@dataclass(frozen=True, kw_only=True, slots=True)
class Numbered:
    """What the shell gives a new case: its plan, pinned to its content, and the number that people call it by."""

    plan: Plan
    plan_hash: str
    number: int
    year: int
    now: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class NewCase:
    """Opens a case of any kind.

    Attributes:
        kind: as it is installed (``plans.core.kind``).
        command: from what the shell gives it.
        once: a cause of this case alone: once there was one of it, nothing is done; empty = none.
    """

    kind: str
    plan_id: str
    jurisdiction: str
    command: Callable[[Numbered], Command]
    drill: bool = False
    once: str = ""


async def opening_case(
    tx: Writing, registry: PlanRegistry, new: NewCase, requester: Requester, admins: frozenset[int], now: datetime
) -> Opening:
    """Return what opens a case of any kind."""
    plan = registry.current(new.plan_id)
    await registry.keep(tx, plan.id, now)
    actor = await actor_of(tx, requester, new.jurisdiction, plan, admins)
    year = now.astimezone(SHANGHAI).year
    number = await tx.cases.next_number(new.kind, new.jurisdiction, year, new.drill)
    numbered = Numbered(plan=plan, plan_hash=registry.hash_of(plan.id), number=number, year=year, now=now)
    return Opening(kind=new.kind, plan=plan, actor=actor, command=new.command(numbered))


async def opening(
    tx: Writing,
    registry: PlanRegistry,
    candidates: DuplicateCandidates,
    lists: BodyLists,
    new: NewReport,
    requester: Requester,
    admins: frozenset[int],
    now: datetime,
) -> Opening:
    """Return what opens the incident of a report; raise Refused where somebody without a role reports too much."""
    new = weighed(registry, installed(registry, new))
    plan = registry.current(new.plan_id)
    if new.unregistered and (full := await bounded(tx, registry, new, now)) is not None:
        raise Refused(full, plan=plan)
    titles = [registry.current(name).title for name in new.among]
    await registry.keep(tx, plan.id, now)
    actor = await actor_of(tx, requester, new.jurisdiction, plan, admins)
    year = now.astimezone(SHANGHAI).year
    number = await tx.incidents.next_number(new.jurisdiction, year, new.drill)
    command = to_command(
        new,
        plan,
        plan_hash=registry.hash_of(plan.id),
        number=number,
        year=year,
        received_at=now,
        duplicates=(),
        titles=titles,
        mentions=_mentions(await lists.of(tx, new.jurisdiction), new, actor),
    )
    seated = await _seated(tx, requester, new.jurisdiction, plan)
    command = replace(command, duplicates=tuple(await candidates.like(tx, command)), seated=seated)
    return Opening(kind=INCIDENT, plan=plan, actor=actor, command=command)


def _mentions(listed: ListedBodies, new: NewReport, actor: Actor) -> list[BodyMention]:
    """Return the listed bodies that a report names; where it names none, the one that its sender speaks for."""
    mentions = listed.mentions(new.text, new.place, own=new.unit)
    own = [listed.by_id[unit] for unit in actor.units if unit in listed.by_id]
    if len(own) == 1 and not any(item.sure for item in mentions):
        return [listed.as_mention(own[0]), *mentions]
    return mentions


async def _seated(tx: Reading, requester: Requester, jurisdiction: str, plan: Plan) -> bool:
    """Return whether nobody but who asks sits on a plan's duty seat."""
    await tx.people.look_at_office(jurisdiction, plan.id)
    seat = await tx.people.seat(jurisdiction, plan.id)
    if seat is None or seat.person_id == requester.person_id:
        return True
    officers = await tx.people.holders(jurisdiction, plan.id, "duty")
    return all(person.id != seat.person_id for person in officers)
