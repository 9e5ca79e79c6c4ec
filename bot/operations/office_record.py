"""What the logs of the offices say holds now: roles, seats, accounts, names, groups, browsers, tokens, addresses.

It is read from the journal alone; ``proof`` holds the rows of the database against it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bot.cases.streams import ADMIN, id_of, kind_of
from bot.office import api_tokens, board, drill_scripts, feeds, group_leads, lines, roster, walls, webhooks
from bot.office.identity import CONFIRMED, PHONE_CHANGED
from bot.office.substitutes import FELL, OVERRIDDEN
from bot.operations import erasure, own_words
from storage.api_tokens import ApiToken
from storage.journal import Entry

Key = tuple[str, str, str, str, str | None]
"""Of a role: jurisdiction, person, plan, role, unit."""


@dataclass(frozen=True)
class OpenSession:
    """What opens a browser something: the cookie's digest, for how long, of which kind, and whose it is."""

    digest: str
    until: datetime
    kind: str
    person: str


@dataclass(frozen=True)
class TokenTerms:
    """What opens the API to another system: the digest, that of the secret before, for how long, all that it may."""

    digest: str
    until: datetime
    name: str
    may: tuple[tuple[str, ...], ...]
    rate: int
    before: tuple[str, datetime | None] = ("", None)

    @classmethod
    def said(cls, payload: Mapping[str, Any]) -> TokenTerms:
        """Return it as the log has it."""
        may = tuple(tuple(str(item) for item in payload[name]) for name in ("plans", "scopes", "units"))
        until = datetime.fromisoformat(str(payload["until"]))
        both = payload.get("before_until")
        before = str(payload.get("digest_before", "")), datetime.fromisoformat(str(both)) if both else None
        return cls(str(payload["digest"]), until, str(payload["system"]), may, int(payload["rate"]), before)

    @classmethod
    def kept(cls, token: ApiToken) -> TokenTerms:
        """Return it as its row has it."""
        may = (token.plans, token.scopes, token.units)
        before = token.digest_before, token.before_until
        return cls(token.digest, token.until, token.name, may, token.rate, before)


@dataclass
class OfficeRecord:
    """What the admin logs say holds now.

    Attributes:
        roles: held in one's own right. lent: with the moment at which each ends.
        accounts: the Telegram account with which a person was registered the last time; None where it was erased.
        names: real name and office under which a person was confirmed the last time; None where they were erased.
        phones: his telephone, masked, the same way.
        seats: who sits by jurisdiction and plan. bound: groups, by place and plan.
        overrides: who serves a shift in the place of another, by jurisdiction and id.
        leads: who leads a work group by local rule, by jurisdiction, plan and group, and who said so.
        sessions: of browsers that nobody has ended, walls too, by jurisdiction and id.
        webhooks: addresses that are told, by jurisdiction and id: digests of address and key, and whether they are now.
        lines: reporting lines that are not over, by the jurisdiction that reports and id: to where, for whom, the
            digest of the address, and whether they were agreed to.
        feeds: links that programs read, by digest: where the first entry stands, whose it is, and its kind.
        scripts: of drills, by jurisdiction, plan and title: the digest.
        links: digest of the newest link to the board, by person; none once it was used.
        tokens: of other systems that nobody has revoked, by jurisdiction and id: the digest, and all that it may do.
        digests: of invitations. since: when the log began to name them, by jurisdiction.
        erased: moments of erasures, with how many values of which logs.
        gone: files that were erased.
    """

    roles: set[Key] = field(default_factory=set)
    lent: dict[Key, datetime] = field(default_factory=dict)
    accounts: dict[str, int | None] = field(default_factory=dict)
    names: dict[str, tuple[str, str] | None] = field(default_factory=dict)
    phones: dict[str, str | None] = field(default_factory=dict)
    seats: dict[tuple[str, str], str] = field(default_factory=dict)
    bound: dict[tuple[str, str], str] = field(default_factory=dict)
    overrides: dict[tuple[str, str], str] = field(default_factory=dict)
    leads: dict[tuple[str, str, str], tuple[str, str]] = field(default_factory=dict)
    sessions: dict[tuple[str, str], OpenSession] = field(default_factory=dict)
    webhooks: dict[tuple[str, str], tuple[str, str, bool]] = field(default_factory=dict)
    lines: dict[tuple[str, str], tuple[str, tuple[str, ...], str, bool]] = field(default_factory=dict)
    feeds: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    scripts: dict[tuple[str, str, str], str] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    tokens: dict[tuple[str, str], TokenTerms] = field(default_factory=dict)
    digests: set[str] = field(default_factory=set)
    since: dict[str, datetime] = field(default_factory=dict)
    erased: dict[datetime, tuple[int, str | None]] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)


def told(entries: Iterable[Entry]) -> OfficeRecord:
    """Return what the logs of the offices among some entries say holds now."""
    record = OfficeRecord()
    for entry in sorted((item for item in entries if kind_of(item.stream) == ADMIN), key=lambda item: item.at):
        _hear(record, entry)
    return record


def _hear(record: OfficeRecord, entry: Entry) -> None:
    place, payload = id_of(entry.stream), entry.payload
    person, plan = str(payload.get("person", "")), str(payload.get("plan", ""))
    key: Key = (place, person, plan, str(payload.get("role", "")), payload.get("unit"))
    if entry.event == "role-granted":
        record.roles.add(key)
    elif entry.event == "role-delegated":
        record.lent[key] = datetime.fromisoformat(str(payload["until"]))
    elif entry.event == "role-revoked":
        record.lent.pop(key, None) if key in record.lent and key not in record.roles else record.roles.discard(key)
        if key[3] == "duty" and key not in record.roles and record.seats.get((place, plan)) == person:
            del record.seats[place, plan]
    elif entry.event == "seat-taken":
        record.seats[place, plan] = entry.actor or ""
    elif entry.event == "place-bound":
        record.bound[str(payload["place"]), plan] = place
    elif entry.event == "place-unbound":
        record.bound.pop((str(payload["place"]), plan), None)
    elif entry.event == group_leads.EVENT:
        record.leads[place, plan, str(payload["group"])] = (str(payload["lead"]), entry.actor or "")
    elif entry.event in (OVERRIDDEN, FELL, roster.EVENT):
        ended = [*payload.get("replaced_ids", ()), *payload.get("absorbed", ())]
        for override in [*ended, payload["override"]] if entry.event == FELL else ended:
            record.overrides.pop((place, str(override)), None)
        if entry.event == OVERRIDDEN and payload["override"]:
            record.overrides[place, str(payload["override"])] = person
    elif entry.event == board.MADE:
        record.links[entry.actor or ""] = str(payload["digest"])
    elif entry.event in (board.OPENED, walls.PAIRED):
        kind = "person" if entry.event == board.OPENED else "wall"
        until = datetime.fromisoformat(str(payload["until"]))
        record.sessions[place, str(payload["session"])] = OpenSession(str(payload["digest"]), until, kind, person)
        if record.links.get(person) == payload.get("link"):
            record.links.pop(person, None)
    elif entry.event == walls.LOOKED and (place, str(payload["session"])) in record.sessions:
        known = record.sessions[place, str(payload["session"])]
        until = datetime.fromisoformat(str(payload["until"]))
        record.sessions[place, str(payload["session"])] = replace(known, digest=str(payload["digest"]), until=until)
    elif entry.event == walls.RENEWED and (place, str(payload["session"])) in record.sessions:
        known = record.sessions[place, str(payload["session"])]
        until = datetime.fromisoformat(str(payload["until"]))
        record.sessions[place, str(payload["session"])] = replace(known, until=until)
    elif entry.event == board.CLOSED:
        record.sessions.pop((place, str(payload["session"])), None)
    elif entry.event in (api_tokens.MADE, api_tokens.REPLACED):
        record.tokens[place, str(payload["token"])] = TokenTerms.said(payload)
    elif entry.event == api_tokens.RENEWED and (place, str(payload["token"])) in record.tokens:
        until = datetime.fromisoformat(str(payload["until"]))
        record.tokens[place, str(payload["token"])] = replace(record.tokens[place, str(payload["token"])], until=until)
    elif entry.event == api_tokens.REVOKED:
        record.tokens.pop((place, str(payload["token"])), None)
    elif entry.event == feeds.MADE:
        record.feeds.setdefault(str(payload["digest"]), (place, person, str(payload["kind"])))
    elif entry.event == feeds.ENDED:
        record.feeds.pop(str(payload["digest"]), None)
    elif entry.event in (drill_scripts.KEPT, drill_scripts.REMOVED):
        script = (place, plan, str(payload["title"]))
        record.scripts.pop(script, None)
        if entry.event == drill_scripts.KEPT:
            record.scripts[script] = str(payload["digest"])
    elif payload.get("below") == place and "line" in payload:
        _hear_of_line(record, entry.event, (place, str(payload["line"])), payload)
    elif "webhook" in payload:
        _hear_of_webhook(record, entry.event, (place, str(payload["webhook"])), payload)
    elif entry.event in ("invited", "invited-all") and "digests" in payload:
        record.digests |= set(payload["digests"])
        record.since.setdefault(place, entry.at)
    elif entry.event in (erasure.EVENT, own_words.EVENT):
        record.erased[entry.at] = (int(payload.get("values", 0)), payload.get("stream"))
        record.gone |= set(payload.get("files", ()))
    if entry.event == own_words.EVENT:
        record.seats = {seat: who for seat, who in record.seats.items() if who != person}
    if entry.event == CONFIRMED:
        erased = "name" in entry.erased
        record.names[person] = None if erased else (str(payload["name"]), str(payload["office"]))
    if entry.event in (CONFIRMED, PHONE_CHANGED) and "phone" in entry.personal:
        record.phones[person] = None if "phone" in entry.erased else str(payload["phone"])
    if "account" in entry.personal:
        record.accounts[person] = None if "account" in entry.erased else payload["account"]


def _hear_of_line(record: OfficeRecord, event: str, key: tuple[str, str], payload: dict[str, Any]) -> None:
    if event == lines.OFFERED:
        address = str(payload.get("address", ""))
        record.lines[key] = (str(payload["above"]), tuple(payload["recipients"]), address, bool(address))
    elif event == lines.AGREED and key in record.lines:
        record.lines[key] = (*record.lines[key][:3], True)
    elif event == lines.ENDED:
        record.lines.pop(key, None)


def _hear_of_webhook(record: OfficeRecord, event: str, key: tuple[str, str], payload: dict[str, Any]) -> None:
    if event == webhooks.ALLOWED:
        record.webhooks[key] = (str(payload["address"]), str(payload["key"]), True)
    elif event == webhooks.REMOVED:
        record.webhooks.pop(key, None)
    elif key in record.webhooks:
        address, signing, told = record.webhooks[key]
        signing = str(payload.get("key", signing))
        record.webhooks[key] = (address, signing, event == webhooks.RESUMED or (told and event != webhooks.ENDED))
