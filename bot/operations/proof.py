"""What stands beside the chain of the journal, held against it: plans, roles, seats, accounts, real names, groups,
leads of work groups, invitations, sessions of browsers, tokens and addresses of other systems, links that programs
read, messages that were sent, files, and erasures.

The chain says what was done; these rows say what holds now. Each row must follow from an entry, and each entry must
have its row. What is not looked at is named by ``NOT_COVERED``.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from bot.cases.streams import admin_log
from bot.operations import erasure, sealing
from bot.operations.office_record import Key, OfficeRecord, OpenSession, TokenTerms, told
from bot.sealed import digest as digested
from plans.directory.numbers import masked_number
from storage.journal import Entry, Fault
from storage.transaction import Reading

KINDS = (
    "plan",
    "holding",
    "seat",
    "account",
    "name",
    "binding",
    "lead",
    "override",
    "invitation",
    "session",
    "token",
    "webhook",
    "line",
    "feed",
    "message",
    "evidence",
    "erasure",
)
"""Kinds of fault that are found here, beside those of the journal."""

NOT_COVERED = (
    "directory",
    "phones",
    "roster",
    "bodies",
    "duties",
    "buttons",
    "cards",
    "titles",
    "waiting",
    "screens",
    "requests",
    "submissions",
    "backups",
    "telegram",
)
"""What no check covers; see the words of ``tocsin audit verify``."""


async def examine(rx: Reading, now: datetime, folder: Path | None = None) -> list[Fault]:
    """Return what does not follow from the journal.

    Args:
        now: what was lent until before has ended by itself.
        folder: where files of reports are kept; they are not looked at when it is None.
    """
    entries = [entry for name in await rx.journal.heads() for entry in await rx.journal.load(name)]
    record = told(entries)
    return [
        *await _plans(rx),
        *await _roles(rx, record, now),
        *await _seats(rx, record),
        *await _accounts(rx, record),
        *await _names(rx, record),
        *await _bindings(rx, record),
        *await _overrides(rx, record),
        *await _leads(rx, record),
        *await _invitations(rx, record),
        *await _sessions(rx, record, now),
        *await _tokens(rx, record, now),
        *await _webhooks(rx, record),
        *await _lines(rx, record),
        *await _feeds(rx, record),
        *await _scripts(rx, record),
        *await _messages(rx, entries),
        *(await asyncio.to_thread(_evidence, entries, record, folder) if folder is not None else ()),
        *await _erasures(rx, record),
    ]


def _fault(stream: str, kind: str, text: str, sequence: int = 0) -> Fault:
    return Fault(stream=stream, sequence=sequence, kind=kind, text=text)


async def _plans(rx: Reading) -> list[Fault]:
    return [
        _fault(f"plan:{plan_id}", "plan", f"the stored text of version {version} is not that of {hash_}")
        for hash_, plan_id, version, text in await rx.plans.all()
        if hashlib.sha256(text.encode()).hexdigest() != hash_
    ]


async def _roles(rx: Reading, record: OfficeRecord, now: datetime) -> list[Fault]:
    """Compare; where a role is held in one's own right and lent as well, both must stand."""
    own: Counter[Key] = Counter()
    lent: dict[Key, datetime] = {}
    for item in await rx.people.every():
        key = (item.jurisdiction, item.person_id, item.plan_id, item.role, item.unit)
        if item.ended_at is not None or (item.until is not None and item.until <= now):
            continue
        if item.until is None:
            own[key] += 1
        else:
            lent[key] = item.until
    faults = []
    for key in sorted({*own} | record.roles, key=repr):
        if key not in record.roles:
            faults.append(_fault(admin_log(key[0]), "holding", f"{_named(key)} is held, and nobody granted it"))
        elif key not in own:
            faults.append(
                _fault(admin_log(key[0]), "holding", f"{_named(key)} was granted, and is gone without a word")
            )
    running = {key: until for key, until in record.lent.items() if until > now}
    for key in sorted({*lent, *running}, key=repr):
        if lent.get(key) != running.get(key):
            faults.append(_fault(admin_log(key[0]), "holding", f"{_named(key)} is not lent as the log says"))
    return faults


def _named(key: Key) -> str:
    return f"{key[3]}{f' of {key[4]}' if key[4] else ''} under {key[2]} by person {key[1]}"


async def _seats(rx: Reading, record: OfficeRecord) -> list[Fault]:
    seats = {seat: seat_row.person_id for seat, seat_row in (await rx.people.all_seats()).items()}
    return [
        _fault(admin_log(seat[0]), "seat", f"on the seat of {seat[1]} sits another than the log says")
        for seat in sorted({*seats, *record.seats})
        if seats.get(seat) != record.seats.get(seat)
    ]


async def _accounts(rx: Reading, record: OfficeRecord) -> list[Fault]:
    faults = []
    for person_id, account in sorted(record.accounts.items()):
        person = await rx.people.get(person_id)
        if account is not None and (person is None or person.telegram_id != account):
            faults.append(_fault("people", "account", f"person {person_id} has another Telegram account"))
    return faults


async def _names(rx: Reading, record: OfficeRecord) -> list[Fault]:
    people = {person.id: person for person in await rx.people.confirmed()}
    confirmed = {person.id: (person.real_name, person.office) for person in people.values()}
    phones = {id: phone for id, phone in record.phones.items() if phone is not None and id in people}
    said = {person_id: name for person_id, name in record.names.items() if name is not None}
    return [
        _fault("people", "name", f"person {person_id} is called otherwise than was confirmed")
        for person_id in sorted({*confirmed, *said})
        if confirmed.get(person_id) != said.get(person_id)
    ] + [
        _fault("people", "name", f"person {person_id} has another telephone than was written down")
        for person_id, phone in sorted(phones.items())
        if masked_number(people[person_id].phone) != phone
    ]


async def _bindings(rx: Reading, record: OfficeRecord) -> list[Fault]:
    bound = {
        (place.id, plan): place.jurisdiction
        for place in await rx.places.bound()
        for plan in await rx.places.plans_of(place.id)
    }
    return [
        _fault(admin_log(record.bound.get(key) or bound.get(key) or ""), "binding", f"group {key[0]} and plan {key[1]}")
        for key in sorted({*bound, *record.bound})
        if bound.get(key) != record.bound.get(key)
    ]


async def _overrides(rx: Reading, record: OfficeRecord) -> list[Fault]:
    kept = {(row.jurisdiction, row.id): row.person_id for row in await rx.people.every_override()}
    return [
        _fault(admin_log(key[0]), "override", f"who serves by override {key[1]} is not whom the log says")
        for key in sorted({*kept, *record.overrides})
        if kept.get(key) != record.overrides.get(key)
    ]


async def _leads(rx: Reading, record: OfficeRecord) -> list[Fault]:
    rows = await rx.group_leads.all()
    kept = {(row.jurisdiction, row.plan_id, row.group_name): (row.lead, row.person_id) for row in rows}
    said = {key: lead for key, lead in record.leads.items() if lead[0]}
    return [
        _fault(admin_log(key[0]), "lead", f"{key[2]} of {key[1]} is not led as the log says")
        for key in sorted({*kept, *said})
        if kept.get(key) != said.get(key)
    ]


async def _invitations(rx: Reading, record: OfficeRecord) -> list[Fault]:
    return [
        _fault(admin_log(item.jurisdiction), "invitation", f"an open invitation to {item.role} that nobody made")
        for item in await rx.people.open_invitations()
        if item.digest not in record.digests
        and (item.jurisdiction not in record.since or item.created_at >= record.since[item.jurisdiction])
    ]


async def _sessions(rx: Reading, record: OfficeRecord, now: datetime) -> list[Fault]:
    """Compare what is open to browsers with who opened it, and open links with who asked for them."""
    kept = {
        (name, item.id): OpenSession(item.digest, item.until, item.kind, item.person_id)
        for item in await rx.web_sessions.every_open(now)
        for name in item.jurisdictions
    }
    said = {key: value for key, value in record.sessions.items() if value.until > now}
    faults = [
        _fault(admin_log(name), "session", f"session {id_} of a browser is not open as the log says")
        for name, id_ in sorted({*kept, *said})
        if kept.get((name, id_)) != said.get((name, id_))
    ]
    return faults + [
        _fault("people", "session", f"an open link to the board of person {link.person_id} that nobody made")
        for link in await rx.web_sessions.open_links(now)
        if record.links.get(link.person_id) != link.digest
    ]


async def _tokens(rx: Reading, record: OfficeRecord, now: datetime) -> list[Fault]:
    """Compare what opens the API to other systems with what administrators made: also what each may do."""
    held = [token for token in await rx.api_tokens.every() if token.holds(now)]
    kept = {(token.jurisdiction, token.id): TokenTerms.kept(token) for token in held}
    said = {key: token for key, token in record.tokens.items() if token.until > now}
    return [
        _fault(admin_log(name), "token", f"token {id_} of another system does not hold as the log says")
        for name, id_ in sorted({*kept, *said})
        if kept.get((name, id_)) != said.get((name, id_))
    ]


async def _webhooks(rx: Reading, record: OfficeRecord) -> list[Fault]:
    """Compare the addresses of other systems with who allowed them."""
    kept = {
        (row.jurisdiction, row.id): (digested(row.url), digested(row.key), row.disabled_at is None)
        for row in await rx.webhooks.all()
    }
    return [
        _fault(admin_log(name), "webhook", f"address {id_} of another system is not told as the log says")
        for name, id_ in sorted({*kept, *record.webhooks})
        if kept.get((name, id_)) != record.webhooks.get((name, id_))
    ]


async def _lines(rx: Reading, record: OfficeRecord) -> list[Fault]:
    """Compare the reporting lines with who offered them and agreed to them."""
    kept = {
        (row.jurisdiction, row.id): (
            row.place, row.recipients, digested(row.url) if row.url else "", row.agreed_at is not None
        )
        for row in await rx.lines.of()
        if row.ended_at is None
    }  # fmt: skip
    return [
        _fault(admin_log(name), "line", f"the reporting line {id_} does not stand as the log says")
        for name, id_ in sorted({*kept, *record.lines})
        if kept.get((name, id_)) != record.lines.get((name, id_))
    ]


async def _feeds(rx: Reading, record: OfficeRecord) -> list[Fault]:
    """Compare the links that programs read with who made them."""
    kept = {row.digest: (row.person_id, row.kind) for row in await rx.feeds.every_open()}
    said = {digest: (person, kind) for digest, (_, person, kind) in record.feeds.items()}
    return [
        _fault(
            admin_log(record.feeds[one][0]) if one in record.feeds else "people", "feed",
            "a link that a program reads does not stand as the log says",
        )
        for one in sorted({*kept, *said})
        if kept.get(one) != said.get(one)
    ]  # fmt: skip


async def _scripts(rx: Reading, record: OfficeRecord) -> list[Fault]:
    """Compare the offices' own scripts of drills with who brought them, and each text with its digest."""
    kept = {
        (row.jurisdiction, row.plan_id, row.title): hashlib.sha256(row.text.encode()).hexdigest()
        for row in await rx.drill_scripts.all()
    }
    return [
        _fault(admin_log(key[0]), "drill script", f"the script {key[2]} of {key[1]} is not the one that was kept")
        for key in sorted({*kept, *record.scripts})
        if kept.get(key) != record.scripts.get(key)
    ]


async def _messages(rx: Reading, entries: Sequence[Entry]) -> list[Fault]:
    """Compare what was sent with its digests; words that were forgotten took their salt with them."""
    sealed = {
        int(id_): (entry.sequence, str(digest))
        for entry in entries
        if entry.event == sealing.EVENT
        for id_, digest in entry.payload["messages"]
    }
    rows, faults = await rx.outbox.among(sealed), []
    for id_, (sequence, digest) in sorted(sealed.items()):
        row = rows.get(id_)
        if row is None:
            faults.append(_fault(sealing.STREAM, "message", f"message {id_} is gone", sequence))
        elif row.salt is None and not row.payload:
            continue
        elif row.salt is None or sealing.digest_of(row, row.salt) != digest:
            faults.append(_fault(sealing.STREAM, "message", f"message {id_} is not the one that was sent", sequence))
    return faults


def _evidence(entries: Sequence[Entry], record: OfficeRecord, folder: Path) -> list[Fault]:
    faults = []
    for entry in entries:
        if entry.event not in erasure.KEPT or (digest := str(entry.payload["digest"])) in record.gone:
            continue
        files = sorted((folder / digest[:2]).glob(f"{digest}*"))
        if not files:
            faults.append(_fault(entry.stream, "evidence", f"the file {digest} is gone", entry.sequence))
        faults += [
            _fault(entry.stream, "evidence", f"the file {digest} was changed", entry.sequence)
            for path in files
            if _hashed(path) != digest
        ]
    return faults


def _hashed(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


async def _erasures(rx: Reading, record: OfficeRecord) -> list[Fault]:
    """An erased value needs the entry of an erasure at its moment, and the entry as many values as it says."""
    erased = await rx.journal.erasures()
    faults, count = [], Counter(moment for _, _, _, moment in erased)
    at: dict[datetime, list[str]] = defaultdict(list)
    for stream, sequence, key, moment in erased:
        erasure_entry = record.erased.get(moment)
        if erasure_entry is None or erasure_entry[1] not in (None, stream):
            faults.append(_fault(stream, "erasure", f"{key} was erased, and nobody ordered it", sequence))
        else:
            at[moment].append(stream)
    for moment, (values, only) in record.erased.items():
        if count[moment] > values:
            where = only or (at[moment][0] if at[moment] else "personal")
            faults.append(_fault(where, "erasure", f"{count[moment]} values were erased, and {values} were ordered"))
    return faults
