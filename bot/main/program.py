"""python-telegram-bot's part: the bot that is asked, and the handlers that an update is given to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import httpx
import structlog
from telegram import Update
from telegram.error import InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.ext import ApplicationBuilder
from telegram.request import BaseRequest, HTTPXRequest

from bot.settings import Settings
from bot.updates.intake import DELIVERED_LATE
from handlers.context import Program, program_tools
from plans.cells import legible

_sleep = asyncio.sleep

AS_IT_IS = {"Accept-Encoding": "identity"}
"""A file is kept as it comes: what a packed one comes to is not for its sender to choose."""

FILE_SECONDS = 60.0
"""Between two pieces of a file."""

LONGEST_WAIT = 120.0
"""Seconds; what Telegram wants longer is asked for again."""

log = structlog.get_logger(__name__)


class StreamingRequest(HTTPXRequest):
    """The library's request, which gives files as they come too."""

    async def pieces(self, url: str) -> AsyncIterator[bytes]:
        """Yield what is at an address; raise ``telegram.error.TelegramError``."""
        try:
            async with self._client.stream("GET", url, timeout=FILE_SECONDS, headers=AS_IT_IS) as answer:
                if answer.status_code != httpx.codes.OK:
                    raise NetworkError(f"file: status {answer.status_code}")
                async for piece in answer.aiter_raw():
                    yield piece
        except httpx.HTTPError as problem:
            raise NetworkError(f"httpx.{type(problem).__name__}: {problem}") from problem


class CannotStart(Exception):
    """The API server does not know the token or cannot be reached, or a port is taken.

    The message is for the person who set the settings.
    """


@asynccontextmanager
async def program(settings: Settings, request: BaseRequest | None) -> AsyncIterator[Program]:
    """Yield a program that knows who it is; its handlers are still to be registered.

    Args:
        request: how Telegram is reached, HTTP when left out.

    Raises:
        CannotStart: with a sentence.
    """
    application = _built(settings, request)
    try:
        await _initialised(application)
    except InvalidToken:
        raise CannotStart("TOCSIN_TOKEN 不被 Telegram 接受，请向 @BotFather 核对") from None
    except TelegramError as problem:
        raise CannotStart(
            f"连不上 {settings.api_url}（{_why(problem)}）；请核对网络、防火墙和代理（ALL_PROXY、HTTPS_PROXY）"
        ) from None
    try:
        yield application
    finally:
        await application.shutdown()


def _why(problem: TelegramError) -> str:
    cause = problem.__cause__
    if isinstance(problem, TimedOut):
        return "没有回答"
    if isinstance(cause, httpx.ConnectError):
        return "连接不上"
    if isinstance(cause, httpx.ProxyError):
        return "代理不让通过"
    return str(problem)[:120]


async def _initialised(application: Program) -> None:
    """Ask Telegram who the bot is; where it says how long to wait that is done, since a restart would ask at once."""
    for _ in range(3):
        try:
            await application.initialize()
            return
        except RetryAfter as problem:
            wait = problem.retry_after
            seconds = wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
            log.warning("start.waits", seconds=seconds)
            await _sleep(min(seconds, LONGEST_WAIT))
    await application.initialize()


def _built(settings: Settings, request: BaseRequest | None) -> Program:
    builder = ApplicationBuilder().token(settings.token.get_secret_value()).updater(None).job_queue(None)
    builder = builder.base_url(f"{settings.api_url}/bot").base_file_url(f"{settings.api_url}/file/bot")
    if request is not None:
        builder = builder.request(request).get_updates_request(request)
    else:
        builder = builder.request(StreamingRequest(connection_pool_size=64, read_timeout=20, write_timeout=20))
        builder = builder.get_updates_request(HTTPXRequest(connection_pool_size=2, read_timeout=60))
    return builder.build()


def cut(raw: dict[str, Any]) -> dict[str, Any]:
    """Return an update without the characters that no document can hold, in whatever it says: words, names, files."""
    whole: list[Any] = [raw]
    for item in whole:  # grows while it is gone through: nothing that is nested can be too deep
        for key, value in list(item.items() if isinstance(item, dict) else enumerate(item)):
            if isinstance(value, str):
                item[key] = legible(value)
            elif isinstance(value, dict | list):
                whole.append(value)
    return raw


async def handle(application: Program, raw: dict[str, Any]) -> None:
    """Let the handlers have an update; raise what they failed with."""
    delivered_late = bool(raw.pop(DELIVERED_LATE, False))
    update = Update.de_json(cut(raw), application.bot)
    with program_tools(application).updates.working_off(update.update_id, delivered_late=delivered_late):
        await application.process_update(update)
