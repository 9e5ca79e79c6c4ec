"""An office at work without Telegram: the service on a database, with everybody of the campus plan at his post."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime

from bot.cases.plan_registry import PlanRegistry
from bot.clock import Clock, VirtualClock
from bot.service import NewReport, Requester, Result, Service, Step
from bot.simulate import cast
from plans.core.command import Command
from plans.load import load_all
from storage import Store

PLAN = "jincheng-chengqu-campus"
NIGHT = datetime(2026, 3, 1, 19, 6, tzinfo=UTC)
"""03:06 in Jincheng, four minutes after a stampede."""

REPORT = "实验小学宿舍楼楼梯3时02分发生踩踏，4名学生受伤，已拨打120"

SCHOOL = Requester(person_id=cast.person_id("school"))
DUTY = Requester(person_id=cast.person_id("duty"))


class Office:
    """See the module; ``open`` makes one.

    Attributes:
        service: the program's.
    """

    def __init__(self, service: Service) -> None:
        self.service = service
        self.jurisdiction = service.registry.current(PLAN).jurisdiction.name
        self._causes = itertools.count()

    @classmethod
    async def open(cls, store: Store, clock: Clock | None = None) -> Office:
        """Seat everybody in a new database.

        Args:
            clock: left out, it stands still at ``NIGHT``.
        """
        numbers = itertools.count(1)
        clock = clock or VirtualClock(NIGHT)
        service = Service(store, PlanRegistry(load_all()), clock, new_id=lambda: str(next(numbers)))
        await cast.enter(service, service.registry.current(PLAN), (), clock.now())
        return cls(service)

    async def report(self, text: str = REPORT, occurred_at: datetime | None = None) -> str:
        """Let the school report, and return the incident's stream."""
        new = NewReport(
            plan_id=PLAN, jurisdiction=self.jurisdiction, text=text, said_at=self.service.clock.now(),
            place_id=cast.place_id("school"), occurred_at=occurred_at,
        )  # fmt: skip
        result = await self.service.execute([new], cause=self._cause(), requester=SCHOOL)
        return result.streams[0]

    async def do(self, stream: str, command: Command, requester: Requester = DUTY) -> Result:
        """Execute a command, which must not be refused."""
        result = await self.service.execute(
            [Step(stream=stream, command=command)], cause=self._cause(), requester=requester
        )
        if result.refusal is not None:
            raise AssertionError(f"{type(command).__name__} was refused: {result.refusal}")
        return result

    def _cause(self) -> str:
        return f"bench:{next(self._causes)}"
