"""``/calendar``: secret links at which a telephone reads one's shifts and duties, or an office's roster. In private."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from telegram import Update

from bot.office import feeds
from bot.office.administration import AdminResult
from bot.outgoing.messages import OutgoingMessage
from bot.render import Message
from bot.render import feeds as pages
from bot.render.chat import text_message
from bot.texts import feeds as t
from handlers.board import administered
from handlers.buttons import ButtonPress, button
from handlers.commands import administers, answer_privately, command
from handlers.context import Caller, Context, HandlerContext, caller, tools_of
from handlers.replies import act_text, letter_to, redraw, say
from storage.feeds import Kind

_ADDRESSES = {
    "own": f"{feeds.PATH}{{number}}.ics", "roster": f"{feeds.PATH}{{number}}.ics",
    "warnings": f"{feeds.WARNINGS}{{number}}/warnings.atom",
}  # fmt: skip
CALENDARS: tuple[Kind, ...] = ("own", "roster")


@command("calendar", help={"admin": 34, "duty": 34, "leader": 34, "liaison": 34})
async def calendar(update: Update, context: Context) -> None:
    """``/calendar``: in private alone."""
    who = await caller(update, context)
    if who is None:
        return
    tools = tools_of(context)
    if not who.private:
        await say(context, who, text_message("feed_private"), "feed", in_private=True)
    elif not who.holdings and not who.admin:
        await answer_privately(context, who, "stranger")
    elif not tools.board_url:
        await answer_privately(context, who, "board_unset")
    else:
        message = await _calendars(tools, who)
        await say(context, who, message or text_message("feed_nothing"), "feed")


async def _calendars(tools: HandlerContext, who: Caller) -> Message | None:
    """Return somebody's calendars and those that he may have; None where he may have none."""
    async with tools.service.store.reading() as rx:
        offers = await feeds.offers(rx, tools.service, who.person)
        links = await feeds.links(rx, tools.service, who.person, CALENDARS)
    return pages.links(links, offers, tools.clock.now()) if offers else None


@command("feed", help={"admin": 35})
async def feed(update: Update, context: Context) -> None:
    """``/feed``: in private, by an administrator."""
    who = await caller(update, context)
    if who is None:
        return
    if not await administers(context, who):
        return
    if not who.private:
        await say(context, who, text_message("feed_admin_private"), "feed", in_private=True)
    elif not tools_of(context).board_url:
        await answer_privately(context, who, "board_unset")
    else:
        message = await _of_warnings(context, who)
        await say(context, who, message or text_message("board_nothing"), "feed")


async def _of_warnings(context: Context, who: Caller) -> Message | None:
    """Return the links to warnings where somebody administers; None where that is nowhere."""
    tools, places = tools_of(context), await administered(context, who)
    async with tools.service.store.reading() as rx:
        found = await feeds.links_of_warnings(rx, tools.service, places)
    offers = await feeds.offers_of_warnings(places)
    return pages.links(found, offers, tools.clock.now(), t.HOW_WARNINGS) if places else None


@button("feed_make", on="feed")
async def make(press: ButtonPress) -> str:
    """A kind of link, or 「换新」: the link is shown once, as a message of its own."""
    who, tools = press.caller, press.tools

    def answer(done: AdminResult) -> Sequence[OutgoingMessage]:
        outgoing = letter_to(who, text_message(done.key, **done.values), "feed") if done.ok else None
        return [replace(outgoing, secrets=done.secrets)] if outgoing is not None else []

    done = await feeds.make(
        tools.service, who.person, cast(Kind, press.arg("kind")), press.arg("jurisdiction"), press.arg("plan"),
        f"{tools.board_url}{_ADDRESSES[press.arg('kind')]}", cause=f"{who.cause}:feed", requester=who.requester,
        reply=answer,
    )  # fmt: skip
    if done is None:
        return ""
    await press.strip()
    return "" if done.ok else act_text(done)


@button("feed_end", on="feed")
async def end(press: ButtonPress) -> str:
    """「停用」."""
    who = press.caller
    done = await feeds.end(
        press.tools.service, who.person, press.arg("id"), cause=f"{who.cause}:feed", requester=who.requester
    )  # fmt: skip
    if done is None:
        return ""
    to_warnings = press.arg("kind") == "warnings"
    message = await _of_warnings(press.context, who) if to_warnings else await _calendars(press.tools, who)
    if message is not None:
        await redraw(press, message, "feed")
    return text_message(done.key).text
