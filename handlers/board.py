"""``/board``: a link to the board for one person; ``/wall``: screens of the duty room, paired and ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from telegram import Update

from bot.office.administration import AdminResult
from bot.office.board import leave, make_link
from bot.office.people import bound_plans
from bot.office.walls import LENGTH, pair, read_code, renew, shown, unpair
from bot.outgoing.messages import OutgoingMessage
from bot.render import Message
from bot.render.board import OpenSession, WaitingScreen, ask, link, walls
from bot.render.chat import text_message
from bot.sealed import digest
from bot.texts.board import LEAVE_WORDS
from handlers.buttons import ButtonPress, button
from handlers.commands import administers, answer_privately, belongs, command
from handlers.context import Caller, Context, caller, tools_of
from handlers.inviting import reply
from handlers.replies import act_pressed, act_text, letter_to, say
from handlers.which_incident import words


@command("board", help={"admin": 8, "duty": 8, "leader": 8, "liaison": 7})
async def board(update: Update, context: Context) -> None:
    """``/board [退出全部]``: in private alone."""
    who = await caller(update, context)
    if who is None:
        return
    tools = tools_of(context)
    if not who.private:
        await say(context, who, text_message("board_private"), "board")
        return
    if not await belongs(context, who):
        return
    if "".join(words(update)) in LEAVE_WORDS:
        await leave(
            tools.service, who.person, None, cause=f"{who.cause}:leave", requester=who.requester,
            reply=reply(who, private=True),
        )  # fmt: skip
        return
    if not tools.board_url:
        await answer_privately(context, who, "board_unset")
        return

    def answer(done: AdminResult) -> Sequence[OutgoingMessage]:
        if not done.ok:
            return reply(who, private=True)(done)
        opened = [
            OpenSession(
                id=item.id, address=item.address, opened_at=item.created_at, seen_at=item.seen_at, until=item.until
            )
            for item in done.values["opened"]
        ]
        outgoing = letter_to(who, link(done.values["link"], opened, tools.clock.now()), done.key)
        return [replace(outgoing, secrets=done.secrets)] if outgoing is not None else []

    await make_link(
        tools.service, who.person, tools.board_url, cause=f"{who.cause}:board", requester=who.requester, reply=answer
    )


@button("leave", on="board")
async def leave_one(press: ButtonPress) -> str:
    """退出, of one session."""
    done = await leave(
        press.tools.service, press.caller.person, str(press.arg("id")), cause=f"{press.caller.cause}:leave",
        requester=press.caller.requester,
    )  # fmt: skip
    return text_message(done.key).text if done is not None else ""


@button("leave_all", on="board")
async def leave_all(press: ButtonPress) -> str:
    """全部退出."""
    done = await leave(
        press.tools.service, press.caller.person, None, cause=f"{press.caller.cause}:leave",
        requester=press.caller.requester,
    )  # fmt: skip
    return act_text(done)


@command("wall", help={"admin": 9})
async def wall(update: Update, context: Context) -> None:
    """``/wall [配对码]``: for administrators, in private or in the command group."""
    who = await caller(update, context)
    if who is None:
        return
    tools = tools_of(context)
    if not await administers(context, who):
        return
    if not who.private and who.place.kind != "command":
        await answer_privately(context, who, "wall_where")
        return
    places = await administered(context, who)
    if not tools.board_url:
        await answer_privately(context, who, "board_unset")
        return
    if not places:
        await answer_privately(context, who, "board_nothing" if who.private else "admin_only")
        return
    said = "".join(words(update))
    message = await _asked(context, who, said, places) if said else await _listed(context, places)
    await say(context, who, message, "wall")


async def administered(context: Context, who: Caller) -> list[str]:
    """Return the bound jurisdictions that somebody administers; in a group its own alone."""
    service = tools_of(context).service
    async with service.store.reading() as rx:
        plans = who.reader.administered(await bound_plans(rx, service))
    names = dict.fromkeys(plan.jurisdiction.name for plan in plans)
    return [name for name in names if who.private or name == who.place.jurisdiction]


async def _asked(context: Context, who: Caller, said: str, places: Sequence[str]) -> Message:
    tools, code = tools_of(context), read_code(said)
    if code is None:
        return text_message("wall_code", given=said[:20], length=LENGTH)
    async with tools.service.store.reading() as rx:
        found = await rx.web_sessions.showing(digest(code), tools.clock.now())
    if found is None:
        return text_message("wall_over")
    screen = WaitingScreen(
        digest=found.digest, code=code, address=found.address, since=found.created_at, until=found.until
    )
    return ask(screen, places, tools.clock.now())


async def _listed(context: Context, places: Sequence[str]) -> Message:
    tools = tools_of(context)
    async with tools.service.store.reading() as rx:
        paired = [item for item in await shown(rx, tools.clock.now()) if item.jurisdiction in places]
    return walls(paired, f"{tools.board_url}/wall", tools.clock.now())


@button("pair", on="board")
async def confirm(press: ButtonPress) -> str:
    """确认, of the screen that was shown."""
    done = await pair(
        press.tools.service, press.caller.person, str(press.arg("screen")), str(press.arg("jurisdiction")),
        cause=f"{press.caller.cause}:pair", requester=press.caller.requester,
    )  # fmt: skip
    return await act_pressed(press, done)


@button("renew", on="board")
async def go_on(press: ButtonPress) -> str:
    """续半年, of a wall that ends soon."""
    done = await renew(
        press.tools.service, press.caller.person, str(press.arg("id")), cause=f"{press.caller.cause}:renew",
        requester=press.caller.requester,
    )  # fmt: skip
    return act_text(done)


@button("unpair", on="board")
async def end(press: ButtonPress) -> str:
    """解除, of a wall."""
    done = await unpair(
        press.tools.service, press.caller.person, str(press.arg("id")), cause=f"{press.caller.cause}:unpair",
        requester=press.caller.requester,
    )  # fmt: skip
    return act_text(done)
