"""A district and its city in one database, without Telegram: who sits there, and a reporting line between them.

async with Offices.open() as offices:
    await offices.joined()
    number = await offices.submit("office-report", "晋城市教育局")
    await offices.carry()
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import select

from bot.callback_data import new_id
from bot.cases.plan_registry import PlanRegistry
from bot.clock import VirtualClock
from bot.notifier.webhook import Answered, Unanswered
from bot.sealed import Seal
from bot.sender.lines import LineWork
from bot.service import NewReport, Requester, Result, Service, Step
from plans.core.command import Command
from plans.incident.state import Incident
from plans.incident.submitting import Submit
from plans.load import load_all
from storage import Store, open_store
from storage.lines import Line
from storage.people import Holding, Person
from storage.submissions import submissions
from tests import stage

AT = datetime(2026, 3, 2, 2, 20, tzinfo=UTC)
MEMORY = "sqlite+aiosqlite://"
PLANS = {
    name: load_all()[name] for name in ("jincheng-chengqu-campus", "jincheng-public-health", "jincheng-water-rescue")
}
DISTRICT, CITY = PLANS["jincheng-chengqu-campus"], PLANS["jincheng-public-health"]
BELOW, ABOVE = DISTRICT.jurisdiction.name, CITY.jurisdiction.name
WORDS = "实验小学食堂30名学生呕吐腹泻，疑似食物中毒，无人死亡"
TO = ("市委", "市政府", "晋城市教育局")
TOKEN = "tocsin_" + "a" * 43


@dataclass
class Network:
    """Another installation, as far as it answers: what a test lets it say, request by request."""

    answers: list[Any] = field(default_factory=list)
    asked: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)

    async def ask(self, method: str, url: str, headers: dict[str, str], body: bytes = b"", most: int = 0) -> Answered:
        self.asked.append((method, url, headers, body))
        answer = self.answers.pop(0) if self.answers else Unanswered("silent")
        if callable(answer):
            answer = answer()
        if isinstance(answer, Exception):
            raise answer
        return answer if isinstance(answer, Answered) else Answered(*answer)


@dataclass
class Offices:
    """See the module."""

    url: str
    clock: VirtualClock
    store: Store
    service: Service
    network: Network
    work: LineWork
    people: dict[str, Person] = field(default_factory=dict)

    @classmethod
    @asynccontextmanager
    async def open(cls, url: str = MEMORY, clock: VirtualClock | None = None) -> AsyncIterator[Offices]:
        clock = clock or VirtualClock(AT)
        store = await open_store(url)
        service, network = _service(store, clock), Network()
        offices = cls(url, clock, store, service, network, LineWork(service, network, Random(1)))
        try:
            await offices._seat()
            yield offices
        finally:
            await offices.store.close()

    async def reopen(self) -> None:
        """Forget everything that is only in memory, as a restart does."""
        await self.store.close()
        self.store = await open_store(self.url)
        self.service = _service(self.store, self.clock)
        self.work = LineWork(self.service, self.network, Random(1))

    async def _seat(self) -> None:
        async with self.store.writing() as tx:
            for number, (name, plan) in enumerate((("district", DISTRICT), ("city", CITY)), 1):
                officer = await stage.enter(tx, chat=number, name={"district": "李值班", "city": "郑值班"}[name], at=AT)
                admin = await stage.enter(tx, chat=10 + number, name=f"{name}管理", at=AT)
                await stage.grant(tx, officer, plan, "duty", at=AT)
                await stage.sit(tx, officer, plan, at=AT)
                await tx.people.grant(
                    Holding(
                        id=f"admin-{name}", person_id=admin.id, jurisdiction=plan.jurisdiction.name, plan_id="*",
                        role="admin", unit=None, granted_by="settings", granted_at=AT,
                    )
                )  # fmt: skip
                group = await stage.enter_group(tx, chat=-number, title=f"{name}指挥群", at=AT)
                await stage.bind(tx, group, plan, "command", at=AT)
                self.people |= {name: officer, f"{name}-admin": admin}

    async def joined(self, *recipients: str, url: str = "", token: str = TOKEN, id: str = "l1") -> Line:
        """Let a line stand, behind the program's back."""
        key = self.service.seal.new_key() if url else ""
        line = Line(
            id=id, jurisdiction=BELOW, place=ABOVE, recipients=recipients or TO, url=url, key=key,
            token=self.service.seal.hidden(key, token) if url else "", offered_at=AT, agreed_at=AT,
        )  # fmt: skip
        async with self.store.writing() as tx:
            await tx.lines.add(line)
        return line

    async def report(self, text: str = WORDS, **given: Any) -> str:
        """Let something happen in the district, and return its log."""
        new = NewReport(plan_id=DISTRICT.id, jurisdiction=BELOW, text=text, said_at=self.clock.now(), **given)
        return (await self.as_("district", new)).streams[0]

    async def as_(self, who: str, step: Any, stream: str = "", cause: str = "") -> Result:
        """Let somebody do something."""
        step = Step(stream=stream, command=step) if isinstance(step, Command) else step
        requester = Requester(person_id=self.people[who].id)
        return await self.service.execute([step], cause=cause or f"test:{new_id()}", requester=requester)

    async def submit(
        self, stream: str, rule: str = "office-report", *to: str, text: str = WORDS, line: str = "l1"
    ) -> Result:
        """Let the district's seat submit."""
        command = Submit(line=line, obligation=rule, to=to or ("晋城市教育局",), text=text)
        return await self.as_("district", command, stream)

    async def carry(self, **span: float) -> None:
        """Let time pass, and let what is due go up and come back."""
        end = self.clock.now() + timedelta(**span)
        for _ in range(200):
            following = await self.turn()
            if following is None or following > end:
                break
            await self.clock.advance_to(max(following, self.clock.now()))
        await self.clock.advance_to(end)

    async def turn(self) -> datetime | None:
        """Let what is due go up and come back, and return when something is due next."""
        following = await self.work._turn()
        while self.work._air:
            await asyncio.wait(self.work._air.values())
            following = await self.work._turn()
        return following

    async def store_of_rows(self) -> list[str]:
        """Return how what went up stands, the oldest first."""
        async with self.store.reading() as rx:
            rows = await rx.submissions._session.rows(select(submissions.c.state).order_by(submissions.c.id))
        return [row.state for row in rows]

    async def incident(self, stream: str) -> Incident:
        pair = await self.service.incident(stream)
        assert pair is not None
        return pair[1]

    async def above(self) -> list[Incident]:
        """Return the city's cases, the first first."""
        async with self.store.reading() as rx:
            rows = [row for row in await rx.incidents.list(limit=100) if row.jurisdiction == ABOVE]
        return [await self.incident(row.stream) for row in sorted(rows, key=lambda row: row.number)]


def _service(store: Store, clock: VirtualClock) -> Service:
    return Service(store, PlanRegistry(PLANS), clock, new_id=new_id, seal=Seal("1:token-of-the-bot"))
