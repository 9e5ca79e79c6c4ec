"""Files that people send into a chat, fetched from Telegram."""

from __future__ import annotations

from bot.exchange.tables import BadFile
from handlers.context import HandlerContext


async def fetched(tools: HandlerContext, file_id: str, most: int, large: str) -> bytes:
    """Return a file.

    Args:
        most: bytes. large: what is said of one that has more.

    Raises:
        BadFile: it is too large. TelegramError: it cannot be had.
    """
    answer = await tools.bot_api.call("getFile", {"file_id": file_id})
    content = bytearray()
    if int(answer.get("file_size") or 0) <= most:
        async for piece in tools.bot_api.pieces(str(answer["file_path"])):
            content += piece
            if len(content) > most:
                break
        else:
            return bytes(content)
    raise BadFile(large)
