"""What every handler works with, and who and where an update comes from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Literal, cast

from telegram import Chat, Update, User
from telegram.ext import Application, CallbackContext

from bot.bot_api_client import BotApiWithFiles
from bot.callback_data import new_id
from bot.clock import Clock
from bot.errands import Errands
from bot.exchange.pdf import Converter
from bot.notifier import Notifier
from bot.notifier.webhook import PUBLIC, Allowed
from bot.office.beside import ServesToo, nobody_beside
from bot.office.reader import Reader
from bot.outgoing.addresses import ANY_PLAN
from bot.service import Requester, Service
from handlers.current_updates import CurrentUpdates
from plans.incident.state import Incident
from plans.times.workdays import Workdays
from storage.incidents import IncidentRow
from storage.people import Holding, Person
from storage.places import Place
from storage.transaction import Reading, Writing

ANONYMOUS_ADMIN = 1087968824
"""Telegram's stand-in for an administrator who writes anonymously: nobody knows who it is."""

Context = CallbackContext[Any, Any, Any, Any]
Program = Application[Any, Any, Any, Any, Any, Any]


@dataclass(frozen=True, kw_only=True)
class HandlerContext:
    """The handlers' tools, kept in ``application.bot_data``.

    Attributes:
        username: of the bot, without @.
        admins: Telegram ids of the first administrators.
        workdays: which days are worked, for the duty roster.
        errands: does for people what takes a thread.
        notifier: looks at addresses of other ways before they are kept.
        board_url: where browsers reach the board; empty = nowhere.
        updates: those that are worked off now.
        converter: makes PDFs of papers, where a word processor is there.
        telephone: whether the office has an automatic telephone.
        push: where other systems may be told that are not on the public network.
        serves_too: asks which other installation serves a jurisdiction.
    """

    service: Service
    clock: Clock
    bot_api: BotApiWithFiles
    username: str
    admins: frozenset[int]
    workdays: Workdays
    notifier: Notifier
    errands: Errands
    board_url: str = ""
    updates: CurrentUpdates = field(default_factory=CurrentUpdates)
    converter: Converter | None = None
    telephone: bool = False
    push: Allowed = PUBLIC
    serves_too: ServesToo = nobody_beside


def tools_of(context: Context) -> HandlerContext:
    """Return the tools."""
    return cast(HandlerContext, context.bot_data["handler_context"])


def program_tools(program: Program) -> HandlerContext:
    """Return the tools of a program."""
    return cast(HandlerContext, program.bot_data["handler_context"])


@dataclass(frozen=True, kw_only=True)
class Caller:
    """Who sent an update, where, and in which way.

    Attributes:
        plans: ids of the installed plans that the place is bound to. missing: of those that are not installed.
        holdings: what the person holds now, in every jurisdiction.
        said_at: the message's own date (a pressed button has none: now).
        fills_form: it answers the person's open form here, which is closed by whatever it comes to.
        album: Telegram's id of the album that the message is a picture of.
        watched: the jurisdictions that are bound, for an administrator by the settings.
    """

    person: Person
    place: Place
    plans: tuple[str, ...]
    holdings: tuple[Holding, ...]
    via: str
    update_id: int
    said_at: datetime
    message_id: int | None
    admin: bool = False
    fills_form: bool = False
    album: str | None = None
    missing: tuple[str, ...] = ()
    watched: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """What the message is known by once it is recorded: an edit of it finds its incident."""
        return f"said:{self.place.id}:{self.message_id}"

    @property
    def said_album(self) -> str:
        """What the album that the message belongs to is known by, empty for a message alone."""
        return f"album:{self.place.id}:{self.album}" if self.album else ""

    @property
    def known_as(self) -> tuple[str, ...]:
        """All that the message is known by."""
        return (self.said, self.said_album) if self.album else (self.said,)

    @property
    def requester(self) -> Requester:
        """How the service is told who asks."""
        return Requester(
            person_id=self.person.id,
            via=self.via,
            update_id=self.update_id,
            form_at=self.place.id if self.fills_form else "",
        )

    @property
    def cause(self) -> str:
        """The unique cause of what this update asks for."""
        return f"update:{self.update_id}"

    @property
    def private(self) -> bool:
        """Whether it came from a private chat."""
        return self.place.kind == "private"

    @property
    def neutral(self) -> bool:
        """Whether others than officials read along: parents, members who need not know."""
        return self.place.kind in ("members", "school")

    @property
    def reader(self) -> Reader:
        """What the person may read, wherever he asks."""
        return Reader(person_id=self.person.id, holdings=self.holdings, admin=self.admin)

    def jurisdictions(self) -> list[str]:
        """Return the jurisdictions that the person or the place belongs to."""
        here = [self.place.jurisdiction] if self.place.jurisdiction else []
        return list(dict.fromkeys([*here, *self.reader.jurisdictions(), *self.watched]))

    def meant_here(self) -> list[str]:
        """Return whose numbers are meant where this was said: in a bound group its own, in private the person's."""
        return [self.place.jurisdiction] if self.place.jurisdiction else self.jurisdictions()

    def lists_here(self, row: IncidentRow) -> bool:
        """Return whether an incident may be named where this was said: of its plan's group, or to who serves there."""
        if self.private:
            return self.reader.may_list(row)
        return self.place.kind == "command" and row.plan_id in self.plans

    def shown_here(self, incident: Incident) -> bool:
        """Return whether an incident may be shown where this was said: in private, or in its plan's command group."""
        here = self.place.kind == "command" and self.place.jurisdiction == incident.jurisdiction
        return self.private or (here and incident.plan in (*self.plans, *self.missing))

    def body(self, jurisdiction: str, plans: Iterable[str]) -> str:
        """Return the body for which a person reports there, as one of these plans has it; elsewhere he has none."""
        served = {*plans, ANY_PLAN}
        holdings = (item for item in self.holdings if item.role == "reporter" and item.jurisdiction == jurisdiction)
        return next((item.unit for item in holdings if item.unit and item.plan_id in served), "") or ""

    def holds(self, *roles: str) -> bool:
        """Return whether the person holds one of these roles anywhere; what may be read, and where, says the reader."""
        return any(item.role in roles for item in self.holdings) or ("admin" in roles and self.admin)


async def caller(update: Update, context: Context) -> Caller | None:
    """Return who and where, writing down a person or place that is new; None for updates of no person."""
    tools = tools_of(context)
    message, user, chat = update.effective_message, update.effective_user, update.effective_chat
    if user is None or chat is None:
        return None
    now = tools.clock.now()
    watched: list[str] = []
    async with tools.service.store.reading() as rx:
        record = await _on_record(rx, user, chat)
        if user.id in tools.admins:
            watched = [name for name, _, _ in await rx.places.bindings()]
    if record is None:
        async with tools.service.store.writing("caller.met") as tx:
            await _meet(tx, user, chat, now)
            record = await _on_record(tx, user, chat)
    if record is None:
        raise RuntimeError(f"update {update.update_id}: a person just written down is not found")
    person, place, plans, holdings = record
    installed = tools.service.registry.ids
    said_at = now
    if message is not None and update.callback_query is None:
        said_at = message.date.astimezone(UTC)
    return Caller(
        person=person,
        place=place,
        plans=tuple(plan for plan in plans if plan in installed),
        watched=tuple(dict.fromkeys(watched)),
        missing=tuple(plan for plan in plans if plan not in installed),
        holdings=tuple(item for item in holdings if item.until is None or item.until > now),
        via=way(update),
        update_id=update.update_id,
        said_at=said_at,
        message_id=message.message_id if message is not None else None,
        admin=user.id in tools.admins,
        album=message.media_group_id if message is not None and update.callback_query is None else None,
    )


def way(update: Update) -> Literal["direct", "anonymous", "channel", "forward", "edit", "via_bot"]:
    """Return in which way an update came; all but ``direct`` carry no authority."""
    if update.callback_query is not None:
        return "direct"
    message = update.effective_message
    if message is None:
        return "direct"
    if message.from_user is not None and message.from_user.id == ANONYMOUS_ADMIN:
        return "anonymous"
    if message.sender_chat is not None:
        return "anonymous" if message.sender_chat.id == message.chat.id else "channel"
    if message.forward_origin is not None:
        return "forward"
    if message.via_bot is not None:
        return "via_bot"
    if update.edited_message is not None:
        return "edit"
    return "direct"


async def _on_record(
    rx: Reading, user: User, chat: Chat
) -> tuple[Person, Place, tuple[str, ...], tuple[Holding, ...]] | None:
    """Return what is on record, or None where the record must be made or mended first."""
    person, place = await rx.people.by_telegram(user.id), await rx.places.by_chat(chat.id)
    if person is None or place is None:
        return None
    private = chat.type == Chat.PRIVATE
    if private and (person.place_id != place.id or person.blocked_at is not None or person.started_at is None):
        return None
    if (person.name, person.username) != (_name(user), user.username) or (_title(chat) and place.title != _title(chat)):
        return None
    if place.forum != bool(chat.is_forum):
        return None
    plans = () if private else tuple(await rx.places.plans_of(place.id))
    holdings = tuple(await rx.people.holdings(person.id))
    return person, place, plans, holdings


async def _meet(tx: Writing, user: User, chat: Chat, now: datetime) -> None:
    """Write down a person and a place, or what changed about them; writing to the bot in private unblocks."""
    place = await tx.places.by_chat(chat.id)
    if place is None:
        kind: Literal["private", "none"] = "private" if chat.type == Chat.PRIVATE else "none"
        # Two updates of somebody new, in two chats, are handled at the same time: whoever writes him down first counts.
        place = await tx.places.add(Place(id=new_id(), chat_id=chat.id, kind=kind, created_at=now))
    place = replace(place, title=_title(chat) or place.title, forum=bool(chat.is_forum))
    await tx.places.save(place)
    person = await tx.people.by_telegram(user.id)
    if person is None:
        person = await tx.people.add(Person(id=new_id(), telegram_id=user.id, name="", created_at=now))
    person = replace(person, name=_name(user), username=user.username)
    if chat.type == Chat.PRIVATE:
        person = replace(person, place_id=place.id, started_at=person.started_at or now, blocked_at=None)
    await tx.people.save(person)


def _name(user: User) -> str:
    return user.full_name[:128]


def _title(chat: Chat) -> str:
    return (chat.title or chat.full_name or "")[:128]
