"""Every way by which a name, an office, a telephone is confirmed or changed, for every role, whatever happens between.

A way ends where somebody presses or writes the last word; what happens before that word is the case.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest

from bot.callback_data import new_id
from bot.cases.streams import admin_log
from bot.office import claims, confirming
from bot.office.accepting import accept
from bot.office.administration import AdminResult
from bot.office.identity import CONFIRMED, FORM, PHONE_CHANGED, person_named
from bot.office.inviting import invite
from bot.operations.persons import erase
from bot.sealed import OPENED
from bot.service.requests import Requester
from plans.identity import Who
from storage import open_store
from storage.forms import Form
from storage.people import Holding, Person
from storage.transaction import Writing
from tests import stage
from tests.bot.office.duty_office import CAMPUS, ELSEWHERE, MONDAY, Office, turn

HERE, THERE = CAMPUS.jurisdiction.name, ELSEWHERE.jurisdiction.name
MOBILE = "139" + "0000" + "0012"
WHO = Who("赵敏", "区应急管理局", MOBILE)
ROLES = ("duty", "director", "liaison", "head", "reporter", "admin", "stranger")
CASES = ("plain", "two places", "the other place's", "blocked", "erased", "role lost", "not himself", "twice")


@dataclass
class Desk:
    """An office, one person of a role whom nobody has confirmed, and whoever administers."""

    office: Office
    role: str
    case: str
    person: Person
    admin: Person
    who: Who
    done: list[AdminResult | None] = field(default_factory=list)

    async def state(self, by: Person, who: Who, **how: Any) -> AdminResult | None:
        return await confirming.state(
            self.office.service, by, who, cause=self.office.cause(), requester=self.requester(by), reply=quiet, **how
        )

    def requester(self, by: Person) -> Requester:
        return Requester(person_id=by.id, via="forward" if self.case == "not himself" else "direct")

    async def ask(self, by: Person, data: dict[str, str]) -> None:
        async with self.office.store.writing() as tx:
            form = Form(place_id=by.place_id or "", person_id=by.id, kind=FORM, data=data, at=MONDAY)
            await tx.forms.save(form)

    async def between(self) -> None:
        """Let happen what happens before the last word."""
        if self.case == "erased":
            known = await self.known()
            await erase(self.office.store, known, by="王管理", reason="申请", now=MONDAY)
        if self.case == "role lost":
            async with self.office.store.writing() as tx:
                for item in await tx.people.holdings(self.admin.id):
                    await tx.people.revoke(item.id, MONDAY)
        if self.case == "blocked":
            known = await self.known()
            async with self.office.store.writing() as tx:
                await tx.people.save(replace(known, blocked_at=MONDAY))

    async def known(self) -> Person:
        async with self.office.store.reading() as rx:
            found = await rx.people.get(self.person.id)
        assert found is not None
        return found

    async def decide(self) -> None:
        """Let the administrator approve whatever waits of the person."""
        async with self.office.store.reading() as rx:
            waiting = [item for item in await rx.people.claims_of(self.person.id) if item.decided_at is None]
        await self.between()
        for item in waiting:
            for _ in range(2 if self.case == "twice" else 1):
                done = await claims.decide(
                    self.office.service, self.admin, item.id, True, cause=self.office.cause(),
                    requester=self.requester(self.admin),
                )  # fmt: skip
                self.done.append(done)


def quiet(done: AdminResult) -> list[Any]:
    return []


async def named(desk: Desk, who: Who | None) -> str:
    """Invite by the administrator of here, whoever decides else."""
    service, role = desk.office.service, "duty" if desk.role == "stranger" else desk.role
    unit = "区教育局" if role in ("liaison", "head") else None
    admin = desk.admin
    done = await invite(
        service,
        admin,
        CAMPUS,
        role,
        unit,
        "bot",
        who,
        cause=desk.office.cause(),
        requester=Requester(person_id=admin.id),
    )
    assert done is not None
    async with desk.office.store.reading() as rx:
        made = [item for item in await rx.people.invitations(HERE) if item.created_by == admin.id]
    return f"{OPENED}{made[0].digest if made else 'none'}"


async def by_invitation(desk: Desk) -> None:
    token = await named(desk, desk.who)
    await desk.between()
    for seen in (None, (desk.who.name, desk.who.office)):
        done = await accept(
            desk.office.service, desk.person, token, cause=desk.office.cause(),
            requester=desk.requester(desk.person), seen=seen,
        )  # fmt: skip
        desk.done.append(done)


async def by_open_invitation(desk: Desk) -> None:
    token = await named(desk, None)
    done = await accept(
        desk.office.service, desk.person, token, cause=desk.office.cause(),
        requester=Requester(person_id=desk.person.id),
    )  # fmt: skip
    desk.done.append(done)
    await desk.between()
    for _ in range(2 if desk.case == "twice" else 1):
        desk.done.append(await desk.state(desk.person, desk.who))


async def by_claim(desk: Desk) -> None:
    service, cause = desk.office.service, desk.office.cause
    own = desk.requester(desk.person)
    await claims.claim(service, desk.person, CAMPUS, "duty", None, cause=cause(), requester=own)
    desk.done.append(await desk.state(desk.person, desk.who))
    await desk.decide()


async def by_question(desk: Desk) -> None:
    await desk.ask(desk.person, {})
    desk.done.append(await desk.state(desk.person, desk.who))
    await desk.decide()


async def by_himself(desk: Desk) -> None:
    desk.done.append(await desk.state(desk.person, desk.who, own=True))
    await desk.decide()


async def by_administrator(desk: Desk) -> None:
    await desk.ask(desk.admin, {"person": desk.person.id, "seen": confirming.fingerprint(desk.person)})
    await desk.between()
    desk.done.append(await desk.state(desk.admin, desk.who))


async def by_telephone(desk: Desk) -> None:
    """He is confirmed already; his own word changes the telephone."""
    async with desk.office.store.writing() as tx:
        known = replace(desk.person, real_name=desk.who.name, office=desk.who.office, phone="", confirmed_at=MONDAY)
        await tx.people.save(known)
    await desk.between()
    desk.done.append(await desk.state(desk.person, desk.who, own=True))


async def by_roster(desk: Desk) -> None:
    await desk.between()
    await desk.office.write(turn(5, desk.who.name)._replace(office=desk.who.office, phone=MOBILE))


Way = Callable[[Desk], Awaitable[None]]
WAYS: dict[str, Way] = {
    "invitation": by_invitation, "open invitation": by_open_invitation, "claim": by_claim, "question": by_question,
    "himself": by_himself, "administrator": by_administrator, "telephone": by_telephone, "roster": by_roster,
}  # fmt: skip


def confirms(way: str, role: str, case: str) -> bool:
    """Return whether the person is then who he said; the table of the module."""
    if way == "roster" or case in ("erased", "not himself"):
        return False
    if role == "stranger" and way in ("question", "himself", "administrator"):
        return False  # nobody knows where he belongs
    if case == "the other place's":  # of which the person holds nothing: only his own word of his telephone counts
        return way == "telephone"
    if case == "role lost":  # of an invitation the maker's word is asked when it is taken, not after
        return way in ("telephone", "open invitation")
    return True


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("way", WAYS)
async def test_who_somebody_is_follows_only_from_the_word_of_whoever_may_say_it(file_url: str, way: str, case: str):
    async with await open_store(file_url) as store, Office.open(store) as office:
        for number, role in enumerate(ROLES):
            desk = await seated(office, role, case, number)
            await WAYS[way](desk)
            known, expected = await desk.known(), confirms(way, role, case)
            said = f"{role}: {known} after {desk.done}"
            assert (known.real_name == desk.who.name and known.phone == MOBILE) is expected, said
            if not expected and way != "telephone":
                assert not known.real_name and known.confirmed_at is None, said
            if case == "erased":
                async with store.reading() as rx:
                    assert not await rx.people.holdings(desk.person.id), "nobody is let in as who was erased"
                    log = [item.payload for item in await rx.journal.load(admin_log(HERE))]
                assert way in ("roster", "invitation") or desk.who.name not in str(log), "nor is he named in the log"
            await journaled(desk, way, expected)


async def seated(office: Office, role: str, case: str, number: int) -> Desk:
    """Seat somebody whom nobody has confirmed, and an administrator beside the others."""
    async with office.store.writing() as tx:
        person = await stage.enter(tx, chat=200 + number, name=f"甲{number}", at=MONDAY, confirmed=False)
        admin = await stage.enter(tx, chat=300 + number, name=f"管理{'一二三四五六七'[number]}", at=MONDAY)
        for place in [HERE, THERE] if case == "two places" else [HERE]:
            if role != "stranger":
                unit = "区教育局" if role in ("liaison", "head") else None
                await grant(tx, person, place, role, unit)
        await grant(tx, admin, THERE if case == "the other place's" else HERE, "admin", None)
    who = WHO._replace(name=f"赵{'一二三四五六七'[number]}")
    return Desk(office=office, role=role, case=case, person=person, admin=admin, who=who)


async def grant(tx: Writing, person: Person, place: str, role: str, unit: str | None) -> None:
    plan_id = "*" if role == "admin" else (CAMPUS if place == HERE else ELSEWHERE).id
    held = Holding(
        id=new_id(), person_id=person.id, jurisdiction=place, plan_id=plan_id, role=role, unit=unit,
        granted_by="settings", granted_at=MONDAY + timedelta(hours=place != HERE),
    )  # fmt: skip  # where he was first, they are asked who he is
    await tx.people.grant(held)


async def journaled(desk: Desk, way: str, expected: bool) -> None:
    """A change stands once in the log of each place that the person belongs to, and no mobile number in any."""
    event = PHONE_CHANGED if way == "telephone" else CONFIRMED
    for place in (HERE, THERE):
        async with desk.office.store.reading() as rx:
            log = await rx.journal.load(admin_log(place))
        mine = [item for item in log if item.event == event and item.payload.get("person") == desk.person.id]
        belongs = place == HERE or (desk.case == "two places" and desk.role != "stranger")
        if desk.role == "stranger" and way == "telephone":
            belongs = False  # nothing holds him anywhere
        assert len(mine) == (expected and belongs), (desk.role, place, mine)
        assert MOBILE not in str([item.payload for item in log])
        for item in mine:
            by = desk.person if way in ("telephone", "open invitation") else desk.admin
            assert (item.actor, item.payload["phone"]) == (by.id, "139××××0012")


async def test_of_two_who_claim_one_name_the_second_is_confirmed_with_a_warning(file_url: str):
    async with await open_store(file_url) as store, Office.open(store) as office:
        first, second = await seated(office, "duty", "plain", 0), await seated(office, "director", "plain", 1)
        second = replace(second, who=first.who)
        for desk in (first, second):
            await desk.ask(desk.person, {})
            await desk.state(desk.person, desk.who)
        for desk in (first, second):
            await desk.decide()
        assert [desk.done[-1].key for desk in (first, second) if desk.done[-1]] == [
            "name_approved",
            "name_approved_same",
        ]
        async with store.reading() as rx:
            assert await person_named(rx, CAMPUS, first.who.name, first.who.office) is None, (
                "nobody is meant for certain"
            )


@pytest.mark.parametrize("known", [False, True])
async def test_where_a_name_changes_elsewhere_too_those_who_administer_there_are_told(file_url: str, known: bool):
    async with await open_store(file_url) as store, Office.open(store) as office:
        desk, other = (
            await seated(office, "duty", "two places", 0),
            await seated(office, "duty", "the other place's", 1),
        )
        if known:
            async with store.writing() as tx:
                person = replace(desk.person, real_name="钱五", office="区教育局", confirmed_at=MONDAY)
                await tx.people.save(person)
            desk = replace(desk, person=await desk.known())
        await by_administrator(desk)
        assert (await desk.known()).real_name == desk.who.name
        async with store.reading() as rx:
            told = [str(row.payload.get("text")) for row in await rx.outbox.to_person(other.admin.id)]
        assert [f"钱五的姓名已由{desk.admin.name}（{HERE}）改为" in text for text in told] == [True] * known
        assert MOBILE not in str(told)
