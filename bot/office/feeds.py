"""Secret links at which a person's program reads on its own, for as long as he may: calendar, roster, warnings.

Rights are asked of the database at every reading. Links are written to the log of the office, by their digests.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial

from bot.clock import SHANGHAI
from bot.exchange.published import Due, Shift, calendar
from bot.office.administration import AdminResult, Reply, admin_transaction, append_admin_event, may_administer
from bot.office.board import Rights, rights_of
from bot.office.people import bound_plans
from bot.office.swap_shifts import own_shifts
from bot.outgoing.serving import Serving, serving
from bot.render.feeds import Link, Offer
from bot.render.naming import subject_of
from bot.sealed import digest
from bot.service.requests import Requester
from bot.service.service import Service
from bot.texts import feeds as t
from plans.model import Plan
from storage.feeds import FeedLink, Kind
from storage.people import Person
from storage.transaction import Reading, Writing

PATH = "/calendar/"
"""Begins the path of a calendar; its secret follows."""

WARNINGS = "/feed/"
"""Begins the paths of a feed of warnings; its secret follows."""

BACK, AHEAD = timedelta(days=31), timedelta(days=400)
"""What a calendar shows: whole days, so that it is the same for a day where nothing changed."""

DUTIES_AHEAD = timedelta(days=100)
LONGEST = 60
"""Letters of a duty's words in a title."""

SEEN_EVERY = timedelta(minutes=10)
MADE, ENDED = "feed-link-made", "feed-link-ended"
"""Entries of the admin log."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Opened:
    """A link that opens something now, and for whom; nobody's are those to warnings: they are another system's."""

    link: FeedLink
    person: Person | None
    rights: Rights | None


async def opened(rx: Reading, service: Service, secret: str, kinds: Collection[Kind]) -> Opened | None:
    """Return what a secret opens now; None where nothing, or nothing any more."""
    link = await rx.feeds.get(digest(secret))
    if link is None or link.ended_at is not None or link.kind not in kinds:
        return None
    if link.kind == "warnings":
        return Opened(link=link, person=None, rights=None)
    person = await rx.people.get(link.person_id)
    rights = await rights_of(rx, service, person)
    if person is None or rights is None or not _may(rights, link):
        return None
    return Opened(link=link, person=person, rights=rights)


def _may(rights: Rights, link: FeedLink) -> bool:
    return link.kind in ("own", "warnings") or rights.reader.serves(link.jurisdiction, link.plan_id)


async def offers(rx: Reading, service: Service, person: Person) -> list[Offer]:
    """Return what somebody may read by a link: his own calendar, and the rosters of the plans that he serves."""
    rights = await rights_of(rx, service, person)
    if rights is None:
        return []
    plans = rights.reader.served(await bound_plans(rx, service))
    return [Offer(kind="own", what=t.OWN), *(_of_roster(plan) for plan in plans)]


def _of_roster(plan: Plan) -> Offer:
    what = t.ROSTER.format(plan=subject_of(plan.title, plan))
    return Offer(kind="roster", what=what, jurisdiction=plan.jurisdiction.name, plan=plan.id)


async def offers_of_warnings(jurisdictions: Collection[str]) -> list[Offer]:
    """Return what the administrator of some jurisdictions may let another system read."""
    return [
        Offer(kind="warnings", what=t.WARNINGS.format(jurisdiction=name), jurisdiction=name) for name in jurisdictions
    ]


async def links_of_warnings(rx: Reading, service: Service, jurisdictions: Collection[str]) -> list[Link]:
    """Return the links to warnings of some jurisdictions."""
    return [
        Link(id=item.digest, offer=_offer(service, item), since=item.created_at, seen_at=item.seen_at)
        for item in await rx.feeds.of_places(jurisdictions)
    ]


async def links(rx: Reading, service: Service, person: Person, kinds: Collection[Kind]) -> list[Link]:
    """Return the links that somebody has."""
    return [
        Link(id=item.digest, offer=_offer(service, item), since=item.created_at, seen_at=item.seen_at)
        for item in await rx.feeds.of(person.id)
        if item.kind in kinds
    ]


def _offer(service: Service, link: FeedLink) -> Offer:
    if link.kind == "roster" and link.plan_id in service.registry.ids:
        return _of_roster(service.registry.current(link.plan_id))
    what = t.WARNINGS.format(jurisdiction=link.jurisdiction) if link.kind == "warnings" else t.KINDS[link.kind]
    return Offer(kind=link.kind, what=what, jurisdiction=link.jurisdiction, plan=link.plan_id)


async def make(
    service: Service, person: Person, kind: Kind, jurisdiction: str, plan: str, address: str, *, cause: str,
    requester: Requester, reply: Reply,
) -> AdminResult | None:  # fmt: skip
    """Make a link; the one for the same that somebody had opens nothing any more.

    Args:
        address: of the link, ``{number}`` in the place of what becomes its secret.
    """

    async def act(tx: Writing, now: datetime) -> AdminResult:
        if requester.via != "direct":
            return AdminResult(key="feed_direct", ok=False)
        rights = await rights_of(tx, service, person)
        number, kept = service.seal.new()
        link = FeedLink(
            digest=kept, kind=kind, person_id=person.id, jurisdiction=jurisdiction, plan_id=plan, created_at=now
        )
        if rights is None:
            return AdminResult(key="feed_nothing", ok=False)
        if kind == "warnings" and not await may_administer(service, tx, person, jurisdiction):
            return AdminResult(key="admin_only", ok=False)
        if not _may(rights, link):
            return AdminResult(key="feed_not_yours", ok=False)
        theirs = await tx.feeds.of_places([jurisdiction]) if kind == "warnings" else await tx.feeds.of(person.id)
        for earlier in theirs:
            if (earlier.kind, earlier.jurisdiction, earlier.plan_id) == (kind, jurisdiction, plan):
                await end_link(tx, earlier.digest, by=person.id, cause=cause, now=now)
        await tx.feeds.add(link)
        for name in _logs(link, rights):
            await append_admin_event(
                tx, name, MADE, actor=person.id, cause=cause, at=now, digest=kept, kind=kind, person=person.id
            )
        values = {"link": address.format(number=number), "what": _offer(service, link).what}
        key = "feed_warnings_made" if kind == "warnings" else "feed_made"
        return AdminResult(key=key, values=values, secrets=(number,))

    return await admin_transaction(service, act, cause=cause, requester=requester, reply=reply)


async def end(
    service: Service, person: Person, link_digest: str, *, cause: str, requester: Requester
) -> AdminResult | None:
    """End one of a person's links, or one to warnings of a jurisdiction that he administers."""

    async def act(tx: Writing, now: datetime) -> AdminResult:
        link = await tx.feeds.get(link_digest)
        if link is None:
            return AdminResult(key="feed_gone", ok=False)
        if link.kind == "warnings" and not await may_administer(service, tx, person, link.jurisdiction):
            return AdminResult(key="admin_only", ok=False)
        if link.kind != "warnings" and link.person_id != person.id:
            return AdminResult(key="feed_gone", ok=False)
        if not await end_link(tx, link_digest, by=person.id, cause=cause, now=now):
            return AdminResult(key="feed_gone", ok=False)
        return AdminResult(key="feed_ended")

    return await admin_transaction(service, act, cause=cause, requester=requester)


async def end_link(tx: Writing, link_digest: str, *, by: str, cause: str, now: datetime) -> bool:
    """End a link, with a line in the log of the office; False where it was ended before."""
    ended = await tx.feeds.end(link_digest, now)
    if ended is None:
        return False
    holdings = await tx.people.all_of(ended.person_id)
    names = [ended.jurisdiction] if ended.jurisdiction else list(dict.fromkeys(item.jurisdiction for item in holdings))
    for name in names:
        await append_admin_event(
            tx, name, ENDED, actor=by, cause=cause, at=now, digest=link_digest, person=ended.person_id
        )
    return True


async def end_links_of(tx: Writing, person_id: str, *, by: str, cause: str, now: datetime) -> None:
    """End all of a person's links."""
    for link in await tx.feeds.of(person_id):
        await end_link(tx, link.digest, by=by, cause=cause, now=now)


async def end_links_where_over(tx: Writing, person_id: str, *, by: str, cause: str, now: datetime) -> None:
    """End a person's links where nothing is held any more; to be asked whenever a role was taken away."""
    if not await tx.people.holdings(person_id):
        await end_links_of(tx, person_id, by=by, cause=cause, now=now)


def _logs(link: FeedLink, rights: Rights) -> list[str]:
    return [link.jurisdiction] if link.jurisdiction else list(rights.jurisdictions)


async def note_read(service: Service, link: FeedLink) -> None:
    """Note that a link was read, now and then."""
    now = service.clock.now()
    if link.seen_at is None or now - link.seen_at >= SEEN_EVERY:
        async with service.store.writing("web.feed-read") as tx:
            await tx.feeds.see(link.digest, now)


async def calendar_of(rx: Reading, service: Service, what: Opened) -> Callable[[], bytes]:
    """Return what makes the calendar that a link opens, as it stands: that takes a thread's time and no database."""
    now = service.clock.now()
    midnight = datetime.combine(now.astimezone(SHANGHAI).date(), time(), SHANGHAI)
    after, before = midnight - BACK, midnight + AHEAD
    if what.link.kind == "roster":
        plan = service.registry.current(what.link.plan_id)
        shifts = [_shift(plan, item) for item in await serving(rx, plan, after, before)]
        name = t.CALENDAR_ROSTER.format(plan=subject_of(plan.title, plan))
        return partial(calendar, name, shifts, (), what.link.created_at)
    if what.person is None or what.rights is None:
        raise ValueError("a calendar is somebody's")
    plans = what.rights.reader.served(await bound_plans(rx, service))
    own = await own_shifts(rx, plans, what.person.id, after, before)
    dues = await _dues(rx, service, what.rights, after, midnight + DUTIES_AHEAD)
    shifts = [_shift(plan, item) for plan, item in own]
    return partial(calendar, t.CALENDAR_OWN, shifts, dues, what.link.created_at)


def _shift(plan: Plan, item: Serving) -> Shift:
    """Return a turn as an event: what its roster calls it, who serves, and from when; never a number."""
    turn, written = item.turn, item.written
    person = item.person.id if item.person is not None else turn.name
    which = (plan.id, written.begins.isoformat(), written.kind, written.name, turn.begins.isoformat(), person)
    return Shift(
        uid=_uid("shift", *which), begins=turn.begins, ends=turn.ends, title=f"{turn.kind} {turn.name}",
        note=t.SHIFT_NOTE.format(plan=subject_of(plan.title, plan)),
    )  # fmt: skip


async def _dues(rx: Reading, service: Service, rights: Rights, after: datetime, before: datetime) -> list[Due]:
    """Return the duties of those for whom somebody answers that nobody has said anything of."""
    bearers: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for item in rights.reader.holdings:
        if item.ended_at is None:
            mine = bearers.setdefault((item.jurisdiction, item.plan_id), set())
            mine.add(("role", item.role))
            if item.unit and item.role in ("liaison", "head"):
                mine |= {("unit", item.unit), ("body", item.unit)}
    dues = []
    for (place, plan_id), mine in bearers.items():
        if plan_id not in service.registry.ids:
            continue
        plan = service.registry.current(plan_id)
        words = {duty.id: duty.text for duty in plan.duties}
        for book in await rx.duties.books_of(place, {name for _, name in mine}, plan_id):
            if (book.bearer_kind, book.bearer) not in mine:
                continue
            dues += [
                Due(
                    uid=_uid("duty", place, plan_id, row.bearer_kind, row.bearer, row.duty, row.period), day=row.last,
                    title=t.DUTY_TITLE.format(text=words.get(row.duty, row.duty)[:LONGEST]),
                    note=t.DUTY_NOTE.format(plan=subject_of(plan.title, plan), name=book.title),
                )
                for row in await rx.duties.of_book(book.stream)
                if not row.said and after <= row.due < before and row.first != row.last
            ]  # fmt: skip
    return dues


def _uid(kind: str, *which: str) -> str:
    return f"{kind}-{hashlib.sha256('|'.join(which).encode()).hexdigest()[:32]}"
