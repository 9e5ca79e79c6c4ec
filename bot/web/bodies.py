"""What a request brings, bounded in length and time; who hangs up in the middle of it is no error of ours."""

from __future__ import annotations

import asyncio

from aiohttp import web


class NoBody(Exception):
    """Nothing that can be taken.

    Attributes:
        status: 400 it broke off, 408 it came too slowly, 413 it is too long.
    """

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


async def body_of(request: web.Request, most: int, seconds: float) -> bytes:
    """Return what a request brings.

    Args:
        most: bytes. seconds: within which it must have come.

    Raises:
        NoBody: there is none.
    """
    if request.content_length is not None and request.content_length > most:
        raise NoBody(413)
    try:
        if request.content.is_eof():  # it came with its head, as a report does: there is nothing to wait for
            body = request.content.read_nowait(most + 1)
        else:
            body = b""
            async with asyncio.timeout(seconds):
                while len(body) <= most and (part := await request.content.read(most + 1 - len(body))):
                    body += part
    except TimeoutError:
        raise NoBody(408) from None
    except (ConnectionError, web.RequestPayloadError):
        raise NoBody(400) from None
    if len(body) > most:
        raise NoBody(413)
    return body
