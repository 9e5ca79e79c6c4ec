"""``/token``: an administrator makes tokens for other systems, in private alone, and ends them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from telegram import Update

from bot.callback_data import new_id
from bot.clock import SHANGHAI
from bot.office.administration import AdminResult
from bot.office.api_tokens import kept, make, namesakes, preview, renew, revoke
from bot.office.api_wanted import NotRead, Wanted, read_wanted
from bot.office.people import bound_plans
from bot.outgoing.messages import OutgoingMessage
from bot.render.api_tokens import ask, listed, made
from bot.render.chat import text_message
from handlers.buttons import ButtonPress, button
from handlers.commands import administers, answer_privately, command
from handlers.context import Caller, Context, caller, tools_of
from handlers.inviting import reply
from handlers.replies import act_text, letter_to, say
from handlers.which_incident import words
from plans.model import Plan

LISTS = ("plans", "scopes", "units")


@command("token", help={"admin": 31})
async def token(update: Update, context: Context) -> None:
    """``/token [name scopes …]``: which there are, or what a new one would be."""
    who = await caller(update, context)
    if who is None:
        return
    if not await administers(context, who):
        return
    if not who.private:
        await say(context, who, text_message("token_private"), "token")
        return
    tools, said = tools_of(context), words(update)
    plans = await _administered(context, who)
    now = tools.clock.now()
    if not said:
        places = [*dict.fromkeys(plan.jurisdiction.name for plan in plans)]
        async with tools.service.store.reading() as rx:
            found = [item for place in places for item in await kept(rx, tools.service, place, now)]
        await say(context, who, listed(found, places, now), "token")
        return
    try:
        wanted = read_wanted(said, plans, now.astimezone(SHANGHAI))
    except NotRead as problem:
        await answer_privately(context, who, problem.key, **problem.values)
        return
    spec = {"once": new_id(), **{name: getattr(wanted, name) for name in Wanted.__dataclass_fields__}}
    spec |= {name: list(getattr(wanted, name)) for name in LISTS}
    async with tools.service.store.reading() as rx:
        known = await namesakes(rx, tools.service, wanted)
    await say(context, who, ask(preview(wanted, tools.service, now), spec, now, known), "token")


async def _administered(context: Context, who: Caller) -> list[Plan]:
    """Return the plans in force here whose jurisdiction somebody administers."""
    service = tools_of(context).service
    async with service.store.reading() as rx:
        return who.reader.administered(await bound_plans(rx, service))


@button("make_token", on="token")
async def make_one(press: ButtonPress) -> str:
    """确认制发, of the token that was shown; or another secret for a system that is there."""
    tools, who = press.tools, press.caller
    spec = {name: press.arg(name) for name in Wanted.__dataclass_fields__}
    wanted = Wanted(**spec | {name: tuple(spec[name]) for name in LISTS})

    def answer(done: AdminResult) -> Sequence[OutgoingMessage]:
        if not done.ok:
            return reply(who, private=True)(done)
        values = done.values
        told = made(
            values["secret"], values["name"], values["until"], tools.clock.now(), again=values["again"],
            both=values["both"],
        )  # fmt: skip
        outgoing = letter_to(who, told, done.key)
        return [replace(outgoing, secrets=done.secrets)] if outgoing is not None and who.private else []

    done = await make(
        tools.service, who.person, wanted, f"token:{press.arg('once')}", of=str(press.arg("of", "")),
        requester=who.requester, reply=answer,
    )  # fmt: skip
    await press.strip()
    return text_message("token_once").text if done is None else ""


@button("revoke_token", on="token")
async def revoke_one(press: ButtonPress) -> str:
    """撤销, of one token."""
    who = press.caller
    done = await revoke(
        press.tools.service, who.person, str(press.arg("id")), cause=f"{who.cause}:revoke", requester=who.requester
    )
    return act_text(done)


@button("renew_token", on="token")
async def renew_one(press: ButtonPress) -> str:
    """续一年, of a token that ends soon."""
    who = press.caller
    done = await renew(
        press.tools.service, who.person, str(press.arg("id")), cause=f"{who.cause}:renew", requester=who.requester
    )
    return act_text(done)
