"""Which other systems are told of what happens in a jurisdiction (推送): allowed by an administrator, ended at will.

Each act is one transaction with its entry in the log of the office. The address itself stands in no log: it may hold a
key; its digest does. What signs is a number that becomes a secret where it is shown (``bot.sealed``).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.callback_data import new_id
from bot.notifier.addresses import BadAddress
from bot.notifier.webhook import PREFIX, Allowed, target_of
from bot.office.administration import (
    AdminResult,
    Reply,
    admin_transaction,
    admins,
    append_admin_event,
    may_administer,
)
from bot.office.people import bound_plans
from bot.outgoing.messages import OutgoingMessage, write_all
from bot.outgoing.webhooks import body_of
from bot.render.pushed import TEST
from bot.render.webhooks import Address, ended
from bot.sealed import digest
from bot.service.requests import Requester
from bot.service.service import Service
from plans.core.keys import to_person
from storage.people import Person, shown_name
from storage.transaction import Reading, Writing
from storage.webhooks import STOPPED, NewWebhookMessage, Standing, Webhook

MOST = 10
"""In one jurisdiction."""

BOTH = timedelta(hours=24)
"""For so long the key before signs beside a new one."""

ALLOWED, REMOVED, ENDED, RESUMED, REKEYED = (
    "webhook-allowed", "webhook-removed", "webhook-stopped", "webhook-resumed", "webhook-rekeyed",
)  # fmt: skip
"""Entries of the admin log."""

Act = Callable[[Writing, Webhook, datetime], Awaitable[AdminResult]]


@dataclass(frozen=True, slots=True)
class By:
    """Who acts: an administrator in the chat, or whoever runs the command line (``person`` is None)."""

    person: Person | None
    requester: Requester
    cause: str

    @property
    def id(self) -> str:
        """For the log."""
        return self.person.id if self.person is not None else ""

    async def may(self, service: Service, tx: Writing, jurisdiction: str) -> bool:
        """Return whether he may in a jurisdiction."""
        if self.person is None:
            return True
        return self.requester.via == "direct" and await may_administer(service, tx, self.person, jurisdiction)


async def allow(
    service: Service, by: By, jurisdiction: str, url: str, types: Sequence[str], *, allowed: Allowed,
    reply: Reply | None = None,
) -> AdminResult | None:  # fmt: skip
    """Let an address be told; what signs is in the answer, and nowhere else ever again.

    The update that brought the address is forgotten in the same transaction: it may hold a key.
    """

    async def act(tx: Writing, now: datetime) -> AdminResult:
        if by.requester.update_id is not None:
            await tx.inbox.done(by.requester.update_id, now)
            await tx.inbox.forget_payloads_of({by.requester.update_id})
        if not await by.may(service, tx, jurisdiction):
            return AdminResult(key="admin_only", ok=False)
        try:
            target = target_of(url, allowed)
        except BadAddress as problem:
            return AdminResult(key="webhook_bad", ok=False, values={"problem": str(problem)})
        there = await tx.webhooks.all([jurisdiction])
        if any(item.url == url for item in there):
            return AdminResult(key="webhook_there", ok=False, values={"shown": target.shown})
        if len(there) >= MOST:
            return AdminResult(key="webhook_many", ok=False, values={"most": MOST})
        webhook = Webhook(
            id=new_id(), jurisdiction=jurisdiction, url=url, types=list(types), key=service.seal.new_key(),
            made_by=by.id, created_at=now,
        )  # fmt: skip
        await tx.webhooks.add(webhook)
        await append_admin_event(
            tx, jurisdiction, ALLOWED, actor=by.id, cause=by.cause, at=now, webhook=webhook.id, origin=target.origin,
            address=digest(url), key=digest(webhook.key), types=list(types),
        )  # fmt: skip
        values = {"shown": target.shown, "jurisdiction": jurisdiction, "key": PREFIX + webhook.key, "id": webhook.id}
        return AdminResult(key="webhook_allowed", values=values, secrets=(webhook.key,))

    return await admin_transaction(service, act, cause=by.cause, requester=by.requester, reply=reply)


async def remove(service: Service, by: By, webhook_id: str) -> AdminResult | None:
    """Forget an address, with all that waits for it."""

    async def act(tx: Writing, webhook: Webhook, now: datetime) -> AdminResult:
        await tx.webhooks.remove(webhook.id)
        await _noted(tx, webhook, REMOVED, by, now)
        return AdminResult(key="webhook_removed")

    return await _on(service, by, webhook_id, act)


async def stop(service: Service, by: By, webhook_id: str) -> AdminResult | None:
    """Send nothing more to an address; what waits becomes dead letters."""

    async def act(tx: Writing, webhook: Webhook, now: datetime) -> AdminResult:
        if webhook.disabled_at is not None:
            return AdminResult(key="webhook_same", ok=False)
        await _end(tx, webhook, STOPPED, by.id, by.cause, now)
        return AdminResult(key="webhook_stopped")

    return await _on(service, by, webhook_id, act)


async def resume(service: Service, by: By, webhook_id: str) -> AdminResult | None:
    """Send to an address again what happens from now on; what was given up is sent when that is asked for."""

    async def act(tx: Writing, webhook: Webhook, now: datetime) -> AdminResult:
        if webhook.disabled_at is None:
            return AdminResult(key="webhook_same", ok=False)
        await tx.webhooks.change(webhook.id, disabled_at=None, why="", deaths=0)
        await _noted(tx, webhook, RESUMED, by, now)
        return AdminResult(key="webhook_resumed")

    return await _on(service, by, webhook_id, act)


async def rekey(service: Service, by: By, webhook_id: str, *, reply: Reply | None = None) -> AdminResult | None:
    """Let another key sign; the one before signs beside it for a day, so that nothing is refused meanwhile."""

    async def act(tx: Writing, webhook: Webhook, now: datetime) -> AdminResult:
        key = service.seal.new_key()
        await tx.webhooks.change(webhook.id, key=key, key_before=webhook.key, key_until=now + BOTH)
        await _noted(tx, webhook, REKEYED, by, now, key=digest(key))
        values = {"key": PREFIX + key, "shown": shown_of(webhook), "jurisdiction": webhook.jurisdiction}
        return AdminResult(key="webhook_rekeyed", values=values, secrets=(key,))

    return await _on(service, by, webhook_id, act, reply=reply)


async def test(service: Service, by: By, webhook_id: str) -> AdminResult | None:
    """Send a message that says nothing."""

    async def act(tx: Writing, webhook: Webhook, now: datetime) -> AdminResult:
        if webhook.disabled_at is not None:
            return AdminResult(key="webhook_is_stopped", ok=False)
        body = body_of(TEST, now, {"jurisdiction": webhook.jurisdiction, "drill": True})
        message = NewWebhookMessage(
            webhook_id=webhook.id, message=f"msg_{new_id()}", stream="", type=TEST, body=body, created_at=now
        )
        await tx.webhooks.enqueue([message])
        return AdminResult(key="webhook_testing")

    return await _on(service, by, webhook_id, act)


async def resend(service: Service, by: By, webhook_id: str) -> AdminResult | None:
    """Send everything again that was given up for an address, each under its own id."""

    async def act(tx: Writing, webhook: Webhook, now: datetime) -> AdminResult:
        if webhook.disabled_at is not None:
            return AdminResult(key="webhook_is_stopped", ok=False)
        count = await tx.webhooks.resend(webhook.id, now)
        return AdminResult(key="webhook_resent" if count else "webhook_none_dead", values={"count": count})

    return await _on(service, by, webhook_id, act)


async def give_up(service: Service, tx: Writing, webhook: Webhook, why: str, now: datetime) -> None:
    """Send nothing more to an address that is gone or never answers, and let the administrators know.

    Once, silently: it is for the day.
    """
    cause = f"webhook:{webhook.id}:{now.isoformat()}"
    await _end(tx, webhook, why, "", cause, now)
    people: dict[str, Person] = {}
    for plan in await bound_plans(tx, service):
        if plan.jurisdiction.name == webhook.jurisdiction:
            people |= {person.id: person for person in await admins(service, tx, plan)}
    standing = (await tx.webhooks.standing()).get(webhook.id, Standing())
    words = ended(address_of(webhook, standing), why)
    await write_all(
        tx,
        [
            OutgoingMessage(
                place_id=person.place_id or "", message=words, notice="webhook_ended", audience=to_person(person.id),
                person_id=person.id, priority=3,
            )
            for person in people.values()
        ],
        now,
    )  # fmt: skip


async def addresses(rx: Reading, jurisdictions: Sequence[str] | None = None) -> list[Address]:
    """Return the addresses of some jurisdictions, or all, as administrators are shown them."""
    standing, found = await rx.webhooks.standing(), []
    for webhook in await rx.webhooks.all(jurisdictions):
        person = await rx.people.get(webhook.made_by) if webhook.made_by else None
        by = shown_name(person) if person is not None else ""
        found.append(address_of(webhook, standing.get(webhook.id, Standing()), by))
    return found


def address_of(webhook: Webhook, standing: Standing, by: str = "") -> Address:
    """Return an address as administrators are shown it."""
    return Address(
        id=webhook.id, jurisdiction=webhook.jurisdiction, shown=shown_of(webhook), types=tuple(webhook.types), by=by,
        since=webhook.created_at, arrived_at=webhook.arrived_at, waiting=standing.waiting, dead=standing.dead,
        why=webhook.why if webhook.disabled_at is not None else "",
    )  # fmt: skip


def shown_of(webhook: Webhook) -> str:
    """Return an address without path and question."""
    scheme, _, rest = webhook.url.partition("://")
    return f"{scheme}://{rest.partition('/')[0].partition('?')[0]}/…"


async def _end(tx: Writing, webhook: Webhook, why: str, by: str, cause: str, now: datetime) -> None:
    await tx.webhooks.change(webhook.id, disabled_at=now, why=why)
    await tx.webhooks.give_up_all(webhook.id, now, f"address {why}")
    await append_admin_event(
        tx, webhook.jurisdiction, ENDED, actor=by, cause=cause, at=now, webhook=webhook.id, why=why
    )  # fmt: skip


async def _noted(tx: Writing, webhook: Webhook, event: str, by: By, now: datetime, **more: str) -> None:
    await append_admin_event(
        tx, webhook.jurisdiction, event, actor=by.id, cause=by.cause, at=now, webhook=webhook.id, **more
    )


async def _on(
    service: Service, by: By, webhook_id: str, what: Act, *, reply: Reply | None = None
) -> AdminResult | None:
    """Do something with an address, for who administers its jurisdiction."""

    async def act(tx: Writing, now: datetime) -> AdminResult:
        webhook = await tx.webhooks.get(webhook_id)
        if webhook is None:
            return AdminResult(key="webhook_is_gone", ok=False)
        if not await by.may(service, tx, webhook.jurisdiction):
            return AdminResult(key="admin_only", ok=False)
        done = await what(tx, webhook, now)
        return AdminResult(
            key=done.key, ok=done.ok, values={"shown": shown_of(webhook), **done.values}, messages=done.messages,
            secrets=done.secrets,
        )  # fmt: skip

    return await admin_transaction(service, act, cause=by.cause, requester=by.requester, reply=reply)
