"""``/phone`` and the key ☎: whom to ring, as far as the person and the place may know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from telegram import Update

from bot.office.directory import Lookup, at_hand, called_units, duty_line_of, look_up
from bot.render import Message
from bot.render.chat import text_message
from bot.render.phones import duty_number, numbers, units_at_hand
from handlers import amendments
from handlers.commands import belongs, command
from handlers.context import Caller, Context, caller, tools_of
from handlers.forms import ask_form
from handlers.menus import PHONE, key
from handlers.replies import say, say_once
from handlers.which_incident import rest
from plans.directory import Amendment, Hit, once
from plans.intake.with_plan import read_for
from storage.forms import Form

LONGEST = 40
"""Characters of a query; what is longer is told about an event, not asked for."""

SURE, LIKELY = 90, 76
"""Scores from which words in private are taken as a query."""

HOLDS = timedelta(minutes=10)
"""How long after the key ☎ words may be a query, and after 「改一处」 a correction."""

ASKED = "phone"
"""Kind of the form that the key opens."""


@dataclass(frozen=True, kw_only=True)
class PhoneBook:
    """What somebody may look up, and the incident at hand."""

    lookup: Lookup
    incident: int = 0
    units: tuple[str, ...] = ()
    plan: str = ""

    def search(self, query: str, *, limit: int = 200) -> list[Hit]:
        """Return the lines that fit, each number once: those of the chat's plan and of the incident first."""
        prefer = self.lookup.preferred or ((self.plan,) if self.plan else ())
        return once(self.lookup.search(query, limit=limit, prefer=prefer, at_hand=self.units))

    def called(self) -> list[Hit]:
        """Return the lines of the units that the running incident calls."""
        return once(Hit.of(entry) for entry in self.lookup.lines_of(self.units, self.plan))


@command("phone", help={"admin": 6, "leader": 5, "liaison": 5, "reporter": 4})
async def phone(update: Update, context: Context) -> None:
    """``/phone QUERY``."""
    who = await caller(update, context)
    if who is not None and amendments.is_change(update) and not who.neutral:
        await amendments.change(update, context, who)
    elif who is not None:
        await _answer(context, who, rest(update)[:LONGEST])


async def _answer(context: Context, who: Caller, query: str) -> None:
    if who.neutral:
        await say(context, who, await _duty(context, who), "phone")
        return
    if who.private and not who.holdings and not who.admin:
        await say(context, who, text_message("phone_stranger"), "phone")
        return
    if not who.private and not who.plans:
        await say_once(context, who, text_message("phone_unbound"), "phone")
        return
    book = await phone_book(context, who)
    message = _listed(context, book, query)
    if message is None:
        message = text_message("phone_how", username=tools_of(context).username)
    await say(context, who, message, "phone")


@key(PHONE, row=2)
async def ask(update: Update, context: Context) -> None:
    """The key ☎: what the running incident calls, and a question; the next words may answer it."""
    who = await caller(update, context)
    if who is None:
        return
    if not await belongs(context, who):
        return
    tools = tools_of(context)
    book = await phone_book(context, who)
    parts = [_listed(context, book, ""), text_message("phone_how", username=tools.username)]
    await ask_form(tools, who, ASKED, {})
    text = "\n\n".join(part.text for part in parts if part is not None)
    await say(context, who, Message(text), "phone")


async def answered(context: Context, who: Caller, text: str, form: Form | None) -> bool:
    """Take words in private as an answer to ☎ where they plainly are one; anything else stays a report.

    A query that is taken for a report costs one tap, a report that is taken for a query may cost a life: so the words
    must be short, fit a unit well, and name neither place nor kind of event unless they are a unit's very name.
    """
    if form is None or form.kind != ASKED or not text or len(text) > LONGEST // 2:
        return False
    if tools_of(context).clock.now() - form.at > HOLDS:
        return False
    book = await phone_book(context, who)
    hits = book.search(text)
    best = hits[0].score if hits else 0
    # Thousands of schools have names that a report may hold: of those only the very name is a query.
    if best < SURE and (best < LIKELY or not hits[0].plan or _tells(book, text, who)):
        return False
    await _answer(context, who, text)
    return True


def _tells(book: PhoneBook, text: str, who: Caller) -> bool:
    """Return whether words say something of an event."""
    readings = [read_for(plan, text, now=who.said_at) for plan in book.lookup.plans[:1]]
    return any(reading.facts or reading.category or reading.occurred for reading in readings)


def _listed(context: Context, book: PhoneBook, query: str) -> Message | None:
    lookup, now = book.lookup, tools_of(context).clock.now()
    by_id = {plan.id: plan for plan in lookup.plans}

    def change_of(hit: Hit) -> Amendment | None:
        if hit.plan not in by_id:  # of a listed body
            return None
        return lookup.amendment_of(by_id[hit.plan].jurisdiction.name, hit.names, hit.number)

    if query.strip():
        return numbers(query, book.search(query), lookup.plans, now, change_of)
    called = book.called()
    return units_at_hand(book.incident, called, lookup.plans, now, change_of) if called else None


async def phone_book(context: Context, who: Caller) -> PhoneBook:
    """Return what a person may look up where he is."""
    service = tools_of(context).service
    async with service.store.reading() as rx:
        lookup = await look_up(
            rx, service.registry, service.bodies, who.holdings, bound_here=who.plans, administers=who.admin,
            private=who.private,
        )  # fmt: skip
        row = await at_hand(rx, who.meant_here(), who.lists_here)
        units = await called_units(rx, row.stream) if row is not None else ()
    if row is None:
        return PhoneBook(lookup=lookup)
    return PhoneBook(lookup=lookup, incident=row.number, plan=row.plan_id, units=units)


async def _duty(context: Context, who: Caller) -> Message:
    service = tools_of(context).service
    async with service.store.reading() as rx:
        lookup = await look_up(rx, service.registry, service.bodies, (), bound_here=who.plans)
    return duty_number(duty_line_of(lookup))
