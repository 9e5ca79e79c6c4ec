"""``/channels``: how else one is told, where Telegram is not answered. Only in private: addresses hold keys."""

from __future__ import annotations

from telegram import Update

from bot.notifier import BadAddress, masked, names
from bot.notifier.voice import SCHEME, is_telephone, masked_telephone, telephone_of
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
from plans.directory.numbers import number_of
from storage.people import Channel

ADD, QUIET = frozenset({"加", "增加", "add"}), frozenset({"安静", "quiet"})


@command("channels")
async def look(update: Update, context: Context) -> None:
    """``/channels``, ``/channels 加 ADDRESS``, ``/channels 加 电话 NUMBER``, ``/channels 安静 N 22:00-07:00``."""
    who = await caller(update, context)
    if who is None:
        return
    if not who.private:
        await say(context, who, pages.result_message("private"), "channels", in_private=True)
        return
    args, service = words(update), tools_of(context).service
    cause = f"{who.cause}:channels"
    if args[:1] and args[0] in ADD and len(args) >= 2:
        tools = tools_of(context)
        try:
            address = _address(args[1:], who.person.phone)
        except BadAddress as problem:
            await say(context, who, pages.result_message("bad", problem=str(problem)), "channels")
            return
        await channels.add(
            service, tools.notifier, who.person, address, cause=cause, requester=who.requester, reply=_reply(who),
            telephone=tools.telephone,
        )  # fmt: skip
        return
    elif args[:1] and args[0] in QUIET:
        number = int(args[1]) if len(args) > 1 and args[1].isdecimal() else 0
        quiet = "" if args[2:] == [NO_QUIET] else "".join(args[2:]) or "?"
        done = await channels.silence(service, who.person, number, quiet, cause=cause, requester=who.requester)
    else:
        now = tools_of(context).clock.now()
        async with service.store.reading() as rx:
            rows = await rx.people.channels_of(who.person.id)
        ways = [_way(item) for item in rows]
        await say(
            context, who, pages.ways(ways, names(), now, telephone=tools_of(context).telephone), "channels"
        )  # fmt: skip
        return
    if done is not None:
        values = dict(done.values)
        if "quiet" in values:
            values["quiet"] = values["quiet"] or NO_QUIET
        await say(context, who, pages.result_message(done.key, **values), "channels")


def _address(words: list[str], own: str) -> str:
    """Return the address that somebody wrote: a telephone number, with or without its word, or any other as it is.

    Args:
        own: his telephone as it was confirmed; the word alone means it.

    Raises:
        BadAddress: it is a number that may not be called.
    """
    if words == [channels.TELEPHONE]:
        return telephone_of(own)
    if words[0] in (channels.TELEPHONE, "tel") or words[0].startswith(SCHEME):
        return telephone_of("".join(words).removeprefix(channels.TELEPHONE).removeprefix("tel").removeprefix(":"))
    return telephone_of(" ".join(words)) if number_of(" ".join(words)) is not None else " ".join(words)


def _way(channel: Channel) -> Way:
    telephone = is_telephone(channel.address)
    shown = masked_telephone(channel.address) if telephone else masked(channel.address)
    return Way(channel.id, channel.kind, shown, channel.quiet, channel.proved_at, telephone)


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


@button("voice_test", on="channel")
async def test_call(press: ButtonPress) -> str:
    """「打一个测试电话」: to the telephone of whoever presses it."""
    async with press.tools.service.store.reading() as rx:
        ways = await rx.people.channels_of(press.caller.person.id)
    telephones = [way for way in ways if is_telephone(way.address)]
    if not telephones:
        return pages.result_message("no_own_telephone").text
    done = await channels.test(
        press.tools.service, press.caller.person, telephones[0].id, TEXTS["test"],
        cause=f"{press.caller.cause}:channel", requester=press.caller.requester,
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
