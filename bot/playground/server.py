"""The HTTP face: ``/bot{token}/{method}``, ``/file/bot{token}/{path}`` and ``/play`` on a free port of 127.0.0.1."""

from __future__ import annotations

import asyncio
import json
import logging
from types import TracebackType
from typing import Any

from aiohttp import BodyPartReader, web

from bot.playground import play
from bot.playground.calls import Reply, answer
from bot.playground.errors import ApiError, SchemaBreach
from bot.playground.files import by_path
from bot.playground.schema import Upload
from bot.playground.webhook import deliver_webhooks
from bot.playground.world import World

Json = dict[str, Any]
_log = logging.getLogger(__name__)


class LocalBotApi:
    """A running server; an asynchronous context manager.

    Args:
        world: the Telegram it shows.
        port: 0 for a free one.
        extra: further routes, such as the demo's page.
    """

    def __init__(self, world: World, port: int = 0, extra: list[web.AbstractRouteDef] | None = None) -> None:
        self.world = world
        self.port = port
        self._extra = extra or []
        self._runner: web.AppRunner | None = None
        self._site: web.TCPSite | None = None
        self._webhooks: asyncio.Task[None] | None = None

    @property
    def url(self) -> str:
        """Address without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    async def __aenter__(self) -> LocalBotApi:
        app = web.Application(client_max_size=64 * 2**20)
        app.add_routes([*bot_routes(self.world), *play.routes(self.world), *self._extra])
        self._runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.1)
        await self._runner.setup()
        await self.up()
        self._webhooks = asyncio.create_task(deliver_webhooks(self.world))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._webhooks is not None:
            self._webhooks.cancel()
            await asyncio.wait([self._webhooks])
        for poll in self.world.polls.values():
            poll.cancel()
        if self._runner is not None:
            await self._runner.cleanup()

    async def up(self) -> None:
        """Listen (again, on the same port)."""
        if self._runner is None or self._site is not None:
            return
        self._site = web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True)
        await self._site.start()
        self.port = self._runner.addresses[-1][1]

    async def down(self) -> None:
        """Stop listening: new connections are refused; those open are cut at their next call."""
        if self._site is not None:
            await self._site.stop()
            self._site = None


def bot_routes(world: World) -> list[web.RouteDef]:
    """Return the routes of the Bot API."""

    async def call(request: web.Request) -> web.StreamResponse:
        token, method = request.match_info["token"], request.match_info["method"]
        try:
            params, files = await read_call(request)
        except (ValueError, UnicodeDecodeError):
            error = ApiError(400, "Bad Request: can't parse the request body")
            return web.json_response(error.body(), status=400)
        task = asyncio.ensure_future(_guarded(world, token, method, params, files))
        # A client that hangs up does not take back what it sent; only a poll ends with its connection.
        reply = await (task if method.lower() == "getupdates" else asyncio.shield(task))
        if reply.cut == "timeout":
            await asyncio.Event().wait()  # the end of the connection ends it
        if reply.cut is not None:
            if request.transport is not None:
                request.transport.abort()
            return web.Response(status=500)
        return web.Response(status=reply.status, body=reply.body, content_type="application/json")

    async def download(request: web.Request) -> web.StreamResponse:
        account = world.account(request.match_info["token"])
        file = by_path(world, request.match_info["path"]) if account else None
        if file is None:
            status = 404 if account else 401
            return web.json_response({"ok": False, "error_code": status, "description": "Not Found"}, status=status)
        return web.Response(body=file.content, content_type=file.mime)

    return [
        web.get("/bot{token}/{method}", call),
        web.post("/bot{token}/{method}", call),
        web.get("/file/bot{token}/{path:.+}", download),
    ]


async def _guarded(world: World, token: str, method: str, params: Json, files: dict[str, Upload]) -> Reply:
    try:
        return await answer(world, token, method, params, files)
    except SchemaBreach as breach:
        _log.exception("the local server broke the Bot API's schema in %s", method)
        body = json.dumps({"ok": False, "error_code": 500, "description": f"Internal Server Error: {breach}"})
        return Reply(status=500, body=body.encode())


async def read_call(request: web.Request) -> tuple[Json, dict[str, Upload]]:
    """Return the parameters and files of a request: query, JSON, form or multipart.

    Raises:
        ValueError: the body is not what its type says.
    """
    params: Json = dict(request.query)
    files: dict[str, Upload] = {}
    if not request.can_read_body:
        return params, files
    if request.content_type == "application/json":
        body = await request.json()
        if not isinstance(body, dict):
            raise ValueError("an object is expected")
        return params | body, files
    if request.content_type == "multipart/form-data":
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader) or part.name is None:
                raise ValueError("parts need names")
            if part.filename is None:
                params[part.name] = (await part.read(decode=True)).decode()
            else:
                content = bytes(await part.read(decode=True))
                mime = part.headers.get("Content-Type", "application/octet-stream")
                files[part.name] = Upload(name=part.filename, content=content, mime=mime)
        return params, files
    return params | dict(await request.post()), files
