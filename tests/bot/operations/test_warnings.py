"""``POST /warnings``: a CAP message becomes a warning that waits, once; nobody but this machine may bring one."""

from __future__ import annotations

import asyncio
import io
import itertools
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import make_mocked_request

from bot.cases.plan_registry import PlanRegistry
from bot.exchange.cap import MOST_BYTES, Reference, written
from bot.exchange.cap.profile import Notice, Place, alert_of
from bot.metrics import Metrics
from bot.service import Service
from bot.simulate import cast
from bot.web import warnings as receiver
from bot.web.server import serving
from bot.web.warnings import Warnings
from plans.load import DATA, load
from storage import Unavailable
from tests.bot.operations.conftest import AT

CAMPUS, WATER = (load(DATA / f"{name}.yaml") for name in ("jincheng-chengqu-campus", "jincheng-water-rescue"))
CAP = {"Content-Type": "application/cap+xml"}


def cap(**changes: Any) -> bytes:
    values: dict[str, Any] = {
        "identifier": "met-1", "sender": "met@example.org", "sent": AT, "kind": "暴雨", "stage": "issued",
        "issuer": "区气象台", "headline": "暴雨红色预警", "colour": "红", "ends": AT + timedelta(hours=6),
        "areas": (Place("城关镇"),), "description": "预计有大暴雨。",
    }  # fmt: skip
    return written(alert_of(Notice(**{**values, **changes})))


@dataclass
class Receiver:
    """The server, and who calls it."""

    url: str
    session: aiohttp.ClientSession
    service: Service
    metrics: Metrics

    async def post(self, body: bytes, query: str = f"?plan={CAMPUS.id}", **headers: str) -> tuple[int, dict[str, Any]]:
        async with self.session.post(self.url + query, data=io.BytesIO(body), headers={**CAP, **headers}) as reply:
            answer: dict[str, Any] = await reply.json()
            return reply.status, answer

    async def events(self) -> list[str]:
        async with self.service.store.reading() as rx:
            rows = await rx.cases.open("warning")
            return [entry.event for row in rows for entry in await rx.journal.load(row.stream)]

    def counted(self, outcome: str) -> float:
        return float(self.metrics.warnings.labels(outcome)._value.get())


@pytest.fixture
async def received(store, clock):
    names = itertools.count(1)
    registry = PlanRegistry({CAMPUS.id: CAMPUS, WATER.id: WATER})
    service = Service(store, registry, clock, new_id=lambda: f"w{next(names)}")
    await cast.enter(service, CAMPUS, [], AT)
    metrics = Metrics()
    routes = Warnings(service, metrics).routes()
    async with serving("127.0.0.1", 0, routes) as port, aiohttp.ClientSession() as session:
        yield Receiver(f"http://127.0.0.1:{port}/warnings", session, service, metrics)


async def test_a_message_waits_for_a_person_and_rings_the_seat(received):
    status, answer = await received.post(cap())
    assert status == 200 and answer["number"] == 1 and answer["waits"] and not answer["repeated"]
    assert (answer["plan"], answer["jurisdiction"], answer["state"]) == (CAMPUS.id, CAMPUS.jurisdiction.name, "taken")
    assert await received.events() == ["warning-taken"]
    async with received.service.store.reading() as rx:
        rows = await rx.outbox.of(answer["warning"])
    assert {row.notice for row in rows} == {"warning_taken"}, "nobody is told but who decides"


async def test_the_same_message_is_taken_once_however_often_and_at_once(received):
    answers = await asyncio.gather(*(received.post(cap()) for _ in range(6)))
    assert [status for status, _ in answers] == [200] * 6
    assert {answer["number"] for _, answer in answers} == {1}
    assert sorted(answer["repeated"] for _, answer in answers) == [False, *[True] * 5]
    assert await received.events() == ["warning-taken"]
    assert (received.counted("taken"), received.counted("repeated")) == (1, 5)


@pytest.mark.parametrize("change", [{"colour": "橙"}, {"description": "改了"}, {"ends": AT + timedelta(hours=9)}])
async def test_other_words_under_the_same_name_are_refused_and_not_taken_for_the_same(received, change):
    await received.post(cap())
    status, answer = await received.post(cap(**change))
    assert status == 409 and "内容不同，没有采用" in answer["error"] and await received.events() == ["warning-taken"]
    status, answer = await received.post(cap())
    assert (status, answer["repeated"]) == (200, True)


async def test_what_cannot_be_opened_is_refused_in_words(received):
    """Before there is a warning a refusal has nothing to be said of; it is no failure of the server for that."""
    status, answer = await received.post(cap(begins=AT + timedelta(hours=5), ends=AT + timedelta(hours=1)))
    assert status == 409 and "结束时间不晚于开始时间" in answer["error"]
    status, answer = await received.post(cap(identifier="met-2", ends=AT + timedelta(days=4000)))
    assert status == 409 and "180天以后" in answer["error"] and await received.events() == []


async def test_an_update_and_a_cancel_change_what_they_refer_to(received):
    _, first = await received.post(cap())
    earlier = (Reference(sender="met@example.org", identifier="met-1", sent=AT),)
    more = {"earlier": earlier, "stage": "extended", "ends": AT + timedelta(hours=9)}
    status, answer = await received.post(cap(identifier="met-2", **more))
    assert (status, answer["warning"]) == (200, first["warning"])
    status, answer = await received.post(cap(identifier="met-3", earlier=earlier, stage="lifted"))
    assert (status, answer["warning"]) == (200, first["warning"])
    assert await received.events() == ["warning-taken", "warning-change-taken", "warning-change-taken"]


async def test_a_cancel_of_what_is_not_known_is_told(received):
    earlier = (Reference(sender="met@example.org", identifier="met-0", sent=AT),)
    status, answer = await received.post(cap(earlier=earlier, stage="lifted", identifier="met-3"))
    assert status == 400 and "没有找到" in answer["error"] and await received.events() == []


@pytest.mark.parametrize(
    ("query", "status", "plan"),
    [
        (f"?plan={WATER.id}", 409, ""),
        (f"?jurisdiction={CAMPUS.jurisdiction.name}", 200, CAMPUS.id),
        ("", 404, ""),
        ("?plan=no-such", 404, ""),
        (f"?plan={CAMPUS.id}&jurisdiction={WATER.jurisdiction.name}", 404, ""),
    ],
)
async def test_plan_or_jurisdiction_say_where_it_belongs(received, query, status, plan):
    answered, answer = await received.post(cap(), query)
    assert answered == status and answer.get("plan", "") == plan
    assert status != 404 or CAMPUS.id in answer["error"]
    assert status != 409 or "没有人会看到" in answer["error"]


BOMB = b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><alert>&b;</alert>'


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"<alert", {}, 400),
        (b"", {}, 400),
        (BOMB, {}, 400),
        (b"<a>" * 100_000, {}, 400),
        (b" " * (MOST_BYTES + 1), {}, 413),
        (b" " * (2**20 + 1), {}, 413),
        (cap(), {"Content-Type": "text/plain"}, 415),
        (cap(), {"Content-Type": "application/x-www-form-urlencoded"}, 415),
        (cap(), {"Content-Encoding": "gzip"}, 415),
        (cap(), {"X-Forwarded-For": "203.0.113.5"}, 403),
        (cap(), {"Forwarded": "for=203.0.113.5"}, 403),
        (cap(), {"Via": "1.1 proxy"}, 403),
        (cap(), {"Origin": "https://example.org"}, 403),
        (cap(), {"Host": "warnings.example.org"}, 403),
        (cap(status="Test"), {}, 400),
    ],
    ids=itertools.count(),
)
async def test_what_is_no_message_or_not_from_here_is_refused_in_words(received, body, headers, status):
    answered, answer = await received.post(body, **headers)
    assert answered == status and answer["error"] and answer.keys() == {"error"}
    assert await received.events() == []
    assert received.counted("bad") == 1


@pytest.mark.parametrize(
    ("peer", "host", "allowed"),
    [
        ("127.0.0.1", "127.0.0.1:8080", True),
        ("127.8.0.1", "localhost", True),
        ("::1", "[::1]:8080", True),
        ("::ffff:127.0.0.1", "localhost:80", True),
        ("10.0.0.7", "127.0.0.1", False),
        ("::ffff:10.0.0.7", "localhost", False),
        ("203.0.113.5", "localhost", False),
        ("127.0.0.1", "127.0.0.1.example.org", False),
        ("", "localhost", False),
    ],
)
def test_only_this_machine_is_let_in(peer, host, allowed):
    request = make_mocked_request("POST", "/warnings", headers={"Host": host}).clone(remote=peer)
    assert receiver._from_here(request) is allowed


async def test_a_body_that_does_not_come_is_not_waited_for(received, monkeypatch):
    monkeypatch.setattr(receiver, "BODY_SECONDS", 0.2)

    async def slowly():
        yield b"<alert"
        await asyncio.Event().wait()

    async with received.session.post(f"{received.url}?plan={CAMPUS.id}", data=slowly(), headers=CAP) as reply:
        assert reply.status == 408


async def test_a_database_that_is_busy_is_told_and_the_message_comes_again(received, monkeypatch):
    async def busy(*_: Any, **__: Any) -> None:
        raise Unavailable("locked")

    with monkeypatch.context() as patched:
        patched.setattr(received.service, "execute", busy)
        assert (await received.post(cap()))[0] == 503
    assert (await received.post(cap()))[0] == 200
    assert await received.events() == ["warning-taken"]
