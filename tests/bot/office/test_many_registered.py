"""However many are registered, a question about some of them reads those: rows and statements stay what they were."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import insert

from bot.office.identity import namesakes, officers, person_named
from bot.office.roster import unmatched_names, watch
from bot.office.swap_shifts import own_shifts
from bot.outgoing.serving import serving
from plans.identity import Who
from storage import open_store
from storage.people.holdings import holdings
from storage.people.persons import people
from storage.transaction import Reading
from tests.bot.office.duty_office import CAMPUS, MONDAY, Office, at, turn

PLACE = CAMPUS.jurisdiction.name
CROWD = 400

Question = Callable[[Office, Reading], Awaitable[Any]]
QUESTIONS: dict[str, Question] = {
    "who serves": lambda office, rx: serving(rx, CAMPUS, at(2, 0), at(20, 0)),
    "who is on duty": lambda office, rx: watch(rx, CAMPUS, MONDAY),
    "whose shifts": lambda office, rx: own_shifts(rx, [CAMPUS], office.people["赵值班"].id, MONDAY, at(20, 0)),
    "who is meant": lambda office, rx: person_named(rx, CAMPUS, "赵值班"),
    "who is called so too": lambda office, rx: namesakes(rx, PLACE, Who("赵值班"), office.people["钱值班"]),
    "who may be on a roster": lambda office, rx: officers(rx, CAMPUS),
    "who is not known": lambda office, rx: unmatched_names(rx, CAMPUS, [turn(5, "冯无名"), turn(6, "赵值班")]),
}


@dataclass
class Read:
    """What a transaction read."""

    counts: Counter[str] = field(default_factory=Counter)

    def of(self, rx: Reading) -> None:
        session: Any = rx.people._session
        read, rows = session.read, session.rows

        async def counted(kind: Any, *given: Any) -> Any:
            found = await read(kind, *given)
            self.counts.update(statements=1, rows=len(found))
            return found

        async def counted_rows(*given: Any) -> Any:
            found = await rows(*given)
            self.counts.update(statements=1, rows=len(found))
            return found

        session.read, session.rows = counted, counted_rows


async def crowd(office: Office) -> None:
    """Register heads of schools, each confirmed."""
    person = {"place_id": None, "created_at": MONDAY, "office": "某校", "phone": "", "confirmed_at": MONDAY}
    held = {"jurisdiction": PLACE, "plan_id": CAMPUS.id, "role": "head", "granted_by": "settings", "granted_at": MONDAY}
    async with office.store.writing() as tx:
        connection = tx.people._session.connection
        rows = [{"id": f"h{n}", "name": "校长", "real_name": f"校长{n}", **person} for n in range(CROWD)]
        await connection.execute(insert(people), rows)
        of = [{"id": f"x{n}", "person_id": f"h{n}", "unit": f"{n}校", **held} for n in range(CROWD)]
        await connection.execute(insert(holdings), of)


@pytest.mark.parametrize("question", QUESTIONS)
async def test_who_is_not_asked_for_is_not_read(file_url: str, question: str):
    async with await open_store(file_url) as store, Office.open(store) as office:
        await office.write(*(turn(day, "赵值班") for day in range(2, 20)), turn(3, "周主任", "带班领导"))
        counts = []
        for many in (False, True):
            if many:
                await crowd(office)
            async with store.reading() as rx:
                read = Read()
                read.of(rx)
                assert await QUESTIONS[question](office, rx) is not None
            counts.append(read.counts)
        assert counts[0] == counts[1]
        assert counts[1]["statements"] <= 5
