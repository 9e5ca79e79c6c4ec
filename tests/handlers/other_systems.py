"""What is told beside the chat in a town of many jurisdictions: the API, webhooks, feeds, boards and walls.

Routes and operations are those that the program registers. Each is asked for all jurisdictions, about a case of
another one where it names any; which other one goes round, so that every one is asked about by several.
"""

from __future__ import annotations

import itertools
import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from bot.notifier.webhook import Answered
from bot.office.api_wanted import EVERY_SCOPE
from bot.sealed import digest
from bot.sender.webhooks import WebhookSender
from bot.web.api.routes import OPERATIONS
from storage.web_sessions import Kind, WebSession
from storage.webhooks import Webhook
from tests.bot.web.api import test_attacks
from tests.bot.web.api.asking import Answer, Platform, asking, platform
from tests.bot.web.test_access_table import CASE, ROWS, Row
from tests.browser import Browser
from tests.handlers.districts import KINDS, OFFICES, Districts, Mark, Seat, place_of, told
from tests.handlers.looking import browser
from tests.handlers.test_cap_feed import issued, link, read

QUERIES: dict[str, dict[str, Any]] = {"getStatistics": {"period": "2026"}}
"""What an operation must be asked with."""


class Sink:
    """Other systems that are told: what came, by address."""

    def __init__(self) -> None:
        self.came: list[tuple[str, str]] = []

    async def post(self, url: str, headers: dict[str, str], body: bytes) -> Answered:
        self.came.append((url, body.decode()))
        return Answered(200, 0)


@dataclass
class Known:
    """What there is to be asked about, by kind: the ids of each jurisdiction that has one."""

    of: dict[str, dict[int, str]] = field(default_factory=dict)

    def another(self, kind: str, place: int, turn: int) -> tuple[int, str]:
        """Return somebody else's: whose it is, and its id."""
        others = [item for item in sorted(self.of[kind].items()) if item[0] != place]
        return others[turn % len(others)]


async def other_systems(it: Districts) -> list[str]:
    """Return what is told to whom it does not concern, or kept from whom it does."""
    places = sorted({0, 1, it.number - 2})
    wrong = await _webhooks(it, places)
    known = await _known(it, places)
    wrong += await _routes(it, known)
    wrong += await _feeds(it, places, known)
    wrong += await _operations(it, places, known)
    return wrong


def _others(place: int, it: Districts, text: str) -> set[str]:
    """Return what of others stands in a text that is one jurisdiction's."""
    marks = {f"{other} {what}" for other, what in told(text) if other != place}
    return marks | {place_of(other) for other in range(it.number) if other != place and place_of(other) in text}


async def _webhooks(it: Districts, places: list[int]) -> list[str]:
    town, sink = it.town, Sink()
    assert town.program is not None
    [sender] = [loop for loop in town.program.work.loops if isinstance(loop, WebhookSender)]
    sender._poster = sink
    async with town.open_store.writing() as tx:
        for place in places:
            webhook = Webhook(
                id=f"w{place}", jurisdiction=place_of(place), url=str(place), types=[], key="0" * 32, made_by="",
                created_at=town.clock.now(),
            )  # fmt: skip
            await tx.webhooks.add(webhook)
    for place in range(it.number):
        it.people[place, "duty"].send(town.bot, "/update 1 受伤5人")
    for place in places:
        it.people[place, "reporter"].send_photo(town.bot, b"\xff\xd8\xff what was seen")
    await issued(town, it.people[0, "duty"])
    await town.settle()
    wrong = []
    for place in places:
        came = [body for url, body in sink.came if url == str(place)]
        if not came or any(_others(place, it, body) for body in came):
            wrong.append(f"webhooks of {place} are told {came}")
    return wrong


async def _known(it: Districts, places: list[int]) -> Known:
    of = {place_of(place): place for place in range(it.number)}
    known = Known()
    async with it.town.open_store.reading() as rx:
        for row in await rx.incidents.list(limit=1000):
            known.of.setdefault("incident", {})[of[row.jurisdiction]] = row.stream.partition(":")[2]
        for case in await rx.cases.open("warning"):
            known.of.setdefault("warning", {})[of[case.jurisdiction]] = case.stream.partition(":")[2]
    known.of["evidence"] = known.of["incident"]
    known.of["counted"] = {place: place_of(place) for place in range(it.number)}
    assert set(known.of["incident"]) == set(of.values()) and len(known.of["warning"]) > 1
    return known


# By browser


async def _session(it: Districts, seat: Seat, kind: Kind, number: int) -> Browser:
    """Open a session of somebody's, or a wall that he has paired, as if long ago."""
    secret, now = secrets.token_urlsafe(32), it.town.clock.now()
    person = next(id for id, known in it.ids.items() if known == seat)
    async with it.town.open_store.writing() as tx:
        session = WebSession(
            id=f"s{number}", digest=digest(secret), kind=kind, person_id=person, address="10.0.0.1",
            jurisdictions=(place_of(seat[0]),), created_at=now, confirmed_at=now, used_at=now, seen_at=now,
            until=now + timedelta(days=1),
        )  # fmt: skip
        await tx.web_sessions.open(session)
    found = browser(it.town, f"10.{9 + number // 200}.{number % 200}.1")
    found.cookies[f"__Host-tocsin-{kind}"] = secret
    return found


async def _routes(it: Districts, known: Known) -> list[str]:
    """Every route by an office and a wall of each jurisdiction, and by a reporter of every other one."""
    wrong: list[str] = []
    numbers = itertools.count(1)
    for place in range(it.number):
        office = OFFICES[place % len(OFFICES)]
        seats: list[tuple[str, Kind]] = [(office, "person"), ("admin", "wall")]
        seats += [("reporter", "person")] if place % 2 == 0 else []
        for role, kind in seats:
            opened, own = await _session(it, (place, role), kind, next(numbers)), set[Mark]()
            for turn, (route, row) in enumerate(ROWS.items()):
                if not _concerns(route[1], role, kind, place, turn):
                    continue
                whose, path = _foreign(route[1], row, known, place, turn)
                wanted = 404 if row.about and kind == "person" else getattr(row, kind)
                page = await opened.ask(route[0], path, site="same-origin", headers={"Origin": opened.base})
                what = f"{place} {role} {kind} {route[0]} {path} (of {whose})"
                wrong += [f"{what}: {page.status}, not {wanted}"] if page.status != wanted else []
                extra = _others(place, it, page.text) | {mark for _, mark in told(page.text) if mark == "mobile"}
                wrong += [f"{what} tells of {sorted(extra)}"] if extra else []
                if route == ("GET", "/board") and role == "reporter" and (place, "幼儿园") in told(page.text):
                    wrong.append(f"{what} tells of what another reported")
                own |= told(page.text)
            wrong += [f"{place} {role} {kind} is told nothing of its own"] if (place, "中学") not in own else []
            if role == office and kind == "person":
                page = await opened.get(f"/board/incident/{known.of['incident'][place]}")
                wrong += [f"{place} {office} may not see its own: {page.status}"] if page.status != 200 else []
    return wrong


def _concerns(path: str, role: str, kind: Kind, place: int, turn: int) -> bool:
    """Return whether a route is asked by somebody: a browser's by everybody, the others in turn."""
    if path.startswith("/board") and path != "/board/leave":
        return True
    if path.startswith("/wall"):
        return kind == "wall"  # everybody else would be a new screen that waits
    if path in ("/board/leave", "/voice/callback"):
        return False  # the one ends the session, the other is there with a telephone gateway alone
    return place == turn % 20 and role != "reporter"


def _foreign(path: str, row: Row, known: Known, place: int, turn: int) -> tuple[str, str]:
    """Return a path that names what is another jurisdiction's, and whose it is."""
    if not row.about:
        return "nobody", row.path or path
    whose, id = known.another(row.about, place, turn + place)
    if row.about == "counted":
        return place_of(whose), f"{path}?figure=incident&place={id}"
    return place_of(whose), path.replace(CASE, id).replace("{number:[0-9]{1,4}}", "1")


async def _feeds(it: Districts, places: list[int], known: Known) -> list[str]:
    """A secret address opens one jurisdiction's warnings, and no message of another's."""
    wrong = []
    for place in places:
        path = await link(it.town, it.people[place, "admin"], place_of(place))
        page = await read(it.town, path)
        wrong += [f"the feed of {place} tells of {extra}" for extra in _others(place, it, page.text)]
        assert ("暴雨" in page.text) is (place == 0)
        for whose, id in known.of["warning"].items():
            one = f"{path.rpartition('/')[0]}/{id}.1.xml"
            message, wanted = await read(it.town, one), 200 if one in page.text else 404
            wrong += [f"{place} reads {id} of {whose}: {message.status}"] if message.status != wanted else []
    return wrong


# By the API


async def _operations(it: Districts, places: list[int], known: Known) -> list[str]:
    wrong: list[str] = []
    async with asking(it.town) as nobody:
        systems: list[Platform] = []
        for place in range(it.number):
            units = (KINDS[list(KINDS)[place % 2]],)
            of = {"place": place_of(place), "plans": (f"plan-{place:02}",), "units": units}
            systems.append(await platform(it.town, nobody, *EVERY_SCOPE, **of))
            systems[-1].address = f"10.7.{place}.1"
        for place in places:
            brought = await systems[place].createReport(body={"text": "有人落水"})
            known.of.setdefault("report", {})[place] = brought["id"]
            brought = await systems[place].createWarning(body={"text": "气象台发布大风蓝色预警，明天白天有大风"})
            known.of.setdefault("brought", {})[place] = brought["id"]
        cursors: dict[str, tuple[int, str]] = {}
        for place, system in enumerate(systems):
            for name, given, wanted in _asked(known, place, it.number):
                answer: Answer = await system.call(name, **given)
                if answer.status != wanted:
                    wrong.append(f"{place} {name} {given}: {answer.status}, not {wanted}: {answer.data}")
                said = str(answer.data)
                wrong += [f"{name} of {place} tells of {extra}" for extra in _others(place, it, said)]
                wrong += [f"{name} of {place} tells mobiles"] if any(what == "mobile" for _, what in told(said)) else []
            if place % 4 < 2:
                wrong += await _pages(it, system, place, cursors)
    return wrong


def _asked(known: Known, place: int, number: int) -> Iterator[tuple[str, Mapping[str, Any], int]]:
    """Yield each operation with what of another jurisdiction it may name, and how that is refused."""
    kinds: dict[str, str] = {
        "getReport": "report", "updateReport": "report", "getBroughtWarning": "brought", "getIncident": "incident",
        "answerCall": "incident", "getWarning": "warning",
    }  # fmt: skip
    bodies: dict[str, Callable[[str], dict[str, Any]]] = {
        "createReport": lambda plan: {"text": "有人落水", "plan": plan},
        "createReports": lambda plan: {"reports": [{"key": "k", "text": "有人溺水", "plan": plan}]},
        "updateReport": lambda plan: {"text": "受伤5人"},
        "answerCall": lambda plan: {"unit": KINDS[list(KINDS)[place % 2]], "answer": "收到"},
        "createWarning": lambda plan: {"text": "气象台发布暴雨红色预警", "plan": plan},
    }
    assert set(test_attacks.ROWS) == set(OPERATIONS), "an operation without a row"
    for turn, (name, row) in enumerate(test_attacks.ROWS.items()):
        whose = (place + 1 + turn % (number - 1)) % number
        body = {"body": bodies[name](f"plan-{whose:02}")} if name in bodies else {}
        named = {"id": known.another(kinds[name], place, turn + place)[1]} if name in kinds else {}
        assert bool(named) is ("{" in OPERATIONS[name].path), f"{name} names something"
        assert bool(body) is bool(OPERATIONS[name].bodies), f"{name} brings something"
        wanted = row.other or row.own if named else 422 if body else 200
        yield name, QUERIES.get(name, {}) | named | body, wanted
        if name == "getStatistics":
            yield name, QUERIES[name] | {"plan": f"plan-{whose:02}"}, 422


async def _pages(it: Districts, system: Platform, place: int, cursors: dict[str, tuple[int, str]]) -> list[str]:
    """Every list goes on where another jurisdiction's page ended: what comes is one's own."""
    wrong = []
    for name in (name for name, item in OPERATIONS.items() if item.query and "cursor" in item.query.model_fields):
        if name in cursors:
            whose, given = cursors[name]
            answer = await system.call(name, cursor=given)
            extra = _others(place, it, str(answer.data))
            wrong += [f"{name} of {place} behind a page of {whose}: {extra}"] if extra or answer.status != 200 else []
        page = await system.call(name, limit=1)
        if page["next"] is not None:
            cursors[name] = (place, page["next"])
    return wrong
