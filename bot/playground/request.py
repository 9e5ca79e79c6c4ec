"""The face without a network: a ``telegram.request.BaseRequest`` that calls the world directly."""

from __future__ import annotations

import re
from typing import IO, Any
from urllib.parse import unquote, urlsplit

import httpx
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.playground.calls import answer
from bot.playground.files import by_path
from bot.playground.schema import Upload
from bot.playground.world import World

_CALL = re.compile(r"/bot(?P<token>[^/]+)/(?P<method>\w+)$")
_FILE = re.compile(r"/file/bot(?P<token>[^/]+)/(?P<path>.+)$")


class PlaygroundRequest(BaseRequest):
    """Carries the calls of a ``telegram.Bot`` into a world; host and port of the address are ignored.

    Args:
        world: the world.
    """

    def __init__(self, world: World) -> None:
        self.world = world

    @property
    def read_timeout(self) -> float | None:
        """As the default of the real one, seconds."""
        return 5.0

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = None,
        write_timeout: Any = None,
        connect_timeout: Any = None,
        pool_timeout: Any = None,
    ) -> tuple[int, bytes]:
        """Answer one request.

        Raises:
            NetworkError: a fault cut the connection; the cause is the exception that httpx would have raised.
        """
        path = unquote(urlsplit(url).path)
        if match := _FILE.search(path):
            file = by_path(self.world, match["path"]) if self.world.account(match["token"]) else None
            return (200, file.content) if file else (404, b'{"ok":false,"error_code":404,"description":"Not Found"}')
        called = _CALL.search(path)
        if called is None:
            return 404, b'{"ok":false,"error_code":404,"description":"Not Found"}'
        params = request_data.json_parameters if request_data else {}
        files = _files(request_data) if request_data else {}
        reply = await answer(self.world, called["token"], called["method"], dict(params), files)
        if reply.cut is None:
            return reply.status, reply.body
        cause: httpx.TransportError = httpx.RemoteProtocolError("Server disconnected without sending a response.")
        if reply.cut == "refused":
            cause = httpx.ConnectError("All connection attempts failed")
        if reply.cut == "timeout":
            late = httpx.ReadTimeout("")
            raise TimedOut from late
        # HTTPXRequest words it so, and the sender looks at the cause.
        raise NetworkError(f"httpx.{type(cause).__name__}: {cause}") from cause


def _files(data: RequestData) -> dict[str, Upload]:
    uploads = {}
    for name, (file_name, content, mime) in data.multipart_data.items():
        raw: bytes | IO[bytes] = content
        uploads[name] = Upload(name=file_name, content=raw if isinstance(raw, bytes) else raw.read(), mime=mime)
    return uploads
