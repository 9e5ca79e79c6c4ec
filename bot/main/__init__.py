"""The one place where the program is put together, started and stopped."""

from __future__ import annotations

import os
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import structlog
from telegram.error import InvalidToken, TelegramError
from telegram.request import BaseRequest

from bot.bot_api_client import BotApiClient
from bot.cases.plan_registry import PlanRegistry
from bot.clock import Clock, SystemClock
from bot.config import unreadable
from bot.errands import Errands
from bot.exchange.pdf import converter_at
from bot.leadership import Alone, Leadership, Neighbours, Shared, process_name
from bot.main.beside import told_of
from bot.main.chores import Chores
from bot.main.folders import hindered
from bot.main.loops import kept_going
from bot.main.program import CannotStart, handle, program
from bot.main.work import Work
from bot.metrics import Metrics
from bot.notifier import AppriseNotifier
from bot.notifier.voice import HttpGateway
from bot.notifier.webhook import HttpPoster
from bot.office.administration import any_admin
from bot.office.beside import nobody_beside, tell_served_twice
from bot.office.first_admins import keep_first_admins, unknown_places
from bot.office.plan_checks import check_plans
from bot.operations.runtime_services import RuntimeServices
from bot.pulse import Pulse
from bot.sealed import Seal
from bot.sender.dialling import Telephone
from bot.service import Service
from bot.settings import Settings
from bot.updates.inline_query_queue import InlineQueryQueue
from bot.updates.intake import Intake
from bot.workdays import BadCalendar, read_calendar
from handlers.addressed import addressed
from handlers.context import HandlerContext, Program
from handlers.menus import show_menus
from handlers.register import register
from handlers.rescue import rescuing
from plans.calendar import OfficeCalendar
from plans.core.policy import DEFAULT_POLICY, Policy, PolicyError
from plans.intake.word_tables import look_over
from plans.load import PlanError, load_each
from plans.load.document import compose
from plans.model import Plan
from storage import Store, is_current, open_store, upgrade
from storage.inbox import InboxRow

log = structlog.get_logger(__name__)

__all__ = ["CannotStart", "Running", "running"]

# RetryAfter gives a timedelta, as all spans here are; python-telegram-bot asks for this when one is read.
os.environ.setdefault("PTB_TIMEDELTA", "true")


@dataclass(frozen=True, kw_only=True)
class Running:
    """A started program, for those who watch or stop it.

    Attributes:
        username: of the bot, without @.
        administered: whether anybody may administer: by the settings, or by a role.
        hindered: sentences about folders that cannot be written.
        beside: sentences about other installations on the same database server that serve the same jurisdiction.
        port: where webhook, health and metrics are served; None when they are not.
    """

    service: Service
    application: Program
    intake: Intake
    runtime: RuntimeServices
    work: Work
    inline_queries: InlineQueryQueue
    once: Chores
    username: str
    administered: bool
    hindered: Sequence[str]
    beside: Sequence[str]
    port: int | None

    @property
    def busy(self) -> bool:
        """Whether work is waiting now; a virtual clock does not move on before it is done."""
        return self.work.busy or self.inline_queries.busy or self.once.busy or self.runtime.api_work.busy


@asynccontextmanager
async def running(
    settings: Settings,
    *,
    clock: Clock | None = None,
    store: Store | None = None,
    request: BaseRequest | None = None,
    policy: Policy | None = None,
    plans: Mapping[str, Plan] | None = None,
) -> AsyncIterator[Running]:
    """Start everything, yield, and stop cleanly: calls in the air end, nothing new begins.

    Args:
        clock: the real one when left out; another only with a loopback API server, and then no other process may be
            there: it would not know of the clock.
        store: an open database; when left out the settings' one is migrated, locked and opened.
        request: how Telegram is reached, HTTP when left out.
        plans: the plans by id, the installed ones when left out.

    Raises:
        CannotStart: Telegram does not take the token or is not there, the port is taken, or another installation on the
            database server has this bot.
    """
    if clock is not None and not isinstance(clock, SystemClock) and not settings.loopback:
        raise ValueError("the clock is moved only with a Bot API server on loopback")
    if settings.readable:
        raise CannotStart(
            f"TOCSIN_API_URL 是另一台机器的 http:// 网址（{urlsplit(settings.api_url).hostname}）："
            "口令和全部消息会不加密地经过网络。请改用 https:// 或本机的地址；"
            "确是自己的封闭网络（如 compose 的容器之间），请加一行 TOCSIN_API_PLAIN=true"
        )
    clock = clock or SystemClock()
    look_over()
    async with AsyncExitStack() as stack:
        if store is None:
            store = await _opened(stack, settings)
        leadership, neighbours = await _leadership(stack, settings, store, clock)
        beside = await told_of(neighbours)
        service = Service(
            store,
            PlanRegistry(*load_each()) if plans is None else PlanRegistry(plans),
            clock,
            policy=policy or replace(_policy(settings), calendar=_calendar(settings)),
            admins=settings.admins,
            district_admins=settings.district_admins,
            new_id=lambda: secrets.token_hex(8),
            seal=Seal(settings.token.get_secret_value()),
            reads_twice=bool(settings.reader_url),
        )
        if problems := await unknown_places(service):
            raise CannotStart(f"设置 TOCSIN_DISTRICT_ADMINS 不对：{'；'.join(problems)}")
        application = await stack.enter_async_context(program(settings, request))
        bot_api, me = BotApiClient(application.bot), application.bot.bot
        notifier = AppriseNotifier(settings.channel_hosts)
        stack.push_async_callback(notifier.close)
        errands = Errands()
        stack.callback(errands.close)
        converter = converter_at(settings.soffice)
        if converter is not None:
            stack.push_async_callback(converter.close)
        application.bot_data["handler_context"] = HandlerContext(
            service=service, clock=clock, bot_api=bot_api, username=me.username or "", admins=settings.admins,
            workdays=_calendar(settings), notifier=notifier, errands=errands, board_url=settings.board_url,
            converter=converter, telephone=bool(settings.voice_url), push=settings.push_hosts,
            serves_too=nobody_beside if neighbours is None else neighbours.serves_too,
        )  # fmt: skip
        register(application)

        async def give(raw: dict[str, Any], row: InboxRow) -> None:
            await handle(application, raw)

        inline_queries = InlineQueryQueue(clock, partial(handle, application))
        pulse, metrics = Pulse(), Metrics()
        intake = Intake(
            store,
            clock,
            addressed(me.username or "", me.id),
            way="webhook" if settings.mode == "webhook" else "poll",
            metrics=metrics,
            inline_queries=inline_queries.take,
        )
        network = HttpPoster(settings.push_hosts)
        work = Work(
            settings, service, bot_api, give, intake=intake, pulse=pulse, metrics=metrics, leadership=leadership,
            notifier=notifier, poster=network, asker=network, telephone=_telephone(settings, clock),
            rescue=rescuing(service),
        )  # fmt: skip
        runtime = RuntimeServices(
            settings, service, bot_api, intake, pulse=pulse, metrics=metrics, leadership=leadership, leads=work.leads
        )
        chores: dict[str, Callable[[], Awaitable[object]]] = {"menus": partial(show_menus, application.bot)}
        port = await _served(stack, settings, runtime, chores)
        once = Chores(clock, chores)
        await keep_first_admins(service)
        await check_plans(service)
        others = () if neighbours is None else (neighbours,)
        if neighbours is not None:
            neighbours.tell = partial(tell_served_twice, service)
        async with kept_going((*work.loops, inline_queries, once, *runtime.loops, *others)):
            yield Running(
                service=service,
                application=application,
                intake=intake,
                runtime=runtime,
                work=work,
                inline_queries=inline_queries,
                port=port,
                once=once,
                username=me.username or "",
                hindered=hindered(settings),
                beside=beside,
                administered=await any_admin(service),
            )


def _telephone(settings: Settings, clock: Clock) -> Telephone | None:
    """Return the office's automatic telephone, where it has one."""
    if not settings.voice_url or settings.voice_secret is None:
        return None
    secret = settings.voice_secret.get_secret_value()
    gateway = HttpGateway(settings.voice_url, secret, lambda: clock.now().timestamp())
    return Telephone(gateway, settings.voice_reports)


def _policy(settings: Settings) -> Policy:
    """Return the reminder policy of the office; raise CannotStart where its file cannot be read."""
    if settings.policy_file is None:
        return DEFAULT_POLICY
    try:
        return Policy.parse(_entries(settings.policy_file))
    except (OSError, UnicodeDecodeError) as problem:
        raise CannotStart(f"TOCSIN_POLICY_FILE：{unreadable(settings.policy_file, problem)}") from None
    except (PlanError, PolicyError) as problem:
        raise CannotStart(f"TOCSIN_POLICY_FILE：{problem}；各项的写法见 tocsin simulate --policy") from None


def _entries(path: Path) -> dict[str, Any]:
    """Return the entries of a YAML file, read as plan files are: no aliases, no tags, each key once."""
    document = compose(path.read_text(encoding="utf-8-sig"), str(path))
    if document.problems:
        raise PlanError(str(path), document.problems)
    if document.data is None:
        return {}
    if not isinstance(document.data, dict):
        raise PolicyError(f"{path}：应为“项: 时长”的各行，例如 units: [PT3M, PT2M]")
    return document.data


def _calendar(settings: Settings) -> OfficeCalendar:
    """Return the office's calendar; raise CannotStart where its file cannot be read."""
    try:
        return read_calendar(settings.calendar_file)
    except BadCalendar as problem:
        raise CannotStart(f"TOCSIN_CALENDAR_FILE：{problem}") from None
    except (OSError, UnicodeDecodeError) as problem:
        raise CannotStart(f"TOCSIN_CALENDAR_FILE：{unreadable(settings.calendar_file, problem)}") from None


async def _opened(stack: AsyncExitStack, settings: Settings) -> Store:
    if not await is_current(settings.database_url):
        await upgrade(settings.database_url)
    store = await stack.enter_async_context(await open_store(settings.database_url))
    stack.enter_context(store.lock())
    return store


async def _leadership(
    stack: AsyncExitStack, settings: Settings, store: Store, clock: Clock
) -> tuple[Leadership, Neighbours | None]:
    """Return who leads what, and the look at other installations; there are none beside a file."""
    if not store.postgres or not isinstance(clock, SystemClock):
        return Alone(), None
    # Connections of its own: a renewal must not wait behind everybody's work.
    own = await stack.enter_async_context(await open_store(settings.database_url))
    shared = Shared(own, process_name(), ttl=timedelta(seconds=settings.lease_seconds))
    store.on_commit(shared.told)
    neighbours = Neighbours(own, settings.token.get_secret_value().partition(":")[0], settings.api_url)
    stack.push_async_callback(neighbours.leave)
    return shared, neighbours


async def _served(
    stack: AsyncExitStack,
    settings: Settings,
    runtime: RuntimeServices,
    chores: dict[str, Callable[[], Awaitable[object]]],
) -> int | None:
    """Listen; what Telegram would not be told before is put to the chores."""
    try:
        await runtime.prepare()
    except InvalidToken:
        raise CannotStart(f"{settings.api_url} 不认识这个口令；请核对 TOCSIN_TOKEN") from None
    except TelegramError as problem:
        log.warning("start.not_prepared", error=str(problem))
        chores["webhook"] = runtime.prepare  # until then polling is refused, and waits
    try:
        return await stack.enter_async_context(runtime.serving())
    except OSError as problem:
        where = ":".join(map(str, settings.address or ()))
        reason = problem.strerror or problem
        raise CannotStart(f"不能在 {where} 上接受连接（{reason}）；请核对 TOCSIN_LISTEN，或停下占用它的程序") from None
