"""B14: a warning to three thousand heads of schools: issued, raised, answered, and how long until the last has it.

Both arms are the whole program over the playground's core; they differ only in how many the warning concerns, so that
the ratio of an answer is what the others cost. What is sent is counted in virtual time, against the limits of Telegram
alone; the transaction that writes it is counted in time of the processor, which neighbours disturb least, and added.
"""

from __future__ import annotations

import asyncio
import gc
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bot.callback_data import new_id
from bot.playground import Person
from bot.service.requests import Requester, Step
from plans.warning.issuing import IssueWarning
from plans.warning.state import PASS_ON
from storage.bodies import BodyList, BodyRow
from tests import stage as people_on
from tests.bench import stage
from tests.bench.report import Aim, Line
from tests.bench.rounds import Run, alternate_async, percentile
from tests.bench.schools import schools
from tests.journeys.world import JURISDICTION, NIGHT, PLAN, Town, plans

MANY, FEW, ANSWERS = 3_000, 100, 60
SENDS = 30.0
"""Messages a second that Telegram's limits let out."""

RAIN = "区气象台2026年3月2日3时发布暴雨黄色预警：预计4时至10时，全区有大暴雨，请做好防范。"
PATIENCE = 3_600


@dataclass(frozen=True)
class _Taken:
    """What one arm took.

    Attributes:
        issue, raised: seconds of the processor that the transaction took.
        answer: the same of a press of 收到 with all that follows, the median.
        sent: virtual seconds from the commit until the last call of a person; called: how many were called.
        grown: MB of memory that the transaction left or held at most.
    """

    issue: float
    raised: float
    answer: float
    sent: float
    called: int
    grown: float

    @property
    def bound(self) -> float:
        """Seconds below which nobody can stay."""
        return self.called / SENDS


def measure(run: Run) -> Iterator[Line]:
    """Yield the lines of B14."""
    many = run.size(MANY, 300)
    mine, others = asyncio.run(
        alternate_async(1 if run.quick else min(run.rounds, 3), lambda: _arm(run, many), lambda: _arm(run, FEW))
    )
    yield Line(
        number="B14", measure=f"a warning to {many:,}: until the last has it", unit="s",
        ours=tuple(one.issue + one.sent for one in mine), peer=tuple(one.bound for one in mine), against="send budget",
        aim=Aim(at_most=1.05), note="the issuing transaction on the processor, and the sending in virtual time",
    )  # fmt: skip
    for name, what in (("issue", "issued"), ("raised", "raised, all stamped and called anew")):
        yield Line(
            number="B14", measure=f"{what}, {many:,} people, one transaction", unit="ms",
            ours=tuple(1000 * getattr(one, name) for one in mine),
            peer=tuple(
                1000 * getattr(few, name) * one.called / few.called for one, few in zip(mine, others, strict=True)
            ),
            against=f"{FEW}, scaled", aim=Aim(at_most=1.2),
        )  # fmt: skip
    yield Line(
        number="B14", measure=f"one answers of {many:,}, median", unit="ms",
        ours=tuple(1000 * one.answer for one in mine), peer=tuple(1000 * one.answer for one in others),
        against=f"one of {FEW}", aim=Aim(at_most=2),
    )  # fmt: skip
    yield Line(
        number="B14", measure=f"memory while it is issued to {many:,}", unit="MB",
        ours=tuple(one.grown for one in mine), aim=Aim(on="ours", at_most=150),
    )  # fmt: skip


async def _arm(run: Run, count: int) -> _Taken:
    url = await stage.sqlite_url(run.folder, f"warning-{new_id()}")
    async with Town.open(url) as town:
        heads = await _listed(town, count)
        await town.say(town.duty, town.bot, f"/warn {RAIN}")
        stream = await _stream(town)
        gc.collect()
        before = _resident()
        issue = await _issued(town, stream, "issue")
        grown = _resident() - before
        sent, called = await _all_sent(town, heads)
        chosen = heads[:: max(1, len(heads) // ANSWERS)][:ANSWERS]
        answer = percentile([await _answered(town, person) for person in chosen], 0.5)
        await _changed(town, stream)
        raised = await _issued(town, stream, "raise")
        await _all_sent(town, heads)
        await town.stop()
    return _Taken(issue=issue, raised=raised, answer=answer, sent=sent, called=called, grown=grown)


async def _listed(town: Town, count: int) -> list[Person]:
    """List schools, each with a head who can be written to."""
    rows = [
        BodyRow(jurisdiction=JURISDICTION, id=body.id, name=body.name, short=body.short, kind=body.kind,
                township=body.township, phones=("0356-2062298",), since=1)
        for body in schools(count)
    ]  # fmt: skip
    heads = [town.world.add_user(f"校长{number}") for number in range(count)]
    for person in heads:
        person.start(town.bot)
    town.world.state.bots[town.bot.id].queue.clear()
    async with town.open_store.writing() as tx:
        listed = BodyList(jurisdiction=JURISDICTION, number=1, at=NIGHT, by="bench", added=count)
        await tx.bodies.take_over(listed, rows, ())
        for person, row in zip(heads, rows, strict=True):
            known = await people_on.enter(tx, chat=person.id, name=person.name, at=NIGHT)
            await people_on.grant(tx, known, plans()[PLAN], "head", unit=row.id, at=NIGHT)
    return heads


async def _stream(town: Town) -> str:
    async with town.open_store.reading() as rx:
        return (await rx.cases.open("warning"))[0].stream


async def _requester(town: Town) -> Requester:
    async with town.open_store.reading() as rx:
        known = await rx.people.by_telegram(town.duty.id)
    assert known is not None
    return Requester(person_id=known.id)


async def _issued(town: Town, stream: str, cause: str) -> float:
    assert town.program is not None
    requester = await _requester(town)
    step = Step(stream=stream, command=IssueWarning(way=PASS_ON))
    before = time.process_time()
    result = await town.program.service.execute([step], cause=f"bench:{cause}", requester=requester)
    taken = time.process_time() - before
    assert result.refusal is None, result.refusal
    return taken


async def _changed(town: Town, stream: str) -> None:
    await town.say(town.duty, town.bot, "/warn 1 级别 红")


async def _all_sent(town: Town, heads: Sequence[Person]) -> tuple[float, int]:
    """Let time pass until everything is out; return when the last head was called, and how many were."""
    start, first = town.clock.now(), len(town.world.calls)
    for _ in range(PATIENCE):
        await town.clock.advance(timedelta(seconds=1))
        async with town.open_store.reading() as rx:
            waiting = await rx.outbox.next_at()
        if waiting is None or waiting > town.clock.now() + timedelta(seconds=5):
            break
    chats = {person.id for person in heads} | {person.id for person in town.liaisons.values()}
    sent = [call for call in town.world.calls[first:] if call.method == "sendMessage" and call.chat in chats]
    return (max(call.at for call in sent) - start).total_seconds(), len(sent)


async def _answered(town: Town, person: Person) -> float:
    before = time.process_time()
    await town.press(person, "收到")
    return time.process_time() - before


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
