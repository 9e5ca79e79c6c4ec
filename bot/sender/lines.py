"""The loop that brings what goes up by reporting lines, and hears what comes back.

A report is brought until it has arrived or never will: under a key that stays, so that who dies in the middle brings
the same once more. What is heard is a command of the case (``plans.incident.hearing_back``), under a cause that counts
how often something new was heard. A line that does not answer keeps no other waiting.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from random import Random

import structlog

from bot.leadership import Always, Lease
from bot.notifier.line import Asker, Gone, Never, NotNow
from bot.office.line_ways import ENDED, PLACE, TOKEN, Brought, Elsewhere, Here, Letter, LineWay
from bot.pulse import Pulse
from bot.queue_loop import QueueLoop
from bot.sender.line_news import (
    JITTER,
    LONGEST_LOOK,
    PAUSES,
    REST,
    SHUT,
    Looks,
    after,
    before,
    digest_of,
    heard_of,
    office_of,
    pause_of,
    tell_shut_out,
)
from bot.service import Requester, Service, Step
from plans.incident.hearing_back import HearBack
from storage.errors import LostClaim, Unavailable
from storage.lines import Line, LineCase
from storage.submissions import SubmissionRow
from storage.transaction import Writing

BATCH = 50

log = structlog.get_logger(__name__)


class LineWork(QueueLoop):
    """See the module.

    Args:
        asker: asks other installations. chance: lengthens and shortens pauses. lease: of several processes one works.
        pulse: is told that the queue was looked at.
    """

    queue = name = "lines"

    def __init__(
        self, service: Service, asker: Asker, chance: Random, *, lease: Lease | None = None, pulse: Pulse | None = None
    ) -> None:
        super().__init__(service.store, service.clock, pulse)
        self._air: dict[str, asyncio.Task[None]] = {}
        self._looks = Looks()
        self._service, self._chance, self._lease = service, chance, lease or Always()
        self._here, self._elsewhere = Here(service), Elsewhere(service, partial(office_of, service, asker))

    @property
    def busy(self) -> bool:
        """Whether there is something to do now, or in the air, for a virtual clock that must wait."""
        return super().busy or bool(self._air)

    async def run(self) -> None:
        """Work until stopped; what is in the air then is ended, else left: it is brought again under its key."""
        try:
            await super().run()
            await asyncio.gather(*self._air.values())
        finally:
            for task in self._air.values():
                task.cancel()
            await asyncio.gather(*self._air.values(), return_exceptions=True)
            self._air.clear()

    async def _turn(self) -> datetime | None:
        """Begin what is due by the lines by which nothing is in the air; return when to look again."""
        for line_id, task in [(line_id, task) for line_id, task in self._air.items() if task.done()]:
            del self._air[line_id]
            task.result()
        now = self._clock.now()
        full = self._looks.full(now)
        async with self._store.reading() as rx:
            rows = await rx.submissions.due(now, BATCH, self._air)
            cases = await rx.lines.due_cases(now, BATCH, {*self._air, *full})
            lines = {line.id: line for line in await rx.lines.of()} if rows or cases else {}
        work: dict[str, list[Callable[[], Awaitable[None]]]] = {}
        for row in rows:
            line, earlier = lines[row.line_id], before(lines[row.line_id], lines.values())
            work.setdefault(row.line_id, []).append(self._bringing(line, earlier, row))
        for case in cases:
            line = after(lines[case.line_id], lines.values())
            if line.url and not self._looks.may(case.line_id, now):
                continue
            work.setdefault(case.line_id, []).append(self._hearing(line, before(line, lines.values()), case))
        for line_id, some in work.items():
            task = self._air[line_id] = asyncio.create_task(self._one_after_the_other(some))
            task.add_done_callback(lambda _: self._signal.set())
        async with self._store.reading() as rx:
            full = self._looks.full(now)
            moments = [await rx.submissions.next_at(self._air), await rx.lines.next_look({*self._air, *full})]
        return min((at for at in (*moments, *full.values()) if at is not None), default=None)

    async def _one_after_the_other(self, work: Sequence[Callable[[], Awaitable[None]]]) -> None:
        with self._clock.working():
            for one in work:
                if self._stopped or not self._lease.may_start():
                    return
                try:
                    await one()
                except NotNow:  # whatever else is due by the line waits as well: it was put off
                    return

    def _way(self, line: Line) -> LineWay:
        return self._elsewhere if line.url else self._here

    # --- up

    def _bringing(self, line: Line, earlier: tuple[str, ...], row: SubmissionRow) -> Callable[[], Awaitable[None]]:
        async def bring() -> None:
            try:
                await self._bring(line, earlier, row)
            except (Unavailable, LostClaim, NotNow):
                raise
            except Exception:  # a bug met by one report keeps no other from being brought
                log.exception("line.broken", line=line.id, submission=row.id)
                await self._again(line, row, "not brought", 0)

        return bring

    async def _bring(self, line: Line, earlier: tuple[str, ...], row: SubmissionRow) -> None:
        try:
            if not line.holds:
                raise Never(ENDED, "the line is over")
            letter = await self._letter(line, earlier, row)
            brought = await self._way(line).bring(letter)
        except Never as problem:
            await self._failed(line, row, problem.why, str(problem))
            return
        except NotNow as problem:
            await self._again(line, row, str(problem), problem.seconds, rests=True)
            raise
        await self._arrived(letter, brought)

    async def _letter(self, line: Line, earlier: tuple[str, ...], row: SubmissionRow) -> Letter:
        """Return what is to be brought, and the case there to which it belongs.

        That is the one of its own case; else of the newest case that went into it; for an answer the one that asked.
        """
        pair = await self._service.incident(row.stream)
        incident = pair[1] if pair is not None else None
        streams = [row.stream, *(incident.came if incident is not None else ())]
        async with self._store.reading() as rx:
            known = await rx.lines.cases([line.id, *earlier], streams)
        asked = [case for case in known if str(row.body.get("answers") or "").startswith(f"{case.reference}:")]
        own = [case for case in known if case.stream == row.stream]
        gone = incident.submissions.values() if incident is not None else ()
        numbers = [item.number for item in gone if item.place == line.place and item.sequence < row.number]
        return Letter(
            line=line, row=row, case=next(iter((*asked, *own, *known)), None), earlier=earlier,
            number=next((number for number in reversed(numbers) if number), 0),
        )  # fmt: skip

    async def _arrived(self, letter: Letter, brought: Brought) -> None:
        """Record that it arrived, in the case first: whoever dies behind it brings the same once more."""
        line, row, case = letter.line, letter.row, letter.case
        heard = HearBack(
            line=line.id, submission=row.number, arrived=True, number=brought.number, phone=brought.phone
        )  # fmt: skip
        await self._record(row.stream, heard, f"line:{row.key}:arrived")
        now = self._clock.now()
        async with self._settling() as tx:
            await tx.submissions.sent(row.id, now)
            own = await tx.lines.cases([line.id, *letter.earlier], [row.stream])
            # An answer to what was asked of a case that went into this one leaves this one's own as it is.
            stream = row.stream if case is None or not own else case.stream
            known = case or LineCase(line_id=line.id, stream=stream, reference="", since=now)
            new = replace(
                known, line_id=line.id, stream=stream, reference=brought.reference, since=now, at=now, digest=""
            )
            await tx.lines.forget_case(letter.earlier, stream)
            await tx.lines.keep_case(new)
            if line.url:
                await tx.lines.note(line.id, heard_at=now)
            if line.error:
                await tx.lines.note(line.id, error="")

    async def _again(self, line: Line, row: SubmissionRow, error: str, wait: int, *, rests: bool = False) -> None:
        """Try a report again later; ``rests``: nobody answers, and whatever else is due by the line waits as well."""
        log.warning("line.not_brought", line=line.id, submission=row.id, error=error, tries=row.attempts + 1)
        if row.attempts >= len(PAUSES):
            await self._failed(line, row, "silent", error)
            return
        pause = PAUSES[row.attempts] * self._chance.uniform(1 - JITTER, 1 + JITTER)
        async with self._settling() as tx:
            at = self._clock.now() + max(pause, timedelta(seconds=wait))
            await tx.submissions.again(row.id, at, error)
            await tx.lines.note(line.id, error=error)
            if rests:
                until = min(at, self._clock.now() + REST)
                await tx.submissions.put_off(line.id, until)
                await tx.lines.put_off(line.id, until)

    async def _failed(self, line: Line, row: SubmissionRow, why: str, error: str) -> None:
        """Give a report up: its seat is told to ring, in the case first."""
        log.error("line.given_up", line=line.id, submission=row.id, why=why, error=error)
        heard = HearBack(line=line.id, submission=row.number, failed=why)
        await self._record(row.stream, heard, f"line:{row.key}:failed")
        async with self._settling() as tx:
            await tx.submissions.dead(row.id, self._clock.now(), error)
            await tx.lines.note(line.id, error=error)

    @asynccontextmanager
    async def _settling(self) -> AsyncIterator[Writing]:
        """Open the transaction in which it is noted what became of a try."""
        async with self._store.writing("line.settled") as tx:
            await self._lease.fence(tx)
            yield tx

    # --- back

    def _hearing(self, line: Line, earlier: tuple[str, ...], case: LineCase) -> Callable[[], Awaitable[None]]:
        async def hear() -> None:
            try:
                await self._hear(line, earlier, case)
            except (Unavailable, LostClaim, NotNow):
                raise
            except Exception:  # a bug met by one case keeps none from being asked after; the line says so
                log.exception("line.not_heard", line=line.id, stream=case.stream)
                await self._heard(line, case, "broken")

        return hear

    async def _hear(self, line: Line, earlier: tuple[str, ...], case: LineCase) -> None:
        if not line.holds:
            await self._heard(line, case, over=True)
            return
        try:
            standing = await self._way(line).standing(line, earlier, case)
        except NotNow as problem:
            await self._heard(line, case, str(problem), wait=problem.seconds)
            raise
        except Never as problem:
            log.warning("line.not_heard", line=line.id, stream=case.stream, error=str(problem))
            await self._heard(line, case, str(problem))
            if problem.why in (TOKEN, PLACE):
                await self._shut_out(line, case, problem.why)
                raise NotNow(str(problem)) from None
            return
        except Gone:
            lost = HearBack(line=line.id, earlier=earlier, heard=True, course="lost")
            await self._record(case.stream, lost, f"lost:{line.id}:{case.stream}:{case.reference}")
            await self._heard(line, case, "not known there", over=True)
            return
        if standing is None:
            await self._heard(line, case)
            return
        digest = digest_of(standing)
        if digest != case.digest:
            ordinal, heard = case.heard + 1, heard_of(line, earlier, case, standing)
            new = await self._record(case.stream, heard, f"heard:{line.id}:{case.stream}:{ordinal}")
            # What was heard under this cause before we died may have been something else: it is asked once more.
            case = replace(case, heard=ordinal, digest=digest if new else "")
        await self._heard(line, case)

    async def _heard(self, line: Line, case: LineCase, error: str = "", *, wait: int = 0, over: bool = False) -> None:
        """Keep what was heard, and when it is asked next."""
        now = self._clock.now()
        pause = max(pause_of(now - case.since, remote=bool(line.url)), timedelta(seconds=wait))
        over = over or now - case.since > LONGEST_LOOK  # what is closed may be opened again: it is looked at as well
        async with self._store.writing("line.heard") as tx:
            await self._lease.fence(tx)
            await tx.lines.looked(case, at=None if over else now + pause)
            if line.url:
                await tx.lines.note(line.id, error=error, **({} if error else {"heard_at": now}))

    async def _shut_out(self, line: Line, case: LineCase, why: str) -> None:
        """Leave a line alone by which the other side hears us no more: it shuts its door to all from our address."""
        async with self._settling() as tx:
            await tx.lines.put_off(case.line_id, self._clock.now() + SHUT)
        await tell_shut_out(self._service, line, why, Requester(fence=self._lease.fence))

    async def _record(self, stream: str, command: HearBack, cause: str) -> bool:
        """Give a case what was heard, once for its cause; return whether that was now."""
        requester = Requester(fence=self._lease.fence)
        result = await self._service.execute([Step(stream=stream, command=command)], cause=cause, requester=requester)
        if result.refusal is not None:
            log.error("line.not_recorded", stream=stream, refusal=result.refusal.key)
        return not result.repeated
