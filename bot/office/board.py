"""A person looks by browser: a link that opens once, and a session that ends when his rights do.

Only digests of secrets are kept. Links and sessions are written to the admin log of every jurisdiction that the person
belongs to, as roles are.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.callback_data import new_id
from bot.office.administration import (
    AdminResult,
    Reply,
    admin_transaction,
    admin_transaction_again,
    append_admin_event,
)
from bot.office.reader import Reader
from bot.outgoing.addresses import ANY_PLAN
from bot.outgoing.messages import OutgoingMessage
from bot.render.board import OpenSession
from bot.render.board import opened as opened_message
from bot.sealed import digest
from bot.service.requests import Requester
from bot.service.service import Service
from plans.core.keys import to_person
from storage import Writing
from storage.people import Person
from storage.transaction import Reading
from storage.web_sessions import WebLink, WebSession

LINK_LASTS = timedelta(minutes=10)
SESSION_LASTS = timedelta(hours=12)
MOST_SESSIONS = 5
"""Of one person; the next one ends the oldest."""

ENTER = "/board/enter/"
"""Begins the path of a link; its secret is what follows."""

MADE, OPENED, CLOSED = "board-link-made", "board-opened", "board-closed"
"""Entries of the admin log."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rights:
    """What somebody may see now.

    Attributes:
        jurisdictions: where something is held, or administered.
    """

    reader: Reader
    jurisdictions: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Opened:
    """A session that was opened now.

    Attributes:
        secret: for the cookie; nothing keeps it.
    """

    id: str
    secret: str
    until: datetime


async def rights_of(rx: Reading, service: Service, person: Person | None) -> Rights | None:
    """Return what a person may see now; None for who holds nothing, was erased, or has blocked the bot."""
    if person is None or person.telegram_id is None or person.blocked_at is not None:
        return None
    holdings = tuple(await rx.people.holdings(person.id))
    reader = Reader(person_id=person.id, holdings=holdings, admin=person.telegram_id in service.admins)
    names = reader.jurisdictions()
    if reader.admin or any(item.jurisdiction == ANY_PLAN for item in holdings):
        names += [name for name, _, _ in await rx.places.bindings()]
    return Rights(reader=reader, jurisdictions=tuple(dict.fromkeys(names))) if names else None


async def make_link(
    service: Service, person: Person, base: str, *, cause: str, requester: Requester, reply: Reply
) -> AdminResult | None:
    """Make a link for a person; the one that he was given before and has not used opens nothing any more.

    Args:
        base: the board's address, without a slash at the end.
    """

    async def act(tx: Writing, now: datetime) -> AdminResult:
        if requester.via != "direct":
            return AdminResult(key="board_direct", ok=False)
        rights = await rights_of(tx, service, person)
        if rights is None:
            key = "board_nothing" if person.telegram_id in service.admins else "stranger"
            return AdminResult(key=key, ok=False)
        number, kept = service.seal.new()
        await tx.web_sessions.end_links(person.id, now)
        opened = await tx.web_sessions.sessions_of(person.id, now)
        link = WebLink(digest=kept, person_id=person.id, created_at=now, until=now + LINK_LASTS)
        await tx.web_sessions.add_link(link)
        for name in rights.jurisdictions:
            await append_admin_event(
                tx, name, MADE, actor=person.id, cause=cause, at=now, digest=kept, until=link.until.isoformat()
            )
        values = {"link": f"{base}{ENTER}{number}", "opened": opened}
        return AdminResult(key="board_link", values=values, secrets=(number,))

    return await admin_transaction(service, act, cause=cause, requester=requester, reply=reply)


async def enter(service: Service, secret: str, address: str) -> Opened | None:
    """Use a link, and open the session of whom it was made for; None where it opens nothing, or nothing any more.

    Args:
        address: from which it is used.
    """
    kept, now = digest(secret), service.clock.now()
    async with service.store.reading() as rx:
        link = await rx.web_sessions.link(kept)
    if link is None or link.used_at is not None or link.ended_at is not None or link.until <= now:
        return None  # so that whoever guesses writes nothing
    opened: list[Opened] = []
    cause = f"board:{kept}"

    async def act(tx: Writing, now: datetime) -> AdminResult:
        opened.clear()  # of a try that came to nothing
        used = await tx.web_sessions.use_link(kept, now)
        person = await tx.people.get(link.person_id)
        rights = await rights_of(tx, service, person)
        if used is None or person is None or rights is None:
            return AdminResult(key="board_over", ok=False)
        older = await tx.web_sessions.sessions_of(person.id, now)
        for session in older[: max(0, len(older) + 1 - MOST_SESSIONS)]:
            await close(tx, session.id, by=person.id, cause=cause, now=now)
        cookie = secrets.token_urlsafe(32)
        session = WebSession(
            id=new_id(), digest=digest(cookie), kind="person", person_id=person.id, address=address,
            jurisdictions=rights.jurisdictions, created_at=now, used_at=now, seen_at=now, until=now + SESSION_LASTS,
        )  # fmt: skip
        await tx.web_sessions.open(session)
        for name in rights.jurisdictions:
            await append_admin_event(
                tx, name, OPENED, actor=person.id, cause=cause, at=now, session=session.id, person=person.id,
                link=kept, digest=session.digest, until=session.until.isoformat(),
            )  # fmt: skip
        opened.append(Opened(id=session.id, secret=cookie, until=session.until))
        told = OpenSession(id=session.id, address=address, opened_at=now, seen_at=now, until=session.until)
        message = OutgoingMessage(
            place_id=person.place_id or "", message=opened_message(told), notice="board_opened",
            audience=to_person(person.id), person_id=person.id,
        )  # fmt: skip
        return AdminResult(key="board_opened", messages=(message,) if person.place_id is not None else ())

    await admin_transaction_again(service, act, cause=cause)
    return opened[0] if opened else None


async def close(tx: Writing, session_id: str, *, by: str, cause: str, now: datetime) -> bool:
    """End a session, of a wall or a person, with a line in the logs in which it stands; False when it was over.

    Args:
        by: who ended it, empty where nobody did.
    """
    ended = await tx.web_sessions.end(session_id, now)
    if ended is None:
        return False
    for name in ended.jurisdictions:
        await append_admin_event(
            tx, name, CLOSED, actor=by, cause=cause, at=now, session=ended.id, person=ended.person_id, kind=ended.kind
        )
    return True


async def close_all(tx: Writing, person_id: str, *, by: str, cause: str, now: datetime) -> int:
    """End all sessions of a person and withdraw his links; return how many sessions there were."""
    await tx.web_sessions.end_links(person_id, now)
    sessions = await tx.web_sessions.sessions_of(person_id, now)
    for session in sessions:
        await close(tx, session.id, by=by, cause=cause, now=now)
    return len(sessions)


async def close_where_over(tx: Writing, person_id: str, *, by: str, cause: str, now: datetime) -> None:
    """End a person's sessions where nothing is held any more; to be asked whenever a role was taken away."""
    if not await tx.people.holdings(person_id):
        await close_all(tx, person_id, by=by, cause=cause, now=now)


async def drop(service: Service, session_id: str, by: str = "") -> None:
    """End a session from outside the chat: its browser was left, or whose it was has no right to it any more.

    Args:
        by: who left it.
    """
    cause = f"board-over:{session_id}"

    async def act(tx: Writing, now: datetime) -> AdminResult:
        await close(tx, session_id, by=by, cause=cause, now=now)
        return AdminResult(key="board_over")

    await admin_transaction_again(service, act, cause=cause)


async def leave(
    service: Service, person: Person, session_id: str | None, *, cause: str, requester: Requester,
    reply: Reply | None = None,
) -> AdminResult | None:  # fmt: skip
    """End one of a person's own sessions, or all of them and what links are open.

    Args:
        session_id: None for all.
    """

    async def act(tx: Writing, now: datetime) -> AdminResult:
        if session_id is None:
            count = await close_all(tx, person.id, by=person.id, cause=cause, now=now)
            return AdminResult(key="board_left_all", values={"count": count})
        own = [item for item in await tx.web_sessions.sessions_of(person.id, now) if item.id == session_id]
        if not own or not await close(tx, session_id, by=person.id, cause=cause, now=now):
            return AdminResult(key="board_gone", ok=False)
        return AdminResult(key="board_left")

    return await admin_transaction(service, act, cause=cause, requester=requester, reply=reply)
