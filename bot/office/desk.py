"""Whose duty desk somebody works at, and how a case of the desk is opened there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.office.reader import Reader
from bot.outgoing.addresses import ANY_PLAN
from bot.service.opening import NewCase, Numbered
from bot.service.service import Service
from plans.core.command import Command
from plans.desk.opening import OpenDeskCase
from plans.model import Plan
from storage.people import Holding
from storage.transaction import Reading


async def desk_of(
    rx: Reading, service: Service, holdings: Iterable[Holding], chat_plans: Sequence[str] = ()
) -> Plan | None:
    """Return the plan at whose desk somebody writes; None for one who has the duty nowhere.

    It is that of the chat where he has the duty there, else the one on whose seat he sits, else his first.

    Args:
        chat_plans: ids of the plans that the chat is bound to, none in private.
    """
    duties = [item for item in holdings if item.role == "duty" and item.ended_at is None]
    plans = [plan for item in duties for plan in _under(service, item)]
    here = [plan for plan in plans if plan.id in chat_plans]
    if here or not plans:
        return here[0] if here else None
    for plan in plans:
        seat = await rx.people.seat(plan.jurisdiction.name, plan.id)
        if seat is not None and seat.person_id == duties[0].person_id:
            return plan
    return plans[0]


def desks_read(service: Service, reader: Reader, chat_plans: Sequence[str] | None = None) -> list[Plan]:
    """Return the plans whose desk somebody may read, those of a chat alone where one is named."""
    plans = [service.registry.current(name) for name in service.registry.ids]
    return [
        plan
        for plan in plans
        if (chat_plans is None or plan.id in chat_plans) and reader.works_on(plan.jurisdiction.name, plan)
    ]


def new_case(kind: str, plan: Plan, command: OpenDeskCase, *, once: str = "", drill: bool = False) -> NewCase:
    """Return what opens a case of the desk, to be given to ``Service.execute``.

    Args:
        command: without what the shell gives: plan, number, year.
        once: see :class:`NewCase`.
    """

    def opening(given: Numbered) -> Command:
        return replace(
            command, plan=given.plan.id, plan_version=given.plan.version, plan_hash=given.plan_hash,
            jurisdiction=plan.jurisdiction.name, number=given.number, year=given.year,
        )  # fmt: skip

    place = plan.jurisdiction.name
    return NewCase(kind=kind, plan_id=plan.id, jurisdiction=place, command=opening, once=once, drill=drill)


def _under(service: Service, item: Holding) -> list[Plan]:
    registry = service.registry
    ids = [name for name in registry.ids if item.plan_id in (name, ANY_PLAN)]
    plans = [registry.current(name) for name in ids]
    return [plan for plan in plans if item.jurisdiction in (plan.jurisdiction.name, ANY_PLAN)]
