"""Reports by the API: recorded before they are answered, once for their key, like a message; and the seat is rung."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.office import api_work
from bot.office.api_requests import Asked, keep
from bot.office.api_tokens import PREFIX
from bot.web.api import gate
from plans.incident.state import Incident
from plans.values import Interval
from storage.errors import Unavailable
from tests.bot.web.api.asking import BASE, Platform, asking, platform, token_of
from tests.journeys.world import STAMPEDE, Forgiven, Town

WORDS = {"text": STAMPEDE, "informant": "何老师 0356-2250123"}


@pytest.fixture
async def town() -> AsyncIterator[Town]:
    async with Town.open(board=BASE) as town:
        yield town


@pytest.fixture
async def nobody(town: Town) -> AsyncIterator[Platform]:
    async with asking(town) as nobody:
        yield nobody


def injured(case: Incident) -> float | None:
    value = case.claims["injuries"][-1].value
    assert isinstance(value, Interval)
    return value.at_least


async def entries(town: Town, kind: str) -> list[tuple[str, Any]]:
    async with town.open_store.reading() as rx:
        streams = [name for name in await rx.journal.heads() if name.startswith(f"{kind}:")]
        return [(item.event, item.payload) for name in streams for item in await rx.journal.load(name)]


async def test_a_report_is_recorded_rings_the_seat_and_says_who_brought_it(town: Town, nobody: Platform) -> None:
    police = await platform(town, nobody, "report")
    answer = await police.createReport(body=WORDS)
    assert (answer.status, answer["state"], answer["incident"]["number"]) == (201, "recorded", 1)
    assert answer.headers["Location"] == f"/api/v1/reports/{answer['id']}" and answer["incident"]["duty_line"]
    await town.settle()
    assert "110平台转来，何老师 0356-2250123" in town.sees(town.duty, "待接报").text
    case = await town.incident()
    assert (case.reporter, case.source, case.reporter_id[:9]) == ("110平台", "reporter", "platform:")
    assert injured(case) == 4
    answer = await police.getReport(id=answer["id"])
    assert (answer["incident"]["taken"], answer["incident"]["ring"]) == (False, False)
    await town.advance(minutes=3)
    assert (await police.getReport(id=answer["id"]))["incident"]["ring"], "nobody took it: it is to be rung"
    await town.press(town.duty, "我来处理")
    answer = await police.getReport(id=answer["id"])
    assert (answer["incident"]["taken"], answer["incident"]["ring"]) == (True, False)
    more = await police.updateReport(id=answer["id"], body={"text": "又发现2名学生受伤", "facts": {"deaths": 0}})
    assert more.status == 201 and injured(await town.incident()) == 6
    used = [use["operation"] for event, payload in await entries(town, "token") for use in payload["uses"]]
    assert used == ["createReport", "getReport", "getReport", "getReport", "updateReport"]


async def test_the_same_key_is_one_report_and_other_words_under_it_are_refused(town: Town, nobody: Platform) -> None:
    police = await platform(town, nobody, "report")
    answers = await asyncio.gather(*(police.createReport(body=WORDS, key="20260301-17") for _ in range(8)))
    assert {answer.status for answer in answers} == {201}
    assert len({str(answer.data) for answer in answers}) == 1
    assert sorted(answer.headers.get("Idempotency-Replayed", "") for answer in answers) == ["", *["true"] * 7]
    other = await police.createReport(body={**WORDS, "informant": "别人"}, key="20260301-17")
    assert (other.status, other["code"]) == (422, "key-reused")
    fire = await platform(town, nobody, "report", name="119平台")
    assert (await fire.createReport(body={"text": "实验中学实验室起火"}, key="20260301-17"))["incident"]["number"] == 2
    assert [event for event, _ in await entries(town, "incident")].count("reported") == 2


async def test_many_are_kept_at_once_each_under_its_own_key(town: Town, nobody: Platform) -> None:
    police = await platform(town, nobody, "report", rate=40)
    first = await police.createReport(body={"text": "实验中学实验室起火"}, key="a")
    told = (("a", "实验中学实验室起火"), ("b", STAMPEDE), ("b", "另一件"))
    brought = [{"key": key, "text": text} for key, text in told]
    answer = await police.createReports(body={"reports": brought})
    assert answer.status == 202 and [item["key"] for item in answer["items"]] == ["a", "b", "b"]
    assert [item["state"] for item in answer["items"]] == ["recorded", "kept", "key-reused"]
    assert (answer["items"][0]["id"], answer["items"][2]["id"]) == (first["id"], None)
    await town.settle()
    assert (await police.getReport(id=answer["items"][1]["id"]))["incident"]["number"] == 2
    one = await police.createReport(body={"text": STAMPEDE}, key="b")
    assert (one.status, one["id"]) == (201, answer["items"][1]["id"]), "a key is a key, whichever way it comes"
    wrong = await police.createReports(body={"reports": [{"key": "c", "text": "起火"}, {"key": "d", "text": " "}]})
    assert (wrong.status, wrong["errors"][0]["at"]) == (422, "reports.1.text")
    wrong = await police.createReports(body={"reports": [{"key": "c", "text": "起火", "facts": {"nothing": 1}}]})
    assert (wrong.status, wrong["errors"][0]["at"]) == (422, "reports.0.facts.nothing")
    many = [{"key": f"m{number}", "text": "起火"} for number in range(30)]
    assert [(await police.createReports(body={"reports": many[:size]})).status for size in (3, 30)] == [202, 429]
    await town.settle()


async def test_what_was_kept_is_worked_off_after_a_death(any_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As after one right behind the commit: the next process takes it up, and the same key finds it."""

    async def dead(self: api_work.ApiWork) -> None:
        return None

    async with Town.open(any_url, board=BASE) as town:
        token, secret = await token_of(town, "report")
        assert town.program is not None
        turn = api_work.ApiWork._turn
        monkeypatch.setattr(api_work.ApiWork, "_turn", dead)
        body = {"text": STAMPEDE}
        asked = Asked(token=token.id, secret=token.digest, key="k1", operation="createReport", about="", body=body)
        await keep(town.program.service, "a process that died", [asked])
        assert asked.row is not None
        async with asking(town) as nobody:
            waits = await replace(nobody, secret=secret).getReport(id=asked.row.id)
            assert (waits["state"], waits["incident"]) == ("kept", None)
        monkeypatch.setattr(api_work.ApiWork, "_turn", turn)
        await town.restart()
        await town.advance(seconds=31 if town.open_store.postgres else 0)
        async with asking(town) as nobody:
            answer = await replace(nobody, secret=secret).createReport(body={"text": STAMPEDE}, key="k1")
        assert (answer.status, answer["incident"]["number"], answer["id"]) == (201, 1, asked.row.id)
        async with town.open_store.reading() as rx:
            row = await rx.api_requests.get(asked.row.id)
        assert row is not None and row.body is None, "its words stand in the journal alone"


async def test_what_cannot_be_worked_off_rings_and_is_tried_until_it_can(
    town: Town, nobody: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    police = await platform(town, nobody, "report")
    works = api_work.WORK[api_work.REPORTS]

    async def fails(*_: Any) -> dict[str, Any]:
        raise RuntimeError("broken")

    monkeypatch.setitem(api_work.WORK, api_work.REPORTS, fails)
    assert town.program is not None
    town.forgiven = Forgiven(logs=("api.not_worked_off",))
    answer = await police.createReport(body=WORDS, key="k1")
    assert (answer.status, answer["state"]) == (202, "kept")
    await town.advance(minutes=1, seconds=1)
    assert "110平台" in town.sees(town.duty, STAMPEDE).text
    monkeypatch.setitem(api_work.WORK, api_work.REPORTS, works)
    await town.advance(minutes=2)
    answer = await police.createReport(body=WORDS, key="k1")
    assert (answer.status, answer["incident"]["number"]) == (201, 1)


async def test_nothing_is_kept_of_what_is_refused(
    town: Town, nobody: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    police, reader = await platform(town, nobody, "report"), await platform(town, nobody, "read")
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"text": "  "}, "text"), ({}, "text"), ({"text": "x" * 4097}, "text"), ({"text": "火\x00灾"}, "text"),
        ({"text": "起火", "plan": "linan-campus"}, "plan"), ({"text": "起火", "category": "nothing"}, "category"),
        ({"text": "起火", "facts": {"nothing": 1}}, "facts.nothing"),
        ({"text": "起火", "facts": {"deaths": True}}, "facts.deaths"),
        ({"text": "起火", "facts": {"deaths": -1}}, "facts.deaths"), ({"text": "起火", "level": "Ⅰ"}, "level"),
        ({"text": "起火", "occurred_at": "2026-03-01T19:00:00"}, "occurred_at"),
    ]  # fmt: skip
    for body, where in wrong:
        answer = await police.createReport(body=body, checked=False)
        assert (answer.status, answer["code"]) == (422, "not-valid"), body
        assert where in [item["at"] for item in answer["errors"]], answer
    assert (await police.createReport(body=b"{")).status == 400
    assert (await police.createReport(body=b"[" * 50_000)).status == 400
    assert (await police.createReport(body=b'"' + b"x" * 600_000 + b'"')).status == 413
    assert (await police.createReport(body=WORDS, kind="text/plain")).status == 415
    path, sent = "/api/v1/reports", {"Content-Type": "application/json"}
    for key in ({}, {"Idempotency-Key": ""}, {"Idempotency-Key": "x" * 129}, {"Idempotency-Key": "a b"}):
        answer = await police.ask("POST", path, headers=sent | key, json=None, data=b"{}")
        assert (answer.status, answer["code"]) == (400, "no-key"), key
    assert (await reader.createReport(body=WORDS)).status == 403
    assert (await nobody.createReport(body=WORDS)).status == 401

    async def full(*_: Any) -> None:
        raise Unavailable("full")

    monkeypatch.setattr("bot.office.api_requests._keep", full)
    town.forgiven = Forgiven(logs=("api.not_kept",))
    answer = await police.createReport(body=WORDS)
    assert (answer.status, answer["code"]) == (503, "later")
    assert await entries(town, "incident") == []
    assert PREFIX not in str(town.log)


async def test_too_many_are_told_when_to_come_again(town: Town, nobody: Platform) -> None:
    police = await platform(town, nobody, "report", rate=2)
    assert [(await police.getToken()).status for _ in range(3)] == [200, 200, 429]
    answer = await police.createReport(body=WORDS)
    assert answer.status == 429 and 0 < int(answer.headers["Retry-After"]) <= 60
    await town.clock.advance(timedelta(minutes=1))
    assert (await police.createReport(body=WORDS)).status == 201
    guessing = Platform(nobody.port, nobody.document, nobody.session, f"{PREFIX}{'x' * 44}", "10.7.0.9")
    statuses = [(await guessing.getToken()).status for _ in range(31)]
    assert statuses == [401] * 30 + [429]
    police.address = "10.7.0.9"
    assert (await police.getToken()).status == 429, "whoever guesses is heard no more from there"


async def test_whoever_guesses_tokens_from_many_addresses_shuts_out_no_system_that_has_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(gate, "GUESSES", (3, 6))
    async with Town.open(board=BASE) as town, asking(town) as nobody:
        police = await platform(town, nobody, "report")
        police.address = "10.7.9.1"
        assert (await police.getToken()).status == 200
        said = []
        for number in range(4):
            thief = replace(nobody, secret=PREFIX + "x" * 44, address=f"10.7.8.{number}")
            said += [(await thief.getToken()).status for _ in range(3)]
        assert said == [401] * 6 + [401, 401, 429] * 2
        fire = await platform(town, nobody, "report", name="119平台")
        fire.address = "10.7.9.2"
        assert (await fire.getToken()).status == 200, "who has not been heard before comes in as well"
        assert (await police.createReport(body=WORDS)).status == 201
        assert (await police.getToken()).status == 200
        await town.clock.advance(timedelta(minutes=1))
        assert (await thief.getToken()).status == 401


async def test_whoever_reported_hears_what_became_of_it_and_what_to_verify(town: Town, nobody: Platform) -> None:
    district = await platform(town, nobody, "report", name="邻区")
    answer = await district.createReport(body={**WORDS, "place": "实验小学东校区", "drill": False})
    case = await town.incident()
    assert case.place == "实验小学东校区", "what is stated beside the words counts"
    await town.press(town.duty, "我来处理")
    await town.say(town.duty, town.bot, "/askback 伤员的年级和人数")
    heard = (await district.getReport(id=answer["id"]))["incident"]
    assert (heard["taken_by"], heard["response_level"], heard["ended"]) == ("李值班", None, False) and heard["taken_at"]
    assert [item["text"] for item in heard["questions"]] == ["伤员的年级和人数"]
    await town.press(town.duty, "需区里组织 → Ⅱ")
    await town.press(town.deputy, "启动Ⅱ级")
    await town.press(town.deputy, "确认宣布")
    assert (await district.getReport(id=answer["id"]))["incident"]["response_level"] == "Ⅱ"
    other = await platform(town, nobody, "report", name="119平台")
    assert (await other.getReport(id=answer["id"])).status == 404
    await town.say(town.duty, town.bot, "/update 1 死亡2人")
    body = {"text": "死亡1人", "facts": {"deaths": 1}}
    assert (await district.updateReport(id=answer["id"], body=body))["refusal"] == "deaths_fall", "it may be a slip"
    assert (await district.updateReport(id=answer["id"], body={**body, "correction": True})).status == 201
    value = (await town.incident()).claims["deaths"][-1].value
    assert isinstance(value, Interval) and value.at_least == 1, "by a correction it may fall"
    await town.settle()


async def test_what_is_said_anew_of_a_report_goes_to_the_case_that_it_went_into(town: Town, nobody: Platform) -> None:
    police = await platform(town, nobody, "report")
    first = await police.createReport(body=WORDS)
    await town.say(town.head, town.bot, "实验小学宿舍楼踩踏，4名学生受伤")
    await town.say(town.duty, town.bot, "/merge 1 2")
    heard = (await police.getReport(id=first["id"]))["incident"]
    assert (heard["state"], heard["merged_into"], heard["taken"]) == ("merged", 2, True)
    assert (await police.updateReport(id=first["id"], body={"text": "又发现3名学生受伤"})).status == 201
    await town.settle()
    assert "又发现3名学生受伤" in [getattr(item.event, "text", "") for item in (await town.incident(2)).events]
    drill = await police.createReport(body={"text": "实验中学起火", "drill": True}, key="drill")
    assert (drill["incident"]["drill"], drill["incident"]["number"]) == (True, 1)
    await town.settle()
