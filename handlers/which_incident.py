"""Which incident a command is about: by reply, by number, the only open one; else the person is asked."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from telegram import Update

from bot.cases.plan_registry import UnusablePlan
from bot.outgoing.addresses import ANY_PLAN
from handlers.cases import CaseSubject, about_case
from handlers.context import Caller, Context, tools_of
from plans.incident.state import Incident
from storage.incidents import IncidentRow
from storage.transaction import Reading

_NUMBER = re.compile(r"^(演练|演)?#?(\d{1,5})号?$")

LOOKED_THROUGH = 30
"""Open incidents that are looked through when a command does not say which; the newest."""


@dataclass(frozen=True, kw_only=True)
class Subject(CaseSubject):
    """An incident with its plan and the person's standing in it."""

    case: Incident

    @property
    def incident(self) -> Incident:
        """Return the case as what it is."""
        return self.case


@dataclass(frozen=True, kw_only=True)
class Candidates:
    """More than one may be meant, or none: ``rows`` are the open ones, of those that the person may know of.

    Attributes:
        insider: whether the person holds any role here; anybody else is told nothing, not even that there is none.
    """

    rows: tuple[IncidentRow, ...]
    number: int | None = None
    insider: bool = True


def words(update: Update) -> list[str]:
    """Return the words behind a command; a caption's too."""
    message = update.effective_message
    text = (message.text or message.caption or "") if message is not None else ""
    parts = text.split()
    return parts[1:] if parts and parts[0].startswith("/") else parts


def rest(update: Update) -> str:
    """Return the text behind a command as it was written."""
    message = update.effective_message
    text = (message.text or message.caption or "") if message is not None else ""
    if not text.startswith("/"):
        return text.strip()
    return text.split(maxsplit=1)[1].strip() if len(text.split(maxsplit=1)) > 1 else ""


def numbered(args: list[str]) -> tuple[int, bool, list[str]] | None:
    """Return (number, whether of a drill, the other words) when the first word is an incident's number."""
    match = _NUMBER.match(args[0]) if args else None
    return (int(match.group(2)), bool(match.group(1)), args[1:]) if match else None


async def find(
    update: Update,
    context: Context,
    caller: Caller,
    *,
    closed: bool = False,
    choose: Callable[[Context, Caller], Awaitable[str | None]] | None = None,
) -> tuple[Subject | Candidates, list[str]]:
    """Return the incident meant and the words that are left; what the person may not know of is as if it were not.

    Args:
        closed: whether closed ones may be meant by number.
        choose: picks one where neither number nor reply says which.
    """
    tools = tools_of(context)
    args = words(update)
    jurisdictions = caller.meant_here()
    insider = caller.admin or any(item.jurisdiction in (*jurisdictions, ANY_PLAN) for item in caller.holdings)
    stream: str | None = None
    reference = numbered(args)
    if reference is not None:
        number, drill, args = reference
        async with tools.service.store.reading() as rx:
            rows = [
                await rx.incidents.by_number(name, None, number, is_drill)
                for name in jurisdictions
                for is_drill in _kinds(drill)
            ]
        matching = [row for row in rows if row is not None and (closed or row.state != "closed")]
        matching = [row for row in matching if await knows(context, caller, row)]
        if len(matching) != 1:
            return Candidates(rows=tuple(matching), number=number, insider=insider), args
        stream = matching[0].stream
    message = update.effective_message
    async with tools.service.store.reading() as rx:
        if stream is None and message is not None and message.reply_to_message is not None:
            stream = await of_message(rx, caller, message.reply_to_message.message_id)
        if stream is None and message is not None and message.is_topic_message and message.message_thread_id:
            stream = await of_message(rx, caller, message.message_thread_id)
    if stream is None and choose is not None:
        stream = await choose(context, caller)
    if stream is None:
        async with tools.service.store.reading() as rx:
            opened = [row for name in jurisdictions for row in await rx.incidents.open(name)]
        opened = [row for row in opened if await knows(context, caller, row)]
        if len(opened) != 1:
            return Candidates(rows=tuple(opened), insider=insider), args
        stream = opened[0].stream
    subject = await about(context, caller, stream)
    if subject is None or not caller.reader.may_add(subject.plan, subject.incident):
        return Candidates(rows=(), insider=insider), args
    return subject, args


async def knows(context: Context, caller: Caller, row: IncidentRow) -> bool:
    """Return whether a person may know of an incident: by an office, or since it is his own."""
    reader = caller.reader
    if reader.may_list(row):
        return True
    try:
        pair = await tools_of(context).service.incident(row.stream)
    except UnusablePlan:
        return False
    return pair is not None and reader.may_add(*pair)


def _kinds(drill: bool) -> tuple[bool, ...]:
    return (True,) if drill else (False, True)


async def of_message(rx: Reading, caller: Caller, message_id: int) -> str | None:
    """Return the incident that one of the bot's messages is about."""
    row = await rx.outbox.by_message(caller.place.id, message_id)
    if row is not None and row.stream is not None:
        return str(row.stream)
    card = await rx.cards.by_message(caller.place.id, message_id)
    return str(card.stream) if card is not None else None


async def about(context: Context, caller: Caller, stream: str) -> Subject | None:
    """Return an incident by its stream, seen by this person."""
    found = await about_case(context, caller, stream)
    if found is None or not isinstance(found.case, Incident):
        return None
    return Subject(stream=stream, plan=found.plan, case=found.case, actor=found.actor)


async def newest_open(context: Context, who: Caller) -> list[Incident]:
    """Return the newest open incidents of somebody's jurisdictions, to be looked through."""
    service = tools_of(context).service
    async with service.store.reading() as rx:
        rows = [row for name in who.jurisdictions() for row in await rx.incidents.open(name)]
    pairs = [await service.incident(row.stream) for row in rows[-LOOKED_THROUGH:]]
    return [item[1] for item in pairs if item is not None]
