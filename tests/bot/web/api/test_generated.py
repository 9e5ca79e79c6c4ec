"""Attacks drawn from the document and around it: no failure, errors as RFC 9457 has them, nothing of another place.

What the document admits is taken or refused for a reason that it names; what it does not admit changes nothing.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import bot.web.api.routes
from bot.office.api_wanted import EVERY_SCOPE
from bot.web.api.document import document
from tests.bot.web.api.asking import Answer, Platform
from tests.bot.web.api.drawn import LETTERS, Drawing
from tests.bot.web.api.test_attacks import OF_A, OF_B, PERSONS, Stage, stage, tells
from tests.handlers.looking import BASE, browser
from tests.handlers.test_cap_feed import link
from tests.handlers.test_two_jurisdictions import CITY, WATER

assert bot.web.api.routes.OPERATIONS
DOCUMENT: dict[str, Any] = document()
DRAWING = Drawing(DOCUMENT)
PROBLEM = "application/problem+json"
SETTINGS: dict[str, Any] = {
    "deadline": None, "suppress_health_check": list(HealthCheck), "phases": (Phase.explicit, Phase.generate),
}  # fmt: skip
"""Nothing is made smaller: each try asks a program that keeps what it was told."""

BODIES = {
    said["operationId"]: DOCUMENT["components"]["schemas"][content["schema"]["$ref"].rpartition("/")[2]]
    for methods in DOCUMENT["paths"].values()
    for said in methods.values()
    if (content := said.get("requestBody", {}).get("content", {}).get("application/json"))
}
TAKEN = frozenset({200, 201, 202})


@pytest.fixture
async def two() -> AsyncIterator[tuple[Stage, Platform, Platform]]:
    """A town with a platform of each place, each of which may do everything in its own."""
    async with stage() as it:
        mine, _ = await it.platform(*EVERY_SCOPE)
        theirs, _ = await it.platform(*EVERY_SCOPE, place=CITY, plans=(WATER,))
        it.report = (await mine.createReport(body={"text": "凤鸣中学有人受伤"}))["id"]
        it.warning = "x"
        yield it, mine, theirs


def is_problem(answer: Answer) -> None:
    """Assert that an answer is a problem of RFC 9457 that says its own status."""
    assert answer.headers["Content-Type"].startswith(PROBLEM), answer
    assert answer["status"] == answer.status and answer["type"].endswith(answer["code"]) and answer["title"]


ADMITTED = {name: DRAWING.admitted(schema) for name, schema in BODIES.items()}


@st.composite
def requests(draw: st.DrawFn) -> tuple[str, dict[str, Any], bool]:
    """Draw an operation with a body, and whether one change has made it such as the document does not admit."""
    name, spoilt = draw(st.sampled_from(sorted(BODIES))), draw(st.booleans())
    body = draw(ADMITTED[name])
    return name, Drawing.spoilt(draw, body, BODIES[name]) if spoilt else body, spoilt


@settings(max_examples=60, **SETTINGS)
@given(asked=requests(), other=st.booleans())
async def test_what_the_document_admits_is_answered_and_what_it_does_not_changes_nothing(
    two: tuple[Stage, Platform, Platform], asked: tuple[str, dict[str, Any], bool], other: bool
) -> None:
    it, mine, theirs = two
    name, body, spoilt = asked
    assert it.nobody.document.admits(name, body) is not spoilt, "it was drawn wrong"
    asks = it.seat((theirs if other else mine).secret)
    path = {"id": it.asked(name)["id"]} if "id" in it.asked(name) else {}
    heads = await _heads(it)
    answer = await asks.call(name, body=body, checked=False, **path)
    if answer.status not in TAKEN:
        is_problem(answer)
    if spoilt:
        assert (answer.status, answer["code"]) in {(422, "not-valid"), (404, "not-found")}, answer
        assert await _heads(it) == heads, "nothing was written but the use of the token"
    if other:
        assert not tells(answer) & OF_A, answer
    assert not tells(answer) & (PERSONS | (set() if other else OF_B))


async def _heads(it: Stage) -> dict[str, int]:
    async with it.town.open_store.reading() as rx:
        return {
            name: head.sequence for name, head in (await rx.journal.heads()).items() if not name.startswith("token:")
        }


SEGMENT = st.text("".join(sign for sign in LETTERS if sign not in "/?#%"), min_size=1, max_size=12)
PATHS = st.lists(
    st.sampled_from(["api", "v1", "reports", "incidents", "warnings", "..", "%2e%2e", "openapi.json"]) | SEGMENT,
    max_size=5,
).map(lambda parts: "/api/v1/" + "/".join(parts))  # fmt: skip
HEADERS = st.dictionaries(
    st.sampled_from(["Authorization", "Idempotency-Key", "Content-Type", "X-Forwarded-For", "Accept", "Range"]),
    st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40), max_size=3,
)  # fmt: skip


@settings(max_examples=60, **SETTINGS)
@given(
    method=st.sampled_from(["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"]), path=PATHS, headers=HEADERS,
    body=st.binary(max_size=40), known=st.booleans(),
)  # fmt: skip
async def test_whatever_else_is_asked_below_the_api_is_a_problem_or_nothing(
    two: tuple[Stage, Platform, Platform], method: str, path: str, headers: dict[str, str], body: bytes, known: bool
) -> None:
    it, mine, _ = two
    asks = it.seat(mine.secret if known else "")
    answer = await asks.ask(method, path, headers=headers, data=body)
    assert answer.status < 500, (answer, it.town.log[-3:])
    said = str(answer.data if not isinstance(answer.data, bytes) else answer.data.decode())
    assert not [word for word in ("实验小学", "沁河水库", "李值班", "13800000000") if word in said]
    if answer.status >= 400 and method != "HEAD":
        if answer.headers.get("Content-Type", "").startswith(PROBLEM):
            is_problem(answer)
        else:  # no request of HTTP, or no path below the API once the dots are taken out
            assert answer.status == 400 or ".." in path or "%2e" in path, answer


@settings(max_examples=40, **SETTINGS)
@given(
    parts=st.tuples(
        st.sampled_from(["feed", "calendar"]), SEGMENT, st.sampled_from(["warnings.atom", "x.1.xml", ""]) | SEGMENT
    ),
    own=st.booleans(), page=st.none() | SEGMENT, headers=HEADERS,
)  # fmt: skip
async def test_a_feed_is_read_at_its_secret_address_alone(
    two: tuple[Stage, Platform, Platform], parts: tuple[str, str, str], own: bool, page: str | None,
    headers: dict[str, str],
) -> None:  # fmt: skip
    it, _, _ = two
    town = it.town
    if not it.feed:
        it.feed = (await link(town, town.admin, CITY)).split("/")[2]
    kind, secret, rest = parts
    path = f"/{kind}/{it.feed if own else secret}/{rest}" + (f"?page={page}" if page else "")
    it.number += 1
    reads = browser(town, f"10.6.{it.number // 250}.{it.number % 250}")
    answer = await reads.ask("GET", path, site="", headers={k: v for k, v in headers.items() if k == "Accept"})
    right = own and (kind, rest) == ("feed", "warnings.atom") and page in (None, "1")
    assert answer.status in ({200, 304} if right else {200, 404, 400}), (path, answer.status)
    assert answer.status == 404 or right or (own and kind == "feed" and rest == "warnings.atom"), path
    assert not [word for word in ("实验小学", "区气象台", "李值班") if word in answer.text]


def test_every_body_of_the_document_can_be_drawn() -> None:
    assert set(BODIES) == {"createReport", "createReports", "updateReport", "answerCall", "createWarning"}
    assert BASE and json.dumps(DOCUMENT)
