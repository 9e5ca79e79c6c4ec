"""A service with one command group and a duty officer on the seat, and incidents in its database."""

from __future__ import annotations

import itertools
from datetime import timedelta

from bot.cases.plan_registry import PlanRegistry
from bot.clock import VirtualClock
from bot.service import NewReport, Service
from bot.service.requests import Requester
from storage.store import Store
from tests import stage
from tests.factories import CAMPUS

JURISDICTION = CAMPUS.jurisdiction.name
TEXT = "实验小学宿舍楼楼梯刚才发生踩踏，4名学生受伤，已拨打120"


def service(store: Store, clock: VirtualClock, prefix: str = "") -> Service:
    """A service whose incidents have names that sort in their order."""
    numbers = itertools.count(1)
    plans = {CAMPUS.id: CAMPUS}
    return Service(store, PlanRegistry(plans), clock, new_id=lambda: f"{prefix}{next(numbers):04}")


async def settle(store: Store, clock: VirtualClock) -> None:
    """Bind the group and seat the duty officer."""
    now = clock.now()
    async with store.writing() as tx:
        group = await stage.enter_group(tx, id="group", chat=-100, title="指挥群", at=now)
        await stage.bind(tx, group, CAMPUS, "command", at=now)
        duty = await stage.enter(tx, id="duty", chat=1, name="李值班", at=now)
        head = await stage.enter(tx, id="head", chat=2, name="赵校长", at=now)
        await stage.grant(tx, duty, CAMPUS, "duty", at=now)
        await stage.grant(tx, head, CAMPUS, "reporter", at=now)
        await stage.sit(tx, duty, CAMPUS, at=now)


async def report(service: Service, cause: str = "update:1", text: str = TEXT) -> str:
    """Report an incident and return its log's name."""
    said = service.clock.now()
    new = NewReport(plan_id=CAMPUS.id, jurisdiction=JURISDICTION, text=text, said_at=said, place_id="group")
    result = await service.execute([new], cause=cause, requester=Requester(person_id="head"))
    assert result.refusal is None, result.refusal
    [stream] = result.streams
    return stream


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)
