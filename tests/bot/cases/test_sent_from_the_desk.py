"""Instructions and notices on both databases: sent, answered, chased by the wakes, noted in the incident, audited."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from bot.office.desk import new_case
from bot.operations.auditor import Auditor, Findings
from bot.service import Requester, Step
from plans.core.command import Command
from plans.desk.announcements import Announce, OpenAnnouncement
from plans.desk.instructions import GiveInstruction, OpenInstruction
from plans.desk.receipts import Receive
from plans.desk.results import SettleInstruction
from plans.incident.state import Incident
from tests import stage
from tests.bot.rig import TINY, Chat, Rig
from tests.databases import any_url, file_url, migrated_file, postgres_town_url

__all__ = ["any_url", "file_url", "migrated_file", "postgres_town_url"]

UNITS = tuple(unit.id for unit in TINY.units if not (unit.place_bound or unit.standing_for))[:2]
TO = tuple(f"unit:{unit}" for unit in UNITS)


@pytest.fixture
async def rig(any_url: str) -> AsyncIterator[Rig]:
    async with Rig.open(any_url) as rig:
        yield rig


async def does(rig: Rig, who: Chat, stream: str, command: Command) -> Any:
    step = Step(stream=stream, command=command)
    cause = f"{stream}:{type(command).__name__}:{who.person}"
    result = await rig.service.execute([step], cause=cause, requester=Requester(person_id=who.person))
    assert result.refusal is None, result.refusal
    return result


async def test_it_is_sent_noted_chased_answered_and_holds_before_the_auditor(rig: Rig) -> None:
    duty = await rig.person("李值班", "duty", seated=True)
    both = await rig.person("联络员", "liaison", unit=UNITS[0])
    async with rig.store.writing() as tx:
        known = await tx.people.get(both.person)
        assert known is not None
        await stage.grant(tx, known, TINY, "liaison", unit=UNITS[1], at=rig.clock.now())
    incident = await rig.incident(duty)
    opens = OpenInstruction(
        text="全力救治", giver="王副区长", recipients=TO, incident=incident.stream, incident_number=incident.number,
        due=rig.clock.now() + timedelta(hours=3),
    )  # fmt: skip
    who = Requester(person_id=duty.person)
    [stream] = (await rig.service.execute([new_case("instruction", TINY, opens)], cause="o", requester=who)).streams
    await does(rig, duty, stream, GiveInstruction())
    async with rig.store.reading() as rx:
        told = await rx.outbox.noticed(stream, "desk_told")
        wakes = {row.key for row in await rx.wakes.of(stream)}
        row = await rx.cases.get(stream)
    assert len(told) == 1, "one message for both units"
    assert wakes == {"remind", "chase"} and row is not None and (row.state, row.number) == ("sent", 1)
    await does(rig, both, stream, Receive())
    await rig.clock.advance(timedelta(hours=2, minutes=1))
    await rig.service.wake(stream, cause="w")
    async with rig.store.reading() as rx:
        assert len(await rx.outbox.noticed(stream, "instruction_chase")) == 1
    await does(rig, both, stream, SettleInstruction(text="已送医"))
    pair = await rig.service.case(incident.stream)
    assert pair is not None and isinstance(pair[1], Incident)
    [noted] = pair[1].instructions.values()
    assert (noted.stands, noted.finished, noted.told) == ("done", 2, 2)
    async with rig.store.reading() as rx:
        assert await rx.wakes.of(stream) == []
        assert await rx.cases.open("instruction") == []
    assert await Auditor(rig.service).look(whole=True) == Findings()


async def test_a_notice_is_over_when_all_have_it(rig: Rig) -> None:
    duty = await rig.person("李值班", "duty", seated=True)
    one = await rig.person("联络员", "liaison", unit=UNITS[0])
    opens = OpenAnnouncement(text="明早8点开会", recipients=(TO[0], "role:duty"))
    who = Requester(person_id=duty.person)
    [stream] = (await rig.service.execute([new_case("announcement", TINY, opens)], cause="o", requester=who)).streams
    await does(rig, duty, stream, Announce())
    await does(rig, one, stream, Receive())
    await does(rig, duty, stream, Receive())
    async with rig.store.reading() as rx:
        assert await rx.cases.open("announcement") == [] and await rx.wakes.of(stream) == []
        assert len(await rx.outbox.noticed(stream, "desk_all_received")) == 1
    assert await Auditor(rig.service).look(whole=True) == Findings()
