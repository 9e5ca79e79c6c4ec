"""Called by telephone where neither Telegram nor a text message is answered: a key answers, and decides nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from bot.office.open_matters import open_matters
from tests.handlers.test_warning import RAIN, warnings
from tests.journeys.world import PLAN, STAMPEDE, Forgiven, Town
from tests.telephone import Telephone, telephone

HEALTH = "区卫生健康和体育局"
NUMBER = "13900000017"


@pytest.fixture
async def phone() -> AsyncIterator[Telephone]:
    async with telephone() as made:
        yield made


@pytest.fixture
async def town(phone: Telephone) -> AsyncIterator[Town]:
    async with Town.open(voice=phone.url) as town:
        yield town


@pytest.fixture
async def town_on_both(phone: Telephone, any_url: str) -> AsyncIterator[Town]:
    async with Town.open(any_url, voice=phone.url) as town:
        yield town


@pytest.fixture
async def texts() -> AsyncIterator[tuple[str, list[str]]]:
    """A gateway of text messages."""
    got: list[str] = []

    async def take(request: web.Request) -> web.Response:
        body: dict[str, Any] = await request.json()
        got.append(body["message"])
        return web.Response()

    application = web.Application()
    application.router.add_post("/{path:.*}", take)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    yield f"json://127.0.0.1:{runner.addresses[0][1]}/key", got
    await runner.cleanup()


async def add(town: Town, phone: Telephone, person: Any, number: str = NUMBER) -> None:
    """Let somebody set his telephone up, and confirm it by a key."""
    before = len(phone.calls)
    await town.say(person, town.bot, f"/channels 加 电话 {number}")
    await town.say(person, town.bot, "/channels")
    lines = town.sees(person, "其他通知方式：").text.split("\n")
    number = next(line.partition(".")[0] for line in lines if ". 电话（" in line)
    await town.press(person, f"测试 {number}")
    await town.advance(seconds=1)
    assert len(phone.calls) == before + 1
    await phone.press(town, "1")


async def called(town: Town) -> None:
    await town.say(town.head, town.bot, STAMPEDE)
    await town.press(town.duty, "我来处理")
    await town.press(town.duty, "需区里组织 → Ⅱ")
    await town.press(town.deputy, "启动Ⅱ级")
    await town.press(town.deputy, "确认宣布")


async def test_a_silent_unit_climbs_from_telegram_by_text_to_voice_and_its_key_stands_on_the_card(
    town_on_both: Town, phone: Telephone, texts: tuple[str, list[str]]
):
    town = town_on_both
    person = town.liaisons[HEALTH]
    await town.say(person, town.bot, f"/channels 加 {texts[0]}")
    await add(town, phone, person)
    assert "您按了1" in town.sees(person, "测试电话").text
    await called(town)
    assert texts[1] == [] and len(phone.calls) == 1, "Telegram comes first"
    await town.advance(minutes=3, seconds=5)
    assert len(texts[1]) == 1 and len(phone.calls) == 1, "then the text message"
    await town.advance(minutes=1)
    assert len(phone.calls) == 2, "then the telephone"
    asked = phone.last()
    assert asked["number"] == f"+86{NUMBER}" and asked["keys"] == {"1": "收到", "2": "需要人工回电"}
    assert "二级响应，请区卫生健康和体育局" in asked["text"] and "收到请按一" in asked["text"]
    assert not any(char.isascii() and char.isdigit() for char in asked["text"])
    assert (await phone.press(town, "1"))[0] == 200
    incident = await town.incident()
    call = incident.calls[HEALTH]
    assert (call.status, call.recorded, call.voice) == ("收到", True, "139××××0017")
    assert "其中自动电话按键1" in town.sees(town.duty, "接报：", town.group).text
    await town.say(town.duty, town.bot, "/status 1 叫应表")
    assert "电话按键 139××××0017" in town.sees(town.duty, "叫应表").text
    await town.advance(minutes=5)
    assert len(phone.calls) == 2 and HEALTH not in town.sees(town.duty, "请打电话叫应").text
    async with town.open_store.reading() as rx:
        logged = str(await rx.journal.load(incident.stream)) + str(
            [row.payload for row in await rx.outbox.of(incident.stream)]
        )
    assert NUMBER not in logged and all(NUMBER not in str(line) for line in town.log)


async def test_what_is_answered_meanwhile_is_not_dialled(town: Town, phone: Telephone):
    person = town.liaisons[HEALTH]
    await add(town, phone, person)
    await called(town)
    await town.advance(minutes=3, seconds=5)
    await town.press(person, "收到")
    await town.advance(minutes=5)
    assert len(phone.calls) == 1


async def test_key_two_and_silence_go_to_the_seat(town: Town, phone: Telephone):
    await add(town, phone, town.liaisons[HEALTH])
    await called(town)
    await town.advance(minutes=4, seconds=5)
    before = len(town.told(town.duty, "请打电话叫应"))
    await phone.press(town, "2")
    listed = town.told(town.duty, "请打电话叫应")
    assert len(listed) == before + 1 and HEALTH in listed[-1].text
    incident = await town.incident()
    assert incident.calls[HEALTH].silent
    await town.say(town.duty, town.bot, "/status 1 叫应表")
    assert "打电话没接通1次" in town.sees(town.duty, "叫应表").text


async def test_a_proposal_is_never_decided_by_a_key(town: Town, phone: Telephone):
    await add(town, phone, town.deputy)
    await town.say(town.head, town.bot, STAMPEDE)
    await town.press(town.duty, "我来处理")
    await town.press(town.duty, "需区里组织 → Ⅱ")
    await town.advance(minutes=4, seconds=10)
    asked = phone.last()
    assert "不能作决定" in asked["text"] and asked["keys"] == {"2": "需要人工回电"}
    assert (await phone.report(town, "key", key="1"))[0] == 200
    assert (await town.incident()).response_level is None
    await phone.press(town, "2")
    assert (await town.incident()).response_level is None
    assert "要求回电" in town.sees(town.duty, "按了2").text
    for _ in range(12):
        await town.advance(minutes=30)
        if (await town.incident()).proposal is None:
            break
    assert sum("作决定" in call["text"] for call in phone.calls.values()) <= 2, "nobody is rung all night by a machine"


async def test_a_report_that_nobody_takes_rings_the_seat_and_a_key_takes_nothing(town: Town, phone: Telephone):
    await add(town, phone, town.duty)
    await town.say(town.head, town.bot, STAMPEDE)
    await town.advance(seconds=65)
    assert "不算接手" in phone.last()["text"] and phone.last()["keys"] == {"1": "听到"}
    await phone.press(town, "1")
    incident = await town.incident()
    assert not incident.handled_by and incident.heard_by
    assert "还没有人接手" in town.sees(town.duty, "电话里听到").text
    assert "在自动电话里听到报告，未接手" in town.sees(town.duty, "接报：", town.group).text
    await town.press(town.duty, "我来处理")
    assert (await town.incident()).handled_by
    assert "听到报告，未接手" not in town.sees(town.duty, "接报：", town.group).text


async def rehearsed(town: Town) -> None:
    await town.say(town.duty, town.group, f"/drill@tocsin_bot {STAMPEDE}")
    await town.advance(seconds=5)
    await town.press(town.duty, "需区里组织 → Ⅱ")
    await town.press(town.deputy, "启动Ⅱ级")
    await town.press(town.deputy, "确认宣布")


async def test_a_drill_says_so_first_and_calls_only_who_takes_part(town: Town, phone: Telephone):
    person = town.liaisons[HEALTH]
    await add(town, phone, person)
    await rehearsed(town)
    await town.advance(minutes=4, seconds=10)
    calls = list(phone.calls.values())[1:]
    assert calls and all(call["text"].startswith("演练，演练") and call["drill"] for call in calls)
    assert {call["number"] for call in calls} == {f"+86{NUMBER}"}


async def test_a_drill_keeps_quiet_hours_and_what_is_real_does_not(town: Town, phone: Telephone):
    person = town.liaisons[HEALTH]
    await add(town, phone, person)
    await town.say(person, town.bot, "/channels 安静 1 22:00-04:10")
    await rehearsed(town)
    await town.advance(minutes=30)
    assert len(phone.calls) == 1
    await called(town)
    await town.advance(minutes=4, seconds=10)
    assert len(phone.calls) == 2 and not phone.last()["drill"]
    await phone.press(town, "1")
    await town.until(4, 9)
    assert len(phone.calls) == 2
    await town.until(4, 11)
    assert len(phone.calls) == 3 and phone.last()["drill"]


async def test_what_is_real_waits_for_no_call_of_a_drill(town_on_both: Town, phone: Telephone):
    town = town_on_both
    person = town.liaisons[HEALTH]
    await add(town, phone, person)
    await rehearsed(town)
    await town.advance(minutes=4, seconds=10)
    drill = phone.last()
    assert drill["drill"] and drill["instead_of"] == []
    await phone.report(town, "ringing")
    await called(town)
    for minute in range(5):
        if len(phone.calls) > 2:
            break
        assert minute < 4, "the drill's call holds the real one"
        await town.advance(minutes=1, seconds=5)
    real = phone.last()
    assert not real["drill"] and "演练" not in real["text"] and real["instead_of"] == [drill["id"]]
    await phone.report(town, "hung_up", call=drill["id"])
    await phone.press(town, "1", call=real["id"])
    assert (await town.incident()).calls[HEALTH].voice
    assert not (await town.incident(drill=True)).calls[HEALTH].voice


async def test_what_falls_due_while_somebody_telephones_is_one_call_behind_it(town: Town, phone: Telephone):
    await add(town, phone, town.duty)
    await town.say(town.head, town.bot, STAMPEDE)
    await town.advance(seconds=62)
    assert len(phone.calls) == 2
    for name in ("凤鸣中学食堂10名学生呕吐腹泻，已送医", "育英小学围墙倒塌，2名学生受伤，已送医"):
        await town.say(town.liaisons[HEALTH], town.bot, f"/report {name}")
    await town.advance(seconds=75)
    assert len(phone.calls) == 2
    await phone.report(town, "busy")
    await town.advance(seconds=15)
    assert len(phone.calls) == 3 and "共有两件事" in phone.last()["text"]


async def test_setup_says_how_the_telephone_stands_and_calls_whoever_asks(town: Town, phone: Telephone):
    await town.say(town.admin, town.bot, "/setup")
    assert "自动电话：已接，0/" in town.sees(town.admin, "安装检查").text
    pressed = await town.press(town.admin, "打一个测试电话")
    assert "加 电话" in str(await pressed.answer()) and not phone.calls
    await town.grant(town.admin, "admin", plan=PLAN)
    await town.say(town.admin, town.bot, f"/channels 加 {NUMBER}")
    await town.press(town.admin, "打一个测试电话")
    await town.advance(seconds=1)
    assert "这是测试电话，不是突发事件" in phone.last()["text"] and phone.last()["keys"] == {"1": "听到"}
    await phone.report(town, "no_answer")
    assert "无人接听" in town.sees(town.admin, "测试电话").text
    phone.status = 404
    await town.press(town.admin, "打一个测试电话")
    await town.advance(seconds=2)
    await town.say(town.admin, town.bot, "/setup")
    assert "有1次语音网关没有接受" in town.sees(town.admin, "安装检查").text
    phone.status = 202
    await town.press(town.admin, "打一个测试电话")
    await town.advance(minutes=6)
    await town.say(town.admin, town.bot, "/setup")
    assert "有1次语音网关没有回报结果" in town.sees(town.admin, "安装检查").text
    assert town.program is not None
    service = town.program.service
    async with town.open_store.reading() as rx:
        plans = [service.registry.current(PLAN)]
        matters = await open_matters(rx, service, plans, town.clock.now(), {"channels"})
    assert "自动电话有2次没有打成或没有结果（一天内）" in [item.line.plain for item in matters["channels"]]
    await town.press(town.admin, "打一个测试电话")
    await town.advance(seconds=2)
    assert len(phone.requests) == 3, "three test calls an hour: a wrong number is somebody's who wants to sleep"
    town.forgiven = Forgiven(dead=("status 404",), logs=("message.dead",))


async def warned(town: Town, text: str) -> None:
    await town.say(town.duty, town.bot, f"/warn {text}")
    await town.press(town.duty, "预览", words="待处理")
    await town.press(town.duty, "确认转发")


async def test_a_red_warning_wakes_by_telephone_and_the_key_is_its_answer(town: Town, phone: Telephone):
    await add(town, phone, town.liaisons[HEALTH])
    await add(town, phone, town.liaisons["区应急管理局"], "13900000018")
    await warned(town, RAIN)
    await town.advance(minutes=5, seconds=5)
    assert len(phone.calls) == 2
    await town.advance(minutes=1)
    [first, second] = list(phone.calls.values())[2:]
    assert "暴雨红色预警" in first["text"] and first["keys"] == {"1": "收到", "2": "需要人工回电"}
    by_number = {call["number"][-2:]: call["id"] for call in (first, second)}
    await phone.press(town, "1", call=by_number["17"])
    before = len(town.told(town.duty, "请打电话"))
    await phone.press(town, "2", call=by_number["18"])
    [case] = await warnings(town)
    assert case.waking[HEALTH].voice == "139××××0017" and not case.waking[HEALTH].silent
    assert case.waking["区应急管理局"].silent and case.waking["区应急管理局"].wants_person
    listed = town.told(town.duty, "请打电话")
    assert len(listed) == before + 1 and "区应急管理局" in listed[-1].text and "请求回电" in listed[-1].text
    assert HEALTH not in listed[-1].text


async def test_a_yellow_warning_rings_no_telephone_at_night(town: Town, phone: Telephone):
    await add(town, phone, town.liaisons[HEALTH])
    await warned(town, RAIN.replace("红色", "黄色"))
    await town.until(7, 29)
    assert len(phone.calls) == 1
    await town.until(7, 31)
    assert len(phone.calls) == 2 and "暴雨黄色预警" in phone.last()["text"]


async def test_who_reports_without_a_role_again_and_again_wakes_nobody_by_telephone_beyond_the_quota(
    town: Town, phone: Telephone
):
    await add(town, phone, town.duty)
    town.stranger.start(town.bot)
    for number in range(6):
        await town.say(town.stranger, town.bot, f"/report 第{number}中学食堂{number + 10}名学生呕吐腹泻，已送医")
    await town.advance(minutes=5)
    dialled = await town.outbox(lambda row: row.method == "dial")
    assert 1 <= len(dialled) <= 3, "as many as ring at once; the others stand in the chat"


async def test_what_is_urgent_from_the_desk_is_received_by_a_key(town: Town, phone: Telephone):
    person, others = town.liaisons[HEALTH], "区教育局"
    await add(town, phone, person)
    await town.say(town.duty, town.bot, f"/notice 加急 {HEALTH}、{others}：5点到区政府开会")
    await town.press(town.duty, "预览", words="通知1号 草稿")
    await town.press(town.duty, "发出", words="请确认")
    before = len(phone.calls)
    await town.advance(minutes=13)
    assert len(phone.calls) == before + 1 and phone.last()["keys"]["1"] == "收到" and "开会" in phone.last()["text"]
    await phone.press(town, "2")
    assert HEALTH in town.sees(town.duty, "还没有回执，请打电话").text
    await phone.press(town, "1")
    await town.say(town.duty, town.bot, "/notice 1")
    page = town.texts(town.duty)[-1]
    assert "已回执1/2" in page and "自动电话按键收到" in page, page
