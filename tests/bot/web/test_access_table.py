"""Every route of the program by everybody, in two jurisdictions: what is answered, and nothing of the other in it.

The routes are those that the program registers when it starts: a new one fails here by its name until it has a row.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlencode

import pytest
from aiohttp import web

import bot.web
from bot.office.walls import unpair
from bot.playground import Person
from bot.service import Requester
from bot.web.access import HEADERS, is_ours
from bot.web.api.operations import BASE as API
from bot.web.api.problems import DOCUMENT
from bot.web.api.routes import OPERATIONS
from tests.browser import Browser, Page
from tests.handlers.looking import BASE, browser, code, entered, link, paired
from tests.handlers.test_revoking import released
from tests.handlers.test_two_jurisdictions import CITY, WATER, Two, both
from tests.handlers.test_warning import RAIN
from tests.journeys.world import JURISDICTION, PLAN, UNITS, Town
from tests.telephone import telephone

Kind = Literal["nobody", "wall", "person"]
Route = tuple[str, str]


@dataclass(frozen=True)
class Row:
    """What is answered by a route.

    Attributes:
        nobody, wall, person: to who has no session, to a paired wall, to a person; of what belongs to a case, to one
            who may read that case: others and those whom it does not concern are told that it is not there.
        about: what kind of case its path names.
        path: an example, where the path holds something else than a case.
    """

    nobody: int
    wall: int
    person: int
    about: Literal["", "incident", "evidence", "warning", "counted"] = ""
    path: str = ""


def example(path: str) -> str:
    """Return an example of a path of the API."""
    return re.sub(r"\{\w+:[^{}]*(\{[^{}]*\})?[^{}]*\}", "x", path)


CASE = "{case:[A-Za-z0-9_-]{1,64}}"
ROWS: dict[Route, Row] = {
    ("GET", "/healthz"): Row(200, 200, 200),
    ("GET", "/readyz"): Row(200, 200, 200),
    ("GET", "/metrics"): Row(200, 200, 200),
    ("POST", "/warnings"): Row(403, 403, 403),
    ("POST", "/voice/callback"): Row(403, 403, 403),  # signed by the telephone gateway, or not heard
    ("GET", "/assets/{file}"): Row(200, 200, 200, path="/assets/board.css"),
    ("GET", "/calendar/{secret}.ics"): Row(404, 404, 404, path=f"/calendar/{'x' * 22}.ics"),
    ("GET", "/feed/{secret}/warnings.atom"): Row(404, 404, 404, path=f"/feed/{'x' * 22}/warnings.atom"),
    ("GET", "/feed/{secret}/{warning:[A-Za-z0-9_-]{1,64}}.{stage:[0-9]{1,6}}.xml"): Row(
        404, 404, 404, path=f"/feed/{'x' * 22}/w1.1.xml"
    ),
    ("GET", "/wall"): Row(200, 200, 200),
    ("GET", "/wall/events"): Row(403, 200, 403),
    ("GET", "/board/enter/{secret}"): Row(200, 200, 200, path="/board/enter/" + "x" * 22),
    ("POST", "/board/enter/{secret}"): Row(403, 403, 303, path="/board/enter/" + "x" * 22),
    ("GET", "/board"): Row(403, 403, 200),
    ("GET", "/board/events"): Row(403, 403, 200),
    ("GET", "/board/duties"): Row(403, 403, 200),
    ("GET", "/board/statistics"): Row(403, 403, 200),
    ("GET", "/board/statistics/rows"): Row(403, 403, 200, about="counted"),
    ("GET", f"/board/incident/{CASE}"): Row(403, 403, 200, about="incident"),
    ("GET", f"/board/incident/{CASE}/picture.svg"): Row(403, 403, 200, about="incident"),
    ("GET", f"/board/incident/{CASE}/evidence/{{number:[0-9]{{1,4}}}}"): Row(403, 403, 200, about="evidence"),
    ("GET", f"/board/warning/{CASE}"): Row(403, 403, 200, about="warning"),
    ("GET", DOCUMENT): Row(200, 200, 200),
    **{(item.method, item.path): Row(401, 401, 401, path=example(item.path)) for item in OPERATIONS.values()},
    ("POST", "/board/leave"): Row(200, 200, 200),  # last: it ends the session
}
"""Every route, in the order in which it is asked.

The API is for tokens alone: ``tests/bot/web/api/test_attacks.py``.
"""

OF_THE_API = frozenset({"nobody", "duty A", "wall B", "by settings", "who left"})
"""Who asks the API too, which looks at no cookie: one of each kind."""

MARKS = {
    "A1": ("实验小学",), "A2": ("凤鸣中学",), "B1": ("沁河水库",), "roster A": ("李值班", "甲班长"),
    "roster B": ("乙值班", "乙班长"), "a mobile": ("13800000000", "13900000000"),
}  # fmt: skip
"""Words by what they tell."""

AT_A, AT_B = frozenset({"A1", "A2", "roster A"}), frozenset({"B1", "roster B"})
OFFICES = ("commander", "deputy", "director", "duty", "admin")
BEARERS = ("liaison", "head")


@dataclass
class Actor:
    """Somebody before a browser.

    Attributes:
        incidents, evidence, warnings: those that he may see. tells: what all of his pages together tell.
    """

    browser: Browser
    kind: Kind = "nobody"
    incidents: frozenset[str] = frozenset()
    evidence: frozenset[str] = frozenset()
    warnings: frozenset[str] = frozenset()
    counted: frozenset[str] = frozenset()
    tells: frozenset[str] = frozenset()

    def may(self, about: str, case: str) -> bool:
        seen = {"incident": self.incidents, "evidence": self.evidence, "warning": self.warnings}
        return case in (seen | {"counted": self.counted})[about]


@dataclass
class Cast:
    """Everybody, and what there is to be seen."""

    town: Town
    actors: dict[str, Actor] = field(default_factory=dict)
    cases: dict[str, dict[str, str]] = field(default_factory=dict)
    addresses: int = 0

    def browser(self) -> Browser:
        self.addresses += 1
        return browser(self.town, f"10.9.{self.addresses}.1")

    def seat(self, name: str, opened: Browser, kind: Kind = "nobody", **sees: frozenset[str]) -> None:
        self.actors[name] = Actor(replace(self.browser(), cookies=dict(opened.cookies)), kind, **sees)


@pytest.fixture
def registered(monkeypatch: pytest.MonkeyPatch) -> set[Route]:
    """The routes of whatever application is made from now on."""
    routes: set[Route] = set()
    plainly = web.Application.add_routes

    def add(self: web.Application, added: Any) -> Any:
        added = list(added)
        routes.update((item.method, item.path) for item in added)
        return plainly(self, added)

    monkeypatch.setattr(web.Application, "add_routes", add)
    return routes


@asynccontextmanager
async def cast() -> AsyncIterator[Cast]:
    async with telephone() as gateway, both(BASE, voice=gateway.url) as two:
        town = two.town
        assert town.program is not None
        cast = Cast(town)
        await _cases(two, cast)
        everything = {kind: frozenset(some) for kind, some in cast.cases.items()}
        at_a = {kind: frozenset(name for name in some if name[0] == "A") for kind, some in everything.items()}
        at_b = {kind: frozenset(name for name in some if name[0] == "B") for kind, some in everything.items()}
        for place, plan, seen, tells in (("A", PLAN, at_a, AT_A), ("B", WATER, at_b, AT_B)):
            for role in (*OFFICES, *BEARERS):
                units = {"A": UNITS[0], "B": "市交通局"}
                person = await _holding(town, f"{place}{role}", role, plan, units[place] if role in BEARERS else None)
                sees = seen if role in OFFICES else {**seen, "evidence": frozenset[str]()}
                # Who speaks for the unit in which the plan's office is sees the plan: 市交通局 in B.
                counted = frozenset({place if role in OFFICES or place == "B" else f"{place} own"})
                opened = await entered(town, person)
                cast.seat(f"{role} {place}", opened, "person", counted=counted, tells=tells, **_sees(sees))
            person = await _holding(town, f"{place}报告", "reporter", plan, None)
            cast.seat(f"reporter {place} of nothing", await entered(town, person), "person")
            wall = await paired(town, jurisdiction={"A": JURISDICTION, "B": CITY}[place], screen=cast.browser())
            cast.seat(f"wall {place}", wall, "wall", tells=tells)
        for name, case in (("head", "A1"), ("teacher", "A2"), ("reporter B", "B1")):
            opened = await entered(town, two.people[name])
            cast.seat(name, opened, "person", incidents=frozenset({case}), tells=frozenset({case}))
        opened, counted = await entered(town, town.admin), frozenset({"A", "B", "sum"})
        cast.seat("by settings", opened, "person", counted=counted, tells=AT_A | AT_B, **_sees(everything))
        await _without(two, cast)
        yield cast
        await town.stop()


def _sees(cases: dict[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    return {"incidents": cases["incident"], "evidence": cases["evidence"], "warnings": cases["warning"]}


async def _holding(town: Town, name: str, role: str, plan: str, unit: str | None) -> Person:
    person = town.world.add_user(name)
    person.start(town.bot)
    await town.settle()
    await town.grant(person, role, unit, plan=plan)
    return person


async def _cases(two: Two, cast: Cast) -> None:
    """Let there be incidents, files of them and warnings in both places."""
    town = two.town
    for person in (town.head, two.people["reporter B"]):
        person.send_photo(town.bot, b"\xff\xd8\xff what was seen")
    await town.settle()
    await town.say(town.duty, town.bot, f"/warn {RAIN}")
    await town.say(two.people["duty B"], town.bot, f"/warn {RAIN.replace('区气象台', '市气象台')}")
    async with town.open_store.reading() as rx:
        rows = await rx.incidents.list(limit=100)
        names = {row.stream: f"{'A' if row.jurisdiction == JURISDICTION else 'B'}{row.number}" for row in rows}
        warnings = {row.jurisdiction: row.stream for row in await rx.cases.open("warning")}
    cast.cases["incident"] = {name: stream.partition(":")[2] for stream, name in names.items()}
    cast.cases["evidence"] = {name: id_ for name, id_ in cast.cases["incident"].items() if name != "A2"}
    places = {JURISDICTION: "A1", CITY: "B1"}
    cast.cases["warning"] = {places[name]: stream.partition(":")[2] for name, stream in warnings.items()}
    assert {kind: set(some) for kind, some in cast.cases.items()} == {
        "incident": {"A1", "A2", "B1"}, "evidence": {"A1", "B1"}, "warning": {"A1", "B1"},
    }  # fmt: skip


async def _without(two: Two, cast: Cast) -> None:
    """Let there be those who had a session, or might have had one."""
    town = two.town
    cast.seat("nobody", cast.browser())
    await town.say(town.stranger, town.bot, "/board")
    assert "enter" not in town.texts(town.stranger)[-1]
    cast.seat("a stranger", cast.browser())
    over = await entered(town, town.second)
    await town.say(town.second, town.bot, "/board 退出全部")
    cast.seat("who left", over)
    lost = await entered(town, town.second)
    await released(town, "周值班 值班员")
    cast.seat("who lost the role", lost)
    over = await entered(town, town.deputy)
    async with town.open_store.writing() as tx:
        [session, *_] = reversed(await tx.web_sessions.every_open(town.clock.now()))
        assert await tx.web_sessions.extend(session.id, town.clock.now(), town.clock.now())
    cast.seat("whose session has expired", over)
    path, other = await link(town, town.director), cast.browser()
    await browser(town).post(path)
    assert (await other.post(path)).status == 403
    cast.seat("another's link", other)
    screen = cast.browser()
    await code(screen)
    cast.seat("a screen that waits", screen)
    ended = await paired(town, screen=cast.browser())
    async with town.open_store.reading() as rx:
        [*_, wall] = await rx.web_sessions.walls(town.clock.now())
        known = await rx.people.by_telegram(town.admin.id)
    assert town.program is not None and known is not None
    done = await unpair(town.program.service, known, wall.id, cause="test", requester=Requester(person_id=known.id))
    assert done is not None and done.ok
    cast.seat("a wall that was ended", ended)


def paths(cast: Cast, route: Route) -> list[tuple[str, str]]:
    """Return the examples of a route: the case's name and the path."""
    row = ROWS[route]
    if row.about == "counted":
        asked = {"A": JURISDICTION, "B": CITY, "none": "某市", "sum": ""}
        of = {"figure": "incident", "period": "今年"}
        shown = {name: urlencode({**of, "place": place}) for name, place in asked.items()}
        shown |= {f"{name} own": f"{query}&own=1" for name, query in shown.items()}
        return [(name, f"{route[1]}?{query}") for name, query in shown.items()]
    if not row.about:
        return [("", row.path or route[1])]
    shape = route[1].replace(CASE, "{}").replace("{number:[0-9]{1,4}}", "1")
    there = [(name, shape.format(id_)) for name, id_ in cast.cases[row.about].items()]
    return [*there, ("none", shape.format("no-such-case"))]


async def test_every_route_by_everybody_of_both_places(registered: set[Route]) -> None:
    async with cast() as everybody:
        assert registered == set(ROWS), "a route without a row, or a row without its route"
        wrong: list[str] = []
        for name, actor in everybody.actors.items():
            told: set[str] = set()
            for route, row in ROWS.items():
                if route[1].startswith(API) and name not in OF_THE_API:
                    continue
                for case, path in paths(everybody, route):
                    page = await actor.browser.ask(route[0], path, site="same-origin", headers={"Origin": BASE})
                    wanted = getattr(row, actor.kind)
                    if row.about and wanted == 200 and not actor.may(row.about, case):
                        wanted = 404
                    told |= tells(page)
                    wrong += _faults(f"{name}: {route[0]} {path} ({case})", page, wanted, actor)
            wrong += [f"{name} is not told of {lacking}" for lacking in sorted(actor.tells - told)]
        assert not wrong, "\n".join(wrong)


def test_a_route_that_only_some_setting_opens_has_a_row_too() -> None:
    """All but Telegram's own, which only a program with a webhook has and whose path is the secret."""
    sources = [path.read_text(encoding="utf-8") for path in Path(*bot.web.__path__).rglob("*.py")]
    written = {path for source in sources for path in re.findall(r'web\.(?:get|post|route)\(\s*f?"(/[^"{]*)', source)}
    assert written and not {path for path in written if not any(path in route for _, route in ROWS)} - {"/telegram/"}


def tells(page: Page) -> set[str]:
    """Return what a page tells."""
    return {what for what, words in MARKS.items() if any(word in page.text for word in words)}


def _faults(what: str, page: Page, wanted: int, actor: Actor) -> list[str]:
    faults = []
    if page.status != wanted:
        faults.append(f"{what}: {page.status}, not {wanted}")
    if extra := tells(page) - actor.tells:
        faults.append(f"{what}: tells of {extra}")
    return faults


async def test_no_route_answers_in_another_way_than_its_own() -> None:
    async with cast() as everybody:
        own: dict[str, set[str]] = {}
        for route in ROWS:
            for _, path in paths(everybody, route)[:1]:
                own.setdefault(path, set()).add(route[0])
        for who, (path, methods) in itertools.product(("nobody", "duty A", "wall A"), own.items()):
            actor = everybody.actors[who]
            for method in ("HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"):
                if method in methods or (method == "HEAD" and not path.startswith(("/board", "/wall"))):
                    continue
                page = await actor.browser.ask(method, path, site="same-origin", headers={"Origin": BASE})
                assert page.status == 405, f"{method} {path}"
                assert not page.cookies
                if is_ours(path):
                    assert {name: page.headers.get(name) for name in HEADERS} == dict(HEADERS)
