"""One POST to a server that speaks the OpenAI chat completions form; whatever it does, it is over in four seconds."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from plans.intake.second import MOST_ANSWERED

SECONDS = 4.0
"""From the connection to the last byte."""
PATH = "/chat/completions"

Ask = Callable[[Mapping[str, Any]], Coroutine[Any, Any, bytes]]


class NotRead(Exception):
    """The server gave no answer; the text says why, without address, key or words."""


def client(url: str, key: str = "", *, seconds: float = SECONDS) -> Ask:
    """Return what asks a server.

    Args:
        url: as far as ``/v1``, or with the path of chat completions.
        key: goes with each question as a bearer's; empty = none is sent.
    """
    address = url if url.endswith(PATH) else url.rstrip("/") + PATH
    headers = {"Accept-Encoding": "identity", "User-Agent": "tocsin"}
    if key:
        headers["Authorization"] = f"Bearer {key}"

    async def ask(request: Mapping[str, Any]) -> bytes:
        import aiohttp  # a tenth of a second that a start without a second reader need not pay

        limit = aiohttp.ClientTimeout(total=seconds)
        try:
            # Not followed: a redirect would carry the words elsewhere. No proxy and no cookies of the surroundings.
            async with (
                asyncio.timeout(seconds),
                aiohttp.ClientSession(
                    timeout=limit, headers=headers, auto_decompress=False, cookie_jar=aiohttp.DummyCookieJar()
                ) as session,
                session.post(address, json=dict(request), allow_redirects=False) as answer,
            ):
                if answer.status != 200:
                    raise NotRead(f"status {answer.status}")
                body = bytearray()
                async for piece in answer.content.iter_chunked(8192):
                    body += piece
                    if len(body) > MOST_ANSWERED:
                        raise NotRead("too long")
                return bytes(body)
        except (aiohttp.ClientError, TimeoutError, ValueError, OSError) as problem:
            raise NotRead(type(problem).__name__) from None

    return ask
