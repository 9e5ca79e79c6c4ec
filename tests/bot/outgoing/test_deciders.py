"""A proposal reaches whoever may decide, by every role he holds, once; where nobody is seated the seat is told so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations
from typing import Any, cast

import pytest

from bot.outgoing.addresses import Addresses
from bot.outgoing.notice_dispatcher import NoticeDispatcher, _about
from bot.render import render
from bot.render.view import View
from plans.core.event import Recorded
from plans.core.keys import to_role
from plans.core.notice import Notice
from plans.core.registry import TELLERS
from plans.incident.case import NoticeContext
from plans.incident.proposals import Proposed
from plans.incident.state import Incident
from storage.people import Person
from storage.places import Place
from tests.factories import START, Life
from tests.plans.core.test_adjusting import DECLARE
from tests.plans.data.shipped import plan


@dataclass
class Office:
    """Who holds which roles, as the directory of people answers."""

    held: dict[str, frozenset[str]]

    @property
    def people(self) -> Office:
        return self

    @property
    def places(self) -> Office:
        return self

    async def holders(self, jurisdiction: str, plan_id: str, role: str, unit: str | None = None) -> list[Person]:
        return [_person(name) for name, roles in self.held.items() if role in roles]

    async def look_at_office(self, *given: Any) -> None:
        """Nothing is read ahead."""

    async def among(self, ids: Any) -> dict[str, Place]:
        return {name: _place(name) for name in ids}

    async def seat(self, jurisdiction: str, plan_id: str) -> None:
        return None

    async def shifts(self, *given: Any) -> list[Any]:
        return []

    async def get(self, name: str) -> Place | None:
        return _place(name)

    async def bound(self, *given: Any) -> list[Place]:
        return [_place("group")]


def _person(name: str) -> Person:
    return cast(Person, type("P", (), {"id": name, "name": name, "place_id": name, "blocked_at": None})())


def _place(name: str) -> Place:
    return cast(Place, type("P", (), {"id": name, "kind": "private", "member": True})())


@dataclass
class Viewer:
    addresses: Addresses


def seated(name: str) -> Iterator[dict[str, frozenset[str]]]:
    """Yield nobody, everybody for himself, every single role, and every person with two."""
    roles = sorted(plan(name).roles)
    yield {}
    yield {role: frozenset([role]) for role in roles}
    for role in roles:
        yield {f"only-{role}": frozenset([role])}
    for pair in combinations(roles, 2):
        yield {"-".join(pair): frozenset(pair)}


def proposed(name: str, level: str) -> tuple[Incident, list[Notice]]:
    life = Life(plan(name)).report(facts={}, candidates=())
    response = next(item for item in life.plan.responses if item.level == level)
    event = Proposed(level=level, clause=response.clause, to_roles=response.declared_by)
    item = Recorded(sequence=life.incident.sequence + 1, at=life.now, actor="system", event=event)
    told = NoticeContext(life.plan, life.incident, life.incident, (item,))
    return life.incident, list(TELLERS[Proposed](event, item, told))


CASES = [(name, level) for name, levels in DECLARE.items() for level in levels]


@pytest.mark.parametrize(("name", "level"), CASES)
async def test_whoever_may_declare_is_asked_once_and_nobody_else(name, level):
    incident, told = proposed(name, level)
    allowed = DECLARE[name][level][0]
    dispatcher = NoticeDispatcher(cast(Any, None), cast(Any, None))
    for held in seated(name):
        addresses = Addresses(cast(Any, Office({**held, "officer": frozenset(["duty"])})), plan(name), incident)
        viewer = cast(Any, Viewer(addresses))
        deciders = await dispatcher._deciders(viewer, told)
        letters: list[tuple[str, str, str]] = []
        for notice in told:
            for target in await dispatcher._targets(viewer, notice, deciders):
                once = (target.place.id, notice.key, _about(notice))
                if once not in letters:
                    letters.append(once)
        asked = [place for place, key, _ in letters if key == "proposal"]
        assert sorted(asked) == sorted(person for person, roles in held.items() if roles & allowed), held
        assert [place for place, key, _ in letters if key == "wake_decider"] == ["officer"]
        roles = next(notice for notice in told if notice.key == "wake_decider").params["roles"]
        unseated = await addresses.unseated(roles)
        assert (unseated == frozenset(roles)) is (not asked), "nobody who may decide is seated, and that is known"


@pytest.mark.parametrize(("name", "level"), CASES)
def test_the_seat_is_told_that_nobody_reads_the_proposal_and_whom_to_ring(name, level):
    incident, told = proposed(name, level)
    notice = next(notice for notice in told if notice.key == "wake_decider")
    now: datetime = START + timedelta(minutes=15)
    roles = tuple(notice.params["roles"])
    view = View(plan=plan(name), incident=incident, now=now, audience="seat")
    assert "没有一人" not in render(notice, view).text
    alone = render(notice, View(plan=plan(name), incident=incident, now=now, unseated=frozenset(roles))).text
    assert "没有一人能在这里收到" in alone
    for role in roles:
        assert plan(name).roles[role].title in alone
        assert all(holder in alone for holder in plan(name).roles[role].holders)
    if len(roles) > 1:
        some = render(notice, View(plan=plan(name), incident=incident, now=now, unseated=frozenset(roles[:1]))).text
        assert f"{plan(name).roles[roles[0]].title}没有人能在这里收到" in some


async def test_where_nobody_at_all_sits_the_command_group_reads_it():
    incident, told = proposed("jincheng-transit", "Ⅰ")
    viewer = cast(Any, Viewer(Addresses(cast(Any, Office({})), plan("jincheng-transit"), incident)))
    notice = next(notice for notice in told if notice.key == "wake_decider")
    targets = await NoticeDispatcher(cast(Any, None), cast(Any, None))._targets(viewer, notice, frozenset())
    assert [target.place.id for target in targets] == ["group"]


async def test_a_signature_is_asked_of_who_holds_the_role_itself():
    incident, _ = proposed("jincheng-transit", "Ⅰ")
    dispatcher, of = NoticeDispatcher(cast(Any, None), cast(Any, None)), plan("jincheng-transit")
    notice = Notice(kind="note", key="to_sign", to=to_role("deputy"))
    for held, expected in (
        ({"a": frozenset(["deputy"]), "b": frozenset(["director"])}, ["a"]),
        ({"b": frozenset(["director"])}, ["b"]),
    ):
        viewer = cast(Any, Viewer(Addresses(cast(Any, Office(held)), of, incident)))
        assert [target.place.id for target in await dispatcher._targets(viewer, notice, frozenset())] == expected
