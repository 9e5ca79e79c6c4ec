"""``make demo``: the real program, the local Telegram and the page in one process on one virtual clock."""

from __future__ import annotations

import asyncio
import socket
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from aiohttp import web

from bot.demo import town as towns
from bot.demo.clock import TownClock
from bot.demo.page import application
from bot.demo.script import FOLDER, read_scripts
from bot.demo.show import Show
from bot.playground import Limits, LocalBotApi, Rules, World


@asynccontextmanager
async def show(
    *, port: int = 0, rate: float = 1.0, scenes: Path = FOLDER, folder: Path | None = None
) -> AsyncIterator[tuple[Show, str]]:
    """Run the demo; yield the town in motion and the page's address on loopback.

    Args:
        port: 0 takes a free one.
        rate: virtual seconds per real second at first.
        scenes: folder of the scenes.
        folder: where a folder for the databases is made; that of the system when left out.
    """
    clock = TownClock(towns.FIRST_MOMENT)
    # A fast clock would make every press too old before a person could read the answer.
    world = World(clock, limits=Limits(), rules=Rules(callback_ttl=timedelta(hours=6)))
    with tempfile.TemporaryDirectory(prefix="tocsin-demo-", dir=folder) as kept:
        async with LocalBotApi(world) as api, clock.running(rate) as pace:
            town = Show(
                Path(kept), clock, world, read_scripts(scenes), api.url, pace, f"http://127.0.0.1:{_free_port()}"
            )
            await town.open()
            serving = asyncio.create_task(town.serve_queue())
            runner = web.AppRunner(
                application(world, town), access_log=None, handler_cancellation=True, shutdown_timeout=0.1
            )
            await runner.setup()
            site = web.TCPSite(runner, "127.0.0.1", port)
            await site.start()
            try:
                yield town, f"http://127.0.0.1:{runner.addresses[0][1]}/"
            finally:
                serving.cancel()
                await runner.cleanup()
                await asyncio.wait([serving])
                await town.close()


def _free_port() -> int:
    """Return a port that nobody has: the same for each run of the bot, so that an open wall finds it again."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def serve(*, port: int = 0, rate: float = 1.0) -> AsyncIterator[str]:
    """Run the demo; yield the page's address on loopback."""
    async with show(port=port, rate=rate) as (_, address):
        yield address
