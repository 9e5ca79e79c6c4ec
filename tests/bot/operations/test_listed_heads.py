"""Names of heads on the list of bodies: handed out with what else is kept about somebody, erased, forgotten in time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.operations import persons
from bot.operations.retention import forget
from storage.bodies import BodyList, BodyRow
from storage.people import Holding, Person
from tests.bot.operations.conftest import AT

PLACE = "晋城市城区"
MOBILE = "139" + "0000" + "0001"
LIST = BodyList(jurisdiction=PLACE, number=1, at=AT, by="p")
SCHOOL = BodyRow(
    jurisdiction=PLACE, id="凤鸣小学", name="凤鸣小学", head="李校长", phones=["0356-2250781", MOBILE], since=1
)
HEAD = Person(id="u1", telegram_id=5001, name="李某", created_at=AT)


async def listed(store, role: str = "head", *, name: str = "李某", confirmed: bool = True) -> Person:
    person = replace(HEAD, name=name)
    if confirmed:
        person = replace(person, name="小李", real_name=name, confirmed_at=AT)
    async with store.writing() as tx:
        await tx.bodies.take_over(LIST, [SCHOOL], ())
        await tx.people.add(person)
        await tx.people.grant(
            Holding(
                id="h1", person_id="u1", jurisdiction=PLACE, plan_id="plan", role=role, unit="凤鸣小学",
                granted_by="settings", granted_at=AT,
            )
        )  # fmt: skip
    return person


async def rows(store) -> list[tuple[str, list[str]]]:
    async with store.reading() as rx:
        return [(row.head, list(row.phones)) for row in await rx.bodies.all(PLACE)]


async def test_what_the_list_says_of_a_head_is_his_and_goes_with_him(store):
    person = await listed(store)
    async with store.reading() as rx:
        assert [row["head"] for row in (await persons.kept_about(rx, person))["bodies"]] == ["李校长"]
    await persons.erase(store, person, by="孙管理", reason="本人申请", now=AT)
    assert await rows(store) == [("", ["0356-2250781"])], "the school's own number stays"


async def test_a_liaison_is_not_taken_for_the_head_unless_the_list_names_him(store):
    person = await listed(store, "liaison")
    await persons.erase(store, person, by="孙管理", reason="本人申请", now=AT)
    assert await rows(store) == [("李校长", ["0356-2250781", MOBILE])]


async def test_whoever_the_list_names_is_meant_whatever_he_holds(store):
    person = await listed(store, "liaison", name="李校长")
    await persons.erase(store, person, by="孙管理", reason="本人申请", now=AT)
    assert await rows(store) == [("", ["0356-2250781"])]


async def test_who_only_calls_himself_as_the_head_is_called_is_not_meant(store):
    person = await listed(store, "liaison", name="李校长", confirmed=False)
    async with store.reading() as rx:
        assert (await persons.kept_about(rx, person))["bodies"] == []
    await persons.erase(store, person, by="孙管理", reason="本人申请", now=AT)
    assert await rows(store) == [("李校长", ["0356-2250781", MOBILE])]


async def test_former_heads_are_forgotten_in_time_and_the_present_one_stays(store):
    await listed(store)
    async with store.writing() as tx:
        for number, head in ((2, "王校长"), (3, "陈校长")):
            new = replace(LIST, number=number, at=AT + timedelta(days=number))
            await tx.bodies.take_over(new, [replace(SCHOOL, head=head, since=number)], ())
    await forget(store, AT + timedelta(days=200), timedelta(days=90))
    assert await rows(store) == [("陈校长", ["0356-2250781", MOBILE])]
    async with store.reading() as rx:
        first, _ = await rx.bodies.before(PLACE, 2)
        second, _ = await rx.bodies.before(PLACE, 3)
    assert [row.head for row in first] == [""] and [row.head for row in second] == ["王校长"], (
        "the newest may be undone"
    )
