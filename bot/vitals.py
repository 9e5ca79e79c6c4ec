"""What the queues look like now, and what of it is a trouble: for readiness, metrics and the heartbeat."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.pulse import Pulse
from storage.errors import Unavailable
from storage.outbox import OTHER_WAYS, PriorityBacklog
from storage.store import Store
from storage.transaction import Reading

NOTHING = timedelta()
FAILING = 2
"""A request that could not be worked off so often has rung people (``bot.office.api_work``)."""

LOOK_SECONDS = 5
"""A database that takes longer to answer is not there."""


@dataclass(frozen=True, kw_only=True)
class Vitals:
    """The queues at one moment.

    Attributes:
        inbox_pending: updates that wait. inbox_age: for how long the oldest has.
        quarantined: updates that could not be worked off. deferred: reports that cannot be, and are tried again.
        outbox: what waits to be sent, by priority 1 to 3.
        in_flight: messages that are being sent.
        wake_age: for how long the oldest due wake has waited.
        standstill: for how long something could have been sent to Telegram and nothing was.
        dead_letters: messages that were given up, ever.
        requests_age: for how long the oldest request of another system waits that nobody has tried to work off.
        requests_deferred: those that cannot be worked off, and are tried again.
        webhooks_waiting, webhooks_dead: messages to other systems that wait, and that were given up.
        lines_waiting, lines_dead: reports to offices above, the same.
        held: places, and Telegram as a whole, that told us to wait.
        streams, entries: logs of the journal, and events in all of them.
        leases: the epoch of each lease that somebody has.
    """

    at: datetime
    inbox_pending: int
    inbox_age: timedelta
    quarantined: int
    deferred: int
    outbox: Mapping[int, PriorityBacklog]
    in_flight: int
    wake_age: timedelta
    standstill: timedelta = NOTHING
    dead_letters: int
    held: int
    requests_age: timedelta = NOTHING
    requests_deferred: int = 0
    webhooks_waiting: int = 0
    webhooks_dead: int = 0
    lines_waiting: int = 0
    lines_dead: int = 0
    streams: int
    entries: int
    leases: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """From when on waiting is a trouble."""

    inbox: timedelta = timedelta(seconds=60)
    requests: timedelta = timedelta(seconds=60)
    wake: timedelta = timedelta(seconds=60)
    standstill: timedelta = timedelta(seconds=90)
    lost: timedelta = timedelta(seconds=30)
    outbox: Mapping[int, timedelta] = field(
        default_factory=lambda: {1: timedelta(minutes=3), 2: timedelta(minutes=15), 3: timedelta(hours=1)}
    )


async def take(store: Store, now: datetime) -> Vitals:
    """Look at every queue in one transaction.

    Raises:
        Unavailable: the database cannot now.
    """
    async with store.reading() as rx:
        inbox = await rx.inbox.backlog()
        due = await rx.wakes.next_at()
        holds = await rx.holds.active(now)
        places_held = [place for place in holds if place is not None]
        streams, entries = await rx.journal.length()
        request = await rx.api_requests.longest()
        webhooks = (await rx.webhooks.standing()).values()
        lines = (await rx.submissions.standing()).values()
        return Vitals(
            at=now,
            inbox_pending=inbox.pending,
            inbox_age=max(now - inbox.oldest, NOTHING) if inbox.oldest else NOTHING,
            quarantined=inbox.quarantined,
            deferred=inbox.deferred,
            outbox=await rx.outbox.backlog(now),
            in_flight=len(await rx.outbox.in_flight()),
            wake_age=max(now - due, NOTHING) if due else NOTHING,
            standstill=await rx.outbox.standstill(now, places_held, OTHER_WAYS),
            dead_letters=await rx.outbox.dead_count(),
            held=len(holds),
            requests_age=max(now - request, NOTHING) if request else NOTHING,
            requests_deferred=await rx.api_requests.failing(FAILING),
            webhooks_waiting=sum(item.waiting for item in webhooks),
            webhooks_dead=sum(item.dead for item in webhooks),
            lines_waiting=sum(waits for waits, _ in lines),
            lines_dead=sum(dead for _, dead in lines),
            streams=streams,
            entries=entries,
            leases={lease.name: lease.epoch for lease in await rx.leases.held()} if store.postgres else {},
        )


def troubles(vitals: Vitals, pulse: Pulse, bounds: Bounds | None = None) -> list[str]:
    """Return what is wrong, a line each in plain English for the engineer; nothing when all is well."""
    bounds = bounds or Bounds()
    lines = [f"{name}: no sign of life for {_seconds(age)}" for name, age in sorted(pulse.late().items())]
    lines += [
        f"{name}: nothing gets through for {_seconds(vitals.at - since)}"
        for name, since in sorted(pulse.lost().items())
        if vitals.at - since >= bounds.lost
    ]
    if vitals.inbox_age > bounds.inbox:
        lines.append(f"inbox: the oldest update waits for {_seconds(vitals.inbox_age)}")
    if vitals.deferred:
        lines.append(f"inbox: {vitals.deferred} reports cannot be worked off and are tried again; people were told")
    if vitals.requests_age > bounds.requests:
        lines.append(f"api: the oldest request waits for {_seconds(vitals.requests_age)}")
    if vitals.requests_deferred:
        lines.append(f"api: {vitals.requests_deferred} requests cannot be worked off; people were told")
    if vitals.wake_age > bounds.wake:
        lines.append(f"wakes: the oldest is late by {_seconds(vitals.wake_age)}")
    waits = [
        f"outbox: the oldest message of priority {priority} waits for {_seconds(waiting.oldest)}"
        for priority, waiting in sorted(vitals.outbox.items())
        if waiting.oldest > bounds.outbox.get(priority, timedelta.max)
    ]
    if not waits and vitals.standstill > bounds.standstill:
        waits.append(f"sender: nothing was sent for {_seconds(vitals.standstill)} though something waits")
    return lines + waits


def stuck(vitals: Vitals, pulse: Pulse, bounds: Bounds | None = None) -> str:
    """Return why what the database says may not be what is so: what a person who only looks has to know.

    ``telegram``: nothing gets through; ``waiting``: what was sent to the program is not worked off; ``clocks``:
    reminders are late; ``silent``: a part gives no sign of life. Empty when nothing of it is.
    """
    bounds = bounds or Bounds()
    if any(vitals.at - since >= bounds.lost for since in pulse.lost().values()):
        return "telegram"
    if vitals.inbox_age > bounds.inbox:
        return "waiting"
    if vitals.wake_age > bounds.wake:
        return "clocks"
    return "silent" if pulse.late() else ""


@dataclass(frozen=True, kw_only=True)
class Health:
    """Looks at one process and its database.

    Attributes:
        more: looks for what else is wrong, in one transaction, a line each in plain English.
    """

    store: Store
    clock: Clock
    pulse: Pulse
    bounds: Bounds = field(default_factory=Bounds)
    more: Callable[[Reading], Awaitable[list[str]]] | None = None

    async def look(self) -> Vitals:
        """Return the vitals now.

        Raises:
            Unavailable, TimeoutError: the database cannot now.
        """
        async with asyncio.timeout(LOOK_SECONDS):
            return await take(self.store, self.clock.now())

    async def troubles(self) -> list[str]:
        """Return what is wrong, in plain English; nothing when all is well. Never raises."""
        try:
            return troubles(await self.look(), self.pulse, self.bounds) + await self._more()
        except (Unavailable, TimeoutError) as problem:
            return [f"database: {problem}" if isinstance(problem, Unavailable) else "database: no answer"]

    async def stuck(self) -> str:
        """Return a word for why what the database says may not be what is so, as :func:`stuck`. Never raises."""
        try:
            return stuck(await self.look(), self.pulse, self.bounds)
        except (Unavailable, TimeoutError):
            return "database"

    async def _more(self) -> list[str]:
        if self.more is None:
            return []
        async with asyncio.timeout(LOOK_SECONDS), self.store.reading() as rx:
            return await self.more(rx)


def _seconds(span: timedelta) -> str:
    return f"{span.total_seconds():.0f} s"
