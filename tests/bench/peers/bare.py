"""A bare bot: python-telegram-bot as its tutorial has it, two handlers that each commit once."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiosqlite
from telegram import Update
from telegram.ext import Application, ApplicationBuilder, CallbackQueryHandler, ContextTypes, MessageHandler, filters

from bot.clock import VirtualClock
from bot.playground import World
from bot.playground.request import PlaygroundRequest

TOKEN = "110201543:AAHdqTcvCH1vGWJx" + "fSeofSAs0K5PALDsaw"
TABLES = """
CREATE TABLE incidents (id INTEGER PRIMARY KEY, chat INTEGER, text TEXT, capacity TEXT);
CREATE TABLE outbox (id INTEGER PRIMARY KEY, chat INTEGER, text TEXT);
"""

Bare = Application[Any, Any, Any, Any, Any, Any]


class BareBot:
    """Takes a report, then a judgement on it, and leaves a proposal in a table, without sending anything."""

    def __init__(self, application: Bare, database: aiosqlite.Connection) -> None:
        self.application, self.database = application, database
        self._numbers = itertools.count(1)
        application.add_handler(MessageHandler(filters.TEXT, self._report))
        application.add_handler(CallbackQueryHandler(self._judge))

    @classmethod
    @asynccontextmanager
    async def open(cls, path: Path) -> AsyncIterator[BareBot]:
        """Open one on a new database that commits as durably as ours."""
        world = World(VirtualClock(datetime(2026, 3, 1, 19, 6, tzinfo=UTC)))
        world.add_bot(TOKEN, username="bare_bot", name="bare")
        request = PlaygroundRequest(world)
        builder = ApplicationBuilder().token(TOKEN).request(request).get_updates_request(request)
        application = builder.updater(None).job_queue(None).build()
        async with aiosqlite.connect(path) as database, application:
            await database.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;" + TABLES)
            yield cls(application, database)

    async def case(self, text: str) -> None:
        """Process a report and the press of a button that judges it."""
        number = next(self._numbers)
        person = {"id": 5001, "is_bot": False, "first_name": "赵"}
        message = {
            "message_id": number, "date": 1772391960, "chat": {"id": 5001, "type": "private", "first_name": "赵"},
            "from": person, "text": text,
        }  # fmt: skip
        press = {"id": str(number), "from": person, "chat_instance": "1", "data": "local", "message": message}
        bot = self.application.bot
        for body in ({"message": message}, {"callback_query": press}):
            update = Update.de_json({"update_id": number, **body}, bot)
            await self.application.process_update(update)

    async def _report(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        if update.effective_chat and update.message:
            values = (update.effective_chat.id, update.message.text)
            await self.database.execute("INSERT INTO incidents (chat, text) VALUES (?, ?)", values)
            await self.database.commit()

    async def _judge(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        if update.callback_query:
            await self.database.execute(
                "UPDATE incidents SET capacity = ? WHERE id = (SELECT max(id) FROM incidents)",
                (update.callback_query.data,),
            )
            await self.database.execute("INSERT INTO outbox (chat, text) VALUES (?, ?)", (5002, "建议启动Ⅲ级响应"))
            await self.database.commit()
