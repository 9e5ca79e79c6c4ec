"""What runs beside the program's work and keeps it watched and tidy, put together from the settings.

runtime = RuntimeServices(settings, service, bot_api, intake, pulse=..., metrics=..., leadership=..., leads=...)
await runtime.prepare()
async with runtime.serving():
    ... run runtime.loops beside poller, processor, scheduler and sender ...
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from random import Random, SystemRandom

from bot.bot_api_client import BotApi
from bot.leadership import Elected, Leadership, Lease, Loop, process_name
from bot.metrics import Metrics
from bot.office import api_tokens
from bot.office.api_work import ApiWork
from bot.office.confirming import ask_everybody
from bot.office.duties import keep_books
from bot.office.duty_lists import tell_overdue
from bot.office.people import weekly_word
from bot.office.plan_checks import in_english, unusable_plans
from bot.office.shift_words import shift_words
from bot.office.spot_checks import plan_spot_checks
from bot.office.statistics import keep_counted
from bot.office.swap_rounds import keep_swaps
from bot.office.walls import ask_about_ending
from bot.operations.auditor import Auditor
from bot.operations.checkpoints import Checkpoints
from bot.operations.heartbeat import Heartbeat
from bot.operations.retention import forget
from bot.operations.rounds import Rounds
from bot.operations.sealing import seal_sent
from bot.pulse import Pulse
from bot.service import Service
from bot.settings import Settings
from bot.updates.intake import Intake
from bot.updates.notify_listener import NotifyListener
from bot.vitals import Health
from bot.web.address import address
from bot.web.registration import Registration, stop_telling
from storage.transaction import Reading


class RuntimeServices:
    """What runs beside the work.

    Args:
        intake: keeps what comes by the webhook.
        pulse: knows whether the loops go round.
        metrics: what the loops counted.
        leadership: who makes the rounds, where several processes share the database.
        chance: draws the moments of spot checks.
        leads: whether this process polls (or, with a webhook, sends): then it is the one that is heard outside.

    Attributes:
        health: what is wrong, for whoever asks.
        api_work: works off what other systems brought.
        loops: to be run like the program's own.
    """

    def __init__(
        self,
        settings: Settings,
        service: Service,
        bot_api: BotApi,
        intake: Intake,
        *,
        pulse: Pulse,
        metrics: Metrics,
        leadership: Leadership,
        leads: Callable[[], bool],
        chance: Random | None = None,
    ) -> None:
        self._settings, self._service, self._bot_api = settings, service, bot_api
        self._chance = chance or SystemRandom()
        self._hooked = settings.mode == "webhook"
        store, clock = service.store, service.clock
        self._intake, self._pulse, self._metrics = intake, pulse, metrics
        self.health = Health(store=store, clock=clock, pulse=pulse, more=self._plans)
        token, secret = settings.token.get_secret_value(), settings.webhook_secret
        self._address = address(token, secret.get_secret_value() if secret is not None else None)
        url = settings.heartbeat_url
        loops: list[Loop] = [
            Heartbeat(
                self.health.troubles,
                url=url.get_secret_value() if url is not None else None,
                file=settings.heartbeat_file,
                leads=leads,
            ),
            Elected(leadership, "rounds", self._rounds),
        ]
        if store.postgres:
            loops.append(NotifyListener(store))
        if self._hooked:
            loops.append(Elected(leadership, f"webhook:{token.partition(':')[0]}", self._registration))
        self.api_work = ApiWork(service, process_name(), pulse=pulse)
        loops.append(self.api_work)
        self.loops = tuple(loops)

    async def _plans(self, rx: Reading) -> list[str]:
        return [in_english(item) for item in await unusable_plans(rx, self._service.registry)]

    async def prepare(self) -> None:
        """Take a webhook back before polling: Telegram answers no poll while there is one.

        Raises:
            telegram.error.TelegramError: Telegram cannot be asked.
        """
        if not self._hooked:
            await stop_telling(self._bot_api)

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[int | None]:
        """Listen for the length of a block, and yield the port; None when the settings name no address.

        Raises:
            OSError: somebody else has the port.
        """
        if self._settings.address is None:
            yield None
            return
        from bot.web.access import Access  # a fifth of a second that a start without a port need not pay
        from bot.web.api.routes import Api
        from bot.web.board.routes import Board
        from bot.web.feeds import Feeds
        from bot.web.server import serving
        from bot.web.status import Status
        from bot.web.voice import VoiceReports
        from bot.web.warnings import Warnings
        from bot.web.webhook import Webhook

        host, port = self._settings.address
        webhook = Webhook(self._address, self._intake, self._service.clock)
        access = Access(self._service, self._settings.board_url) if self._settings.board_url else None
        board = Board(self._service, access, self.health.stuck, self._settings.evidence) if access is not None else None
        secret = self._settings.voice_secret if self._settings.voice_url else None
        api = Api(self._service, self.api_work, self._metrics)
        routes = [
            Status(self.health, self._metrics).routes(),
            Warnings(self._service, self._metrics).routes(),
            webhook.routes() if self._hooked else [],
            VoiceReports(self._service, secret.get_secret_value(), self._metrics).routes() if secret else [],
            access.routes() if access is not None else [],
            Feeds(self._service, self._settings.board_url).routes() if access is not None else [],
            board.routes() if board is not None else [],
            api.routes(),
        ]

        attach = [api.attach, *([access.attach] if access is not None else [])]
        believed = self._settings.trusted_proxies
        async with serving(host, port, *routes, attach=attach, proxies=believed) as bound_port:
            try:
                yield bound_port
            finally:
                await webhook.close()
                await api.close()
                if board is not None:
                    await board.close()

    def _rounds(self, lease: Lease) -> Rounds:
        settings, store = self._settings, self._service.store
        checkpoints = Checkpoints(
            store,
            folder=settings.checkpoint_folder,
            chat=settings.checkpoint_chat,
            lease=lease,
            metrics=self._metrics,
        )

        async def sealed(now: datetime) -> None:
            await seal_sent(store, now, lease)

        async def tidy(now: datetime) -> None:
            await forget(store, now, timedelta(days=settings.keep_days))

        async def people(now: datetime) -> None:
            await weekly_word(self._service, now)
            await ask_about_ending(self._service, now)
            await api_tokens.ask_about_ending(self._service, now)

        async def swaps(now: datetime) -> None:
            await keep_swaps(self._service, now)

        async def shifts(now: datetime) -> None:
            await shift_words(self._service, now)

        async def spot_checks(now: datetime) -> None:
            await plan_spot_checks(self._service, now, self._chance, lease.fence)

        async def names(now: datetime) -> None:
            await ask_everybody(self._service, now)

        async def duties(now: datetime) -> None:
            await keep_books(self._service, now, lease.fence)

        async def overdue(now: datetime) -> None:
            await tell_overdue(self._service, now, lease.fence)

        async def statistics(now: datetime) -> None:
            await keep_counted(self._service, lease.fence)

        daily = {"checkpoint": checkpoints.seal, "retention": tidy, "people": people}
        often = {
            "names": names, "swaps": swaps, "shifts": shifts, "spot_checks": spot_checks, "duties": duties,
            "overdue": overdue, "sent": sealed, "statistics": statistics,
        }  # fmt: skip
        auditor = Auditor(self._service, metrics=self._metrics)
        return Rounds(store, self._service.clock, auditor, daily, lease, often=often)

    def _registration(self, lease: Lease) -> Registration:
        base = self._settings.webhook_url
        return Registration(self._bot_api, self._service.clock, base, self._address, self._pulse)
