"""Looks for what should not be: obligations without a wake, rows that do not follow from their log, stuck messages,
dead letters that nobody was told of. What can be mended is mended, everything is logged and counted.

Nothing here should ever find anything. It is for the bug that nobody has thought of, and for rows that were restored,
edited by hand, or written by a program that was killed in a way that the tests do not know.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import cast

import structlog

from bot.cases import records
from bot.cases.index import derive
from bot.cases.streams import is_case
from bot.metrics import Metrics
from bot.office.statistics import counted_case
from bot.outgoing.undeliverable import told_under, undeliverable
from bot.service import Service
from plans.core.state import CaseState
from storage.canonical import storable
from storage.cases import CaseRow
from storage.duty_tables import BookRow, InstanceRow
from storage.entries import EntryRow
from storage.errors import Conflict, StorageError
from storage.incidents import IncidentRow
from storage.obligations import ObligationRow
from storage.outbox import OutboxRow
from storage.statistics import as_stored
from storage.transaction import Reading, Writing
from storage.wakes import Wake, WakeRow

AT_ONCE = 50
"""Open incidents that are folded anew in one look; the next look goes on with the next."""

IN_FLIGHT = timedelta(minutes=5)
"""A message that is being sent for so long is not: no call to Telegram may take even one."""

TELL = timedelta(days=1)
"""Dead letters older than this are history."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class Findings:
    """What a look found.

    Attributes:
        missed: logs of obligations whose wake was missed.
        astray: logs whose line, obligations, wakes or counted rows are not those that follow from them.
        unreadable: logs that cannot be folded.
        stuck: messages that were being sent for too long.
        untold: dead letters that nobody was told of.
        mended: how many of all these are in order now.
    """

    missed: tuple[str, ...] = ()
    astray: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()
    stuck: tuple[int, ...] = ()
    untold: tuple[int, ...] = ()
    mended: int = 0

    def counts(self) -> dict[str, int]:
        """Return how many of each kind were found."""
        kinds = ("missed", "astray", "unreadable", "stuck", "untold")
        return {kind: len(getattr(self, kind)) for kind in kinds}


class Auditor:
    """Looks.

    Args:
        service: its database, plans, policy and clock are used.
        monotonic: seconds that only grow: a message is not stuck because somebody set the clock.
    """

    def __init__(
        self,
        service: Service,
        *,
        metrics: Metrics | None = None,
        at_once: int = AT_ONCE,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._service, self._metrics, self._at_once, self._monotonic = service, metrics, at_once, monotonic
        self._reached = ""
        self._flying: dict[tuple[int, int], float] = {}

    async def look(self, *, whole: bool = False) -> Findings:
        """Look once, and mend.

        Args:
            whole: at every incident, also the closed ones, instead of the next few that are open.

        Raises:
            Unavailable: the database cannot now.
        """
        now = self._service.clock.now()
        async with self._service.store.reading() as rx:
            missed = tuple(dict.fromkeys(row.stream for row in await rx.obligations.missed(now)))
            suspects = await self._all(rx) if whole else await self._next(rx)
            stuck = await self._stuck(rx)
            untold = await self._untold(rx, now)
        astray, unreadable = await self._compare([*missed, *(name for name in suspects if name not in missed)])
        mended = 0
        for stream in dict.fromkeys((*missed, *astray)):
            mended += stream not in unreadable and await self._mended(self._derive(stream), stream=stream)
        for row in stuck:
            mended += await self._mended(self._give_up(row), outbox=row.id)
        for row in untold:
            mended += await self._mended(self._tell(row), outbox=row.id)
        findings = Findings(
            missed=missed,
            astray=astray,
            unreadable=unreadable,
            stuck=tuple(row.id for row in stuck),
            untold=tuple(row.id for row in untold),
            mended=mended,
        )
        self._report(findings)
        return findings

    async def _mended(self, mending: Awaitable[bool], **of: object) -> bool:
        """Return whether something is in order now; what a bug or a spoilt log keeps from it keeps nothing else."""
        try:
            return await mending
        except StorageError:
            raise
        except Exception:  # it is found again at the next look
            log.exception("audit.not_mended", **of)
            return False

    async def _next(self, rx: Reading) -> list[str]:
        """Return the logs of some open cases, going round."""
        incidents, others = await rx.incidents.open(), await rx.cases.open()
        names = sorted([*(row.stream for row in incidents), *(row.stream for row in others)])
        after = [name for name in names if name > self._reached][: self._at_once]
        again = names[: self._at_once - len(after)] if len(after) < self._at_once else []
        chosen = list(dict.fromkeys([*after, *again]))
        self._reached = chosen[-1] if chosen else ""
        return chosen

    async def _all(self, rx: Reading) -> list[str]:
        return [name for name in await rx.journal.heads() if is_case(name)]

    async def _compare(self, streams: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the logs whose rows do not follow from them, and those that cannot be folded."""
        astray, unreadable = [], []
        for stream in streams:
            async with self._service.store.reading() as rx:
                try:
                    case = await records.load_case(rx, stream)
                except StorageError:
                    raise
                except Exception:  # one log that a bug or a hand has spoilt must not hide the others
                    log.exception("audit.unreadable", stream=stream)
                    unreadable.append(stream)
                    continue
                if case is not None and await self._differs(rx, case):
                    astray.append(stream)
        return tuple(astray), tuple(unreadable)

    async def _differs(self, rx: Reading, case: CaseState) -> bool:
        wanted = _Noted()
        await derive(cast(Writing, wanted), case, self._service.policy)
        stream = case.stream
        line = wanted.line
        if isinstance(line, IncidentRow):
            line = replace(line, text=storable(line.text))  # as the database holds what somebody typed
        stored = await rx.incidents.get(stream) if isinstance(line, IncidentRow) else await rx.cases.get(stream)
        return (
            stored != line
            or {row.key: row for row in await rx.wakes.of(stream)} != wanted.points
            or {row.key: row for row in await rx.obligations.of(stream)} != wanted.open
            or (wanted.book is not None and await rx.duties.differs(*wanted.book))
            or wanted.entry != await rx.entries.get(stream)
            or await self._miscounted(rx, case)
        )

    async def _miscounted(self, rx: Reading, case: CaseState) -> bool:
        """Return whether what is counted of a case is not what its log tells; what is behind is counted later."""
        present = await rx.statistics.of(case.stream)
        if present is None or present.sequence != case.sequence:
            return False
        try:
            return present != as_stored(await counted_case(self._service, rx, case))
        except StorageError:
            raise
        except Exception:  # what cannot be counted keeps nothing else from being held against its log
            log.exception("audit.uncounted", stream=case.stream)
            return False

    async def _derive(self, stream: str) -> bool:
        """Write a log's rows anew; False when somebody appended meanwhile, and wrote them himself."""
        async with self._service.store.writing("audit.derived") as tx:
            case = await records.load_case(tx, stream)
            if case is None:
                return False
            try:
                await tx.journal.append(stream, case.sequence, [])  # holds the log until the commit
            except Conflict:
                return False
            await derive(tx, case, self._service.policy)
            if await self._miscounted(tx, case):
                await tx.statistics.write(await counted_case(self._service, tx, case))
            return True

    async def _stuck(self, rx: Reading) -> list[OutboxRow]:
        """Return messages that an earlier look saw in the air, in the same attempt, too long ago."""
        now = self._monotonic()
        flying = await rx.outbox.in_flight()
        self._flying = {key: self._flying.get(key, now) for key in ((row.id, row.attempts) for row in flying)}
        bound = IN_FLIGHT.total_seconds()
        return [row for row in flying if now - self._flying[row.id, row.attempts] > bound]

    async def _give_up(self, row: OutboxRow) -> bool:
        """Nobody knows whether it arrived: it is sent once more, the second time the seat is told."""
        now = self._service.clock.now()
        async with self._service.store.writing("audit.given-up") as tx:
            if not await tx.outbox.ambiguous(row.id, now):
                return False
            if row.ambiguous == 0:
                await tx.outbox.again(row.id, now, "ambiguous: it was in the air for too long")
            elif row.method.startswith("send"):
                await undeliverable(tx, self._service.dispatcher, row, now, uncertain=True)
            return True

    async def _untold(self, rx: Reading, now: datetime) -> list[OutboxRow]:
        """Return what rang, is dead, and led to no word in the same transaction, nor to one of ours."""
        rows = []
        for row in await rx.outbox.dead_letters():
            stream = told_under(row)
            if not row.ring or stream is None or row.notice == "undeliverable" or row.finished_at is None:
                continue
            if now - row.finished_at > TELL or await rx.causes.result(_cause(row)) is not None:
                continue
            words = [one for one in await rx.outbox.of(stream) if one.notice == "undeliverable"]
            if all(one.created_at != row.finished_at for one in words):
                rows.append(row)
        return rows

    async def _tell(self, row: OutboxRow) -> bool:
        now = self._service.clock.now()
        async with self._service.store.writing("audit.told") as tx:
            if await tx.causes.result(_cause(row)) is not None:
                return False
            await tx.causes.take(_cause(row), now, {})
            await undeliverable(tx, self._service.dispatcher, row, now)
            return True

    def _report(self, findings: Findings) -> None:
        if any(findings.counts().values()):
            log.error("audit.found", **vars(findings))
        if self._metrics is not None:
            for kind, count in findings.counts().items():
                self._metrics.findings.labels(kind).set(count)


class _Noted:
    """Stands for a transaction while ``derive`` says what it would write."""

    def __init__(self) -> None:
        self.incidents = self.cases = self.wakes = self.obligations = self.duties = self.entries = self
        self.line: IncidentRow | CaseRow | None = None
        self.points: dict[str, WakeRow] = {}
        self.open: dict[str, ObligationRow] = {}
        self.entry: EntryRow | None = None
        self.book: tuple[BookRow, Sequence[InstanceRow]] | None = None

    async def known(self, stream: str) -> int | None:
        return None  # all of its rows are to be said

    async def write(self, book: BookRow, rows: Sequence[InstanceRow]) -> None:
        self.book = (book, rows)

    async def save(self, row: IncidentRow | CaseRow | EntryRow) -> None:
        if isinstance(row, EntryRow):
            self.entry = replace(row, words=storable(row.words))  # as the database holds what somebody typed
        else:
            self.line = row

    async def replace(self, stream: str, rows: Sequence[Wake | ObligationRow], *, new: bool = False) -> None:
        self.open |= {row.key: row for row in rows if isinstance(row, ObligationRow)}
        self.points |= {row.key: WakeRow(stream=stream, **vars(row)) for row in rows if isinstance(row, Wake)}


def _cause(row: OutboxRow) -> str:
    return f"untold:{row.id}"
