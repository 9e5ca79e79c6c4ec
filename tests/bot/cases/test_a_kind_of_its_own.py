"""A case of another kind than an incident: decided, recorded, indexed, woken and told by the same program."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.cases import records
from bot.cases.plan_registry import PlanRegistry
from bot.office.plan_checks import unusable_plans
from bot.office.rescue import alarm_of_case
from bot.operations.auditor import Auditor, Findings
from bot.service import Requester, Step
from bot.service.opening import NewCase, Numbered
from plans.core.command import Shown
from plans.core.kind import UnknownKind, kind_of
from plans.kinds import fold_any
from tests.bot.cases import watch
from tests.bot.cases.watch import Look, OpenWatch
from tests.bot.rig import JURISDICTION, TINY, Chat, Rig
from tests.databases import any_url, file_url, migrated_file, postgres_town_url

__all__ = ["any_url", "file_url", "migrated_file", "postgres_town_url"]


@pytest.fixture
async def rig(any_url: str) -> AsyncIterator[Rig]:
    with watch.installed():
        async with Rig.open(any_url) as rig:
            yield rig


@pytest.fixture
async def seat(rig: Rig) -> Chat:
    return await rig.person("值班员甲", "duty", seated=True)


def _command(given: Numbered) -> OpenWatch:
    return OpenWatch(
        what="三号泵房", plan=given.plan.id, plan_hash=given.plan_hash, jurisdiction=JURISDICTION, number=given.number,
        year=given.year,
    )  # fmt: skip


async def opened(rig: Rig, cause: str = "test:open") -> str:
    new = NewCase(kind=watch.KIND, plan_id=TINY.id, jurisdiction=JURISDICTION, command=_command)
    result = await rig.service.execute([new], cause=cause, requester=Requester())
    return result.streams[0]


async def rows(rig: Rig, stream: str) -> tuple[Any, list[str], list[tuple[str, str]]]:
    async with rig.store.reading() as rx:
        sent = [(row.notice, row.state) for row in await rx.outbox.of(stream)]
        return await rx.cases.get(stream), [row.key for row in await rx.wakes.of(stream)], sent


async def looked(rig: Rig, by: Chat, stream: str, revision: int = 0) -> Any:
    step = Step(stream=stream, command=Look(), shown=Shown(object="look", revision=revision))
    return await rig.service.execute([step], cause=f"test:look:{by.person}", requester=Requester(person_id=by.person))


async def test_it_is_recorded_in_the_list_and_told(rig, seat):
    stream = await opened(rig)
    row, wakes, sent = await rows(rig, stream)
    assert stream.startswith("watch:")
    assert (row.kind, row.number, row.state, row.open, row.jurisdiction) == ("watch", 1, "waiting", True, JURISDICTION)
    assert wakes == ["look"]
    assert sent == [("watch", "pending")]
    await rig.send()
    assert seat.texts == ["请看一看：三号泵房（第1次）"]
    assert seat.player.timeline(rig.account)[-1].buttons[0][0].label == "看过了"


async def test_the_same_cause_opens_one(rig, seat):
    assert await opened(rig) == await opened(rig)
    async with rig.store.reading() as rx:
        assert len(await rx.cases.open("watch", JURISDICTION)) == 1
        assert await rx.incidents.open(JURISDICTION) == []


async def test_its_numbers_are_its_own(rig, seat):
    streams = [await opened(rig, f"test:open:{number}") for number in range(2)]
    incident = await rig.incident(seat)
    assert [(await rows(rig, stream))[0].number for stream in streams] == [1, 2]
    assert incident.number == 1


async def test_its_clock_asks_again_beside_the_clocks_of_incidents(rig, seat):
    stream, incident = await opened(rig), await rig.incident(await rig.person("校长", "reporter"))
    await rig.clock.advance(watch.PAUSE)
    due = {stream: "wake:1", incident.stream: "wake:2"}
    results, failed = await rig.service.wake_together(due, ())
    assert failed == {}
    assert [len(result.steps[0].case.recorded) > 0 for result in results] == [True, True]
    assert [notice for notice, _ in (await rows(rig, stream))[2]] == ["watch", "watch_again"]
    await rig.service.wake(stream, cause="wake:3")
    assert [notice for notice, _ in (await rows(rig, stream))[2]] == ["watch", "watch_again"]


async def test_who_looked_is_asked_no_more_and_what_waits_is_withdrawn(rig, seat):
    stream = await opened(rig)
    result = await looked(rig, seat, stream)
    assert result.refusal is None
    row, wakes, sent = await rows(rig, stream)
    assert (row.state, row.open, wakes) == ("looked", False, [])
    assert [state for _, state in sent] == ["dropped"]
    again = await rig.service.execute(
        [Step(stream=stream, command=Look())], cause="test:again", requester=Requester(person_id=seat.person)
    )
    assert again.refusal is not None
    assert again.refusal.key == "not_running"


async def test_nobody_confirms_what_has_changed_or_is_not_his(rig, seat):
    stream = await opened(rig)
    assert (await looked(rig, seat, stream, revision=7)).refusal.key == "changed_since"
    stranger = await rig.person("路人")
    assert (await looked(rig, stranger, stream)).refusal.key == "staff_only"


async def test_the_log_is_a_chain_and_tells_it_again(rig, seat):
    stream = await opened(rig)
    await looked(rig, seat, stream)
    async with rig.store.reading() as rx:
        entries = await rx.journal.load(stream)
        case = await records.load_case(rx, stream)
        assert await records.load(rx, stream) is None, "it is no incident"
        assert await rx.journal.verify() == []
    again = fold_any(stream, [records.to_recorded(entry) for entry in entries])
    assert again == case
    assert (again.state, again.what) == ("looked", "三号泵房")


async def test_rows_that_a_hand_has_spoilt_are_written_anew(rig, seat):
    stream = await opened(rig)
    auditor = Auditor(rig.service)
    assert await auditor.look(whole=True) == Findings()
    async with rig.store.writing() as tx:
        await tx.wakes.replace(stream, [])
    assert (await auditor.look(whole=True)).astray == (stream,)
    assert (await rows(rig, stream))[1] == ["look"]


async def test_the_office_is_told_what_did_not_arrive(rig, seat):
    stream = await opened(rig)
    group = await rig.group("指挥群", "command")
    rig.fault("status", chat=seat.id, status=403, times=-1)
    await rig.send(seconds=60)
    [said] = [text for text in group.texts if "值班员甲的消息送不到" in text]
    assert "请看一看" not in said, "what was for him alone is not read by the group"
    assert ("undeliverable", "sent") in (await rows(rig, stream))[2]


def test_a_log_of_a_kind_that_is_not_installed_is_said_to_be_one():
    with pytest.raises(UnknownKind, match="watch"):
        kind_of("watch:1")


async def test_the_seat_is_rung_when_its_clock_cannot_be_served(rig, seat):
    stream = await opened(rig)
    await alarm_of_case(rig.service, stream, RuntimeError("a bug that nobody thought of"))
    await rig.send(seconds=5)
    assert any("系统办不了" in text for text in seat.texts)


async def test_its_plan_is_missed_where_it_cannot_be_read(rig, seat):
    await opened(rig)
    async with rig.store.reading() as rx:
        assert await unusable_plans(rx, PlanRegistry({TINY.id: TINY})) == []
        assert [row[:2] for row in await rx.cases.plans_in_use()] == [(JURISDICTION, TINY.id)]


async def test_the_round_of_the_auditor_comes_by(rig, seat):
    stream = await opened(rig)
    async with rig.store.writing() as tx:
        await tx.wakes.replace(stream, [])
    assert (await Auditor(rig.service).look()).astray == (stream,)
