"""The one place where the program is put together, started and stopped."""

from __future__ import annotations

import asyncio
import os
import secrets
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

import structlog
from telegram import Update
from telegram.error import InvalidToken, TelegramError
from telegram.ext import ApplicationBuilder
from telegram.request import BaseRequest, HTTPXRequest

from bot.clock import Clock, SystemClock
from bot.config import Settings
from bot.courier import TelegramCourier
from bot.delivery import Budget
from bot.poller import Poller, Processor
from bot.scheduler import Scheduler
from bot.sender import Sender
from bot.service import Service
from bot.service.cards import Cards
from bot.service.shelf import Shelf
from handlers.addressed import addressed
from handlers.desk import Desk, Program
from handlers.register import register
from plans.load import load_all
from plans.model import Plan
from plans.obligations import DEFAULT_POLICY, Policy
from storage import Store, Unavailable, is_current, open_store, upgrade
from storage.inbox import InboxRow

# RetryAfter gives a timedelta, as all spans here are; python-telegram-bot asks for this when one is read.
os.environ.setdefault("PTB_TIMEDELTA", "true")

log = structlog.get_logger(__name__)


class CannotStart(Exception):
    """The API server does not know the token, or cannot be reached.

    The message is for the person who set the settings.
    """


@dataclass(frozen=True, kw_only=True)
class Running:
    """A started program, for those who watch or stop it."""

    service: Service
    sender: Sender
    scheduler: Scheduler
    processor: Processor
    poller: Poller
    application: Program

    @property
    def busy(self) -> bool:
        """Whether work is waiting now; a virtual clock does not move on before it is done."""
        return self.processor.busy or self.sender.busy or self.scheduler.busy


@asynccontextmanager
async def running(
    settings: Settings,
    *,
    clock: Clock | None = None,
    store: Store | None = None,
    request: BaseRequest | None = None,
    policy: Policy = DEFAULT_POLICY,
    plans: Mapping[str, Plan] | None = None,
) -> AsyncIterator[Running]:
    """Start everything, yield, and stop cleanly: calls in the air end, nothing new begins.

    Args:
        clock: the real one when left out; another only with a loopback API server.
        store: an open database; when left out the settings' one is migrated, locked and opened.
        request: how Telegram is reached, HTTP when left out.
        plans: the plans by id, the installed ones when left out.
    """
    if clock is not None and not isinstance(clock, SystemClock) and not settings.loopback:
        raise ValueError("the clock is moved only with a Bot API server on loopback")
    clock = clock or SystemClock()
    async with AsyncExitStack() as stack:
        if store is None:
            if not await is_current(settings.database_url):
                await upgrade(settings.database_url)
            store = await stack.enter_async_context(await open_store(settings.database_url))
            stack.enter_context(store.lock())
        service = Service(
            store,
            Shelf(load_all() if plans is None else plans),
            clock,
            policy=policy,
            admins=settings.admins,
            new_stream=lambda: f"incident:{secrets.token_hex(8)}",
        )
        application = _application(settings, request)
        await _greet(application, settings)
        stack.push_async_callback(application.shutdown)
        courier = TelegramCourier(application.bot)
        me = application.bot.bot
        application.bot_data["desk"] = Desk(
            service=service, clock=clock, courier=courier, username=me.username or "", admins=settings.admins
        )
        await register(application)

        async def handle(raw: dict[str, Any], row: InboxRow) -> None:
            await _handle(application, raw)

        sender = Sender(store, courier, clock, Cards(service.teller), _budget(settings))
        scheduler = Scheduler(service, clock, safety=isinstance(clock, SystemClock))
        processor = Processor(store, clock, handle)
        poller = Poller(store, courier, clock, addressed(me.username or "", me.id), settings.long_poll)
        loops: tuple[Loop, ...] = (sender, scheduler, processor, poller)
        ending = asyncio.Event()
        tasks = [asyncio.create_task(_kept(loop, ending), name=type(loop).__name__) for loop in loops]
        try:
            yield Running(
                service=service,
                sender=sender,
                scheduler=scheduler,
                processor=processor,
                poller=poller,
                application=application,
            )
        finally:
            ending.set()
            for loop in reversed(loops):
                loop.stop()
            _, late = await asyncio.wait(tasks, timeout=10)
            for task in late:
                log.warning("loop.cut_off", loop=task.get_name())
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


class Loop(Protocol):
    """One of the endless jobs: polling, processing, scheduling, sending."""

    async def run(self) -> None:
        """Work until stopped."""
        ...

    def stop(self) -> None:
        """Let :meth:`run` return."""
        ...


async def _kept(loop: Loop, ending: asyncio.Event) -> None:
    """Run a loop until the end: whatever breaks it (a full disk, a bug) is logged, and it begins anew.

    All that a loop works on stands in the database, so that nothing is lost by this.
    """
    pause = 1.0
    while not ending.is_set():
        try:
            await loop.run()
            return
        except Unavailable as problem:
            log.error("loop.interrupted", loop=type(loop).__name__, error=repr(problem), wait=pause)
        except Exception:
            log.exception("loop.failed", loop=type(loop).__name__, wait=pause)
        with suppress(TimeoutError):
            await asyncio.wait_for(ending.wait(), pause)
        pause = min(pause * 2, 30.0)


def _budget(settings: Settings) -> Budget:
    return Budget(overall=settings.send_rate, chat_gap=timedelta(seconds=settings.chat_gap), group=settings.group_rate)


async def _greet(application: Program, settings: Settings) -> None:
    """Ask the API server who we are; raise CannotStart with a sentence for the person who set the settings."""
    try:
        await application.initialize()
    except InvalidToken:
        raise CannotStart("TOCSIN_TOKEN 不被 Telegram 接受，请向 @BotFather 核对") from None
    except TelegramError as problem:
        raise CannotStart(f"连不上 {settings.api_url}：{problem}") from None


def _application(settings: Settings, request: BaseRequest | None) -> Program:
    builder = ApplicationBuilder().token(settings.token.get_secret_value()).updater(None).job_queue(None)
    builder = builder.base_url(f"{settings.api_url}/bot").base_file_url(f"{settings.api_url}/file/bot")
    if request is not None:
        builder = builder.request(request).get_updates_request(request)
    else:
        builder = builder.request(HTTPXRequest(connection_pool_size=64, read_timeout=20, write_timeout=20))
        builder = builder.get_updates_request(HTTPXRequest(connection_pool_size=2, read_timeout=60))
    return builder.build()


async def _handle(application: Program, raw: dict[str, Any]) -> None:
    """Let the handlers have an update.

    python-telegram-bot keeps their exceptions to itself, so they are fetched back.
    """
    waited = bool(raw.pop("_waited", False))
    update = Update.de_json(raw, application.bot)
    if waited:
        application.bot_data["waited"].add(update.update_id)
    try:
        await application.process_update(update)
    finally:
        application.bot_data["waited"].discard(update.update_id)
    problem = application.bot_data["failed"].pop(update.update_id, None)
    if problem is not None:
        raise problem
