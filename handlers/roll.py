"""``/roll`` 叫应测试, and the answer to it."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import Update

from bot.office.administration import AdminResult
from bot.office.roll import answer_roll, call_roll
from bot.outgoing.messages import OutgoingMessage
from bot.render.chat import text_message
from handlers.buttons import ButtonPress, button
from handlers.commands import answer_privately, command
from handlers.context import Context, caller, tools_of
from handlers.inviting import bound_plans, own_plans, reply
from handlers.replies import say
from handlers.which_incident import rest


@command("roll", help={"admin": 4})
async def roll(update: Update, context: Context) -> None:
    """``/roll``: for duty officers and administrators; the table stands where it was asked for."""
    who = await caller(update, context)
    if who is None:
        return
    if rest(update).strip():  # it wakes everybody: what is not understood begins nothing
        await answer_privately(context, who, "roll_how", given=rest(update).strip()[:20])
        return
    registry = tools_of(context).service.registry
    own = sorted({item.plan_id for item in who.holdings if item.plan_id in registry.ids})
    ids = list(who.plans) or own or await own_plans(context, who) or await bound_plans(context)
    plans = [registry.current(item) for item in ids if item in registry.ids]
    plans = [plan for plan in plans if plan.jurisdiction.name == plans[0].jurisdiction.name]
    # Whoever may not is refused in the transaction, for the first of them.
    plans = [plan for plan in plans if who.reader.holds(plan.jurisdiction.name, plan.id, "duty", "admin")] or plans[:1]
    if not plans or who.neutral:
        await say(context, who, text_message("setup_none"), "roll", in_private=who.neutral)
        return
    reply_to = reply(who)

    def answer(done: AdminResult) -> Sequence[OutgoingMessage]:
        return () if done.key == "roll_called" else reply_to(done)  # the table answers

    await call_roll(
        tools_of(context).service,
        who.person,
        who.place.id,
        plans,
        cause=f"{who.cause}:roll",
        requester=who.requester,
        reply=answer,
    )


@button("roll_here", on="roll")
async def roll_here(press: ButtonPress) -> str:
    """「收到」."""
    done = await answer_roll(
        press.tools.service, press.caller.person, str(press.arg("roll")), cause=f"{press.caller.cause}:roll",
        requester=press.caller.requester,
    )  # fmt: skip
    if done is None:
        return ""
    if done.key != "roll_answered_already":  # then they are gone
        await press.strip()
    return text_message(done.key).text
