"""What all administrative acts share: once for a cause, by whoever administers, with an entry in the admin log."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.cases.office_log import append_admin_event as append_admin_event
from bot.outgoing.administrators import administrators
from bot.outgoing.messages import OutgoingMessage, write_all
from bot.service.requests import Requester
from bot.service.service import Service
from bot.texts.delegating import ACTS
from bot.texts.people import OWN_ROLES
from plans.model import Plan
from storage import Writing
from storage.errors import AlreadyTaken, Conflict, Unavailable
from storage.people import Holding, Person
from storage.transaction import Reading


@dataclass(frozen=True, kw_only=True)
class AdminResult:
    """What an administrative act came to.

    Attributes:
        key: of the text that says so.
        ok: False when it was refused.
        messages: further messages, to others.
        secrets: numbers in the values that become secrets when they are sent.
    """

    key: str
    ok: bool = True
    values: dict[str, Any] = field(default_factory=dict)
    messages: tuple[OutgoingMessage, ...] = ()
    secrets: tuple[str, ...] = ()


TRIES = 5

Act = Callable[[Writing, datetime], Awaitable[AdminResult]]
Reply = Callable[[AdminResult], Sequence[OutgoingMessage]]


async def admin_transaction(
    service: Service, act: Act, *, cause: str, requester: Requester, reply: Reply | None = None
) -> AdminResult | None:
    """Run an act in one transaction, once for its cause; None when it was done before.

    Args:
        reply: says what it came to, to whoever asked: in the same transaction, so that it is never left unsaid.

    Raises:
        Conflict, AlreadyTaken: another process was first. Whoever works an update off tries it again.
    """
    now = service.clock.now()
    async with service.store.writing("service.administration") as tx:
        done: AdminResult | None = None
        if await tx.causes.result(cause) is None:
            await tx.people.lapse(now)
            done = await act(tx, now)
            await write_all(tx, [*done.messages, *(reply(done) if reply is not None else ())], now)
            await tx.causes.take(cause, now, {"key": done.key})
        return done


async def admin_transaction_again(service: Service, act: Act, *, cause: str) -> AdminResult | None:
    """Run an act that nobody would try again, since it comes by no update: up to five times where others are first.

    Raises:
        Unavailable: the database cannot now; nothing was done.
    """
    for _ in range(TRIES):
        try:
            return await admin_transaction(service, act, cause=cause, requester=Requester())
        except (Conflict, AlreadyTaken):
            continue
    raise Unavailable("conflict")


async def may_administer(service: Service, tx: Writing, person: Person, jurisdiction: str) -> bool:
    """Return whether a person administers a jurisdiction: by the settings, or by a holding."""
    if person.telegram_id in service.admins:
        return True
    holdings = await tx.people.holdings(person.id, jurisdiction, lock=True)
    return any(item.role == "admin" and item.ended_at is None for item in holdings)


def named_by_settings(service: Service, person: Person | None, holding: Holding) -> bool:
    """Return whether somebody administers there because the settings say so, whoever else has named him."""
    named = service.district_admins.get(holding.jurisdiction, frozenset())
    return holding.role == "admin" and person is not None and person.telegram_id in named


async def admins(service: Service, tx: Reading, plan: Plan) -> list[Person]:
    """Return the administrators of a plan's jurisdiction who can be written to."""
    return await administrators(tx, plan.jurisdiction.name, service.admins)


async def any_admin(service: Service) -> bool:
    """Return whether anybody may administer at all: else nobody can bind a group or invite anyone."""
    if service.admins:
        return True
    async with service.store.reading() as rx:
        for name in dict.fromkeys(
            service.registry.current(plan_id).jurisdiction.name for plan_id in service.registry.ids
        ):
            if await rx.people.holders(name, "*", "admin"):
                return True
    return False


def role_name(plan: Plan, role: str) -> str:
    """Return a role's title."""
    return plan.roles[role].title if role in plan.roles else OWN_ROLES.get(role, role)


def held_by(plan: Plan, role: str, unit: str | None, lent: bool = False) -> dict[str, str]:
    """Return a role as the texts name it: 联络员 区消防救援大队; 代行指挥长 where it is somebody else's."""
    title = ACTS.format(role=role_name(plan, role)) if lent else role_name(plan, role)
    return {"role": f"{title} {unit}" if unit else title}
