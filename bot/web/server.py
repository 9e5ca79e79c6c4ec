"""The HTTP server: one port, no access log (paths are secrets), bodies bounded."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from aiohttp import web

from bot.web.webhook import LARGEST_BODY

SHUTDOWN_SECONDS = 5.0


@asynccontextmanager
async def serving(host: str, port: int, *routes: Iterable[web.AbstractRouteDef]) -> AsyncIterator[int]:
    """Listen for the length of a block, and yield the port.

    Args:
        port: 0 for a free one.

    Raises:
        OSError: somebody else has the port.
    """
    application = web.Application(client_max_size=LARGEST_BODY)
    for some in routes:
        application.add_routes(some)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=SHUTDOWN_SECONDS)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        await site.start()
        yield int(runner.addresses[0][1])
    finally:
        await runner.cleanup()
