"""``/line``: which offices' reports go up to which (报送关系). Only in private, by administrators of either side."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import Update

from bot.office import lines
from bot.office.administration import AdminResult
from bot.office.lines import named_in
from bot.office.webhooks import By
from bot.outgoing.messages import OutgoingMessage
from bot.render import lines as pages
from bot.render.chat import text_message
from bot.render.message import Message
from bot.texts.lines import ADD_WORDS
from bot.texts.words import LIST
from handlers.board import administered
from handlers.buttons import ButtonPress, button
from handlers.commands import administers, command
from handlers.context import Caller, Context, caller, tools_of
from handlers.replies import letter_to, redraw, say, show
from handlers.which_incident import words


@command("line", help={"admin": 36})
async def line(update: Update, context: Context) -> None:
    """``/line``, ``/line 加 [own jurisdiction] office above, recipients …``."""
    who = await caller(update, context)
    if who is None:
        return
    if not await administers(context, who):
        return
    if not who.private:
        await say(context, who, text_message("line_private"), "line", in_private=True)
        return
    mine, said = await administered(context, who), named_in(words(update))
    if len(said) > 2 and said[0] in ADD_WORDS:
        await _offer(context, who, said[1:], mine)
    else:
        await say(context, who, await _listed(context, mine), "line")


async def _listed(context: Context, mine: Sequence[str]) -> Message:
    tools = tools_of(context)
    async with tools.service.store.reading() as rx:
        found = await lines.standing(rx, mine)
    known = [name for place in mine for name in lines.above(tools.service, place)]
    return pages.listed(found, mine, list(dict.fromkeys(known)), tools.clock.now())


async def _offer(context: Context, who: Caller, said: Sequence[str], mine: Sequence[str]) -> None:
    service = tools_of(context).service
    places = lines.places(service)
    able = [place for place in mine if lines.above(service, place)]
    named = len(said) > 2 and said[0] in able and said[1] in places
    own = said[0] if named else able[0] if len(able) == 1 else ""
    if not own:
        which, first = LIST.join(able) or LIST.join(mine), (able or list(mine) or [""])[0]
        await say(context, who, text_message("line_which", places=which, first=first), "line")
        return
    place, *recipients = (said[1:] if named else said) or [""]

    def reply(done: AdminResult) -> list[OutgoingMessage]:
        outgoing = letter_to(who, pages.result(done.key, **done.values), "line")
        return [outgoing] if outgoing is not None else []

    await lines.offer(service, _by(who, "offer"), own, place, recipients, reply=reply)


def _by(who: Caller, what: str) -> By:
    return By(who.person, who.requester, f"{who.cause}:line-{what}")


async def _shown(press: ButtonPress, done: AdminResult | None) -> str:
    """Show the lines as they are now, in the place of what was pressed; the pop-up says what came of it."""
    if done is None:
        return ""
    mine = await administered(press.context, press.caller)
    if mine and done.ok:
        await redraw(press, await _listed(press.context, mine), "line")
    return pages.result(done.key, **done.values).text


@button("line_agree", on="line")
async def agree(press: ButtonPress) -> str:
    """「同意代收」, to what was shown."""
    service, by = press.tools.service, _by(press.caller, "agree")
    return await _shown(press, await lines.agree(service, by, press.arg("id"), press.arg("terms")))


@button("line_hasten", on="line")
async def hasten(press: ButtonPress) -> str:
    """「立即再试」."""
    return await _shown(press, await lines.hasten(press.tools.service, _by(press.caller, "hasten"), press.arg("id")))


@button("line_ask_end", on="line")
async def ask_end(press: ButtonPress) -> str:
    """「结束」: asks first."""
    mine = await administered(press.context, press.caller)
    async with press.tools.service.store.reading() as rx:
        found = [item for item in await lines.standing(rx, mine) if item.id == press.arg("id")]
    if not found:
        return pages.result("line_is_gone").text
    await show(press, pages.ask_end(found[0]), "line")
    return ""


@button("line_end", on="line")
async def end(press: ButtonPress) -> str:
    """「确认结束」, 「不同意」."""
    return await _shown(press, await lines.end(press.tools.service, _by(press.caller, "end"), press.arg("id")))
