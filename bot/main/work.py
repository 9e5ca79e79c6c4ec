"""The loops of the work: fetching updates, working them off, minding the clocks, sending, collecting files, telling
other systems.

A second reader has one of its own where the office has set one.

Where several processes share a database all of them work updates off; of the other loops each has one holder.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from random import SystemRandom
from typing import Any

from telegram.error import TelegramError

from bot.bot_api_client import BotApiWithFiles
from bot.clock import SystemClock
from bot.delivery import Budget
from bot.leadership import Alone, Always, Elected, Leadership, Lease, Loop, process_name
from bot.metrics import Metrics
from bot.notifier import Notifier
from bot.notifier.line import Asker
from bot.notifier.webhook import Poster
from bot.outgoing.cards import Cards
from bot.pulse import Pulse
from bot.scheduler import Scheduler
from bot.second_reader import SecondReader, client
from bot.sender import Sender
from bot.sender.dialling import Telephone
from bot.sender.lines import LineWork
from bot.sender.webhooks import WebhookSender
from bot.service import Service
from bot.settings import Settings
from bot.updates.catching_up import CatchingUp, fetched_elsewhere, note_fetched
from bot.updates.collector import Collector
from bot.updates.intake import Intake
from bot.updates.poller import Poller
from bot.updates.processor import Claims, Processor, Rescue
from storage.inbox import InboxRow

Handle = Callable[[dict[str, Any], InboxRow], Awaitable[None]]


class Work:
    """See the module.

    Args:
        handle: gives an update to the handlers. rescue: takes care of one that they cannot work off.
        intake: keeps what the poller fetches.
        pulse: the loops tell it that they go round.
        metrics: the loops count there.
        notifier: sends by other ways than Telegram. telephone: makes calls, where the office has a gateway.
        poster: tells other systems. asker: asks other installations to which reports go up.

    Attributes:
        loops: to be run.
    """

    def __init__(
        self,
        settings: Settings,
        service: Service,
        bot_api: BotApiWithFiles,
        handle: Handle,
        *,
        intake: Intake,
        pulse: Pulse,
        metrics: Metrics,
        leadership: Leadership,
        notifier: Notifier,
        poster: Poster,
        asker: Asker,
        telephone: Telephone | None = None,
        rescue: Rescue | None = None,
    ) -> None:
        self._settings, self._service, self._bot_api = settings, service, bot_api
        self._intake, self._pulse, self._metrics = intake, pulse, metrics
        self._leadership, self._notifier, self._telephone = leadership, notifier, telephone
        self._poster, self._asker = poster, asker
        self._hooked = settings.mode == "webhook"
        token = settings.token.get_secret_value().partition(":")[0]
        self._polling = f"poll:{token}"
        self._catching_up = CatchingUp(service.store, service.clock, self._fetched)
        alone = isinstance(leadership, Alone)
        hold = timedelta(seconds=settings.lease_seconds)
        processor = Processor(
            service.store,
            service.clock,
            handle,
            claims=None if alone else Claims(worker=process_name(), hold=hold),
            rescue=rescue,
            pulse=self._pulse,
        )
        self._sender, self._scheduler = self._led(f"send:{token}", self._sending), self._led("clocks", self._minding)
        self._collector = self._led(f"files:{token}", self._collecting)
        self._poller = None if self._hooked else self._led(self._polling, self._fetching)
        self._second_reader = self._led(f"second-reader:{token}", self._reading) if settings.reader_url else None
        self._webhooks = self._led("webhooks", self._pushing)
        self._lines = self._led("lines", self._reporting)
        loops = (
            self._sender, self._scheduler, processor, self._collector, self._poller, self._second_reader,
            self._webhooks, self._lines,
        )  # fmt: skip
        self.loops: tuple[Loop, ...] = tuple(loop for loop in loops if loop is not None)

    @property
    def busy(self) -> bool:
        """Whether work is waiting now."""
        return any(getattr(loop, "busy", False) for loop in self.loops)

    def leads(self) -> bool:
        """Whether this process speaks with Telegram for all: it polls or, with a webhook, it sends."""
        first = self._poller or self._sender
        return first.leads if isinstance(first, Elected) else True

    def _led(self, name: str, make: Callable[[Lease], Loop]) -> Loop:
        if isinstance(self._leadership, Alone):
            return make(Always())  # for good: also what it knows of the last minute's sends
        return Elected(self._leadership, name, make)

    def _sending(self, lease: Lease) -> Sender:
        settings = self._settings
        gap = timedelta(seconds=settings.chat_gap)
        return Sender(
            self._service.store,
            self._bot_api,
            self._service.clock,
            Cards(self._service.dispatcher),
            Budget(overall=settings.send_rate, chat_gap=gap, group=settings.group_rate),
            notifier=self._notifier,
            telephone=self._telephone,
            lease=lease,
            metrics=self._metrics,
            pulse=self._pulse,
            seal=self._service.seal,
            admins=self._service.admins,
        )

    def _minding(self, lease: Lease) -> Scheduler:
        return Scheduler(
            self._service,
            self._service.clock,
            safety=isinstance(self._service.clock, SystemClock),
            catching_up=self._catching_up,
            lease=lease,
            metrics=self._metrics,
            pulse=self._pulse,
        )

    def _collecting(self, lease: Lease) -> Collector:
        service = self._service
        return Collector(
            service.store, service, self._bot_api, service.clock, self._settings.evidence, pulse=self._pulse
        )

    def _reading(self, lease: Lease) -> SecondReader:
        service, settings = self._service, self._settings
        key = settings.reader_key.get_secret_value() if settings.reader_key is not None else ""
        return SecondReader(
            service.store, service, service.clock, client(settings.reader_url, key), settings.reader_model,
            metrics=self._metrics, pulse=self._pulse,
        )  # fmt: skip

    def _pushing(self, lease: Lease) -> WebhookSender:
        return WebhookSender(
            self._service, self._poster, SystemRandom(), lease=lease, metrics=self._metrics, pulse=self._pulse
        )

    def _reporting(self, lease: Lease) -> LineWork:
        return LineWork(self._service, self._asker, SystemRandom(), lease=lease, pulse=self._pulse)

    def _fetching(self, lease: Lease) -> Poller:
        return Poller(
            self._service.store,
            self._bot_api,
            self._service.clock,
            self._intake,
            self._settings.long_poll,
            lease=lease,
            fetched=self._note_fetched,
            pulse=self._pulse,
        )

    async def _note_fetched(self, lease: Lease) -> None:
        if not isinstance(self._leadership, Alone):
            await note_fetched(self._service.store, self._polling, lease)
        self._catching_up.look()

    async def _fetched(self) -> bool:
        """Return whether nothing that came before us lies at Telegram any more."""
        if isinstance(self._poller, Poller):
            return self._poller.caught_up
        if not self._hooked:
            return await fetched_elsewhere(self._service.store, self._polling)
        try:
            info: dict[str, Any] = await self._bot_api.call("getWebhookInfo", {})
        except TelegramError:
            return False
        return not info.get("pending_update_count")
