"""Death in what the night does not come to: the auditor's mending, a restore, leases, what nobody can read."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import text

from bot.cases.plan_registry import UnknownPlan
from bot.clock import VirtualClock
from bot.leadership import Shared
from bot.notifier.webhook import PUBLIC, Answered
from bot.office import api_requests
from bot.office.api_requests import Asked, Use
from bot.office.api_work import REPORTS, ApiWork
from bot.office.feeds import note_read
from bot.office.plan_checks import check_plans
from bot.office.rescue import Stuck, alarm_of_case, rescue, rescue_request
from bot.office.statistics import keep_counted
from bot.office.voice import Reported, hear
from bot.office.walls import wait
from bot.office.webhooks import By, allow
from bot.office.webhooks import test as send_test
from bot.operations.auditor import IN_FLIGHT, Auditor
from bot.operations.checkpoints import Checkpoints
from bot.operations.erasure import erase
from bot.operations.persons import erase as forget
from bot.operations.restored import settle
from bot.operations.retention import forget as forget_old
from bot.operations.rounds import Rounds
from bot.operations.sealing import seal_sent
from bot.outgoing.messages import OutgoingMessage
from bot.render.chat import text_message
from bot.scheduler import Scheduler
from bot.second_reader import Ask, NotRead, SecondReader
from bot.sender.lines import LineWork
from bot.sender.webhooks import WebhookSender
from bot.service import Requester, Step
from bot.service.placing import STREAM, WHERE, keep, unanswered
from bot.updates.intake import Intake
from bot.updates.processor import Processor
from bot.web.access import Access
from plans.incident.closing import Reject
from plans.incident.submitting import Submit
from plans.intake.numerals import numbers
from storage import Store, crash_points, open_store
from storage.api_tokens import ApiToken
from storage.feeds import FeedLink
from storage.forms import Form
from storage.inbox import NewUpdate
from storage.lines import Line
from storage.outbox import DIAL, NewMessage
from storage.second_readings import SecondReading
from storage.voice import VoiceCall
from storage.wakes import Wake
from storage.web_sessions import WebSession
from tests.bot.operations import town
from tests.chaos.deaths import Died, Reaper
from tests.chaos.inspector import look
from tests.factories import CAMPUS
from tests.journeys.world import NIGHT

Work = Callable[[], Awaitable[Any]]


class Office:
    """A service on a database, one reported incident, nobody's loops."""

    def __init__(self, store: Store) -> None:
        self.store, self.clock, self.seconds = store, VirtualClock(NIGHT), 0.0
        self.service = town.service(store, self.clock)
        self.auditor = Auditor(self.service, monotonic=lambda: self.seconds)

    async def spoil(self, statement: str) -> None:
        async with self.store.writing() as tx:
            await tx._session.execute(text(statement))

    async def message(self, **more: Any) -> int:
        """Write a message that rings; return its id."""
        async with self.store.writing() as tx:
            [id] = await tx.outbox.enqueue([
                NewMessage(place_id="private-duty", priority=1, method="sendMessage", payload={"text": "x"}, ring=True,
                           notice="call", not_before=NIGHT, created_at=NIGHT, person_id="duty", **more)
            ])  # fmt: skip
            return id


async def _astray(office: Office) -> Work:
    await office.spoil("DELETE FROM wakes")
    return lambda: office.auditor.look(whole=True)


async def _stuck(office: Office) -> Work:
    async with office.store.writing() as tx:
        await tx.outbox.claim(NIGHT + timedelta(minutes=1), 50)
    await office.auditor.look()
    office.seconds += 2 * IN_FLIGHT.total_seconds()
    return office.auditor.look


async def _untold(office: Office) -> Work:
    id = await office.message(stream="incident:0001", call="call:区卫生健康和体育局:1")
    async with office.store.writing() as tx:
        await tx.outbox.dead(id, "Forbidden", NIGHT)
    return office.auditor.look


async def _erased(office: Office) -> Work:
    step = Step(stream="incident:0001", command=Reject(reason="误报"))
    assert (
        await office.service.execute([step], cause="update:2", requester=Requester(person_id="duty"))
    ).refusal is None
    return lambda: erase(office.store, "incident:0001", by="孙管理", reason="本人要求", now=NIGHT, folder=Path("none"))


async def _forgotten(office: Office) -> Work:
    await _erased(office)
    async with office.store.reading() as rx:
        head = await rx.people.get("head")
    assert head is not None
    return lambda: forget(office.store, head, by="孙管理", reason="本人要求", now=NIGHT)


async def _rounds(office: Office) -> Work:
    daily = {
        "checkpoint": Checkpoints(office.store).seal,
        "retention": lambda now: forget_old(office.store, now, timedelta(days=30)),
    }
    return lambda: Rounds(office.store, office.clock, office.auditor, daily).round()


async def _restored(office: Office) -> Work:
    async with office.store.writing() as tx:
        await tx.inbox.put([
            NewUpdate(update_id=9, chat_key="chat:1", kind="callback_query", received_at=NIGHT, payload="{}")
        ])  # fmt: skip
    now = NIGHT + timedelta(hours=2)
    return lambda: settle(office.store, now, {CAMPUS.id: CAMPUS})


async def _of_nothing(office: Office) -> Work:
    async with office.store.writing() as tx:
        await tx.wakes.replace("incident:none", [Wake(key="x", at=NIGHT, kind="unit")])
    return lambda: Scheduler(office.service, office.clock, safety=False)._serve()


async def _due_together(office: Office) -> Work:
    await office.clock.advance(timedelta(minutes=20))
    return lambda: office.service.wake_together({"incident:0001": "wake:incident:0001:1"}, ())


async def _poison(office: Office) -> Work:
    async def picky(raw: Any, _: Any) -> bool:
        if raw["update_id"] == 2:
            raise ValueError("poison")
        return True

    def message(number: int) -> dict[str, Any]:
        return {"update_id": number, "message": {"chat": {"id": number}}}

    return lambda: Intake(office.store, office.clock, picky).keep([message(1), message(2), message(3)])


async def _sent(office: Office) -> Work:
    async with office.store.writing() as tx:
        for row in await tx.outbox.claim(NIGHT + timedelta(minutes=1), 50):
            await tx.outbox.sent(row.id, 7, NIGHT)
    return lambda: seal_sent(office.store, NIGHT)


async def _unkept(office: Office) -> Work:
    await office.spoil("DELETE FROM plans")
    return lambda: check_plans(office.service)


async def _unserved(office: Office) -> Work:
    stuck = Stuck(
        update_id=3, telegram_id=2, name="赵校长", chat_id=2, title="", private=True, message_id=1, text="食堂起火",
        said_at=NIGHT, tells=True,
    )  # fmt: skip
    return lambda: rescue(office.service, stuck, ZeroDivisionError("a bug"))


async def _unread(office: Office) -> Work:
    return lambda: alarm_of_case(office.service, "incident:0001", UnknownPlan("x", []))


async def _put_off(office: Office) -> Work:
    async with office.store.writing() as tx:
        await tx.inbox.put([
            NewUpdate(update_id=9, chat_key="chat:1", kind="message", received_at=NIGHT, payload="{}")
        ])  # fmt: skip
        await tx.inbox.defer(9, "ZeroDivisionError()", NIGHT, NIGHT)

    async def handle(raw: Any, row: Any) -> None: ...

    return lambda: Processor(office.store, office.clock, handle)._revived()


def _what_a_stranger_said() -> Form:
    data = {
        "texts": ["食堂起火"], "evidence": [], "venue": "", "said_at": NIGHT.isoformat(), "message": 1,
        "until": (NIGHT + timedelta(minutes=2)).isoformat(), "known_as": ["said:private-head:1"],
    }  # fmt: skip
    return Form(place_id="private-head", person_id="head", kind=WHERE, data=data, at=NIGHT)


async def _said(office: Office) -> Work:
    form = _what_a_stranger_said()
    outgoing = OutgoingMessage(place_id="private-head", message=text_message("where_is_it"), notice="where_is_it")
    return lambda: keep(office.service, form, outgoing, cause="update:7", requester=Requester(person_id="head"))


async def _unplaced(office: Office) -> Work:
    await (await _said(office))()
    return lambda: unanswered(office.service, f"{STREAM}private-head:head")


async def _reads_twice(office: Office, ask: Ask, asked_at: datetime = NIGHT) -> Work:
    row = SecondReading(stream="incident:0001", sequence=1, asked_at=asked_at, at=asked_at)
    async with office.store.writing() as tx:
        await tx.second_readings.add([row])
    return SecondReader(office.store, office.service, office.clock, ask, "m")._turn


async def _read_twice(office: Office) -> Work:
    found = await office.service.incident("incident:0001")
    assert found is not None
    words = found[1].text

    async def ask(request: Any) -> bytes:
        number = next(item for item in numbers(words) if item.stated is not None)
        figure = {"fact": "missing", "number": number.stated, "span": words[number.start : number.end + 1]}
        content = json.dumps({"facts": [figure]})
        return json.dumps({"choices": [{"message": {"content": content}}]}).encode()

    return await _reads_twice(office, ask)


async def _not_read(office: Office) -> Work:
    async def ask(request: Any) -> bytes:
        raise NotRead("TimeoutError")

    return await _reads_twice(office, ask)


async def _too_late(office: Office) -> Work:
    async def ask(request: Any) -> bytes:
        raise AssertionError("it is too late to ask")

    return await _reads_twice(office, ask, NIGHT - timedelta(hours=1))


async def _counted(office: Office) -> Work:
    return lambda: keep_counted(office.service)


async def _a_screen(office: Office) -> Work:
    return lambda: wait(office.service, "10.0.0.7")


async def _looked(office: Office) -> Work:
    session = WebSession(
        id="s1", digest="d1", kind="person", person_id="head", jurisdictions=["某区"], address="10.0.0.7",
        created_at=NIGHT, until=NIGHT + timedelta(hours=1),
    )  # fmt: skip
    async with office.store.writing() as tx:
        await tx.web_sessions.open(session)
    access = Access(office.service, "https://board.example.org")
    return lambda: access._note_seen(session)


async def _heard(office: Office) -> Work:
    """A key is pressed about a report that nobody has taken; the gateway reports it until it is answered."""
    async with office.store.writing() as tx:
        [id] = await tx.outbox.enqueue([
            NewMessage(place_id="private-duty", priority=0, method=DIAL, payload={"channel": "c", "text": "x"},
                       stream="incident:0001", guard="incident:0001|unhandled", notice="duty_ring", not_before=NIGHT,
                       created_at=NIGHT, person_id="duty")
        ])  # fmt: skip
        await tx.outbox.drop(id, "told", NIGHT)
        await tx.voice_calls.save(
            VoiceCall(id="v1", person_id="duty", channel_id="c", rows=(id,), asked_at=NIGHT, until=NIGHT)
        )
    return lambda: hear(office.service, Reported(call="v1", event="key", digit="1"))


async def _read_a_calendar(office: Office) -> Work:
    link = FeedLink(digest="d1", kind="own", person_id="head", created_at=NIGHT)
    async with office.store.writing() as tx:
        await tx.feeds.add(link)
    return lambda: note_read(office.service, link)


TOKEN = ApiToken(
    id="t1", digest="d1", name="110平台", jurisdiction=CAMPUS.jurisdiction.name, plans=(CAMPUS.id,), scopes=("report",),
    units=(), rate=60, created_by="", created_at=NIGHT, until=NIGHT + timedelta(days=1),
)  # fmt: skip


async def _brought(office: Office) -> Work:
    """Another system brings a report, again and again under the same key until it is answered."""
    async with office.store.writing() as tx:
        await tx.api_tokens.add(TOKEN)

    async def work() -> None:
        body = {"text": "3时02分宿舍楼楼梯踩踏，4人受伤"}
        await api_requests.keep(
            office.service, "w1", [Asked(token="t1", secret="d1", key="k1", operation=REPORTS, about="", body=body)]
        )

    return work


class _Sink:
    """It takes everything."""

    async def post(self, url: str, headers: dict[str, str], body: bytes) -> Answered:
        return Answered(200)


async def _pushed(office: Office) -> Work:
    """Another system has taken what it was told."""
    by = By(None, Requester(), "allowed")
    await allow(office.service, by, CAMPUS.jurisdiction.name, "https://hook.example.cn/", [], allowed=PUBLIC)
    async with office.store.reading() as rx:
        [webhook] = await rx.webhooks.all()
    await send_test(office.service, By(None, Requester(), "test"), webhook.id)

    async def work() -> None:
        sender = WebhookSender(office.service, _Sink(), Random(1))
        await sender._turn()
        await asyncio.gather(*sender._air.tasks)
        await sender._turn()

    return work


async def _went_up(office: Office) -> Work:
    """A report goes up to another installation, which has it, and says that somebody has taken it."""
    seal, place = office.service.seal, CAMPUS.jurisdiction.name
    line = Line(
        id="l1", jurisdiction=place, place="晋城市", recipients=("晋城市教育局",), url="https://city.example.cn",
        key="k" * 32, token=seal.hidden("k" * 32, "tocsin_" + "a" * 43), offered_at=NIGHT, agreed_at=NIGHT,
    )  # fmt: skip
    async with office.store.writing() as tx:
        await tx.lines.add(line)
    up = Submit(line="l1", obligation="office-report", to=("晋城市教育局",), text="首报，受伤4人")
    step = Step(stream="incident:0001", command=up)
    done = await office.service.execute([step], cause="update:2", requester=Requester(person_id="duty"))
    assert done.refusal is None

    async def up_and_back() -> None:
        work = LineWork(office.service, _City(place="晋城市"), Random(1))
        for _ in range(3):
            await work._turn()
            await asyncio.gather(*work._air.values())

    return up_and_back


class _City:
    """Answers as the API does."""

    def __init__(self, place: str) -> None:
        self.place = place

    async def ask(self, method: str, url: str, headers: object, body: bytes = b"", most: int = 0) -> Answered:
        if url.endswith("/token"):
            said: dict[str, Any] = {"jurisdiction": self.place, "scopes": ["report"]}
        else:
            case = {"state": "reported", "number": 23, "taken": True, "taken_by": "郑值班"}
            said = {"id": "r1", "state": "recorded", "incident": case}
        return Answered(200, 0, json.dumps(said).encode())


async def _worked_off(office: Office) -> Work:
    await (await _brought(office))()
    return ApiWork(office.service, "w1")._turn


async def _cannot_be_worked_off(office: Office) -> Work:
    turn = await _worked_off(office)
    await office.spoil("UPDATE api_requests SET operation = 'nothing'")
    return turn


async def _rung_for(office: Office) -> Work:
    place, name = CAMPUS.jurisdiction.name, "110平台"
    return lambda: rescue_request(office.service, "r1", place, [CAMPUS.id], name, "起火", NIGHT, RuntimeError())


async def _read_by_another(office: Office) -> Work:
    await _brought(office)
    uses = [Use(token="t1", operation="listIncidents", about="", status=200, at=NIGHT)]
    return lambda: api_requests.use(office.service, uses)


WORK: dict[str, Callable[[Office], Awaitable[Work]]] = {
    "audit.derived": _astray, "audit.given-up": _stuck, "audit.told": _untold, "restore.messages": _restored,
    "restore.presses": _restored, "restore.reminders": _restored, "wake.of-nothing": _of_nothing,
    "service.wakes": _due_together, "form.kept": _said, "form.let-go": _unplaced,
    "intake.quarantined": _poison, "incident.erased": _erased, "person.erased": _forgotten,
    "messages.sealed": _sent,
    "plans.kept": _unkept, "service.rescue": _unserved, "service.rescue-clock": _unread, "update.revived": _put_off,
    "second-reading.settled": _read_twice, "second-reading.again": _not_read, "second-reading.given-up": _too_late,
    "statistics.counted": _counted,
    "voice.reported": _heard,
    "api.kept": _brought, "api.done": _worked_off, "api.again": _cannot_be_worked_off, "api.used": _read_by_another,
    "api.rescued": _rung_for,
    "webhook.turn": _pushed, "line.settled": _went_up, "line.heard": _went_up,
    "web.waiting": _a_screen, "web.seen": _looked, "web.feed-read": _read_a_calendar,
    "round.noted": _rounds, "checkpoint.sealed": _rounds, "retention.updates": _rounds, "retention.messages": _rounds,
}  # fmt: skip


async def outcome(store: Store) -> Any:
    """Return what a database has come to, the ids of chance left out."""
    left = await look(store)
    return (
        sorted((row.update_id or 0, row.state) for row in left.updates.values()),
        sorted((row.notice, row.place_id, row.state, row.ambiguous) for row in left.outbox),
        # Each order to erase stands in the log, also the one that is given twice; and so does each use of a token.
        {
            name: list(dict.fromkeys(entry.event for entry in entries))
            if name.startswith(("admin:", "token:"))
            else [entry.event for entry in entries]
            for name, entries in left.entries.items()
        },
        {name: [(row.key, row.at) for row in rows] for name, rows in left.wakes.items()},
        left.faults,
    )


async def lived(url: str, name: str, point: str) -> Any:
    """Let a piece of work die at a point, where one is given, and be done again; return what it comes to."""
    async with await open_store(url) as store:
        await town.settle(store, VirtualClock(NIGHT))
        office = Office(store)
        await town.report(office.service)
        work = await WORK[name](office)
        with Reaper() as reaper:
            if point:
                reaper.condemn({point: 1})
                with pytest.raises(Died):
                    await work()
                assert reaper.dead == point
                reaper.revive()
            await work()
            assert reaper.seen[f"{name}:written"]
    async with await open_store(url, read_only=True) as store:
        return await outcome(store)


@pytest.mark.parametrize("name", WORK)
async def test_work_that_died_and_is_done_again_comes_to_the_same(
    any_url: str, fresh: Any, name: str, quiet: None
) -> None:
    plain = await lived(any_url, name, "")
    for stage in ("written", "committed"):
        assert await lived(fresh(any_url), name, f"{name}:{stage}") == plain


async def test_a_lease_whose_holder_died_is_had_by_the_next(postgres_town_url: str) -> None:
    async with await open_store(postgres_town_url) as one, await open_store(postgres_town_url) as two:
        for point in [point for point in crash_points.POINTS if point.startswith("lease.")]:
            short = Shared(one, "one", ttl=timedelta(seconds=0.3), margin=timedelta(seconds=0.05))
            with Reaper() as reaper, suppress(Died):
                reaper.condemn({point: 1})
                async with short.held(point):
                    term = await short.acquire(point)
                    assert term is not None
                    await short.renew(term)
            assert reaper.dead == point
            async with (
                Shared(two, "two", ttl=timedelta(seconds=5), every=timedelta(seconds=0.05)).held(point) as lease,
                two.writing() as tx,
            ):
                await lease.fence(tx)


def test_every_point_is_died_at_somewhere() -> None:
    from tests.chaos import test_full_second, test_handovers
    from tests.chaos.test_deaths import APART, lived_through
    from tests.chaos.test_processes import SHARED

    handed_over = set(test_handovers.POINTS) - set(_names(lived_through()))
    apart = (*WORK, "lease.", *SHARED, *test_full_second.POINTS, *handed_over)
    elsewhere = {point for point in crash_points.POINTS if point.startswith(apart)}
    assert set(lived_through()) | elsewhere == set(crash_points.POINTS)
    assert not [name for name in APART if not any(point.startswith(name) for point in elsewhere)]


def _names(points: Iterable[str]) -> set[str]:
    """Return the names of commits and sends, without the moment before or after."""
    return {point.partition(":")[0] for point in points}
