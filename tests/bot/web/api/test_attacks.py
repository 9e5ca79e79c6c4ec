"""Every operation with every kind of token, in two jurisdictions: what is answered, and nothing in it that is not his.

The operations are those that are registered: a new one fails here by its name until it has a row.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.office.api_tokens import PREFIX
from bot.office.api_wanted import EVERY_SCOPE
from bot.operations.persons import erase
from bot.playground import Person
from bot.web.api.routes import OPERATIONS
from tests.bot.web.api.asking import Answer, Platform, asking, token_of
from tests.bot.web.test_access_table import MARKS, Cast, _cases
from tests.handlers.looking import BASE
from tests.handlers.test_two_jurisdictions import CITY, WATER, both
from tests.journeys.world import JURISDICTION, PLAN, UNITS, Town

OF_A, OF_B = {"A1", "A2"}, {"B1"}
PERSONS = {"roster A", "roster B", "a mobile"}


@dataclass(frozen=True)
class Row:
    """What is answered to a token that has the scope.

    Attributes:
        own: of the jurisdiction. other: of another, about what is not its; None where nothing is named by the request.
        empty: to a token whose plan is not in force.
    """

    own: int
    other: int | None = None
    empty: int = 200


ROWS = {
    "getToken": Row(200),
    "createReport": Row(201, empty=409),
    "createReports": Row(202, empty=409),
    "getReport": Row(200, 404, 404),
    "updateReport": Row(201, 404, 404),
    "listIncidents": Row(200),
    "getIncident": Row(200, 404, 404),
    "listClocks": Row(200),
    "listUnits": Row(200),
    "listCalls": Row(200),
    "answerCall": Row(404, 404, 404),  # nobody was called
    "createWarning": Row(201, empty=409),
    "getBroughtWarning": Row(200, 404, 404),
    "listWarnings": Row(200),
    "getWarning": Row(200, 404, 404),
    "listDuties": Row(200),
    "getStatistics": Row(200, empty=422),
}  # fmt: skip


@dataclass(repr=False)
class Stage:
    """A town of two places, what A's token brought there, and who asks."""

    town: Town
    nobody: Platform
    report: str = ""
    warning: str = ""
    feed: str = ""
    cases: dict[str, dict[str, str]] | None = None
    number: int = 0

    async def platform(self, *scopes: str, **of: Any) -> tuple[Platform, str]:
        units = {JURISDICTION: UNITS[:1], CITY: ("市交通局",)}[of.get("place", JURISDICTION)]
        of.setdefault("units", units if "answer" in scopes else ())
        token, secret = await token_of(self.town, *scopes, **of)
        return self.seat(secret), token.id

    def seat(self, secret: str) -> Platform:
        self.number += 1
        return replace(self.nobody, secret=secret, address=f"10.8.{self.number}.1")

    def asked(self, operation: str, unit: str = UNITS[0]) -> dict[str, Any]:
        """Return what is asked of an operation: about what is A's."""
        assert self.cases is not None
        incident, warning = self.cases["incident"]["A1"], self.cases["warning"]["A1"]
        asked: dict[str, dict[str, Any]] = {
            "createReport": {"body": {"text": "有人落水"}},
            "createReports": {"body": {"reports": [{"key": f"m{self.number}", "text": "有人溺水"}]}},
            "getReport": {"id": self.report},
            "updateReport": {"id": self.report, "body": {"text": "受伤5人"}}, "getIncident": {"id": incident},
            "answerCall": {"id": incident, "body": {"unit": unit, "answer": "收到"}}, "getWarning": {"id": warning},
            "createWarning": {"body": {"text": "气象台发布暴雨黄色预警，未来6小时有大雨"}},
            "getBroughtWarning": {"id": self.warning}, "getStatistics": {"period": "2026"},
        }  # fmt: skip
        return asked.get(operation, {})


@asynccontextmanager
async def stage() -> AsyncIterator[Stage]:
    async with both(BASE) as two:
        cast = Cast(two.town)
        await _cases(two, cast)
        async with asking(two.town) as nobody:
            it = Stage(two.town, nobody, cases=cast.cases)
            yield it
        await two.town.stop()


def tells(answer: Answer) -> set[str]:
    """Return what an answer tells."""
    said = json.dumps(answer.data, ensure_ascii=False)
    return {what for what, words in MARKS.items() if any(word in said for word in words)}


async def test_every_operation_with_every_kind_of_token_in_two_places() -> None:
    assert set(ROWS) == set(OPERATIONS), "an operation without a row, or a row without its operation"
    async with stage() as it:
        town, wrong = it.town, []
        full, of_full = await it.platform(*EVERY_SCOPE)
        it.report = (await full.createReport(body={"text": "凤鸣中学有人受伤"}))["id"]
        it.warning = (await full.createWarning(body={"text": "区气象台发布大风蓝色预警，明天白天有大风"}))["id"]
        erased = await _erased_admin(town)
        made_by_erased, _ = await it.platform(*EVERY_SCOPE, by=erased)
        other, _ = await it.platform(*EVERY_SCOPE, place=CITY, plans=(WATER,))
        empty, _ = await it.platform(*EVERY_SCOPE, plans=("no-such-plan",))
        beside, _ = await it.platform(*EVERY_SCOPE, name="119平台")
        revoked, id = await it.platform(*EVERY_SCOPE)
        over, _ = await it.platform(*EVERY_SCOPE, days=1)
        async with town.open_store.writing() as tx:
            assert await tx.api_tokens.revoke(id, town.clock.now())
            until = town.clock.now()
            await tx._session.execute(_expire(until))
        shut = {
            "none": it.seat(""), "wrong": it.seat(PREFIX + "x" * 44), "no token at all": it.seat("x"),
            "revoked": revoked, "expired": over,
        }  # fmt: skip
        single = {scope: (await it.platform(scope))[0] for scope in EVERY_SCOPE}
        for name, row in ROWS.items():
            for who, asks in shut.items():
                answer = await asks.call(name, **it.asked(name))
                wrong += _faults(f"{who} {name}", answer, 401, set())
            for scope, asks in single.items():
                answer = await asks.call(name, **it.asked(name))
                scopes = OPERATIONS[name].scopes
                own = row.own if name not in ("getReport", "updateReport", "getBroughtWarning") else 404
                wrong += _faults(f"{scope} {name}", answer, own if not scopes or scope in scopes else 403, OF_A)
            for who, asks, status, may in (
                ("full", full, row.own, OF_A), ("erased maker", made_by_erased, None, OF_A),
                ("other place", other, row.other or row.own, OF_B), ("no plan", empty, row.empty, set()),
            ):  # fmt: skip
                unit = "市交通局" if who == "other place" else UNITS[0]
                answer = await asks.call(name, **it.asked(name, unit))
                expected = status if status is not None else _beside(name, row)
                wrong += _faults(f"{who} {name}", answer, expected, may)
            answer = await beside.call(name, **it.asked(name))
            wrong += _faults(f"beside {name}", answer, _beside(name, row), OF_A)
        assert not wrong, "\n".join(wrong)
        async with town.open_store.reading() as rx:
            uses = [use for entry in await rx.journal.load(f"token:{of_full}") for use in entry.payload["uses"]]
        several = {"createReports": ["createReport", "createReports"]}  # each report, and the request
        asked = [one for name in ROWS for one in several.get(name, [name])]
        assert [use["operation"] for use in uses[2:]] == asked, "each use is in the journal, in its order"


def _beside(name: str, row: Row) -> int:
    """Return what is answered to another system of the same place: what one brought is its own."""
    return 404 if name in ("getReport", "updateReport", "getBroughtWarning") else row.own


def _faults(what: str, answer: Answer, status: int, may: set[str]) -> list[str]:
    faults = []
    if answer.status != status:
        faults.append(f"{what}: {answer.status}, not {status}: {answer.data}")
    if extra := tells(answer) - may:
        faults.append(f"{what}: tells of {extra}")
    return faults


def _expire(until: Any) -> Any:
    from sqlalchemy import update

    from storage.api_tokens import api_tokens

    mine = api_tokens.c.until == until + timedelta(days=1)
    return update(api_tokens).where(mine).values(until=until)


async def _erased_admin(town: Town) -> str:
    """Return the id of an administrator who was erased after he had made tokens."""
    person: Person = town.world.add_user("旧管理员")
    person.start(town.bot)
    await town.settle()
    await town.grant(person, "admin", plan=PLAN)
    async with town.open_store.reading() as rx:
        known = await rx.people.by_telegram(person.id)
    assert known is not None
    await erase(town.open_store, known, by="孙管理", reason="本人要求", now=town.clock.now())
    return known.id


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=8,
)
NAMES = st.sampled_from(
    [
        "text",
        "plan",
        "place",
        "category",
        "occurred_at",
        "facts",
        "informant",
        "unit",
        "answer",
        "round",
        "note",
        "reports",
        "key",
    ]
)
VALUES = JUNK | st.sampled_from(
    ["有人落水", PLAN, WATER, "2026-03-01T19:00:00+08:00", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00", "收到",
     UNITS[0], {"deaths": 1}, {"deaths": {"at_least": 2}}, {"deaths": {"at_least": 3, "at_most": 1}},
     {"injuries": 10**9},
     [{"key": "k", "text": "起火"}, {"key": "k", "text": "落水"}],
     {"large_sum": True}, "x" * 4096, "\u202e火", "𠮷" * 500, "<CAP/>"]
)  # fmt: skip
QUERIES = st.dictionaries(
    st.sampled_from(["cursor", "limit", "open", "drills", "period", "plan", "x"]),
    st.text(max_size=30) | st.sampled_from(
        ["W10", "WyIyMDI2LTAzLTAxVDE5OjA2OjAwKzAwOjAwIiwieCJd", "WzFd", "200", "0", "true", "2026", "上月", "0000-00",
         "9999-12-31..9999-12-31", PLAN]
    ),
    max_size=3,
)  # fmt: skip


@pytest.fixture
async def open_stage() -> AsyncIterator[tuple[Stage, Platform]]:
    async with stage() as it:
        full, _ = await it.platform(*EVERY_SCOPE)
        it.report = (await full.createReport(body={"text": "凤鸣中学有人受伤"}))["id"]
        it.warning = "x"
        yield it, full


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    name=st.sampled_from(sorted(OPERATIONS)), query=QUERIES, id=st.sampled_from(["own", "x", "brought", "-"]),
    body=st.dictionaries(NAMES, VALUES, max_size=6) | JUNK, raw=st.none() | st.binary(max_size=60),
    kind=st.sampled_from(["application/json"] * 4 + ["application/cap+xml", "text/plain", ""]),
    key=st.sampled_from(["same", "other"]) | st.text("abc", min_size=1, max_size=3),
)  # fmt: skip
async def test_whatever_is_asked_is_answered_as_the_document_says(
    open_stage: tuple[Stage, Platform], name: str, query: dict[str, str], id: str, body: Any, raw: bytes | None,
    kind: str, key: str,
) -> None:  # fmt: skip
    it, full = open_stage
    method, path, said = it.nobody.document.operations[name]
    own = it.asked(name).get("id", "x")
    headers = {"Content-Type": kind, "Idempotency-Key": f"{key}-{name}"}
    data = None
    if "requestBody" in said:
        data = raw if raw is not None else json.dumps(body, ensure_ascii=False).encode("utf-8", "surrogatepass")
    seat = it.seat(full.secret)
    answer = await seat.ask(
        method, path.replace("{id}", own if id == "own" else id), params=query, data=data, headers=headers
    )
    assert answer.status != 500, (answer.data, it.town.log[-3:])
    if answer.status != 400 or "Content-Type" in answer.headers:
        it.nobody.document.check(name, answer)
    assert not tells(answer) & PERSONS
