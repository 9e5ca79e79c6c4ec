"""Whoever is shown, exported, reminded and rung is the same at every minute, whatever was agreed, undone and imported.

Against a reading of its own: for each shift a list of who serves from when on.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.office.roster import watch
from bot.office.shift_words import _ahead
from plans.roster import Turn
from plans.roster.overrides import TurnKey, key_of
from storage import open_store
from tests.bot.office.duty_office import CAMPUS, MONDAY, ROLES, Office, at, turn

OFFICERS = ("赵值班", "钱值班", "孙值班", "李值班")
LEADERS = ("周主任", "吴主任")
DAYS = range(3, 7)
MINUTE = timedelta(minutes=1)

names = st.sampled_from([*OFFICERS, *OFFICERS, "冯无名", ""])
one_day = st.tuples(names, names, st.sampled_from([*LEADERS, ""]), st.sampled_from([*OFFICERS, "", ""]))
month = st.lists(one_day, min_size=len(DAYS), max_size=len(DAYS))
number = st.integers(0, 30)
steps = st.one_of(
    st.tuples(st.sampled_from(["take", "take", "take", "withdraw"]), number, number),
    st.tuples(st.just("exchange"), number, number),
    st.tuples(st.just("give_back"), number, number),
    st.tuples(st.sampled_from(["leave", "back", "block", "unblock"]), st.integers(0, 5), number),
    st.tuples(st.just("import"), one_day, st.integers(0, len(DAYS) - 1)),
    st.tuples(st.just("pass"), st.integers(1, 14), number),
    st.tuples(st.just("round"), number, number),
)


def turns_of(day: int, cells: tuple[str, str, str, str]) -> list[Turn]:
    by_day, by_night, leader, second = cells
    wanted = [
        turn(day, by_day, hours=(8, 20)), turn(day, by_night, hours=(20, 8)),
        turn(day, leader, "带班领导", (8, 8)), turn(day, second, "副班", (18, 9)),
    ]  # fmt: skip
    return [item for item in wanted if item.name]


@dataclass
class Piece:
    """From when on somebody serves; no name = whom the roster names."""

    since: datetime
    name: str = ""
    instead: str = ""
    request: str = ""


@dataclass
class Model:
    """The other reading."""

    turns: list[Turn] = field(default_factory=list)
    pieces: dict[TurnKey, list[Piece]] = field(default_factory=lambda: defaultdict(list))
    gone: set[str] = field(default_factory=set)
    blocked: set[str] = field(default_factory=set)

    def server(self, item: Turn, moment: datetime) -> str:
        name = item.name
        for piece in self.pieces[key_of(item)]:
            if piece.since <= moment:
                name = piece.name or item.name
        return name

    def at(self, moment: datetime) -> list[str]:
        return sorted(self.server(item, moment) for item in self.turns if item.begins <= moment < item.ends)

    def assign(self, item: Turn, name: str, now: datetime, instead: str, request: str) -> None:
        own = "" if name == item.name else name
        self.pieces[key_of(item)].append(Piece(max(now, item.begins), own, instead, request))

    def fall(self, key: TurnKey, now: datetime) -> None:
        """Whoever serves a shift for another does not any more; what was exchanged for it falls with it."""
        begins, ends = key[:2]
        live = self.pieces[key][-1]
        if not live.name or ends <= now:
            return
        item = next((one for one in self.turns if key_of(one) == key), None)
        back = live.instead if live.instead not in ("", live.name) else ""
        fits = item is not None and back and back != item.name and back not in self.gone | self.blocked
        self.pieces[key].append(Piece(max(now, begins), back if fits else ""))
        for other, pieces in list(self.pieces.items()):
            if pieces and live.request and pieces[-1].request == live.request and pieces[-1].since > now:
                self.fall(other, now)

    def give_back(self, request: str, now: datetime) -> None:
        """What came to whoever the roster names has to be lent again, the rest falls."""
        last = {key: pieces[-1] for key, pieces in self.pieces.items() if pieces and pieces[-1].request == request}
        for key in [key for key, piece in last.items() if piece.name]:
            self.fall(key, now)
        for key, piece in last.items():
            if not piece.name:
                item = next((one for one in self.turns if key_of(one) == key), None)
                if item is not None:  # else the roster has been written anew without it
                    self.assign(item, piece.instead, now, item.name, "")

    def fall_of(self, name: str, now: datetime, *, begun: bool) -> None:
        for key, pieces in list(self.pieces.items()):
            if pieces and pieces[-1].name == name and (begun or pieces[-1].since > now):
                self.fall(key, now)

    def write(self, new: list[Turn], now: datetime) -> None:
        days = {item.begins.date() for item in new}
        keys, served = {key_of(item) for item in new}, {(*item[:3], item.name) for item in new}
        vanished = [key for key in self.pieces if key[0].date() in days and key not in keys]
        self.turns = [item for item in self.turns if item.begins.date() not in days] + new
        for key in vanished:
            live = self.pieces[key][-1] if self.pieces[key] else Piece(now)
            if live.name and (*key[:3], live.name) in served:
                self.pieces[key].append(Piece(max(now, key[0])))
        for key in vanished:
            if self.pieces[key] and self.pieces[key][-1].name:
                self.fall(key, now)


@dataclass
class Run:
    """One example: an office, the other reading, and what was agreed last."""

    office: Office
    model: Model
    last: str = ""

    async def step(self, what: str, first: Any, second: int) -> None:
        now = self.office.clock.now()
        if what == "pass":
            await self.office.until(now + timedelta(hours=first))
        elif what == "import":
            new = turns_of(DAYS[second], first)
            if new:
                await self.office.write(*new)
                self.model.write(new, now)
        elif what in ("leave", "back", "block", "unblock"):
            await self.somebody(what, (*OFFICERS, *LEADERS)[first], now)
        elif what == "give_back":
            if self.last:
                request = await self.office.swap(self.last)
                if (await self.office.press(self.name_of(request.taken_by), "give_back", self.last)).ok:
                    self.model.give_back(self.last, now)
        elif what != "round":
            await self.agree(what, first, second, now)
        await self.round(now)

    async def somebody(self, what: str, name: str, now: datetime) -> None:
        if what in ("leave", "back"):
            await (self.office.leave(name) if what == "leave" else self.office.come_back(name))
            (self.model.gone.add if what == "leave" else self.model.gone.discard)(name)
            if what == "leave":
                self.model.fall_of(name, now, begun=True)
        else:
            await self.office.block(name, what == "block")
            (self.model.blocked.add if what == "block" else self.model.blocked.discard)(name)

    async def round(self, now: datetime) -> None:
        await self.office.round()
        for name in sorted(self.model.blocked):
            self.model.fall_of(name, self.office.clock.now(), begun=False)

    async def agree(self, what: str, first: int, second: int, now: datetime) -> None:
        """Let whoever serves a shift ask, and a colleague say yes, where the office lets them."""
        open_turns = [item for item in self.model.turns if item.ends > now]
        if not open_turns:
            return
        shift = open_turns[first % len(open_turns)]
        asker = self.model.server(shift, max(now, shift.begins))
        if asker not in ROLES:
            return
        other = open_turns[second % len(open_turns)] if what == "exchange" else None
        done = await self.office.ask(asker, shift, other)
        if not done.ok or not done.values["count"]:
            return
        request = str(done.values["request"])
        taker = self.model.server(other, max(now, other.begins)) if other else (*OFFICERS, *LEADERS)[second % 6]
        if what != "withdraw" and (await self.office.press(taker, "take", request)).ok:
            self.last = request
            self.model.assign(shift, taker, now, asker, request)
            if other is not None:
                self.model.assign(other, asker, now, taker, request)
        else:
            assert (await self.office.press(asker, "withdraw", request)).ok

    def name_of(self, person_id: str | None) -> str:
        return next(name for name, person in self.office.people.items() if person.id == person_id)

    async def compare(self) -> None:
        """Ask every reading at each border, and on both sides of it."""
        office, model, now = self.office, self.model, self.office.clock.now()
        borders = {moment for item in model.turns for moment in item[:2]}
        borders |= {piece.since for pieces in model.pieces.values() for piece in pieces}
        exported = await office.all_served(at(1, 0), at(30, 0))
        hours = {item.utcoffset() for served in exported for item in served.turn[:2]}
        assert hours <= {timedelta(hours=8)}, "files are in Beijing's time"
        for moment in sorted({border + side for border in borders for side in (-MINUTE, timedelta(), MINUTE)}):
            wanted = model.at(moment)
            assert sorted(await office.served(moment)) == wanted, moment
            assert sorted(i.turn.name for i in exported if i.turn.begins <= moment < i.turn.ends) == wanted, moment
            officers = {name for name in wanted if name in OFFICERS and name not in model.gone}
            assert await office.rung(moment) == sorted(officers), moment
        for item in sorted({item.begins for item in model.turns if item.begins > now})[:3]:
            await self.reminded(item)
        for person, spans in self.spans(exported, now).items():
            if any(a[0] < b[1] and b[0] < a[1] for n, a in enumerate(spans) for b in spans[:n]):
                assert person in model.blocked or await office.told(person, "同时的两班"), person

    async def reminded(self, begins: datetime) -> None:
        """Whoever serves from a moment on is reminded before it; who cannot be is named to who leads the shift."""
        moment = begins - timedelta(minutes=10)
        async with self.office.store.reading() as rx:
            item = await watch(rx, CAMPUS, moment)
            words = await _ahead(self.office.service, rx, item, moment)
        wanted = {self.model.server(one, begins) for one in self.model.turns if one.begins == begins}
        wanted = {name for name in wanted if name in ROLES and name not in self.model.gone}
        told = {self.name_of(m.person_id) for word in words if word.key.startswith("soon") for m in word.messages}
        assert told == wanted - self.model.blocked
        unreached = [word for word in words if word.key.startswith("unreached")]
        assert len(unreached) == len(wanted & self.model.blocked) and all(word.messages for word in unreached)

    def spans(self, exported: list[Any], now: datetime) -> dict[str, list[tuple[datetime, datetime]]]:
        found: dict[str, list[tuple[datetime, datetime]]] = defaultdict(list)
        for item in exported:
            if item.person is not None and item.turn.ends > now:
                found[item.person.real_name].append((item.turn.begins, item.turn.ends))
        return found


async def run(days: list[tuple[str, str, str, str]], taken: list[tuple[str, Any, int]]) -> None:
    async with await open_store("sqlite+aiosqlite://") as store, Office.open(store) as office:
        first = [item for day, cells in zip(DAYS, days, strict=True) for item in turns_of(day, cells)]
        await office.write(*first)
        example = Run(office, Model(turns=first))
        for step in taken:
            await example.step(*step)
        await example.compare()
        assert office.clock.now() >= MONDAY


@settings(max_examples=20)
@given(days=month, taken=st.lists(steps, min_size=3, max_size=14))
def test_view_export_reminders_and_seat_agree_at_every_minute(days, taken):
    asyncio.run(run(days, taken))
