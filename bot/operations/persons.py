"""What is kept about a person, for that person; and its erasure. The hash chain stays whole.

Who did what and when, by an id that then leads to nobody, stays: that is what the record is for. Name, account and
everything that the person wrote goes; names and words of others in the same entries are theirs. Which value is whose
is the table ``plans.persons``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from bot.cases.streams import ADMIN, id_of, is_case, kind_of
from bot.office.administration import append_admin_event
from bot.office.board import close_all
from bot.office.feeds import end_links_of
from bot.office.revoking import end
from bot.operations.erasure import derive_anew
from bot.operations.own_words import EVENT, entries_of, own_of
from bot.render.desk import called_so
from bot.texts.desk import NAMES
from plans.core.policy import DEFAULT_POLICY
from plans.directory.numbers import personal
from plans.warning.state import KIND as WARNING
from plans.warning.state import WarningCase
from storage.api_tokens import ApiToken
from storage.bodies import BodyRow
from storage.feeds import FeedLink
from storage.journal import Entry
from storage.lines import Line
from storage.people import Invitation, Person, of_name
from storage.store import Store
from storage.transaction import Reading, Writing
from storage.voice import VoiceCall
from storage.web_sessions import WebLink, WebSession
from storage.webhooks import Webhook

FINISHED = ("closed", "rejected", "merged")

_UPDATE = re.compile(r"update:(\d+)")


class StillNeeded(Exception):
    """Incidents that are not closed name the person.

    Args:
        numbers: of these.
    """

    def __init__(self, numbers: list[str]) -> None:
        super().__init__(", ".join(numbers))
        self.numbers = numbers


@dataclass(frozen=True, kw_only=True)
class Erased:
    """What is gone: values of the journal, words of messages, updates as Telegram brought them; roles that ended.

    Attributes:
        kept: what stays, by the key of its reason (``bot.texts.people.KEPT``), and how many.
    """

    values: int
    messages: int
    updates: int
    roles: int
    kept: dict[str, int]


async def kept_about(rx: Reading, person: Person) -> dict[str, Any]:
    """Return everything that is kept about a person, ready for JSON."""
    entries = await entries_of(rx, person)
    own = await own_of(rx, person, entries)
    links, sessions = await rx.web_sessions.of_person(person.id)
    data: dict[str, Any] = _plain(
        {
            "person": asdict(person),
            "roles": [asdict(item) for item in await rx.people.all_of(person.id)],
            "channels": [asdict(item) for item in await rx.people.channels_of(person.id)],
            "calls": [_call(item) for item in await rx.voice_calls.of_person(person.id)],
            "links": [_open_to_see(item) for item in links],
            "sessions": [_open_to_see(item) for item in sessions],
            "tokens": [_open_to_see(item) for item in await rx.api_tokens.made_by(person.id)],
            "feeds": [_open_to_see(item) for item in await rx.feeds.of_person(person.id)],
            "drill_scripts": [asdict(item) for item in await rx.drill_scripts.of_person(person.id)],
            "lines": [_line(item, person.id) for item in await rx.lines.of_person(person.id)],
            "webhooks": [_allowed(item) for item in await rx.webhooks.of_person(person.id)],
            "claims": [asdict(item) for item in await rx.people.claims_of(person.id)],
            "invitations": [_open_to_see(item) for item in await rx.people.invitations_taken_by(person.id)],
            "bodies": [asdict(row) for row in await _headed(rx, person)],
            "swaps": [
                asdict(item) if item.person_id == person.id else asdict(replace(item, reason=""))
                for item in await rx.people.swaps_of(person.id)
            ],
            "shifts_for_others": [asdict(item) for item in await rx.people.overrides_of(person.id)],
            "seats": [{"jurisdiction": place, "plan": plan} for place, plan in await rx.people.seats_of(person.id)],
            "record": [
                {"stream": entry.stream, "sequence": entry.sequence, "at": entry.at, "event": entry.event,
                 "by_this_person": entry.actor == person.id, "own": own.values_of(entry), "data": own.shown(entry)}
                for entry in entries
            ],
            "messages": [
                {"at": row.created_at, "about": row.notice, "state": row.state, "text": row.payload.get("text", "")}
                for row in await rx.outbox.to_person(person.id)
            ],
        }
    )  # fmt: skip
    return data


async def erase(store: Store, person: Person, *, by: str, reason: str, now: datetime) -> Erased:
    """Erase who a person is and what he wrote, end his roles, and take it off the disk. Not inside a transaction.

    Args:
        by: who ordered it, for the record. reason: why, for the record.

    Raises:
        StillNeeded: close these incidents first; nothing was erased.
    """
    async with store.writing("person.erased") as tx:
        entries = await entries_of(tx, person)
        own = await own_of(tx, person, entries)
        if needed := await _needed(tx, [entry for entry in entries if own.has_part_in(entry)]):
            raise StillNeeded(needed)
        holdings = await tx.people.holdings(person.id, lock=True)
        headed, ever = await _headed(tx, person), await tx.people.all_of(person.id)
        cause = f"erase:{person.id}:{now.isoformat()}"
        for item in holdings:
            await end(tx, item, by="", cause=cause, now=now)
        for place, plan in await tx.people.seats_of(person.id):
            await tx.people.vacate(place, plan, person.id)
        for body in headed:
            await tx.bodies.forget_head(body.jurisdiction, body.id, body.head, personal)
        values = 0
        for entry in entries:
            values += await tx.journal.erase(entry.stream, entry.sequence, own.values_of(entry), now)
        for stream in dict.fromkeys(entry.stream for entry in entries if is_case(entry.stream)):
            await derive_anew(tx, stream, DEFAULT_POLICY, now)
        updates = {int(match[1]) for entry in entries if (match := _UPDATE.match(entry.cause or ""))}
        gone = await tx.inbox.forget_payloads_of(updates)
        for row in await tx.outbox.to_person(person.id):
            if row.state == "pending":
                await tx.outbox.drop(row.id, "erased", now)
        messages = await tx.outbox.forget_words_to(person.id)
        if person.place_id is not None:
            await tx.forms.clear(person.place_id, person.id)
            await tx.places.forget(person.place_id)
        for channel in await tx.people.channels_of(person.id):
            await tx.people.remove_channel(channel.id)
        await tx.voice_calls.forget_person(person.id)
        await close_all(tx, person.id, by="", cause=cause, now=now)
        await tx.web_sessions.forget_person(person.id)
        await end_links_of(tx, person.id, by="", cause=cause, now=now)
        await tx.feeds.forget_person(person.id)
        await tx.people.forget_reasons(person.id)
        await tx.people.forget(person.id, now)
        await tx.people.forget_claims(person.id)
        await tx.people.forget_invitations(person.id)
        for name in await _places(tx, person.id):
            await append_admin_event(
                tx, name, EVENT, actor="", cause=cause, at=now, name=by, reason=reason, person=person.id, values=values,
                messages=messages, updates=gone,
            )  # fmt: skip
    await store.scrub()
    return Erased(
        values=values, messages=messages, updates=gone, roles=len(holdings), kept=own.kept(entries, len(ever))
    )


async def _headed(rx: Reading, person: Person) -> list[BodyRow]:
    """Return the listed bodies of which somebody is head, or whose list names him as that."""
    held = [item for item in await rx.people.all_of(person.id) if item.unit and item.role in ("head", "liaison")]
    headed = []
    for item in held:
        row = (await rx.bodies.of(item.jurisdiction, [item.unit or ""])).get(item.unit or "")
        is_head = item.role == "head" and item.ended_at is None
        if row is not None and row.head and (is_head or of_name([person], row.head)):
            headed.append(row)
    return headed


async def _needed(rx: Reading, entries: Iterable[Entry]) -> list[str]:
    """Return what people still work with: incidents that are not closed, warnings in force, open cases of the desk."""
    needed = []
    for stream in dict.fromkeys(entry.stream for entry in entries if is_case(entry.stream)):
        row = await rx.incidents.get(stream)
        if row is not None and row.state not in FINISHED:
            needed.append(f"{'演' if row.drill else ''}{row.number}号")
        case = await rx.cases.get(stream) if kind_of(stream) in (WARNING, *NAMES) else None
        if case is not None and case.kind == WARNING and case.state in WarningCase.OPEN_STATES:
            needed.append(f"预警{'演' if case.drill else ''}{case.number}")
        elif case is not None and case.kind in NAMES and case.open:
            needed.append(called_so(case.kind, case.number))
    return needed


async def _places(tx: Writing, person_id: str) -> list[str]:
    """Return the jurisdictions in whose log the erasure is noted: where the person ever held or did anything."""
    jurisdictions = [item.jurisdiction for item in await tx.people.all_of(person_id)]
    logs = [id_of(name) for name in await tx.journal.naming(person_id) if kind_of(name) == ADMIN]
    return list(dict.fromkeys([*jurisdictions, *logs]))


def _open_to_see(row: WebLink | WebSession | Invitation | ApiToken | FeedLink) -> dict[str, Any]:
    """Return a link, session, invitation or token as its owner may see it: no digest of a secret."""
    return {key: value for key, value in asdict(row).items() if key not in ("digest", "digest_before")}


def _allowed(webhook: Webhook) -> dict[str, Any]:
    """Return an address of another system for whoever allowed it: what signs is the office's."""
    return {"at": webhook.created_at, "jurisdiction": webhook.jurisdiction, "url": webhook.url}


def _line(line: Line, person_id: str) -> dict[str, Any]:
    """Return a reporting line for whoever offered it, agreed to it or ended it: which part of it was his."""
    did = {"offered": line.offered_by, "agreed": line.agreed_by, "ended": line.ended_by}
    return {
        "at": line.offered_at, "jurisdiction": line.jurisdiction, "to": line.place,
        "did": [what for what, by in did.items() if by == person_id],
    }  # fmt: skip


def _call(call: VoiceCall) -> dict[str, Any]:
    """Return a call by telephone for whoever was called: when, and how it ended."""
    return {"at": call.asked_at, "state": call.state, "pressed": call.pressed, "ended_at": call.ended_at}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, datetime | date) else value
