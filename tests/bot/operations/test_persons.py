"""Whose a name or a word on record is: of every event and field, his own goes and everybody else's stays."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.operations import own_words, persons
from bot.operations.erasure import StillOpen
from bot.operations.erasure import erase as erase_case
from plans.core.event import names
from plans.kinds import fold_any  # noqa: F401  # the events of every kind of case write themselves down
from plans.persons import ACTOR, NAMED, held
from storage.journal import Entry
from storage.people import Person
from tests.handlers.test_warning import RAIN, warnings
from tests.journeys.world import JURISDICTION, UNITS, Town

AT = datetime(2026, 3, 1, tzinfo=UTC)
PERSON = Person(id="p1", telegram_id=5001, name="钱副区长", created_at=AT)
OTHER = "孙管理"
FIELDS = [(name, field) for name, event in sorted(names().items()) for field in event.PERSONAL]


def entry(event: str, actor: str, **payload: Any) -> Entry:
    return Entry(
        stream="warning:1", sequence=1, event=event, version=1, at=AT, actor=actor, cause="c", payload=payload,
        personal=tuple(payload), previous="", hash="",
    )  # fmt: skip


def own(*, alone: bool = True) -> own_words.Own:
    return own_words.Own(PERSON, frozenset({"钱副区长"}), alone)


@pytest.mark.parametrize(("event", "field"), FIELDS)
def test_what_is_his_goes_and_what_is_another_persons_stays(event: str, field: str):
    holds = held(event, field)
    assert holds is not None
    his, others = entry(event, PERSON.id, **{field: PERSON.name}), entry(event, "p2", **{field: PERSON.name})
    if holds.whose == ACTOR:
        assert own().values_of(his) == [field]
        assert own().values_of(others) == [], "somebody else's word, whatever it says"
        return
    for item in (his, others):  # told by name: whoever made the entry
        assert own().values_of(item) == [field]
        assert own(alone=False).values_of(item) == [], "of two who are called so nobody knows whose it is"
    assert own().values_of(entry(event, PERSON.id, **{field: OTHER})) == [], "whom he names is another"
    if holds.whose != NAMED:
        of_him = entry(event, "p2", **{field: "另一种写法"})
        of_him.payload[holds.whose] = PERSON.id
        of_another = entry(event, PERSON.id, **{field: PERSON.name})
        of_another.payload[holds.whose] = "p2"
        assert field in own(alone=False).values_of(of_him), "by the id, whatever the name"
        assert field not in own().values_of(of_another)


@pytest.fixture
async def town() -> AsyncIterator[Town]:
    async with Town.open() as opened:
        yield opened


async def of(town: Town, person) -> Person:
    async with town.open_store.reading() as rx:
        found = await rx.people.by_telegram(person.id)
    assert found is not None
    return found


async def lifted(town: Town) -> str:
    """A warning that the duty officer recorded for the commander, who signed; a liaison answered and did a measure."""
    await town.say(town.duty, town.bot, f"/warn {RAIN.replace('区气象台', '')}")
    await town.press(town.duty, "预览", words="待处理")
    await town.press(town.duty, "代录：指挥长", words="请确认")
    await town.press(town.commander, "补签", words="代录了您")
    await town.press(town.liaisons[UNITS[0]], "收到", words="暴雨红色预警")
    await town.press(town.liaisons[UNITS[0]], "全部办完", words="请落实")
    [case] = await warnings(town)
    return case.stream


async def names_on_record(town: Town, stream: str) -> dict[str, Any]:
    async with town.open_store.reading() as rx:
        entries = await rx.journal.load(stream)
    return {f"{item.event}.{key}": item.payload.get(key) for item in entries for key in item.personal}


async def test_erasing_who_recorded_leaves_whose_word_it_was_and_the_other_way_round(town: Town):
    stream = await lifted(town)
    duty, commander = await of(town, town.duty), await of(town, town.commander)
    async with town.open_store.reading() as rx:
        exported = await persons.kept_about(rx, commander)
    spoken = [item for item in exported["record"] if "spoken_by" in item["own"]]
    assert spoken and not spoken[0]["by_this_person"], "what he said stands in another's entry"
    with pytest.raises(persons.StillNeeded) as needed:
        await persons.erase(town.open_store, commander, by=OTHER, reason="本人申请", now=town.clock.now())
    assert needed.value.numbers == ["预警1"]
    await town.say(town.commander, town.bot, "/warn 1 解除 险情消除")
    await town.press(town.commander, "确认解除", words="请确认")
    done = await persons.erase(town.open_store, commander, by=OTHER, reason="本人申请", now=town.clock.now())
    left = await names_on_record(town, stream)
    assert left["warning-signed.name"] is None and done.kept["acts"] > 0
    assert left["warning-answered.name"] == "联络1" and left["warning-taken.text"], "others' stay"
    issued = [value for key, value in left.items() if key in ("warning-issued.recorded_by", "warning-issued.spoken_by")]
    assert duty.name not in (left["warning-issued.spoken_by"],) and commander.name not in issued


async def test_a_lifted_warning_is_erased_as_an_incident_is_and_an_open_one_is_not(town: Town, tmp_path):
    stream = await lifted(town)
    order = {"by": OTHER, "reason": "期限已过", "folder": tmp_path}
    with pytest.raises(StillOpen):
        await erase_case(town.open_store, stream, now=town.clock.now(), **order)
    await town.say(town.commander, town.bot, "/warn 1 解除 险情消除")
    await town.press(town.commander, "确认解除", words="请确认")
    done = await erase_case(town.open_store, stream, now=town.clock.now(), **order)
    assert done is not None and done.values > 0
    assert not [value for value in (await names_on_record(town, stream)).values() if value]
    async with town.open_store.reading() as rx:
        log = await rx.journal.load(f"admin:{JURISDICTION}")
    assert [item.payload["stream"] for item in log if item.event == "personal-erased"] == [stream]


async def test_what_somebody_wrote_in_the_duty_log_is_his_and_is_found_no_more(town: Town, tmp_path):
    await town.say(town.second, town.bot, "记 市政府值班室张 来电 0356-2022492：下午强对流，16时前反馈")
    await town.say(town.duty, town.bot, "记 巡查正常")
    second = await of(town, town.second)
    async with town.open_store.reading() as rx:
        kept = str(await persons.kept_about(rx, second))
        [stream] = [row.stream for row in await rx.cases.called("entry", 1, False)]
    assert "下午强对流" in kept and "0356-2022492" in kept
    with pytest.raises(persons.StillNeeded) as needed:
        await persons.erase(town.open_store, second, by=OTHER, reason="本人申请", now=town.clock.now())
    assert needed.value.numbers == ["日志1号"]
    with pytest.raises(StillOpen):
        await erase_case(town.open_store, stream, by=OTHER, reason="期限", now=town.clock.now(), folder=tmp_path)
    await town.say(town.duty, town.bot, "/log 1 已回复 已报送")
    await persons.erase(town.open_store, second, by=OTHER, reason="本人申请", now=town.clock.now())
    left = await names_on_record(town, stream)
    assert left["entry-written.text"] is None and left["entry-written.phone"] is None
    assert left["entry-answered.words"] == "已报送", "what another wrote stays"
    async with town.open_store.reading() as rx:
        row = await rx.entries.get(stream)
        assert row is not None and "强对流" not in row.words and row.due is None
        assert await rx.entries.between(JURISDICTION, [row.plan_id], row.day, row.day, words=["强对流"]) == []
    await town.say(town.duty, town.bot, "/log")
    assert "强对流" not in town.texts(town.duty)[-1] and "1号" in town.texts(town.duty)[-1]
    assert await erase_case(town.open_store, stream, by=OTHER, reason="期限", now=town.clock.now(), folder=tmp_path)


async def test_who_calls_himself_as_another_is_handed_and_erases_nothing_of_his(town: Town):
    stream = await lifted(town)
    await town.say(town.commander, town.bot, "/warn 1 解除 险情消除")
    await town.press(town.commander, "确认解除", words="请确认")
    commander = await of(town, town.commander)
    liar = town.liaisons[UNITS[3]]
    async with town.open_store.writing() as tx:
        known = await tx.people.by_telegram(liar.id)
        assert known is not None
        await tx.people.save(replace(known, name=commander.real_name, real_name="", confirmed_at=None))
    person, before = await of(town, liar), await names_on_record(town, stream)
    async with town.open_store.reading() as rx:
        exported = await persons.kept_about(rx, person)
    own = [item for item in exported["record"] if item["stream"] == stream and item["own"]]
    assert all(item["by_this_person"] for item in own), "what was said by the one who bears the name is not his"
    await persons.erase(town.open_store, person, by=OTHER, reason="本人申请", now=town.clock.now())
    after = await names_on_record(town, stream)
    said = [value for value in before.values() if value == commander.real_name]
    assert said and [value for value in after.values() if value == commander.real_name] == said


async def test_who_somebody_is_goes_with_him_from_every_place(town: Town):
    mobile = "139" + "0000" + "0012"
    await town.say(town.admin, town.bot, f"/invite 值班员 姓名 罗敏 区教育局 {mobile}")
    new = town.world.add_user("小罗")
    new.start(town.bot, town.sees(town.admin, "start=").text.split("start=")[1].split()[0])
    await town.settle()
    await town.press(new, "是我")
    await town.say(new, town.bot, f"/name 罗敏 区应急管理局 {mobile}")
    person = await of(town, new)
    assert (person.real_name, person.phone) == ("罗敏", mobile)
    async with town.open_store.reading() as rx:
        exported = await persons.kept_about(rx, person)
    assert exported["person"]["phone"] == mobile and exported["claims"] and exported["invitations"]
    assert "digest" not in exported["invitations"][0]
    await persons.erase(town.open_store, person, by=OTHER, reason="本人申请", now=town.clock.now())
    async with town.open_store.reading() as rx:
        kept: list[Any] = [await rx.people.get(person.id), await rx.people.claims_of(person.id)]
        kept += [await rx.people.invitations_taken_by(person.id), await rx.journal.load(f"admin:{JURISDICTION}")]
        assert await rx.journal.verify(f"admin:{JURISDICTION}") == []
    assert "罗敏" not in str(kept) and mobile not in str(kept) and "小罗" not in str(kept)
