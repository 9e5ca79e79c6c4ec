"""What goes up by reporting lines: into a case of the city's here, or by the API elsewhere; and what comes back."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.notifier.line import Never
from bot.notifier.webhook import Answered, Closed, Unanswered
from bot.office.line_ways import Here, Letter
from bot.office.reported import standing_of
from bot.operations.erasure import erase
from bot.sealed import Seal
from bot.sender.line_news import PAUSES
from bot.service import NewReport, Requester
from bot.service.actors import actor_of
from plans.incident.asking_back import AskBack
from plans.incident.closing import Reject
from plans.incident.corrections import Correct
from plans.incident.facts import Update
from plans.incident.filing import File
from plans.incident.judging import Verify
from plans.incident.merging import Merge
from plans.incident.seat import TakeHandling
from plans.incident.state import Incident
from plans.incident.submitting import Submit
from storage import crash_points
from storage.buttons import Button
from storage.lines import Line, LineCase
from tests.bot.two_offices import ABOVE, AT, BELOW, CITY, DISTRICT, TO, TOKEN, WORDS, Offices
from tests.chaos.deaths import Died

URL = "https://city.example.cn"


@pytest.fixture
async def offices() -> AsyncIterator[Offices]:
    async with Offices.open() as offices:
        yield offices


def figure(incident: Incident, fact: str) -> Any:
    value: Any = incident.claims[fact][-1].value
    return value.exact


async def last(offices: Offices, stream: str) -> Any:
    incident = await offices.incident(stream)
    return list(incident.submissions.values())[-1]


# --- within one installation


async def test_it_arrives_as_a_report_with_its_source_and_counts_when_it_is_taken(offices: Offices) -> None:
    await offices.joined()
    stream = await offices.report()
    await offices.submit(stream)
    await offices.carry(seconds=1)
    [case] = await offices.above()
    assert (case.jurisdiction, case.plan, case.drill) == (ABOVE, "jincheng-public-health", False)
    assert (case.reporter, case.informant) == (BELOW, f"{BELOW}1号（区教育局值班室）")
    assert (figure(case, "ill"), figure(case, "deaths"), case.place, case.text) == (30, 0, "实验小学食堂", WORDS)
    assert (await last(offices, stream)).state == "arrived" and not (await offices.incident(stream)).filings
    await offices.clock.advance(timedelta(minutes=1))
    await offices.as_("city", TakeHandling(), case.stream)
    await offices.carry(seconds=1)
    mine = await offices.incident(stream)
    [filing] = mine.filings
    assert (filing.recipient, filing.taker, filing.called_at) == ("晋城市教育局", "郑值班", AT)
    assert (await last(offices, stream)).number == case.number


async def test_later_ones_are_additions_a_correction_corrects_and_a_merger_is_followed(offices: Offices) -> None:
    await offices.joined()
    stream = await offices.report()
    await offices.submit(stream)
    await offices.carry(seconds=1)
    [case] = await offices.above()
    await offices.as_("city", TakeHandling(), case.stream)
    await offices.carry(seconds=1)
    await offices.as_("district", Verify(facts={"ill": 30, "deaths": 0}, event_level="较大"), stream)
    await offices.as_("district", File(report="首报", channel="电话"), stream)
    await offices.as_("district", Update(facts={"deaths": 2}, text="死亡2人"), stream)
    follow = next(
        item for item in (await offices.incident(stream)).open_instances if item.report == "续报" and not item.possible
    )
    await offices.submit(stream, follow.key, *[name for name in follow.to if name in TO][:1], text="死亡2人，续报")
    await offices.carry(seconds=1)
    assert len(await offices.above()) == 1 and figure((await offices.above())[0], "deaths") == 2
    await offices.as_("district", Correct(facts={"deaths": 1}, reason="重复计算"), stream)
    owed = next(item for item in (await offices.incident(stream)).open_instances if item.report == "更正")
    new = NewReport(plan_id=CITY.id, jurisdiction=ABOVE, text="同一起食物中毒", said_at=offices.clock.now())
    other = await offices.as_("city", new)
    await offices.as_("city", Merge(into=other.streams[0], number=2), case.stream)
    await offices.submit(stream, owed.key, *[name for name in owed.to if name in TO], text="更正：死亡1人")
    await offices.carry(minutes=3)
    merged = await offices.incident(other.streams[0])
    assert [item.event.text for item in merged.events if hasattr(item.event, "text")][-1] == "更正：死亡1人"
    assert (await last(offices, stream)).state == "taken"
    assert (await offices.incident(stream)).superiors[ABOVE, 1].merged == merged.number


async def test_questions_level_end_and_rejection_come_back_and_nothing_else_does(offices: Offices) -> None:
    await offices.joined()
    stream = await offices.report()
    await offices.submit(stream)
    await offices.carry(seconds=1)
    [case] = await offices.above()
    await offices.as_("city", Update(facts={"ill": 44}, text="市疾控中心：发病44人，转移12人"), case.stream)
    await offices.as_("city", AskBack(question="发病学生几年级"), case.stream)
    await offices.carry(seconds=1)
    mine = await offices.incident(stream)
    [request] = mine.requests
    assert (request.recipient, request.question) == ("晋城市教育局", "发病学生几年级")
    await offices.as_("city", Reject(reason="市疾控中心排除"), case.stream)
    await offices.carry(seconds=1)
    mine = await offices.incident(stream)
    assert mine.superiors[ABOVE, 1].course == "rejected" and figure(mine, "ill") == 30
    async with offices.store.reading() as rx:
        said = [entry.payload for entry in await rx.journal.load(stream)]
        words = [row.payload for row in await rx.outbox.waiting() if row.stream == stream]
    for secret in ("44人", "疾控", "排除", "转移"):
        assert secret not in json.dumps(said, ensure_ascii=False) and secret not in str(words)


async def test_nobody_of_one_side_reads_the_case_of_the_other(offices: Offices) -> None:
    await offices.joined()
    stream = await offices.report()
    await offices.submit(stream)
    await offices.carry(seconds=1)
    [case] = await offices.above()
    for who, log in (
        ("district", case.stream),
        ("city", stream),
        ("district-admin", case.stream),
        ("city-admin", stream),
    ):
        for command in (
            Update(facts={"deaths": 9}, text="9人"),
            TakeHandling(),
            AskBack(question="?"),
            Reject(reason="无"),
        ):
            result = await offices.as_(who, command, log)
            assert result.refusal is not None, (who, command)
    elsewhere = await offices.as_(
        "city", Submit(line="l1", obligation="office-report", to=("晋城市教育局",), text="…"), stream
    )
    assert elsewhere.refusal is not None


async def test_a_line_is_the_jurisdictions_own_and_stands_for_nobody_elsewhere(offices: Offices) -> None:
    await offices.joined()
    new = NewReport(plan_id=CITY.id, jurisdiction=ABOVE, text="市一中20人发热", said_at=offices.clock.now())
    stream = (await offices.as_("city", new)).streams[0]
    owed = next(item for item in (await offices.incident(stream)).open_instances if "市委" in item.to)
    command = Submit(line="l1", obligation=owed.key, to=("市委",), text="首报")
    refusal = (await offices.as_("city", command, stream)).refusal
    assert refusal is not None and refusal.key == "line_over", "it is the district's"
    async with offices.store.reading() as rx:
        below = Requester(via="platform", platform="line:l1")
        for place, plan, tells in ((ABOVE, CITY, True), (BELOW, DISTRICT, False)):
            actor = await actor_of(rx, below, place, plan, frozenset())
            assert (bool(actor.roles), actor.name) == (tells, BELOW if tells else "")
    assert await standing_of(offices.service, stream, "platform:line:l1") is None, "of another's case nothing is said"
    assert await standing_of(offices.service, stream, offices.people["city"].id) is not None


async def test_whoever_ends_a_line_while_a_report_is_on_its_way_has_ended_it(offices: Offices) -> None:
    line = await offices.joined()
    stream = await offices.report()
    await offices.submit(stream)
    async with offices.store.reading() as rx:
        [row] = await rx.submissions.due(AT, 10)
    async with offices.store.writing() as tx:
        await tx.lines.change("l1", ended_at=AT)
    with pytest.raises(Never, match="over"):
        await Here(offices.service).bring(Letter(line=line, row=row))
    assert await offices.above() == []


async def test_what_changed_while_nobody_knew_whether_it_was_heard_is_heard(
    file_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with Offices.open(file_url) as offices:
        await offices.joined()
        stream = await offices.report()
        await offices.submit(stream)
        await offices.carry(seconds=1)
        [case] = await offices.above()
        await offices.as_("city", TakeHandling(), case.stream)

        def armed(name: str) -> None:
            if name == "line.heard:written":
                raise Died(name)

        with pytest.MonkeyPatch.context() as patch, pytest.raises(Died):
            patch.setattr(crash_points, "armed", armed)
            await offices.carry(seconds=1)
        await offices.reopen()
        await offices.as_("city", AskBack(question="几年级"), case.stream)
        await offices.carry(minutes=2)
        assert [item.question for item in (await offices.incident(stream)).requests] == ["几年级"]


async def test_a_drill_stays_one(offices: Offices) -> None:
    await offices.joined()
    stream = await offices.report(drill=True)
    await offices.submit(stream)
    await offices.carry(seconds=1)
    [case] = await offices.above()
    assert case.drill and case.number == 1
    real = await offices.report("另一起：实验中学2人呕吐，疑似食物中毒")
    await offices.submit(real)
    await offices.carry(seconds=1)
    assert sorted((item.drill, item.number) for item in await offices.above()) == [(False, 1), (True, 1)]


@pytest.mark.parametrize("when", ["before", "after"])
async def test_a_line_that_ended_carries_nothing_and_the_seat_is_told(offices: Offices, when: str) -> None:
    await offices.joined()
    stream = await offices.report()
    if when == "after":
        await offices.submit(stream)
    async with offices.store.writing() as tx:
        await tx.lines.change("l1", ended_at=AT)
    if when == "before":
        refusal = (await offices.submit(stream)).refusal
        assert refusal is not None and refusal.key == "line_over"
        return
    await offices.carry(seconds=1)
    assert (await last(offices, stream)).why == "ended" and not await offices.above()
    async with offices.store.reading() as rx:
        assert "submission_failed" in [row.notice for row in await rx.outbox.waiting()]
        assert await rx.submissions.standing() == {"l1": (0, 1)}


async def test_where_nobody_reads_it_is_not_left_lying(offices: Offices) -> None:
    await offices.joined()
    stream = await offices.report()
    async with offices.store.writing() as tx:
        for place in await tx.places.bound(ABOVE, "jincheng-public-health", "command"):
            await tx.places.unbind(place.id, "jincheng-public-health")
        for item in await tx.people.holdings(offices.people["city"].id):
            await tx.people.revoke(item.id, AT)
    await offices.submit(stream)
    await offices.carry(seconds=1)
    assert (await last(offices, stream)).why == "nobody"


async def test_what_is_filed_by_telephone_meanwhile_is_not_filed_again(offices: Offices) -> None:
    await offices.joined()
    stream = await offices.report()
    await offices.submit(stream)
    await offices.as_("district", File(report="首报", channel="电话", to=("晋城市教育局",)), stream)
    await offices.carry(seconds=1)
    [case] = await offices.above()
    await offices.as_("city", TakeHandling(), case.stream)
    await offices.carry(seconds=1)
    assert len((await offices.incident(stream)).filings) == 1 and (await last(offices, stream)).state == "taken"


POINTS = tuple(
    f"{name}:{stage}"
    for name in ("line.settled", "line.heard", "service.command")
    for stage in ("written", "committed")
)


@pytest.mark.parametrize("point", POINTS)
@pytest.mark.parametrize("nth", [1, 2])
async def test_whoever_dies_in_the_middle_has_brought_it_once_and_heard_it_once(
    file_url: str, point: str, nth: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with Offices.open(file_url) as offices:
        await offices.joined()
        stream = await offices.report()
        await offices.submit(stream)
        await offices.submit(stream, "first-written", "市委", text="书面首报")
        left = [nth]

        def armed(name: str) -> None:
            if name == point:
                left[0] -= 1
                if left[0] == 0:
                    raise Died(name)

        async def carried() -> None:
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(crash_points, "armed", armed)
                try:
                    await offices.carry(seconds=3)
                except Died:
                    await offices.reopen()
            await offices.carry(minutes=2)

        await carried()
        [case] = await offices.above()
        await offices.as_("city", TakeHandling(), case.stream)
        await carried()
        assert left[0] <= 0, "it did die"
        mine = await offices.incident(stream)
        names = [item.event.NAME for item in mine.events]
        assert (names.count("submission-arrived"), names.count("submission-taken")) == (2, 2)
        assert sorted(filing.recipient for filing in mine.filings) == ["市委", "晋城市教育局"]
        [case] = await offices.above()
        assert [item.event.NAME for item in case.events].count("facts-stated") == 1


# --- to another installation


def told(state: str = "recorded", id: str = "r1", **incident: Any) -> Answered:
    case = {
        "id": "9", "number": 23, "year": 2026, "drill": False, "plan": "p", "state": "reported", "taken": False,
        "ring": False, "duty_line": "0356-2020119", "merged_into": None, "taken_at": None, "taken_by": None,
        "response_level": None, "ended": False, "questions": [], **incident,
    }  # fmt: skip
    said = {"id": id, "state": state, "received_at": "2026-03-02T02:20:00+00:00", "detail": None}
    body = {**said, "incident": None if state == "kept" else case}
    return Answered(202 if state == "kept" else 201, 0, json.dumps(body, ensure_ascii=False).encode())


MINE = Answered(200, 0, json.dumps({"jurisdiction": ABOVE, "scopes": ["report"]}).encode())


async def remote(offices: Offices, *answers: Any) -> str:
    await offices.joined(url=URL)
    stream = await offices.report()
    await offices.submit(stream)
    offices.network.answers += answers
    return stream


async def test_it_goes_by_the_api_under_its_key_and_is_asked_for_until_it_is_taken(offices: Offices) -> None:
    stream = await remote(
        offices,
        MINE,
        told("kept"),
        told(),
        told(),
        told(taken=True, taken_at="2026-03-02T02:20:09+00:00", taken_by="郑值班"),
    )
    await offices.carry(seconds=30)
    mine = await offices.incident(stream)
    assert (await last(offices, stream)).state == "taken" and mine.filings[0].taker == "郑值班"
    methods = [(method, url.removeprefix(URL)) for method, url, _, _ in offices.network.asked]
    assert methods[:3] == [("GET", "/api/v1/token"), ("POST", "/api/v1/reports"), ("GET", "/api/v1/reports/r1")]
    _, _, headers, body = offices.network.asked[1]
    assert headers["Authorization"] == f"Bearer {TOKEN}" and headers["Idempotency-Key"].startswith(stream)
    sent = json.loads(body)
    assert set(sent) == {"text", "informant", "place", "occurred_at", "facts", "route"}
    assert sent["facts"] == {"deaths": 0, "ill": 30} and sent["route"] == [BELOW]


def odd(**case: Any) -> tuple[int, int, bytes]:
    return 201, 0, json.dumps({"id": "r1", "state": "recorded", "incident": case}).encode()


LIES = [
    (200, 0, b""), (200, 0, b"[]"), (201, 0, b"{}"), (201, 0, b'{"id": 7, "state": "recorded", "incident": null}'),
    (201, 0, b'{"id": "../../token", "state": "kept", "incident": null}'), (302, 0, b""), (204, 0, b""), (100, 0, b""),
    (201, 0, b"{" * 70_000), odd(state="fine"), odd(state="closed", number=-1, taken=True),
    odd(state="closed", number=1, taken="yes"), odd(state="closed", number=1, taken=True, questions=[{}]),
    (302, 0, b'{"id": "r1", "state": "kept", "incident": null}'),
    (500, 0, b""), (429, 7, b""), (503, 0, b"<html>"), Unanswered("TimeoutError"), Closed("not a public address"),
]  # fmt: skip


@pytest.mark.parametrize("lie", LIES, ids=range(len(LIES)))
async def test_whoever_is_slow_or_lies_is_asked_again_under_the_same_key(offices: Offices, lie: Any) -> None:
    stream = await remote(offices, MINE, lie, lie, told())
    await offices.carry(seconds=40)
    item = await last(offices, stream)
    assert (item.state, item.number) == ("arrived", 23), "no lie was believed"
    keys = {headers.get("Idempotency-Key") for method, _, headers, _ in offices.network.asked if method == "POST"}
    assert len(keys) == 1 and str(keys.pop()).startswith(f"{stream}:{item.sequence}:")


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        ([(401, 0, b"")], "token"),
        ([(403, 0, b"")], "token"),
        ([(200, 0, json.dumps({"jurisdiction": ABOVE, "scopes": ["read"]}).encode())], "token"),
        ([(200, 0, json.dumps({"jurisdiction": "阳泉市", "scopes": ["report"]}).encode())], "place"),
        ([MINE, (401, 0, b"")], "token"),
        ([MINE, (422, 0, b'{"code": "refused"}')], "refused"),
        ([MINE, (409, 0, b'{"code": "nobody"}')], "nobody"),
        ([MINE, (404, 0, b"")], "refused"),
        ([MINE, told("refused")], "refused"),
    ],
)
async def test_what_never_will_be_taken_is_given_up_at_once_and_the_seat_rings(
    offices: Offices, answers: Any, why: str
) -> None:
    stream = await remote(offices, *answers)
    await offices.carry(seconds=5)
    assert (await last(offices, stream)).why == why
    async with offices.store.reading() as rx:
        assert "submission_failed" in [row.notice for row in await rx.outbox.waiting()]
        [letter] = await rx.submissions.dead_letters(10)
        line = await rx.lines.get("l1")
    assert line is not None and line.error == letter.error and TOKEN not in letter.error


async def test_words_of_the_other_side_are_cleaned_and_bounded_before_anybody_reads_them(offices: Offices) -> None:
    asked = {"id": "5", "at": "0001-01-01T00:00:00+00:00", "text": "几年级\x00\u202e？" + "长" * 5000}
    lie = told(
        taken=True, taken_by="郑\x07值班", duty_line="<b>9001234567</b>", response_level="Ⅰ\x00级",
        questions=[asked] * 3, taken_at="2999-01-01T00:00:00+00:00",
    )  # fmt: skip
    stream = await remote(offices, MINE, lie, lie)
    await offices.carry(seconds=2)
    mine = await offices.incident(stream)
    item = await last(offices, stream)
    assert (item.phone, item.taker, mine.superiors[ABOVE, 23].level) == ("", "郑值班", "Ⅰ级")
    [request] = mine.requests
    assert request.question.startswith("几年级？长") and len(request.question) <= 500
    assert AT <= request.requested_at <= offices.clock.now() and item.taken_at <= offices.clock.now()


async def test_an_erased_case_keeps_no_words_that_went_up(offices: Offices) -> None:
    await offices.joined()
    stream = await offices.report()
    await offices.submit(stream)
    await offices.carry(seconds=1)
    button = Button(
        id="b1", stream=stream, object="crossing:office-report:1:1", revision=1, action="submit",
        args={"text": WORDS}, audience="", created_at=AT,
    )  # fmt: skip
    async with offices.store.writing() as tx:
        await tx.buttons.find_or_create(button)
    await offices.as_("district", Reject(reason="误报"), stream)
    await erase(offices.store, stream, by="孙管理", reason="本人要求", now=AT, folder=Path("none"))
    assert (await offices.incident(stream)).submissions and await offices.store_of_rows() == []
    async with offices.store.reading() as rx:
        said = str([entry.payload for entry in await rx.journal.load(stream)])
        kept = await rx.buttons.get("b1")
    assert WORDS not in said and kept is not None and (kept.args, kept.closed_at) == ({}, AT)


async def test_one_that_is_dead_is_tried_for_a_day_and_then_given_up(offices: Offices) -> None:
    stream = await remote(offices)
    await offices.carry(days=2)
    assert (await last(offices, stream)).why == "silent"
    assert len(offices.network.asked) == len(PAUSES) + 1
    assert sum(PAUSES, timedelta()) > timedelta(hours=20)


async def test_what_the_other_side_has_forgotten_goes_up_as_a_report_anew(offices: Offices) -> None:
    stream = await remote(offices, MINE, told(), told(taken=True))
    await offices.carry(seconds=2)
    offices.network.answers = [(404, 0, b""), told()]
    await offices.submit(stream, "first-written", "市委", text="书面首报")
    await offices.carry(seconds=2)
    posts = [(url, headers["Idempotency-Key"]) for method, url, headers, _ in offices.network.asked if method == "POST"]
    assert posts[-2][0].endswith("/reports/r1/updates") and posts[-1][0].endswith("/reports")
    assert posts[-1][1] == f"{posts[-2][1]}:anew"


async def test_however_many_wait_to_be_heard_another_installation_is_not_asked_more_often_than_its_token_may(
    offices: Offices,
) -> None:
    """Sixty looks a minute, each case in its turn; what goes up meanwhile waits for none of them."""
    await offices.joined(url=URL)
    async with offices.store.writing() as tx:
        for number in range(40):
            case = LineCase(line_id="l1", stream=f"incident:{number}", reference=f"c{number}", since=AT, at=AT)
            await tx.lines.keep_case(case)
    stream = await offices.report()
    await offices.submit(stream)

    async def ask(method: str, url: str, headers: Any, body: bytes = b"", most: int = 0) -> Any:
        offices.network.asked.append((method, url, headers, body))
        return MINE if url.endswith("/token") else told(id=url.rpartition("/")[2] if method == "GET" else "r1")

    offices.network.ask = ask  # type: ignore[method-assign]
    await offices.carry(seconds=4)
    assert (await last(offices, stream)).state == "arrived"
    assert len([url for method, url, _, _ in offices.network.asked if "/reports/" in url]) == 5
    await offices.carry(seconds=56)
    looks = [url for method, url, _, _ in offices.network.asked if "/reports/" in url]
    assert 55 <= len(looks) <= 65 and len(set(looks)) == 41, "each had its turn"


async def test_a_token_that_cannot_be_read_any_more_is_said_and_never_sent(offices: Offices) -> None:
    stream = await remote(offices)
    offices.service.seal = Seal("2:another-bot")
    await offices.carry(seconds=2)
    assert (await last(offices, stream)).why == "token" and not offices.network.asked


async def test_a_line_that_does_not_answer_keeps_no_other_waiting(offices: Offices) -> None:
    dead = await remote(offices)
    other = Line(id="l2", jurisdiction=BELOW, place="晋城市", recipients=("市委",), offered_at=AT, agreed_at=AT)
    async with offices.store.writing() as tx:
        await tx.lines.add(other)
    await offices.submit(dead, "first-written", "市委", line="l2")
    await offices.carry(seconds=1)
    assert [item.state for item in (await offices.incident(dead)).submissions.values()] == ["sent", "arrived"]


def test_a_token_is_stored_so_that_it_can_be_read_with_the_bots_own_alone() -> None:
    seal = Seal("1:one")
    number, again = seal.new_key(), seal.new_key()
    stored = seal.hidden(number, TOKEN)
    assert TOKEN not in stored and TOKEN.encode().hex() not in stored
    assert seal.shown(number, stored) == TOKEN and seal.hidden(again, TOKEN) != stored
    assert Seal("1:two").shown(number, stored) is None and seal.shown(again, stored) is None
