"""A town of many jurisdictions: shipped plans under other names, each with a group, people, cases, rosters of its own.

    async with districts(20) as it:
        it.people[7, "duty"].send(it.town.bot, "/status 1")

What somebody reads is known by words that hold the number of a jurisdiction: 第07中学, 甲07班长, 13800000007.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import Any

from sqlalchemy import select

from bot.callback_data import new_id
from bot.playground import Group, Person
from plans.model import Plan
from storage.directory import DirectoryLine
from storage.outbox.tables import outbox
from storage.people import ShiftRow
from tests import stage
from tests.journeys.world import Forgiven, Town, plans

KINDS = {"jincheng-chengqu-campus": "区消防救援大队", "jincheng-water-rescue": "市交通局"}
"""The plans that stand for all, with a unit of each; they take turns."""

OFFICES = ("admin", "duty", "leader", "liaison")
REPORTERS = ("reporter", "other")
ROLES = (*OFFICES, *REPORTERS)
WORDS = re.compile(r"第(\d\d)(中学|幼儿园|气象台|号口信|号批示|号开会)|甲(\d\d)(班长|值班)|138000000(\d\d)")
"""What tells of a jurisdiction: its number, and what of it."""

OF_OFFICE = frozenset({"中学", "幼儿园", "班长", "值班", "mobile"})
MUST = {**dict.fromkeys(OFFICES, OF_OFFICE), "reporter": {"中学", "mobile"}, "other": {"幼儿园", "mobile"}}
"""What everybody reads of his own jurisdiction, by one of the commands at least."""

MAY = {**dict.fromkeys(OFFICES, frozenset({*OF_OFFICE, "气象台", "号口信", "号批示", "号开会"})),
       "reporter": frozenset({"中学", "mobile"}), "other": frozenset({"幼儿园", "mobile"})}  # fmt: skip

Mark = tuple[int, str]
Seat = tuple[int, str]


def told(text: str) -> set[Mark]:
    """Return of which jurisdictions a text tells, and what."""
    found = set[Mark]()
    for one in WORDS.finditer(text):
        found.add((int(one[1] or one[3] or one[5]), one[2] or one[4] or "mobile"))
    return found


@cache
def installed(number: int) -> dict[str, Any]:
    """Return plans of so many jurisdictions: shipped ones, under other names."""
    found: dict[str, Plan] = {}
    for place in range(number):
        shipped: Plan = plans()[list(KINDS)[place % len(KINDS)]]
        name = place_of(place)
        found[f"plan-{place:02}"] = shipped.model_copy(
            update={
                "id": f"plan-{place:02}", "title": shipped.title.replace(shipped.jurisdiction.name, name),
                "jurisdiction": shipped.jurisdiction.model_copy(update={"name": name}),
            }
        )  # fmt: skip
    return dict(found)


def place_of(number: int) -> str:
    """Return the name of a jurisdiction."""
    return f"第{number:02}区"


@dataclass
class Districts:
    """See the module.

    Attributes:
        people: by jurisdiction and role. ids: the same by their ids in the database.
        groups: by jurisdiction and kind; those of members and of schools are of the first two alone.
    """

    town: Town
    number: int
    people: dict[Seat, Person] = field(default_factory=dict)
    ids: dict[str, Seat] = field(default_factory=dict)
    groups: dict[tuple[int, str], Group] = field(default_factory=dict)
    seen: int = 0

    def seat_of(self, chat: int) -> Seat | None:
        """Return who it is that has a private chat."""
        return next((seat for seat, person in self.people.items() if person.id == chat), None)

    def may(self, seat: Seat) -> set[Mark]:
        """Return what somebody may be told."""
        return {(seat[0], what) for what in MAY[seat[1]]}

    async def written(self) -> list[tuple[int, str]]:
        """Return what was written since this was asked: (chat, text) each; what waits is dropped."""
        await self.town.clock.advance(timedelta())
        found: list[tuple[int, str]] = []
        async with self.town.open_store.writing() as tx:
            rows = await tx._session.rows(select(outbox).where(outbox.c.id > self.seen).order_by(outbox.c.id))
            for row in rows:
                place = await tx.places.get(row.place_id)
                assert place is not None
                found.append((place.chat_id, str(row.payload.get("text", ""))))
                if row.state == "pending" and row.method != "card":
                    await tx.outbox.drop(row.id, "read", self.town.clock.now())
                self.seen = row.id
        return found

    async def heads(self) -> dict[str, int]:
        """Return how long each log is."""
        async with self.town.open_store.reading() as rx:
            return {name: head.sequence for name, head in (await rx.journal.heads()).items()}

    async def strange(self, before: dict[str, int]) -> list[str]:
        """Return what has been written since in logs of a jurisdiction by somebody who is not of it."""
        found = []
        after = await self.heads()
        async with self.town.open_store.reading() as rx:
            for stream in (name for name in after if after[name] != before.get(name)):
                if stream.startswith("token:"):
                    continue  # its uses, which no person writes
                place = stream.partition(":")[2]
                if not stream.startswith("admin:"):
                    row = await rx.incidents.get(stream) or await rx.cases.get(stream)
                    assert row is not None, stream
                    place = row.jurisdiction
                for entry in (await rx.journal.load(stream))[before.get(stream, 0) :]:
                    seat = self.ids.get(entry.actor or "")
                    if seat is not None and (seat[0] < 0 or place_of(seat[0]) != place):
                        found.append(f"{seat} wrote {entry.event} in {place} ({stream})")
        return found


@asynccontextmanager
async def districts(number: int, *, board: str = "") -> AsyncIterator[Districts]:
    """Open a town of so many jurisdictions, all cases of which were reported and taken by nobody."""
    async with Town.open(seated=False, units=(), board=board, installed=installed(number)) as town:
        it = Districts(town, number)
        for place in range(number):
            for role in ROLES:
                it.people[place, role] = town.world.add_user(f"甲{place:02}{'值班' if role == 'duty' else role}")
        it.people[-1, "stranger"] = town.stranger
        for place in range(number):
            it.groups[place, "command"] = town.world.add_group(
                f"{place:02}指挥群", owner=it.people[place, "duty"], members=[town.bot, *_inside(it, place)]
            )
        for place in range(2):
            for kind in ("members", "school"):
                it.groups[place, kind] = town.world.add_group(
                    f"{place:02}{kind}", owner=it.people[place, "duty"], members=[town.bot, *_inside(it, place)]
                )
        town.admin.start(town.bot)
        await town.settle()
        for person in it.people.values():
            person.start(town.bot)
        # As if long ago: nobody is greeted now.
        town.world.state.bots[town.bot.id].queue.clear()
        await _enter(it)
        for place in range(number):
            it.people[place, "reporter"].send(town.bot, f"第{place:02}中学宿舍楼楼梯发生踩踏，4名学生受伤")
            it.people[place, "other"].send(town.bot, f"第{place:02}幼儿园厨房起火，2人受伤")
        await town.settle()
        for place in range(0, number, max(1, number // 4)):
            for words in (
                f"记 市政府值班室来电：第{place:02}号口信，16时前回复",
                f"/instruct 李书记 落实第{place:02}号批示",
                f"/notice {KINDS[list(KINDS)[place % 2]]}：第{place:02}号开会",
                f"/warn 第{place:02}气象台2026年3月2日3时发布暴雨红色预警：预计4时至10时有大暴雨",
            ):
                it.people[place, "duty"].send(town.bot, words)
        await town.settle()
        await it.written()
        town.forgiven = Forgiven(calls=("query is too old", "query ID is invalid"))
        yield it


def _inside(it: Districts, place: int) -> Iterable[Person]:
    """Return who else sits in a jurisdiction's groups: its own people, officials of the next one, a stranger."""
    after = (place + 1) % it.number
    seats = [(place, "leader"), (place, "reporter"), (after, "duty"), (after, "admin"), (-1, "stranger")]
    return [it.people[seat] for seat in seats]


async def _enter(it: Districts) -> None:
    town, now = it.town, it.town.clock.now()
    async with town.open_store.writing() as tx:
        known = {
            seat: await stage.enter(tx, chat=person.id, name=person.name, at=now) for seat, person in it.people.items()
        }
        it.ids |= {person.id: seat for seat, person in known.items()}
        for (place, role), person in known.items():
            if place < 0:
                continue
            plan = it.town.plans[f"plan-{place:02}"]
            held = {"leader": list(plan.roles)[place // 2 % len(plan.roles)], "other": "reporter"}.get(role, role)
            unit = KINDS[list(KINDS)[place % 2]] if role == "liaison" else None
            if role == "admin":
                plan_id = plan.model_copy(update={"id": "*"})
                await stage.grant(tx, person, plan_id, held, at=now)
            else:
                await stage.grant(tx, person, plan, held, unit=unit, at=now)
            if role == "duty":
                await stage.sit(tx, person, plan, at=now)
        for (place, kind), group in it.groups.items():
            entered = await stage.enter_group(tx, chat=group.id, title=group.title, at=now)
            await stage.bind(tx, entered, it.town.plans[f"plan-{place:02}"], kind, at=now)  # type: ignore[arg-type]
        for place in range(it.number):
            name, plan_id = place_of(place), f"plan-{place:02}"
            turn = ShiftRow(
                jurisdiction=name, plan_id=plan_id, begins=now - timedelta(hours=1), ends=now + timedelta(hours=9),
                kind="主班", name=f"甲{place:02}班长", phone=f"138000000{place:02}",
            )  # fmt: skip
            await tx.people.replace_shifts(name, plan_id, turn.begins, turn.ends, [turn])
            unit = KINDS[list(KINDS)[place % 2]]
            line = DirectoryLine(
                id=new_id(), jurisdiction=name, unit=unit, number=turn.phone, kind="手机", by="import", at=now
            )
            await tx.directory.amend(line)
