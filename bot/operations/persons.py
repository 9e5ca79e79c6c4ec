"""What is kept about a person, for that person; and its erasure. The hash chain stays whole.

Who did what and when, by an id that then leads to nobody, stays: that is what the record is for. Name, account and
everything that the person wrote goes; names and words of others in the same entries are theirs. Which value is whose
is the table ``plans.persons``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from bot.cases.streams import ADMIN, id_of, is_case, kind_of
from bot.office.administration import append_admin_event
from bot.office.board import close_all
from bot.office.feeds import end_links_of
from bot.office.identity import CONFIRMED
from bot.office.revoking import end
from bot.operations.erasure import derive_anew
from bot.render.desk import called_so
from bot.texts.desk import NAMES
from plans.core.policy import DEFAULT_POLICY
from plans.directory.numbers import personal
from plans.persons import ACTOR, NAMED, held
from plans.roster.people import name_key
from plans.warning.state import KIND as WARNING
from plans.warning.state import WarningCase
from storage.api_tokens import ApiToken
from storage.bodies import BodyRow
from storage.feeds import FeedLink
from storage.journal import Entry
from storage.lines import Line
from storage.people import Invitation, Person, is_confirmed, of_name
from storage.store import Store
from storage.transaction import Reading, Writing
from storage.voice import VoiceCall
from storage.web_sessions import WebLink, WebSession
from storage.webhooks import Webhook

OWN_IN_THE_OFFICE = ("name", "before", "office", "office_before", "phone", "phone_before", "account")
"""Values of the office's log that are those of the person whom the entry names, else of whoever made it."""
FINISHED = ("closed", "rejected", "merged")
EVENT = "person-erased"

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
    entries = await _entries(rx, person)
    own = await _own(rx, person, entries)
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
        entries = await _entries(tx, person)
        own = await _own(tx, person, entries)
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


async def _entries(rx: Reading, person: Person) -> list[Entry]:
    """Return the entries of all logs that the person made, that are about him, or that call him by his real name.

    What he calls himself in Telegram is no reason to read, or to erase, what is written of anybody.
    """
    called: dict[str, set[int]] = {}
    for stream, sequence in await rx.journal.calling(person.real_name) if is_confirmed(person) else ():
        called.setdefault(stream, set()).add(sequence)
    entries = []
    for stream in dict.fromkeys([*await rx.journal.naming(person.id), *called]):
        of_name = called.get(stream, set())
        entries += [
            entry
            for entry in await rx.journal.load(stream)
            if _about(entry, person.id) or (entry.sequence in of_name and entry.event != EVENT)
        ]
    return entries


def _about(entry: Entry, person_id: str) -> bool:
    if entry.event == EVENT:  # the name in it is that of whoever ordered it
        return False
    return entry.actor == person_id or person_id in _values(entry.payload)


@dataclass(frozen=True)
class Own:
    """What of an entry is somebody's own.

    Attributes:
        names: the real names that he has and had. alone: nobody else may be called so.
    """

    person: Person
    names: frozenset[str]
    alone: bool

    def values_of(self, entry: Entry) -> list[str]:
        """Return the personal values of an entry that are his: names, and words that he wrote."""
        return [key for key in entry.personal if self._is_his(entry, key)]

    def has_part_in(self, entry: Entry) -> bool:
        """Return whether an entry is about him, not only words in which others speak of him."""
        return _about(entry, self.person.id) or bool(self.values_of(entry))

    def shown(self, entry: Entry) -> dict[str, Any]:
        """Return the values of an entry for the person himself: of one that only mentions him, those that do."""
        if self.has_part_in(entry):
            return entry.payload
        return {key: value for key, value in entry.payload.items() if any(name in str(value) for name in self.names)}

    def _is_his(self, entry: Entry, key: str) -> bool:
        value, holds = entry.payload.get(key), held(entry.event, key)
        if not is_case(entry.stream):  # the log of the office: of whom it speaks is in its values
            if entry.event == "invited" and key == "name":  # whom an administrator meant
                return self.alone and self._called(value)
            if holds is not None and holds.whose in entry.payload:
                return bool(entry.payload[holds.whose] == self.person.id)
            whose = entry.payload.get("person") or entry.actor
            return (
                (key in OWN_IN_THE_OFFICE and whose == self.person.id)
                or (key == "text" and entry.actor == self.person.id)
                or str(value) == str(self.person.telegram_id)
            )
        if holds is None or holds.whose == ACTOR:
            return entry.actor == self.person.id
        whose = entry.payload.get(holds.whose) if holds.whose != NAMED else ""
        return whose == self.person.id if whose else self.alone and self._called(value)

    def _called(self, value: Any) -> bool:
        return isinstance(value, str) and name_key(value) in self.names

    def kept(self, entries: Sequence[Entry], roles: int) -> dict[str, int]:
        """Return what stays of him, and how many: acts by his id, roles with their dates, what others wrote of him."""
        acts = sum(_about(entry, self.person.id) for entry in entries)
        namesakes = sum(
            (holds := held(entry.event, key)) is not None
            and holds.kind == "name"
            and self._called(entry.payload.get(key))
            and not self._is_his(entry, key)
            and not self.alone
            for entry in entries
            if is_case(entry.stream)
            for key in entry.personal
        )
        others = sum(
            any(
                not self._is_his(entry, key) and any(name in str(entry.payload.get(key)) for name in self.names)
                for key in entry.personal
            )
            for entry in entries
        )
        return {
            name: count
            for name, count in (("acts", acts), ("roles", roles), ("others", others), ("namesake", namesakes))
            if count
        }


async def _own(rx: Reading, person: Person, entries: Iterable[Entry]) -> Own:
    """Return what is his: by his ids, and by the real names under which he is and was confirmed."""
    names = {person.real_name} if is_confirmed(person) else set[str]()
    for entry in entries:
        if entry.event == CONFIRMED and entry.payload.get("person") == person.id:
            names |= {str(entry.payload[key]) for key in ("name", "before") if entry.payload.get(key)}
    same = {item.id for name in names for item in await rx.people.maybe_called(name)} - {person.id}
    return Own(person, frozenset(name_key(name) for name in names if name), not same)


def _values(value: Any) -> set[str]:
    if isinstance(value, dict):
        return {text for item in value.values() for text in _values(item)} | set(value)
    if isinstance(value, list | tuple):
        return {text for item in value for text in _values(item)}
    return {value} if isinstance(value, str) else set()


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
    return {key: value for key, value in asdict(row).items() if key != "digest"}


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
