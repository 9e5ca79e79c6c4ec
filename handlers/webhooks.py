"""``/webhook``: which other systems are told of what happens (推送). Only in private: addresses hold keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from telegram import Update

from bot.office import webhooks
from bot.office.administration import AdminResult, Reply
from bot.office.webhooks import By
from bot.outgoing.messages import OutgoingMessage
from bot.render import webhooks as pages
from bot.render.chat import text_message
from bot.render.pushed import is_type
from bot.texts.webhooks import ADD_WORDS, ALL, GROUPS
from bot.texts.words import LIST
from handlers.board import administered
from handlers.buttons import ButtonPress, button
from handlers.commands import administers, command
from handlers.context import Caller, Context, caller, tools_of
from handlers.replies import letter_to, redraw, say, show
from handlers.which_incident import words


@command("webhook", help={"admin": 33})
async def webhook(update: Update, context: Context) -> None:
    """``/webhook``, ``/webhook 加 网址 [辖区] [种类…]``."""
    who = await caller(update, context)
    if who is None:
        return
    if not await administers(context, who):
        return
    if not who.private:
        await say(context, who, text_message("webhook_private"), "webhook", in_private=True)
        return
    tools, places, said = tools_of(context), await administered(context, who), words(update)
    if not places:
        await say(context, who, text_message("webhook_nothing"), "webhook")
    elif said[:1] and said[0] in ADD_WORDS and len(said) >= 2:
        await _add(context, who, said[1], said[2:], places)
    else:
        async with tools.service.store.reading() as rx:
            found = await webhooks.addresses(rx, places)
        await say(context, who, pages.addresses(found, tools.clock.now()), "webhook")


async def _add(context: Context, who: Caller, url: str, rest: Sequence[str], places: Sequence[str]) -> None:
    tools, groups = tools_of(context), {name: group for group, name in GROUPS.items()}
    chosen = [word for word in rest if word in places]
    types = [groups.get(word, word) for word in rest if word not in places and word != ALL]
    wrong = [word for word in types if not is_type(word)]
    if wrong:
        await _refuse(context, who, "webhook_kind", given=wrong[0][:40], groups=LIST.join(GROUPS.values()))
        return
    if len(chosen) != 1 and len(places) > 1:
        await _refuse(context, who, "webhook_which", places=LIST.join(places), first=places[0])
        return
    await webhooks.allow(
        tools.service, _by(who, "allow"), (chosen or list(places))[0], url, types, allowed=tools.push,
        reply=_with_key(who),
    )  # fmt: skip


async def _refuse(context: Context, who: Caller, key: str, **values: str) -> None:
    await say(context, who, text_message(key, **values), "webhook")


def _by(who: Caller, what: str) -> By:
    return By(who.person, who.requester, f"{who.cause}:webhook-{what}")


def _with_key(who: Caller) -> Reply:
    """Answer with what signs: a number in the row, a secret when it is sent."""

    def messages(done: AdminResult) -> list[OutgoingMessage]:
        outgoing = letter_to(who, pages.result(done.key, **done.values), "webhook")
        return [replace(outgoing, secrets=done.secrets)] if outgoing is not None else []

    return messages


async def _shown(press: ButtonPress, done: AdminResult | None) -> str:
    """Show the addresses as they are now, in the place of what was pressed; the pop-up says what came of it."""
    if done is None:
        return ""
    places = await administered(press.context, press.caller)
    async with press.tools.service.store.reading() as rx:
        found = await webhooks.addresses(rx, places)
    if places:
        await redraw(press, pages.addresses(found, press.tools.clock.now()), "webhook")
    return pages.result(done.key, **done.values).text


@button("webhook_test", on="webhook")
async def test(press: ButtonPress) -> str:
    """「测试」."""
    return await _shown(press, await webhooks.test(press.tools.service, _by(press.caller, "test"), press.arg("id")))


@button("webhook_resend", on="webhook")
async def resend(press: ButtonPress) -> str:
    """「重发」."""
    return await _shown(press, await webhooks.resend(press.tools.service, _by(press.caller, "resend"), press.arg("id")))


@button("webhook_stop", on="webhook")
async def stop(press: ButtonPress) -> str:
    """「停用」."""
    return await _shown(press, await webhooks.stop(press.tools.service, _by(press.caller, "stop"), press.arg("id")))


@button("webhook_resume", on="webhook")
async def resume(press: ButtonPress) -> str:
    """「启用」."""
    return await _shown(press, await webhooks.resume(press.tools.service, _by(press.caller, "resume"), press.arg("id")))


@button("webhook_ask", on="webhook")
async def ask(press: ButtonPress) -> str:
    """「删去」, 「换密钥」: asks first."""
    places = await administered(press.context, press.caller)
    async with press.tools.service.store.reading() as rx:
        found = [item for item in await webhooks.addresses(rx, places) if item.id == press.arg("id")]
    if not found:
        return pages.result("webhook_is_gone").text
    await show(press, pages.ask(found[0], press.arg("what")), "webhook")
    return ""


@button("webhook_remove", on="webhook")
async def remove(press: ButtonPress) -> str:
    """「确认删去」."""
    return await _shown(press, await webhooks.remove(press.tools.service, _by(press.caller, "remove"), press.arg("id")))


@button("webhook_rekey", on="webhook")
async def rekey(press: ButtonPress) -> str:
    """「确认换密钥」."""
    done = await webhooks.rekey(
        press.tools.service, _by(press.caller, "rekey"), press.arg("id"), reply=_with_key(press.caller)
    )
    if done is None:
        return ""
    await press.strip()
    return "" if done.ok else pages.result(done.key, **done.values).text
