"""A person's other ways: added, tested, silenced for the night, removed; only by that person, in private."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from bot.callback_data import new_id
from bot.notifier import BadAddress, Busy, Notifier, NotSent
from bot.notifier.voice import is_telephone
from bot.office.administration import AdminResult, Reply, admin_transaction
from bot.outgoing.channels import NOTIFY
from bot.service.requests import Requester
from bot.service.service import Service
from plans.times.hours import quiet_hours
from storage import Writing
from storage.outbox import DIAL, NewMessage
from storage.people import Channel, Person
from storage.places import Place

MOST = 5
TELEPHONE = "电话"
"""What people call a channel that is called by the automatic telephone."""

TESTS, WITHIN = 3, timedelta(hours=1)
"""本地规定: so many test calls of one person within so long; a wrong number is somebody's who wants to sleep."""

NO_CHAT = 10**15
"""Beyond all of Telegram's chats: a channel's place has such a number, negative, and no message ever goes there."""


async def add(
    service: Service,
    notifier: Notifier,
    person: Person,
    address: str,
    *,
    cause: str,
    requester: Requester,
    reply: Reply,
    telephone: bool = False,
) -> AdminResult | None:
    """Add a way; the update that brought the address, with its keys, is forgotten in the same transaction.

    Args:
        telephone: whether the office has an automatic telephone.
    """
    kind = problem = ""
    busy = False
    async with service.store.reading() as rx:
        registered = bool(await rx.people.holdings(person.id))
    if is_telephone(address):
        kind = TELEPHONE
    elif registered:  # for a stranger no name is looked up
        try:
            kind = await notifier.examine(address, person.id)
        except BadAddress as error:
            problem = str(error)
        except (Busy, NotSent):
            busy = True

    async def act(tx: Writing, now: datetime) -> AdminResult:
        if requester.update_id is not None:
            await tx.inbox.done(requester.update_id, now)
            await tx.inbox.forget_payloads_of({requester.update_id})
        if not await tx.people.holdings(person.id):
            return AdminResult(key="not_known", ok=False)
        channels = await tx.people.channels_of(person.id)
        if len(channels) >= MOST:
            return AdminResult(key="most", ok=False, values={"most": MOST})
        if kind == TELEPHONE and not telephone:
            return AdminResult(key="no_telephone", ok=False)
        if busy:
            return AdminResult(key="busy", ok=False)
        if problem or not kind:
            return AdminResult(key="bad", ok=False, values={"problem": problem})
        number = -NO_CHAT - secrets.randbelow(NO_CHAT)
        place = Place(id=new_id(), chat_id=number, kind="channel", title=kind, created_at=now)
        await tx.places.save(place)
        await tx.people.add_channel(
            Channel(
                id=new_id(), person_id=person.id, place_id=place.id, kind=kind, address=address, created_at=now
            )
        )  # fmt: skip
        added = "added_telephone" if kind == TELEPHONE else "added"
        return AdminResult(key=added, values={"number": len(channels) + 1, "kind": kind})

    return await admin_transaction(service, act, cause=cause, requester=requester, reply=reply)


async def silence(
    service: Service, person: Person, number: int, quiet: str, *, cause: str, requester: Requester
) -> AdminResult | None:
    """Set the quiet hours of a way; an empty text takes them away."""

    async def act(tx: Writing, now: datetime) -> AdminResult:
        channels = await tx.people.channels_of(person.id)
        if not 1 <= number <= len(channels) or (quiet and quiet_hours(quiet) is None):
            return AdminResult(key="quiet_bad", ok=False)
        await tx.people.set_quiet(channels[number - 1].id, quiet)
        return AdminResult(key="quiet", values={"number": number, "quiet": quiet})

    return await admin_transaction(service, act, cause=cause, requester=requester)


async def test(
    service: Service, person: Person, id: str, text: str, *, cause: str, requester: Requester
) -> AdminResult | None:
    """Send a test by a way, also in quiet hours; one that waits already is not doubled."""

    async def act(tx: Writing, now: datetime) -> AdminResult:
        channel = await tx.people.channel(id)
        if channel is None or channel.person_id != person.id:
            return AdminResult(key="gone", ok=False)
        by_telephone = is_telephone(channel.address)
        if by_telephone and len(await tx.voice_calls.since(person.id, now - WITHIN)) >= TESTS:
            return AdminResult(key="tested_often", ok=False, values={"most": TESTS})
        row = NewMessage(
            place_id=channel.place_id, priority=3, method=DIAL if by_telephone else NOTIFY,
            payload={"channel": id, "text": text}, notice="channel_test", coalesce="channel_test", not_before=now,
            created_at=now, person_id=person.id,
        )  # fmt: skip
        await tx.outbox.enqueue([row])
        return AdminResult(key="testing_telephone" if by_telephone else "testing")

    return await admin_transaction(service, act, cause=cause, requester=requester)


async def remove(service: Service, person: Person, id: str, *, cause: str, requester: Requester) -> AdminResult | None:
    """Forget a way, with its address."""

    async def act(tx: Writing, now: datetime) -> AdminResult:
        channel = await tx.people.channel(id)
        if channel is None or channel.person_id != person.id:
            return AdminResult(key="gone", ok=False)
        await tx.people.remove_channel(id)
        return AdminResult(key="removed", values={"kind": channel.kind})

    return await admin_transaction(service, act, cause=cause, requester=requester)
