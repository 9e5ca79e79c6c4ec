"""Two jurisdictions in one program: an office counts at home alone."""

from __future__ import annotations

import pytest

from bot.playground import Person
from bot.service import Requester, Step
from plans.incident.signing import Sign
from tests.chaos.test_entries import ROUTES
from tests.journeys.world import JURISDICTION, STAMPEDE, Forgiven, Town

WATER = "jincheng-water-rescue"
LINAN = "linan-campus"


async def foreign(town: Town, plan: str, role: str = "duty") -> Person:
    """Return somebody who holds an office under another plan only."""
    town.teacher.start(town.bot)
    await town.settle()
    await town.grant(town.teacher, role, plan=plan)
    town.teacher.join(town.group)
    return town.teacher


@pytest.mark.parametrize("plan", [WATER, LINAN])
async def test_a_duty_officer_of_elsewhere_reports_like_anybody(town: Town, plan: str) -> None:
    other = await foreign(town, plan)
    counted = town.count(town.duty)
    await town.say(other, town.group, f"/report {STAMPEDE}")
    incident = await town.incident()
    assert (incident.plan, incident.source, incident.handled_by) == ("jincheng-chengqu-campus", "reporter", "")
    assert any("【待接报】" in line.text for line in counted.new)
    await town.advance(minutes=3, seconds=1)
    assert (await town.incident()).told_phone_at is not None


@pytest.mark.parametrize("plan", [WATER, LINAN])
async def test_a_reporter_of_elsewhere_speaks_for_no_body_here(town: Town, plan: str) -> None:
    town.teacher.start(town.bot)
    await town.settle()
    await town.grant(town.teacher, "reporter", "河东中学", plan=plan)
    town.teacher.join(town.group)
    await town.say(town.teacher, town.group, f"/report {STAMPEDE}")
    assert (await town.incident()).unit == ""


async def test_a_commanders_own_report_rings_the_duty_officer(town: Town) -> None:
    counted = town.count(town.duty)
    await town.say(town.commander, town.bot, STAMPEDE)
    assert any("【待接报】" in line.text for line in counted.new)
    await town.press(town.duty, "我来处理")
    assert (await town.incident()).handler_name == town.duty.name
    town.sees(town.commander, "值班员已接手")


async def test_the_second_duty_officer_rings_the_one_on_the_seat_and_the_seat_rings_nobody(town: Town) -> None:
    counted = town.count(town.duty)
    await town.say(town.second, town.bot, f"赵校长来电，{STAMPEDE}")
    assert any("【待接报】" in line.text for line in counted.new)
    assert (await town.incident()).informant == "赵校长"
    counted = town.count(town.second)
    await town.say(town.duty, town.bot, "体育馆屋顶塌落，2人受伤")
    assert not any("【待接报】" in line.text for line in counted.new)
    assert (await town.incident(2)).handler_name == town.duty.name


@pytest.mark.parametrize("plan", [WATER, LINAN])
async def test_no_drill_is_begun_here_by_an_office_of_elsewhere(town: Town, plan: str) -> None:
    other = await foreign(town, plan)
    await town.say(other, town.group, "/drill 演练：宿舍楼踩踏")
    assert await town.incidents() == []
    assert "演练由本地的值班员或指挥部人员发起" in town.texts(other)[-1]
    await town.say(town.duty, town.group, "/drill 演练：宿舍楼踩踏")
    assert (await town.incident(drill=True)).drill
    before = (await town.incident(drill=True)).sequence
    for words in ("暂停", "跳到下一时限"):
        await town.say(other, town.group, f"/drill {words}")
    assert (await town.incident(drill=True)).sequence == before


async def test_the_key_for_a_kind_of_event_makes_nobody_an_office_either(town: Town) -> None:
    await town.say(town.commander, town.bot, "🚨 报告事故")
    counted = town.count(town.duty)
    await town.press(town.commander, "踩踏拥挤")
    assert (await town.incident()).source == "reporter"
    assert any("【待接报】" in line.text for line in counted.new)


async def test_a_deputy_records_nothing_in_the_commanders_name(town: Town) -> None:
    await town.say(town.head, town.bot, STAMPEDE)
    await town.press(town.duty, "我来处理")
    await town.press(town.duty, "超出区里能力 → Ⅰ")
    for person in (town.deputy, town.director, town.commander, town.admin, town.liaisons["区消防救援大队"]):
        await town.say(person, town.bot, "/oral 指挥长 启动 Ⅰ")
        assert not [line for line in person.timeline(town.bot) if "属实，公布" in line.labels()], person.name
    assert (await town.incident()).response_level is None


async def test_the_recorder_who_acts_for_the_commander_signs_nothing_and_the_commander_does(town: Town) -> None:
    """With 代行: the second duty officer acts for the commander, and records a word of the commander himself."""
    await town.say(town.commander, town.bot, f"/delegate 指挥长 {town.second.name} 到 24小时")
    await town.press(town.second, "接受代行")
    await town.say(town.head, town.bot, STAMPEDE)
    await town.press(town.duty, "我来处理")
    await town.press(town.duty, "超出区里能力 → Ⅰ")
    await town.say(town.second, town.bot, "/oral 指挥长 启动 Ⅰ")
    await town.press(town.second, "属实，公布")
    assert (await town.incident()).response_level == "Ⅰ"
    pressed = await town.press(town.second, "补签")
    assert "没有等您补签的决定" in (pressed.text or "") and (await town.incident()).unsigned
    await town.press(town.commander, "补签")
    assert not (await town.incident()).unsigned


async def test_where_no_commander_is_bound_the_signature_stays_owed(town: Town) -> None:
    async with town.open_store.writing() as tx:
        known = await tx.people.by_telegram(town.commander.id)
        assert known is not None
        for item in await tx.people.holdings(known.id):
            await tx.people.revoke(item.id, town.clock.now())
    await town.say(town.head, town.bot, STAMPEDE)
    await town.press(town.duty, "我来处理")
    await town.say(town.duty, town.bot, "/oral 指挥长 启动 Ⅰ")
    await town.press(town.duty, "属实，公布")
    assert [item.signer for item in (await town.incident()).unsigned] == ["commander"]
    await town.grant(town.duty, "commander")
    async with town.open_store.reading() as rx:
        row = (await rx.incidents.list(limit=1))[0]
    assert town.program is not None
    service = town.program.service
    async with town.open_store.reading() as rx:
        recorder = await rx.people.by_telegram(town.duty.id)
        assert recorder is not None
    tried = await service.execute(
        [Step(stream=row.stream, command=Sign())], cause="sign", requester=Requester(person_id=recorder.id)
    )
    assert tried.refusal is not None and (await town.incident()).unsigned


@pytest.mark.parametrize("name", ["report", "declare", "drill", "update"])
async def test_a_caption_for_another_bot_is_none_of_ours(town: Town, name: str) -> None:
    before = len(await town.incidents())
    town.head.join(town.group)
    for person in (town.duty, town.commander, town.head):
        person.send_photo(town.group, b"jpg", caption=f"/{name}@other_bot 宿舍楼踩踏，4人受伤")
    await town.settle()
    assert len(await town.incidents()) == before
    town.duty.send_photo(town.group, b"jpg", caption="/report@Tocsin_Bot 宿舍楼踩踏，4人受伤")
    await town.settle()
    assert len(await town.incidents()) == before + 1


@pytest.mark.parametrize("way", ["anonymous", "forward", "via_bot", "channel"])
async def test_nobody_joins_in_a_way_that_does_not_show_who_he_is(town: Town, way: str) -> None:
    town.forgiven = Forgiven(calls=("can't initiate", "not found"), dead=("",), logs=("",))
    route = next(name for name in ROUTES if name.split()[0] == way)
    kind, change = ROUTES[route]
    chat = {"id": town.group.id, "type": "supergroup", "title": town.group.title}
    sender = {"id": town.second.id, "is_bot": False, "first_name": town.second.name}
    text = "/join 指挥长"
    message = {"message_id": 9_001, "date": 1772391960, "chat": chat, "from": sender, "text": text,
               "entities": [{"type": "bot_command", "offset": 0, "length": 5}]}  # fmt: skip
    town.world.queue_raw(town.bot, {kind: change(message)})
    await town.settle()
    async with town.open_store.reading() as rx:
        assert await rx.people.claims(JURISDICTION) == []
    assert not town.told(town.admin, "指挥长")
