"""A town of two jurisdictions under plans of their own, and what is refused there: the same whether or not it is there.

What is read of a case is known by words that stand only in it. Every command, button, query and other way, with two
and with twenty, is in ``test_districts``.
"""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.callback_data import new_id
from bot.office.reader import Reader
from bot.playground import Bot, Group, Person
from plans.incident.state import Incident
from storage.directory import DirectoryLine
from storage.incidents import IncidentRow
from storage.outbox.tables import outbox
from storage.people import Holding, ShiftRow
from tests.factories import CAMPUS
from tests.journeys.world import JURISDICTION, NIGHT, PLAN, STAMPEDE, Forgiven, Town

CITY, WATER = "晋城市", "jincheng-water-rescue"
SECRETS = {
    "A1": ("实验小学宿舍楼",),
    "A2": ("凤鸣中学",),
    "B1": ("沁河水库", "翻沉"),
    "roster A": ("甲班长", "李值班"),
    "roster B": ("乙班长", "乙值班"),
    "mobile A": ("13800000000",),
    "mobile B": ("13900000000",),
}
"""Words by what they give away."""


@dataclass
class Two:
    """The town with a second jurisdiction: another plan, another group, people of its own."""

    town: Town
    city: Group
    people: dict[str, Person] = field(default_factory=dict)

    def place(self, kind: str) -> Group | Bot:
        if kind == "private":
            return self.town.bot
        return self.town.group if kind == "command A" else self.city


@pytest.fixture
async def two() -> AsyncIterator[Two]:
    async with both() as two:
        yield two


@asynccontextmanager
async def both(board: str = "", voice: str = "") -> AsyncIterator[Two]:
    """Open a town with both jurisdictions, each with cases that nobody has taken.

    Args:
        board, voice: see ``Town.open``.
    """
    async with Town.open(board=board, voice=voice) as town:
        world = town.world
        names = ("甲管理", "乙管理", "乙值班", "乙指挥", "乙联络", "乙报告")
        made = dict(zip(names, map(world.add_user, names), strict=True))
        city = world.add_group("市水上指挥群", owner=town.admin, members=[town.bot, *made.values(), town.stranger])
        for person in (*made.values(), town.teacher, town.stranger):
            person.start(town.bot)
        for person in (*made.values(), town.stranger, town.head, town.teacher):
            person.join(town.group)
        for person in (town.duty, town.commander, town.head):
            person.join(city)
        town.admin.send(city, "/help@tocsin_bot")
        await town.settle()
        await town.bind(city, "command", WATER)
        await town.grant(made["甲管理"], "admin", plan=PLAN)
        await town.grant(town.teacher, "reporter", "事发学校")
        for name, role, unit in (("乙管理", "admin", None), ("乙值班", "duty", None), ("乙指挥", "commander", None),
                                 ("乙联络", "liaison", "市交通局"), ("乙报告", "reporter", None)):  # fmt: skip
            await town.grant(made[name], role, unit, plan=WATER)
        await _rosters(town, made["乙值班"])
        await town.say(town.head, town.bot, STAMPEDE)
        await town.say(town.teacher, town.bot, "凤鸣中学教学楼起火，2名学生受伤")
        await town.say(made["乙报告"], town.bot, "沁河水库一条游船翻沉，5人落水，2人失踪")
        town.forgiven = Forgiven(calls=("query is too old", "query ID is invalid"))
        yield Two(town, city, {
            "admin A": made["甲管理"], "duty A": town.duty, "director A": town.director, "deputy A": town.deputy,
            "commander A": town.commander, "liaison A": town.liaisons["区消防救援大队"], "head": town.head,
            "teacher": town.teacher, "admin B": made["乙管理"], "duty B": made["乙值班"], "commander B": made["乙指挥"],
            "liaison B": made["乙联络"], "reporter B": made["乙报告"], "stranger": town.stranger, "root": town.admin,
        })  # fmt: skip


async def _rosters(town: Town, duty: Person) -> None:
    now = town.clock.now()
    await town.sit(duty, WATER)
    async with town.open_store.writing() as tx:
        for place, plan, name, phone, unit in (
            (JURISDICTION, PLAN, "甲班长", "13800000000", "区消防救援大队"),
            (CITY, WATER, "乙班长", "13900000000", "市交通局"),
        ):
            turn = ShiftRow(
                jurisdiction=place, plan_id=plan, begins=now - timedelta(hours=1), ends=now + timedelta(hours=9),
                kind="主班", name=name, phone=phone,
            )  # fmt: skip
            await tx.people.replace_shifts(place, plan, turn.begins, turn.ends, [turn])
            await tx.directory.amend(
                DirectoryLine(
                    id=new_id(), jurisdiction=place, unit=unit, number=phone, kind="手机", by="import", at=now
                )
            )


async def written(town: Town, since: int) -> list[tuple[int, int, str]]:
    """Return what was written since: (number, chat, text) each; what waits is dropped."""
    await town.clock.advance(timedelta())
    found: list[tuple[int, int, str]] = []
    async with town.open_store.writing() as tx:
        for row in await tx._session.rows(select(outbox).where(outbox.c.id > since).order_by(outbox.c.id)):
            place = await tx.places.get(row.place_id)
            assert place is not None
            found.append((row.id, place.chat_id, str(row.payload.get("text", ""))))
            if row.state == "pending" and row.method != "card":
                await tx.outbox.drop(row.id, "read", town.clock.now())
    return found


def given_away(text: str) -> set[str]:
    return {what for what, words in SECRETS.items() if any(word in text for word in words)}


REFUSED = [
    f"/{name} {{}}{words}"
    for name, words in [
        ("declare", " Ⅱ 很严重"), ("oral", " 指挥长 启动 Ⅰ"), ("end", " 处置完毕"), ("close", ""), ("reopen", " 续"),
        ("reject", " 误报"), ("verify", " 一般"), ("judge", " 4.3.2(1)"), ("resolve", " 受伤 相加"), ("waive", " 1 免"),
        ("file", " 首报 电话"), ("request", " 市委 核实"), ("call", " 区消防救援大队"), ("update", " 受伤9人"),
        ("correct", " 死亡0人"), ("ack", " 收到"), ("undo", ""), ("status", ""), ("export", ""), ("merge", " 1"),
        ("status", " 叫应表"),
    ]
]  # fmt: skip


@pytest.mark.parametrize("kind", ["private", "command A", "school"])
async def test_a_refusal_is_the_same_whether_there_is_such_a_case_or_not(two: Two, kind: Any) -> None:
    """A stranger, a reporter of another case, officials of another place: role first, and nothing of the case."""
    town = two.town
    asking = {name: two.people[name] for name in ("stranger", "teacher", "reporter B", "duty B", "commander B")}
    where: Group | Bot = two.place(kind) if kind != "school" else town.group
    if kind == "school":
        where = await town.add_group("学校群", kind, town.admin, *asking.values())
    since = max((item[0] for item in await written(town, 0)), default=0)
    sequence = (await town.incident(1)).sequence
    told: dict[str, list[list[tuple[bool, str]]]] = {}
    for number, (name, person) in itertools.product(("1", "77"), asking.items()):
        if kind == "private" and name in ("reporter B", "duty B", "commander B"):
            continue  # there number 1 is a case of their own
        found: list[tuple[int, int, str]] = []
        for text in REFUSED:
            person.send(where, text.format(number))
            if name == "stranger" or text is REFUSED[-1]:  # what a stranger is told twice at once is told once
                found += await written(town, since)
                since = max([since, *(item[0] for item in found)])
        said = [(chat == person.id, words.replace(f"{number}号", "N号")) for _, chat, words in found]
        told.setdefault(name, []).append(said)
    for name, (there, nowhere) in told.items():
        assert there == nowhere and there, name
        text = "".join(words for _, words in there)
        assert not given_away(text), name
        assert not [word for word in ("Ⅰ", "Ⅱ", "Ⅲ", "指挥长", "4人", "踩踏") if word in text], (name, text)
    assert (await town.incident(1)).sequence == sequence


def row(jurisdiction: str, plan: str) -> IncidentRow:
    return IncidentRow(
        stream="incident:1", jurisdiction=jurisdiction, plan_id=plan, plan_version="1", plan_hash="", drill=False,
        year=2026, number=1, state="reported", event_level=None, response_level=None, reported_at=NIGHT,
        occurred_at=None, text="", place_id=None, sequence=1,
    )  # fmt: skip


ROLES = ("admin", "duty", "commander", "deputy", "director", "liaison", "head", "reporter")


@pytest.mark.parametrize("role", ROLES)
def test_a_role_reads_in_its_own_jurisdiction_and_in_none_of_nineteen_others(role: str) -> None:
    """Twenty jurisdictions with two plans each: a role of one plan reads there; an administrator under both."""
    places = [(f"第{number}区", f"plan-{number}-{kind}") for number in range(20) for kind in "ab"]
    own, plan = places[0]
    unit = "区消防救援大队" if role in ("liaison", "head", "reporter") else None
    held = Holding(
        id="h", person_id="p", jurisdiction=own, plan_id="*" if role == "admin" else plan, role=role, unit=unit,
        granted_by="settings", granted_at=NIGHT,
    )  # fmt: skip
    reader = Reader(person_id="p", holdings=(held,))
    for place, name in places:
        here = place == own and (role == "admin" or name == plan)
        assert reader.may_list(row(place, name)) == (here and role != "reporter")
        assert reader.administers(place) == (place == own and role == "admin")
        mine = Incident(stream="incident:1", jurisdiction=place, plan=name, reporter_id="p")
        theirs = Incident(stream="incident:1", jurisdiction=place, plan=name, reporter_id="q")
        called = Incident(
            stream="incident:1", jurisdiction=place, plan=name, reporter_id="q",
            calls={"区消防救援大队": None},  # type: ignore[dict-item]
        )  # fmt: skip
        assert reader.may_read(CAMPUS, mine) == here, "what he reported himself"
        assert reader.may_read(CAMPUS, theirs) == (here and role != "reporter")
        assert reader.may_read(CAMPUS, called) == here, "what his body is called for"
        assert reader.may_add(CAMPUS, mine), "whoever reported it may go on about it"
        assert reader.may_add(CAMPUS, theirs) == (here and role != "reporter")
        ended = Reader(person_id="p", holdings=(Holding(**{**vars(held), "ended_at": NIGHT}),))
        assert not ended.may_list(row(place, name)) and not ended.may_read(CAMPUS, mine)


def test_the_placeholder_of_a_place_is_no_body_of_its_own() -> None:
    """Everybody at a school is registered as 事发学校: that it is called says nothing of which school."""
    held = Holding(
        id="h", person_id="p", jurisdiction="区", plan_id="x", role="reporter", unit="事发学校", granted_by="settings",
        granted_at=NIGHT,
    )  # fmt: skip
    assert any(unit.id == "事发学校" and unit.place_bound for unit in CAMPUS.units)
    called = Incident(
        stream="incident:1",
        jurisdiction="区",
        plan="x",
        reporter_id="q",
        calls={"事发学校": None},  # type: ignore[dict-item]
    )
    assert not Reader(person_id="p", holdings=(held,)).may_read(CAMPUS, called)


def test_a_stranger_reads_nothing_and_an_administrator_of_the_settings_everything() -> None:
    somebody = Incident(stream="incident:1", jurisdiction="区", plan="x", reporter_id="q")
    assert not Reader(person_id="p").may_read(CAMPUS, somebody)
    assert not Reader(person_id="q").may_read(CAMPUS, somebody), "not even what he reported: it is told to him"
    root = Reader(person_id="p", admin=True)
    assert root.may_read(CAMPUS, somebody) and root.may_list(row("区", "x")) and root.administers("区")
