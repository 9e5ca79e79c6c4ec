"""One call of the Bot API with a payload that is already as Telegram takes it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, Protocol, runtime_checkable

from telegram import Bot, InputFile

from bot.upload import uploaded


class BotApi(Protocol):
    """Calls a method; raises python-telegram-bot's errors."""

    async def call(self, method: str, payload: dict[str, Any], *, read_timeout: float = 20.0) -> Any:
        """Return Telegram's result as plain data; raise ``telegram.error.TelegramError``."""
        ...


class BotApiWithFiles(BotApi, Protocol):
    """The Bot API with the files behind it."""

    def pieces(self, path: str) -> AsyncIterator[bytes]:
        """Yield a file piece by piece, by the path that ``getFile`` gave; raise ``telegram.error.TelegramError``."""
        ...


@runtime_checkable
class Streaming(Protocol):
    """A request of python-telegram-bot that gives a file as it comes; the library's own keep all of it in memory."""

    def pieces(self, url: str) -> AsyncIterator[bytes]:
        """Yield what is at an address; raise ``telegram.error.TelegramError``."""
        ...


class BotApiClient:
    """Calls the Bot API as a bot.

    Args:
        bot: an initialised bot.
    """

    def __init__(self, bot: Bot) -> None:
        self.bot = bot

    async def call(self, method: str, payload: dict[str, Any], *, read_timeout: float = 20.0) -> Any:
        """Return Telegram's result as plain data; raise ``telegram.error.TelegramError``."""
        # Payloads are stored as they are sent, so that Bot's own methods, which would parse them anew, are not for us.
        # At every call python-telegram-bot looks for one named like the endpoint and advises it: no name ends so.
        kwargs = {name: _as_sent(value) for name, value in payload.items()}
        return await self.bot.do_api_request(f"{method}_", api_kwargs=kwargs, read_timeout=read_timeout)

    async def pieces(self, path: str) -> AsyncIterator[bytes]:
        """Yield a file piece by piece, by the path that ``getFile`` gave; raise ``telegram.error.TelegramError``."""
        url, request = f"{self.bot.base_file_url}/{path}", self.bot.request
        if isinstance(request, Streaming):
            async for piece in request.pieces(url):
                yield piece
        else:
            yield await request.retrieve(url, read_timeout=60)


def _as_sent(value: Any) -> Any:
    file = uploaded(value)
    return value if file is None else InputFile(file[1], filename=file[0])
