"""A message is answered at once; a second reader may later add a question to the seat, and nothing else."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from bot.metrics import Metrics
from bot.second_reader import Ask, NotRead, SecondReader, client
from bot.second_reader.circuit import AFTER
from bot.second_reader.loop import GIVE_UP, PAUSES
from plans.incident.figures import figures
from plans.incident.second_reading import ReadingsCompared
from plans.incident.state import Incident
from plans.intake.masking import NAME, PHONE
from tests.bot.rig import Chat, Rig
from tests.bot.second_reader import liar
from tests.bot.second_reader.liar import content, http, lying, saying

TEXT = "泳池有人溺水，死亡2人，受伤3人"


class Told:
    """A second reader in memory: answers in turn, the last again and again."""

    def __init__(self, *answers: bytes | Exception) -> None:
        self.answers = list(answers)
        self.requests: list[Mapping[str, Any]] = []

    async def __call__(self, request: Mapping[str, Any]) -> bytes:
        self.requests.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


def told(*items: tuple[str, int, str]) -> bytes:
    facts = [{"fact": fact, "number": number, "span": span} for fact, number, span in items]
    return content(json.dumps({"facts": facts}))


async def seated(rig: Rig) -> tuple[Chat, Chat]:
    rig.service.dispatcher.reads_twice = True
    return await rig.person("值班员", "duty", seated=True), await rig.person("救生员", "reporter")


def reader(rig: Rig, ask: Ask, metrics: Metrics | None = None) -> SecondReader:
    return SecondReader(rig.store, rig.service, rig.clock, ask, "m", metrics=metrics)


async def waiting(rig: Rig) -> int:
    async with rig.store.reading() as rx:
        return await rx.second_readings.waiting()


async def now(rig: Rig, incident: Incident) -> Incident:
    found = await rig.service.incident(incident.stream)
    assert found is not None
    return found[1]


def compared(incident: Incident) -> list[ReadingsCompared]:
    return [item.event for item in incident.events if isinstance(item.event, ReadingsCompared)]


def counted(metrics: Metrics) -> dict[str, float]:
    (family,) = metrics.second_readings.collect()
    return {
        item.labels["outcome"]: item.value for item in family.samples if item.name.endswith("_total") and item.value
    }


async def test_off_nothing_waits_and_nobody_is_asked(rig):
    school = await rig.person("救生员", "reporter")
    await rig.incident(school, TEXT)
    assert await waiting(rig) == 0


async def test_what_differs_becomes_a_question_of_the_seat_after_the_answer(rig):
    duty, school = await seated(rig)
    incident = await rig.incident(school, TEXT)
    assert figures(incident)["injuries"] == 3
    assert await waiting(rig) == 1
    await rig.send(5)
    before = list(school.texts)
    metrics = Metrics()
    async with lying(saying(("deaths", 2, "死亡2人"), ("injuries", 2, "死亡2人"))) as server:
        async with rig.running(reader(rig, client(server.url, "sk-secret"), metrics)):
            await rig.clock.advance(timedelta(seconds=1))
        assert len(server.reports) == 1
    after = await now(rig, incident)
    (event,) = compared(after)
    assert event.agreed.keys() == {"deaths"} and event.second == {"injuries": 2} and event.reader == "m"
    assert figures(after) == figures(incident)
    await rig.send(5)
    assert any("两种读法" in text for text in duty.texts)
    assert school.texts == before
    assert await waiting(rig) == 0
    assert counted(metrics) == {"differs": 1}
    assert "sk-secret" not in str(rig.log)


async def test_of_telephone_numbers_and_names_nothing_leaves(rig):
    _, school = await seated(rig)
    await rig.person("铁柱儿", "commander")
    words = "救生员李建国（13800000001）报告：铁柱儿和张伟溺水，死亡2人，受伤3人，联系0999-2250000"
    await rig.incident(school, words)
    ask = Told(told())
    async with rig.running(reader(rig, ask)):
        await rig.clock.advance(timedelta(seconds=1))
    said = str(ask.requests)
    assert NAME in said and PHONE in said and "死亡2人" in said
    assert not [part for part in ("李建国", "建国", "13800000001", "铁柱", "张伟", "2250000") if part in said]


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (told(("deaths", 2, "死亡2人"), ("injuries", 3, "受伤3人")), "agrees"),
        (told(), "nothing"),
        (told(("deaths", 9, "死亡9人")), "nothing"),
    ],
)
async def test_without_a_difference_nobody_is_told(rig, answer, outcome):
    duty, school = await seated(rig)
    incident = await rig.incident(school, TEXT)
    metrics = Metrics()
    async with rig.running(reader(rig, Told(answer), metrics)):
        await rig.clock.advance(timedelta(seconds=1))
    await rig.send(5)
    assert not any("两种读法" in text for text in duty.texts)
    assert len(compared(await now(rig, incident))) == (outcome == "agrees")
    assert counted(metrics) == {outcome: 1}


@pytest.mark.parametrize(
    "reply",
    [
        liar.closing,
        liar.no_http,
        liar.short,
        http(b"<html>Bad Gateway</html>", "502 Bad Gateway"),
        http(b"<html>welcome</html>"),
        http(content("死亡900人")),
        http(content('{"facts": [{"fact": "deaths", "number": NaN, "span": "死亡2人"}]}')),
        http(content('{"facts": [], "facts": []}')),
        http(b"", "307 Temporary", "Location: http://127.0.0.1:9/"),
    ],
)
async def test_a_liar_is_tried_three_times_and_given_up_and_the_case_goes_on(rig, reply):
    _, school = await seated(rig)
    incident = await rig.incident(school, TEXT)
    before, metrics = await now(rig, incident), Metrics()
    async with lying(reply) as server, rig.running(reader(rig, client(server.url), metrics)):
        await rig.clock.advance(timedelta(minutes=5))
        assert len(server.asked) == len(PAUSES) + 1
    after = await now(rig, incident)
    assert (after.sequence, figures(after)) == (before.sequence, figures(before))
    assert await waiting(rig) == 0
    assert counted(metrics)["given_up"] == 1
    assert not [line for line in rig.log if line["log_level"] in ("error", "critical")]


async def test_it_survives_a_restart_and_is_given_up_after_its_time(file_rig):
    rig = file_rig
    _, school = await seated(rig)
    first = await rig.incident(school, TEXT)
    await rig.reopen()
    ask = Told(told(("injuries", 2, "死亡2人")))
    async with rig.running(reader(rig, ask)):
        await rig.clock.advance(timedelta(seconds=1))
    assert len(compared(await now(rig, first))) == 1

    rig.service.dispatcher.reads_twice = True
    second = await rig.incident(school, TEXT + "。又")
    await rig.clock.advance(GIVE_UP + timedelta(seconds=1))
    await rig.reopen()
    metrics = Metrics()
    async with rig.running(reader(rig, ask, metrics)):
        await rig.clock.advance(timedelta(seconds=1))
    assert len(ask.requests) == 1 and not compared(await now(rig, second))
    assert await waiting(rig) == 0 and counted(metrics) == {"given_up": 1}


async def test_what_was_recorded_and_not_yet_settled_is_not_recorded_again(rig):
    _, school = await seated(rig)
    incident = await rig.incident(school, TEXT)
    ask = Told(told(("injuries", 2, "死亡2人")))
    async with rig.store.reading() as rx:
        (row,) = await rx.second_readings.due(rig.clock.now(), 5)
    async with rig.running(reader(rig, ask)):
        await rig.clock.advance(timedelta(seconds=1))
    async with rig.store.writing() as tx:  # as after a death between the two transactions
        await tx.second_readings.add([row])
    async with rig.running(reader(rig, ask)):
        await rig.clock.advance(timedelta(seconds=1))
    assert len(ask.requests) == 2 and len(compared(await now(rig, incident))) == 1
    assert await waiting(rig) == 0


async def test_after_failures_the_server_is_left_alone(rig):
    _, school = await seated(rig)
    for at in range(8):
        await rig.incident(school, f"{TEXT}，第{at}次")
    ask, metrics = Told(NotRead("TimeoutError")), Metrics()
    async with rig.running(reader(rig, ask, metrics)):
        await rig.clock.advance(timedelta(seconds=50))
        assert len(ask.requests) in (AFTER, AFTER + 1)
        await rig.clock.advance(timedelta(minutes=20))
    assert len(ask.requests) < AFTER + 8
    assert await waiting(rig) == 0
    assert counted(metrics)["given_up"] == 8


async def test_what_is_waited_for_is_bounded_and_text_without_a_number_is_not_sent(rig, monkeypatch):
    monkeypatch.setattr("bot.outgoing.second_reading.MOST_WAITING", 2)
    _, school = await seated(rig)
    await rig.incident(school, "泳池有人溺水")
    assert await waiting(rig) == 0
    for _ in range(4):
        await rig.incident(school, TEXT)
    assert await waiting(rig) == 2


async def test_a_long_text_is_sent_in_part(rig):
    _, school = await seated(rig)
    await rig.incident(school, TEXT + "。" + "水很深，" * 900)
    ask = Told(told())
    async with rig.running(reader(rig, ask)):
        await rig.clock.advance(timedelta(seconds=1))
    assert len(str(ask.requests[0]["messages"][1])) < 2200


async def test_a_slow_answer_holds_up_nobody(rig):
    _, school = await seated(rig)
    await rig.incident(school, TEXT)
    held = asyncio.Event()

    async def slow(request: Mapping[str, Any]) -> bytes:
        await held.wait()
        return told(("injuries", 2, "死亡2人"))

    async with rig.running_beside(reader(rig, slow)):
        other = await rig.incident(school, "又有1人溺水，受伤5人")
        assert figures(other)["injuries"] == 5
        held.set()
        await asyncio.sleep(0.2)
