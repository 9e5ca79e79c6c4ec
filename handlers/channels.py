"""``/channels``: how else one is told, where Telegram is not answered. Only in private: addresses hold keys."""

from __future__ import annotations

from telegram import Update

from bot.notifier import masked, names
from bot.office import channels
from bot.office.administration import AdminResult, Reply
from bot.outgoing.messages import OutgoingMessage
from bot.render import channels as pages
from bot.render.channels import Way
from bot.texts.channels import NO_QUIET, TEXTS
from handlers.buttons import ButtonPress, button
from handlers.commands import command
from handlers.context import Caller, Context, caller, tools_of
from handlers.replies import letter_to, say
from handlers.which_incident import words

ADD, QUIET = frozenset({"加", "增加", "add"}), frozenset({"安静", "quiet"})


@command("channels")
async def look(update: Update, context: Context) -> None:
    """``/channels``, ``/channels 加 ADDRESS``, ``/channels 安静 N 22:00-07:00``."""
    who = await caller(update, context)
    if who is None:
        return
    if not who.private:
        await say(context, who, pages.result_message("private"), "channels", in_private=True)
        return
    args, service = words(update), tools_of(context).service
    cause = f"{who.cause}:channels"
    if args[:1] and args[0] in ADD and len(args) == 2:
        notifier = tools_of(context).notifier
        await channels.add(
            service, notifier, who.person, args[1], cause=cause, requester=who.requester, reply=_reply(who)
        )
        return
    elif args[:1] and args[0] in QUIET:
        number = int(args[1]) if len(args) > 1 and args[1].isdecimal() else 0
        quiet = "" if args[2:] == [NO_QUIET] else "".join(args[2:]) or "?"
        done = await channels.silence(service, who.person, number, quiet, cause=cause, requester=who.requester)
    else:
        now = tools_of(context).clock.now()
        async with service.store.reading() as rx:
            rows = await rx.people.channels_of(who.person.id)
        ways = [Way(item.id, item.kind, masked(item.address), item.quiet, item.proved_at) for item in rows]
        await say(context, who, pages.ways(ways, names(), now), "channels")
        return
    if done is not None:
        values = dict(done.values)
        if "quiet" in values:
            values["quiet"] = values["quiet"] or NO_QUIET
        await say(context, who, pages.result_message(done.key, **values), "channels")


def _reply(who: Caller) -> Reply:
    def messages(done: AdminResult) -> list[OutgoingMessage]:
        outgoing = letter_to(who, pages.result_message(done.key, **done.values), "channels")
        return [outgoing] if outgoing is not None else []

    return messages


@button("channel_test", on="channel")
async def test(press: ButtonPress) -> str:
    """「测试」."""
    done = await channels.test(
        press.tools.service, press.caller.person, press.arg("id"), TEXTS["test"], cause=f"{press.caller.cause}:channel",
        requester=press.caller.requester,
    )  # fmt: skip
    return pages.result_message(done.key, **done.values).text if done is not None else ""


@button("channel_remove", on="channel")
async def remove(press: ButtonPress) -> str:
    """「删去」."""
    done = await channels.remove(
        press.tools.service, press.caller.person, press.arg("id"), cause=f"{press.caller.cause}:channel",
        requester=press.caller.requester,
    )  # fmt: skip
    if done is None:
        return ""
    await press.strip()
    return pages.result_message(done.key, **done.values).text
