"""The loop that has messages read a second time, after they were recorded and answered, outside of any transaction.

What is to be read stands in the database, written with the event that brought it: a restart forgets nothing. It is
given up ten minutes later, whatever the reason: by then people have acted on the first reading and have asked each
other what was unclear, and a question of that age is in their way.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import structlog

from bot.clock import Clock
from bot.metrics import Metrics
from bot.pulse import Pulse
from bot.queue_loop import QueueLoop
from bot.second_reader.circuit import Circuit
from bot.second_reader.client import Ask, NotRead
from bot.service import Requester, Service, Step
from plans.incident.facts import FactsStated
from plans.incident.reporting import Reported
from plans.incident.second_reading import CompareReadings
from plans.incident.state import Incident
from plans.intake.masking import masked
from plans.intake.second import MOST_SENT, BadAnswer, Compared, answer_of, compared, request_of, worth_sending
from plans.intake.with_plan import read_for
from storage import Store
from storage.errors import StorageError
from storage.second_readings import SecondReading

BATCH = 2
"""Questions in the air at the same time."""
PAUSES = (timedelta(seconds=10), timedelta(seconds=60))
"""Between tries; after as many failures as there are pauses, and one, it is given up."""
GIVE_UP = timedelta(minutes=10)
"""After this nobody is helped by a second reading."""

LONGEST = timedelta(minutes=10)
"""A turn waits for the server, which may think for minutes."""

log = structlog.get_logger(__name__)


class SecondReader(QueueLoop):
    """Asks until stopped.

    Args:
        ask: sends a question and returns the raw answer.
        model: which model the server is asked for; it stands in the record.
    """

    queue = "second_readings"
    name = "second-reader"
    longest = LONGEST

    def __init__(
        self, store: Store, service: Service, clock: Clock, ask: Ask, model: str, *, metrics: Metrics | None = None,
        pulse: Pulse | None = None,
    ) -> None:  # fmt: skip
        super().__init__(store, clock, pulse)
        self._service, self._ask, self._model = service, ask, model
        self._metrics = metrics or Metrics()
        self._circuit = Circuit()

    async def _turn(self) -> datetime | None:
        """Have read what is due; return when to look again."""
        now = self._clock.now()
        await self._give_up(now)
        if not self._circuit.is_open(now):
            async with self._store.reading() as rx:
                rows = await rx.second_readings.due(now, 1 if self._circuit.trying else BATCH)
            await asyncio.gather(*(self._settle(row, now) for row in rows if not self._stopped))
        self._metrics.reader_open.set(self._circuit.is_open(now))
        async with self._store.reading() as rx:
            following = await rx.second_readings.next_at()
        if following is not None and self._circuit.until is not None:
            return max(following, self._circuit.until)
        return following

    async def _give_up(self, now: datetime) -> None:
        async with self._store.reading() as rx:
            waiting = await rx.second_readings.waiting()
        if not waiting:
            return
        async with self._store.writing("second-reading.given-up") as tx:
            gone = await tx.second_readings.give_up(now - GIVE_UP)
        self._count("given_up", gone)

    async def _settle(self, row: SecondReading, now: datetime) -> None:
        """Try to have one message read, and record what came of it."""
        try:
            found = await self._read(row)
        except (NotRead, BadAnswer) as problem:
            self._circuit.failed(now)
            self._count("bad_answer" if isinstance(problem, BadAnswer) else "not_read")
            log.info("second_reading.failed", stream=row.stream, attempts=row.attempts + 1, error=str(problem))
            if row.attempts < len(PAUSES):
                async with self._store.writing("second-reading.again") as tx:
                    await tx.second_readings.again(row.stream, row.sequence, now + PAUSES[row.attempts])
                return
            self._count("given_up")
        except StorageError:
            raise
        except Exception:  # a plan that cannot be read, or a bug: the case goes on without a second reader
            log.exception("second_reading.broken", stream=row.stream)
            self._count("given_up")
        else:
            if found is not None:
                self._circuit.succeeded()
                await self._record(row, found)
        async with self._store.writing("second-reading.settled") as tx:
            await tx.second_readings.settle(row.stream, row.sequence)

    async def _read(self, row: SecondReading) -> Compared | None:
        """Return both readings beside each other; None where there is nothing to ask about (any more)."""
        known = await self._service.incident(row.stream)
        if known is None or not known[1].open:
            return None
        plan, incident = known
        text, said_at, taken = _message(incident, row.sequence)
        sent = masked(text, await self._names())[:MOST_SENT]
        if not worth_sending(sent):
            return None
        with self._metrics.reader_seconds.time():
            body = await self._ask(request_of(sent, self._model))
        return compared(read_for(plan, text, now=said_at), answer_of(body, sent), taken)

    async def _names(self) -> list[str]:
        """Return the names of everybody whom the office knows."""
        async with self._store.reading() as rx:
            return [*await rx.people.names(), *await rx.people.names_on_rosters()]

    async def _record(self, row: SecondReading, found: Compared) -> None:
        differing = {item.fact: item for item in found.differing}
        self._count("differs" if differing else "agrees" if found.agreed else "nothing")
        if not differing and not found.agreed:
            return
        command = CompareReadings(
            of=row.sequence,
            agreed=dict(found.agreed),
            first={fact: item.first for fact, item in differing.items()},
            second={fact: item.second for fact, item in differing.items()},
            words={fact: item.words for fact, item in differing.items()},
            totals=frozenset(fact for fact, item in differing.items() if item.total),
            reader=self._model,
        )
        cause = f"second-reading:{row.stream}:{row.sequence}"
        await self._service.execute([Step(stream=row.stream, command=command)], cause=cause, requester=Requester())

    def _count(self, outcome: str, number: int = 1) -> None:
        self._metrics.second_readings.labels(outcome).inc(number)


def _message(incident: Incident, sequence: int) -> tuple[str, datetime, Mapping[str, Any]]:
    """Return the words of an event, when they were said, and what came of them; no words where they were erased."""
    item = incident.events[sequence - 1]
    event = item.event
    if isinstance(event, Reported):
        return event.text or "", event.said_at or event.reported_at, {}
    return (event.text or "", item.at, event.facts) if isinstance(event, FactsStated) else ("", item.at, {})
