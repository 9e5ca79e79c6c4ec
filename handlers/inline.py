"""``@bot 消防`` in any chat: numbers as contact cards, incidents by number, warnings in force, clauses by word.

A card may be sent into any chat, so only office lines are given, of an incident its state alone, of a warning what,
from when until when, and its number. Nothing is written down, not even who asked; Telegram keeps nothing of it either,
so that who loses a role sees nothing more.
"""

from __future__ import annotations

import hashlib

import structlog
from telegram import (
    InlineQueryResult,
    InlineQueryResultArticle,
    InlineQueryResultContact,
    InputTextMessageContent,
    Update,
)
from telegram.error import TelegramError

from bot.office.directory import at_hand, called_units, look_up
from bot.office.reader import Reader
from bot.render.directory import clause
from bot.render.phones import inline_incident, inline_words
from bot.render.warning_lines import asked_for, inline
from bot.service.taking import open_warnings
from handlers.context import Context, HandlerContext, tools_of
from handlers.phones import PhoneBook
from handlers.which_incident import numbered
from plans.directory import Hit, clauses, duty_line, entries, once
from storage.incidents import IncidentRow
from storage.transaction import Reading

PAGE = 20
"""Results in one answer; Telegram takes 50."""

KEPT_FOR_STRANGERS = 10
"""Seconds for which Telegram answers a stranger without asking us; whoever is bound is answered anew each time."""

LONGEST = 40
"""Characters of a query that are looked at."""

SHORTEST = 2
"""Characters by which a warning can be named."""

log = structlog.get_logger(__name__)


async def answer(update: Update, context: Context) -> None:
    """Answer an inline query with as much as the person may know."""
    query = update.inline_query
    if query is None:
        return
    tools = tools_of(context)
    start = int(query.offset) if query.offset.isascii() and query.offset.isdigit() else 0
    async with tools.service.store.reading() as rx:
        person = await rx.people.by_telegram(query.from_user.id)
        now = tools.clock.now()
        all_holdings = await rx.people.holdings(person.id) if person is not None else []
        holdings = [item for item in all_holdings if item.until is None or item.until > now]
        admin = query.from_user.id in tools.admins
        bound = person is not None and (bool(holdings) or admin)
        if person is not None and bound:
            reader = Reader(person_id=person.id, holdings=tuple(holdings), admin=admin)
            wanted = query.query.strip()[:LONGEST]
            results = await _results(rx, tools, reader, wanted)
        else:
            results = [_article("stranger", *inline_words("stranger", username=tools.username))]
    if person is not None and bound:
        results = [*await _warnings(tools, reader, wanted), *results]
    page = results[start : start + PAGE]
    following = str(start + PAGE) if start + PAGE < len(results) else ""
    if not results:
        page = [_article("none", *inline_words("none"))]
    try:
        await query.answer(page, cache_time=0 if bound else KEPT_FOR_STRANGERS, is_personal=True, next_offset=following)
    except TelegramError as error:  # too old, or no network: the person types on, and asks again by that
        log.info("inline.unanswered", error=str(error))


async def _results(rx: Reading, tools: HandlerContext, reader: Reader, query: str) -> list[InlineQueryResult]:
    """Return everything that fits, in the order in which it is shown."""
    service = tools.service
    lookup = await look_up(
        rx, service.registry, service.bodies, list(reader.holdings), administers=reader.admin, private=True,
        with_personal=False,
    )  # fmt: skip
    jurisdictions = list(dict.fromkeys(plan.jurisdiction.name for plan in lookup.plans))
    row = await at_hand(rx, jurisdictions, reader.may_list)
    book = PhoneBook(lookup=lookup)
    if row is not None:
        called = await called_units(rx, row.stream)
        book = PhoneBook(lookup=lookup, incident=row.number, plan=row.plan_id, units=called)
    if not query:
        return [_contact(hit) for hit in book.called() or _usual(book)]
    results: list[InlineQueryResult] = [
        _incident(tools, row, lookup.title_of(row.plan_id))
        for row in await _incidents(rx, jurisdictions, query)
        if reader.may_list(row)
    ]
    results += [_contact(hit) for hit in book.search(query)]
    by_id = {plan.id: plan for plan in lookup.plans}
    for item in clauses(lookup.plans, query):
        plan = by_id[item.plan]
        text = clause(plan, item.number).text
        results.append(_article(f"c{item.plan}{item.number}", f"{item.number} {item.title}", plan.title, text))
    return results


async def _warnings(tools: HandlerContext, reader: Reader, query: str) -> list[InlineQueryResult]:
    """Return the warnings in force that a query names, of the plans under which something is held."""
    if len(query) < SHORTEST:
        return []
    registry = tools.service.registry
    served = reader.served([registry.current(name) for name in registry.ids])
    return [
        _article(f"w{case.stream}", *inline(case, case.own_time(tools.clock.now())))
        for case in await open_warnings(tools.service, served)
        if case.in_force and asked_for(case, query)
    ]


def _usual(book: PhoneBook) -> list[Hit]:
    """Return what is shown before a word is typed and while nothing runs: the duty rooms, then everybody in order."""
    plans = book.lookup.plans
    rooms = [line for plan in plans if (line := duty_line(plan)) is not None]
    return once(Hit.of(entry) for entry in [*rooms, *(entry for plan in plans for entry in entries(plan))])


async def _incidents(rx: Reading, jurisdictions: list[str], query: str) -> list[IncidentRow]:
    reference = numbered([query])
    if reference is None:
        return []
    number, drill, _ = reference
    rows = [
        await rx.incidents.by_number(name, None, number, kind)
        for name in jurisdictions
        for kind in ((True,) if drill else (False, True))
    ]
    return [row for row in rows if row is not None]


def _contact(hit: Hit) -> InlineQueryResultContact:
    return InlineQueryResultContact(
        id=_id(f"p{hit.plan}|{hit.unit}|{hit.dial}|{hit.kind}"),
        phone_number=hit.tap or hit.dial,
        first_name=hit.unit[:64],
        last_name=(f"{hit.label} {hit.kind}" if hit.label else hit.kind)[:64],
    )


def _incident(tools: HandlerContext, row: IncidentRow, title: str) -> InlineQueryResultArticle:
    words = inline_incident(row, title, tools.username, tools.clock.now())
    return _article(f"i{row.stream}", *words)


def _article(key: str, title: str, hint: str, text: str) -> InlineQueryResultArticle:
    content = InputTextMessageContent(text[:4096])
    return InlineQueryResultArticle(
        id=_id(key), title=title[:128], description=hint[:256], input_message_content=content
    )


def _id(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:32]
