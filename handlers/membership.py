"""What happens to the bot itself: added, removed, made administrator, blocked, moved with its group."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from telegram import ChatMember, ChatMemberAdministrator, ChatMemberOwner, ChatMemberRestricted, Update

from bot.office.administration import admins
from bot.office.board import close_all
from bot.outgoing.group_moves import moved
from bot.outgoing.messages import OutgoingMessage
from bot.render.chat import text_message
from handlers.context import Caller, Context, caller, tools_of
from handlers.replies import say
from storage.people import Person
from storage.places import Place

_INSIDE = (ChatMember.MEMBER, ChatMember.ADMINISTRATOR, ChatMember.OWNER)


async def changed(update: Update, context: Context) -> None:
    """The bot's standing in a chat changed: blocked people and lost groups are remembered at once, and told of."""
    change = update.my_chat_member
    who = await caller(update, context)
    if change is None or who is None:
        return
    new, old = change.new_chat_member, change.old_chat_member
    inside = _inside(new)
    if who.private:
        await _blocked(context, who, inside)
        return
    can_pin = _can_pin(new)
    service = tools_of(context).service
    async with service.store.writing("place.membership") as tx:
        place = await tx.places.get(who.place.id)
        if place is None:
            return
        await tx.places.save(replace(place, member=inside, can_pin=can_pin))
    if inside and not _inside(old) and place.kind == "none":
        await say(context, who, text_message("greeting"), "added")
    elif inside and not _inside(old) and place.kind == "command":
        await _tell_office(context, who, place, "group_back" if can_pin else "group_back_no_pin")
    elif place.kind == "command" and not inside:
        await _tell_office(context, who, place, "group_lost")
    elif place.kind == "command" and _can_pin(old) and not can_pin:
        await _tell_office(context, who, place, "pin_lost")


def _can_pin(member: ChatMember) -> bool:
    return isinstance(member, ChatMemberOwner) or (
        isinstance(member, ChatMemberAdministrator) and bool(member.can_pin_messages)
    )


def _inside(member: ChatMember) -> bool:
    return member.status in _INSIDE or (isinstance(member, ChatMemberRestricted) and member.is_member)


async def _blocked(context: Context, who: Caller, inside: bool) -> None:
    tools = tools_of(context)
    now: datetime = tools.clock.now()
    async with tools.service.store.writing("person.blocked") as tx:
        person = await tx.people.get(who.person.id)
        if person is not None:
            await tx.people.save(replace(person, blocked_at=None if inside else now))
            if not inside:
                await close_all(tx, person.id, by=person.id, cause=who.cause, now=now)


async def _tell_office(context: Context, who: Caller, place: Place, key: str) -> None:
    """Tell the administrators and whoever sits on the seat: the group that is lost cannot be told."""
    service = tools_of(context).service
    office: dict[str, Person] = {}
    async with service.store.writing("place.office") as tx:
        for plan_id in who.plans:
            plan = service.registry.current(plan_id)
            seat = await tx.people.seat(plan.jurisdiction.name, plan_id)
            holder = await tx.people.get(seat.person_id) if seat is not None else None
            people = [*await admins(service, tx, plan), *([holder] if holder is not None else [])]
            office.update({person.id: person for person in people if person.place_id and person.blocked_at is None})
    messages = [
        OutgoingMessage(
            place_id=person.place_id or "", message=text_message(key, title=place.title), notice=key,
            person_id=person.id,
            ring=True, priority=1,
        )
        for person in office.values()
    ]  # fmt: skip
    await service.say(messages, cause=who.cause, requester=who.requester)


async def migrated(update: Update, context: Context) -> None:
    """A group became a supergroup: one row changes its number."""
    message = update.effective_message
    if message is None:
        return
    old = message.migrate_from_chat_id or message.chat.id
    new = message.chat.id if message.migrate_from_chat_id else message.migrate_to_chat_id
    if new is not None and old != new:
        async with tools_of(context).service.store.writing("place.migrated") as tx:
            await moved(tx, old, new, tools_of(context).clock.now(), tools_of(context).admins)
