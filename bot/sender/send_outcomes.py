"""What became of a call: written down, tried again, or a dead letter with another route taken."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import structlog

from bot.cases.streams import is_case, kind_of
from bot.delivery import PAUSES, Ambiguous, Dead, Down, Later, Moved, Plain, Sent, Verdict
from bot.metrics import Metrics
from bot.outgoing.cards import Cards, Drawn, redraw
from bot.outgoing.channels import NOTIFY
from bot.outgoing.due_rows import NOTICE as DUE_TOGETHER
from bot.outgoing.forum_topics import METHODS, OPEN, topic_lost, topic_opened
from bot.outgoing.group_moves import moved
from bot.outgoing.pictures import is_picture
from bot.outgoing.pins import pin
from bot.outgoing.undeliverable import no_topic, undeliverable
from bot.sender.weather import PROBE, Weather
from plans.times.night import is_night
from storage.outbox import DIAL, NewMessage, OutboxRow
from storage.places import Place
from storage.transaction import Writing
from storage.voice import ASKED, REFUSED, TAKEN

AGAIN = timedelta(seconds=2)
"""After this an ambiguous call is tried once more, with the same visible reference."""

AFTER_DEATHS = 3
"""Further tries of a message that was being sent when the process died, before it is given up."""

DOUBTS = 2
"""Ambiguous outcomes, while the server was there, after which a message is given up."""

PAGES = 6
"""The same where a gateway before Telegram answered (502, 503) that it could not pass the call on."""

REPEATS = 12
"""So often a call is made that may be repeated without a copy to be seen, though others got through."""

ONCE = ("send", "copy", "forward", "createForumTopic")
"""Beginnings of the methods that make something anew each time."""

SAYING = ("send", "copy", "forward", NOTIFY, DIAL)
"""Beginnings of the methods that tell somebody something, by whatever way; a card that is drawn anew does not."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Call:
    """A claimed row with the call that it becomes.

    Attributes:
        begun: when. drawn: where it is a live message. riders: further rows that the same call tells.
    """

    row: OutboxRow
    begun: datetime
    place: Place
    method: str
    payload: dict[str, Any]
    drawn: Drawn | None = None
    riders: tuple[OutboxRow, ...] = ()


@dataclass(frozen=True, slots=True)
class _Doubt:
    """When a call began and failed of which nobody knows whether it had an effect."""

    begun: datetime
    failed: datetime
    most: int
    error: str


class SendOutcomes:
    """Records the ends of calls.

    Args:
        cards: live messages, which learn what they show now.
        metrics: calls are counted there by their outcome.
        weather: whether anything gets through.
        admins: Telegram ids of those who administer every jurisdiction.

    Attributes:
        holds: where Telegram demands to wait, and until when; under None: everywhere.
    """

    def __init__(
        self, cards: Cards, metrics: Metrics | None, weather: Weather, admins: frozenset[int] = frozenset()
    ) -> None:
        self._cards, self._metrics, self._weather, self._admins = cards, metrics, weather, admins
        self._doubts: dict[int, _Doubt] = {}
        self.holds: dict[str | None, datetime] = {}

    async def record(self, tx: Writing, call: Call, verdict: Verdict, now: datetime) -> None:
        """Write down how a call ended."""
        row = call.row
        if call.method == DIAL:
            await self._dialled(tx, call, verdict, now)
            return
        self._count(row, verdict, now)
        if not isinstance(verdict, Ambiguous | Later):
            self._doubts.pop(row.id, None)
        if isinstance(verdict, Sent):
            await self._sent(tx, call, verdict.message_id, now)
        elif isinstance(verdict, Down):
            # What fails because the server is not there is tried when it is back, not when its own pause is over.
            after = min(verdict.after, PROBE) if self._weather.foul else verdict.after
            await tx.outbox.again(row.id, now + after, verdict.error)
        elif isinstance(verdict, Later):
            await tx.outbox.again(row.id, now + verdict.after, verdict.error)
            if verdict.hold:
                await self._hold(tx, None if verdict.everywhere else call.place.id, now + verdict.after)
        elif isinstance(verdict, Moved):
            await moved(tx, call.place.chat_id, verdict.chat_id, now, self._admins)
            if "message_id" in row.payload:
                await self._anew(tx, row, "the group has a new id", now)
            else:
                await tx.outbox.again(row.id, now, "the group has a new id")
        elif isinstance(verdict, Plain) and "entities" in call.payload:
            await tx.outbox.drop(row.id, f"sent again without markup: {verdict.error}", now)
            await tx.outbox.enqueue([redraw(row, now, plain=True) if row.method == "card" else _plain(row, now)])
        elif isinstance(verdict, Ambiguous) and row.method == NOTIFY:
            await self._unsure(tx, row, verdict.error, now, tries=1)
        elif isinstance(verdict, Ambiguous) and call.method.startswith(ONCE):
            await self._doubtful(tx, call, verdict, now)
        elif isinstance(verdict, Ambiguous) and (self._weather.foul or row.attempts < REPEATS):
            # Made again it shows the same: an edit that did arrive answers "not modified" then.
            pause = AGAIN if row.attempts == 1 else PAUSES[min(row.attempts, len(PAUSES) - 1)]
            await tx.outbox.again(row.id, now + (min(pause, PROBE) if self._weather.foul else pause), verdict.error)
        elif isinstance(verdict, Ambiguous):
            await self._dead(tx, call, Dead(error=verdict.error), now)
        else:
            await self._dead(tx, call, verdict, now)

    def _count(self, row: OutboxRow, verdict: Verdict, now: datetime) -> None:
        if self._metrics is not None:
            self._metrics.calls.labels(type(verdict).__name__.lower(), row.priority).inc()
            if isinstance(verdict, Sent) and row.method.startswith(SAYING):
                heard, time = "ring" if row.ring else "silent", "night" if is_night(now) else "day"
                self._metrics.messages.labels(_told_of(row), heard, time).inc()
            self._metrics.delay.labels(row.priority).observe(max(0.0, (now - row.created_at).total_seconds()))

    async def _hold(self, tx: Writing, place_id: str | None, until: datetime) -> None:
        """Remember a wait that Telegram demands, also over a restart."""
        await tx.holds.hold(place_id, until)
        self.holds[place_id] = max(until, self.holds.get(place_id, until))

    async def _sent(self, tx: Writing, call: Call, message_id: int | None, now: datetime) -> None:
        row = call.row
        await tx.outbox.sent(row.id, message_id or row.payload.get("message_id"), now)
        if row.method == NOTIFY:
            await tx.people.prove(str(row.payload["channel"]), now)
        if call.drawn is not None:
            await self._cards.drawn(tx, row, call.drawn, message_id, now)
        elif row.method == OPEN:
            await topic_opened(tx, row, message_id)
        elif row.pin and message_id is not None:
            dispatcher = self._cards.dispatcher
            await pin(tx, dispatcher.cache, dispatcher.registry, row, call.place, message_id, now)

    async def _dialled(self, tx: Writing, call: Call, verdict: Verdict, now: datetime) -> None:
        """Write down whether the telephone gateway has a call; asked again for the same one it makes no second."""
        rows = (call.row, *call.riders)
        for row in rows:
            self._count(row, verdict, now)
            if isinstance(verdict, Sent):
                await tx.outbox.sent(row.id, None, now)
            elif isinstance(verdict, Ambiguous):
                await self._not_told(tx, row, verdict.error, now)
            else:
                error = getattr(verdict, "error", "")
                await tx.outbox.dead(row.id, error, now)
                log.warning("message.dead", outbox=row.id, method=DIAL, notice=row.notice, error=error)
        known = await tx.voice_calls.held(str(call.payload["id"]))
        if known is None or known.state != ASKED:  # the gateway has reported more of it meanwhile
            return
        if isinstance(verdict, Sent):
            await tx.voice_calls.save(replace(known, state=TAKEN))
        elif not isinstance(verdict, Ambiguous):
            await tx.voice_calls.save(replace(known, state=REFUSED, ended_at=now))

    async def _not_told(self, tx: Writing, row: OutboxRow, error: str, now: datetime) -> None:
        """Ask the gateway again: it knows a call by its id, so that it is not made twice."""
        await tx.outbox.ambiguous(row.id, now)
        if row.ambiguous < len(PAUSES):
            await tx.outbox.again(row.id, now + PAUSES[row.ambiguous], f"ambiguous: {error}")
        else:
            await self._given_up(tx, row, error, now)

    async def _doubtful(self, tx: Writing, call: Call, verdict: Ambiguous, now: datetime) -> None:
        """Try a call again of which nobody knows whether it had an effect: at once, or when something gets through."""
        row = call.row
        most = PAGES if verdict.gateway else DOUBTS
        self._doubts[row.id] = _Doubt(call.begun, now, most, verdict.error)
        await tx.outbox.ambiguous(row.id, now)
        pause = PAUSES[min(row.ambiguous + 1, len(PAUSES) - 1)]
        await tx.outbox.again(row.id, now + pause, f"ambiguous: {verdict.error}")

    async def hopeless(self, tx: Writing, row: OutboxRow, now: datetime) -> bool:
        """Give up a message whose outcome was in doubt again and again though the server was there; return whether.

        While nothing got through, no outcome counts against it.
        """
        doubt = self._doubts.get(row.id)
        if doubt is None or row.ambiguous < doubt.most or not self._weather.alone(row.id, doubt.begun, doubt.failed):
            return False
        await tx.outbox.given_up(row.id, now)
        await self._given_up(tx, row, doubt.error, now)
        return True

    async def died(self, tx: Writing, row: OutboxRow, now: datetime) -> None:
        """Try again what a process was sending that died; most of that has never left.

        A message during which one after the other dies is given up.
        """
        await self._unsure(tx, row, "the process ended while sending", now, tries=AFTER_DEATHS)

    async def _unsure(self, tx: Writing, row: OutboxRow, error: str, now: datetime, tries: int) -> None:
        await tx.outbox.ambiguous(row.id, now)
        if row.ambiguous < tries:
            await tx.outbox.again(row.id, now + AGAIN, f"ambiguous: {error}")
        else:
            await self._given_up(tx, row, error, now)

    async def _given_up(self, tx: Writing, row: OutboxRow, error: str, now: datetime) -> None:
        self._doubts.pop(row.id, None)
        log.warning("message.ambiguous", outbox=row.id, method=row.method, notice=row.notice, error=error)
        if row.method.startswith("send") and not is_picture(row.payload):
            await undeliverable(tx, self._cards.dispatcher, row, now, uncertain=True)

    async def _dead(self, tx: Writing, call: Call, verdict: Dead | Plain, now: datetime) -> None:
        row = call.row
        if row.method in METHODS:
            await tx.outbox.drop(row.id, f"all stays in General: {verdict.error}", now)
            if row.method == OPEN:
                await no_topic(tx, self._cards.dispatcher, row, now)
            return
        if isinstance(verdict, Dead) and verdict.no_topic and await topic_lost(tx, row):
            await tx.outbox.again(row.id, now, "the topic is gone: to General")
            return
        if isinstance(verdict, Dead) and verdict.gone:
            # Somebody deleted the message: a live one is shown anew, another edit has nothing left to change. One that
            # Telegram does not know at all is sent anew as well.
            if verdict.strange:
                await self._anew(tx, row, verdict.error, now)
            else:
                await tx.outbox.drop(row.id, verdict.error, now)
            if row.method == "card":
                await self._cards.lost(tx, row, now)
            return
        picture = is_picture(row.payload)
        if picture:  # its words are there: nobody is to be rung for it
            await tx.outbox.drop(row.id, verdict.error, now)
        else:
            await tx.outbox.dead(row.id, verdict.error, now)
        event = "picture.not_sent" if picture else "message.dead"
        log.warning(event, outbox=row.id, method=call.method, notice=row.notice, error=verdict.error)
        if isinstance(verdict, Dead) and verdict.blocked:
            await self._note_blocked(tx, call, now)
        if call.method.startswith("send") and not picture:
            await undeliverable(tx, self._cards.dispatcher, row, now)

    async def _anew(self, tx: Writing, row: OutboxRow, reason: str, now: datetime) -> None:
        """Send the words of an edit as a message of their own; what only took buttons or pinned has nothing to say."""
        await tx.outbox.drop(row.id, reason, now)
        if row.method == "editMessageText":
            words = {name: value for name, value in row.payload.items() if name != "message_id"}
            message = replace(_plain(row, now), method="sendMessage", payload=words)
            await tx.outbox.enqueue([message])

    async def _note_blocked(self, tx: Writing, call: Call, now: datetime) -> None:
        if call.place.kind != "private":
            await tx.places.save(replace(call.place, member=False))
            return
        person = await tx.people.get(call.row.person_id) if call.row.person_id else None
        if person is not None:
            await tx.people.save(replace(person, blocked_at=now))


def _plain(row: OutboxRow, now: datetime) -> NewMessage:
    words = {key: value for key, value in row.payload.items() if key != "entities"}
    return NewMessage(
        place_id=row.place_id, priority=row.priority, method=row.method, payload=words, stream=row.stream,
        notice=row.notice, guard=row.guard, reference=row.reference, ring=row.ring, pin=row.pin, not_before=now,
        created_at=row.created_at, person_id=row.person_id, call=row.call,
    )  # fmt: skip


def _told_of(row: OutboxRow) -> str:
    """Return of what kind of case a message tells: ``several`` where it joins what is due, ``office`` of none."""
    if row.notice == DUE_TOGETHER:
        return "several"
    return kind_of(row.stream) if row.stream and is_case(row.stream) else "office"
