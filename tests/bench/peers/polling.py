"""``python -m tests.bench.peers.polling``: python-telegram-bot's own polling, with a handler that commits and answers.

It reads TOCSIN_TOKEN and TOCSIN_API_URL as the program does, and BARE_DATABASE, a path; it says on stderr when it is
ready, and stops at SIGTERM.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import sys

from telegram import Update
from telegram.ext import ApplicationBuilder, ContextTypes, MessageHandler, filters

TABLE = "CREATE TABLE IF NOT EXISTS reports (update_id INTEGER, text TEXT)"


async def serve() -> None:
    """Poll until SIGTERM."""
    database = sqlite3.connect(os.environ["BARE_DATABASE"], isolation_level=None)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute(TABLE)

    async def keep(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        if update.message is not None:
            values = (update.update_id, update.message.text)
            database.execute("INSERT INTO reports (update_id, text) VALUES (?, ?)", values)
            await update.message.reply_text("收到")

    url = os.environ["TOCSIN_API_URL"]
    application = ApplicationBuilder().token(os.environ["TOCSIN_TOKEN"]).base_url(f"{url}/bot").job_queue(None).build()
    application.add_handler(MessageHandler(filters.TEXT, keep))
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    async with application:
        await application.start()
        if application.updater is not None:
            await application.updater.start_polling()
            print("ready", file=sys.stderr, flush=True)
            await stop.wait()
            await application.updater.stop()
        await application.stop()
    database.close()


if __name__ == "__main__":
    asyncio.run(serve())
