"""What happens to the bot itself: added, removed, made administrator, blocked, moved with its group."""

from __future__ import annotations

from dataclasses import replace

from telegram import ChatMember, ChatMemberAdministrator, ChatMemberOwner, Update

from handlers.desk import Context, caller, desk

_INSIDE = (ChatMember.MEMBER, ChatMember.ADMINISTRATOR, ChatMember.OWNER)


async def changed(update: Update, context: Context) -> None:
    """The bot's standing in a chat changed: blocked people and lost groups are remembered at once."""
    change = update.my_chat_member
    who = await caller(update, context)
    if change is None or who is None:
        return
    tools = desk(context)
    inside = change.new_chat_member.status in _INSIDE
    new = change.new_chat_member
    can_pin = isinstance(new, ChatMemberOwner) or (
        isinstance(new, ChatMemberAdministrator) and bool(new.can_pin_messages)
    )
    async with tools.service.store.writing() as tx:
        place = await tx.places.get(who.place.id)
        if place is not None:
            await tx.places.save(replace(place, member=inside, can_pin=can_pin))
        if who.private:
            person = await tx.people.get(who.person.id)
            if person is not None:
                await tx.people.save(replace(person, blocked_at=None if inside else tools.clock.now()))


async def migrated(update: Update, context: Context) -> None:
    """A group became a supergroup: one row changes its number."""
    message = update.effective_message
    if message is None:
        return
    old = message.migrate_from_chat_id or message.chat.id
    new = message.chat.id if message.migrate_from_chat_id else message.migrate_to_chat_id
    if new is not None and old != new:
        async with desk(context).service.store.writing() as tx:
            await tx.places.migrate(old, new)
