"""A screen of the duty room (值班室大屏) shows one jurisdiction once an administrator has confirmed its code in chat.

The screen holds a secret from which its code is made; when it is paired it is given another one at its first look, so
that whoever knew the first one has nothing.
"""

from __future__ import annotations

import hashlib
import ipaddress
import secrets
import unicodedata
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta

from bot.callback_data import new_id
from bot.clock import SHANGHAI
from bot.office.administration import (
    AdminResult,
    Reply,
    admin_transaction,
    admin_transaction_again,
    admins,
    append_admin_event,
    may_administer,
)
from bot.office.board import close
from bot.office.people import FRIDAY, bound_plans
from bot.outgoing.messages import OutgoingMessage
from bot.render.board import PairedWall, ending_soon
from bot.sealed import digest
from bot.service.requests import Requester
from bot.service.service import Service
from plans.core.keys import to_person
from storage import Writing
from storage.people import Person, shown_name
from storage.transaction import Reading
from storage.web_sessions import WebScreen, WebSession

CODE_LASTS = timedelta(minutes=10)
WALL_LASTS = timedelta(days=180)
ASKED_AGAIN = timedelta(days=15)
"""So long before a wall ends the administrators are asked whether it goes on: on two Fridays at least."""

MOST_WALLS = 20
"""In one jurisdiction."""

MOST_WAITING, MOST_OF_ONE = 500, 20
"""Screens that wait, in all and of one address."""

LETTERS = "ACDEFHJKMNPRTVWXY34679"
"""Of codes: none that looks like another one from four metres (0 O Q, 1 I L, 2 Z, 5 S, 8 B, U V, 6 G)."""

LENGTH = 6
PAIRED, LOOKED, RENEWED = "wall-paired", "wall-opened", "wall-renewed"
"""Entries of the admin log; the end of a wall is that of any session."""


def code_of(secret: str) -> str:
    """Return the code of a screen: made of its secret, so that it need not be kept to be shown again."""
    number = int.from_bytes(hashlib.sha256(b"tocsin wall code\0" + secret.encode()).digest())
    letters = []
    for _ in range(LENGTH):
        number, rest = divmod(number, len(LETTERS))
        letters.append(LETTERS[rest])
    return "".join(letters)


def read_code(said: str) -> str | None:
    """Return the code that somebody typed, whatever case, width and gaps; None where it is none."""
    plain = "".join(character for character in unicodedata.normalize("NFKC", said).upper() if character not in " -·.")
    return plain if len(plain) == LENGTH and all(character in LETTERS for character in plain) else None


async def wait(service: Service, address: str) -> tuple[str, datetime] | None:
    """Let a screen wait to be paired; return its secret and until when its code holds, None where too many wait there.

    Where too many wait in all, one of those goes of whom the most wait (:func:`crowding`), and is shown another code
    when it looks again: who opens screens from many addresses keeps nobody from pairing his.

    Args:
        address: from which it asks.
    """
    now = service.clock.now()
    async with service.store.writing("web.waiting") as tx:
        await tx.web_sessions.forget_screens(now)
        if await tx.web_sessions.count_waiting(address) >= MOST_OF_ONE:
            return None
        if await tx.web_sessions.count_waiting() >= MOST_WAITING:
            await tx.web_sessions.take_screen(crowding(await tx.web_sessions.all_waiting(), address).digest, now)
        while True:
            secret = secrets.token_urlsafe(32)
            screen = WebScreen(
                digest=digest(secret), code=digest(code_of(secret)), address=address, created_at=now,
                until=now + CODE_LASTS,
            )  # fmt: skip
            if await tx.web_sessions.wait(screen):
                return secret, screen.until


def crowding(screens: Sequence[WebScreen], address: str) -> WebScreen:
    """Return which of the screens that wait goes for one from an address.

    The oldest of the one address, of the neighbouring ones, of the wider network of which the most wait: whoever has
    many addresses has them in few networks.
    """
    counts: Counter[str] = Counter(_networks(address))
    for screen in screens:
        counts.update(_networks(screen.address))
    return min(screens, key=lambda screen: (*(-counts[name] for name in _networks(screen.address)), screen.created_at))


def _networks(address: str) -> tuple[str, str, str]:
    """Return the network of a provider in which an address lies, that of an office, and that of a machine."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return f"{address} wide", f"{address} middle", address
    wide, middle = (16, 24) if found.version == 4 else (32, 48)
    narrow = 32 if found.version == 4 else 64
    return _within(found, wide), _within(found, middle), _within(found, narrow)


def _within(address: ipaddress.IPv4Address | ipaddress.IPv6Address, bits: int) -> str:
    return str(ipaddress.ip_network((address, bits), strict=False))


async def pair(
    service: Service, person: Person, screen: str, jurisdiction: str, *, cause: str, requester: Requester,
    reply: Reply | None = None,
) -> AdminResult | None:  # fmt: skip
    """Let the screen that was shown to an administrator show a jurisdiction, if it looks within minutes.

    Args:
        screen: the digest by which it waits: another one with the same code is not meant.
    """

    async def act(tx: Writing, now: datetime) -> AdminResult:
        if requester.via != "direct" or not await may_administer(service, tx, person, jurisdiction):
            return AdminResult(key="admin_only", ok=False)
        walls = [item for item in await tx.web_sessions.walls(now) if jurisdiction in item.jurisdictions]
        if len(walls) >= MOST_WALLS:
            return AdminResult(key="wall_many", ok=False, values={"most": MOST_WALLS})
        waiting = await tx.web_sessions.take_screen(screen, now)
        if waiting is None:
            return AdminResult(key="wall_over", ok=False)
        wall = WebSession(
            id=new_id(), digest=waiting.digest, kind="wall", person_id=person.id, jurisdictions=[jurisdiction],
            address=waiting.address, created_at=waiting.created_at, confirmed_at=now, until=now + CODE_LASTS,
        )  # fmt: skip
        await tx.web_sessions.open(wall)
        await append_admin_event(
            tx, jurisdiction, PAIRED, actor=person.id, cause=cause, at=now, session=wall.id, person=person.id,
            digest=wall.digest, until=wall.until.isoformat(),
        )  # fmt: skip
        return AdminResult(key="wall_paired", values={"jurisdiction": jurisdiction})

    return await admin_transaction(service, act, cause=cause, requester=requester, reply=reply)


async def look_first(service: Service, wall: WebSession) -> str | None:
    """Give a paired wall, at its first look, a secret that nobody else has; None when it has one."""
    secret, cause = secrets.token_urlsafe(32), f"wall:{wall.id}"
    changed: list[str] = []

    async def act(tx: Writing, now: datetime) -> AdminResult:
        changed.clear()  # of a try that came to nothing
        until = now + WALL_LASTS
        if await tx.web_sessions.change_secret(wall.id, wall.digest, digest(secret), until, now):
            changed.append(secret)
            for name in wall.jurisdictions:
                await append_admin_event(
                    tx, name, LOOKED, actor="", cause=cause, at=now, session=wall.id, digest=digest(secret),
                    until=until.isoformat(),
                )  # fmt: skip
        return AdminResult(key="wall_opened")

    await admin_transaction_again(service, act, cause=cause)
    return changed[0] if changed else None


async def unpair(
    service: Service, person: Person, wall_id: str, *, cause: str, requester: Requester, reply: Reply | None = None
) -> AdminResult | None:
    """End a wall: the screen shows a code again at its next look."""

    async def act(tx: Writing, wall: WebSession, now: datetime) -> AdminResult:
        await close(tx, wall.id, by=person.id, cause=cause, now=now)
        return AdminResult(key="wall_ended", values={"jurisdiction": wall.jurisdictions[0]})

    return await _on_wall(service, person, wall_id, act, cause=cause, requester=requester, reply=reply)


async def renew(
    service: Service, person: Person, wall_id: str, *, cause: str, requester: Requester, reply: Reply | None = None
) -> AdminResult | None:
    """Let a wall hang for another half year from now."""

    async def act(tx: Writing, wall: WebSession, now: datetime) -> AdminResult:
        until = now + WALL_LASTS
        await tx.web_sessions.extend(wall.id, until, now)
        await append_admin_event(
            tx, wall.jurisdictions[0], RENEWED, actor=person.id, cause=cause, at=now, session=wall.id,
            until=until.isoformat(),
        )  # fmt: skip
        return AdminResult(key="wall_renewed", values={"jurisdiction": wall.jurisdictions[0], "until": until})

    return await _on_wall(service, person, wall_id, act, cause=cause, requester=requester, reply=reply)


async def _on_wall(
    service: Service, person: Person, wall_id: str,
    what: Callable[[Writing, WebSession, datetime], Awaitable[AdminResult]], *,
    cause: str, requester: Requester, reply: Reply | None,
) -> AdminResult | None:  # fmt: skip
    """Do something with a wall that hangs, for who administers its jurisdiction."""

    async def act(tx: Writing, now: datetime) -> AdminResult:
        walls = [item for item in await tx.web_sessions.walls(now) if item.id == wall_id]
        if not walls:
            return AdminResult(key="wall_gone", ok=False)
        if requester.via != "direct" or not await may_administer(service, tx, person, walls[0].jurisdictions[0]):
            return AdminResult(key="admin_only", ok=False)
        return await what(tx, walls[0], now)

    return await admin_transaction(service, act, cause=cause, requester=requester, reply=reply)


async def ask_about_ending(service: Service, now: datetime) -> None:
    """Ask the administrators on Fridays whether walls that end soon go on: none goes dark unsaid."""
    local = now.astimezone(SHANGHAI)
    if local.weekday() != FRIDAY:
        return
    asked: dict[str, tuple[Person, list[PairedWall]]] = {}
    async with service.store.reading() as rx:
        ending = [item for item in await shown(rx, now) if item.until <= now + ASKED_AGAIN and item.seen_at is not None]
        for plan in await bound_plans(rx, service) if ending else ():
            for person in await admins(service, rx, plan):
                known = asked.setdefault(person.id, (person, []))[1]
                known += [item for item in ending if item.jurisdiction == plan.jurisdiction.name and item not in known]
    await service.say(
        [
            OutgoingMessage(
                place_id=person.place_id or "", message=ending_soon(walls, now), notice="wall_ends",
                audience=to_person(person.id), person_id=person.id, priority=3,
            )
            for person, walls in asked.values()
            if walls
        ],
        cause=f"walls:{local.date().isoformat()}",
        requester=Requester(),
    )  # fmt: skip


async def shown(rx: Reading, now: datetime) -> list[PairedWall]:
    """Return the walls that hang, as administrators are shown them."""
    found = []
    for item in await rx.web_sessions.walls(now):
        person = await rx.people.get(item.person_id)
        found.append(
            PairedWall(
                id=item.id, jurisdiction=item.jurisdictions[0], by=shown_name(person) if person is not None else "",
                address=item.address, paired_at=item.confirmed_at or item.created_at, seen_at=item.seen_at,
                until=item.until,
            )
        )  # fmt: skip
    return found
