"""The HTTP server: one port, no access log (paths are secrets); bodies, connections and times bounded.

Its routes are those of the modules beside this one; ``bot.operations.runtime_services`` joins them.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from bot.proxies import LOOPBACK, Network
from bot.web.visitors import PROXIES, Proxies
from bot.web.webhook import LARGEST_BODY

SHUTDOWN_SECONDS = 5.0
IDLE_SECONDS = 30.0
"""A connection that has brought no whole request for so long is closed: it may have begun one and not go on."""

LINGERING_SECONDS = 1.0
"""For so long what is left of a body that nobody read is taken in before the connection is closed."""

MOST_CONNECTIONS = 400
"""Telegram opens a hundred at most (``registering.CONNECTIONS``), a proxy as many as it likes."""

Attach = Callable[[web.Application], object]

LOGGER = logging.getLogger("bot.web")
"""What aiohttp says of requests, without what they hold."""


@asynccontextmanager
async def serving(
    host: str,
    port: int,
    *routes: Iterable[web.AbstractRouteDef],
    attach: Iterable[Attach] = (),
    proxies: Sequence[Network] = LOOPBACK,
) -> AsyncIterator[int]:
    """Listen for the length of a block, and yield the port.

    Args:
        port: 0 for a free one.
        attach: each puts on the application what holds for several routes.
        proxies: who is believed when he says for whom he speaks.

    Raises:
        OSError: somebody else has the port.
    """
    application = web.Application(client_max_size=LARGEST_BODY)
    application[PROXIES] = Proxies(proxies)
    for some in routes:
        application.add_routes(some)
    # Bodies stay as they come: unpacking one would cost us what its sender likes, before it is known who he is.
    for one in attach:
        one(application)
    runner = web.AppRunner(
        application, access_log=None, shutdown_timeout=SHUTDOWN_SECONDS, auto_decompress=False,
        keepalive_timeout=IDLE_SECONDS, lingering_time=LINGERING_SECONDS, logger=LOGGER,
    )  # fmt: skip
    await runner.setup()
    _bound(runner)
    try:
        site = web.TCPSite(runner, host, port)
        await site.start()
        yield int(runner.addresses[0][1])
    finally:
        await runner.cleanup()


def _without_words(record: logging.LogRecord) -> bool:
    """Leave of bytes that are no request their kind: in the error stand paths, keys and reports as they came."""
    error = record.exc_info[1] if record.exc_info else None
    if isinstance(error, HttpProcessingError):
        record.msg, record.args, record.exc_info = f"web.no_request: {type(error).__name__}", (), None
        record.levelno, record.levelname = logging.WARNING, "WARNING"  # whoever sent it, nothing of ours is broken
    return True


LOGGER.addFilter(_without_words)


def _bound(runner: web.AppRunner) -> None:
    """Let no more connections in than can be served."""
    server = runner.server
    if server is None:
        return
    admit = server.connection_made

    def accept(handler: web.RequestHandler, transport: asyncio.Transport) -> None:
        admit(handler, transport)
        if len(server.connections) > MOST_CONNECTIONS:
            transport.abort()

    server.connection_made = accept  # type: ignore[method-assign]
