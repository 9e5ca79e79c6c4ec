"""A warning comes in by every way: forwarded, posted in the group, as a CAP file; and no report is lost by it."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest

from bot.exchange.cap import MOST_BYTES, Reference, written
from bot.exchange.cap.profile import Notice, Place, alert_of
from bot.playground import Fault
from plans.load import load_all
from tests.handlers.test_bodies import listed, send
from tests.handlers.test_warning import RAIN, warnings
from tests.journeys.world import NIGHT, UNITS, Forgiven, Town

HURT = f"{RAIN}城关镇一处围墙倒塌，2人受伤。"
CHATTER = ("下午可能发暴雨红色预警，大家注意", "会不会有暴雨红色预警？", "今天食堂吃什么", "预警演练改到周五")


async def bringers(town: Town):
    return {
        "duty": town.duty, "director": town.director, "commander": town.commander,
        "liaison": town.liaisons[UNITS[0]], "reporter": town.head, "nobody": town.stranger,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("role", "way"), list(product(["duty", "director", "commander", "liaison"], ["said", "forwarded"]))
)
async def test_whoever_holds_an_office_brings_it_by_saying_or_forwarding_it(town: Town, role: str, way: str):
    person = (await bringers(town))[role]
    if way == "said":
        await town.say(person, town.bot, RAIN)
    else:
        original = town.director.send(town.group, RAIN.replace("预警", "预报"))
        await town.settle()
        record = town.world.state.chats[town.group.key].messages[original.id]
        record.body["text"] = RAIN
        person.forward(original, town.bot)
        await town.settle()
    [case] = await warnings(town)
    assert case.proposal is not None and case.proposal.content.issuer == "区气象台" and not await town.incidents()
    assert "待处理：发布暴雨红色预警" in town.sees(town.duty, "待处理").text
    assert (town.told(person, "值班室正在处理") == []) == (person is town.duty), "one message is enough for the seat"
    if person is not town.duty:
        assert town.sees(person, "值班室正在处理").labels() == ["这是事件"]


@pytest.mark.parametrize("text", [HURT, RAIN])
async def test_whoever_reports_reports_whatever_the_words_are_of(town: Town, text: str):
    await town.say(town.head, town.bot, text)
    assert len(await town.incidents()) == 1 and await warnings(town) == []
    assert town.told(town.head, "这是预警") == [] and "这是预警" not in str(town.head.timeline(town.bot)[-1].labels())


async def test_a_text_that_tells_of_harm_is_a_report_and_can_be_a_warning_too(town: Town):
    await town.say(town.second, town.bot, HURT)
    assert len(await town.incidents()) == 1 and await warnings(town) == []
    await town.press(town.second, "这是预警", words="已按事件报告记为1号")
    [case] = await warnings(town)
    assert case.proposal is not None and case.proposal.content.hazard == "暴雨"
    assert [row.state for row in await town.incidents()] == ["reported"], "the report stays what it is"


async def test_what_was_taken_as_a_warning_is_filed_as_a_report_once_with_every_word(town: Town):
    long = RAIN + "，".join(f"第{number}段河堤" for number in range(600))
    long = long[:4090]
    await town.say(town.second, town.bot, long)
    assert not await town.incidents()
    await town.press(town.second, "这是事件", words="值班室正在处理")
    assert (await town.incident()).text == long
    await town.press(town.second, "这是事件", words="值班室正在处理")
    await town.press(town.duty, "这是事件", words="待处理")
    assert len(await town.incidents()) == 1
    assert len(await warnings(town)) == 1, "the warning waits for its decision all the same"


@pytest.mark.parametrize("text", CHATTER)
async def test_what_is_no_warning_stays_a_report_in_private_and_nobodys_business_in_the_group(town: Town, text: str):
    before = len(town.duty.timeline(town.group))
    await town.say(town.liaisons[UNITS[0]], town.group, text)
    assert await warnings(town) == [] and not await town.incidents()
    assert len(town.duty.timeline(town.group)) == before + 1
    async with town.open_store.reading() as rx:
        kept = [row async for row in _updates(rx)]
    assert not any(text in str(row) for row in kept)


async def _updates(rx):
    from sqlalchemy import text

    for row in await rx.inbox._session.rows(text("select * from inbox")):
        yield row


async def test_a_warning_posted_in_the_command_group_is_taken_from_officers_only(town: Town):
    town.admin.send(town.group, RAIN)  # administers the group, and holds no office of the plan
    await town.settle()
    assert await warnings(town) == []
    for person, expected in ((town.liaisons[UNITS[0]], 1), (town.director, 1)):
        await town.say(person, town.group, RAIN)
        assert len(await warnings(town)) == expected, "said twice it is one warning"
    assert not await town.incidents()
    [case] = await warnings(town)
    assert case.proposal is not None and len(case.events) == 1
    assert town.told(town.duty, "待处理", town.group) == [], "the group reads nothing before somebody has decided"


async def test_no_other_group_is_read_along(town: Town):
    group = await town.add_group("家长群", "school", town.head, town.second)
    await town.say(town.second, group, RAIN)
    assert await warnings(town) == [] and not await town.incidents()


async def test_two_officers_who_bring_the_same_at_once_bring_it_once(town: Town):
    town.second.send(town.bot, RAIN)
    town.director.send(town.bot, RAIN)
    await town.settle()
    [case] = await warnings(town)
    assert [item.event.NAME for item in case.events] == ["warning-taken"]
    assert len(town.told(town.duty, "待处理")) == 1


async def test_the_same_words_on_another_day_are_another_warning(town: Town):
    text = "区气象台发布大雾橙色预警，请注意。"
    await town.say(town.second, town.bot, text)
    await town.press(town.duty, "不发布", words="待处理")
    await town.press(town.duty, "误报或重复", words="为什么不发布")
    assert await warnings(town) == []
    await town.say(town.second, town.bot, text)
    assert len(await warnings(town)) == 1, "dismissed by mistake it can be brought again the same day"
    await town.press(town.duty, "不发布", words="待处理")
    await town.press(town.duty, "误报或重复", words="为什么不发布")
    await town.advance(days=1)
    await town.say(town.second, town.bot, text)
    assert len(await warnings(town)) == 1


async def test_what_is_in_force_already_is_not_brought_again_and_what_it_leaves_unsaid_stays(town: Town):
    await town.say(town.duty, town.bot, RAIN)
    await town.press(town.duty, "预览", words="待处理")
    await town.press(town.duty, "确认转发")
    [before] = await warnings(town)
    await town.say(town.second, town.bot, RAIN)
    [case] = await warnings(town)
    assert case.proposal is None and case.sequence == before.sequence
    await town.say(town.second, town.bot, "区气象台2026年3月2日3时30分继续发布暴雨红色预警，预计持续到14时。")
    [case] = await warnings(town)
    assert case.proposal is not None and case.proposal.content.areas == ("城关镇", "河口乡")
    assert "待处理：延长暴雨红色预警" in town.sees(town.duty, "待处理：延长").text


# --- CAP files


def notice(**changes) -> Notice:
    values = {
        "identifier": "met-1", "sender": "met@example.org", "sent": NIGHT, "kind": "暴雨", "stage": "issued",
        "issuer": "区气象台", "headline": "区气象台发布暴雨红色预警", "colour": "红",
        "begins": NIGHT + timedelta(hours=1),
        "ends": NIGHT + timedelta(hours=7), "areas": (Place("城关镇"), Place("河口乡")),
        "description": "预计有大暴雨。",
    }  # fmt: skip
    return Notice(**{**values, **changes})


def cap(**changes) -> bytes:
    return written(alert_of(notice(**changes)))


EARLIER = (Reference(sender="met@example.org", identifier="met-1", sent=NIGHT),)


@pytest.mark.parametrize(("where", "name"), list(product(["private", "group"], ["预警.xml", "A.CAP"])))
async def test_a_cap_file_is_taken_where_an_officer_sends_it(town: Town, where: str, name: str):
    await send(town, town.second, cap(), name=name, where=town.group if where == "group" else town.bot)
    [case] = await warnings(town)
    assert case.proposal is not None and not await town.incidents()
    content = case.proposal.content
    assert (content.hazard, content.colour, content.issuer) == ("暴雨", "红", "区气象台")
    assert content.areas == ("城关镇", "河口乡") and content.starts == NIGHT + timedelta(hours=1)
    assert case.identifiers == {("met@example.org", "met-1")}


async def test_an_update_and_a_cancel_find_what_they_refer_to_and_the_same_file_counts_once(town: Town):
    await send(town, town.duty, cap(), name="1.xml")
    await send(
        town, town.second, cap(identifier="met-9", kind="大风", colour="蓝", headline="大风蓝色预警"), name="9.xml"
    )
    await send(town, town.second, cap(), name="again.xml")
    assert "先前已收到，是1号预警" in town.texts(town.second)[-1] and len(await warnings(town)) == 2
    await town.press(town.duty, "预览", words="暴雨红色预警")
    await town.press(town.duty, "确认转发")
    later = {"sent": NIGHT + timedelta(hours=1), "earlier": EARLIER}
    await town.advance(hours=1)
    await send(
        town,
        town.second,
        cap(identifier="met-2", stage="extended", ends=NIGHT + timedelta(hours=9), **later),
        name="2.xml",
    )
    rain = next(case for case in await warnings(town) if case.number == 1)
    assert rain.proposal is not None and rain.proposal.content.ends == NIGHT + timedelta(hours=9)
    earlier = (*EARLIER, Reference(sender="met@example.org", identifier="met-2", sent=NIGHT + timedelta(hours=1)))
    await send(
        town,
        town.second,
        cap(identifier="met-3", stage="lifted", sent=NIGHT + timedelta(hours=1), earlier=earlier),
        name="3.xml",
    )
    rain = next(case for case in await warnings(town) if case.number == 1)
    assert rain.proposal is not None and rain.proposal.act == "lift"
    await town.press(town.duty, "预览", words="待处理：解除")
    await town.press(town.duty, "确认解除")
    assert [case.number for case in await warnings(town)] == [2], "the other one stays"


async def test_our_own_message_is_found_when_another_system_cancels_it(town: Town):
    await send(town, town.duty, cap(), name="1.xml")
    await town.press(town.duty, "预览", words="待处理")
    await town.press(town.duty, "确认转发")
    [case] = await warnings(town)
    own = Reference(sender="某办", identifier=f"{case.stream.replace(':', '.')}.{case.stages[0].sequence}", sent=NIGHT)
    await send(
        town,
        town.duty,
        cap(identifier="x", sender="prov", stage="lifted", earlier=(own,), kind="雷电", headline=""),
        name="x.xml",
    )
    [case] = await warnings(town)
    assert case.proposal is not None and case.proposal.act == "lift"


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(8))
    + b"]><alert>&i;</alert>"
)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"<alert", "没有记为预警"),
        (b"", "没有记为预警"),
        (b"\x00" * 50, "没有记为预警"),
        (b"<a/>", "没有记为预警"),
        (BOMB, "没有记为预警"),
        (b"<a>" * 5000, "没有记为预警"),
        (b" " * (MOST_BYTES + 1), "文件太大"),
        (cap(status="Test"), "测试或草稿"),
        (cap(stage="lifted", identifier="met-7", kind="雷电", headline="", earlier=EARLIER), "没有找到它要解除的预警"),
    ],
    ids=["cut", "empty", "binary", "other", "bomb", "deep", "large", "test", "cancel-of-nothing"],
)  # fmt: skip
async def test_a_file_that_brings_none_is_told_in_one_sentence(town: Town, content: bytes, says: str):
    await send(town, town.second, content or b" ", name="预警.xml")
    assert says in town.texts(town.second)[-1]
    assert await warnings(town) == [] and not await town.incidents()


async def test_a_file_that_telegram_does_not_give_is_asked_for_again(town: Town):
    town.forgiven = Forgiven(calls=("Bad Gateway",))
    town.world.faults.add(Fault(kind="status", method="getFile", status=502, times=9))
    await send(town, town.second, cap(), name="1.xml")
    assert "取不下来，请再发一次" in town.texts(town.second)[-1] and await warnings(town) == []
    town.world.faults.clear()
    await send(town, town.second, cap(), name="1.xml")
    assert len(await warnings(town)) == 1


async def test_an_exercise_is_a_drill(town: Town):
    await send(town, town.second, cap(status="Exercise"), name="1.xml")
    [case] = await warnings(town)
    assert case.drill and "【演练】" in town.sees(town.duty, "待处理").text


async def test_words_beside_a_file_that_cannot_be_read_are_a_report(town: Town):
    await send(town, town.second, b"<alert", "城关镇小学围墙倒塌，2人受伤", name="现场.xml")
    assert len(await town.incidents()) == 1


async def test_a_reporters_file_comes_with_his_report(town: Town):
    await send(town, town.head, cap(), name="1.xml")
    assert await warnings(town) == [] and len(await town.incidents()) == 1


# --- who is concerned


SCHOOLS = [
    ("1", "凤鸣小学", "", "小学", "城关镇", "", "0356-2250781"),
    ("2", "河口中学", "", "中学", "河口乡", "", "139" + "0000" + "0001"),
    ("3", "青山小学", "", "小学", "北石店镇", "", "0356-2250783"),
]


async def test_bodies_of_the_area_are_woken_and_no_others(town: Town):
    await listed(town, *SCHOOLS)
    town.teacher.start(town.bot)
    await town.settle()
    async with town.open_store.reading() as rx:
        ids = {row.name: row.id for row in await rx.bodies.all("晋城市城区")}
    await town.grant(town.teacher, "head", ids["凤鸣小学"])
    await town.say(town.duty, town.bot, RAIN)
    await town.press(town.duty, "预览", words="待处理")
    preview = town.sees(town.duty, "请确认").text
    assert "凤鸣小学、河口中学" in preview and "青山小学" not in preview
    assert "没有绑定联系人，将列入电话名单：河口中学" in preview and "没有认出的区域" not in preview
    await town.press(town.duty, "确认转发")
    assert town.sees(town.teacher, "发布：暴雨红色预警").labels() == ["收到"]
    await town.advance(minutes=1)
    rings = town.sees(town.duty, "请打电话").text
    assert "河口中学" in rings and "139" + "0000" + "0001" in rings and "青山小学" not in rings
    await town.press(town.teacher, "收到", words="暴雨红色预警")
    card = town.sees(town.duty, "收到1/2", town.group).text
    assert "河口中学" in card and "139" not in card
    assert town.told(town.liaisons[UNITS[0]], "发布：暴雨红色预警")[-1].labels() == [], (
        "members read and need not answer"
    )


async def test_unknown_areas_are_shown_and_the_whole_district_means_all(town: Town):
    await listed(town, *SCHOOLS)
    await town.say(town.duty, town.bot, RAIN.replace("城关镇、河口乡", "城关镇、石盘镇"))
    await town.press(town.duty, "预览", words="待处理")
    assert "没有认出的区域：石盘镇" in town.sees(town.duty, "请确认").text
    await town.say(town.duty, town.bot, "/warn 1 区域 城区")
    preview = town.sees(town.duty, "请确认").text
    assert "11个单位" in preview and "没有认出的区域" not in preview


async def test_incidents_meanwhile_stand_beside_it_where_they_may_lie_in_its_area(town: Town):
    await listed(town, *SCHOOLS)
    await town.say(town.head, town.bot, "一处教学楼起火，无人员伤亡")
    await town.say(town.duty, town.bot, RAIN)
    await town.press(town.duty, "预览", words="待处理")
    await town.press(town.duty, "确认转发")
    await town.advance(minutes=3)
    await town.say(town.head, town.bot, "凤鸣小学围墙倒塌，2名学生受伤")
    await town.say(town.head, town.bot, "青山小学食物中毒，3名学生呕吐")
    assert len(await town.incidents()) == 3
    await town.say(town.duty, town.bot, "/warn 1")
    page = town.sees(town.duty, "生效中").text
    assert "预警期间事件：2号" in page and "3号" not in page and "1号" not in page.replace("预警1", "")


PLANS = load_all()


async def test_what_lifts_a_warning_finds_it_under_whichever_plan_it_stands(town: Town):
    officer = town.world.add_user("市值班")
    officer.start(town.bot)
    await town.settle()
    for plan in ("jincheng-energy", "jincheng-water-rescue"):
        await town.grant(officer, "duty", plan=plan)
    await town.sit(officer, "jincheng-water-rescue")
    await town.say(officer, town.bot, "市气象台发布大雾橙色预警，能见度450米，至明天8时。")
    [case] = await warnings(town)
    assert case.plan == "jincheng-water-rescue"
    await town.press(officer, "预览", words="待处理")
    await town.press(officer, "确认转发")
    await town.say(officer, town.bot, "市气象台解除大雾预警。")
    [case] = await warnings(town)
    assert case.proposal is not None and case.proposal.act == "lift"
