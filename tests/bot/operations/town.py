"""A service with one command group and a duty officer on the seat, and incidents in its database."""

from __future__ import annotations

import itertools
from datetime import timedelta

from bot.cases.plan_registry import PlanRegistry
from bot.clock import VirtualClock
from bot.service import NewReport, Service
from bot.service.requests import Requester
from storage.people import Holding, Person
from storage.places import Place
from storage.store import Store
from tests.factories import CAMPUS

JURISDICTION = CAMPUS.jurisdiction.name
TEXT = "实验小学宿舍楼楼梯刚才发生踩踏，4名学生受伤，已拨打120"


def service(store: Store, clock: VirtualClock, prefix: str = "") -> Service:
    """A service whose incidents have names that sort in their order."""
    numbers = itertools.count(1)
    plans = {CAMPUS.id: CAMPUS}
    return Service(store, PlanRegistry(plans), clock, new_stream=lambda: f"incident:{prefix}{next(numbers):04}")


async def settle(store: Store, clock: VirtualClock) -> None:
    """Bind the group and seat the duty officer."""
    now = clock.now()
    async with store.writing() as tx:
        await tx.places.save(Place(id="group", chat_id=-100, kind="none", title="指挥群", created_at=now))
        await tx.places.bind("group", CAMPUS.id, JURISDICTION, "command", now)
        for number, (id, name, role) in enumerate((("duty", "李值班", "duty"), ("head", "赵校长", "reporter")), 1):
            private = Place(id=f"private-{id}", chat_id=number, kind="private", title=name, created_at=now)
            await tx.places.save(private)
            person = Person(id=id, telegram_id=number, name=name, place_id=private.id, started_at=now, created_at=now)
            await tx.people.save(person)
            await tx.people.grant(
                Holding(
                    id=f"h{number}", person_id=id, jurisdiction=JURISDICTION, plan_id=CAMPUS.id, role=role,
                    granted_by="settings", granted_at=now,
                )
            )  # fmt: skip
        await tx.people.take_seat(JURISDICTION, CAMPUS.id, person_id="duty", name="李值班", since=now)


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
