"""「我接班」: the duty seat of every plan whose duty officer one is."""

from __future__ import annotations

from datetime import datetime

from bot.service.administering import Done, note, once
from bot.service.asking import Asker
from bot.service.service import Service
from storage import Writing
from storage.people import Person


async def take_seat(service: Service, person: Person, name: str, *, cause: str, asker: Asker) -> Done | None:
    """Take the seats; reminders follow.

    Args:
        name: who sits down, since a duty room may share one account.
    """

    async def act(tx: Writing, now: datetime) -> Done:
        held = [
            item
            for item in await tx.people.holdings(person.id, lock=True)
            if item.role == "duty" and item.ended_at is None
        ]
        if not held or asker.via != "direct":
            return Done(key="seat_not_yours", ok=False)
        before = ""
        for item in held:
            old = await tx.people.take_seat(item.jurisdiction, item.plan_id, person_id=person.id, name=name, since=now)
            before = old.name if old is not None and old.person_id != person.id else before
            await note(
                tx, item.jurisdiction, "seat-taken", actor=person.id, cause=cause, at=now, name=name, plan=item.plan_id
            )
        return Done(key="seat_taken" if before else "seat_taken_first", values={"before": before})

    return await once(service, act, cause=cause, asker=asker)
