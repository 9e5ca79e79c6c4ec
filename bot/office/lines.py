"""Reporting lines (报送关系): offered by an administrator of the office that reports, agreed to by one above.

Each act is one transaction with its entry in the logs of both offices, as far as they are of this installation. To
another one a line is made by whoever runs the machine, with a token that the office above gave out: so it agrees. The
token stands in no log and no row as it is (``bot.sealed``), and is typed in no chat.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.callback_data import new_id
from bot.notifier.addresses import BadAddress
from bot.notifier.webhook import Allowed, target_of
from bot.office.administration import AdminResult, Reply, admin_transaction, admins, append_admin_event
from bot.office.webhooks import By
from bot.outgoing.messages import OutgoingMessage
from bot.render import Message
from bot.render.lines import ShownLine, ended, offered
from bot.sealed import digest
from bot.service.service import Service
from plans.core.keys import to_person
from plans.lines import superiors
from plans.model import Plan
from storage.lines import Line
from storage.people import shown_name
from storage.transaction import Reading, Writing

OFFERED, AGREED, ENDED = "line-offered", "line-agreed", "line-ended"
"""Entries of the admin logs."""

MONTH = timedelta(days=30)
"""For so long it is heard of a case after something went up."""

_JOINED = re.compile(r"[、，,；;]")
_TOKEN = re.compile(r"tocsin_[A-Za-z0-9_-]{40,80}")

Act = Callable[[Writing, Line, datetime], Awaitable[AdminResult]]


def named_in(words: Sequence[str]) -> list[str]:
    """Return the names in what somebody typed: those that he joined as a list of names is written, one by one."""
    return [name for word in words for name in _JOINED.split(word) if name]


def plans_in(service: Service, jurisdiction: str) -> list[Plan]:
    """Return the installed plans of a jurisdiction."""
    plans = (service.registry.current(name) for name in service.registry.ids)
    return [plan for plan in plans if plan.jurisdiction.name == jurisdiction]


def above(service: Service, jurisdiction: str) -> tuple[str, ...]:
    """Return those to whom the plans of a jurisdiction want reports made."""
    return tuple(dict.fromkeys(name for plan in plans_in(service, jurisdiction) for name in superiors(plan)))


def places(service: Service) -> list[str]:
    """Return the jurisdictions of this installation."""
    plans = (service.registry.current(name) for name in service.registry.ids)
    return list(dict.fromkeys(plan.jurisdiction.name for plan in plans))


async def offer(
    service: Service, by: By, jurisdiction: str, place: str, recipients: Sequence[str], *, reply: Reply | None = None
) -> AdminResult | None:
    """Offer a line to another jurisdiction of this installation; it stands when that has agreed."""

    async def act(tx: Writing, now: datetime) -> AdminResult:
        problem = await _refused(service, tx, by, jurisdiction, place, recipients)
        if problem is None and place not in places(service):
            problem = AdminResult(key="line_place", ok=False, values={"given": place[:40]})
        back = await _way(tx, place, jurisdiction) if problem is None else []
        if back:
            problem = AdminResult(key="line_round", ok=False, values={"way": " → ".join([jurisdiction, *back])})
        if problem is not None:
            return problem
        line = Line(
            id=new_id(), jurisdiction=jurisdiction, place=place, recipients=tuple(dict.fromkeys(recipients)),
            offered_by=by.id, offered_at=now,
        )  # fmt: skip
        await tx.lines.add(line)
        await _noted(tx, line, OFFERED, by, now, recipients=list(line.recipients))
        asked = await _letters(service, tx, place, lambda: offered(shown(line)), "line_offered", now)
        values = {"id": line.id, "place": place, "names": list(line.recipients)}
        return AdminResult(key="line_offered" if asked else "line_nobody", values=values, messages=tuple(asked))

    return await admin_transaction(service, act, cause=by.cause, requester=by.requester, reply=reply)


async def connect(
    service: Service, by: By, jurisdiction: str, place: str, recipients: Sequence[str], *, url: str, token: str,
    allowed: Allowed,
) -> AdminResult | None:  # fmt: skip
    """Make a line to another installation, with the token that it gave out."""

    async def act(tx: Writing, now: datetime) -> AdminResult:
        problem = await _refused(service, tx, by, jurisdiction, place, recipients)
        if problem is not None:
            return problem
        base = url.rstrip("/")
        try:
            target = target_of(base, allowed)
        except BadAddress as wrong:
            return AdminResult(key="line_address", ok=False, values={"problem": str(wrong)})
        if "?" in base or base.endswith("/api/v1"):
            return AdminResult(key="line_address_part", ok=False)
        if not _TOKEN.fullmatch(token):
            return AdminResult(key="line_token", ok=False)
        if await tx.api_tokens.by_digest(digest(token)) is not None or await tx.places.bound(place):
            return AdminResult(key="line_here", ok=False, values={"below": jurisdiction, "place": place})
        key = service.seal.new_key()
        line = Line(
            id=new_id(), jurisdiction=jurisdiction, place=place, recipients=tuple(dict.fromkeys(recipients)), url=base,
            key=key, token=service.seal.hidden(key, token), offered_by=by.id, offered_at=now, agreed_at=now,
        )  # fmt: skip
        await tx.lines.add(line)
        await _noted(
            tx, line, OFFERED, by, now, recipients=list(line.recipients), address=digest(base), origin=target.origin
        )
        await _go_on(tx, line, now)
        return AdminResult(key="line_connected", values={"id": line.id, "place": place, "origin": target.origin})

    return await admin_transaction(service, act, cause=by.cause, requester=by.requester)


async def agree(service: Service, by: By, line_id: str, terms: str) -> AdminResult | None:
    """Agree to a line, for who administers the office above.

    Args:
        terms: of what was shown (:func:`terms_of`); another line, or other terms, are not agreed to.
    """

    async def act(tx: Writing, line: Line, now: datetime) -> AdminResult:
        if line.url or not await by.may(service, tx, line.place):
            return AdminResult(key="admin_only", ok=False)
        if line.agreed_at is not None or line.ended_at is not None:
            return AdminResult(key="line_same", ok=False)
        if terms_of(line) != terms:
            return AdminResult(key="line_changed", ok=False)
        await tx.lines.change(line.id, agreed_at=now, agreed_by=by.id)
        await _noted(tx, line, AGREED, by, now)
        await _go_on(tx, line, now)
        return AdminResult(key="line_agreed")

    return await _on(service, by, line_id, act)


async def end(service: Service, by: By, line_id: str) -> AdminResult | None:
    """End a line, for who administers either office; what waits is not brought, and its seat is told."""

    async def act(tx: Writing, line: Line, now: datetime) -> AdminResult:
        below = await by.may(service, tx, line.jurisdiction)
        if not below and (line.url or not await by.may(service, tx, line.place)):
            return AdminResult(key="admin_only", ok=False)
        if line.ended_at is not None:
            return AdminResult(key="line_same", ok=False)
        await tx.lines.change(line.id, ended_at=now, ended_by=by.id, token="", key="")
        await _noted(tx, line, ENDED, by, now)
        await tx.submissions.hasten(line.id, now)
        other = line.place if below else line.jurisdiction
        told = () if line.url else await _letters(service, tx, other, lambda: ended(shown(line)), "line_ended", now)
        return AdminResult(key="line_over", messages=tuple(told))

    return await _on(service, by, line_id, act)


async def hasten(service: Service, by: By, line_id: str) -> AdminResult | None:
    """Try at once what waits for a line."""

    async def act(tx: Writing, line: Line, now: datetime) -> AdminResult:
        if not await by.may(service, tx, line.jurisdiction):
            return AdminResult(key="admin_only", ok=False)
        await tx.submissions.hasten(line.id, now)
        return AdminResult(key="line_hastened")

    return await _on(service, by, line_id, act)


async def _go_on(tx: Writing, line: Line, now: datetime) -> None:
    """Let a line go on with the cases of those that led from the same office to the same one before."""
    earlier = [other.id for other in await tx.lines.of([line.jurisdiction]) if line.follows(other)]
    await tx.lines.stir_lines(earlier, now - MONTH, now)


def terms_of(line: Line) -> str:
    """Return by what it is known again what was shown of a line."""
    return digest("\n".join([line.id, line.jurisdiction, line.place, *line.recipients]))[:16]


async def standing(rx: Reading, jurisdictions: Collection[str] | None = None) -> list[ShownLine]:
    """Return the lines from and to some jurisdictions, or all, that are not over, as administrators are shown them."""
    counts, found = await rx.submissions.standing(), []
    for line in await rx.lines.of(jurisdictions):
        waits, dead = counts.get(line.id, (0, 0))
        if line.ended_at is not None and not waits:
            continue
        person = await rx.people.get(line.offered_by) if line.offered_by else None
        found.append(shown(line, shown_name(person) if person is not None else "", waits, dead))
    return found


def shown(line: Line, by: str = "", waits: int = 0, dead: int = 0) -> ShownLine:
    """Return a line as administrators are shown it."""
    return ShownLine(
        id=line.id, jurisdiction=line.jurisdiction, place=line.place, recipients=line.recipients,
        url=line.url, by=by, since=line.offered_at, agreed_at=line.agreed_at, over=line.ended_at is not None,
        heard_at=line.heard_at, error=line.error, waiting=waits, dead=dead, terms=terms_of(line),
    )  # fmt: skip


async def _refused(
    service: Service, tx: Writing, by: By, jurisdiction: str, place: str, recipients: Sequence[str]
) -> AdminResult | None:
    """Return why a line cannot be made."""
    if not await by.may(service, tx, jurisdiction):
        return AdminResult(key="admin_only", ok=False)
    known = above(service, jurisdiction)
    wrong = [name for name in recipients if name not in known]
    if not recipients or wrong:
        return AdminResult(
            key="line_recipients", ok=False, values={"given": (wrong or [""])[0][:40], "known": list(known)}
        )
    if place == jurisdiction:
        return AdminResult(key="line_itself", ok=False)
    there = [item for item in await tx.lines.up_from(jurisdiction) if item.place == place]
    if there:
        return AdminResult(key="line_there", ok=False, values={"place": place})
    taken = {name: item.place for item in await tx.lines.up_from(jurisdiction) for name in item.recipients}
    twice = next((name for name in recipients if name in taken), "")
    if twice:
        return AdminResult(key="line_taken", ok=False, values={"name": twice, "place": taken[twice]})
    return None


async def _way(tx: Reading, start: str, end: str) -> list[str]:
    """Return the places through which reports go up from one to another, both with them; empty where none do.

    Offered lines count as well. Beyond this installation nothing is known: there the route of a report tells.
    """
    found, ways = {start}, [[start]]
    while ways:
        way = ways.pop(0)
        if way[-1] == end:
            return way
        for line in await tx.lines.up_from(way[-1]):
            if not line.url and line.place not in found:
                found.add(line.place)
                ways.append([*way, line.place])
    return []


async def _letters(
    service: Service, tx: Reading, place: str, words: Callable[[], Message], notice: str, now: datetime
) -> list[OutgoingMessage]:
    """Return a message to each administrator of a jurisdiction."""
    people = {person.id: person for plan in plans_in(service, place)[:1] for person in await admins(service, tx, plan)}
    return [
        OutgoingMessage(
            place_id=person.place_id or "", message=words(), notice=notice,
            audience=to_person(person.id), person_id=person.id, priority=2, jurisdiction=place,
        )
        for person in people.values()
    ]  # fmt: skip


async def _noted(tx: Writing, line: Line, event: str, by: By, now: datetime, **more: Any) -> None:
    """Write an act to the logs of both offices."""
    logs = [line.jurisdiction] if line.url else [line.jurisdiction, line.place]
    for place in logs:
        await append_admin_event(
            tx, place, event, actor=by.id, cause=by.cause, at=now, line=line.id, below=line.jurisdiction,
            above=line.place, **more,
        )  # fmt: skip


async def _on(service: Service, by: By, line_id: str, what: Act) -> AdminResult | None:
    async def act(tx: Writing, now: datetime) -> AdminResult:
        line = await tx.lines.get(line_id)
        if line is None:
            return AdminResult(key="line_is_gone", ok=False)
        done = await what(tx, line, now)
        values = {"below": line.jurisdiction, "place": line.place, **done.values}
        return AdminResult(key=done.key, ok=done.ok, values=values, messages=done.messages)

    return await admin_transaction(service, act, cause=by.cause, requester=by.requester)
