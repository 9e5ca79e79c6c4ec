"""The sender: takes messages from the outbox by urgency, keeps Telegram's limits, and records what became of each."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from telegram.error import TelegramError

from bot.bot_api_client import BotApi
from bot.clock import Clock
from bot.delivery import MINUTE, Ambiguous, Budget, Meter, Verdict, answered, counts, sort
from bot.leadership import Always, Lease
from bot.metrics import Metrics
from bot.notifier import AppriseNotifier, Notifier
from bot.office.absence import tell_outage
from bot.outgoing.cards import Cards
from bot.outgoing.pictures import Painter
from bot.pulse import Pulse
from bot.sealed import Seal
from bot.sender.beside import beside
from bot.sender.calls import LATE, Calls
from bot.sender.dialling import Telephone, dials
from bot.sender.drawings import Drawings
from bot.sender.send_outcomes import ONCE, Call, SendOutcomes
from bot.sender.ways import Ways
from bot.sender.weather import Landed, Outage, Weather
from storage.errors import LostClaim
from storage.outbox import OTHER_WAYS, Ahead, OutboxRow
from storage.store import Store
from storage.transaction import Writing

BATCH = 40
"""Calls in the air at once: one slow answer holds up its own chat and no other."""

FOR_THE_NEWEST = 10
"""Of so many calls under a backlog one goes to what was written last: a new alarm does not wait behind a thousand."""

ASKING_SECONDS = 10
"""Telegram counts as not there when ``getMe`` takes longer."""

REACHING = "telegram"
"""What the pulse calls the way to Telegram."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Turn:
    """When to look again: ``at`` a moment, or None for at a signal; ``soon`` at once."""

    at: datetime | None = None
    soon: bool = False


class Sender:
    """Sends what the outbox holds.

    Args:
        cards: renders live messages at the moment of sending.
        notifier: sends by other channels than Telegram. telephone: makes calls, where the office has one.
        lease: of several processes one sends: every write is fenced by it, and no call starts after its end.
        metrics: calls are counted there by their outcome.
        pulse: is told that the queue was looked at.
        seal: fills in the secrets of invitations, which stand in no row.
        admins: Telegram ids of those who administer every jurisdiction.
    """

    def __init__(
        self,
        store: Store,
        bot_api: BotApi,
        clock: Clock,
        cards: Cards,
        budget: Budget | None = None,
        *,
        notifier: Notifier | None = None,
        telephone: Telephone | None = None,
        lease: Lease | None = None,
        metrics: Metrics | None = None,
        pulse: Pulse | None = None,
        seal: Seal | None = None,
        admins: frozenset[int] = frozenset(),
    ) -> None:
        self._store, self._bot_api, self._clock = store, bot_api, clock
        self._lease, self._pulse = lease or Always(), pulse or Pulse()
        self._ways = Ways(bot_api, notifier or AppriseNotifier(), telephone, seal or Seal())
        self._meter = Meter(budget or Budget())
        self._weather = Weather()
        self._outcomes = SendOutcomes(cards, metrics, self._weather, admins)
        self._signal = asyncio.Event()
        self._signal.set()
        painter = Painter(store, cards.dispatcher.registry, cards.dispatcher.policy)
        self._drawings = Drawings(painter, clock, self._signal.set)
        self._calls = Calls(cards, self._outcomes, self._drawings, telephone)
        self._air: dict[asyncio.Task[Verdict], Call] = {}
        self._question: asyncio.Task[bool] | None = None
        self._in_turn = 0
        self._working = False
        self._stopped = False

    @property
    def busy(self) -> bool:
        """Whether there is something to do now, for a virtual clock that must wait."""
        at_work = self._working or bool(self._air) or self._drawings.busy
        return at_work or self._signal.is_set() or self._question is not None

    def stop(self) -> None:
        """Let :meth:`run` return when the calls in the air have ended."""
        self._stopped = True
        self._signal.set()

    async def run(self) -> None:
        """Send until stopped.

        Raises:
            LostClaim: another process sends now; what was in the air is found there by it.
        """
        try:
            with self._pulse.expected("sender"), self._store.signalling(self._signal, "outbox"):
                await self._recover()
                while not self._stopped:
                    self._working = True
                    self._signal.clear()
                    try:
                        with self._clock.working(), self._pulse.turn("sender"):
                            turn = self._minding_the_weather(await self._turn())
                    finally:
                        self._working = False
                    if not turn.soon:
                        await self._clock.sleep_until(turn.at, self._signal)
                if self._air:
                    await asyncio.wait(self._air)
                    await self._turn()
        finally:
            await self._abandon()

    async def _recover(self) -> None:
        """Take up what a process, or a run, that died had in the air: nobody knows whether it arrived."""
        async with self._store.writing("sender.recovered") as tx:
            await self._lease.fence(tx)
            now = self._clock.now()
            self._outcomes.holds = await tx.holds.active(now)
            await self._remember(tx, now)
            for row in await tx.outbox.in_flight():
                await self._outcomes.died(tx, row, now)

    async def _remember(self, tx: Writing, now: datetime) -> None:
        """Count what was sent before, by this process or another: Telegram counts those calls and ours together."""
        self._meter = Meter(self._meter.budget)
        calls = [call for call in await tx.outbox.left_since(now - MINUTE) if counts(call.method)]
        kinds = {one: getattr(await tx.places.get(one), "kind", "") for one in {call.place_id for call in calls}}
        for call in calls:
            self._meter.count(call.place_id, kinds[call.place_id] != "private", call.at)

    async def _abandon(self) -> None:
        """Leave nothing running behind: what was in the air is found in flight by the next run."""
        tasks = [*self._air, *([self._question] if self._question is not None else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._drawings.abandon()
        self._air.clear()
        self._question = None

    async def _turn(self) -> _Turn:
        """Record the calls that have ended and start those that may start now, in one transaction."""
        now = self._clock.now()
        self._ask(now)
        landed = [task for task in self._air if task.done()]
        if not landed and (full := self._full(now)) is not None:
            return full
        if landed and (at := self._meter.next_room(now)) is not None:
            await self._ended(landed, now)
            return _Turn(at=at)
        if not landed:
            async with self._store.reading() as rx:
                first = await rx.outbox.next_at()
            if first is None and not self._air:
                self._weather.calm()
            if first is None or first > now:
                return _Turn(at=first)
        async with self._store.writing("sender.turn") as tx:
            await self._lease.fence(tx)
            await self._record(tx, landed, now)
            air = [call for task, call in self._air.items() if task not in landed]
            turn, calls = (_Turn(), []) if self._stopped else await self._claim(tx, now, air)
        for task in landed:
            del self._air[task]
        begins = self._clock.now()  # and not when the turn began: writing it down has taken a while
        for call in calls:
            if counts(call.method):
                self._meter.count(call.place.id, call.place.kind != "private", begins)
            task = asyncio.create_task(self._call(call))
            self._air[task] = call
            task.add_done_callback(lambda _: self._signal.set())
        return turn

    async def _ended(self, landed: Collection[asyncio.Task[Verdict]], now: datetime) -> None:
        """Write down the calls that have ended in a full second, in which nothing more may start.

        They wait for no other: a death meanwhile would leave them in flight, and the next run would send them again.
        What is due is not asked for, which costs most of a turn.
        """
        async with self._store.writing("sender.ended") as tx:
            await self._lease.fence(tx)
            await self._record(tx, landed, now)
        for task in landed:
            del self._air[task]

    async def _record(self, tx: Writing, landed: Collection[asyncio.Task[Verdict]], now: datetime) -> None:
        ended = sorted(((self._air[task], task.result()) for task in landed), key=lambda end: end[0].row.id)
        over = self._weather.learn([_landed(*end) for end in ended if end[0].method not in OTHER_WAYS], now)
        if over is not None:
            await self._told(tx, over)
        for call, verdict in ended:
            await self._outcomes.record(tx, call, verdict, now)

    def _ask(self, now: datetime) -> None:
        """While nothing gets through ask Telegram who we are, which changes nothing, until it answers."""
        if self._question is not None and self._question.done():
            there, self._question = self._question.result(), None
            self._weather.probed(there, now)
        if self._question is None and self._weather.probe_at is not None and self._weather.probe_at <= now:
            self._weather.probing()
            self._question = asyncio.create_task(self._is_there())
            self._question.add_done_callback(lambda _: self._signal.set())

    async def _is_there(self) -> bool:
        with self._clock.working():
            if not self._lease.may_start():
                return False
            try:
                await self._bot_api.call("getMe", {}, read_timeout=ASKING_SECONDS)
            except TelegramError as error:
                return answered(sort(error, 1))
            return True

    def _minding_the_weather(self, turn: _Turn) -> _Turn:
        self._pulse.note(REACHING, self._weather.since)
        times = [at for at in (turn.at, self._weather.next_at(self._clock.now())) if at is not None]
        return _Turn(at=min(times, default=None), soon=turn.soon)

    async def _told(self, tx: Writing, over: Outage) -> None:
        """Let the seat know of an outage that was long enough for something to be late."""
        if over.until - over.since >= LATE:
            log.warning("telegram.back", since=over.since.isoformat(), seconds=over.seconds)
            await tell_outage(tx, over.since, over.until)

    def _full(self, now: datetime) -> _Turn | None:
        """Return when to look again where nothing may start now, whatever waits: then nobody need ask what does."""
        if _to_telegram(self._air.values()) >= BATCH:
            return _Turn()  # until one lands
        return _Turn(at=at) if (at := self._meter.next_room(now)) is not None else None

    async def _claim(self, tx: Writing, now: datetime, air: Collection[Call]) -> tuple[_Turn, list[Call]]:
        """Take what may be sent now; return when to look again."""
        self._outcomes.holds = holds = {place: until for place, until in self._outcomes.holds.items() if until > now}
        trying = self._weather.may_try(now)
        places_held = [place for place in holds if place is not None]
        ahead = await tx.outbox.ahead(now)
        if None in holds or (self._weather.foul and not trying):
            return await self._beside(tx, now, air, places_held, holds.get(None), ahead)
        blocked, waits = self._meter.blocked(now), [self._meter.next_room(now)]
        room = min(self._meter.room(now), BATCH - _to_telegram(air))
        if trying:
            room = min(room, self._weather.room([call.begun for call in air if call.method not in OTHER_WAYS]))
        due = ahead.telegram is not None and ahead.telegram <= now
        rows = await self._next(tx, now, room, places_held, list(blocked)) if room > 0 and due else []
        more = bool(rows) and len(rows) == room
        rows += await self._other_ways(tx, now, air, places_held, ahead)
        calls = [call for row in rows if (call := await self._calls.make(tx, row, now)) is not None]
        if more or len(calls) < len(rows):
            return _Turn(soon=True), calls
        if not rows and (ahead.first is None or ahead.first > now):
            return _Turn(at=ahead.first), []
        # Beside what is in the air or must wait longer something falls due: a second try, a message for later.
        waits.append(ahead.later)
        # One of each place was taken: what waits behind those in the air is looked for when they have landed.
        otherwise = None if air or calls else now + timedelta(seconds=1)
        times = [at for at in (*blocked.values(), *holds.values(), *waits) if at is not None]
        return _Turn(at=min(times, default=otherwise)), calls

    @staticmethod
    async def _other_ways(
        tx: Writing, now: datetime, air: Collection[Call], places_held: Collection[str], ahead: Ahead
    ) -> list[OutboxRow]:
        if ahead.beside is None or ahead.beside > now:
            return []
        return [*await beside(tx, now, air, places_held), *await dials(tx, now, air)]

    async def _beside(
        self, tx: Writing, now: datetime, air: Collection[Call], places_held: Collection[str], until: datetime | None,
        ahead: Ahead,
    ) -> tuple[_Turn, list[Call]]:  # fmt: skip
        """Take only what does not go by Telegram, where nothing may or can go there."""
        rows = await self._other_ways(tx, now, air, places_held, ahead)
        calls = [call for row in rows if (call := await self._calls.make(tx, row, now)) is not None]
        times = [at for at in (until, ahead.later) if at is not None]
        return _Turn(at=min(times, default=None), soon=bool(rows)), calls

    async def _next(
        self, tx: Writing, now: datetime, room: int, places_held: list[str], full: list[str]
    ) -> list[OutboxRow]:
        """Take what comes first, and under a backlog now and then what came last."""
        undrawn = self._drawings.under_way
        if self._weather.foul:
            return await tx.outbox.claim(
                now, room, places_held, full_places=full, doubtful_last=True, without=OTHER_WAYS, exclude_ids=undrawn
            )
        rows: list[OutboxRow] = []
        if self._in_turn >= FOR_THE_NEWEST - 1:
            rows = await tx.outbox.claim(
                now, 1, places_held, full_places=full, newest=True, without=OTHER_WAYS, exclude_ids=undrawn
            )
            self._in_turn = 0
        if room > len(rows):
            in_turn = await tx.outbox.claim(
                now, room - len(rows), places_held, full_places=full, without=OTHER_WAYS, exclude_ids=undrawn
            )
            # Without a backlog nobody waits for a turn, and nobody need be let in before it.
            self._in_turn = self._in_turn + len(in_turn) if len(in_turn) == room - len(rows) else 0
            rows = sorted([*rows, *in_turn], key=lambda row: (row.priority, row.id))
        return rows

    async def _call(self, call: Call) -> Verdict:
        with self._clock.working():
            if not self._lease.may_start():  # claimed, and then suspended: whoever sends now finds it in the air
                raise LostClaim("send", "this process")
            return await self._ways.go(call)


def _landed(call: Call, verdict: Verdict) -> Landed:
    makes = call.method.startswith(ONCE)
    doubtful = makes and isinstance(verdict, Ambiguous) and not verdict.gateway
    return Landed(row=call.row.id, begun=call.begun, answered=answered(verdict), makes=makes, doubtful=doubtful)


def _to_telegram(air: Collection[Call]) -> int:
    """Return how many calls in the air are Telegram's: what goes another way takes no room from them."""
    return sum(call.method not in OTHER_WAYS for call in air)
