"""How many statements a command costs: each is a way to PostgreSQL and back, and some hundredth of a millisecond here.

It counts and measures no time. Who makes a number smaller writes the smaller one here; who needs a larger one says why
in the commit.
"""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest

from bot.clock import VirtualClock
from bot.service import Requester
from bot.simulate import cast
from plans.incident.filing import File
from plans.incident.judging import Judge
from plans.incident.levels import Declare
from plans.incident.units import Acknowledge
from storage import open_store
from storage.session import Session
from tests.bench.office import NIGHT, Office

COST = {
    "report": (33, 35),
    "judgement": (29, 31),
    "declaration": (36, 38),
    "answer of a unit": (18, 20),
    "filing": (20, 22),
    "wake": (31, 33),
}
"""Of each command, on SQLite and on PostgreSQL, which is also told of what other processes wait for, and asked
whether another system listens (on SQLite the one process knows that nobody does).

In an office where everybody is at his post, beside one open incident; without BEGIN, SAVEPOINT and COMMIT.
"""


@contextmanager
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Yield the statements that are executed, whoever executes them."""
    seen: list[str] = []
    execute, here = Session.execute, Session._found

    async def by_sqlalchemy(self: Session, statement: Any, parameters: Any = None) -> Any:
        seen.append(str(statement))
        return await execute(self, statement, parameters)

    async def by_template(self: Session, statement: Any, parameters: Any = None) -> Any:
        found = await here(self, statement, parameters)
        if found is not None:
            seen.append(str(statement))
        return found

    with monkeypatch.context() as patched:
        patched.setattr(Session, "execute", by_sqlalchemy)
        patched.setattr(Session, "_found", by_template)
        yield seen


async def test_a_command_costs_so_many_statements(any_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found: dict[str, int] = {}

    async def count(name: str, work: Callable[[], Awaitable[Any]]) -> Any:
        with counted(monkeypatch) as seen:
            result = await work()
        found[name] = len(seen)
        return result

    async with await open_store(any_url) as store:
        clock = VirtualClock(NIGHT)
        office = await Office.open(store, clock)
        await office.report()  # the plan is kept at the first
        stream = await count("report", office.report)
        director = Requester(person_id=cast.person_id("director"))
        unit = office.service.registry.current("jincheng-chengqu-campus").units[0].id
        answering = Requester(person_id=cast.person_id(f"unit:{unit}"))
        await count("judgement", lambda: office.do(stream, Judge(fact="capacity", option="local")))
        await count("declaration", lambda: office.do(stream, Declare(level="Ⅲ"), director))
        await count("answer of a unit", lambda: office.do(stream, Acknowledge(unit=unit), answering))
        await count("filing", lambda: office.do(stream, File(report="首报")))
        await clock.advance(timedelta(minutes=30))
        await count("wake", lambda: office.service.wake(stream, cause="wake"))
        assert found == {name: numbers[store.postgres] for name, numbers in COST.items()}
