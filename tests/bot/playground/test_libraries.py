"""Real bots by real libraries: polling over HTTP, and without a network.

aiogram is imported where it is used: its imports are five of the seconds that a worker would need to collect.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto, Update
from telegram.constants import ChatMemberStatus
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    ContextTypes,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot.playground import LocalBotApi
from bot.playground.request import PlaygroundRequest
from tests.bot.playground.images import jpeg

if TYPE_CHECKING:
    import aiogram


async def soon(town, condition):
    await asyncio.wait_for(town.world.until(condition), 15)


async def run_aiogram(bot: aiogram.Bot) -> None:
    """Poll with an echo command and a button until cancelled."""
    from aiogram import Dispatcher, F
    from aiogram.filters import Command, CommandObject
    from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

    dispatcher = Dispatcher()

    @dispatcher.message(Command("echo"))
    async def echo(message: Message, command: CommandObject) -> None:
        button = InlineKeyboardButton(text="收到", callback_data="ack")
        await message.answer(command.args or "", reply_markup=InlineKeyboardMarkup(inline_keyboard=[[button]]))

    @dispatcher.callback_query(F.data == "ack")
    async def ack(query: CallbackQuery) -> None:
        await query.answer("已登记", show_alert=True)
        assert isinstance(query.message, Message)
        await query.message.edit_text("已收到")

    try:
        await dispatcher.start_polling(bot, handle_signals=False, polling_timeout=5)
    finally:
        await bot.session.close()


async def test_an_aiogram_bot_lives_here(town):
    from aiogram import Bot
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer

    async with LocalBotApi(town.world) as api:
        session = AiohttpSession(api=TelegramAPIServer.from_base(api.url))
        polling = asyncio.create_task(run_aiogram(Bot(town.bot.token, session=session)))
        try:
            town.li.start(town.bot)
            town.li.send(town.bot, "/echo 踩踏 <test/>")
            await soon(town, lambda: town.li.last(town.bot).from_bot)
            assert town.li.last(town.bot).text == "踩踏 <test/>"
            press = town.li.press(town.li.last(town.bot), "收到")
            assert await asyncio.wait_for(press.answer(), 15) == "已登记"
            await soon(town, lambda: town.li.last(town.bot).text == "已收到")
            town.li.send(town.group, "/echo@tocsin_bot 群里")
            await soon(town, lambda: town.wang.last(town.group).from_bot)
            assert town.wang.last(town.group).text == "群里"
        finally:
            polling.cancel()
            await asyncio.wait([polling])


def handlers(app: Application) -> list[str]:
    """Add an echo, a button, an inline answer; return the list that membership changes are noted in."""
    notes: list[str] = []

    async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message is not None
        keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("收到", callback_data="ack")]])
        await update.message.reply_text(f"读到 {update.message.text}", reply_markup=keyboard, do_quote=True)

    async def photo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message is not None
        file = await update.message.photo[-1].get_file()
        content = bytes(await file.download_as_bytearray())
        await update.message.reply_document(content, filename="照片.bin", caption="<b>存</b>", parse_mode="HTML")
        await update.message.reply_media_group([InputMediaPhoto(content), InputMediaPhoto(content, caption="二")])

    async def ack(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        query = update.callback_query
        assert query is not None
        await query.answer("已登记")
        await query.edit_message_reply_markup(None)

    async def member(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.my_chat_member is not None
        notes.append(update.my_chat_member.new_chat_member.status)

    async def inline(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        from telegram import InlineQueryResultContact

        assert update.inline_query is not None
        await update.inline_query.answer([InlineQueryResultContact("1", "+863562250777", "值班室")], cache_time=0)

    app.add_handler(MessageHandler(filters.PHOTO, photo))
    app.add_handler(MessageHandler(filters.TEXT, echo))
    app.add_handler(CallbackQueryHandler(ack))
    app.add_handler(ChatMemberHandler(member, ChatMemberHandler.MY_CHAT_MEMBER))
    app.add_handler(InlineQueryHandler(inline))
    return notes


@pytest.mark.parametrize("face", ["http", "request"])
async def test_a_python_telegram_bot_application_lives_here(town, face):
    async with LocalBotApi(town.world) as api:
        builder = Application.builder().token(town.bot.token)
        if face == "http":
            builder = builder.base_url(f"{api.url}/bot").base_file_url(f"{api.url}/file/bot")
        else:
            made = PlaygroundRequest(town.world)
            builder = builder.request(made).get_updates_request(made)
        app = builder.build()
        notes = handlers(app)
        async with app:
            assert app.updater is not None
            await app.start()
            await app.updater.start_polling(poll_interval=0, timeout=5)
            await converse(town)
            town.li.block(town.bot)
            await soon(town, lambda: notes)
            await app.updater.stop()
            await app.stop()
    assert notes == [ChatMemberStatus.BANNED]
    assert {call.status for call in town.world.calls if call.method != "getUpdates"} == {200}


async def converse(town) -> None:
    town.li.start(town.bot, "invite-1")
    await soon(town, lambda: town.li.last(town.bot).from_bot)
    line = town.li.last(town.bot)
    assert (line.text, line.reply_to, line.labels()) == ("读到 /start invite-1", 1, ["收到"])
    assert await asyncio.wait_for(town.li.press(line, "收到").answer(), 15) == "已登记"
    await soon(town, lambda: not town.li.last(town.bot).buttons)
    town.li.send_photo(town.bot, jpeg())
    await soon(town, lambda: len(town.li.timeline(town.bot)) == 6)
    kinds = [shown.kind for shown in town.li.timeline(town.bot)]
    assert kinds == ["text", "text", "photo", "document", "photo", "photo"]
    document = town.li.timeline(town.bot)[3]
    assert town.world.state.files[document.file_id].content == jpeg()
    ask = town.li.inline(town.bot, "值班")
    await soon(town, lambda: ask.answered)
    assert town.li.choose(ask, 0, town.group).kind == "contact"
