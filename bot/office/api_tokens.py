"""Tokens of other systems: an administrator makes one in private or on the command line, and ends it with one tap.

A token is for one jurisdiction, some of its plans, and some of four scopes. It stands for the system, not for whoever
made it: it goes on when he leaves, and whoever administers then ends it.

A system that is given another secret stays the same one only where an administrator says so: the token keeps its id, by
which what the system brought, its keys and its log are known. That another system bears the same name says nothing.
"""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import datetime, timedelta

from bot.clock import SHANGHAI
from bot.office.administration import (
    AdminResult,
    Reply,
    admin_transaction,
    admins,
    append_admin_event,
    may_administer,
)
from bot.office.api_wanted import DAYS, NotRead, Wanted, checked, units_of
from bot.office.people import FRIDAY
from bot.outgoing.messages import OutgoingMessage
from bot.render.api_tokens import KeptToken, ending_soon, made_by_another
from bot.sealed import digest
from bot.service.requests import Requester
from bot.service.service import Service
from plans.core.keys import to_person
from plans.model import Plan
from storage import Writing
from storage.api_tokens import ApiToken
from storage.people import Person, shown_name
from storage.transaction import Reading

PREFIX = "tocsin_"
"""Begins every token, so that one is found where it should not stand: in a file, a chat, a log."""


ASKED_AGAIN = timedelta(days=15)
"""So long before a token ends the administrators are asked whether it goes on: on two Fridays at least."""

MOST_TOKENS = 50
"""Of one jurisdiction."""

MOST_NAMESAKES = 3
"""So many earlier tokens of a name are offered as the one whose system is meant."""


BOTH = timedelta(days=7)
"""So long the secret before opens beside a new one: nothing is refused until that is typed in at the other end."""

MADE, REVOKED, RENEWED, REPLACED = "api-token-made", "api-token-revoked", "api-token-renewed", "api-token-replaced"
"""Entries of the admin log."""


def new_secret() -> str:
    """Return a token of 256 bits, for the command line, which prints it once."""
    return PREFIX + secrets.token_urlsafe(32)


async def keep(tx: Writing, token: ApiToken, *, cause: str, now: datetime) -> None:
    """Keep a token, with an entry in the admin log: its digest and all that it may do."""
    await tx.api_tokens.add(token)
    await _noted(tx, token, MADE, by=token.created_by, cause=cause, now=now)


async def put_in_place(
    tx: Writing, before: ApiToken, token: ApiToken, *, by: str, cause: str, now: datetime
) -> ApiToken:
    """Give the system of a token another secret, and what it may from now on, with an entry in the admin log.

    The secret before opens beside it for a while, unless the token had ended: who had it revoked wants it shut.

    Args:
        token: what was asked for; the id and who made it stay those of ``before``.
    """
    both = min(before.until, now + BOTH) if before.holds(now) else None
    kept = replace(
        token, id=before.id, created_by=before.created_by, created_at=before.created_at, used_at=before.used_at,
        digest_before=before.digest if both is not None else "", before_until=both,
    )  # fmt: skip
    await tx.api_tokens.replace(kept)
    until = both.isoformat() if both is not None else None
    await _noted(
        tx, kept, REPLACED, by=by, cause=cause, now=now, digest_before=kept.digest_before, before_until=until
    )  # fmt: skip
    return kept


async def _noted(
    tx: Writing, token: ApiToken, event: str, *, by: str, cause: str, now: datetime, **more: str | None
) -> None:
    await append_admin_event(
        tx, token.jurisdiction, event, actor=by, cause=cause, at=now, token=token.id, system=token.name,
        plans=list(token.plans), scopes=list(token.scopes), units=list(token.units), rate=token.rate,
        until=token.until.isoformat(), digest=token.digest, **more, own=(),
    )  # fmt: skip


async def end(tx: Writing, token: ApiToken, *, by: str, cause: str, now: datetime) -> bool:
    """Revoke a token, with an entry in the admin log; False when it was before."""
    if not await tx.api_tokens.revoke(token.id, now):
        return False
    await append_admin_event(
        tx, token.jurisdiction, REVOKED, actor=by, cause=cause, at=now, token=token.id, system=token.name, own=()
    )
    return True


async def make(
    service: Service, person: Person, wanted: Wanted, once: str, *, of: str = "", requester: Requester, reply: Reply
) -> AdminResult | None:
    """Make the token that was shown, once; the other administrators are told.

    Args:
        once: of what was shown, so that a second press makes no second one.
        of: the token whose system is given another secret; empty = it is for a system of its own.
    """

    async def act(tx: Writing, now: datetime) -> AdminResult:
        if requester.via != "direct" or not await may_administer(service, tx, person, wanted.jurisdiction):
            return AdminResult(key="admin_only", ok=False)
        here = [plan for plan in _installed(service) if plan.jurisdiction.name == wanted.jurisdiction]
        try:
            checked(wanted, here)
            units_of(
                [plan for plan in here if wanted.plans in ((), (plan.id,)) or plan.id in wanted.plans], wanted.units
            )
        except NotRead as problem:
            return AdminResult(key=problem.key, ok=False, values=dict(problem.values))
        before = await tx.api_tokens.get(of) if of else None
        if of and (before is None or (before.jurisdiction, before.name) != (wanted.jurisdiction, wanted.name)):
            return AdminResult(key="token_gone", ok=False)
        held = [item for item in await tx.api_tokens.of(wanted.jurisdiction, now) if item.id != of]
        if len(held) >= MOST_TOKENS:
            return AdminResult(key="token_many", ok=False, values={"most": MOST_TOKENS})
        numbers, kept = service.seal.new_long(PREFIX)
        token = wanted.token(kept, person.id, now)
        if before is None:
            await keep(tx, token, cause=once, now=now)
        else:
            token = await put_in_place(tx, before, token, by=person.id, cause=once, now=now)
        others = {one.id: one for plan in here for one in await admins(service, tx, plan) if one.id != person.id}
        message = made_by_another(shown(token, shown_name(person), service), now, again=before is not None)
        told = tuple(
            OutgoingMessage(
                place_id=one.place_id or "", message=message, notice="token_told", audience=to_person(one.id),
                person_id=one.id, jurisdiction=token.jurisdiction, priority=3,
            )
            for one in others.values()
        )  # fmt: skip
        values = {"secret": PREFIX + "".join(numbers), "name": token.name, "until": token.until}
        values |= {"again": before is not None, "both": token.before_until}
        return AdminResult(key="token_made", values=values, secrets=numbers, messages=told)

    return await admin_transaction(service, act, cause=once, requester=requester, reply=reply)


async def _administered(
    service: Service, tx: Writing, person: Person, token_id: str, requester: Requester, now: datetime
) -> ApiToken | AdminResult:
    """Return a token that holds, to somebody who administers its jurisdiction; else what he is told."""
    token = await tx.api_tokens.get(token_id)
    if token is None or not token.holds(now):
        return AdminResult(key="token_gone", ok=False)
    if requester.via != "direct" or not await may_administer(service, tx, person, token.jurisdiction):
        return AdminResult(key="admin_only", ok=False)
    return token


async def revoke(
    service: Service, person: Person, token_id: str, *, cause: str, requester: Requester, reply: Reply | None = None
) -> AdminResult | None:
    """End a token; whatever is asked with it from now on is refused."""

    async def act(tx: Writing, now: datetime) -> AdminResult:
        token = await _administered(service, tx, person, token_id, requester, now)
        if isinstance(token, AdminResult):
            return token
        await end(tx, token, by=person.id, cause=cause, now=now)
        return AdminResult(key="token_revoked", values={"name": token.name})

    return await admin_transaction(service, act, cause=cause, requester=requester, reply=reply)


async def renew(
    service: Service, person: Person, token_id: str, *, cause: str, requester: Requester, reply: Reply | None = None
) -> AdminResult | None:
    """Let a token that soon ends hold for another year from now; the secret stays."""

    async def act(tx: Writing, now: datetime) -> AdminResult:
        token = await _administered(service, tx, person, token_id, requester, now)
        if isinstance(token, AdminResult):
            return token
        until = now + timedelta(days=DAYS)
        if token.until < until:
            await tx.api_tokens.extend(token.id, until)
            await append_admin_event(
                tx, token.jurisdiction, RENEWED, actor=person.id, cause=cause, at=now, token=token.id,
                system=token.name, until=until.isoformat(), own=(),
            )  # fmt: skip
        return AdminResult(key="token_renewed", values={"name": token.name})

    return await admin_transaction(service, act, cause=cause, requester=requester, reply=reply)


async def ask_about_ending(service: Service, now: datetime) -> None:
    """Ask the administrators on Fridays whether tokens that end soon go on: no system is shut out unsaid."""
    local = now.astimezone(SHANGHAI)
    if local.weekday() != FRIDAY:
        return
    asked: dict[str, tuple[Person, list[KeptToken]]] = {}
    async with service.store.reading() as rx:
        ending = await rx.api_tokens.ending(now, now + ASKED_AGAIN)
        for token in ending:
            for plan in [plan for plan in _installed(service) if plan.jurisdiction.name == token.jurisdiction][:1]:
                for person in await admins(service, rx, plan):
                    asked.setdefault(person.id, (person, []))[1].append(shown(token, "", service))
    await service.say(
        [
            OutgoingMessage(
                place_id=person.place_id or "", message=ending_soon(tokens, now), notice="token_ends",
                audience=to_person(person.id), person_id=person.id, priority=3,
            )
            for person, tokens in asked.values()
        ],
        cause=f"tokens:{local.date().isoformat()}",
        requester=Requester(),
    )  # fmt: skip


async def kept(rx: Reading, service: Service, jurisdiction: str, now: datetime) -> list[KeptToken]:
    """Return the tokens of a jurisdiction that hold, as administrators are shown them."""
    found = []
    for token in await rx.api_tokens.of(jurisdiction, now):
        person = await rx.people.get(token.created_by) if token.created_by else None
        found.append(shown(token, shown_name(person) if person is not None else "", service))
    return found


async def namesakes(rx: Reading, service: Service, wanted: Wanted) -> list[KeptToken]:
    """Return the newest tokens of the same jurisdiction and name: one of them may be of the system that is meant."""
    found = await rx.api_tokens.named(wanted.jurisdiction, wanted.name)
    return [shown(token, "", service) for token in reversed(found[-MOST_NAMESAKES:])]


def shown(token: ApiToken, by: str, service: Service) -> KeptToken:
    """Return a token as administrators are shown it."""
    titles = {plan.id: plan.title for plan in _installed(service)}
    return KeptToken(
        id=token.id, name=token.name, jurisdiction=token.jurisdiction,
        plans=tuple(titles.get(plan, plan) for plan in token.plans), scopes=token.scopes, units=token.units,
        rate=token.rate, by=by, by_command=not token.created_by, made_at=token.created_at, until=token.until,
        used_at=token.used_at, revoked_at=token.revoked_at,
    )  # fmt: skip


def preview(wanted: Wanted, service: Service, now: datetime) -> KeptToken:
    """Return a token that is to be made, as it is shown before."""
    return replace(shown(wanted.token(digest(""), "", now), "", service), id="")


def _installed(service: Service) -> list[Plan]:
    return [service.registry.current(name) for name in service.registry.ids]
