"""Tokens of other systems: an administrator makes one in private or on the command line, and ends it with one tap.

A token is for one jurisdiction, some of its plans, and some of four scopes. It stands for the system, not for whoever
made it: it goes on when he leaves, and whoever administers then ends it.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.callback_data import new_id
from bot.clock import SHANGHAI
from bot.office.administration import (
    AdminResult,
    Reply,
    admin_transaction,
    admins,
    append_admin_event,
    may_administer,
)
from bot.office.people import FRIDAY
from bot.outgoing.messages import OutgoingMessage
from bot.render.api_tokens import KeptToken, ending_soon, made_by_another
from bot.sealed import digest
from bot.service.requests import Requester
from bot.service.service import Service
from bot.texts.api_tokens import SCOPES
from plans.cells import legible
from plans.core.keys import to_person
from plans.model import Plan
from storage import Writing
from storage.api_tokens import ApiToken
from storage.people import Person, shown_name
from storage.transaction import Reading

REPORT, READ, ANSWER, WARN = "report", "read", "answer", "warn"
EVERY_SCOPE = (REPORT, READ, ANSWER, WARN)

PREFIX = "tocsin_"
"""Begins every token, so that one is found where it should not stand: in a file, a chat, a log."""

DAYS, MOST_DAYS = 365, 731
RATE, MOST_RATE = 120, 6000
"""Requests a minute."""

ASKED_AGAIN = timedelta(days=15)
"""So long before a token ends the administrators are asked whether it goes on: on two Fridays at least."""

MOST_TOKENS = 50
"""Of one jurisdiction."""

SHORTEST, LONGEST = 2, 30
"""Characters of a name."""

MADE, REVOKED, RENEWED = "api-token-made", "api-token-revoked", "api-token-renewed"
"""Entries of the admin log."""

_DAYS = re.compile(r"(\d{1,4})(天|日|个月|年)")
_UNTIL = re.compile(r"到(\d{4})-(\d{1,2})-(\d{1,2})")
_RATE = re.compile(r"(?:每分钟)?(\d{1,5})次(?:[/每]分(?:钟)?)?")
_SPAN = {"天": 1, "日": 1, "个月": 30, "年": 365}
_NAME = re.compile(r"[^\W_][\w·（）()-]*")


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """A token that is to be made; the attributes are those of ``ApiToken``."""

    name: str
    jurisdiction: str
    plans: tuple[str, ...]
    scopes: tuple[str, ...]
    units: tuple[str, ...]
    days: int
    rate: int

    def token(self, digest_of: str, by: str, now: datetime) -> ApiToken:
        """Return the token."""
        return ApiToken(
            id=new_id(), digest=digest_of, name=self.name, jurisdiction=self.jurisdiction, plans=self.plans,
            scopes=self.scopes, units=self.units, rate=self.rate, created_by=by, created_at=now,
            until=now + timedelta(days=self.days),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class NotRead(Exception):
    """What was said is no token that can be made: the key of a text, and its values."""

    key: str
    values: dict[str, str]


def read_wanted(words: Sequence[str], plans: Sequence[Plan], today: datetime) -> Wanted:
    """Return what is wanted: a name, then scopes, units, plans or a jurisdiction, how long, how often.

    Args:
        plans: those whose jurisdiction is administered.

    Raises:
        NotRead: it cannot be made so.
    """
    if not words or not named(words[0]):
        raise NotRead("token_name", {"given": words[0][:20] if words else "", "most": str(LONGEST)})
    scopes: list[str] = []
    places: list[str] = []
    chosen: list[Plan] = []
    asked: list[str] = []
    days, rate = DAYS, RATE
    by_word = {title: scope for scope, title in SCOPES.items()} | {scope: scope for scope in SCOPES}
    for word in words[1:]:
        some = [by_word.get(part) for part in re.split(r"[+、，,]", word) if part]
        if some and all(some):
            scopes += [scope for scope in some if scope is not None]
        elif (span := _DAYS.fullmatch(word)) is not None:
            days = int(span[1]) * _SPAN[span[2]]
        elif (until := _UNTIL.fullmatch(word)) is not None:
            days = _days_until(until, today)
        elif (often := _RATE.fullmatch(word)) is not None:
            rate = int(often[1])
        elif plan := next((item for item in plans if word in (item.id, item.title)), None):
            chosen.append(plan)
        elif any(item.jurisdiction.name == word for item in plans):
            places.append(word)
        else:
            asked.append(word)
    if not scopes:
        raise NotRead("token_scope", {"scopes": "、".join(SCOPES.values())})
    place = _place(places, chosen, plans, asked)
    here = [plan for plan in plans if plan.jurisdiction.name == place]
    wanted = Wanted(
        name=words[0], jurisdiction=place, plans=tuple(dict.fromkeys(plan.id for plan in chosen)),
        scopes=tuple(scope for scope in EVERY_SCOPE if scope in scopes), units=units_of(chosen or here, asked),
        days=days, rate=rate,
    )  # fmt: skip
    return checked(wanted, here)


def _days_until(until: re.Match[str], today: datetime) -> int:
    try:
        end = datetime(int(until[1]), int(until[2]), int(until[3]), tzinfo=today.tzinfo)
    except ValueError:
        raise NotRead("token_days", {"most": str(MOST_DAYS)}) from None
    return (end - today.replace(hour=0, minute=0, second=0, microsecond=0)).days


def _place(places: Sequence[str], chosen: Sequence[Plan], plans: Sequence[Plan], asked: Sequence[str]) -> str:
    """Return the one jurisdiction that is meant."""
    meant = dict.fromkeys([*places, *(plan.jurisdiction.name for plan in chosen)])
    there = [*meant] or [*dict.fromkeys(plan.jurisdiction.name for plan in plans)]
    if asked and not meant and len(there) > 1:
        there = [name for name in there if _knows(name, plans, asked)] or there
    if len(there) != 1:
        raise NotRead("token_place", {"places": "、".join(there)})
    return there[0]


def _knows(place: str, plans: Sequence[Plan], asked: Sequence[str]) -> bool:
    here = [plan for plan in plans if plan.jurisdiction.name == place]
    return all(any(_unit(word, plan) for plan in here) for word in asked)


def units_of(plans: Sequence[Plan], asked: Sequence[str]) -> tuple[str, ...]:
    """Return the units of some plans that are named.

    Raises:
        NotRead: one of them is not a unit of any.
    """
    found: dict[str, None] = {}
    for word in asked:
        unit = next((one for plan in plans if (one := _unit(word, plan))), "")
        if not unit:
            raise NotRead("token_word", {"given": word[:30], "scopes": "、".join(SCOPES.values())})
        found[unit] = None
    return tuple(found)


def _unit(word: str, plan: Plan) -> str:
    """Return a unit by its name or an alias; a placeholder (事发学校) is another body each time, and nobody's."""
    return next(
        (
            item.id
            for item in plan.units
            if not item.place_bound and (word in (item.id, item.name) or word in item.aliases)
        ),
        "",
    )


def named(word: str) -> bool:
    """Return whether a word can name a system: people read it beside a report, so nothing live and no number."""
    plain = SHORTEST <= len(word) <= LONGEST and legible(word) == word and bool(_NAME.fullmatch(word))
    return plain and not word.isdecimal() and not re.search(r"\d{7}", word)


def checked(wanted: Wanted, plans: Sequence[Plan]) -> Wanted:
    """Return what is wanted, with what follows of it.

    Args:
        plans: of the jurisdiction.

    Raises:
        NotRead: a scope lacks, a unit is there without one who answers, or the other way round; too long, too often.
    """
    titles = "、".join(SCOPES.values())
    if not wanted.scopes:
        raise NotRead("token_scope", {"scopes": titles})
    if (ANSWER in wanted.scopes) != bool(wanted.units):
        raise NotRead("token_units", {"answer": SCOPES[ANSWER]})
    if not 1 <= wanted.days <= MOST_DAYS:
        raise NotRead("token_days", {"most": str(MOST_DAYS)})
    if not 1 <= wanted.rate <= MOST_RATE:
        raise NotRead("token_rate", {"most": str(MOST_RATE)})
    if not plans or any(plan not in {item.id for item in plans} for plan in wanted.plans):
        raise NotRead("token_place", {"places": "、".join(dict.fromkeys(plan.jurisdiction.name for plan in plans))})
    return wanted


def new_secret() -> str:
    """Return a token of 256 bits, for the command line, which prints it once."""
    return PREFIX + secrets.token_urlsafe(32)


async def keep(tx: Writing, token: ApiToken, *, cause: str, now: datetime) -> None:
    """Keep a token, with an entry in the admin log: its digest and all that it may do."""
    await tx.api_tokens.add(token)
    await append_admin_event(
        tx, token.jurisdiction, MADE, actor=token.created_by, cause=cause, at=now, token=token.id, system=token.name,
        plans=list(token.plans), scopes=list(token.scopes), units=list(token.units), rate=token.rate,
        until=token.until.isoformat(), digest=token.digest, own=(),
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
    service: Service, person: Person, wanted: Wanted, once: str, *, requester: Requester, reply: Reply
) -> AdminResult | None:
    """Make the token that was shown, once; the other administrators are told.

    Args:
        once: of what was shown, so that a second press makes no second one.
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
        if len(await tx.api_tokens.of(wanted.jurisdiction, now)) >= MOST_TOKENS:
            return AdminResult(key="token_many", ok=False, values={"most": MOST_TOKENS})
        numbers, kept = service.seal.new_long(PREFIX)
        token = wanted.token(kept, person.id, now)
        await keep(tx, token, cause=once, now=now)
        others = {one.id: one for plan in here for one in await admins(service, tx, plan) if one.id != person.id}
        message = made_by_another(shown(token, shown_name(person), service), now)
        told = tuple(
            OutgoingMessage(
                place_id=one.place_id or "", message=message, notice="token_told", audience=to_person(one.id),
                person_id=one.id, jurisdiction=token.jurisdiction, priority=3,
            )
            for one in others.values()
        )  # fmt: skip
        values = {"secret": PREFIX + "".join(numbers), "name": token.name, "until": token.until}
        return AdminResult(key="token_made", values=values, secrets=numbers, messages=told)

    return await admin_transaction(service, act, cause=once, requester=requester, reply=reply)


async def revoke(
    service: Service, person: Person, token_id: str, *, cause: str, requester: Requester, reply: Reply | None = None
) -> AdminResult | None:
    """End a token; whatever is asked with it from now on is refused."""

    async def act(tx: Writing, now: datetime) -> AdminResult:
        token = await tx.api_tokens.get(token_id)
        if token is None or not token.holds(now):
            return AdminResult(key="token_gone", ok=False)
        if requester.via != "direct" or not await may_administer(service, tx, person, token.jurisdiction):
            return AdminResult(key="admin_only", ok=False)
        await end(tx, token, by=person.id, cause=cause, now=now)
        return AdminResult(key="token_revoked", values={"name": token.name})

    return await admin_transaction(service, act, cause=cause, requester=requester, reply=reply)


async def renew(
    service: Service, person: Person, token_id: str, *, cause: str, requester: Requester, reply: Reply | None = None
) -> AdminResult | None:
    """Let a token that soon ends hold for another year from now; the secret stays."""

    async def act(tx: Writing, now: datetime) -> AdminResult:
        token = await tx.api_tokens.get(token_id)
        if token is None or not token.holds(now):
            return AdminResult(key="token_gone", ok=False)
        if requester.via != "direct" or not await may_administer(service, tx, person, token.jurisdiction):
            return AdminResult(key="admin_only", ok=False)
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


def shown(token: ApiToken, by: str, service: Service) -> KeptToken:
    """Return a token as administrators are shown it."""
    titles = {plan.id: plan.title for plan in _installed(service)}
    return KeptToken(
        id=token.id, name=token.name, jurisdiction=token.jurisdiction,
        plans=tuple(titles.get(plan, plan) for plan in token.plans), scopes=token.scopes, units=token.units,
        rate=token.rate, by=by, by_command=not token.created_by, made_at=token.created_at, until=token.until,
        used_at=token.used_at,
    )  # fmt: skip


def preview(wanted: Wanted, service: Service, now: datetime) -> KeptToken:
    """Return a token that is to be made, as it is shown before."""
    return replace(shown(wanted.token(digest(""), "", now), "", service), id="")


def _installed(service: Service) -> list[Plan]:
    return [service.registry.current(name) for name in service.registry.ids]
