"""``/bind`` and ``/unbind``: which group serves which plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from telegram import Update
from telegram.error import TelegramError

from bot.office.administration import AdminResult
from bot.office.binding import Kind
from bot.office.binding import bind as bind_group
from bot.office.binding import unbind as unbind_group
from bot.outgoing.messages import OutgoingMessage
from bot.render.binding import beside as beside_another
from bot.render.binding import bindable
from bot.render.chat import text_message
from bot.texts.binding import KINDS
from bot.texts.words import NONE
from handlers.buttons import ButtonPress, button
from handlers.commands import command
from handlers.context import Caller, Context, caller, tools_of
from handlers.inviting import offered_plans, reply
from handlers.replies import letter_to, say
from handlers.which_incident import words
from storage.places import Place

_OWN: tuple[Kind, ...] = ("command", "members", "school")
_KINDS: dict[str, Kind] = {word: kind for kind in _OWN for word in (kind, KINDS[kind])}


@command("bind", help={"admin": 2}, menus={"admins": 4})
async def bind(update: Update, context: Context) -> None:
    """``/bind PLAN [KIND]``; without a plan it offers them as buttons."""
    who = await caller(update, context)
    if who is None:
        return
    args, registry = words(update), tools_of(context).service.registry
    kind: Kind = next((_KINDS[word] for word in args if word in _KINDS), "command")
    plans = [word for word in args if word not in _KINDS]
    if not plans and not who.reader.administers_any:
        await _refuse(context, who)
        return
    if not plans:
        offered = bindable(offered_plans(context, who), kind, who.place.kind, who.plans)
        await say(context, who, offered, "bind_how")
        return
    plan_id = next((item for item in registry.ids if plans[0] in (item, registry.current(item).title)), plans[0])
    await _bind(context, who, plan_id, kind)


async def _refuse(context: Context, who: Caller) -> None:
    """Say who may, before anything else is said: in private, or in one line that tells nothing."""
    if not await say(context, who, text_message("admin_only"), "usage", in_private=True):
        await say(context, who, text_message("admin_only"), "usage")


@button("bind", on="place")
async def bind_pressed(press: ButtonPress) -> str:
    """A plan's button under ``/bind``."""
    seen = (str(press.arg("was")), bool(press.arg("bound", False)))
    beside = str(press.arg("beside", ""))
    await _bind(press.context, press.caller, press.arg("plan"), press.arg("kind", "command"), seen, beside)
    return ""


async def _bind(
    context: Context, who: Caller, plan_id: str, kind: Kind, seen: tuple[str, bool] | None = None, beside: str = ""
) -> None:
    service = tools_of(context).service
    done = await bind_group(
        service,
        who.person,
        who.place,
        plan_id,
        kind,
        cause=f"{who.cause}:bind",
        requester=who.requester,
        reply=partial(_said, who),
        seen=seen,
        serves_too=tools_of(context).serves_too,
        beside=beside,
    )
    if done is None or done.ok:  # done before: the program may have ended before it had asked
        await note_rights(context, who)


def _said(who: Caller, done: AdminResult) -> Sequence[OutgoingMessage]:
    """Return how it is told what came of it; what wants a word more in the group, to which its button belongs."""
    if done.key != "bind_beside":
        return reply(who)(done)
    outgoing = letter_to(who, beside_another(**done.values), done.key)
    return [outgoing] if outgoing is not None else []


async def note_rights(context: Context, who: Caller) -> None:
    """Ask Telegram what the bot may do in this group, and remember it."""
    tools = tools_of(context)
    try:
        member = await tools.bot_api.call("getChatMember", {"chat_id": who.place.chat_id, "user_id": context.bot.id})
    except TelegramError:
        return
    async with tools.service.store.writing("place.rights") as tx:
        place = await tx.places.get(who.place.id)
        if place is not None and isinstance(member, dict):
            await tx.places.save(_with_rights(place, member))


def _with_rights(place: Place, member: dict[str, Any]) -> Place:
    return replace(place, can_pin=member.get("status") == "creator" or bool(member.get("can_pin_messages")))


@command("unbind")
async def unbind(update: Update, context: Context) -> None:
    """``/unbind PLAN``."""
    who = await caller(update, context)
    if who is None:
        return
    args, plans = words(update), [*who.plans, *who.missing]
    if not who.reader.administers(who.place.jurisdiction or ""):
        await _refuse(context, who)
        return
    if not args and len(plans) != 1:
        await say(context, who, text_message("unbind_how", plans="、".join(plans) or NONE), "usage")
        return
    plan_id = args[0] if args else plans[0]
    await unbind_group(
        tools_of(context).service, who.person, who.place, plan_id, cause=f"{who.cause}:unbind", requester=who.requester,
        reply=reply(who),
    )  # fmt: skip
